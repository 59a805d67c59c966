namespace MetaSpine;

/// <summary>No part may be larger than what it is part of: groups within groups, arms within all, events within totals.</summary>
internal static class SubgroupSizeRule
{
    internal static void Check(IntegrityReport report)
    {
        var study = report.Study;
        foreach (var group in study.Groups)
        {
            NotMore(report, group.N, $"the group '{group.Id}'", study.FindGroup(group.Within)?.N, $"the group '{group.Within}' that it is within",
                group, $"groups.{group.Id}.n");
            if (group.Within is null)
                NotMore(report, group.N, $"the group '{group.Id}'", study.Population?.Enrolled, "all who were enrolled", group,
                    $"groups.{group.Id}.n");
        }
        NotMore(report, study.Population?.Analysed, "those analysed", study.Population?.Enrolled, "those enrolled",
            study.Population, "population.analysed");
        NotMore(report, study.Population?.Female, "the women", study.Population?.Enrolled ?? study.Population?.Analysed, "all patients",
            study.Population, "population.female");
        CheckArms(report);
        foreach (var (outcome, result, path) in ResultWalk.Of<DichotomousResult>(study))
        {
            var whole = ResultWalk.Whole(study, result);
            NotMore(report, result.Events, $"the events of '{outcome.Id}'", whole, "their total", result, $"{path}.events");
            NotMore(report, result.NonEvents, $"those without the event of '{outcome.Id}'", whole, "their total", result,
                $"{path}.non_events");
            WithinGroupAndArm(report, outcome, result, result.Total, $"{path}.total");
        }
        foreach (var (outcome, result, path) in ResultWalk.Of<ContinuousResult>(study))
            WithinGroupAndArm(report, outcome, result, result.N, $"{path}.n");
        foreach (var (outcome, result, path) in ResultWalk.Of<OrdinalResult>(study))
            WithinGroupAndArm(report, outcome, result, result.Total, $"{path}.total");
        foreach (var (outcome, result, path) in ResultWalk.Of<TimeToEventResult>(study))
        {
            NotMore(report, result.Events, $"the events of '{outcome.Id}'", result.N, "those followed", result, $"{path}.events");
            WithinGroupAndArm(report, outcome, result, result.N, $"{path}.n");
        }
    }

    private static void CheckArms(IntegrityReport report)
    {
        var sum = 0L;
        foreach (var arm in report.Study.Arms)
            sum += ResultWalk.Count(arm.N) ?? 0;
        if (ResultWalk.Count(report.Study.Population?.Enrolled) is { } enrolled && sum > enrolled)
            report.Add(IntegrityRules.SubgroupSize, IntegritySeverity.Warning, "arms", report.Study.PositionOf("arms"),
                $"{enrolled}", $"{sum}", null,
                $"the arms hold {sum} patients together, but {enrolled} were enrolled; in a crossover that is as it should be");
    }

    private static void WithinGroupAndArm(IntegrityReport report, Outcome outcome, OutcomeResult result, ReportedNumber? n, string path)
    {
        var what = $"the denominator of '{outcome.Id}'";
        NotMore(report, n, what, report.Study.FindGroup(result.Group)?.N, $"the group '{result.Group}'", result, path);
        NotMore(report, n, what, report.Study.FindArm(result.Arm)?.N, $"the arm '{result.Arm}'", result, path);
    }

    private static void NotMore(
        IntegrityReport report, ReportedNumber? part, string partName, ReportedNumber? whole, string wholeName,
        FileRecord? holder, string path)
    {
        if (ResultWalk.Count(part) is { } n && ResultWalk.Count(whole) is { } most && n > most)
            report.Add(IntegrityRules.SubgroupSize, IntegritySeverity.Error, path, ResultWalk.At(part!, holder!), part!.Text, null, $"0 to {most}",
                $"{partName} ({n}) cannot be more than {wholeName} ({most})");
    }
}
