namespace MetaSpine;

/// <summary>What a reader must know where an analysis leaves studies out, or groups them, by the judgement of their risk of bias.</summary>
internal static class JudgementNotes
{
    /// <param name="analysis">The analysis.</param>
    /// <param name="pooled">The studies that it keeps.</param>
    public static IEnumerable<string> Of(Analysis analysis, IReadOnlyList<Study> pooled)
    {
        var tools = analysis.Exclude.Where(exclusion => exclusion.RiskOfBias.Count > 0).Select(exclusion => exclusion.Tool).ToList();
        var silent = pooled.Where(study => tools.Exists(tool => OverallRisk.Of(study, analysis.Outcome, tool) is null)).Select(study => study.DisplayName).Distinct(StringComparer.Ordinal).ToList();
        if (silent.Count > 0)
        {
            yield return $"Nobody wrote down an overall judgement of the risk of bias, so that the exclusion by it lets in: {string.Join(", ", silent)}.";
        }

        foreach (var name in analysis.Moderators.Append(analysis.Subgroup).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (OverallRisk.Is(name, out var tool) && pooled.Where(study => OverallRisk.IsDisputed(study, analysis.Outcome, tool)).Select(study => study.DisplayName).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } disputed)
            {
                yield return $"Judged differently by several people, of whom the first in the file counts: {string.Join(", ", disputed)}.";
            }
        }
    }
}
