using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>The degrees of freedom of the coefficients of a model of dependent effects, and the covariance that goes with them.</summary>
internal sealed class MultilevelFreedom
{
    private readonly MultilevelModel _model;
    private readonly MultilevelTest _test;
    private readonly double[]?[] _slopes;
    private readonly CovarianceCorrection? _correction;

    public MultilevelFreedom(MultilevelModel model, MultilevelTest test)
    {
        (_model, _test) = (model, test);
        _slopes = test == MultilevelTest.Satterthwaite && model.Maximum.Uncertainty is not null ? Slopes() : [];
        _correction = test == MultilevelTest.KenwardRoger && model.Free.Length > 0 ? new CovarianceCorrection(model) : null;
        Covariance = _correction?.Corrected.ToRowMajorArray() ?? model.Maximum.Fit.Covariance;
    }

    /// <summary>The covariance of the coefficients, row by row.</summary>
    public double[] Covariance { get; }

    /// <summary>The degrees of freedom of one coefficient; null for the normal distribution.</summary>
    public double? Of(int coefficient)
    {
        var contrast = new double[_model.P];
        contrast[coefficient] = 1;
        return Of(contrast, [coefficient]);
    }

    /// <summary>The degrees of freedom of a linear combination; null for the normal distribution.</summary>
    public double? OfCombination(double[] weights) => Of(weights, [.. Enumerable.Range(0, weights.Length).Where(j => weights[j] != 0)]);

    /// <summary>
    /// The factor of the F statistic of some coefficients and its denominator's degrees of freedom; null for chi-squared. By Satterthwaite for several: those of F whose mean
    /// is that of the sum of the squared t statistics of the uncorrelated combinations (Fai and Cornelius 1996, doi:10.1080/00949659608811740).
    /// </summary>
    public (double Scale, double? DegreesOfFreedom) OfJoint(int[] coefficients)
    {
        var joint = _correction?.Test(Matrix<double>.Build.Dense(coefficients.Length, _model.P, (i, j) => coefficients[i] == j ? 1 : 0));

        // With 2 degrees of freedom and less the F distribution has no mean, by which the factor is chosen.
        return joint is { Scale: > 0 } found && (found.DegreesOfFreedom > 2 || coefficients.Length == 1) ? found : (1, Unscaled(coefficients));
    }

    private double? Unscaled(int[] coefficients)
    {
        if (_test != MultilevelTest.Satterthwaite || coefficients.Length == 1)
        {
            return coefficients.Select(Of).Min();
        }

        var (p, n) = (_model.P, coefficients.Length);
        var covariance = _model.Maximum.Fit.Covariance;
        var part = Matrix<double>.Build.Dense(n, n, (i, j) => covariance[coefficients[i] * p + coefficients[j]]);
        var vectors = part.Evd(Symmetricity.Symmetric).EigenVectors;
        double expected = 0;
        for (var m = 0; m < n; m++)
        {
            var contrast = new double[p];
            for (var i = 0; i < n; i++)
            {
                contrast[coefficients[i]] = vectors[i, m];
            }

            var freedom = Of(contrast, coefficients)!.Value;
            if (freedom <= 2)
            {
                return coefficients.Select(Of).Min();
            }

            expected += freedom / (freedom - 2);
        }

        return expected > n ? 2 * expected / (expected - n) : _model.K - p;
    }

    private double? Of(double[] contrast, int[] coefficients) => _test switch
    {
        MultilevelTest.Z => null,
        MultilevelTest.T => _model.K - _model.P,
        MultilevelTest.Containment => coefficients.Length == 0 ? _model.K - _model.P : coefficients.Min(Contained),
        MultilevelTest.KenwardRoger => _correction?.Test(Matrix<double>.Build.DenseOfRowMajor(1, contrast.Length, contrast))?.DegreesOfFreedom ?? _model.K - _model.P,
        _ => Satterthwaite(contrast),
    };

    /// <summary>2 V^2 / Var(V) for the variance V of a combination, its own variance by the delta method.</summary>
    private double Satterthwaite(double[] contrast)
    {
        double residual = _model.K - _model.P;
        var uncertainty = _model.Maximum.Uncertainty;
        if (uncertainty is null || _slopes.Length == 0)
        {
            return residual;
        }

        var variance = Quadratic(contrast, _model.Maximum.Fit.Covariance);
        var slopes = Array.ConvertAll(_slopes, slope => Quadratic(contrast, slope!));
        var spread = Quadratic(slopes, uncertainty);
        return spread > 0 ? 2 * variance * variance / spread : residual;
    }

    /// <summary>The smallest number of levels of a grouping that holds a moderator constant within its levels, less p.</summary>
    private double Contained(int coefficient)
    {
        var p = _model.P;
        double smallest = _model.K;
        foreach (var part in _model.Parts)
        {
            var values = new double?[part.Widths.Length];
            var isConstant = true;
            for (var i = 0; i < _model.K && isConstant; i++)
            {
                var value = _model.X[i * p + coefficient];
                isConstant = (values[part.Levels[i]] ??= value) == value;
            }

            if (isConstant)
            {
                smallest = Math.Min(smallest, part.Widths.Length);
            }
        }

        return Math.Max(1, smallest - p);
    }

    /// <summary>The derivatives of the coefficients' covariance by the numbers of the search.</summary>
    private double[][] Slopes()
    {
        var (theta, free) = (_model.Maximum.Theta, _model.Free);
        var parameters = _model.Likelihood.Parameters;
        return Array.ConvertAll(free, i =>
        {
            var at = ComponentScale.Search(parameters[i], theta[i], _model.Unit);
            var step = 1e-4 * Math.Max(1, Math.Abs(at));
            double[] Covariance(double search)
            {
                var moved = (double[])theta.Clone();
                moved[i] = ComponentScale.Natural(parameters[i], search, _model.Unit).Value;
                return _model.Likelihood.At(moved, true)!.Covariance;
            }

            // Richardson's step takes the error of differences to the fourth order.
            double[] Difference(double h) => [.. Covariance(at + h).Zip(Covariance(at - h), (up, down) => (up - down) / (2 * h))];
            return (double[])[.. Difference(step).Zip(Difference(2 * step), (fine, coarse) => (4 * fine - coarse) / 3)];
        });
    }

    private static double Quadratic(double[] vector, double[] matrix)
    {
        var n = vector.Length;
        double sum = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                sum += vector[i] * matrix[i * n + j] * vector[j];
            }
        }

        return sum;
    }
}
