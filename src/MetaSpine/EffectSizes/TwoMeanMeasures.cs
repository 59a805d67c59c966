namespace MetaSpine;

/// <summary>The measures of two groups' means and spreads in their own unit, and their ratios.</summary>
internal static class TwoMeanMeasures
{
    private const string Variation = "Nakagawa et al. (2015), Methods in Ecology and Evolution 6:143, doi:10.1111/2041-210X.12309; second order: Senior et al. (2020), Research Synthesis Methods 11:553, doi:10.1002/jrsm.1423";

    public static readonly Measure MD = new MeasureOf<TwoMeans>(
        new("MD", "mean difference", "mean difference", Scale.Identity, 0, "the standard error of a difference between independent means"),
        (g, _) => g.Difference,
        [
            new(VarianceType.LS, (g, _) => g.Sd1 * g.Sd1 / g.N1 + g.Sd2 * g.Sd2 / g.N2),
            new(VarianceType.UB, (g, _) => g.Sd1 * g.Sd1 / g.N1 + g.Sd2 * g.Sd2 / g.N2),
            new(VarianceType.HO, (g, _) => g.PooledVariance * g.NullVariance),
        ]);

    public static readonly Measure ROM = new MeasureOf<TwoMeans>(
        new("ROM", "log ratio of means", "ratio of means", Scale.Log, 0, "Hedges, Gurevitch & Curtis (1999), Ecology 80:1150, doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2; correction: Lajeunesse (2015), Ecology 96:2056, doi:10.1890/14-2402.1") { CorrectsBias = true },
        (g, o) => Math.Log(g.M1 / g.M2) + (o.Correct ? MeanBias(g) : 0),
        [
            new(VarianceType.LS, (g, _) => LogMeanVariance(g)),
            new(VarianceType.LS2, (g, _) => LogMeanVariance(g) + SecondOrder(g)),
            new(VarianceType.HO, (g, _) => g.PooledVariance * (1 / (g.N1 * g.M1 * g.M1) + 1 / (g.N2 * g.M2 * g.M2))),
            new(VarianceType.AV, all =>
            {
                var cv1 = all.Mean(g => g.Cv1, g => g.N1);
                var cv2 = all.Mean(g => g.Cv2, g => g.N2);
                return (g, _) => cv1 * cv1 / g.N1 + cv2 * cv2 / g.N2;
            }),
            new(VarianceType.AVHO, all =>
            {
                var cv = all.Mean(g => (g.N1 * g.Cv1 + g.N2 * g.Cv2) / g.Size, g => g.Size);
                return (g, _) => cv * cv * g.NullVariance;
            }),
        ]);

    public static readonly Measure CVR = new MeasureOf<TwoMeans>(
        new("CVR", "log coefficient of variation ratio", "coefficient of variation ratio", Scale.Log, 0, Variation) { CorrectsBias = true },
        (g, o) => Math.Log(g.Cv1) - Math.Log(g.Cv2) + (o.Correct ? SpreadBias(g.N1, g.N2) - MeanBias(g) : 0),
        [
            new(VarianceType.LS, (g, _) => SpreadVariance(g.N1, g.N2) + LogMeanVariance(g)),
            new(VarianceType.LS2, (g, _) => SpreadVariance2(g.N1, g.N2) + LogMeanVariance(g) + SecondOrder(g)),
        ]);

    public static readonly Measure VR = new MeasureOf<TwoSpreads>(
        new("VR", "log variability ratio", "variability ratio", Scale.Log, 0, Variation) { CorrectsBias = true },
        (g, o) => Math.Log(g.Sd1 / g.Sd2) + (o.Correct ? SpreadBias(g.N1, g.N2) : 0),
        [
            new(VarianceType.LS, (g, _) => SpreadVariance(g.N1, g.N2)),
            new(VarianceType.LS2, (g, _) => SpreadVariance2(g.N1, g.N2)),
        ]);

    private static double MeanBias(TwoMeans g) => (LogMeans.Variance(g.M1, g.Sd1, g.N1) - LogMeans.Variance(g.M2, g.Sd2, g.N2)) / 2;

    private static double LogMeanVariance(TwoMeans g) => LogMeans.Variance(g.M1, g.Sd1, g.N1) + LogMeans.Variance(g.M2, g.Sd2, g.N2);

    private static double SecondOrder(TwoMeans g) => LogMeans.SecondOrder(g.M1, g.Sd1, g.N1) + LogMeans.SecondOrder(g.M2, g.Sd2, g.N2);

    private static double SpreadBias(double n1, double n2) => LogMeans.SpreadBias(n1) - LogMeans.SpreadBias(n2);

    private static double SpreadVariance(double n1, double n2) => LogMeans.SpreadVariance(n1) + LogMeans.SpreadVariance(n2);

    private static double SpreadVariance2(double n1, double n2) => LogMeans.SpreadVariance2(n1) + LogMeans.SpreadVariance2(n2);
}
