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
            return new ReadyEstimate(y, row.SamplingError("vi"), row.Optional("ni"));
        }

        var standardError = row.SamplingError("sei");
        return new ReadyEstimate(y, row.Has("vi") ? row.SamplingError("vi") : standardError * standardError, row.Optional("ni"));
    }
}

/// <summary>Estimates computed elsewhere.</summary>
internal static class ReadyMeasures
{
    public static readonly Measure GEN = Of(new("GEN", "estimate", "estimate", Scale.Identity, 0, "computed by the user"));

    public static readonly Measure HR = Of(new("HR", "log hazard ratio", "hazard ratio", Scale.Log, 0, "computed by the user"));

    public static readonly Measure HD = Of(new("HD", "hazard difference", "hazard difference", Scale.Identity, 0, "computed by the user"));

    /// <summary>A measure of the same code, name and scale for estimates that were computed elsewhere.</summary>
    public static Measure Like(Measure measure) => ReferenceEquals(measure.Family, ReadyEstimate.Family)
        ? measure
        : Of(new(measure.Code, measure.Name, measure.ReadAs, measure.Scale, measure.NullValue, "computed by the user"));

    private static MeasureOf<ReadyEstimate> Of(MeasureInfo info) => new(info, (s, _) => s.Y, [new(VarianceType.LS, (s, _) => s.V)]);
}
