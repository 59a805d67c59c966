namespace MetaSpine;

/// <summary>A printed percentage must come from its count by some way of rounding; sensitivity and specificity from their table.</summary>
internal static class PercentRule
{
    internal static void Check(IntegrityReport report)
    {
        foreach (var (outcome, result, path) in ResultWalk.Of<DichotomousResult>(report.Study))
        {
            var total = ResultWalk.Count(ResultWalk.Whole(report.Study, result));
            Compare(report, result.ReportedPercent, result, $"{path}.reported_percent", ResultWalk.Events(report.Study, result), total, outcome.Label ?? outcome.Id);
        }
        foreach (var (_, result, path) in ResultWalk.Of<DiagnosticResult>(report.Study))
        {
            var (tp, fn) = (ResultWalk.Count(result.Tp), ResultWalk.Count(result.Fn));
            var (tn, fp) = (ResultWalk.Count(result.Tn), ResultWalk.Count(result.Fp));
            Compare(report, result.ReportedSensitivity, result, $"{path}.reported_sensitivity", tp, tp + fn, "sensitivity", IntegrityRules.Diagnostic);
            Compare(report, result.ReportedSpecificity, result, $"{path}.reported_specificity", tn, tn + fp, "specificity", IntegrityRules.Diagnostic);
        }
    }

    // A count above its total is another rule's finding.
    private static void Compare(
        IntegrityReport report, ReportedNumber? percent, OutcomeResult result, string path, long? count, long? total, string what,
        string rule = IntegrityRules.Percent)
    {
        if (percent?.Value is not null && total is > 0 && !(count > total) && !percent.Text.AsSpan().ContainsAny('e', 'E'))
            report.Add(Percentage.Check(percent.Text, count, total.Value) with { Rule = rule }, path, ResultWalk.At(percent, result), what);
    }
}
