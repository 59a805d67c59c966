namespace MetaSpine.Tests;

/// <summary>Meta-regressions side by side have every digit of each by itself, by the profile that all other regressions are fitted with.</summary>
public sealed class EightRegressionTests
{
    public static TheoryData<PoolingMethod> Methods =>
        [.. Enum.GetValues<PoolingMethod>().Where(method => method is not (PoolingMethod.GENQ or PoolingMethod.GENQM))];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Neighbours_do_not_matter(PoolingMethod method)
    {
        var random = new Random(813);
        for (var size = 0; size < 24; size++)
        {
            var (p, test) = (1 + size % 4, (PoolingTest[])[PoolingTest.Z, PoolingTest.KnappHartung, PoolingTest.KnappHartungFloor]);
            var k = p + 1 + random.Next(size < 12 ? 5 : 40);
            var options = new PoolingOptions { Method = method, Test = test[size % 3] };
            int[] tested = [.. Enumerable.Range(p > 1 ? 1 : 0, Math.Max(1, p - 1))];
            var fits = new EightRegressionFits(options, k, p, tested);

            // Filled to the end, then partly: what was there before must not be seen.
            foreach (var count in (int[])[8, 1 + size % 7])
            {
                var expected = new List<double[]>();
                for (var lane = 0; lane < count; lane++)
                {
                    var (y, v, x) = Problem(random, k, p, lane);
                    fits.IsFull.ShouldBeFalse();
                    fits.Add(y, v, x);
                    expected.Add(ByItself(y, v, x, p, tested, options));
                }

                fits.IsFull.ShouldBe(count == 8);
                fits.Take().ToArray().ShouldBe(expected);
            }
        }
    }

    /// <summary>Given tau^2 is not estimated, in any lane.</summary>
    [Fact]
    public void A_given_tau2_is_taken()
    {
        var (y, v, x) = Problem(new Random(5), 9, 2, 0);
        var options = new PoolingOptions { FixedTau2 = .3 };
        var fits = new EightRegressionFits(options, 9, 2, [1]);
        fits.Add(y, v, x);
        fits.Take().ToArray().ShouldBe([ByItself(y, v, x, 2, [1], options)]);
        fits.Take().Length.ShouldBe(0);
    }

    /// <summary>Wrong moments would be found out and each problem be searched by itself: right in every digit, but slow.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nearly_all_ordinary_modes_are_known(bool restricted)
    {
        var random = new Random(11);
        var problems = new EightRegressions(13, 2);
        var known = 0;
        for (var round = 0; round < 100; round++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                var v = Enumerable.Range(0, 13).Select(_ => Math.Pow(10, -2 * random.NextDouble())).ToArray();
                problems.Set(lane, [.. v.Select(value => (random.NextDouble() + random.NextDouble() - 1) * 2.4 * Math.Sqrt(value + lane * .05))], v, [.. v.SelectMany(_ => new[] { 1, random.NextDouble() })]);
            }

            problems.Prepare(8);
            var isKnown = EightModes.Highest(problems, restricted).IsKnown;
            known += Enumerable.Range(0, 8).Count(lane => isKnown[lane] != 0);
        }

        known.ShouldBeGreaterThan(780);
    }

    /// <summary>Plain, or estimates that all agree, or variances over 12 orders of magnitude, or one study that outweighs the others by more than a double has digits, or groups as moderators.</summary>
    private static (double[] Y, double[] V, double[] X) Problem(Random random, int k, int p, int kind)
    {
        var (y, v, x) = (new double[k], new double[k], new double[k * p]);
        for (var i = 0; i < k; i++)
        {
            v[i] = (kind % 4) switch { 2 => Math.Pow(10, -10 + 12 * random.NextDouble()), 3 when i % 5 == 1 => 1e-20 * (1 + i), _ => .01 + random.NextDouble() };
            y[i] = kind == 1 ? .25 : random.NextDouble() + random.Next(3);
            for (var j = 0; j < p; j++)
            {
                x[i * p + j] = j == 0 ? 1 : kind > 4 ? (i + j) % (j + 2) / 2 : 100 * j + random.NextDouble();
            }
        }

        return (y, v, x);
    }

    private static double[] ByItself(double[] y, double[] v, double[] x, int p, int[] tested, PoolingOptions options)
    {
        var profile = new RegressionProfile(y, v, x, p);
        var tau2 = Tau2Estimator.Estimate(profile, options, y, []).Tau2;
        var factor = Inference.Factor(options.Test, profile.At(tau2).Rss / (y.Length - p));
        var (coefficients, covariance) = profile.Solve(tau2);
        return
        [
            .. coefficients.Select((value, j) => value / Math.Sqrt(factor * covariance[j * p + j])),
            WaldTest.Statistic([.. tested.Select(j => coefficients[j])], (i, j) => factor * covariance[tested[i] * p + tested[j]]) ?? double.NaN,
        ];
    }
}
