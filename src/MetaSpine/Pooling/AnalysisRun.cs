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

    private const string NoRegression = "The meta-regression cannot be fitted";

    /// <summary>Pools, compares subgroups and fits the meta-regression; what cannot be done is said in <see cref="AnalysisResult.Problem"/>.</summary>
    public static AnalysisResult Of(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators)
    {
        try
        {
            return settings.Model == PoolingModel.InverseVariance
                ? ByInverseVariance(empty, settings, data, moderators)
                : ByCounts(empty, settings, data, moderators);
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

        return HasModerators(empty.Analysis)
            ? Tried(result, NoRegression, () => result with { Regression = MetaAnalysis.Regress(effects, Design(empty.Analysis, settings, effects, moderators), settings.Pooling) })
            : result;
    }

    /// <summary>The design of the meta-regression, its categories and knots from the studies that can be used.</summary>
    private static DesignMatrix Design(Analysis analysis, AnalysisSettings settings, EffectSizes effects, IModerators moderators)
    {
        if (settings.Formula is not { } formula)
        {
            return DesignMatrix.WithIntercept([.. analysis.Moderators.Select(moderators.Predictor)]);
        }

        try
        {
            return formula.Design([.. moderators.Names.Select(moderators.Predictor)], effects.Count, row => UsableRows.IsUsable(effects.Studies[row]));
        }
        catch (FormulaException e) when (analysis.PositionOf("formula") is { File: not null } position)
        {
            throw new StudyFileException([new FileFault(position, $"formula of the analysis {analysis.Id}: {e.Message}")]);
        }
    }

    private static AnalysisResult ByCounts(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators)
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
        var refused = new List<string>();
        if (empty.Analysis.Subgroup is not null)
        {
            refused.Add("Subgroups are");
        }

        if (HasModerators(empty.Analysis) && result.CountModel is null)
        {
            refused.Add("A meta-regression is");
        }

        if (refused.Count > 0)
        {
            result = result with { Problem = string.Join(' ', refused.Select(what => $"{what} not computed by the model {model.Code}; leave the model out for inverse variance.")) };
        }

        return HasModerators(empty.Analysis) && result.CountModel is { } counts
            ? Tried(result, NoRegression, () => result with
            {
                CountRegression = CountModels.Fit(settings.Measure, data, settings.Counts, Design(empty.Analysis, settings, counts.Effects, moderators)),
            })
            : result;
    }

    private static bool HasModerators(Analysis analysis) => analysis.Formula is not null || analysis.Moderators.Count > 0;

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
