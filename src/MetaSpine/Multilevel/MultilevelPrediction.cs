namespace MetaSpine;

public sealed partial record MultilevelRegressionResult
{
    /// <summary>Predicts at values of the moderators: <c>result.Predict(("year", 1990), ("alloc", "random"))</c>.</summary>
    /// <exception cref="ArgumentException">A moderator of the model has no value, a name is unknown, or a category does not occur.</exception>
    public Prediction Predict(params IReadOnlyList<(string Name, ModeratorValue Value)> at) => Predict(ModeratorValues.Of(at));

    /// <summary>Predicts at values of the moderators.</summary>
    /// <param name="at">The values, one for each moderator of the model.</param>
    /// <returns>
    /// The mean true effect there, and the interval for the true effect of a new case in a new cluster, by the sum of the variances; null where a term has several.
    /// </returns>
    /// <exception cref="ArgumentException">A moderator of the model has no value, a name is unknown, or a category does not occur.</exception>
    public Prediction Predict(ModeratorValues at)
    {
        ArgumentNullException.ThrowIfNull(at);
        var mean = Combine("prediction", NamedSource.Row(Design.Terms, at, Studies));
        Interval? prediction = TotalVariance is { } variance
            ? new ReferenceDistribution(mean.DegreesOfFreedom, Options.Level).Around(mean.Estimate, Math.Sqrt(variance + mean.StandardError * mean.StandardError)) : null;
        return new Prediction
        {
            At = at,
            Estimate = mean.Estimate,
            StandardError = mean.StandardError,
            DegreesOfFreedom = mean.DegreesOfFreedom,
            Interval = mean.Interval,
            PredictionInterval = prediction,
            Natural = NaturalOf(mean.Estimate, mean.Interval, prediction),
            Notes = NamedSource.Notes(Design.Terms, at, Studies),
        };
    }

    /// <summary>The mean effect of each category of a moderator, with the numeric moderators at their means and averaged over the categories of the others.</summary>
    /// <param name="moderator">A moderator that the model holds as a category.</param>
    /// <param name="weights">How the others' categories are weighted. <value>Default equal.</value></param>
    /// <exception cref="ArgumentException">The model has no such category.</exception>
    public IReadOnlyList<MarginalMean> MarginalMeans(string moderator, MarginalWeights weights = MarginalWeights.Equal)
    {
        ArgumentNullException.ThrowIfNull(moderator);
        return
        [
            .. MarginalGrid.Rows(Design.Terms, Studies, moderator, weights).Select(row =>
            {
                var mean = Combine(row.Name, row.Weights);
                return new MarginalMean(mean.Name, mean.Estimate, mean.StandardError, mean.DegreesOfFreedom, mean.Interval, NaturalOf(mean.Estimate, mean.Interval, null));
            }),
        ];
    }

    /// <summary>A linear combination of the coefficients, with its inference.</summary>
    private Coefficient Combine(string name, double[] weights)
    {
        double estimate = 0, variance = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            estimate += weights[i] * Coefficients[i].Estimate;
            for (var j = 0; j < weights.Length; j++)
            {
                variance += weights[i] * weights[j] * Covariance[i][j];
            }
        }

        return new ReferenceDistribution(Freedom.OfCombination(weights), Options.Level).Coefficient(name, estimate, Math.Sqrt(Math.Max(0, variance)));
    }
}
