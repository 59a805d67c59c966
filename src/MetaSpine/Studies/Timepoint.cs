namespace MetaSpine;

/// <summary>A time at which outcomes were measured.</summary>
public sealed record Timepoint : FileRecord
{
    /// <summary>The name that results refer to.</summary>
    public required string Id { get; init; }

    /// <summary>The time in the report's words.</summary>
    public string? Label { get; init; }

    /// <summary>The time in months after the start, by which timepoints are ordered. Absent where the report gives no length.</summary>
    public ReportedNumber? Months { get; init; }

    internal static readonly Shape<Timepoint> Shape = new("Timepoint", "A time at which outcomes were measured.", () => new() { Id = "" }, keys => keys
        .Optional("label", "The time in the report's words.", Codecs.Text, t => t.Label, (t, v) => t with { Label = v })
        .Optional("months", "The time in months after the start (10 days are 0.33).", Codecs.NotNegative,
            t => t.Months, (t, v) => t with { Months = v }));

    internal static readonly KeyedCodec<Timepoint> Map = new("timepoint", Shape, t => t.Id, (t, id) => t with { Id = id });
}
