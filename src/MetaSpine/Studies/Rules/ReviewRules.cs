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
        GradeRules.Check(review, reading);
        foreach (var analysis in review.Analyses)
            CheckAnalysis(analysis, names, reading);
    }

    private static void CheckAnalysis(Analysis analysis, Names names, Reading reading)
    {
        OfSomeStudy("outcome", analysis.Outcome, names.Outcomes, analysis.PositionOf("outcome"), reading);
        Characteristic(analysis.HasGroupsAsSubgroups ? null : analysis.Subgroup, names, analysis.PositionOf("subgroup"), reading);
        OfSomeStudy("moderator", analysis.Cluster is Analysis.ByStudy or Analysis.ByEffect ? null : analysis.Cluster, names.Moderators, analysis.PositionOf("cluster"), reading);
        OfSomeStudy("moderator", analysis.Weights is "equal" ? null : analysis.Weights, names.Moderators, analysis.PositionOf("weights"), reading);
        foreach (var moderator in analysis.Moderators)
            Characteristic(moderator, names, analysis.PositionOf("moderators"), reading);
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
            CheckExclusion(exclusion, names, reading);
        Unique("excluded study", analysis.Exclude, e => e.Study ?? "", reading);
    }

    private static void CheckExclusion(Exclusion exclusion, Names names, Reading reading)
    {
        if (exclusion.Study is null == (exclusion.RiskOfBias.Count == 0))
            reading.Fault(exclusion.Position, "an exclusion names a study, with its reason, or judgements of the risk of bias: one of "
                + "{study: oda2006, reason: ...} and {risk_of_bias: [high]}");
        else if (exclusion.Study is { } study && !names.Studies.Contains(study))
            reading.Fault(exclusion.PositionOf("study"), $"unknown study '{study}'{NearestName.Hint(study, names.Studies)}");
        else if (exclusion is { Study: not null, Reason: null })
            reading.Fault(exclusion.Position, "the key 'reason' is missing: say why the study is left out");
        if (exclusion is { Study: not null, Tool: not null })
            reading.Fault(exclusion.PositionOf("tool"), "a tool goes with judgements of the risk of bias (risk_of_bias: [high]); leave it out beside a study");
        OfSomeStudy("tool of risk of bias", exclusion.RiskOfBias.Count > 0 ? exclusion.Tool : null, names.Tools, exclusion.PositionOf("tool"), reading);
        foreach (var word in exclusion.RiskOfBias)
            if (!names.Judgements.Contains(JudgementWords.Fold(word)) && !JudgementWords.Usual.Contains(JudgementWords.Fold(word)))
                reading.Fault(exclusion.PositionOf("risk_of_bias"), $"no study's overall risk of bias is judged '{word}'{NearestName.Hint(word, names.Judgements)}");
    }

    /// <summary>A moderator, or the overall judgement of the risk of bias.</summary>
    private static void Characteristic(string? name, Names names, SourcePosition at, Reading reading)
    {
        if (name is null || names.Moderators.Contains(name) || !OverallRisk.Is(name, out _))
            OfSomeStudy("moderator", name, names.Moderators, at, reading);
        else if (!names.Judged.Contains(name.Replace("risk-of-bias", OverallRisk.Name, StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase))
            reading.Fault(at, names.Judged.Count == 0
                ? "no study of the review has an overall judgement of its risk of bias (overall: under risk_of_bias)"
                : $"the studies are not judged as '{name}'; there is {string.Join(", ", names.Judged)}");
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
                Tools.UnionWith(study.RiskOfBias.Select(r => r.Tool));
                Judgements.UnionWith(study.RiskOfBias.Select(r => r.Overall).OfType<string>().Select(JudgementWords.Fold));
                Groups.UnionWith(study.Groups.Select(g => g.Id));
                Arms.UnionWith(study.Arms.Select(a => a.Id));
                Timepoints.UnionWith(study.Timepoints.Select(t => t.Id));
            }
            Judged = OverallRisk.Names(review.Studies);
        }

        internal HashSet<string> Studies { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Outcomes { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Moderators { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Tools { get; } = new(StringComparer.OrdinalIgnoreCase);

        internal HashSet<string> Judgements { get; } = new(StringComparer.Ordinal);

        /// <summary>The overall judgement as a characteristic.</summary>
        internal IReadOnlyList<string> Judged { get; }

        internal HashSet<string> Groups { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Arms { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Timepoints { get; } = new(StringComparer.Ordinal);
    }
}
