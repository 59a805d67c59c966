namespace MetaSpine;

/// <summary>A named denominator: all 32 patients, the 29 with cord lesions, the 18 who could not walk.</summary>
public sealed record PatientGroup : FileRecord
{
    /// <summary>The name that results refer to.</summary>
    public required string Id { get; init; }

    /// <summary>Who they are, in words.</summary>
    public string? Label { get; init; }

    /// <summary>How many they are.</summary>
    public ReportedNumber? N { get; init; }

    /// <summary>The larger group that this one is part of, where the report says so.</summary>
    public string? Within { get; init; }

    /// <summary>Where the number comes from.</summary>
    public Source? Source { get; init; }

    internal static readonly Shape<PatientGroup> Shape = new("PatientGroup", "A named denominator that results refer to.", () => new() { Id = "" }, keys => keys
        .Optional("label", "Who they are, in words.", Codecs.Text, g => g.Label, (g, v) => g with { Label = v })
        .Optional("n", "How many they are.", Codecs.Count, g => g.N, (g, v) => g with { N = v })
        .Optional("within", "The larger group that this one is part of.", Codecs.Id, g => g.Within, (g, v) => g with { Within = v })
        .Optional("source", "Where the number comes from.", Source.Shape, g => g.Source, (g, v) => g with { Source = v }));

    internal static readonly KeyedCodec<PatientGroup> Map = new("group", Shape, g => g.Id, (g, id) => g with { Id = id });
}
