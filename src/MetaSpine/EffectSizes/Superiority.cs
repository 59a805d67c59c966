using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>A reported area under the curve: the probability that someone of the treatment group has the higher value.</summary>
internal readonly record struct Superiority(double A, double Ties, double N1, double N2) : IStudyRow<Superiority>
{
    public static readonly MeasureInput Ai = new("ai", "area under the curve, or common language effect size");

    public static MeasureFamily Family { get; } = new("area under the curve",
    [
        [Ai, TwoMeans.N1i, TwoMeans.N2i],
        [Ai, new("mi", "share of tied pairs, 0 where not given (for the variance LS2)"), TwoMeans.N1i, TwoMeans.N2i],
    ]);

    public static Superiority Read(RowReader row) => new(
        row.Proportion("ai"), row.Has("mi") ? row.Proportion("mi") : 0, row.SampleSize("n1i"), row.SampleSize("n2i"));

    public double Size => N1 + N2;
}

/// <summary>Two groups taken as normal: from their moments, or with one variance from d, t, F, p, r or the area under the curve.</summary>
internal readonly record struct BinormalGroups(TwoMeans Means, bool HasSpreads) : IStudyRow<BinormalGroups>
{
    private static readonly string[] Moments = ["m1i", "sd1i", "m2i", "sd2i"];

    public static MeasureFamily Family { get; } = new("means of two groups, their test, or the area under the curve",
    [
        .. TwoGroups.Family.Alternatives,
        [Superiority.Ai, TwoMeans.N1i, TwoMeans.N2i],
    ]);

    public static BinormalGroups Read(RowReader row)
    {
        if (row.HasAll(Moments))
        {
            return new BinormalGroups(TwoMeans.Read(row), true);
        }

        double n1 = row.SampleSize("n1i"), n2 = row.SampleSize("n2i");
        var distance = TwoGroups.TestDistance(row, n1, n2)
            ?? (row.Has("ai")
                ? row.Derived(Math.Sqrt(2) * Quantile(row.Proportion("ai")), "d from the area under the curve, with equal variances")
                : row.Missing("m1i, sd1i, m2i and sd2i are not all there, and none of di, ti, fi, pi, ri, ai in their place"));
        return new BinormalGroups(new TwoMeans(distance, 1, n1, 0, 1, n2), false);
    }

    public double Size => Means.Size;

    /// <summary>The difference in units of the standard deviation that the variance asked for goes with.</summary>
    public double Distance(VarianceType? variance) =>
        HasSpreads && variance == VarianceType.HO ? Means.Difference / Math.Sqrt(Means.PooledVariance) : Means.Distance;

    private static double Quantile(double p) => p is >= 0 and <= 1 ? NormalDistribution.Quantile(p) : double.NaN;
}

/// <summary>The measures of superiority: the probability of a higher value, 1/2 when nothing differs.</summary>
internal static class SuperiorityMeasures
{
    private const string Newcombe = "Newcombe (2006), Statistics in Medicine 25:559, doi:10.1002/sim.2324; Hanley & McNeil (1982), Radiology 143:29, doi:10.1148/radiology.143.1.7063747; Cho, Matthews & Harel (2019), International Statistical Review 87:152, doi:10.1111/insr.12277";
    private const string Binormal = "McGraw & Wong (1992), Psychological Bulletin 111:361, doi:10.1037/0033-2909.111.2.361; variances: the delta method on Bonett (2008), doi:10.1037/1082-989X.13.2.99";

    public static readonly Measure CLES = new MeasureOf<Superiority>(
        new("CLES", "area under the curve", "area under the curve", Scale.Identity, 0.5, Newcombe),
        (g, _) => g.A,
        [
            new(VarianceType.LS, (g, _) => g.A * (1 - g.A) / Pairs(g) * (g.Size - 1 - 3 * (g.Size / 2 - 1) / ((2 - g.A) * (1 + g.A)))),
            new(VarianceType.LS2, (g, _) => HanleyMcNeil(g)),
            new(VarianceType.H0, (g, _) => (g.Size + 1) / (12 * g.N1 * g.N2)),
            new(VarianceType.MAX, (g, _) => g.A * (1 - g.A) / (Math.Min(g.N1, g.N2) - 1)),
        ]);

    public static readonly Measure CLESN = new MeasureOf<BinormalGroups>(
        new("CLESN", "area under the curve (normal groups)", "area under the curve", Scale.Identity, 0.5, Binormal),
        (g, o) => NormalDistribution.Lower(g.Distance(o.Variance) / Math.Sqrt(2)),
        [
            Delta(VarianceType.LS, (g, d) => StandardisedMeasures.Unequal(g, d, g.N1 - 1, g.N2 - 1, g.N1 - 1, g.N2 - 1)),
            Delta(VarianceType.LS2, (g, d) => StandardisedMeasures.Unequal(g, d, g.N1, g.N2, g.N1, g.N2)),
            Delta(VarianceType.LS3, (g, d) => StandardisedMeasures.Unequal(g, d, g.N1 - 1, g.N2 - 1, g.N1, g.N2)),
            Delta(VarianceType.HO, Homoscedastic),
            new(VarianceType.H0, (g, _) => g.Means.NullVariance / (4 * Math.PI)),
        ]);

    public static readonly Measure CLESCN = new MeasureOf<Change>(
        new("CLESCN", "area under the curve (normal, dependent groups)", "area under the curve", Scale.Identity, 0.5, Binormal),
        (g, _) => NormalDistribution.Lower(g.Distance / Math.Sqrt(2)),
        [new(VarianceType.LS, (g, _) => Slope(g.Distance) * ChangeMeasures.PooledVariance(g, g.Distance, g.N - 1))]);

    /// <summary>The squared derivative of the area in the standardised difference.</summary>
    private static double Slope(double d) => Math.Exp(-d * d / 2) / (4 * Math.PI);

    /// <summary>The delta method; a study without standard deviations is taken to have one variance.</summary>
    private static VarianceRule<BinormalGroups> Delta(VarianceType type, Func<TwoMeans, double, double> variance) => new(type, (g, _) =>
    {
        var d = g.Distance(type);
        return Slope(d) * (g.HasSpreads ? variance(g.Means, d) : Homoscedastic(g.Means, d));
    });

    private static double Homoscedastic(TwoMeans g, double d) => g.NullVariance + d * d / (2 * g.Size);

    private static double Pairs(Superiority g) => (g.N1 - 1) * (g.N2 - 1);

    private static double HanleyMcNeil(Superiority g)
    {
        var square = Square(g.A);
        return (g.A * (1 - g.A) - g.Ties / 4 + (g.N1 - 1) * (g.A / (2 - g.A) - square) + (g.N2 - 1) * (2 * square / (1 + g.A) - square)) / Pairs(g);
    }
}
