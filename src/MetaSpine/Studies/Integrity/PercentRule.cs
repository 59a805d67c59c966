namespace MetaSpine;

/// <summary>A printed percentage must come from its count by some way of rounding.</summary>
internal static class PercentRule
{
    internal static void Check(IntegrityReport report)
    {
        foreach (var (outcome, result, path) in ResultWalk.Of<DichotomousResult>(report.Study))
        {
            var total = ResultWalk.Whole(report.Study, result);
            var events = ResultWalk.Count(result.Events)
                ?? (ResultWalk.Count(total) - ResultWalk.Count(result.NonEvents) is { } rest and >= 0 ? rest : null);
            Compare(report, result.ReportedPercent, result, $"{path}.reported_percent", events, ResultWalk.Count(total), outcome.Label ?? outcome.Id);
        }
        foreach (var (_, result, path) in ResultWalk.Of<DiagnosticResult>(report.Study))
        {
            var (tp, fn) = (ResultWalk.Count(result.Tp), ResultWalk.Count(result.Fn));
            var (tn, fp) = (ResultWalk.Count(result.Tn), ResultWalk.Count(result.Fp));
            Compare(report, result.ReportedSensitivity, result, $"{path}.reported_sensitivity", tp, tp + fn, "sensitivity");
            Compare(report, result.ReportedSpecificity, result, $"{path}.reported_specificity", tn, tn + fp, "specificity");
        }
    }

    private static void Compare(
        IntegrityReport report, ReportedNumber? percent, OutcomeResult result, string path, long? count, long? total, string what)
    {
        if (percent?.Value is null || total is not > 0 || percent.Text.AsSpan().IndexOfAny('e', 'E') >= 0)
            return;
        var admissible = Percentage.AdmissibleCounts(total.Value, percent.Text);
        if (count > total || (count is null ? admissible is not null : Percentage.Agreement(count.Value, total.Value, percent.Text) != 0))
            return;
        var fits = admissible is { } range ? $"{percent}% of {total} would be {range}"
            : $"no count of {total} is {percent}%, so it has another denominator or a misprint";
        report.Add(IntegrityRules.Percent, IntegritySeverity.Error, path, ResultWalk.At(percent, result), $"{percent}%",
            count is null ? null : $"{count}/{total} = {Exact(count.Value, total.Value, percent.Decimals + 2)}%", admissible?.ToString() ?? "none",
            count is null ? $"{what}: {fits}"
            : $"{what}: {count} of {total} is {Exact(count.Value, total.Value, percent.Decimals + 2)}%, but the report prints {percent}%; {fits}");
    }

    private static string Exact(long count, long total, int decimals) =>
        Math.Round(100m * count / total, Math.Min(decimals, 20)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
