namespace MetaSpine;

/// <summary>An analysis of dependent effects.</summary>
internal static class MultilevelRun
{
    public static AnalysisResult Of(AnalysisResult empty, AnalysisSettings settings, MultilevelSettings model, EffectData data, IModerators moderators, List<string> problems)
    {
        var analysis = empty.Analysis;
        var effects = settings.Measure.Compute(data, settings.Effects);
        var groupings = Groupings(analysis, model, moderators);
        RandomTerm[] random = [.. model.Terms.Select(term => term.Term)];
        var usable = Enumerable.Range(0, effects.Count).Where(row => UsableRows.IsUsable(effects.Studies[row]) && !groupings.Any(column => column.IsMissing(row)))
            .Select(row => new PooledStudy(effects.Studies[row], row, 0));
        var clusters = analysis.Cluster is { } cluster ? FurtherAnalysis.Clusters(usable, cluster, moderators) : null;
        var covariance = model.Rho is { } rho ? SamplingCovariance.WithinClusters(effects, Cluster(clusters!), rho) : null;
        var pooled = MultilevelAnalysis.Pool(effects, random, groupings, covariance, model.Options);
        var regression = AnalysisDesign.HasModerators(analysis)
            ? FurtherAnalysis.Tried(problems, AnalysisRun.NoRegression, () => MultilevelAnalysis.Regress(
                effects, random, groupings,
                AnalysisDesign.Location(analysis, settings, effects, moderators, row => UsableRows.IsUsable(effects.Studies[row])), covariance, model.Options))
            : null;
        FurtherResults? Further(MultilevelResult? result) => result is null || (clusters is null && settings.Predict.Count == 0 && settings.Also.Count == 0) ? null : new()
        {
            MultilevelRobust = clusters is not null ? FurtherAnalysis.Tried(problems, "Cluster-robust standard errors cannot be computed", () => result.Robust(clusters, settings.Robust)) : null,
            Predictions = result is MultilevelRegressionResult fitted ? FurtherAnalysis.Predictions(settings, fitted.Predict, problems) : [],
            Means = result is MultilevelRegressionResult regressed && settings.Also.Contains(FurtherInference.Terms) ? Means(regressed) : [],
        };
        return empty with
        {
            Multilevel = pooled,
            MultilevelRegression = regression,
            Further = Further(pooled),
            RegressionFurther = Further(regression),
            Notes = [.. empty.Notes, .. AnalysisRun.FlipNote(analysis), .. RhoNote(analysis)],
        };
    }

    /// <summary>The clusters by name; an effect without one, which is not in the model, stands alone.</summary>
    public static Predictor Cluster(IReadOnlyList<string> names) =>
        Predictor.Categorical("cluster", [.. names.Select((name, row) => string.IsNullOrWhiteSpace(name) ? FormattableString.Invariant($"row {row + 1}") : name)]);

    private static IReadOnlyList<ModeratorMeans> Means(MultilevelRegressionResult result) =>
        [.. result.Design.Terms.Used.Where(name => result.Design.Terms.LevelsOf(name) is not null).Select(name => new ModeratorMeans(name, result.MarginalMeans(name)))];

    /// <summary>The variables that the terms name, one value for each row.</summary>
    /// <exception cref="StudyFileException">There is no such variable, or it holds no numbers where numbers are needed; with its place in the file.</exception>
    public static IReadOnlyList<Predictor> Groupings(Analysis analysis, MultilevelSettings model, IModerators moderators)
    {
        var found = new Dictionary<string, Predictor>(StringComparer.Ordinal);
        var faults = new List<FileFault>();
        foreach (var (term, at) in model.Terms)
        {
            void Refuse(string reason) => faults.Add(new FileFault(at, $"random of the analysis {analysis.Id}: {reason}"));
            foreach (var name in term.Grouping.Concat(term.Inner))
            {
                if (moderators.Has(name))
                {
                    found.TryAdd(name, moderators.Predictor(name));
                }
                else
                {
                    Refuse($"there is no moderator or column '{name}' to group effects by{NearestName.Hint(name, [Analysis.ByStudy, Analysis.ByEffect, .. moderators.Names])}");
                }
            }

            var needsNumbers = term.Structure is CovarianceStructure.CAR or CovarianceStructure.GEN or CovarianceStructure.GDIAG or >= CovarianceStructure.SPEXP and <= CovarianceStructure.SPSPH;
            foreach (var name in term.Inner.Where(name => needsNumbers && found.TryGetValue(name, out var column) && !column.IsNumeric))
            {
                Refuse($"the structure {term.Structure} needs numbers, but '{name}' holds text");
            }
        }

        return faults.Count == 0 ? [.. found.Values] : throw new StudyFileException(faults);
    }

    private static IEnumerable<string> RhoNote(Analysis analysis) => analysis.Rho is { } rho
        ? [FormattableString.Invariant($"The sampling errors of effects with the same {analysis.Cluster} are taken to be correlated by {rho}, which is an assumption of the analysis (rho).")]
        : [];
}
