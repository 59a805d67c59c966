namespace MetaSpine;

/// <summary>One person's extraction of a study's numbers.</summary>
public sealed record Extraction : FileRecord
{
    /// <summary>Who extracted.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public string? Date { get; init; }

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    internal static readonly Shape<Extraction> Shape = new("Extraction", "One person's extraction of the numbers.", () => new() { By = "" }, keys => keys
        .Required("by", "Who extracted.", Codecs.Text, e => e.By, (e, v) => e with { By = v })
        .Optional("date", "When.", Codecs.Date, e => e.Date, (e, v) => e with { Date = v })
        .Optional("notes", "Remarks.", Codecs.Text, e => e.Notes, (e, v) => e with { Notes = v }));
}

/// <summary>How two extractions were brought together.</summary>
public sealed record Reconciliation : FileRecord
{
    /// <summary>Who decided.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public string? Date { get; init; }

    /// <summary>Where the extractions differed.</summary>
    public ValueList<ExtractionDifference> Differences { get; init; } = [];

    internal static readonly Shape<Reconciliation> Shape = new(
        "Reconciliation", "How two extractions were brought together.", () => new() { By = "" }, keys => keys
        .Required("by", "Who decided.", Codecs.Text, r => r.By, (r, v) => r with { By = v })
        .Optional("date", "When.", Codecs.Date, r => r.Date, (r, v) => r with { Date = v })
        .List("differences", "Where the extractions differed.", ExtractionDifference.Shape,
            r => r.Differences, (r, v) => r with { Differences = v }));
}

/// <summary>One field on which two extractions differed, and what was kept.</summary>
public sealed record ExtractionDifference : FileRecord
{
    /// <summary>The field's path: outcomes[pain].results[group=all].events.</summary>
    public required string Path { get; init; }

    /// <summary>What the first person extracted.</summary>
    public string? A { get; init; }

    /// <summary>What the second person extracted.</summary>
    public string? B { get; init; }

    /// <summary>What was kept.</summary>
    public string? Kept { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    internal static readonly Shape<ExtractionDifference> Shape = new(
        "ExtractionDifference", "A number on which two extractions differed.", () => new() { Path = "" }, keys => keys
        .Required("path", "The field's path: outcomes[pain].results[group=all].events.", Codecs.Text,
            d => d.Path, (d, v) => d with { Path = v })
        .Optional("a", "What the first person extracted.", Codecs.Text, d => d.A, (d, v) => d with { A = v })
        .Optional("b", "What the second person extracted.", Codecs.Text, d => d.B, (d, v) => d with { B = v })
        .Optional("kept", "What was kept.", Codecs.Text, d => d.Kept, (d, v) => d with { Kept = v })
        .Optional("reason", "Why.", Codecs.Text, d => d.Reason, (d, v) => d with { Reason = v }));
}
