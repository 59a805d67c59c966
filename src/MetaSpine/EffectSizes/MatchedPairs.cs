namespace MetaSpine;

/// <summary>Pairs, or the same people twice: a with the event both times, b only under treatment, c only under control, d never.</summary>
internal readonly record struct MatchedPairs(double A, double B, double C, double D) : IStudyRow<MatchedPairs>, ICounts<MatchedPairs>
{
    public static MeasureFamily Family { get; } = new("matched pairs",
    [
        [
            new("ai", "pairs with the event under both conditions"), new("bi", "pairs with the event under treatment only"),
            new("ci", "pairs with the event under control only"), new("di", "pairs with the event under neither"),
        ],
    ]);

    public static MatchedPairs Read(RowReader row) =>
        new(row.NonNegative("ai"), row.NonNegative("bi"), row.NonNegative("ci"), row.NonNegative("di"));

    public double Size => A + B + C + D;

    /// <summary>The proportion with the event under treatment.</summary>
    public double P1 => (A + B) / Size;

    /// <summary>The proportion with the event under control.</summary>
    public double P2 => (A + C) / Size;

    /// <summary>The variance of the difference within a pair: discordant pairs, less the square of their difference.</summary>
    public double Discordance => (B + C) / Size - (B - C) / Size * ((B - C) / Size);

    public bool HasZero => A == 0 || B == 0 || C == 0 || D == 0;

    public bool HasDoubleZero => (A == 0 && C == 0) || (B == 0 && D == 0);

    public MatchedPairs Plus(double add, bool onlyEvents) => new(A + add, B + add, C + add, D + add);
}

/// <summary>
/// Matched pairs of which only the margins are known, as a two-by-two table of the conditions, with the correlation between
/// the two events or the proportion of pairs with both.
/// </summary>
internal readonly record struct PairMargins(TwoByTwo Margins, double R, double Both) : IStudyRow<PairMargins>, ICounts<PairMargins>
{
    private static readonly MeasureInput Ri = new("ri", "phi correlation between the events of a pair");
    private static readonly MeasureInput Pi = new("pi", "proportion of pairs with the event under both conditions");

    public static MeasureFamily Family { get; } = new("margins of matched pairs",
        [.. TwoByTwo.Cells.SelectMany(table => new IReadOnlyList<MeasureInput>[] { [.. table, Ri], [.. table, Pi] })]);

    public static PairMargins Read(RowReader row)
    {
        var table = TwoByTwo.ReadCells(row);
        return row.Has("ri") || !row.Has("pi")
            ? new PairMargins(table, row.Correlation("ri"), double.NaN)
            : new PairMargins(table, double.NaN, row.Proportion("pi"));
    }

    /// <summary>Pairs, each of which stands in both rows.</summary>
    public double Size => Math.Round(Margins.Size / 2);

    /// <summary>The covariance of the two logits: that of the events over the product of both variances, all as counts.</summary>
    public double Covariance
    {
        get
        {
            var (a, b, c, d) = Margins;
            var cells = a * b * c * d;
            return double.IsNaN(R) ? Size * (Size * Size * Both - a * c) / cells : Size * R / Math.Sqrt(cells);
        }
    }

    public bool HasZero => Margins.HasZero;

    public bool HasDoubleZero => Margins.HasDoubleZero;

    public PairMargins Plus(double add, bool onlyEvents) => this with { Margins = Margins.Plus(add, onlyEvents) };
}

/// <summary>The measures of matched pairs.</summary>
internal static class MatchedPairMeasures
{
    private const string Elbourne = "Elbourne et al. (2002), International Journal of Epidemiology 31:140, doi:10.1093/ije/31.1.140; Curtin, Elbourne & Altman (2002), Statistics in Medicine 21:2145, doi:10.1002/sim.1206";
    private const string Zou = "Zou (2007), Clinical Trials 4:25, doi:10.1177/1740774506075667; Fagerland et al. (2014), Statistics in Medicine 33:2850, doi:10.1002/sim.6148";

    public static readonly Measure MPRD = new MeasureOf<MatchedPairs>(
        new("MPRD", "matched-pairs risk difference", "risk difference (matched pairs)", Scale.Identity, 0, Zou),
        (t, _) => (t.B - t.C) / t.Size,
        [new(VarianceType.LS, (t, _) => t.Discordance / t.Size)],
        correctsZeros: true);

    public static readonly Measure MPRR = new MeasureOf<MatchedPairs>(
        new("MPRR", "matched-pairs log risk ratio", "risk ratio (matched pairs)", Scale.Log, 0, Zou),
        (t, _) => Math.Log((t.A + t.B) / (t.A + t.C)),
        [new(VarianceType.LS, (t, _) => (t.B + t.C) / ((t.A + t.B) * (t.A + t.C)))],
        correctsZeros: true);

    public static readonly Measure MPOR = new MeasureOf<MatchedPairs>(
        new("MPOR", "matched-pairs marginal log odds ratio", "marginal odds ratio (matched pairs)", Scale.Log, 0, Elbourne),
        (t, _) => Math.Log((t.A + t.B) * (t.B + t.D) / ((t.C + t.D) * (t.A + t.C))),
        [new(VarianceType.LS, (t, _) => t.Discordance / (t.Size * t.P1 * (1 - t.P1) * t.P2 * (1 - t.P2)))],
        correctsZeros: true);

    public static readonly Measure MPORC = new MeasureOf<MatchedPairs>(
        new("MPORC", "matched-pairs conditional log odds ratio", "conditional odds ratio (matched pairs)", Scale.Log, 0, Elbourne),
        (t, _) => Math.Log(t.B / t.C),
        [new(VarianceType.LS, (t, _) => 1 / t.B + 1 / t.C)],
        correctsZeros: true);

    public static readonly Measure MPPETO = new MeasureOf<MatchedPairs>(
        new("MPPETO", "matched-pairs log odds ratio (Peto)", "conditional odds ratio (Peto, matched pairs)", Scale.Log, 0, Elbourne),
        (t, _) => 2 * (t.B - t.C) / (t.B + t.C),
        [new(VarianceType.LS, (t, _) => 4 / (t.B + t.C))],
        correctsZeros: true);

    public static readonly Measure MPORM = new MeasureOf<PairMargins>(
        new("MPORM", "matched-pairs marginal log odds ratio from margins", "marginal odds ratio (matched pairs)", Scale.Log, 0, Elbourne),
        (t, _) => t.Margins.LogOddsRatio,
        [new(VarianceType.LS, (t, _) => 1 / t.Margins.A + 1 / t.Margins.B + 1 / t.Margins.C + 1 / t.Margins.D - 2 * t.Covariance)],
        correctsZeros: true);
}
