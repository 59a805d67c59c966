namespace MetaSpine;

/// <summary>A study that is in both reviews and not the same.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name in the later review.</param>
/// <param name="Differences">The fields that are others; A is the earlier review, B the later.</param>
public sealed record StudyChange(string Id, string Label, ValueList<FieldDifference> Differences);

/// <summary>Two states of a review: which studies and numbers changed, and what that did to each pooled result.</summary>
public sealed partial record ReviewDiff
{
    /// <summary>What the earlier review is called.</summary>
    public required string Earlier { get; init; }

    /// <summary>What the later review is called.</summary>
    public required string Later { get; init; }

    /// <summary>The studies that only the later review has.</summary>
    public required ValueList<Study> Added { get; init; }

    /// <summary>The studies that only the earlier review has.</summary>
    public required ValueList<Study> Removed { get; init; }

    /// <summary>The studies that are in both and not the same.</summary>
    public required ValueList<StudyChange> Changed { get; init; }

    /// <summary>The analyses of both: those of the earlier review in its order, then those that only the later has.</summary>
    public required ValueList<AnalysisChange> Analyses { get; init; }

    /// <summary>Whether a study, a field of one, or a setting of an analysis differs.</summary>
    public bool HasChanges => Added.Count + Removed.Count + Changed.Count > 0 || Analyses.Any(change => !change.IsInEarlier || !change.IsInLater || change.Settings.Count > 0);

    /// <summary>Compares two states of a review.</summary>
    /// <param name="earlier">The earlier state.</param>
    /// <param name="later">The later state.</param>
    /// <param name="analysis">Only the analysis of this id; <see langword="null"/> for all. A review without analyses has the usual one of each outcome.</param>
    /// <param name="earlierName">What the earlier state is called. <value>Default "earlier".</value></param>
    /// <param name="laterName">What the later state is called. <value>Default "later".</value></param>
    /// <exception cref="ArgumentException">Neither review has the analysis, or a study has the id of another.</exception>
    /// <example><code>
    /// ReviewDiff.Of(Review.Load("2024.yaml"), Review.Load("2026.yaml"))
    /// </code></example>
    public static ReviewDiff Of(Review earlier, Review later, string? analysis = null, string earlierName = "earlier", string laterName = "later")
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(earlierName);
        ArgumentNullException.ThrowIfNull(laterName);
        var (before, after) = (ById(earlier, earlierName), ById(later, laterName));
        var changed = earlier.Studies.Where(study => after.ContainsKey(study.Id))
            .Select(study => new StudyChange(study.Id, after[study.Id].DisplayName, Differences(study.Id, Study.Shape.Write(study), Study.Shape.Write(after[study.Id]), study, after[study.Id])))
            .Where(change => change.Differences.Count > 0).ToValueList();
        var way = new ChangeWay(earlier, later, changed);
        var (first, second) = (ReviewAnalysis.Analyses(earlier), ReviewAnalysis.Analyses(later));
        List<string> ids = [.. first.Concat(second).Select(item => item.Id).Distinct(StringComparer.Ordinal)];
        if (analysis is not null && !ids.Contains(analysis))
        {
            throw new ArgumentException($"Neither review has an analysis '{analysis}'{NearestName.Ending(analysis, ids)}", nameof(analysis));
        }

        return new()
        {
            Earlier = earlierName, Later = laterName,
            Added = later.Studies.Where(study => !before.ContainsKey(study.Id)).ToValueList(),
            Removed = earlier.Studies.Where(study => !after.ContainsKey(study.Id)).ToValueList(),
            Changed = changed,
            Analyses = ids.Where(id => analysis is null || id == analysis)
                .Select(id => way.Of(id, first.FirstOrDefault(item => item.Id == id), second.FirstOrDefault(item => item.Id == id))).ToValueList(),
        };
    }

    internal static ValueList<FieldDifference> Differences(string study, YamlMap a, YamlMap b, FileRecord first, FileRecord second) =>
        NodeComparison.Of(a, b).Differences.Select(difference => new FieldDifference(study, difference.Path, difference.Kind, difference.Field,
            difference.A is null ? null : NodeComparison.Text(difference.A), difference.B is null ? null : NodeComparison.Text(difference.B), first.Position, second.Position)).ToValueList();

    private static Dictionary<string, Study> ById(Review review, string name)
    {
        var studies = new Dictionary<string, Study>(StringComparer.Ordinal);
        foreach (var study in review.Studies)
        {
            if (!studies.TryAdd(study.Id, study))
            {
                throw new ArgumentException($"The review {name} has two studies '{study.Id}': give each its own id.");
            }
        }

        return studies;
    }
}
