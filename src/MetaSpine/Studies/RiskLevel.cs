namespace MetaSpine;

/// <summary>What a judgement of the risk of bias amounts to, whatever its tool's words: the colour and the symbol that it is drawn with.</summary>
public enum RiskLevel
{
    /// <summary>Low risk: a plus on green.</summary>
    Low,

    /// <summary>Some concerns, or moderate risk: a minus on yellow.</summary>
    Some,

    /// <summary>High or serious risk: a cross on red.</summary>
    High,

    /// <summary>Critical or very high risk: an exclamation mark on dark red.</summary>
    Critical,

    /// <summary>Unclear, or no information: a question mark.</summary>
    Unclear,

    /// <summary>Not judged, or not applicable.</summary>
    None,
}

/// <summary>The words of judgements, which people write with capitals, hyphens and underscores, and with or without "risk of bias".</summary>
internal static class JudgementWords
{
    private static readonly string[] Endings = [" risk of bias", " risk", " concern"];

    /// <summary>The overall judgements of the tools in use.</summary>
    internal static readonly IReadOnlyList<string> Usual =
        ["low", "some concerns", "moderate", "high", "serious", "critical", "very high", "unclear", "no information", "good", "fair", "poor", "critically low"];

    /// <summary>A judgement as it is compared: "Some_Concerns" and "some concerns" are one, and so are "High risk" and "high".</summary>
    internal static string Fold(string judgement)
    {
        var words = string.Join(' ', judgement.ToLowerInvariant().Split([' ', '_', '-', '\t', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));
        var ending = Array.Find(Endings, e => words.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? words : words[..^ending.Length];
    }

    /// <summary>
    /// The level of a judgement in the words of RoB 2, ROBINS-I, QUADAS-2, the JBI checklists and the first Cochrane tool. Questions
    /// that a checklist answers with yes are met criteria: low risk. Words that are not known are unclear; nothing, or "not applicable", is none.
    /// </summary>
    internal static RiskLevel Level(string? judgement) => judgement is null ? RiskLevel.None : Fold(judgement) switch
    {
        "" or "not applicable" or "na" or "n/a" => RiskLevel.None,
        "low" or "yes" or "y" or "definitely low" => RiskLevel.Low,
        "some concerns" or "some" or "moderate" or "probably yes" or "py" or "probably low" => RiskLevel.Some,
        "high" or "serious" or "no" or "n" or "probably high" or "definitely high" => RiskLevel.High,
        "critical" or "very high" => RiskLevel.Critical,
        _ => RiskLevel.Unclear,
    };
}
