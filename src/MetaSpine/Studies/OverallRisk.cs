namespace MetaSpine;

/// <summary>The overall judgements of studies as people wrote them, for analyses that leave studies out or group them by it.</summary>
/// <remarks>What a tool's rules would give counts for nothing here: a judgement is a person's, and what nobody wrote down is missing.</remarks>
internal static class OverallRisk
{
    /// <summary>The name by which an analysis asks for the judgement as a characteristic of its studies; ".tool" behind it names the tool.</summary>
    internal const string Name = "risk_of_bias";

    /// <summary>A study's assessments that speak about an outcome: those made for it, and where there are none those of the study as a whole.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="tool">The tool; null for every tool.</param>
    internal static IReadOnlyList<RiskOfBias> About(Study study, string outcome, string? tool)
    {
        var ofTool = study.RiskOfBias.Where(assessment => tool is null || assessment.Tool.Equals(tool, StringComparison.OrdinalIgnoreCase)).ToList();
        var ofOutcome = ofTool.FindAll(assessment => assessment.Outcome == outcome);
        return ofOutcome.Count > 0 ? ofOutcome : ofTool.FindAll(assessment => assessment.Outcome is null);
    }

    /// <summary>The judgement that a study is grouped by, of several people's the first; null where there is none.</summary>
    internal static string? Of(Study study, string outcome, string? tool) =>
        About(study, outcome, tool).Select(assessment => assessment.Overall).OfType<string>().Select(JudgementWords.Fold).FirstOrDefault();

    /// <summary>Whether the assessments of a study about an outcome differ in the overall judgement.</summary>
    internal static bool IsDisputed(Study study, string outcome, string? tool) =>
        About(study, outcome, tool).Select(assessment => assessment.Overall).OfType<string>().Select(JudgementWords.Fold).Distinct(StringComparer.Ordinal).Count() > 1;

    /// <summary>Whether a name asks for the judgement, and with which tool; the hyphen of other names of the field is as good as the underscore.</summary>
    internal static bool Is(string name, out string? tool)
    {
        var hasTool = name.Length > Name.Length + 1 && name[Name.Length] == '.';
        tool = hasTool ? name[(Name.Length + 1)..] : null;
        return (hasTool || name.Length == Name.Length) && name[..Name.Length].Replace('-', '_') == Name;
    }

    /// <summary>The names under which studies' judgements can be asked for: each tool's, and the bare name where there is only one tool.</summary>
    internal static IReadOnlyList<string> Names(IEnumerable<Study> studies)
    {
        var tools = studies.SelectMany(study => study.RiskOfBias).Where(assessment => assessment.Overall is not null).Select(assessment => assessment.Tool)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return tools.Count switch
        {
            0 => [],
            1 => [Name, $"{Name}.{tools[0]}"],
            _ => [.. tools.Select(tool => $"{Name}.{tool}")],
        };
    }

    /// <summary>Whether a name asks for judgements that some of the studies have.</summary>
    internal static bool IsKnown(string name, IEnumerable<Study> studies) =>
        Is(name, out _) && Names(studies).Contains(name.Replace("risk-of-bias", Name, StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
}
