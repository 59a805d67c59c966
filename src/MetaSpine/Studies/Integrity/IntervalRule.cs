namespace MetaSpine;

/// <summary>An estimate stands in the middle of its interval, and its p-value is that of the interval.</summary>
internal static class IntervalRule
{
    private static readonly string[] Ratios = ["OR", "RR", "HR", "IRR", "ROM", "DOR", "PETO", "VR", "CVR"];

    private static readonly string[] Differences = ["MD", "SMD", "RD", "IRD"];

    internal static void Check(IntegrityReport report)
    {
        foreach (var (outcome, result, path) in ResultWalk.Of<ContinuousResult>(report.Study))
            Compare(report, result, path, outcome, result.Mean, result.Ci, null, IntervalScale.Arithmetic);
        foreach (var (outcome, result, path) in ResultWalk.Of<TimeToEventResult>(report.Study))
            Compare(report, result, path, outcome, result.HazardRatio, result.Ci, result.P, IntervalScale.Geometric);
        foreach (var (outcome, result, path) in ResultWalk.Of<EstimateResult>(report.Study))
            if (ScaleOf(result) is { } scale)
                Compare(report, result, path, outcome, result.Value, result.Ci, result.P, scale);
    }

    /// <summary>The scale on which the interval was computed; <see langword="null"/> where the measure is unknown, or its intervals have no middle.</summary>
    private static IntervalScale? ScaleOf(EstimateResult result) => result.Measure?.ToUpperInvariant() is not { } measure ? null
        : result.Scale == EstimateScale.Analysis || Differences.Contains(measure) ? IntervalScale.Arithmetic
        : Ratios.Contains(measure) ? IntervalScale.Geometric
        : measure is "COR" ? IntervalScale.FisherZ : null;

    private static void Compare(
        IntegrityReport report, OutcomeResult result, string path, Outcome outcome, ReportedNumber? estimate, ReportedInterval? ci, ReportedNumber? p, IntervalScale scale)
    {
        // What is out of order is a finding of its own.
        if (ResultWalk.Printed(estimate) is not { } value || ResultWalk.Printed(ci?.Low) is not { } low || ResultWalk.Printed(ci?.High) is not { } high
            || estimate!.Value < ci!.Low!.Value || estimate.Value > ci.High!.Value || (scale == IntervalScale.Geometric && ci.Low.Value < 0))
            return;
        var what = outcome.Label ?? outcome.Id;
        var at = ci.Position.File is null ? result.Position : ci.Position;
        var symmetry = IntervalCheck.Symmetry(value, low, high, scale);
        report.Add(symmetry, $"{path}.ci", at, what);
        if (symmetry.Agrees && PrintedPValue.TryParse(p?.Text, out _))
            report.Add(IntervalCheck.PValue(value, low, high, p!.Text, scale, ci.Level?.Value ?? 0.95), $"{path}.p", ResultWalk.At(p, result), what);
    }
}
