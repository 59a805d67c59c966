namespace MetaSpine;

/// <summary>Numbers that have an order must stand in it: quartiles around the median, intervals around the estimate, survival falling.</summary>
internal static class OrderingRule
{
    internal static void Check(IntegrityReport report)
    {
        var study = report.Study;
        Summary(report, study.Population?.Age, "population.age", "age");
        Summary(report, study.Population?.FollowUpMonths, "population.follow_up_months", "follow-up");
        foreach (var (outcome, result, path) in ResultWalk.Of<ContinuousResult>(study))
        {
            Spread(report, result, path, outcome.Id, result.Range, result.Iqr, result.Median, result.Mean);
            Around(report, result, $"{path}.ci", outcome.Id, result.Ci, result.Mean, "mean");
            if (result.ChangeFromBaseline != true)
                OnScale(report, result, path, outcome);
        }
        foreach (var (outcome, result, path) in ResultWalk.Of<DichotomousResult>(study))
            if (result.Occurrences?.Value < result.Events?.Value)
                Add(report, result, $"{path}.occurrences", $"{result.Occurrences} in {result.Events}",
                    $"{outcome.Id}: {result.Events} patients with the event cannot have fewer occurrences of it ({result.Occurrences})");
        foreach (var (outcome, result, path) in ResultWalk.Of<EstimateResult>(study))
            Around(report, result, $"{path}.ci", outcome.Id, result.Ci, result.Value, "estimate");
        foreach (var (outcome, result, path) in ResultWalk.Of<TimeToEventResult>(study))
        {
            Around(report, result, $"{path}.ci", outcome.Id, result.Ci, result.HazardRatio, "hazard ratio");
            if (result.Ci?.Low?.Value < 0)
                Add(report, result, $"{path}.ci", result.Ci.Low.Text,
                    $"{outcome.Id}: the lower limit of a hazard ratio ({result.Ci.Low}) is negative");
            Around(report, result, $"{path}.median_ci", outcome.Id, result.MedianCi, result.MedianSurvival, "median survival");
            Survival(report, result, $"{path}.survival_at", outcome.Id);
        }
    }

    private static void Summary(IntegrityReport report, NumberSummary? summary, string path, string what)
    {
        if (summary is not null)
            Spread(report, summary, path, what, summary.Range, summary.Iqr, summary.Median, summary.Mean);
    }

    private static void Spread(
        IntegrityReport report, FileRecord holder, string path, string what,
        ReportedRange? range, ReportedRange? iqr, ReportedNumber? median, ReportedNumber? mean)
    {
        InOrder(report, holder, path, what, ("minimum", range?.Low), ("first quartile", iqr?.Low), ("median", median),
            ("third quartile", iqr?.High), ("maximum", range?.High));
        InOrder(report, holder, path, what, ("minimum", range?.Low), ("mean", mean), ("maximum", range?.High));
    }

    /// <summary>Values lie on the scale; an interval of a mean may reach beyond it and then is of a normal approximation.</summary>
    private static void OnScale(IntegrityReport report, ContinuousResult result, string path, Outcome outcome)
    {
        var (low, high) = (outcome.Scale?.Low, outcome.Scale?.High);
        foreach (var (number, name, severity) in new[]
        {
            (result.Range?.Low, "minimum", IntegritySeverity.Error), (result.Range?.High, "maximum", IntegritySeverity.Error),
            (result.Iqr?.Low, "first quartile", IntegritySeverity.Error), (result.Iqr?.High, "third quartile", IntegritySeverity.Error),
            (result.Median, "median", IntegritySeverity.Error),
            (result.Ci?.Low, "lower limit of the mean", IntegritySeverity.Note), (result.Ci?.High, "upper limit of the mean", IntegritySeverity.Note),
        })
            if (number?.Value < low?.Value || number?.Value > high?.Value)
                report.Add(IntegrityRules.Ordering, severity, path, ResultWalk.At(number!, result), number!.Text, null, $"{low?.Text ?? "any"} to {high?.Text ?? "any"}",
                    $"{outcome.Id}: the {name} ({number}) lies outside the scale, from {low?.Text ?? "any"} to {high?.Text ?? "any"}");
    }

    private static void Around(
        IntegrityReport report, FileRecord holder, string path, string what, ReportedInterval? ci, ReportedNumber? estimate, string name) =>
        InOrder(report, holder, path, what, ("lower limit", ci?.Low), (name, estimate), ("upper limit", ci?.High));

    private static void Survival(IntegrityReport report, TimeToEventResult result, string path, string what)
    {
        // Only points with a time can be put in order; the file may list them in any.
        var points = result.SurvivalAt.Where(p => p.Months?.Value is not null).OrderBy(p => p.Months!.Value).ToList();
        for (var i = 1; i < points.Count; i++)
        {
            Falls(points[i - 1].Proportion, points[i].Proportion, "survival");
            Falls(points[i - 1].AtRisk, points[i].AtRisk, "the number at risk");

            void Falls(ReportedNumber? before, ReportedNumber? after, string name)
            {
                if (after?.Value > before?.Value)
                    Add(report, points[i], path, $"{before}, then {after}",
                        $"{what}: {name} rises from {before} at {points[i - 1].Months} months to {after} at {points[i].Months} months");
            }
        }
    }

    private static void InOrder(
        IntegrityReport report, FileRecord holder, string path, string what, params ReadOnlySpan<(string Name, ReportedNumber? Number)> numbers)
    {
        (string Name, ReportedNumber? Number) last = default;
        foreach (var next in numbers)
        {
            if (next.Number?.Value is not { } value)
                continue;
            if (value < last.Number?.Value)
                Add(report, holder, path, $"{last.Number} and {next.Number}",
                    $"{what}: the {last.Name} ({last.Number}) is above the {next.Name} ({next.Number})");
            last = next;
        }
    }

    private static void Add(IntegrityReport report, FileRecord holder, string path, string reported, string sentence) =>
        report.Add(IntegrityRules.Ordering, IntegritySeverity.Error, path, holder.Position, reported, null, null, sentence);
}
