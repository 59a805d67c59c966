namespace MetaSpine;

/// <summary>A reported comparison of two arms must be that of their reported counts or means, unless it is adjusted.</summary>
internal static class ComparisonRule
{
    internal static void Check(IntegrityReport report)
    {
        foreach (var (outcome, result, path) in ResultWalk.Of<EstimateResult>(report.Study))
            if (result.Comparison is { } arms && ResultWalk.Printed(result.Value) is { } value && result.Of is { } name && report.Study.FindOutcome(name) is { } of
                && Compare(report.Study, of, result, arms, value) is { } check)
                report.Add(check, $"{path}.value", ResultWalk.At(result.Value!, result), outcome.Label ?? outcome.Id);
    }

    private static NumberCheck? Compare(Study study, Outcome of, EstimateResult result, Comparison arms, string value)
    {
        var measure = result.Measure?.ToUpperInvariant();
        var adjusted = result.Adjusted ?? (result.Covariates.Count > 0 ? true : null);
        if (RatioCheck.Measures.Contains(measure) && (measure == "RD" || result.Scale != EstimateScale.Analysis)
            && Counts(arms.Intervention) is { } first && Counts(arms.Control) is { } second)
            return RatioCheck.OfCounts(measure!, value, first.Events, first.Total, second.Events, second.Total, adjusted);
        return measure == "MD" && ResultWalk.Printed(In<ContinuousResult>(arms.Intervention)?.Mean) is { } mean1
            && ResultWalk.Printed(In<ContinuousResult>(arms.Control)?.Mean) is { } mean2 ? RatioCheck.OfMeans(value, mean1, mean2, adjusted) : null;

        R? In<R>(string arm) where R : OutcomeResult =>
            of.Results.OfType<R>().FirstOrDefault(r => r.Arm == arm && r.Group == result.Group && r.Timepoint == result.Timepoint);

        (long Events, long Total)? Counts(string arm) => In<DichotomousResult>(arm) is { } counts && ResultWalk.Events(study, counts) is { } events
            && ResultWalk.Count(ResultWalk.Whole(study, counts)) is > 0 and { } total && events <= total ? (events, total) : null;
    }
}
