namespace MetaSpine.Tests;

/// <summary>Many analyses at once against one after the other.</summary>
public sealed class PoolManyTests
{
    /// <summary>Every estimator and test that many analyses may have.</summary>
    public static TheoryData<PoolingMethod, PoolingTest> Settings
    {
        get
        {
            var settings = new TheoryData<PoolingMethod, PoolingTest>();
            foreach (var method in Enum.GetValues<PoolingMethod>().Except([PoolingMethod.GENQ, PoolingMethod.GENQM]))
            {
                foreach (var test in Enum.GetValues<PoolingTest>().Except([PoolingTest.KenwardRoger]))
                {
                    settings.Add(method, test);
                }
            }

            return settings;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Each_is_the_analysis_by_itself_to_the_last_bit(PoolingMethod method, PoolingTest test)
    {
        var (y, v, offsets) = Problems(40, (int)method);
        foreach (var options in (PoolingOptions[])[new() { Method = method, Test = test }, new() { Method = method, Test = test, I2From = HeterogeneityBasis.Q, Prediction = PredictionMethod.T, Level = .9 }])
        {
            var many = MetaAnalysis.PoolMany(y, v, offsets, options, cancellation: TestContext.Current.CancellationToken);
            many.Problems.ShouldBeEmpty();
            for (var i = 0; i < many.Count; i++)
            {
                var one = MetaAnalysis.Pool(y[offsets[i]..offsets[i + 1]], v[offsets[i]..offsets[i + 1]], options);
                double[] expected =
                [
                    one.StudyCount, one.Estimate, one.StandardError, one.Statistic, one.DegreesOfFreedom ?? double.NaN, one.PValue, one.Interval.Lower, one.Interval.Upper,
                    one.PredictionInterval?.Lower ?? double.NaN, one.PredictionInterval?.Upper ?? double.NaN, one.Tau2, one.I2, one.H2, one.Q.Statistic, one.Q.PValue,
                ];
                Row(many, i).ShouldBe(expected);
            }
        }
    }

    /// <summary>Eight analyses of as many studies are pooled side by side, with a rest of others of the same size; none may see its neighbours.</summary>
    [Theory]
    [MemberData(nameof(Settings))]
    public void Neighbours_of_the_same_size_do_not_matter(PoolingMethod method, PoolingTest test)
    {
        foreach (var studies in (int[])[2, 3, 7, 8, 9, 13, 16, 21, 65])
        {
            var (y, v, _) = Problems(45, studies, studies);

            // Every third has equal estimates, every fourth variances over 12 orders of magnitude and one as precise as the most precise.
            for (var i = 0; i < y.Length; i++)
            {
                y[i] = i / studies % 3 == 0 ? .25 : y[i];
                v[i] = i / studies % 4 > 0 ? v[i] : i % studies < 2 ? 1e-9 : v[i] * v[i] * v[i];
            }

            int[] offsets = [.. Enumerable.Range(0, 46).Select(i => i * studies)];
            var options = new PoolingOptions { Method = method, Test = test };
            var many = MetaAnalysis.PoolMany(y, v, offsets, options, cancellation: TestContext.Current.CancellationToken);
            for (var i = 0; i < many.Count; i++)
            {
                var one = MetaAnalysis.Pool(y[offsets[i]..offsets[i + 1]], v[offsets[i]..offsets[i + 1]], options);
                double[] expected = [one.Estimate, one.StandardError, one.Tau2, one.I2, one.H2, one.Q.Statistic];
                double[] actual = [many.Estimate[i], many.StandardError[i], many.Tau2[i], many.I2[i], many.H2[i], many.Q[i]];
                actual.ShouldBe(expected);
            }
        }
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        var (y, v, offsets) = Problems(5000, 3);
        var one = MetaAnalysis.PoolMany(y, v, offsets, threads: 1, cancellation: TestContext.Current.CancellationToken);
        var all = MetaAnalysis.PoolMany(y, v, offsets, threads: 7, cancellation: TestContext.Current.CancellationToken);
        for (var i = 0; i < one.Count; i++)
        {
            Row(all, i).ShouldBe(Row(one, i));
        }
    }

    [EveryCultureFact]
    public void Missing_studies_are_left_out_and_wrong_ones_have_their_reason()
    {
        double[] y = [.1, double.NaN, .3, .5, .1, .2, .4, double.NaN], v = [.1, .2, double.NaN, .1, .1, 0, .2, .1];
        var many = MetaAnalysis.PoolMany(y, v, (int[])[0, 4, 4, 7, 8], cancellation: TestContext.Current.CancellationToken);
        many.Count.ShouldBe(4);
        Row(many, 0)[..8].ShouldBe(Row(MetaAnalysis.PoolMany((double[])[.1, .5], (double[])[.1, .1], (int[])[0, 2], cancellation: TestContext.Current.CancellationToken), 0)[..8]);
        many.StudyCount.ShouldBe([2, 0, 0, 0]);
        Row(many, 2)[1..].ShouldAllBe(value => double.IsNaN(value));
        many.Problems.OrderBy(problem => problem.Key).Select(problem => $"{problem.Key}: {problem.Value}").ShouldBe(
        [
            "1: there are no studies to pool",
            "2: study 2 has the estimate 0.2 and the variance 0; a variance must be above 0, and both of a size that can be computed with",
            "3: there are no studies to pool",
        ]);
        MetaAnalysis.PoolMany((double[])[], (double[])[], (int[])[0], cancellation: TestContext.Current.CancellationToken).Count.ShouldBe(0);
    }

    [EveryCultureFact]
    public void What_does_not_fit_together_is_refused()
    {
        Refusal(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1], (int[])[0, 2])).ShouldContain("There are 2 estimates and 1 variances");
        Refusal(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[0, 3])).ShouldContain("end at 2");
        Refusal(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[-1, 2])).ShouldContain("begin at 0 or later");
        MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[1, 2], cancellation: TestContext.Current.CancellationToken).Estimate.ShouldBe([2]);
        Refusal(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[])).ShouldContain("one more of them");
        Refusal(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[0, 2, 1])).ShouldContain("analysis 1 would go from 2 to 1");
        Refusal(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[0, 2], threads: 0)).ShouldContain("At least one thread");
        Refusal(() => One(new PoolingOptions { Weights = [1, 2] })).ShouldContain("Weights belong");
        Refusal(() => One(new PoolingOptions { Test = PoolingTest.KenwardRoger })).ShouldContain("one analysis at a time");
        Refusal(() => One(new PoolingOptions { Level = 2 })).ShouldContain("between 0 and 1");
        Should.Throw<OperationCanceledException>(() => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[0, 2], cancellation: new CancellationToken(true)));

        static string Refusal(Func<PooledColumns> call) => Should.Throw<ArgumentException>(call).Message;
        static PooledColumns One(PoolingOptions options) => MetaAnalysis.PoolMany((double[])[1, 2], (double[])[1, 1], (int[])[0, 2], options);
    }

    [Fact]
    public void Progress_ends_at_1()
    {
        var (y, v, offsets) = Problems(3000, 5);
        var seen = new Seen();
        MetaAnalysis.PoolMany(y, v, offsets, progress: seen, cancellation: TestContext.Current.CancellationToken);
        seen.Largest.ShouldBe(1);
    }

    private static double[] Row(PooledColumns many, int i) =>
    [
        many.StudyCount[i], many.Estimate[i], many.StandardError[i], many.Statistic[i], many.DegreesOfFreedom[i], many.PValue[i], many.Lower[i], many.Upper[i], many.PredictionLower[i],
        many.PredictionUpper[i], many.Tau2[i], many.I2[i], many.H2[i], many.Q[i], many.QPValue[i],
    ];

    /// <summary>Analyses of 1 to 12 studies, some with a variance between them, some without, with variances over four orders of magnitude.</summary>
    private static (double[] Y, double[] V, int[] Offsets) Problems(int count, int seed, int? studies = null)
    {
        var random = new Random(seed);
        var (y, v, offsets) = (new List<double>(), new List<double>(), new List<int> { 0 });
        for (var i = 0; i < count; i++)
        {
            for (var study = studies ?? random.Next(1, 13); study > 0; study--)
            {
                v.Add(Math.Pow(10, -3 + 4 * random.NextDouble()));
                y.Add(.3 + Math.Sqrt(v[^1] + i % 3 * .2) * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2);
            }

            offsets.Add(y.Count);
        }

        return ([.. y], [.. v], [.. offsets]);
    }

    private sealed class Seen : IProgress<double>
    {
        private readonly Lock _lock = new();

        public double Largest { get; private set; }

        public void Report(double value)
        {
            lock (_lock)
            {
                Largest = Math.Max(Largest, value);
            }
        }
    }
}
