namespace MetaSpine;

/// <summary>A meta-regression term by term: tests, inflation, and the means and differences of its categories.</summary>
/// <param name="Regression">The meta-regression.</param>
/// <param name="Tests">The test of each term but the intercept; see <see cref="RegressionResult.TermTests"/>.</param>
/// <param name="Inflations">How much the dependence of the moderators widens each term, in the same order; see <see cref="RegressionResult.VarianceInflations"/>.</param>
/// <param name="Categories">The moderators that are categories.</param>
public sealed record RegressionTerms(
    RegressionResult Regression, IReadOnlyList<TermTest> Tests, IReadOnlyList<VarianceInflation> Inflations, IReadOnlyList<CategoryMeans> Categories)
{
    internal static RegressionTerms Of(RegressionResult regression)
    {
        var terms = regression.Design.Terms;
        return new RegressionTerms(
            regression, regression.TermTests, regression.VarianceInflations,
            [.. terms.Used.Where(name => terms.LevelsOf(name) is not null).Select(name => new CategoryMeans(name, regression.MarginalMeans(name), regression.PairwiseDifferences(name)))]);
    }
}

/// <summary>The categories of a moderator, the other moderators held alike.</summary>
/// <param name="Moderator">The moderator.</param>
/// <param name="Means">The mean effect of each category; see <see cref="RegressionResult.MarginalMeans"/>.</param>
/// <param name="Differences">All differences between them, with Holm's adjustment.</param>
public sealed record CategoryMeans(string Moderator, IReadOnlyList<MarginalMean> Means, ContrastSet Differences);
