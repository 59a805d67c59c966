namespace MetaSpine;

/// <summary>An estimate that comes with its variance or standard error.</summary>
internal readonly record struct ReadyEstimate(double Y, double V, double Size) : IStudyRow<ReadyEstimate>
{
    private static readonly MeasureInput Yi = new("yi", "estimate");

    public static MeasureFamily Family { get; } = new("ready estimate",
    [
        [Yi, new("vi", "sampling variance")],
        [Yi, new("sei", "standard error")],
    ]);

    public static ReadyEstimate Read(RowReader row)
    {
        var y = row.Number("yi");
        if (!row.Has("sei"))
        {
            return new ReadyEstimate(y, row.NonNegative("vi"), row.Optional("ni"));
        }

        var standardError = row.NonNegative("sei");
        return new ReadyEstimate(y, row.Has("vi") ? row.NonNegative("vi") : standardError * standardError, row.Optional("ni"));
    }

    public bool HasZero => false;

    public bool HasDoubleZero => false;

    public ReadyEstimate Plus(double add) => this;
}

/// <summary>The generic measure: estimates computed elsewhere.</summary>
internal static class ReadyMeasures
{
    public static readonly Measure GEN = new MeasureOf<ReadyEstimate>(
        new("GEN", "estimate", "estimate", Scale.Identity, 0, "computed by the user"),
        (s, _) => s.Y,
        [new(VarianceType.LS, (s, _) => s.V)],
        correctsZeros: false);
}
