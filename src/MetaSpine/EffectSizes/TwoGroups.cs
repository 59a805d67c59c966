namespace MetaSpine;

/// <summary>
/// The standardised difference of two independent groups, from means and standard deviations where a study reports them,
/// else from d, t, F, p or the point-biserial correlation, whichever comes first.
/// </summary>
internal readonly record struct TwoGroups(double Distance, double N1, double N2) : IStudyRow<TwoGroups>, IStandardised
{
    private static readonly string[] Moments = ["m1i", "sd1i", "m2i", "sd2i"];

    public static MeasureFamily Family { get; } = new("means of two groups, or their test",
    [
        [TwoMeans.M1i, TwoMeans.Sd1i, TwoMeans.N1i, TwoMeans.M2i, TwoMeans.Sd2i, TwoMeans.N2i],
        [new("di", "standardised mean difference d, without correction"), TwoMeans.N1i, TwoMeans.N2i],
        [new("ti", "t statistic of the test between the groups"), TwoMeans.N1i, TwoMeans.N2i],
        [new("fi", "F statistic of the same test (1 numerator degree of freedom), with the sign of the difference"), TwoMeans.N1i, TwoMeans.N2i],
        [new("pi", "its two-sided p-value, with the sign of the difference"), TwoMeans.N1i, TwoMeans.N2i],
        [new("ri", "point-biserial correlation"), TwoMeans.N1i, TwoMeans.N2i],
    ]);

    public static TwoGroups Read(RowReader row)
    {
        var n1 = row.SampleSize("n1i");
        var n2 = row.SampleSize("n2i");
        return new TwoGroups(ReadDistance(row, n1, n2), n1, n2);
    }

    public double Size => N1 + N2;

    public double Freedom => Size - 2;

    public double NullVariance => 1 / N1 + 1 / N2;

    public double SpreadSize => Size;

    /// <summary>h, so that the point-biserial correlation is d / sqrt(d^2 + h).</summary>
    public double H => Freedom * NullVariance;

    private static double ReadDistance(RowReader row, double n1, double n2) =>
        row.HasAll(Moments) ? TwoMeansDistance(row, n1, n2)
        : TestDistance(row, n1, n2) is { } distance ? distance
        : row.Missing("m1i, sd1i, m2i and sd2i are not all there, and none of di, ti, fi, pi, ri in their place");

    private static double TwoMeansDistance(RowReader row, double n1, double n2)
    {
        var means = new TwoMeans(row.Number("m1i"), row.NonNegative("sd1i"), n1, row.Number("m2i"), row.NonNegative("sd2i"), n2);
        return means.Difference / Math.Sqrt(means.PooledVariance);
    }

    /// <summary>d from what stands in for means; null where nothing does.</summary>
    public static double? TestDistance(RowReader row, double n1, double n2)
    {
        var root = Math.Sqrt(1 / n1 + 1 / n2);
        if (row.Has("di"))
        {
            return row.Derived(row.Number("di"), "the reported d was used");
        }

        if (row.Has("ti"))
        {
            return row.Derived(row.Number("ti") * root, "d from t: t sqrt(1/n1 + 1/n2), the t test with equal variances");
        }

        if (row.Has("fi"))
        {
            return row.Derived(row.SignedRoot("fi") * root, "d from F: t is its root, with the sign given");
        }

        if (row.Has("pi"))
        {
            return row.Derived(row.SignedP("pi", n1 + n2 - 2) * root, "d from the two-sided p-value of a t test with equal variances");
        }

        if (row.Has("ri"))
        {
            var r = row.Correlation("ri");
            return row.Derived(r * Math.Sqrt((n1 + n2 - 2) / ((1 - r) * (1 + r))) * root, "d from the point-biserial correlation");
        }

        return null;
    }
}
