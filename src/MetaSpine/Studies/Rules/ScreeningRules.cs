namespace MetaSpine;

/// <summary>What must hold between the decisions of screening.</summary>
internal static class ScreeningRules
{
    /// <summary>Why these decisions contradict each other in themselves: one reviewer, one record, one step, two decisions.</summary>
    internal static IEnumerable<FileFault> Contradictions(IEnumerable<ScreeningDecision> decisions)
    {
        var seen = new Dictionary<(string, string, ScreeningStage), ScreeningDecision>();
        foreach (var decision in decisions)
        {
            var key = (decision.Record, decision.Reviewer, decision.Stage);
            if (!seen.TryAdd(key, decision) && seen[key].Decision != decision.Decision)
            {
                yield return new FileFault(decision.Position, $"{decision.Reviewer} decided '{Word(decision)}' on record {decision.Record} here, and '{Word(seen[key])}' at {seen[key].Position}: keep one, "
                    + $"or give what was decided in the end to the reviewer '{ScreeningDecision.Final}'");
            }
        }
    }

    private static string Word(ScreeningDecision decision) => ScreeningDecision.Verdicts.Word(decision.Decision);
}
