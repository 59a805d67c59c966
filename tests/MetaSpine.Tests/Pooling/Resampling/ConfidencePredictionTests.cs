namespace MetaSpine.Tests;

/// <summary>The prediction interval of Nagashima, Noma and Furukawa against the authors' random draws, made here by other formulas.</summary>
public sealed class ConfidencePredictionTests
{
    private const double EqualVariance = .07;

    /// <summary>Draws with equal variances, sorted; the same under every culture, so made once.</summary>
    private static readonly Lazy<double[]> EqualVarianceDraws = new(() =>
    {
        // With equal variances Q (v + tau^2)/v is chi-squared, the mean does not depend on tau^2, and neither does Hartung's error.
        const int draws = 200_000;
        var k = Bcg.Y.Length;
        var mean = Bcg.Y.Average();
        var squares = Bcg.Y.Sum(y => (y - mean) * (y - mean));
        var error = Math.Sqrt(squares / (k * (k - 1)));
        var random = new RandomStream(11, 0);
        var values = new double[draws];
        for (var i = 0; i < draws; i++)
        {
            var tau2 = Math.Max(0, squares / ChiSquared.Quantile(random.NextUniform(), k - 1) - EqualVariance);
            values[i] = mean + Math.Sqrt(tau2) * random.NextNormal() - error * StudentT.Quantile(random.NextUniform(), k - 1);
        }

        Array.Sort(values);
        return values;
    });

    [CostlyFact]
    public void With_equal_variances_it_is_what_random_draws_approach()
    {
        var values = EqualVarianceDraws.Value;
        var interval = ConfidencePrediction.Compute(Bcg.Y, Enumerable.Repeat(EqualVariance, Bcg.Y.Length).ToArray(), .95);

        // The share of draws below each bound, within five standard errors.
        var tolerance = 5 * Math.Sqrt(.025 * .975 / values.Length);
        ((double)values.Count(value => value < interval.Lower) / values.Length).ShouldBe(.025, tolerance);
        ((double)values.Count(value => value < interval.Upper) / values.Length).ShouldBe(.975, tolerance);
    }

    [CostlyFact]
    public void With_unequal_variances_it_is_what_random_draws_approach()
    {
        const int draws = 600;
        var q = new GeneralisedQ(Bcg.Y, Bcg.V);
        var random = new RandomStream(12, 0);
        double lower = 0, upper = 0;
        var interval = Bcg.Pool(new PoolingOptions { Level = .5 }).NagashimaPredictionInterval()!.Value;
        for (var i = 0; i < draws; i++)
        {
            var tau2 = q.Solve(random.NextUniform());
            var weights = Array.ConvertAll(Bcg.V, v => 1 / (v + tau2));
            var mean = weights.Zip(Bcg.Y, (w, y) => w * y).Sum() / weights.Sum();
            var squares = weights.Zip(Bcg.Y, (w, y) => w * (y - mean) * (y - mean)).Sum();
            var value = mean + Math.Sqrt(tau2) * random.NextNormal() - Math.Sqrt(squares / (12 * weights.Sum())) * StudentT.Quantile(random.NextUniform(), 12);
            lower += value < interval.Lower ? 1.0 / draws : 0;
            upper += value < interval.Upper ? 1.0 / draws : 0;
        }

        var tolerance = 5 * Math.Sqrt(0.25 * .75 / draws);
        lower.ShouldBe(.25, tolerance);
        upper.ShouldBe(.75, tolerance);
    }

    [CostlyFact]
    public void Without_heterogeneity_or_spread_it_is_narrow_and_under_equal_effects_there_is_none()
    {
        var none = ConfidencePrediction.Compute([2, 2, 2], [.1, .2, .3], .95);
        none.Lower.ShouldBe(2, 1e-12);
        none.Upper.ShouldBe(2, 1e-12);
        var two = ConfidencePrediction.Compute([0, 1], [.1, .1], .9);
        (two.Lower + two.Upper).ShouldBe(1, 1e-6 * two.Upper);
        var similar = ConfidencePrediction.Compute([.1, .11, .12, .1], [.1, .2, .3, .4], .95);
        similar.Upper.ShouldBeInRange(.11, .13);

        // Estimates so alike leave tau^2 no chance (below 1e-12): Hartung's t interval of the mean 1.5e-6, with 3 degrees of freedom.
        var alike = ConfidencePrediction.Compute([0, 1e-6, 2e-6, 3e-6], [.5, .5, .5, .5], .95);
        var margin = StudentT.Quantile(.975, 3) * Math.Sqrt(5e-12 / 12);
        alike.Lower.ShouldBe(1.5e-6 - margin, 1e-12);
        alike.Upper.ShouldBe(1.5e-6 + margin, 1e-12);
        Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE }).NagashimaPredictionInterval().ShouldBeNull();
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).NagashimaPredictionInterval());
    }

    [CostlyTheory]
    [InlineData(3, .95)]
    [InlineData(6, .99)]
    [InlineData(13, .8)]
    public void A_finer_rule_changes_nothing(int studies, double level)
    {
        var interval = ConfidencePrediction.Compute(Bcg.Y[..studies], Bcg.V[..studies], level);
        var finer = ConfidencePrediction.Compute(Bcg.Y[..studies], Bcg.V[..studies], level, 1.0 / 24);
        var width = interval.Upper - interval.Lower;
        interval.Lower.ShouldBe(finer.Lower, 1e-6 * width);
        interval.Upper.ShouldBe(finer.Upper, 1e-6 * width);
    }

    [CostlyFact]
    public void A_hundred_studies_are_no_trouble()
    {
        double[] y = [.. Enumerable.Range(0, 100).Select(i => Math.Sin(i))], v = [.. Enumerable.Range(0, 100).Select(i => Math.Pow(10, i % 7 - 4))];
        var interval = ConfidencePrediction.Compute(y, v, .95);
        var plug = MetaAnalysis.Pool(y, v).PredictionInterval!.Value;
        interval.Lower.ShouldBe(plug.Lower, .3);
        interval.Upper.ShouldBe(plug.Upper, .3);
    }

    [CostlyFact]
    public void It_shifts_and_scales_with_the_estimates_and_widens_with_the_level()
    {
        var a = ConfidencePrediction.Compute(Bcg.Y, Bcg.V, .95);
        var b = ConfidencePrediction.Compute(Array.ConvertAll(Bcg.Y, y => 8 * y + 3), Array.ConvertAll(Bcg.V, v => 64 * v), .95);
        b.Lower.ShouldBe(8 * a.Lower + 3, 1e-7);
        b.Upper.ShouldBe(8 * a.Upper + 3, 1e-7);
        ConfidencePrediction.Compute(Bcg.Y, Bcg.V, .99).Lower.ShouldBeLessThan(a.Lower);
        a.Lower.ShouldBeLessThan(Bcg.Pool().PredictionIntervalBy(PredictionMethod.Simple)!.Value.Lower);
    }
}
