namespace MetaSpine;

/// <summary>The measures of two-by-two tables.</summary>
internal static class TwoByTwoMeasures
{
    private const string Handbook = "Deeks & Higgins (2010), Statistical algorithms in Review Manager 5";

    public static readonly Measure RR = new MeasureOf<TwoByTwo>(
        new("RR", "log risk ratio", "risk ratio", Scale.Log, 0, Handbook),
        (t, _) => Math.Log(t.P1) - Math.Log(t.P2),
        [
            new(VarianceType.LS, (t, _) => 1 / t.A - 1 / t.N1 + 1 / t.C - 1 / t.N2),
            Averaged((p, n) => (1 - p) / (p * n)),
            new(VarianceType.H0, (t, _) => (1 - t.P) / t.P * (1 / t.N1 + 1 / t.N2)),
        ],
        correctsZeros: true);

    public static readonly Measure OR = new MeasureOf<TwoByTwo>(
        new("OR", "log odds ratio", "odds ratio", Scale.Log, 0, "Woolf (1955), Annals of Human Genetics 19:251, doi:10.1111/j.1469-1809.1955.tb01348.x"),
        (t, _) => t.LogOddsRatio,
        LogOddsVariances(1),
        correctsZeros: true);

    public static readonly Measure RD = new MeasureOf<TwoByTwo>(
        new("RD", "risk difference", "risk difference", Scale.Identity, 0, Handbook),
        (t, _) => t.P1 - t.P2,
        [
            new(VarianceType.LS, (t, _) => t.P1 * (1 - t.P1) / t.N1 + t.P2 * (1 - t.P2) / t.N2),
            new(VarianceType.UB, (t, _) => t.P1 * (1 - t.P1) / (t.N1 - 1) + t.P2 * (1 - t.P2) / (t.N2 - 1)),
            Averaged((p, n) => p * (1 - p) / n),
            new(VarianceType.H0, (t, _) => t.P * (1 - t.P) * (1 / t.N1 + 1 / t.N2)),
        ],
        correctsZeros: true);

    public static readonly Measure AS = new MeasureOf<TwoByTwo>(
        new("AS", "arcsine square-root difference", "arcsine square-root difference", Scale.Identity, 0, "Rücker et al. (2009), Statistics in Medicine 28:721, doi:10.1002/sim.3511"),
        (t, _) => Math.Asin(Math.Sqrt(t.P1)) - Math.Asin(Math.Sqrt(t.P2)),
        [new(VarianceType.LS, (t, _) => 1 / (4 * t.N1) + 1 / (4 * t.N2))]);

    public static readonly Measure PETO = new MeasureOf<TwoByTwo>(
        new("PETO", "log odds ratio (Peto)", "odds ratio (Peto)", Scale.Log, 0, "Yusuf et al. (1985), Progress in Cardiovascular Diseases 27:335, doi:10.1016/s0033-0620(85)80003-7"),
        (t, _) => (t.A - (t.A + t.C) * t.N1 / t.Size) / Hypergeometric(t),
        [new(VarianceType.LS, (t, _) => 1 / Hypergeometric(t))],
        correctsZeros: true);

    /// <summary>The variances of a multiple of the log odds ratio.</summary>
    /// <param name="square">The square of the factor.</param>
    public static VarianceRule<TwoByTwo>[] LogOddsVariances(double square) =>
    [
        new(VarianceType.LS, (t, _) => square * (1 / t.A + 1 / t.B + 1 / t.C + 1 / t.D)),
        Averaged((p, n) => square / (p * (1 - p) * n)),
        new(VarianceType.H0, (t, _) => square * (1 / t.N1 + 1 / t.N2) / (t.P * (1 - t.P))),
    ];

    /// <summary>The variance of the treated events given the margins.</summary>
    private static double Hypergeometric(TwoByTwo t) =>
        (t.A + t.C) * (t.B + t.D) * (t.N1 / t.Size) * (t.N2 / t.Size) / (t.Size - 1);

    /// <summary>The large-sample variance with the group proportions averaged over the studies.</summary>
    private static VarianceRule<TwoByTwo> Averaged(Func<double, double, double> group) => new(VarianceType.AV, all =>
    {
        var p1 = all.MeanOfAll(t => t.P1, t => t.N1);
        var p2 = all.MeanOfAll(t => t.P2, t => t.N2);
        return (t, _) => group(p1, t.N1) + group(p2, t.N2);
    });
}
