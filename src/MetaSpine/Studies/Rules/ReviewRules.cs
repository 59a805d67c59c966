namespace MetaSpine;

/// <summary>What must hold between a review, its studies and its analyses.</summary>
internal static class ReviewRules
{
    internal static void Check(Review review, Reading reading)
    {
        Unique("study", review.Studies, s => s.Id, reading);
        Unique("outcome", review.Outcomes, o => o.Id, reading);
        Unique("analysis", review.Analyses, a => a.Id, reading);
        foreach (var contradiction in ScreeningRules.Contradictions(review.Screening))
            reading.Fault(contradiction.Position, contradiction.Message);

        // Where a study file could not be read, what it holds is unknown: its own faults are shown and no guess is made about the rest.
        if (reading.MissesStudies)
            return;
        var names = new Names(review);
        foreach (var outcome in review.Outcomes)
            OfSomeStudy("outcome", outcome.Id, names.Outcomes, outcome.PositionOf("id"), reading);
        foreach (var analysis in review.Analyses)
            CheckAnalysis(analysis, names, reading);
    }

    private static void CheckAnalysis(Analysis analysis, Names names, Reading reading)
    {
        OfSomeStudy("outcome", analysis.Outcome, names.Outcomes, analysis.PositionOf("outcome"), reading);
        OfSomeStudy("moderator", analysis.HasGroupsAsSubgroups ? null : analysis.Subgroup, names.Moderators, analysis.PositionOf("subgroup"), reading);
        OfSomeStudy("moderator", analysis.Cluster, names.Moderators, analysis.PositionOf("cluster"), reading);
        OfSomeStudy("moderator", analysis.Weights is "equal" ? null : analysis.Weights, names.Moderators, analysis.PositionOf("weights"), reading);
        foreach (var moderator in analysis.Moderators)
            OfSomeStudy("moderator", moderator, names.Moderators, analysis.PositionOf("moderators"), reading);
        OfSomeStudy("group", analysis.Group is Analysis.EachGroup ? null : analysis.Group, names.Groups, analysis.PositionOf("group"), reading);
        OfSomeStudy("arm", analysis.Arm, names.Arms, analysis.PositionOf("arm"), reading);
        if (analysis.Comparison is { } comparison)
        {
            OfSomeStudy("arm", comparison.Intervention, names.Arms, comparison.PositionOf("intervention"), reading);
            OfSomeStudy("arm", comparison.Control, names.Arms, comparison.PositionOf("control"), reading);
        }
        foreach (var timepoint in analysis.Timepoint?.Prefer ?? [])
            OfSomeStudy("timepoint", timepoint, names.Timepoints, analysis.Timepoint!.PositionOf("prefer"), reading);
        foreach (var exclusion in analysis.Exclude)
            if (exclusion.Study.Length > 0 && !names.Studies.Contains(exclusion.Study))
                reading.Fault(exclusion.PositionOf("study"),
                    $"unknown study '{exclusion.Study}'{NearestName.Hint(exclusion.Study, names.Studies)}");
        Unique("excluded study", analysis.Exclude, e => e.Study, reading);
    }

    private static void OfSomeStudy(string what, string? name, HashSet<string> known, SourcePosition at, Reading reading)
    {
        if (name is { Length: > 0 } && !known.Contains(name))
            reading.Fault(at, $"no study of the review has the {what} '{name}'{NearestName.Hint(name, known)}");
    }

    private static void Unique<T>(string what, ValueList<T> items, Func<T, string> name, Reading reading) where T : FileRecord
    {
        var seen = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
            if (name(item).Length > 0 && !seen.TryAdd(name(item), item))
                reading.Fault(item.Position, $"the {what} '{name(item)}' stands here and already at {seen[name(item)].Position}");
    }

    /// <summary>Every name that some study of the review uses, by what it names.</summary>
    private sealed class Names
    {
        internal Names(Review review)
        {
            foreach (var study in review.Studies)
            {
                Studies.Add(study.Id);
                Outcomes.UnionWith(study.Outcomes.Select(o => o.Id));
                Moderators.UnionWith(study.Moderators.Select(m => m.Name));
                Groups.UnionWith(study.Groups.Select(g => g.Id));
                Arms.UnionWith(study.Arms.Select(a => a.Id));
                Timepoints.UnionWith(study.Timepoints.Select(t => t.Id));
            }
        }

        internal HashSet<string> Studies { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Outcomes { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Moderators { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Arms { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Timepoints { get; } = new(StringComparer.Ordinal);
    }
}
