namespace MetaSpine;

/// <summary>Two normal distributions: of share 1 - p with variance tau^2, and of share p with variance tau^2 + excess. Shape: tau^2, excess, logit p.</summary>
internal sealed class TwoNormals(ModelData data) : HeavyTails(data, 3)
{
    private double _tau2;
    private double _excess;
    private double _share;
    private double _logit;

    public override IReadOnlyList<int> Bounded => [Data.P, Data.P + 1];

    protected override bool Prepare(ReadOnlySpan<double> shape)
    {
        (_tau2, _excess, _logit) = (shape[0], shape[1], shape[2]);
        _share = 1 / (1 + Math.Exp(-_logit));
        return double.IsFinite(_tau2 + _excess + _logit);
    }

    protected override double Study(double residual, double v, bool derivatives, ref Sums sums)
    {
        var (usual, outlying) = (v + _tau2, v + _tau2 + _excess);
        var a = -Softplus(_logit) - .5 * Math.Log(usual) - residual * residual / (2 * usual);
        var b = -Softplus(-_logit) - .5 * Math.Log(outlying) - residual * residual / (2 * outlying);
        var outlier = 1 / (1 + Math.Exp(a - b));
        var inlier = 1 / (1 + Math.Exp(b - a));
        if (derivatives)
        {
            Add(ref sums, inlier, residual, usual, 0, -_share);
            Add(ref sums, outlier, residual, outlying, 1, 1 - _share);
            sums.Marked = outlier;
        }

        return Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b))) + NormalDistribution.LogDensity(0);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private void Add(ref Sums sums, double share, double r, double variance, double excess, double logit)
    {
        var first = (r * r / variance - 1) / (2 * variance);
        var second = (.5 - r * r / variance) / (variance * variance);
        var cross = -r / (variance * variance);
        ReadOnlySpan<double> slope = [r / variance, first, excess * first, logit];
        ReadOnlySpan<double> curvature =
        [
            -1 / variance, cross, excess * cross, 0,
            cross, second, excess * second, 0,
            excess * cross, excess * second, excess * second, 0,
            0, 0, 0, -_share * (1 - _share),
        ];
        sums.Add(share, slope, curvature);
        sums.Precision += share / variance;
    }
}
