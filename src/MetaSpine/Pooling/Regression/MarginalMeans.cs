namespace MetaSpine;

/// <summary>How marginal means weigh the categories of the other moderators.</summary>
public enum MarginalWeights
{
    /// <summary>All combinations alike: as if each were equally common.</summary>
    Equal,

    /// <summary>By the number of studies with each combination.</summary>
    Proportional,
}

/// <summary>The mean effect of a category, averaged over the other moderators (Searle, Speed and Milliken 1980, doi:10.1080/00031305.1980.10483031).</summary>
/// <param name="Category">The category.</param>
/// <param name="Estimate">The mean true effect, on the analysis scale.</param>
/// <param name="StandardError">Its standard error, as the test scales it.</param>
/// <param name="DegreesOfFreedom">Those of the t distribution; null when the test is z.</param>
/// <param name="Interval">The confidence interval.</param>
/// <param name="Natural">Estimate and interval on the scale that people read.</param>
public sealed record MarginalMean(string Category, double Estimate, double StandardError, double? DegreesOfFreedom, Interval Interval, NaturalResult Natural);

public sealed partial record RegressionResult
{
    /// <summary>
    /// The mean effect of each category of a moderator, with the numeric moderators at their means and averaged over the categories of the others.
    /// </summary>
    /// <param name="moderator">A moderator that the model holds as a category.</param>
    /// <param name="weights">How the others' categories are weighted. <value>Default equal: the comparison does not depend on how studies happened to combine them.</value></param>
    /// <exception cref="ArgumentException">The model has no such category.</exception>
    public IReadOnlyList<MarginalMean> MarginalMeans(string moderator, MarginalWeights weights = MarginalWeights.Equal)
    {
        ArgumentNullException.ThrowIfNull(moderator);
        return
        [
            .. MarginalRows(moderator, weights).Select(row =>
            {
                var c = Combine(row.Name, row.Weights);
                return new MarginalMean(c.Name, c.Estimate, c.StandardError, c.DegreesOfFreedom, c.Interval, Natural(c, null));
            }),
        ];
    }

    /// <summary>All differences between the categories of a moderator, of their marginal means, later minus earlier.</summary>
    /// <param name="moderator">A moderator that the model holds as a category.</param>
    /// <param name="adjustment">How the p-values are adjusted for the number of pairs. <value>Default Holm.</value></param>
    /// <param name="weights">How the others' categories are weighted; without interactions it makes no difference.</param>
    /// <exception cref="ArgumentException">The model has no such category.</exception>
    public ContrastSet PairwiseDifferences(string moderator, Multiplicity adjustment = Multiplicity.Holm, MarginalWeights weights = MarginalWeights.Equal)
    {
        ArgumentNullException.ThrowIfNull(moderator);
        var rows = MarginalRows(moderator, weights);
        var pairs = new List<(string, double[])>();
        for (var first = 0; first < rows.Count; first++)
        {
            for (var second = first + 1; second < rows.Count; second++)
            {
                pairs.Add(($"{rows[second].Name} - {rows[first].Name}", Minus(rows[second].Weights, rows[first].Weights)));
            }
        }

        return Contrasts(pairs, adjustment);
    }

    private List<(string Name, double[] Weights)> MarginalRows(string moderator, MarginalWeights weights) => MarginalGrid.Rows(Design.Terms, Studies, moderator, weights);
}
