using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// The cluster-robust covariance B (sum g_c'e_c e_c'g_c) B of weighted least-squares coefficients, with the bread B = (X'WX)^-1 and, for
/// each cluster, g_c = A_c W_c X_c, where A_c is 1 or the adjustment that makes CR2 unbiased under the working model Phi = diag(v + tau^2).
/// </summary>
/// <remarks>
/// Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672, doi:10.1080/07350015.2016.1247004. The residuals'
/// covariance under the working model is Phi - XBX', so that all moments of the covariance matrix follow from p x p sums over pairs of
/// clusters; nothing is k x k.
/// </remarks>
internal sealed class ClusterCovariance
{
    /// <summary>An eigenvalue this small, relative to the largest, is 0: a coefficient that one cluster alone decides leaves no residuals in it.</summary>
    private const double Null = 1e-12;

    private readonly RobustType _type;
    private readonly Matrix<double> _bread;
    private readonly Matrix<double>[] _own;
    private readonly Matrix<double>[] _outer;

    public ClusterCovariance(ModelData data, double tau2, int[] members, int clusters, RobustType type)
    {
        _type = type;
        ClusterCount = clusters;
        var profile = new RegressionProfile(data.Y, data.V, data.X, data.P);
        var (coefficients, covariance) = profile.Solve(tau2);
        Coefficients = coefficients;
        _bread = Matrix<double>.Build.Dense(data.P, data.P, (i, j) => covariance[i * data.P + j]);
        Freedom = clusters - data.P;
        _own = new Matrix<double>[clusters];
        _outer = new Matrix<double>[clusters];
        var meat = Matrix<double>.Build.Dense(data.P, data.P);
        foreach (var (cluster, rows) in Enumerable.Range(0, data.K).GroupBy(i => members[i]).Select(group => (group.Key, group.ToArray())))
        {
            var x = Matrix<double>.Build.Dense(rows.Length, data.P, (i, j) => data.X[rows[i] * data.P + j]);
            var phi = Vector<double>.Build.Dense(rows.Length, i => data.V[rows[i]] + tau2);
            var residuals = Vector<double>.Build.Dense(rows.Length, i => Residual(data, coefficients, rows[i]));
            var weighted = Matrix<double>.Build.Dense(rows.Length, data.P, (i, j) => x[i, j] / phi[i]);
            var adjusted = type == RobustType.CR2 ? Adjustment(x, phi) * weighted : weighted;
            var score = adjusted.TransposeThisAndMultiply(residuals);
            meat += score.OuterProduct(score);
            _own[cluster] = adjusted.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalVector(phi) * adjusted);
            _outer[cluster] = x.TransposeThisAndMultiply(adjusted);
        }

        var (m, k) = ((double)clusters, (double)data.K);
        var factor = type switch
        {
            RobustType.CR1 => m / (m - 1),
            RobustType.CR1p => m / (m - data.P),
            RobustType.CR1S => m / (m - 1) * ((k - 1) / (k - data.P)),
            _ => 1,
        };
        Covariance = factor * (_bread * meat * _bread);
    }

    public int ClusterCount { get; }

    public double[] Coefficients { get; }

    public Matrix<double> Covariance { get; }

    /// <summary>m - p.</summary>
    private int Freedom { get; }

    /// <summary>The degrees of freedom of one coefficient's t test.</summary>
    public double FreedomOf(int coefficient) => _type == RobustType.CR2 ? HotellingFreedom([coefficient]) : Freedom;

    /// <summary>The F test of some coefficients: by their Wald statistic over their number, for CR2 scaled to Hotelling's distribution.</summary>
    public RobustTest? Test(int[] coefficients)
    {
        var q = coefficients.Length;
        var estimates = Vector<double>.Build.Dense(q, i => Coefficients[coefficients[i]]);
        var wald = estimates * Part(Covariance, coefficients).LU().Solve(estimates);
        if (!(wald >= 0 && double.IsFinite(wald)))
        {
            return null;
        }

        if (_type != RobustType.CR2)
        {
            return new RobustTest(wald / q, q, Freedom, FDistribution.Upper(wald / q, q, Freedom));
        }

        var freedom = HotellingFreedom(coefficients);
        var denominator = freedom - q + 1;
        var statistic = denominator / (freedom * q) * wald;
        return denominator > 0 ? new RobustTest(statistic, q, denominator, FDistribution.Upper(statistic, q, denominator)) : null;
    }

    /// <summary>
    /// The degrees of freedom of the Wishart distribution that has the total variance of the standardised covariance of some coefficients;
    /// for a single one, those of Satterthwaite. With G_cd, the working covariance of the clusters' scores, scaled so that sum G_cc = 1:
    /// q(q + 1) / sum over c, d of (tr^2 G_cd + tr G_cd^2).
    /// </summary>
    private double HotellingFreedom(int[] coefficients)
    {
        var q = coefficients.Length;
        var rows = Matrix<double>.Build.Dense(q, Coefficients.Length, (i, j) => _bread[coefficients[i], j]);
        var expected = Matrix<double>.Build.Dense(q, q);
        for (var c = 0; c < ClusterCount; c++)
        {
            expected += rows * Working(c, c).TransposeAndMultiply(rows);
        }

        for (var i = 0; i < q; i++)
        {
            if (!(expected[i, i] > Null * _bread[coefficients[i], coefficients[i]]))
            {
                return double.NaN;
            }
        }

        var scaled = expected.Cholesky().Factor.Inverse() * rows;
        double variance = 0;
        for (var c = 0; c < ClusterCount; c++)
        {
            for (var d = 0; d <= c; d++)
            {
                var g = scaled * Working(c, d).TransposeAndMultiply(scaled);
                var trace = g.Trace();
                variance += (c == d ? 1 : 2) * (trace * trace + (g * g).Trace());
            }
        }

        return q * (q + 1) / variance;
    }

    /// <summary>g_c' (Phi - XBX')_cd g_d.</summary>
    private Matrix<double> Working(int c, int d)
    {
        var shared = _outer[c].TransposeThisAndMultiply(_bread * _outer[d]);
        return c == d ? _own[c] - shared : -shared;
    }

    /// <summary>Phi^(1/2) [Phi^(1/2) (Phi - X B X') Phi^(1/2)]^(-1/2) Phi^(1/2), the inverse being Moore and Penrose's.</summary>
    private Matrix<double> Adjustment(Matrix<double> x, Vector<double> phi)
    {
        var root = Matrix<double>.Build.DenseOfDiagonalVector(phi.PointwiseSqrt());
        var inner = root * (Matrix<double>.Build.DenseOfDiagonalVector(phi) - x * _bread * x.Transpose()) * root;
        var eigen = inner.Evd(Symmetricity.Symmetric);
        var largest = eigen.EigenValues.Enumerate().Max(value => value.Real);
        var powers = eigen.EigenValues.Map(value => value.Real > Null * largest ? 1 / Math.Sqrt(value.Real) : 0);
        var vectors = root * eigen.EigenVectors;
        return vectors * Matrix<double>.Build.DenseOfDiagonalVector(powers) * vectors.Transpose();
    }

    private static double Residual(ModelData data, double[] coefficients, int row)
    {
        var residual = data.Y[row];
        for (var j = 0; j < data.P; j++)
        {
            residual -= data.X[row * data.P + j] * coefficients[j];
        }

        return residual;
    }

    private static Matrix<double> Part(Matrix<double> matrix, int[] indices) =>
        Matrix<double>.Build.Dense(indices.Length, indices.Length, (i, j) => matrix[indices[i], indices[j]]);
}
