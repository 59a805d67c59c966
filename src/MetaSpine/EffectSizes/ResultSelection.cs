using System.Globalization;

namespace MetaSpine;

/// <summary>Which of the results that a study reports for an outcome an analysis takes.</summary>
internal static class ResultSelection
{
    /// <summary>
    /// The result (of a single group), or those of the intervention and the control in this order; where that is not settled, the
    /// reason and what would settle it.
    /// </summary>
    public static (IReadOnlyList<OutcomeResult> Results, string? Problem) Select(Study study, Outcome outcome, Analysis analysis, bool comparesArms)
    {
        IEnumerable<OutcomeResult> results = outcome.Results;
        if (analysis.Group is { } group)
        {
            results = results.Where(result => result.Group == group);
        }

        return comparesArms ? Pair(study, [.. results], analysis) : Single(study, [.. results], analysis);
    }

    private static (IReadOnlyList<OutcomeResult>, string?) Single(Study study, List<OutcomeResult> results, Analysis analysis)
    {
        if (analysis.Arm is { } arm)
        {
            // A series of one arm need not name it.
            results = [.. results.Where(result => result.Arm is null || result.Arm == arm)];
        }

        if (results.Select(result => result.Arm).Distinct().Count() > 1)
        {
            return ([], $"it reports several arms ({Names(results, r => r.Arm)}); the analysis must say which (arm: ...)");
        }

        if (results.Select(result => result.Group).Distinct().Count() > 1)
        {
            return ([], $"it reports several groups ({Names(results, r => r.Group)}); the analysis must say which (group: ...)");
        }

        return AtOneTime(study, results, analysis) switch
        {
            ([], null) => ([], "it has no result that the analysis asks for"),
            var chosen => chosen,
        };
    }

    private static (IReadOnlyList<OutcomeResult>, string?) Pair(Study study, List<OutcomeResult> results, Analysis analysis)
    {
        var intervention = analysis.Comparison?.Intervention ?? Only(study, ArmRole.Intervention);
        var control = analysis.Comparison?.Control ?? Only(study, ArmRole.Control);
        if (intervention is null || control is null)
        {
            return ([], $"it has not exactly one arm with the role {(intervention is null ? "intervention" : "control")}; the analysis must say which arms to compare (comparison: ...)");
        }

        var first = AtOneTime(study, [.. results.Where(result => result.Arm == intervention)], analysis);
        var second = AtOneTime(study, [.. results.Where(result => result.Arm == control)], analysis);
        if (first.Problem is not null || second.Problem is not null)
        {
            return ([], first.Problem ?? second.Problem);
        }

        return (first.Results, second.Results) switch
        {
            ([], _) => ([], $"it has no result of the arm {intervention}"),
            (_, []) => ([], $"it has no result of the arm {control}"),
            ([var a], [var b]) when a.Timepoint != b.Timepoint => ([], $"its arms are reported at different times ({a.Timepoint} and {b.Timepoint})"),
            ([var a], [var b]) => ([a, b], null),
            _ => ([], "it reports several results for an arm"),
        };
    }

    private static string? Only(Study study, ArmRole role) =>
        study.Arms.Where(arm => arm.Role == role).ToList() is [var arm] ? arm.Id : null;

    private static (IReadOnlyList<OutcomeResult> Results, string? Problem) AtOneTime(Study study, List<OutcomeResult> results, Analysis analysis)
    {
        if (results.Count <= 1)
        {
            return (results, null);
        }

        foreach (var preferred in analysis.Timepoint?.Prefer ?? [])
        {
            if (results.Where(result => result.Timepoint == preferred).ToList() is { Count: > 0 } at)
            {
                results = at;
                break;
            }
        }

        if (results.Count > 1 && analysis.Timepoint?.Take is { } rule)
        {
            var order = results.Select(result => (Result: result, When: When(study, result))).ToList();
            if (order.Any(item => item.When is null))
            {
                return ([], "it reports several times, and not all of their months are known, so that earliest and latest cannot be told; name one (timepoint: {prefer: [...]})");
            }

            var wanted = rule == TimepointRule.Latest ? order.Max(item => item.When) : order.Min(item => item.When);
            results = [.. order.Where(item => item.When == wanted).Select(item => item.Result)];
        }

        return results.Count == 1
            ? (results, null)
            : ([], string.Create(CultureInfo.InvariantCulture, $"it reports {results.Count} results ({Names(results, r => r.Timepoint)}); the analysis must say which (timepoint: ...)"));
    }

    private static double? When(Study study, OutcomeResult result) => study.FindTimepoint(result.Timepoint)?.Months?.Value;

    private static string Names(IEnumerable<OutcomeResult> results, Func<OutcomeResult, string?> name) =>
        string.Join(", ", results.Select(result => name(result) ?? "unnamed").Distinct(StringComparer.Ordinal));
}
