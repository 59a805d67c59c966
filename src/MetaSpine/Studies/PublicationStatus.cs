namespace MetaSpine;

/// <summary>What happened to the report after it was published.</summary>
public sealed record PublicationStatus : FileRecord
{
    /// <summary>Whether the report was retracted.</summary>
    public bool? Retracted { get; init; }

    /// <summary>The erratum or expression of concern, where there is one.</summary>
    public string? Erratum { get; init; }

    internal static readonly Shape<PublicationStatus> Shape = new(
        "PublicationStatus", "What happened to the report after it was published.", () => new(), keys => keys
        .Value("retracted", "Whether the report was retracted.", Codecs.Flag, s => s.Retracted, (s, v) => s with { Retracted = v })
        .Optional("erratum", "The erratum or expression of concern.", Codecs.Text, s => s.Erratum, (s, v) => s with { Erratum = v }));
}
