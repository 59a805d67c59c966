namespace MetaSpine;

/// <summary>Goes from the earlier result of an analysis to the later one in steps, and pools after each.</summary>
/// <param name="earlier">The earlier review.</param>
/// <param name="later">The later review.</param>
/// <param name="changed">The studies that are in both and not the same.</param>
internal sealed class ChangeWay(Review earlier, Review later, ValueList<StudyChange> changed)
{
    private readonly Dictionary<string, Study> _before = earlier.Studies.ToDictionary(study => study.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Study> _after = later.Studies.ToDictionary(study => study.Id, StringComparer.Ordinal);

    internal AnalysisChange Of(string id, Analysis? before, Analysis? after)
    {
        var settings = before is null || after is null ? [] : ReviewDiff.Differences("", Analysis.Shape.Write(before), Analysis.Shape.Write(after), before, after);
        var (first, trouble) = Run(earlier, before);
        var (last, problem) = Run(later, after);
        return new()
        {
            Id = id, IsInEarlier = before is not null, IsInLater = after is not null, Earlier = first, Later = last, EarlierProblem = trouble, LaterProblem = problem, Settings = settings,
            Steps = before is null || after is null ? [] : Steps(before, settings, first, last, problem),
        };
    }

    private ValueList<ChangeStep> Steps(Analysis analysis, ValueList<FieldDifference> settings, AnalysisResult? first, AnalysisResult? last, string? problem)
    {
        var kept = earlier.Studies.Where(study => _after.ContainsKey(study.Id)).ToValueList();
        var renewed = kept.Select(study => _after[study.Id]).ToValueList();
        List<(ChangeCause Cause, ValueList<string> Studies, ValueList<Study> Data)> ways =
        [
            (ChangeCause.Removed, Names(earlier.Studies.Where(study => !_after.ContainsKey(study.Id)), analysis), kept),
            (ChangeCause.Changed, changed.Where(change => Concerns(change, analysis)).Select(change => change.Label).ToValueList(), renewed),
            (ChangeCause.Added, Names(later.Studies.Where(study => !_before.ContainsKey(study.Id)), analysis), later.Studies),
        ];
        ways.RemoveAll(way => way.Studies.Count == 0);
        var steps = new List<ChangeStep>();
        var previous = first;
        for (var i = 0; i < ways.Count; i++)
        {
            // The last step under the same settings is the later review itself.
            var (result, trouble) = i + 1 == ways.Count && settings.Count == 0 ? (last, problem) : Run(later with { Studies = ways[i].Data }, analysis);
            steps.Add(Step(ways[i].Cause, ways[i].Studies, previous, result, trouble));
            previous = result;
        }

        if (settings.Count > 0)
        {
            steps.Add(Step(ChangeCause.Settings, [], previous, last, problem));
        }

        return steps.ToValueList();
    }

    private static ChangeStep Step(ChangeCause cause, ValueList<string> studies, AnalysisResult? before, AnalysisResult? after, string? problem) =>
        new() { Cause = cause, Studies = studies, Result = after, Problem = problem, Change = AnalysisChange.Difference(before, after) };

    /// <summary>An analysis that cannot be run is part of the answer: studies may have taken a moderator with them.</summary>
    private static (AnalysisResult? Result, string? Problem) Run(Review review, Analysis? analysis)
    {
        if (analysis is null)
        {
            return (null, null);
        }

        try
        {
            var result = review.Analyse(analysis);
            return (result, result.IsPooled ? null : result.Problem);
        }
        catch (Exception error) when (error is StudyFileException or FormulaException or ArgumentException)
        {
            return (null, error.Message);
        }
    }

    private static ValueList<string> Names(IEnumerable<Study> studies, Analysis analysis) =>
        studies.Where(study => study.FindOutcome(analysis.Outcome) is not null).Select(study => study.DisplayName).ToValueList();

    /// <summary>Whether a change of a study can move the analysis: its outcome, or what results and models refer to, is another.</summary>
    private bool Concerns(StudyChange change, Analysis analysis) =>
        (_before[change.Id].FindOutcome(analysis.Outcome) ?? _after[change.Id].FindOutcome(analysis.Outcome)) is not null
        && change.Differences.Any(difference => Matters(difference.Path, analysis.Outcome));

    private static bool Matters(string path, string outcome) => path.StartsWith("outcomes", StringComparison.Ordinal)
        ? path == "outcomes" || path.StartsWith($"outcomes[{outcome}]", StringComparison.Ordinal)
        : path == "citation" || path == "citation.year" || new[] { "groups", "arms", "timepoints", "moderators" }.Any(key => path.StartsWith(key, StringComparison.Ordinal));
}
