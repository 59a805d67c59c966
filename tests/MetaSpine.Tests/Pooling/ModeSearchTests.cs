namespace MetaSpine.Tests;

/// <summary>The highest mode of the likelihood, against a grid so fine that no mode of it can hide.</summary>
public class ModeSearchTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_highest_of_several_modes_is_found(bool restricted)
    {
        var (several, inside, atZero) = (0, 0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            var (y, v) = Ugly(seed);
            var profile = new InterceptProfile(y, v);
            var (tau2, fit, _) = LikelihoodTau2.Maximise(profile, restricted);
            fit.ShouldBe(profile.At(tau2));
            var (modes, best) = OnAGrid(profile, restricted);
            several += modes > 1 ? 1 : 0;
            inside += modes > 1 && tau2 > 0 ? 1 : 0;
            atZero += modes > 1 && tau2 == 0 ? 1 : 0;

            // A sum of k logarithms and squares, each rounded: some units in the last place of its terms' size.
            var reached = LikelihoodTau2.LogLikelihood(profile, tau2, restricted);
            (reached - best).ShouldBeGreaterThan(-1e-13 * Math.Max(1, Math.Abs(best)), $"seed {seed}: {modes} modes");
        }

        several.ShouldBeGreaterThan(30);
        inside.ShouldBeGreaterThan(10);
        atZero.ShouldBeGreaterThan(10);
    }

    /// <summary>Eight problems at a time: a problem with several modes may stand beside one with a single one.</summary>
    [Theory]
    [InlineData(PoolingMethod.REML)]
    [InlineData(PoolingMethod.ML)]
    public void Many_problems_at_once_have_the_same_modes(PoolingMethod method)
    {
        var problems = Enumerable.Range(1, 400).Select(Ugly).ToList();
        int[] offsets = [0, .. problems.Select((_, i) => problems.Take(i + 1).Sum(problem => problem.Y.Length))];
        var many = MetaAnalysis.PoolMany(
            problems.SelectMany(problem => problem.Y).ToArray(), problems.SelectMany(problem => problem.V).ToArray(), offsets, new PoolingOptions { Method = method },
            cancellation: TestContext.Current.CancellationToken);
        many.Tau2.ShouldBe(problems.Select(problem => LikelihoodTau2.Maximise(new InterceptProfile(problem.Y, problem.V), method == PoolingMethod.REML).Tau2));
    }

    /// <summary>A mode that has others beside it must never count as known; of those that have none, though ones nearly form, some are.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Side_by_side_one_of_several_modes_is_never_known(bool restricted)
    {
        var (several, known) = (0, 0);
        foreach (var group in Enumerable.Range(1, 400).Select(Ugly).GroupBy(problem => problem.Y.Length).SelectMany(size => size.Chunk(8)))
        {
            var (tau2, isKnown) = EightModes.Highest(Side(group), restricted);
            for (var lane = 0; lane < group.Length; lane++)
            {
                var profile = new InterceptProfile(group[lane].Y, group[lane].V);
                var isSeveral = OnAGrid(profile, restricted).Modes > 1;
                several += isSeveral ? 1 : 0;
                if (isKnown[lane] != 0)
                {
                    isSeveral.ShouldBeFalse();
                    tau2[lane].ShouldBe(LikelihoodTau2.Maximise(profile, restricted).Tau2);
                    known++;
                }
            }
        }

        several.ShouldBeGreaterThan(30);
        known.ShouldBeGreaterThan(0);
    }

    /// <summary>Variances of a hundredth to 1 and no to much heterogeneity: what is mostly pooled. A search for each costs twice as much.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Side_by_side_nearly_all_ordinary_modes_are_known(bool restricted)
    {
        var random = new Random(7);
        var (known, atZero) = (0, 0);
        for (var problem = 0; problem < 200; problem++)
        {
            var eight = Enumerable.Range(0, 8).Select(lane =>
            {
                var v = Enumerable.Range(0, 3 + problem % 12).Select(_ => Math.Pow(10, -2 * random.NextDouble())).ToArray();
                return (Y: v.Select(value => (random.NextDouble() + random.NextDouble() - 1) * 2.4 * Math.Sqrt(value + lane * .05)).ToArray(), V: v);
            }).ToArray();
            var (tau2, isKnown) = EightModes.Highest(Side(eight), restricted);
            for (var lane = 0; lane < 8; lane++)
            {
                known += isKnown[lane] != 0 ? 1 : 0;
                atZero += tau2[lane] == 0 ? 1 : 0;
            }
        }

        known.ShouldBeGreaterThan(1580);
        atZero.ShouldBeInRange(100, 1500);
    }

    [Fact]
    public void Variances_that_are_alike_need_no_search()
    {
        double[] y = [0.1, 0.9, -0.4, 0.5, 1.2, 0.3], v = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        var (tau2, _, iterations) = LikelihoodTau2.Maximise(new InterceptProfile(y, v), restricted: true);

        // The variance of y less that of the errors: 1.6533... / 5 - 0.1.
        tau2.ShouldBe(y.Sum(value => Math.Pow(value - y.Average(), 2)) / 5 - 0.1, 1e-15);
        iterations.ShouldBeLessThanOrEqualTo(6);
    }

    private static EightProblems Side((double[] Y, double[] V)[] problems)
    {
        var side = new EightProblems(problems[0].Y.Length);
        for (var lane = 0; lane < problems.Length; lane++)
        {
            side.Set(lane, problems[lane].Y, problems[lane].V);
        }

        side.Repeat(problems.Length);
        side.Anchor();
        return side;
    }

    /// <summary>Precise studies that nearly agree, and rough ones that lie far apart for their variances: what has several modes.</summary>
    private static (double[] Y, double[] V) Ugly(int seed)
    {
        var random = new Random(seed);
        var precise = 2 + seed % 5;
        var v = Enumerable.Range(0, precise + 1 + seed % 3).Select(i => Math.Pow(10, i < precise ? -4 : 0) * (1 + random.NextDouble())).ToArray();
        var y = v.Select((value, i) => Math.Sqrt(value) * (i < precise ? 4 * (random.NextDouble() - 0.5) : random.Next(2) == 0 ? -3 - 3 * random.NextDouble() : 3 + 3 * random.NextDouble())).ToArray();
        return (y, v);
    }

    private static (int Modes, double Best) OnAGrid(in InterceptProfile profile, bool restricted)
    {
        const double Step = 1.002;
        var (modes, best) = (0, double.NegativeInfinity);
        double before = double.NegativeInfinity, last = double.NegativeInfinity;
        for (double tau2 = 0, shifted = profile.SmallestVariance; tau2 < 1e4; shifted *= Step, tau2 = shifted - profile.SmallestVariance)
        {
            var value = LikelihoodTau2.LogLikelihood(profile, tau2, restricted);
            modes += last >= before && last > value ? 1 : 0;
            (before, last, best) = (last, value, Math.Max(best, value));
        }

        return (modes, best);
    }
}
