namespace MetaSpine;

/// <summary>The characteristics of the studies of an analysis, by name.</summary>
internal interface IModerators
{
    /// <summary>All names.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether there is a characteristic of this name; <c>study</c> and <c>effect</c> are there without one.</summary>
    bool Has(string name);

    /// <summary>The characteristic as a predictor.</summary>
    Predictor Predictor(string name);

    /// <summary>The categories, null where a study lacks it.</summary>
    IReadOnlyList<string?> Categories(string name);
}

/// <summary>What an analysis does once its studies' numbers are columns, wherever they came from.</summary>
internal static class AnalysisRun
{
    /// <summary>The subgroup of studies that lack the characteristic.</summary>
    private const string NotReported = "not reported";

    /// <summary>Weights beyond 1e9 or its inverse are no judgement of studies but a mistake; sums of their squares lose every digit.</summary>
    private const double SmallestWeight = 1e-9, LargestWeight = 1e9;

    private const string NoSubgroups = "The subgroups cannot be compared";
    internal const string NoRegression = "The meta-regression cannot be fitted";

    /// <summary>Pools, compares subgroups and fits the meta-regression; what cannot be done is said in <see cref="AnalysisResult.Problem"/>.</summary>
    public static AnalysisResult Of(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators)
    {
        var problems = new List<string>();
        empty = empty with { Moderators = moderators };
        try
        {
            var result = settings.Multilevel is { } multilevel ? MultilevelRun.Of(empty, settings, multilevel, data, moderators, problems)
                : settings.Model == PoolingModel.InverseVariance
                ? ByInverseVariance(empty, settings, data, moderators, problems)
                : ByCounts(empty, settings, data, moderators, problems);
            return result with
            {
                Problem = problems.Count == 0 ? null : string.Join(' ', problems),
                Notes = [.. result.Notes, .. result.SubgroupAnalysis?.Notes ?? []],
            };
        }
        catch (Exception e) when (e is PoolingException or EffectDataException)
        {
            return empty with { Problem = e.Message };
        }
    }

    /// <summary>Says that signs are turned.</summary>
    public static IEnumerable<string> FlipNote(Analysis analysis) =>
        analysis.Flip == true ? ["The sign of every estimate is turned, as the analysis asks (flip)."] : [];

    private static AnalysisResult ByInverseVariance(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators, List<string> problems)
    {
        var analysis = empty.Analysis;
        var effects = settings.Measure.Compute(data, settings.Effects);
        if (AnalysisSettings.GivenWeights(analysis) is { } weights)
        {
            settings = settings with { Pooling = settings.Pooling with { Weights = Weights(effects, weights, moderators) } };
        }

        var pooled = MetaAnalysis.Pool(effects, settings.Pooling);
        var regression = AnalysisDesign.HasModerators(analysis)
            ? FurtherAnalysis.Tried(problems, NoRegression, () => MetaAnalysis.Regress(
                effects, AnalysisDesign.Location(analysis, settings, effects, moderators, row => UsableRows.IsUsable(effects.Studies[row])), settings.Pooling))
            : null;
        return empty with
        {
            Pooled = pooled,
            Notes = [.. empty.Notes, .. FlipNote(analysis)],
            SubgroupAnalysis = analysis.Subgroup is { } subgroup
                ? FurtherAnalysis.Tried(problems, NoSubgroups, () => Subgroups.Pool(effects, Categories(moderators, subgroup), settings.Pooling, settings.SubgroupTau2, subgroup))
                : null,
            Regression = regression,
            LocationScale = settings.Scale is not null
                ? FurtherAnalysis.Tried(problems, "The location-scale model cannot be fitted", () => FurtherAnalysis.LocationScale(effects, analysis, settings, moderators))
                : null,
            Further = FurtherAnalysis.Of(pooled, analysis, settings, moderators, problems),
            RegressionFurther = regression is null ? null : FurtherAnalysis.Of(regression, analysis, settings, moderators, problems),
        };
    }

    /// <summary>The studies' weights; one that a study to be pooled lacks, or that is none, is named.</summary>
    private static double[] Weights(EffectSizes effects, string name, IModerators moderators)
    {
        var given = moderators.Predictor(name);
        var weights = new double[effects.Count];
        var wrong = new List<string>();
        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] = given.Number(row);
            if (UsableRows.IsUsable(effects.Studies[row]) && !(weights[row] is >= SmallestWeight and <= LargestWeight))
            {
                var found = given.IsMissing(row) ? "missing" : moderators.Categories(name)[row];
                wrong.Add($"{effects.Studies[row].Label} ({found})");
            }
        }

        return wrong.Count == 0
            ? weights
            : throw new PoolingException($"Every study needs a weight above 0 as its {name}, from 1e-9 to 1e9; not so: {string.Join(", ", wrong)}. Give the weights, or exclude the studies.");
    }

    private static AnalysisResult ByCounts(AnalysisResult empty, AnalysisSettings settings, EffectData data, IModerators moderators, List<string> problems)
    {
        var analysis = empty.Analysis;
        IPooledEffect Pool(EffectData part) => settings.Model switch
        {
            PoolingModel.MantelHaenszel => MantelHaenszel.Pool(settings.Measure, part, settings.Stratified),
            PoolingModel.Peto => PetoMethod.Pool(part, settings.Stratified),
            PoolingModel.BetaBinomial => BetaBinomial.Fit(settings.Measure, part, settings.Pooling.Level),
            PoolingModel.Exact => ExactOddsRatio.Pool(part, settings.Pooling.Level, settings.IsMidP),
            _ => CountModels.Fit(settings.Measure, part, settings.Counts),
        };
        var overall = Pool(data);
        var result = empty with
        {
            Stratified = overall as StratifiedResult,
            CountModel = overall as CountModelResult,
            BetaBinomial = overall as BetaBinomialResult,
            Exact = overall as ExactOddsRatioResult,
            SubgroupAnalysis = analysis.Subgroup is { } subgroup
                ? FurtherAnalysis.Tried(problems, NoSubgroups, () => Subgroups.Pool(data, Categories(moderators, subgroup), Pool, subgroup))
                : null,
        };
        if (!AnalysisDesign.HasModerators(analysis))
        {
            return result;
        }

        if (result.CountModel is not { } counts)
        {
            problems.Add($"A meta-regression is not computed by the model {ModelNames.Of(settings.Model).Code}; leave the model out for inverse variance.");
            return result;
        }

        return result with
        {
            CountRegression = FurtherAnalysis.Tried(problems, NoRegression, () => CountModels.Fit(
                settings.Measure, data, settings.Counts,
                AnalysisDesign.Location(analysis, settings, counts.Effects, moderators, row => UsableRows.IsUsable(counts.Effects.Studies[row])))),
        };
    }

    /// <summary>Studies that lack the characteristic are a subgroup of their own.</summary>
    private static string[] Categories(IModerators moderators, string name) => [.. moderators.Categories(name).Select(category => category ?? NotReported)];
}
