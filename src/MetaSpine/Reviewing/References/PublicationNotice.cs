namespace MetaSpine;

/// <summary>What was published later about a report that readers of it must know.</summary>
/// <param name="Kind">What it is.</param>
public sealed record PublicationNotice(NoticeKind Kind)
{
    /// <summary>Where it stands, as the file writes it: "Lancet. 2010 Feb 6;375(9713):445".</summary>
    public string? Where { get; init; }

    /// <summary>Its PubMed number.</summary>
    public string? Pmid { get; init; }

    /// <summary>Its digital object identifier.</summary>
    public string? Doi { get; init; }
}

/// <summary>The kinds of notice about a report.</summary>
public enum NoticeKind
{
    /// <summary>The report was retracted.</summary>
    Retraction,

    /// <summary>The report was retracted and published again.</summary>
    RetractedAndRepublished,

    /// <summary>The journal has expressed concern.</summary>
    ExpressionOfConcern,

    /// <summary>The report was corrected.</summary>
    Erratum,
}
