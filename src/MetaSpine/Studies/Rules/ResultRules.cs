namespace MetaSpine;

/// <summary>What must hold of the results of an outcome: they refer to what the study names, and no part exceeds its whole.</summary>
internal sealed class ResultRules(Study study, HashSet<string> groups, Reading reading)
{
    private readonly HashSet<string> _arms = study.Arms.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _timepoints = study.Timepoints.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);

    internal void Check(Outcome outcome)
    {
        if (outcome.Scale is { Low.Value: { } low, High.Value: { } high } scale && low >= high)
            reading.Fault(scale.PositionOf("low"), $"the scale of '{outcome.Id}' begins at {scale.Low} and ends at {scale.High}, which is not above it");
        var seen = new Dictionary<string, OutcomeResult>(StringComparer.Ordinal);
        foreach (var result in outcome.Results)
        {
            StudyRules.Known("group", result.Group, groups, result.PositionOf("group"), reading);
            StudyRules.Known("arm", result.Arm, _arms, result.PositionOf("arm"), reading);
            StudyRules.Known("timepoint", result.Timepoint, _timepoints, result.PositionOf("timepoint"), reading);
            if (result.Comparison is { } comparison)
                CheckComparison(result, comparison);
            if (Counts(result) is { } key && !seen.TryAdd(key, result))
                reading.Fault(result.Position, $"the outcome '{outcome.Id}' has the same group, arm and timepoint here and on line "
                    + $"{seen[key].Position.Line}; patients would count twice");
            if (result is DichotomousResult counts)
                CheckCounts(counts);
        }
    }

    private void CheckComparison(OutcomeResult result, Comparison comparison)
    {
        StudyRules.Known("arm", comparison.Intervention, _arms, comparison.PositionOf("intervention"), reading);
        StudyRules.Known("arm", comparison.Control, _arms, comparison.PositionOf("control"), reading);
        if (comparison.Intervention == comparison.Control)
            reading.Fault(comparison.PositionOf("control"), $"the arm '{comparison.Control}' is compared with itself");
        if (result.Arm is not null)
            reading.Fault(result.PositionOf("arm"), "a result belongs to one arm or to a comparison of two, not to both");
    }

    // Ready estimates and tests may well be reported several times: adjusted and not, at several thresholds.
    private static string? Counts(OutcomeResult result) => result switch
    {
        DichotomousResult or RateResult => Place(result),
        ContinuousResult continuous => $"{Place(result)}\n{continuous.ChangeFromBaseline == true}",
        _ => null,
    };

    private static string Place(OutcomeResult result) => $"{result.Group}\n{result.Arm}\n{result.Timepoint}\n{result.Comparison}";

    private void CheckCounts(DichotomousResult result)
    {
        var (whole, name) = result.Total is not null ? (result.Total, "total")
            : study.FindGroup(result.Group)?.N is { } ofGroup ? (ofGroup, $"size of group '{result.Group}'")
            : (study.FindArm(result.Arm)?.N, $"size of arm '{result.Arm}'");
        foreach (var (part, key) in new[] { (result.Events, "events"), (result.NonEvents, "non_events") })
            if (part?.Value > whole?.Value)
                reading.Fault(result.PositionOf(key), $"found {part} {key}, which is more than the {name}, {whole}");
        if (result is { Events.Value: { } events, NonEvents.Value: { } others, Total.Value: { } total } && events + others != total)
            reading.Fault(result.PositionOf("non_events"), $"found {result.Events} events and {result.NonEvents} non_events, which do not add up "
                + $"to the total, {result.Total}");
    }
}
