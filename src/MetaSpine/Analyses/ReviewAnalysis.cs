namespace MetaSpine;

/// <summary>Runs the analyses of a review: from what its studies report to pooled results.</summary>
public static class ReviewAnalysis
{
    /// <summary>Runs one analysis.</summary>
    /// <param name="review">The review.</param>
    /// <param name="id">The id of an analysis, or of an outcome, which is then pooled by the usual measure of its kind.</param>
    /// <exception cref="ArgumentException">There is neither; the message names the nearest.</exception>
    /// <exception cref="StudyFileException">A code of the analysis does not exist; the message has its place in the file.</exception>
    public static AnalysisResult Analyse(this Review review, string id)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(id);
        var defaults = DefaultAnalyses(review);
        var analysis = review.FindAnalysis(id) ?? defaults.FirstOrDefault(a => a.Id == id);
        return analysis is not null
            ? review.Analyse(analysis)
            : throw new ArgumentException($"There is no analysis or outcome '{id}'{NearestName.Hint(id, [.. review.Analyses.Concat(defaults).Select(a => a.Id).Distinct()])}");
    }

    /// <summary>Runs every analysis of the review, in order; a review without any pools each outcome by the usual measure of its kind.</summary>
    /// <exception cref="StudyFileException">A code of an analysis does not exist; the message has its place in the file.</exception>
    public static IReadOnlyList<AnalysisResult> AnalyseAll(this Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return [.. Analyses(review).Select(review.Analyse)];
    }

    /// <summary>The analyses of a review; of one without any, the usual one of each outcome.</summary>
    internal static IReadOnlyList<Analysis> Analyses(Review review) => review.Analyses.Count > 0 ? review.Analyses : DefaultAnalyses(review);

    /// <summary>What is wrong with a review's analyses, without running them: codes that do not exist, keys that say nothing together, moderators that a formula invents.</summary>
    /// <param name="review">The review.</param>
    /// <returns>The faults, each with its place in the file; empty where there is none.</returns>
    public static IReadOnlyList<FileFault> CheckAnalyses(this Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var faults = new List<FileFault>();
        foreach (var analysis in review.Analyses)
        {
            try
            {
                var settings = AnalysisSettings.Of(analysis).For(review);
                var inputs = AnalysisInputs.Of(review, analysis, settings.Measure, settings.Medians);
                if (settings.Multilevel is { } multilevel && inputs.Studies.Count > 0)
                {
                    _ = MultilevelRun.Groupings(analysis, multilevel, inputs);
                }

                foreach (var (key, formula) in new[] { ("formula", settings.Formula), ("scale", settings.Scale) })
                {
                    if (formula is not null && inputs.Studies.Count > 0)
                    {
                        _ = AnalysisDesign.Of(key, formula, analysis, inputs.Studies.Count, inputs, _ => true);
                    }
                }
            }
            catch (StudyFileException e)
            {
                faults.AddRange(e.Faults);
            }
            catch (FormulaException e)
            {
                faults.Add(new FileFault(analysis.Position, $"the analysis {analysis.Id}: {e.Message}"));
            }
        }

        return faults;
    }

    /// <summary>A review of a single study, so that its outcomes can be analysed.</summary>
    public static Review AsReview(this Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return new Review { Title = study.DisplayName, Studies = [study] };
    }

    /// <summary>Runs an analysis that need not stand in the review.</summary>
    /// <exception cref="StudyFileException">A code of the analysis does not exist; the message has its place in the file.</exception>
    /// <exception cref="ArgumentException">No study has the moderator of the subgroups, of the clusters, of the weights or of the meta-regression; the message names the nearest.</exception>
    /// <exception cref="FormulaException">The formula of an analysis that stands in no file names a moderator that does not exist or does not fit its place.</exception>
    public static AnalysisResult Analyse(this Review review, Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(analysis);
        var settings = AnalysisSettings.Of(analysis).For(review);
        RequireModerators(review, analysis);
        RequireJudgements(review, analysis);
        var inputs = AnalysisInputs.Of(review, analysis, settings.Measure, settings.Medians);
        var empty = new AnalysisResult
        {
            Analysis = analysis,
            Title = analysis.Title ?? OutcomeLabel(review, analysis.Outcome),
            Measure = settings.Measure,
            Pooled = null,
            Problem = null,
            Regression = null,
            NotPooled = inputs.NotPooled,
            Notes = inputs.Notes,
        };

        return inputs.Studies.Count > 0
            ? AnalysisRun.Of(empty, settings, inputs.Data, inputs)
            : empty with { Problem = inputs.NotPooled.Count == 0 ? "No study reports this outcome." : "No study reports this outcome in a form that can be pooled." };
    }

    /// <summary>A review's own analyses were checked when it was read; others were not.</summary>
    private static void RequireModerators(Review review, Analysis analysis)
    {
        var known = review.Studies.SelectMany(study => study.Moderators.Select(moderator => moderator.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in analysis.Moderators.Concat(new[] { analysis.HasGroupsAsSubgroups ? null : analysis.Subgroup, analysis.Cluster is Analysis.ByStudy or Analysis.ByEffect ? null : analysis.Cluster, AnalysisSettings.GivenWeights(analysis) }.OfType<string>()))
        {
            if (!known.Contains(name) && !(name != analysis.Cluster && OverallRisk.IsKnown(name, review.Studies)))
            {
                throw new ArgumentException($"no study of the review has the moderator '{name}'{NearestName.Hint(name, [.. known, .. OverallRisk.Names(review.Studies)])}");
            }
        }
    }

    /// <summary>Refuses a judgement that no study has and no tool knows, as only a mistyped one can be.</summary>
    private static void RequireJudgements(Review review, Analysis analysis)
    {
        var known = review.Studies.SelectMany(study => study.RiskOfBias).Select(judged => judged.Overall).OfType<string>().Select(JudgementWords.Fold).Distinct(StringComparer.Ordinal).ToList();
        foreach (var word in analysis.Exclude.SelectMany(exclusion => exclusion.RiskOfBias))
        {
            if (!known.Contains(JudgementWords.Fold(word)) && !JudgementWords.Usual.Contains(JudgementWords.Fold(word)))
            {
                throw new ArgumentException($"no study's overall risk of bias is judged '{word}'{NearestName.Hint(word, known)}");
            }
        }
    }

    /// <summary>One analysis per outcome, by the usual measure of its kind: of one group, or of two arms where its studies compare them.</summary>
    private static List<Analysis> DefaultAnalyses(Review review) =>
    [
        .. review.Studies
            .SelectMany(study => study.Outcomes.Select(outcome => (Study: study, Outcome: outcome)))
            .GroupBy(item => item.Outcome.Id, StringComparer.Ordinal)
            .Select(group => new Analysis
            {
                Id = group.Key,
                Outcome = group.Key,
                Title = group.First().Outcome.Label,
                Measure = UsualMeasure(group.First().Outcome.Type, group.Any(item => ComparesArms(item.Outcome))),
            }),
    ];

    private static bool ComparesArms(Outcome outcome) => outcome.Results.Select(result => result.Arm).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1;

    private static string UsualMeasure(OutcomeType type, bool twoArms) => type switch
    {
        OutcomeType.Dichotomous => twoArms ? "OR" : "PLO",
        OutcomeType.Continuous => twoArms ? "MD" : "MN",
        OutcomeType.Rate => twoArms ? "IRR" : "IRLN",
        OutcomeType.Correlation => "ZCOR",
        _ => "GEN",
    };

    private static string OutcomeLabel(Review review, string id) =>
        review.Outcomes.FirstOrDefault(outcome => outcome.Id == id)?.Label
        ?? review.Studies.Select(study => study.FindOutcome(id)?.Label).FirstOrDefault(label => label is not null)
        ?? id;
}
