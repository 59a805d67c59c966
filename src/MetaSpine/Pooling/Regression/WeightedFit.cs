namespace MetaSpine;

/// <summary>Weighted least squares with any weights, by an orthonormal basis of W^(1/2) X (Gram-Schmidt, twice).</summary>
internal sealed class WeightedFit
{
    private readonly double[] _r;
    private readonly double[] _projections;
    private readonly int _p;

    public WeightedFit(double[] y, double[] weights, double[] x, int p)
    {
        var k = y.Length;
        (_p, Weights, Orthonormal, Residuals, Leverages) = (p, weights, new double[k * p], new double[k], new double[k]);
        (_r, _projections) = (new double[p * p], new double[p]);
        for (var i = 0; i < k; i++)
        {
            var root = Math.Sqrt(weights[i]);
            Residuals[i] = root * y[i];
            for (var j = 0; j < p; j++)
            {
                Orthonormal[j * k + i] = root * x[i * p + j];
            }
        }

        for (var j = 0; j < p; j++)
        {
            var column = Orthonormal.AsSpan(j * k, k);
            for (var m = 0; m < 2 * j; m++)
            {
                _r[m % j * p + j] += Remove(Orthonormal.AsSpan(m % j * k, k), column);
            }

            var norm = Math.Sqrt(Dot(column, column));
            _r[j * p + j] = norm;
            LogDeterminant += 2 * Math.Log(norm);
            for (var i = 0; i < k; i++)
            {
                column[i] /= norm;
                Leverages[i] += column[i] * column[i];
            }
        }

        for (var m = 0; m < 2 * p; m++)
        {
            _projections[m % p] += Remove(Orthonormal.AsSpan(m % p * k, k), Residuals);
        }

        for (var i = 0; i < k; i++)
        {
            Residuals[i] /= Math.Sqrt(weights[i]);
        }
    }

    public double[] Weights { get; }

    /// <summary>The basis, column by column.</summary>
    public double[] Orthonormal { get; }

    /// <summary>y - Xb, unweighted.</summary>
    public double[] Residuals { get; }

    public double[] Leverages { get; }

    /// <summary>ln |X'WX|.</summary>
    public double LogDeterminant { get; }

    /// <summary>The inverse of R, upper triangular, row by row: X R^-1 is the basis where the weights are 1.</summary>
    public double[] InverseR()
    {
        var inverse = new double[_p * _p];
        for (var j = 0; j < _p; j++)
        {
            inverse[j * _p + j] = 1 / _r[j * _p + j];
            for (var i = j - 1; i >= 0; i--)
            {
                for (var m = i + 1; m <= j; m++)
                {
                    inverse[i * _p + j] -= _r[i * _p + m] * inverse[m * _p + j] / _r[i * _p + i];
                }
            }
        }

        return inverse;
    }

    /// <summary>The coefficients and (X'WX)^-1, row by row.</summary>
    public (double[] Coefficients, double[] Covariance) Solve()
    {
        var inverse = InverseR();
        var (coefficients, covariance) = (new double[_p], new double[_p * _p]);
        for (var i = 0; i < _p; i++)
        {
            for (var j = 0; j < _p; j++)
            {
                coefficients[i] += inverse[i * _p + j] * _projections[j];
                for (var m = Math.Max(i, j); m < _p; m++)
                {
                    covariance[i * _p + j] += inverse[i * _p + m] * inverse[j * _p + m];
                }
            }
        }

        return (coefficients, covariance);
    }

    private static double Remove(ReadOnlySpan<double> unit, Span<double> from)
    {
        var projection = Dot(unit, from);
        for (var i = 0; i < from.Length; i++)
        {
            from[i] -= projection * unit[i];
        }

        return projection;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
