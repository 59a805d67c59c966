using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>The measures of change and of other differences between dependent groups.</summary>
internal static class ChangeMeasures
{
    private const string Becker = "Becker (1988), British Journal of Mathematical and Statistical Psychology 41:257, doi:10.1111/j.2044-8317.1988.tb00901.x; variances: Viechtbauer (2007), Journal of Educational and Behavioral Statistics 32:39, doi:10.3102/1076998606298034";
    private const string Gibbons = "Gibbons, Hedeker & Davis (1993), Journal of Educational Statistics 18:271, doi:10.3102/10769986018003271";
    private const string Bonett = "Bonett (2008), Psychological Methods 13:99, doi:10.1037/1082-989X.13.2.99";
    private const string Cousineau = "Cousineau (2020), The Quantitative Methods for Psychology 16:418, doi:10.20982/tqmp.16.4.p418";
    private const string Senior = "Senior et al. (2020), Research Synthesis Methods 11:553, doi:10.1002/jrsm.1423";

    public static readonly Measure MC = new MeasureOf<Change>(
        new("MC", "mean change", "mean change", Scale.Identity, 0, "the standard error of a mean of differences"),
        (g, _) => g.Difference,
        [new(VarianceType.LS, (g, _) => g.ChangeVariance / g.N)]);

    public static readonly Measure SMCC = new MeasureOf<ChangeScaledChange>(
        new("SMCC", "standardised mean change (SD of the change)", "standardised mean change (SD of the change)", Scale.Identity, 0, Gibbons) { CorrectsBias = true },
        Standardised.Estimate,
        [
            Standardised.LargeSample<ChangeScaledChange>(), Standardised.LargeSample2<ChangeScaledChange>(),
            Standardised.Unbiased<ChangeScaledChange>(), Standardised.Null<ChangeScaledChange>(),
        ]);

    public static readonly Measure SMCR = new MeasureOf<RawScaledChange>(
        new("SMCR", "standardised mean change (raw SD)", "standardised mean change (raw SD)", Scale.Identity, 0, Becker) { CorrectsBias = true },
        Standardised.Estimate,
        [
            Standardised.LargeSample<RawScaledChange>(), Standardised.LargeSample2<RawScaledChange>(),
            Standardised.Unbiased<RawScaledChange>(g => 2 * (1 - CorrelationMeasures.Corrected(g.R, g.N)) / g.N),
            Standardised.Null<RawScaledChange>(),
        ]);

    public static readonly Measure SMCRH = new MeasureOf<Change>(
        new("SMCRH", "standardised mean change (raw SD, unequal variances)", "standardised mean change (raw SD, unequal variances)", Scale.Identity, 0, Bonett) { CorrectsBias = true },
        (g, o) => Standardised.Bias(g.N - 1, o) * g.Difference / g.Sd1,
        [
            new(VarianceType.LS, (g, d) => RawVariance(g, d, g.N - 1)),
            new(VarianceType.LS2, (g, d) => RawVariance(g, d, g.N)),
        ]);

    public static readonly Measure SMCRP = new MeasureOf<Change>(
        new("SMCRP", "standardised mean change (mean SD)", "standardised mean change (mean SD)", Scale.Identity, 0, Cousineau) { CorrectsBias = true },
        Standardised.Estimate,
        [Standardised.LargeSample<Change>()]);

    public static readonly Measure SMCRPH = new MeasureOf<Change>(
        new("SMCRPH", "standardised mean change (mean SD, unequal variances)", "standardised mean change (mean SD, unequal variances)", Scale.Identity, 0, Bonett) { CorrectsBias = true },
        Standardised.Estimate,
        [
            new(VarianceType.LS, (g, d) => PooledVariance(g, d, g.N - 1)),
            new(VarianceType.LS2, (g, d) => PooledVariance(g, d, g.N)),
        ]);

