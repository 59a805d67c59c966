namespace MetaSpine;

/// <summary>How a number came to be known.</summary>
public enum SourceKind
{
    /// <summary>It is printed in the report.</summary>
    Reported,

    /// <summary>It follows from what is printed, such as a count from a percentage.</summary>
    Derived,

    /// <summary>It was calculated or estimated from other numbers, such as a standard deviation from an interquartile range.</summary>
    Computed,
}

/// <summary>The provenance of a number: how it is known, and where it stands.</summary>
public sealed record Source : FileRecord
{
    /// <summary>How the number came to be known. Default: reported.</summary>
    public SourceKind Kind { get; init; }

    /// <summary>The part of the report or the address: abstract, Methods, Figure 2, a web page.</summary>
    public string? Where { get; init; }

    /// <summary>The page, as printed.</summary>
    public string? Page { get; init; }

    /// <summary>The table, as numbered.</summary>
    public string? Table { get; init; }

    /// <summary>The few words of the report that hold the number.</summary>
    public string? Quote { get; init; }

    /// <summary>For a derived or computed number: the reasoning or formula.</summary>
    public string? How { get; init; }

    /// <summary>Whether the number was read off a figure.</summary>
    public bool? Digitised { get; init; }

    internal static readonly Choices<SourceKind> Kinds = new("how a number is known",
        ("reported", SourceKind.Reported), ("derived", SourceKind.Derived), ("computed", SourceKind.Computed));

    internal static readonly Shape<Source> Shape = new("Source", "The provenance of a number.", () => new(), keys => keys
        .Value("kind", "How the number is known: printed (reported), following from what is printed (derived), or calculated (computed).",
            Kinds, s => s.Kind, (s, v) => s with { Kind = v })
        .Optional("where", "The part of the report, or its address.", Codecs.Text, s => s.Where, (s, v) => s with { Where = v })
        .Optional("page", "The page, as printed.", Codecs.Text, s => s.Page, (s, v) => s with { Page = v })
        .Optional("table", "The table, as numbered.", Codecs.Text, s => s.Table, (s, v) => s with { Table = v })
        .Optional("quote", "The few words of the report that hold the number.", Codecs.Text, s => s.Quote, (s, v) => s with { Quote = v })
        .Optional("how", "For a derived or computed number: the reasoning or formula.", Codecs.Text,
            s => s.How, (s, v) => s with { How = v })
        .Value("digitised", "Whether the number was read off a figure.", Codecs.Flag, s => s.Digitised, (s, v) => s with { Digitised = v }));
}
