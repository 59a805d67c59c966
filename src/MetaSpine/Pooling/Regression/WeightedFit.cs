namespace MetaSpine;

/// <summary>Weighted least squares with any weights, kept for later.</summary>
internal sealed class WeightedFit
{
    private readonly OrthogonalFit _fit;
    private readonly int _p;

    public WeightedFit(double[] y, double[] weights, double[] x, int p)
    {
        (_p, Weights) = (p, weights);
        _fit = new OrthogonalFit(y.Length, p);
        _fit.Fit(y, weights, x, Weighting.Given(weights));
        Orthonormal = [.. Enumerable.Range(0, p).SelectMany(j => _fit.Column(j).ToArray())];
        Residuals = [.. _fit.Residuals.Zip(weights, (residual, weight) => residual / Math.Sqrt(weight))];
    }

    public double[] Weights { get; }

    /// <summary>The orthonormal basis of W^(1/2) X, column by column.</summary>
    public double[] Orthonormal { get; }

    /// <summary>y - Xb, unweighted.</summary>
    public double[] Residuals { get; }

    public double[] Leverages => _fit.Leverages;

    /// <summary>ln |X'WX|.</summary>
    public double LogDeterminant => _fit.LogDeterminant;

    /// <summary>The inverse of R, upper triangular, row by row: X R^-1 is the basis where the weights are 1.</summary>
    public double[] InverseR() => _fit.InverseR();

    /// <summary>The coefficients and (X'WX)^-1, row by row.</summary>
    public (double[] Coefficients, double[] Covariance) Solve()
    {
        var inverse = InverseR();
        var (coefficients, covariance) = (new double[_p], new double[_p * _p]);
        for (var i = 0; i < _p; i++)
        {
            for (var j = 0; j < _p; j++)
            {
                coefficients[i] += inverse[i * _p + j] * _fit.Projections[j];
                for (var m = Math.Max(i, j); m < _p; m++)
                {
                    covariance[i * _p + j] += inverse[i * _p + m] * inverse[j * _p + m];
                }
            }
        }

        return (coefficients, covariance);
    }
}