    public static readonly Measure ROMC = new MeasureOf<Change>(
        new("ROMC", "log ratio of means (dependent groups)", "ratio of means", Scale.Log, 0, "Lajeunesse (2011), Ecology 92:2049, doi:10.1890/11-0423.1; second order: " + Senior) { CorrectsBias = true },
        (g, o) => Math.Log(g.M1 / g.M2) + (o.Correct ? MeanBias(g) : 0),
        [
            new(VarianceType.LS, (g, _) => LogMeanVariance(g)),
            new(VarianceType.LS2, (g, _) => LogMeanVariance2(g)),
        ]);

    public static readonly Measure CVRC = new MeasureOf<Change>(
        new("CVRC", "log coefficient of variation ratio (dependent groups)", "coefficient of variation ratio", Scale.Log, 0, Senior) { CorrectsBias = true },
        (g, o) => Math.Log(g.Sd1 / g.M1) - Math.Log(g.Sd2 / g.M2) - (o.Correct ? MeanBias(g) : 0),
        [
            new(VarianceType.LS, (g, _) => SpreadVariance(Spreads(g)) + LogMeanVariance(g)),
            new(VarianceType.LS2, (g, _) => SpreadVariance2(Spreads(g)) + LogMeanVariance2(g)),
        ]);

    public static readonly Measure VRC = new MeasureOf<SpreadChange>(
        new("VRC", "log variability ratio (dependent groups)", "variability ratio", Scale.Log, 0, Senior),
        (g, _) => Math.Log(g.Sd1 / g.Sd2),
        [
            new(VarianceType.LS, (g, _) => SpreadVariance(g)),
            new(VarianceType.LS2, (g, _) => SpreadVariance2(g)),
        ]);

    /// <summary>The variance of a change over the root of the mean of both variances (Bonett 2008, equation 10).</summary>
    public static double PooledVariance(Change g, double d, double n)
    {
        double v1 = g.Sd1 * g.Sd1 / g.MeanVariance, v2 = g.Sd2 * g.Sd2 / g.MeanVariance;
        return (g.ChangeVariance / g.MeanVariance + d * d * (v1 * v1 + v2 * v2 + 2 * g.R * g.R * v1 * v2) / 8) / n;
    }

    private static double RawVariance(Change g, double d, double n) => (g.ChangeVariance / (g.Sd1 * g.Sd1) + d * d / 2) / n;

    private static SpreadChange Spreads(Change g) => new(g.Sd1, g.Sd2, g.N, g.R);

    private static double MeanBias(Change g) => (Square(g.Sd1 / g.M1) - Square(g.Sd2 / g.M2)) / (2 * g.N);

    private static double LogMeanVariance(Change g)
    {
        double cv1 = g.Sd1 / g.M1, cv2 = g.Sd2 / g.M2;
        return (Square(cv1 - cv2) + 2 * (1 - g.R) * cv1 * cv2) / g.N;
    }

    /// <summary>As published; its last term adds where the delta method would take away (see the page on measures).</summary>
    private static double LogMeanVariance2(Change g)
    {
        var covariance = g.R * g.Sd1 * g.Sd2 / g.N;
        return LogMeanVariance(g) + LogMeans.SecondOrder(g.M1, g.Sd1, g.N) + LogMeans.SecondOrder(g.M2, g.Sd2, g.N)
            + (Square(covariance / (g.M1 * g.M1)) + Square(covariance / (g.M2 * g.M2))) / 2;
    }

    private static double SpreadVariance(SpreadChange g) => (1 - g.R) * (1 + g.R) / (g.N - 1);

    /// <summary>As published, with the same doubt.</summary>
    private static double SpreadVariance2(SpreadChange g) =>
        g.N / Square(g.N - 1) - g.R * g.R / (g.N - 1)
        + Math.Pow(g.R, 4) * (Math.Pow(g.Sd1 / g.Sd2, 4) + Math.Pow(g.Sd2 / g.Sd1, 4)) / (2 * Square(g.N - 1));
}
