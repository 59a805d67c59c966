using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// The cluster-robust covariance B (sum g_c'e_c e_c'g_c) B of weighted least-squares coefficients, with the bread B = (X'WX)^-1 and, for
/// each cluster, g_c = A_c W_c X_c, where A_c is 1 or the adjustment that makes CR2 unbiased under the working model Phi = diag(v + tau^2).
/// </summary>
/// <remarks>
/// Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672, doi:10.1080/07350015.2016.1247004. All is done in terms of
/// Q and R, with W^(1/2) X = QR: the standardised residuals have the covariance I - QQ', whose entries keep their digits where one study
/// outweighs the rest, so that all moments of the covariance matrix follow from p x p sums over pairs of clusters; nothing is k x k.
/// </remarks>
internal sealed class ClusterCovariance
{
    private readonly RobustType _type;
    private readonly Matrix<double> _root;
    private readonly Matrix<double>[] _own;
    private readonly Matrix<double>[] _outer;
    private readonly bool[] _decidedByOne;

    /// <param name="coefficients">The coefficients.</param>
    /// <param name="root">R^-1.</param>
    /// <param name="parts">The clusters.</param>
    /// <param name="k">Effect sizes in all.</param>
    /// <param name="type">The kind.</param>
    public ClusterCovariance(double[] coefficients, Matrix<double> root, IReadOnlyList<ClusterPart> parts, int k, RobustType type)
    {
        var p = coefficients.Length;
        (_type, _root, Coefficients, ClusterCount, Freedom) = (type, root, coefficients, parts.Count, parts.Count - p);
        _own = new Matrix<double>[parts.Count];
        _outer = new Matrix<double>[parts.Count];
        var meat = Matrix<double>.Build.Dense(p, p);
        var expected = Matrix<double>.Build.Dense(p, p);
        for (var cluster = 0; cluster < parts.Count; cluster++)
        {
            var (q, residuals, spread, _) = parts[cluster];
            var adjusted = type switch
            {
                RobustType.CR2 => q.TransposeThisAndMultiply(parts[cluster].Adjustment()),
                RobustType.CR3 => q.TransposeThisAndMultiply(parts[cluster].Inverse()),
                _ => q.Transpose(),
            };
            expected += q.TransposeThisAndMultiply(spread * q);
            var score = adjusted * residuals;
            meat += score.OuterProduct(score);
            _own[cluster] = adjusted * spread.TransposeAndMultiply(adjusted);
            _outer[cluster] = adjusted * q;
        }

        var m = (double)parts.Count;
        var factor = type switch
        {
            RobustType.CR1 => m / (m - 1),
            RobustType.CR1p => m / (m - p),
            RobustType.CR1S => m / (m - 1) * ((k - 1.0) / (k - p)),
            _ => 1,
        };
        Covariance = factor * (_root * meat.TransposeAndMultiply(_root));
        expected = _root * expected.TransposeAndMultiply(_root);
        var bread = _root.TransposeAndMultiply(_root);
        _decidedByOne = [.. Enumerable.Range(0, p).Select(j => !(expected[j, j] > ClusterPart.Null * bread[j, j]))];
    }

    /// <summary>The covariance of a fit with independent working variances v + tau^2.</summary>
    public static ClusterCovariance Of(ModelData data, double tau2, int[] members, RobustType type)
    {
        var shift = data.Intercept < 0 ? 0 : RegressionProfile.Centre(data.Y, data.V);
        var y = Array.ConvertAll(data.Y, value => value - shift);
        var coefficients = new RegressionProfile(y, data.V, data.X, data.P).Solve(tau2).Coefficients;
        if (data.Intercept >= 0)
        {
            coefficients[data.Intercept] += shift;
        }

        var fit = new OrthogonalFit(data.K, data.P);
        var rest = new ResidualProjection(fit, data.K, data.P);
        fit.Fit(y, data.V, data.X, Weighting.InverseVariance(tau2));
        rest.Update();
        var inverse = fit.InverseR();
        var parts = Enumerable.Range(0, data.K).GroupBy(i => members[i]).Select(group => group.ToArray()).Select(rows => new ClusterPart(
            Matrix<double>.Build.Dense(rows.Length, data.P, (i, j) => fit.Column(j)[rows[i]]),
            Vector<double>.Build.Dense(rows.Length, i => fit.Residuals[rows[i]]),
            Matrix<double>.Build.Dense(rows.Length, rows.Length, (i, j) => rest.Entry(rows[i], rows[j])),
            Matrix<double>.Build.DenseOfDiagonalArray(Array.ConvertAll(rows, row => data.V[row] + tau2)))).ToList();
        return new ClusterCovariance(coefficients, Matrix<double>.Build.Dense(data.P, data.P, (i, j) => inverse[i * data.P + j]), parts, data.K, type);
    }

    public int ClusterCount { get; }

    public double[] Coefficients { get; }

    public Matrix<double> Covariance { get; }

    /// <summary>m - p.</summary>
    private int Freedom { get; }

    /// <summary>
    /// The degrees of freedom of one coefficient's t test; NaN where one cluster alone decides the coefficient, so that no residuals of
    /// whole clusters tell its error.
    /// </summary>
    public double FreedomOf(int coefficient) =>
        _decidedByOne[coefficient] ? double.NaN : _type == RobustType.CR2 ? HotellingFreedom([coefficient]) : Freedom;

    /// <summary>Satterthwaite's degrees of freedom of one coefficient, whatever the kind; NaN likewise.</summary>
    public double SatterthwaiteOf(int coefficient) => _decidedByOne[coefficient] ? double.NaN : HotellingFreedom([coefficient]);

    /// <summary>The F test of some coefficients: by their Wald statistic over their number, for CR2 scaled to Hotelling's distribution.</summary>
    public RobustTest? Test(int[] coefficients)
    {
        var q = coefficients.Length;
        var estimates = Vector<double>.Build.Dense(q, i => Coefficients[coefficients[i]]);
        var wald = estimates * Part(Covariance, coefficients).LU().Solve(estimates);
        if (!(wald >= 0 && double.IsFinite(wald)) || coefficients.Any(j => _decidedByOne[j]))
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
        var rows = Matrix<double>.Build.Dense(q, Coefficients.Length, (i, j) => _root[coefficients[i], j]);
        var expected = Matrix<double>.Build.Dense(q, q);
        for (var c = 0; c < ClusterCount; c++)
        {
            expected += rows * Working(c, c).TransposeAndMultiply(rows);
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

    /// <summary>The working covariance of the scores of two clusters, in terms of Q.</summary>
    private Matrix<double> Working(int c, int d) => c == d ? _own[c] : -_outer[c].TransposeAndMultiply(_outer[d]);

    private static Matrix<double> Part(Matrix<double> matrix, int[] indices) =>
        Matrix<double>.Build.Dense(indices.Length, indices.Length, (i, j) => matrix[indices[i], indices[j]]);
}
