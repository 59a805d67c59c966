namespace MetaSpine;

/// <summary>One row of an orchard plot: a mean with its intervals, and the effects that it is of; on the analysis scale.</summary>
internal sealed record OrchardTree(string Name, double Estimate, Interval Interval, NaturalResult Natural, IReadOnlyList<(string What, Interval Interval)> Predictions, IReadOnlyList<int> Rows)
{
    /// <summary>The one row of a pooled result.</summary>
    public static IReadOnlyList<OrchardTree> Of(IPooledEffect result) =>
        [new("", result.Estimate, result.Interval, result.Natural, PlotText.Predictions(result), [.. result.Shares.Select(share => share.Row)])];

    /// <summary>A row for each category of a moderator, its marginal mean with the prediction interval that <see cref="RegressionResult.Predict(ModeratorValues, PredictionMethod?)"/> would give.</summary>
    public static IReadOnlyList<OrchardTree> Of(RegressionResult result, string moderator, MarginalWeights weights) => Of(
        result.MarginalMeans(moderator, weights), result.Studies, result.Design.Terms.Moderators[moderator],
        mean => result.Options.Method == PoolingMethod.EE ? null : PredictionIntervals.Predict(
            mean.Estimate, mean.StandardError, result.Tau2, mean.DegreesOfFreedom, result.StudyCount - result.Coefficients.Count, result.Options, result.Options.Prediction));

    /// <summary>The same of dependent effects: for a new case in a new cluster, where all have one variance.</summary>
    public static IReadOnlyList<OrchardTree> Of(MultilevelRegressionResult result, string moderator, MarginalWeights weights) => Of(
        result.MarginalMeans(moderator, weights), result.Studies, result.Design.Terms.Moderators[moderator],
        mean => result.TotalVariance is not { } variance ? null
            : new ReferenceDistribution(mean.DegreesOfFreedom, result.Options.Level).Around(mean.Estimate, Math.Sqrt(variance + mean.StandardError * mean.StandardError)));

    /// <summary>The categories by which a model can be drawn.</summary>
    public static IReadOnlyList<string> Categories(DesignMatrix design) => design.Terms is { } terms ? [.. terms.Used.Where(name => terms.LevelsOf(name) is not null)] : [];

    private static IReadOnlyList<OrchardTree> Of(IReadOnlyList<MarginalMean> means, IReadOnlyList<PooledStudy> studies, Predictor moderator, Func<MarginalMean, Interval?> predict) =>
    [
        .. means.Select(mean => new OrchardTree(
            mean.Category, mean.Estimate, mean.Interval, mean.Natural, predict(mean) is { } prediction ? [("", prediction)] : [],
            [.. studies.Where(study => moderator.Category(study.Row) == mean.Category).Select(study => study.Row)])),
    ];
}
