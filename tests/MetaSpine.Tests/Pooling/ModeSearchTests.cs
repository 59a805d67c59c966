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

    [Fact]
    public void Variances_that_are_alike_need_no_search()
    {
        double[] y = [0.1, 0.9, -0.4, 0.5, 1.2, 0.3], v = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        var (tau2, _, iterations) = LikelihoodTau2.Maximise(new InterceptProfile(y, v), restricted: true);

        // The variance of y less that of the errors: 1.6533... / 5 - 0.1.
        tau2.ShouldBe(y.Sum(value => Math.Pow(value - y.Average(), 2)) / 5 - 0.1, 1e-15);
        iterations.ShouldBeLessThanOrEqualTo(6);
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
