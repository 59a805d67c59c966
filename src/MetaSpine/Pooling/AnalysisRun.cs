namespace MetaSpine;

/// <summary>The characteristics of the studies of an analysis, by name.</summary>
internal interface IModerators
{
    /// <summary>All names.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The characteristic as a predictor.</summary>
    Predictor Predictor(string name);

    /// <summary>The categories, "not reported" where a study lacks it.</summary>
    IReadOnlyList<string> Categories(string name);
}

/// <summary>What an analysis does once its studies' numbers are columns, wherever they came from.</summary>
internal static class AnalysisRun
{
    /// <summary>The category of studies that lack the characteristic.</summary>
    public const string NotReported = "not reported";

    /// <summary>Pools, compares subgroups and fits the meta-regression; what cannot be done is said in <see cref="AnalysisResult.Problem"/>.</summary>
    public static AnalysisResult Of(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators)
    {
        try
        {
            return settings.Model == PoolingModel.InverseVariance
                ? ByInverseVariance(empty, settings, data, moderators)
                : ByCounts(empty, settings, data);
        }
        catch (Exception e) when (e is PoolingException or EffectDataException)
        {
            return empty with { Problem = e.Message };
        }
    }

    private static AnalysisResult ByInverseVariance(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators)
    {
        var effects = settings.Measure.Compute(data, settings.Effects);
        var result = empty with { Pooled = MetaAnalysis.Pool(effects, settings.Pooling) };
        if (empty.Analysis.Subgroup is { } subgroup)
        {
            var categories = moderators.Categories(subgroup);
            result = Tried(result, "The subgroups cannot be compared", () =>
            {
                var subgroups = Subgroups.Pool(effects, categories, settings.Pooling, settings.SubgroupTau2, subgroup);
                return result with { Subgroups = subgroups.Groups, SubgroupTest = subgroups.Test, SubgroupTau2 = settings.SubgroupTau2 };
            });
        }

        return settings.Formula is null && empty.Analysis.Moderators.Count == 0 ? result
            : Tried(result, "The meta-regression cannot be fitted", () => result with { Regression = Regression(empty.Analysis, settings, effects, moderators) });
    }

    private static RegressionResult Regression(Analysis analysis, AnalysisSettings settings, EffectSizes effects, IModerators moderators)
    {
        if (settings.Formula is not { } formula)
        {
            return MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept([.. analysis.Moderators.Select(moderators.Predictor)]), settings.Pooling);
        }

        try
        {
            return MetaAnalysis.Regress(effects, formula, [.. moderators.Names.Select(moderators.Predictor)], settings.Pooling);
        }
        catch (FormulaException e) when (analysis.PositionOf("formula") is { File: not null } position)
        {
            throw new StudyFileException([new FileFault(position, $"formula of the analysis {analysis.Id}: {e.Message}")]);
        }
    }

    private static AnalysisResult ByCounts(AnalysisResult empty, AnalysisSettings settings, EffectData data)
    {
        string[] measures = settings.Model switch
        {
            PoolingModel.MantelHaenszel => ["OR", "RR", "RD", "IRR", "IRD"],
            PoolingModel.Peto => ["OR", "PETO"],
            _ => ["OR", "IRR", "PLO", "IRLN"],
        };
        var model = ModelNames.Of(settings.Model);
        if (!measures.Contains(settings.Measure.Code))
        {
            return empty with { Problem = $"The model {model.Code} does not pool {settings.Measure.Code}; it pools {string.Join(", ", measures)}." };
        }

        var result = settings.Model switch
        {
            PoolingModel.MantelHaenszel => empty with { Stratified = MantelHaenszel.Pool(settings.Measure, data, settings.Stratified) },
            PoolingModel.Peto => empty with { Stratified = PetoMethod.Pool(data, settings.Stratified) },
            _ => empty with { CountModel = CountModels.Fit(settings.Measure, data, settings.Counts) },
        };
        return empty.Analysis.Subgroup is null && settings.Formula is null && empty.Analysis.Moderators.Count == 0 ? result
            : result with { Problem = $"Subgroups and meta-regression are computed by inverse variance only, not by the model {model.Code}." };
    }

    private static AnalysisResult Tried(AnalysisResult result, string otherwise, Func<AnalysisResult> next)
    {
        try
        {
            return next();
        }
        catch (PoolingException e)
        {
            var problem = $"{otherwise}: {e.Message}";
            return result with { Problem = result.Problem is null ? problem : $"{result.Problem} {problem}" };
        }
    }
}
