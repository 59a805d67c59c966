namespace MetaSpine;

/// <summary>Two groups and an event: a, b events and the rest of the treated, c, d of the controls.</summary>
internal readonly record struct TwoByTwo(double A, double B, double C, double D) : IStudyRow<TwoByTwo>
{
    private static readonly MeasureInput Ai = new("ai", "events in the treatment group");
    private static readonly MeasureInput Ci = new("ci", "events in the control group");

    public static MeasureFamily Family { get; } = new("two-by-two table",
    [
        [Ai, new("n1i", "participants in the treatment group"), Ci, new("n2i", "participants in the control group")],
        [Ai, new("bi", "non-events in the treatment group"), Ci, new("di", "non-events in the control group")],
    ]);

    public static TwoByTwo Read(RowReader row)
    {
        var a = row.NonNegative("ai");
        var c = row.NonNegative("ci");
        return new TwoByTwo(a, row.Rest("bi", "ai", a, "n1i"), c, row.Rest("di", "ci", c, "n2i"));
    }

    public double N1 => A + B;

    public double N2 => C + D;

    public double Size => N1 + N2;

    public double P1 => A / N1;

    public double P2 => C / N2;

    /// <summary>The proportion with the event in both groups together.</summary>
    public double P => (A + C) / Size;

    public bool HasZero => A == 0 || B == 0 || C == 0 || D == 0;

    public bool HasDoubleZero => (A == 0 && C == 0) || (B == 0 && D == 0);

    public TwoByTwo Plus(double add) => new(A + add, B + add, C + add, D + add);
}

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
        ]);

    public static readonly Measure OR = new MeasureOf<TwoByTwo>(
        new("OR", "log odds ratio", "odds ratio", Scale.Log, 0, "Woolf (1955), Annals of Human Genetics 19:251, doi:10.1111/j.1469-1809.1955.tb01348.x"),
        (t, _) => Math.Log(t.A * t.D / (t.B * t.C)),
        [
            new(VarianceType.LS, (t, _) => 1 / t.A + 1 / t.B + 1 / t.C + 1 / t.D),
            Averaged((p, n) => 1 / (p * (1 - p) * n)),
            new(VarianceType.H0, (t, _) => (1 / t.N1 + 1 / t.N2) / (t.P * (1 - t.P))),
        ]);

    public static readonly Measure RD = new MeasureOf<TwoByTwo>(
        new("RD", "risk difference", "risk difference", Scale.Identity, 0, Handbook),
        (t, _) => t.P1 - t.P2,
        [
            new(VarianceType.LS, (t, _) => t.P1 * (1 - t.P1) / t.N1 + t.P2 * (1 - t.P2) / t.N2),
            new(VarianceType.UB, (t, _) => t.P1 * (1 - t.P1) / (t.N1 - 1) + t.P2 * (1 - t.P2) / (t.N2 - 1)),
            Averaged((p, n) => p * (1 - p) / n),
            new(VarianceType.H0, (t, _) => t.P * (1 - t.P) * (1 / t.N1 + 1 / t.N2)),
        ]);

    public static readonly Measure AS = new MeasureOf<TwoByTwo>(
        new("AS", "arcsine square-root difference", "arcsine square-root difference", Scale.Identity, 0, "Ruecker et al. (2009), Statistics in Medicine 28:721, doi:10.1002/sim.3511"),
        (t, _) => Math.Asin(Math.Sqrt(t.P1)) - Math.Asin(Math.Sqrt(t.P2)),
        [new(VarianceType.LS, (t, _) => 1 / (4 * t.N1) + 1 / (4 * t.N2))],
        correctsZeros: false);

    public static readonly Measure PETO = new MeasureOf<TwoByTwo>(
        new("PETO", "log odds ratio (Peto)", "odds ratio (Peto)", Scale.Log, 0, "Yusuf et al. (1985), Progress in Cardiovascular Diseases 27:335, doi:10.1016/s0033-0620(85)80003-7"),
        (t, _) => (t.A - (t.A + t.C) * t.N1 / t.Size) / Hypergeometric(t),
        [new(VarianceType.LS, (t, _) => 1 / Hypergeometric(t))]);

    /// <summary>The variance of the treated events given the margins.</summary>
    private static double Hypergeometric(TwoByTwo t) =>
        (t.A + t.C) * (t.B + t.D) * (t.N1 / t.Size) * (t.N2 / t.Size) / (t.Size - 1);

    /// <summary>The large-sample variance with the group proportions averaged over the studies.</summary>
    private static VarianceRule<TwoByTwo> Averaged(Func<double, double, double> group) => new(VarianceType.AV, all =>
    {
        var p1 = all.Mean(t => t.P1, t => t.N1);
        var p2 = all.Mean(t => t.P2, t => t.N2);
        return (t, _) => group(p1, t.N1) + group(p2, t.N2);
    });
}
