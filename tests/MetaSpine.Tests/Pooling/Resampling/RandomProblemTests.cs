namespace MetaSpine.Tests;

/// <summary>What must hold for every data set, on random ones: variances over eight orders of magnitude, from 2 to 25 studies.</summary>
public sealed class RandomProblemTests
{
    private static IEnumerable<(string Name, double[] Y, double[] V)> Problems(int count)
    {
        for (var problem = 0; problem < count; problem++)
        {
            var random = new RandomStream(99, (ulong)problem);
            var k = 2 + random.NextBelow(24);
            var (y, v) = (new double[k], new double[k]);
            var (spread, centre, range) = (random.NextBelow(3), Math.Pow(10, random.NextBelow(7)), 8 * random.NextUniform());
            for (var i = 0; i < k; i++)
            {
                v[i] = Math.Pow(10, range * random.NextUniform() - 5);
                y[i] = centre + Math.Sqrt(spread + v[i]) * random.NextNormal();
            }

            yield return ($"problem {problem}", y, v);
        }
    }

    [CostlyFact]
    public void Generalised_Q_has_ordered_finite_quantiles()
    {
        foreach (var (name, y, v) in Problems(30))
        {
            var q = new GeneralisedQ(y, v, default, Array.ConvertAll(v, variance => 1 / Math.Sqrt(variance)));
            var (interval, median) = (q.Interval(.95), q.MedianEstimate().Tau2);
            interval.Lower.ShouldBeInRange(0, median, name);
            interval.Upper.ShouldBeGreaterThanOrEqualTo(median, name);
            double.IsFinite(interval.Upper).ShouldBeTrue(name);
            if (median > 0)
            {
                q.Tails(median).Upper.ShouldBe(.5, 1e-10, name);
                q.Tails(interval.Upper).Lower.ShouldBe(.025, 1e-10, name);
            }
        }
    }

    [CostlyFact]
    public void Intervals_of_the_mean_are_finite_and_contain_their_estimate()
    {
        foreach (var (name, y, v) in Problems(30))
        {
            var result = MetaAnalysis.Pool(y, v);
            var copas = result.HenmiCopasInterval();
            copas.Interval.Contains(copas.Estimate).ShouldBeTrue(name);
            double.IsFinite(copas.Interval.Upper - copas.Interval.Lower).ShouldBeTrue(name);
            var profile = result.ProfileLikelihoodInterval();
            profile.Interval.Contains(profile.Estimate).ShouldBeTrue(name);
            double.IsFinite(profile.Interval.Upper - profile.Interval.Lower).ShouldBeTrue(name);
            if (y.Length > 2)
            {
                var bootstrap = result.Bootstrap(new BootstrapOptions { Replicates = 99 });
                bootstrap.Estimate.Percentile.Lower.ShouldBeLessThanOrEqualTo(bootstrap.Estimate.Percentile.Upper, name);
                bootstrap.Tau2.Percentile.Lower.ShouldBeGreaterThanOrEqualTo(0, name);
                bootstrap.I2.Percentile.Upper.ShouldBeInRange(0, 100, name);
                result.Robust([.. Enumerable.Range(0, y.Length).Select(i => $"{i / 2}")] ).Coefficients[0].PValue.ShouldBeInRange(0, 1, name);
            }

            result.Permute(new PermutationOptions { ExactLimit = 256, Draws = 63 }).Coefficients[0].PValue.ShouldBeInRange(1e-3, 1, name);
        }
    }

    [CostlyFact]
    public void Prediction_intervals_are_finite_and_ordered()
    {
        foreach (var (name, y, v) in Problems(8))
        {
            var interval = ConfidencePrediction.Compute(y, v, .9);
            interval.Upper.ShouldBeGreaterThan(interval.Lower, name);
            double.IsFinite(interval.Upper - interval.Lower).ShouldBeTrue(name);
        }
    }
}
