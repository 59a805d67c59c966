namespace MetaSpine;

/// <summary>
/// Kenward and Roger (1997), Biometrics 53:983, doi:10.2307/2533558, for the one variance tau^2 of a REML fit: the covariance of
/// the coefficients corrected for the estimation of tau^2, and the degrees of freedom of its tests. As Partlett and Riley (2017,
/// Statistics in Medicine 36:301, doi:10.1002/sim.7140) have it, and so the R package meta, the corrected covariance enters the
/// degrees of freedom as well; Kenward and Roger's own have the uncorrected one there.
/// </summary>
internal sealed class KenwardRoger
{
    private readonly int _p;
    private readonly double[] _slope;
    private readonly double _varianceOfTau2;

    /// <param name="p">Coefficients.</param>
    /// <param name="x">The design matrix, row by row.</param>
    /// <param name="v">The sampling variances.</param>
    /// <param name="tau2">The REML estimate.</param>
    /// <param name="trPP">tr PP there: twice the expected information.</param>
    /// <remarks>
    /// In the orthonormal basis of W^(1/2)X = QR their X'W^2 X is Q'WQ, and what is left of X'W^3 X is U'U, with the part U of WQ that is orthogonal to Q: a sum
    /// of squares, not the small difference of two large matrices.
    /// </remarks>
    public KenwardRoger(int p, ReadOnlySpan<double> x, ReadOnlySpan<double> v, double tau2, double trPP)
    {
        _p = p;
        _varianceOfTau2 = 2 / trPP;
        var k = v.Length;
        var fit = new OrthogonalFit(k, p);
        fit.Fit(new double[k], v, x, Weighting.InverseVariance(tau2));
        var squared = new double[p * p];
        var left = new double[p][];
        for (var i = 0; i < p; i++)
        {
            left[i] = new double[k];
            for (var study = 0; study < k; study++)
            {
                left[i][study] = fit.Column(i)[study] / (v[study] + tau2);
            }

            for (var j = 0; j < p; j++)
            {
                squared[i * p + j] = OrthogonalFit.Dot(left[i], fit.Column(j));
            }
        }

        var corrected = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            fit.Orthogonalise(left[i]);
            for (var j = 0; j <= i; j++)
            {
                corrected[i * p + j] = corrected[j * p + i] = (i == j ? 1 : 0) + 2 * _varianceOfTau2 * OrthogonalFit.Dot(left[i], left[j]);
            }
        }

        var inverse = fit.InverseR();
        Covariance = Around(inverse, corrected);
        _slope = Around(inverse, Times(Times(corrected, squared), corrected));
    }

    /// <summary>The corrected covariance, p x p.</summary>
    public double[] Covariance { get; }

    /// <summary>Satterthwaite: twice the squared variance over the variance of that variance.</summary>
    public double DegreesOfFreedom(int index)
    {
        var diagonal = index * (_p + 1);
        return 2 * Covariance[diagonal] * Covariance[diagonal] / (_varianceOfTau2 * _slope[diagonal] * _slope[diagonal]);
    }

    /// <summary>The degrees of freedom of a linear combination.</summary>
    public double DegreesOfFreedom(ReadOnlySpan<double> weights)
    {
        var (variance, slope) = (Form(Covariance, weights, weights), Form(_slope, weights, weights));
        return 2 * variance * variance / (_varianceOfTau2 * slope * slope);
    }

    /// <summary>The factor of the F statistic of several linear combinations and its denominator degrees of freedom.</summary>
    public (double Scale, double DegreesOfFreedom) Joint(double[][] rows) => rows.Length == 1
        ? (1, DegreesOfFreedom(rows[0]))
        : Joint(rows.Length, (i, j) => Form(Covariance, rows[i], rows[j]), (i, j) => Form(_slope, rows[i], rows[j]));

    /// <summary>The factor of the F statistic of several coefficients and its denominator degrees of freedom.</summary>
    public (double Scale, double DegreesOfFreedom) Joint(int[] tested)
    {
        var m = tested.Length;
        if (m == 1)
        {
            return (1, DegreesOfFreedom(tested[0]));
        }

        return Joint(m, (i, j) => Covariance[tested[i] * _p + tested[j]], (i, j) => _slope[tested[i] * _p + tested[j]]);
    }

    private (double Scale, double DegreesOfFreedom) Joint(int m, Func<int, int, double> covariance, Func<int, int, double> slope)
    {
        // Theta Phi P Phi on the tested coefficients is C^-1 S, with C their covariance and S its slope in tau^2.
        var product = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(m, m, covariance)
            .Solve(MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(m, m, slope));
        return Scaled(m, _varianceOfTau2 * product.Trace() * product.Trace(), _varianceOfTau2 * (product * product).Trace());
    }

    /// <summary>The F distribution of m coefficients with the moments of the scaled statistic, exact where it is (their section 3).</summary>
    /// <param name="m">Coefficients.</param>
    /// <param name="a1">A1.</param>
    /// <param name="a2">A2, above 0.</param>
    /// <exception cref="PoolingException">No F distribution has these moments.</exception>
    internal static (double Scale, double DegreesOfFreedom) Scaled(int m, double a1, double a2)
    {
        if (m == 1)
        {
            return (1, 2 / a2);
        }

        var b = (a1 + 6 * a2) / (2 * m);
        var g = ((m + 1) * a1 - (m + 4) * a2) / ((m + 2) * a2);
        var denominator = 3 * m + 2 * (1 - g);
        var (c1, c2, c3) = (g / denominator, (m - g) / denominator, (m + 2 - g) / denominator);
        var expectation = 1 / (1 - a2 / m);
        var variance = 2.0 / m * (1 + c1 * b) / ((1 - c2 * b) * (1 - c2 * b) * (1 - c3 * b));
        var rho = variance / (2 * expectation * expectation);
        var freedom = 4 + (m + 2) / (m * rho - 1);
        var scale = freedom / (expectation * (freedom - 2));
        return scale > 0 && freedom > 0 && double.IsFinite(freedom)
            ? (scale, freedom)
            : throw new PoolingException(FormattableString.Invariant($"The Kenward-Roger test of {m} coefficients together has no F distribution for these studies ({freedom:G2} degrees of freedom): they are too few, or differ too much in precision; choose the test knha."));
    }

    private double Form(double[] matrix, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < _p; i++)
        {
            for (var j = 0; j < _p; j++)
            {
                sum += a[i] * matrix[i * _p + j] * b[j];
            }
        }

        return sum;
    }

    /// <summary>R^-1 M R^-T.</summary>
    private double[] Around(double[] inverse, double[] middle)
    {
        var transposed = new double[_p * _p];
        for (var i = 0; i < _p * _p; i++)
        {
            transposed[i] = inverse[i % _p * _p + i / _p];
        }

        return Times(Times(inverse, middle), transposed);
    }

    private double[] Times(double[] a, double[] b)
    {
        var product = new double[_p * _p];
        for (var i = 0; i < _p; i++)
        {
            for (var j = 0; j < _p; j++)
            {
                for (var m = 0; m < _p; m++)
                {
                    product[i * _p + j] += a[i * _p + m] * b[m * _p + j];
                }
            }
        }

        return product;
    }
}
