using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>The standardised mean differences of two independent groups.</summary>
internal static class StandardisedMeasures
{
    private const string Hedges = "Hedges (1981), Journal of Educational Statistics 6:107, doi:10.3102/10769986006002107; variances: Viechtbauer (2007), Journal of Educational and Behavioral Statistics 32:39, doi:10.3102/1076998606298034";
    /// <summary>Two standard deviations between groups: hardly any treatment does as much, while standard errors in their place always do (metafor 5.1 warns likewise).</summary>
    private const double Unlikely = 2;

    private const string Bonett = "Bonett (2008), Psychological Methods 13:99, doi:10.1037/1082-989X.13.2.99";

    public static readonly Measure SMD = new MeasureOf<TwoGroups>(
        new("SMD", "standardised mean difference", "standardised mean difference", Scale.Identity, 0, Hedges, Unlikely) { CorrectsBias = true },
        Standardised.Estimate,
        [.. Variances<TwoGroups>(), new(VarianceType.WT, (g, d) => g.Size > 3.94 ? g.NullVariance + d * d / (2 * (g.Size - 3.94)) : double.NaN)]);

    public static readonly Measure SMD1 = new MeasureOf<ControlScaledMeans>(
        new("SMD1", "standardised mean difference (SD of the controls)", "standardised mean difference (SD of the controls)", Scale.Identity, 0,
            "Glass (1976), Educational Researcher 5:3, doi:10.3102/0013189X005010003; variances as SMD", Unlikely) { CorrectsBias = true },
        Standardised.Estimate,
        Variances<ControlScaledMeans>());

    public static readonly Measure SMDH = new MeasureOf<TwoMeans>(
        new("SMDH", "standardised mean difference (unequal variances)", "standardised mean difference (unequal variances)", Scale.Identity, 0, Bonett, Unlikely) { CorrectsBias = true },
        Standardised.Estimate,
        [
            new(VarianceType.LS, (g, d) => Unequal(g, d, g.N1 - 1, g.N2 - 1, g.N1 - 1, g.N2 - 1)),
            new(VarianceType.LS2, (g, d) => Unequal(g, d, g.N1, g.N2, g.N1, g.N2)),
            new(VarianceType.LS3, (g, d) => Unequal(g, d, g.N1 - 1, g.N2 - 1, g.N1, g.N2)),
        ]);

    public static readonly Measure SMD1H = new MeasureOf<TwoMeans>(
        new("SMD1H", "standardised mean difference (SD of the controls, unequal variances)", "standardised mean difference (SD of the controls, unequal variances)", Scale.Identity, 0, Bonett, Unlikely) { CorrectsBias = true },
        (g, o) => Standardised.Bias(g.N2 - 1, o) * g.Difference / g.Sd2,
        [new(VarianceType.LS, (g, d) => Square(g.Sd1 / g.Sd2) / (g.N1 - 1) + 1 / (g.N2 - 1) + d * d / (2 * (g.N2 - 1)))]);

    /// <summary>
    /// The variance of a difference over the root of the mean of both variances (Bonett 2008): a part for the standard
    /// deviations and a part for the means, each with its own sizes.
    /// </summary>
    public static double Unequal(TwoMeans g, double d, double spread1, double spread2, double mean1, double mean2)
    {
        var w = g.Share;
        return d * d / 2 * (w * w / spread1 + Square(1 - w) / spread2) + 2 * w / mean1 + 2 * (1 - w) / mean2;
    }

    private static VarianceRule<T>[] Variances<T>()
        where T : struct, IStandardised, IStudyRow<T> =>
        [Standardised.LargeSample<T>(), Standardised.LargeSample2<T>(), Standardised.Unbiased<T>(), Standardised.Averaged<T>(), Standardised.Null<T>()];
}
