namespace MetaSpine.Tests;

/// <summary>The variance of R^2 with fixed predictors by its two ways of integrating, and its cost in large studies.</summary>
public sealed class FixedPredictorsTests
{
    /// <summary>
    /// Equal steps and the double-exponential rule share the likelihood's definition, but neither its nodes nor how its terms are added up. The one takes logarithms of gamma
    /// functions of about n, whose rounding is what is left between them.
    /// </summary>
    [Theory]
    [InlineData(400, 1, 0.6)]
    [InlineData(500, 3, 0.45)]
    [InlineData(1000, 4, 0.2)]
    [InlineData(1000, 4, 0.5)]
    [InlineData(600, 20, 0.9)]
    [InlineData(600, 7, 0.95)]
    public void Both_ways_of_integrating_agree(double n, double predictors, double r2)
    {
        var study = new ExplainedVariance(r2, n, predictors);
        FixedPredictors.Summed(study, z => z, _ => 1).ShouldBe(FixedPredictors.Integrated(study, z => z, _ => 1), 1e-10 / n);
        double Share(double z) => Math.Pow(Math.Tanh(z), 2);
        double Slope(double z) => Math.Tanh(z) / Math.Pow(Math.Cosh(z), 2);
        var variance = FixedPredictors.Integrated(study, Share, Slope);
        FixedPredictors.Summed(study, Share, Slope).ShouldBe(variance, 1e-10 * variance);
    }

    /// <summary>
    /// With more people the variances go to those of the delta method, (1 - R^2 / 2) / n of z, and what is left falls with 1 / n.
    /// </summary>
    [Theory]
    [InlineData(200_000, 0.3)]
    [InlineData(200_000, 0.9)]
    [InlineData(1_000_000, 0.5)]
    [InlineData(100_000_000, 0.1)]
    public void A_large_study_has_the_variance_of_the_limit(double n, double r2)
    {
        var data = new EffectData { ["r2i"] = [r2], ["mi"] = [5], ["ni"] = [n] };
        Measures.ZR2F.Compute(data).Studies[0].Variance.ShouldBe((1 - r2 / 2) / n, 30 / (n * n));
        var expected = 4 * r2 * (1 - r2) * (1 - r2) * (1 - r2 / 2) / n;
        Measures.R2F.Compute(data).Studies[0].Variance.ShouldBe(expected, 100 / n * expected);
    }
}
