namespace MetaSpine;

/// <summary>The kind of a correlation coefficient.</summary>
public enum CorrelationKind
{
    /// <summary>Pearson's product-moment correlation.</summary>
    Pearson,

    /// <summary>Spearman's rank correlation.</summary>
    Spearman,

    /// <summary>A partial correlation, given other variables.</summary>
    Partial,
}

/// <summary>A correlation between two quantities.</summary>
public sealed record CorrelationResult : OutcomeResult
{
    /// <summary>The coefficient, from -1 to 1.</summary>
    public ReportedNumber? R { get; init; }

    /// <summary>How many were measured.</summary>
    public ReportedNumber? N { get; init; }

    /// <summary>The kind of coefficient. Absent means the report does not say.</summary>
    public CorrelationKind? Kind { get; init; }

    /// <summary>For a partial correlation: the other variables.</summary>
    public ValueList<string> AdjustedFor { get; init; } = [];

    internal static readonly Choices<CorrelationKind> Kinds = new("a kind of correlation",
        ("pearson", CorrelationKind.Pearson), ("spearman", CorrelationKind.Spearman), ("partial", CorrelationKind.Partial));

    internal static readonly Shape<CorrelationResult> Shape = Describe<CorrelationResult>(
        "CorrelationResult", "A correlation between two quantities.", () => new(), keys => keys
        .Optional("r", "The coefficient, from -1 to 1.", Codecs.Correlation, r => r.R, (r, v) => r with { R = v })
        .Optional("n", "How many were measured.", Codecs.Count, r => r.N, (r, v) => r with { N = v })
        .Value("kind", "The kind of coefficient.", Kinds, r => r.Kind, (r, v) => r with { Kind = v })
        .List("adjusted_for", "For a partial correlation: the other variables.", Codecs.Text,
            r => r.AdjustedFor, (r, v) => r with { AdjustedFor = v }));
}
