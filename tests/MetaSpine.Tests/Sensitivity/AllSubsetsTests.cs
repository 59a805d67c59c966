using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>All subsets of the studies: metafor's numbers, pooling each subset by itself, threads, stops, and what is refused.</summary>
public sealed class AllSubsetsTests
{
    private const double Tolerance = 1e-7;

    [CostlyFact]
    public void All_subsets_agree_with_metafor()
    {
        var test = DiagnosticsCase.Load("normand1999");
        var expected = test["gosh_DL"];
        var gosh = test.Pool(PoolingMethod.DL).Gosh();
        gosh.Subsets.ShouldBe(expected.GetProperty("rows").GetInt64());
        gosh.IsExhaustive.ShouldBeTrue();
        gosh.MeanEstimate.ShouldBe(expected.GetProperty("mean_estimate").GetDouble(), Tolerance);
        gosh.EstimateDeviation.ShouldBe(expected.GetProperty("sd_estimate").GetDouble(), Tolerance);
        gosh.MeanI2.ShouldBe(expected.GetProperty("mean_I2").GetDouble(), Tolerance * 100);
        var quantiles = ReferenceCase.Numbers(expected.GetProperty("q_estimate"));
        double[] probabilities = [.05, .25, .5, .75, .95];
        for (var i = 0; i < quantiles.Length; i++)
        {
            gosh.Quantile(probabilities[i]).ShouldBe(quantiles[i], Tolerance, $"quantile {probabilities[i]}");
        }

        gosh.Notes.ShouldHaveSingleItem().ShouldBe(
            "No single study splits the subsets into two clusters; Study 3 separates them most (1.7, where 2 would show as two).");
    }

    /// <summary>
    /// The closed form adds k terms at most, so that it is good to some units in the last place of the largest distance from the anchor; 1e-11 leaves
    /// room for Q - (k - 1) where it is near 0, which the square root of nothing magnifies.
    /// </summary>
    [CostlyTheory]
    [InlineData(PoolingMethod.EE)]
    [InlineData(PoolingMethod.DL)]
    [InlineData(PoolingMethod.REML)]
    [InlineData(PoolingMethod.HE)]
    public void Each_subset_is_what_pooling_it_gives(PoolingMethod method)
    {
        var options = new PoolingOptions { Method = method };
        Prop.ForAll(SensitivityProblems.OfSize(3, 7), problem =>
        {
            var gosh = MetaAnalysis.Pool(problem.Y, problem.V, options).Gosh();
            var points = gosh.Points!;
            gosh.Subsets.ShouldBe((1 << problem.Y.Length) - 1);
            points.Estimates.Count.ShouldBe((int)gosh.Subsets);
            double sum = 0;
            for (var n = 0; n < points.Estimates.Count; n++)
            {
                int[] members = [.. Enumerable.Range(0, problem.Y.Length).Where(study => points.Includes(n, study))];
                var twin = MetaAnalysis.Pool(problem.Only(members).Y, problem.Only(members).V, options);
                points.Estimates[n].ShouldBe(twin.Estimate, 1e-11);
                points.I2[n].ShouldBe(twin.I2, 1e-9);
                sum += twin.Estimate;
            }

            gosh.MeanEstimate.ShouldBe(sum / gosh.Subsets, 1e-11);
            gosh.Histogram.Counts.Sum().ShouldBe(gosh.Subsets);
            for (var study = 0; study < problem.Y.Length; study++)
            {
                var with = points.Estimates.Where((_, n) => points.Includes(n, study)).ToList();
                var without = points.Estimates.Where((_, n) => !points.Includes(n, study)).ToList();
                gosh.Studies[study].MeanWith.ShouldBe(with.Average(), 1e-11);
                gosh.Studies[study].MeanWithout.ShouldBe(without.Average(), 1e-11);
                gosh.Studies[study].DeviationWith.ShouldBe(Deviation(with), 1e-7);
                gosh.Studies[study].DeviationWithout.ShouldBe(Deviation(without), 1e-7);
                gosh.Studies[study].CountsWith.Sum().ShouldBe(with.Count);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));
    }

    private static double Deviation(List<double> values) => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1));

    /// <summary>14 studies take four blocks, so that some studies vary inside a block and others between blocks.</summary>
    [CostlyTheory]
    [InlineData(PoolingMethod.EE, 1e-13)]
    [InlineData(PoolingMethod.DL, 1e-13)]
    public void Blocks_make_no_difference(PoolingMethod method, double tolerance)
    {
        var (y, v) = Wide(14);
        var result = MetaAnalysis.Pool(y, v, new PoolingOptions { Method = method });
        var gosh = result.Gosh();
        var points = gosh.Points!;
        foreach (var n in new[] { 0, 4094, 4095, 4096, 8191, 12345, 16382 })
        {
            int[] members = [.. Enumerable.Range(0, 14).Where(study => points.Includes(n, study))];
            var twin = MetaAnalysis.Pool([.. members.Select(i => y[i])], [.. members.Select(i => v[i])], new PoolingOptions { Method = method });
            points.Estimates[n].ShouldBe(twin.Estimate, tolerance * y.Max(Math.Abs));
            points.I2[n].ShouldBe(twin.I2, 1e-9);
        }

        for (var study = 0; study < 14; study++)
        {
            var counts = new long[512];
            for (var n = 0; n < points.Estimates.Count; n++)
            {
                if (points.Includes(n, study))
                {
                    counts[Math.Clamp((int)((points.Estimates[n] - y.Min()) * (512 / (y.Max() - y.Min()))), 0, 511)]++;
                }
            }

            gosh.Studies[study].CountsWith.SequenceEqual(counts).ShouldBeTrue();
            gosh.Studies[study].MeanWith.ShouldBe(points.Estimates.Where((_, n) => points.Includes(n, study)).Average(), 1e-12);
        }
    }

    /// <summary>Variances over 16 orders of magnitude, against fits that are arranged around the most precise study of each subset.</summary>
    [CostlyFact]
    public void Rounding_does_not_accumulate_where_one_study_outweighs_the_others()
    {
        double[] y = [.3, -.2, .5, .1, .9, -.4, .7, .2, .6, 0], v = [1e-10, 1e6, 3e5, 1e-3, 2, 1e4, .5, 1e-8, 7e5, 30];
        var options = new PoolingOptions { Method = PoolingMethod.DL };
        var points = MetaAnalysis.Pool(y, v, options).Gosh().Points!;
        for (var n = 0; n < points.Estimates.Count; n++)
        {
            int[] members = [.. Enumerable.Range(0, 10).Where(study => points.Includes(n, study))];
            var twin = MetaAnalysis.Pool([.. members.Select(i => y[i])], [.. members.Select(i => v[i])], options);
            points.Estimates[n].ShouldBe(twin.Estimate, 1e-13);
            points.I2[n].ShouldBe(twin.I2, 1e-10);
        }
    }

    [CostlyTheory]
    [InlineData(GoshSubsets.All, PoolingMethod.DL)]
    [InlineData(GoshSubsets.All, PoolingMethod.PM)]
    [InlineData(GoshSubsets.Random, PoolingMethod.DL)]
    public void Threads_and_stops_change_no_digit(GoshSubsets subsets, PoolingMethod method)
    {
        // Enough blocks for several rounds.
        var (y, v) = method == PoolingMethod.DL ? Wide(20) : Wide(15);
        var result = MetaAnalysis.Pool(y, v, new PoolingOptions { Method = method });
        var options = new GoshOptions { Subsets = subsets, Draws = 20_000, KeepUpTo = 1 << 16 };
        var one = result.Gosh(options with { Threads = 1 });
        Same(result.Gosh(options with { Threads = 3 }), one);

        using var source = new CancellationTokenSource();
        var stopped = Should.Throw<GoshCancelledException>(() => result.Gosh(options, new Immediate<double>(_ => source.Cancel()), source.Token));
        stopped.Checkpoint.Done.ShouldBeInRange(.0001, .999);
        using var file = new MemoryStream();
        stopped.Checkpoint.Save(file);
        file.Position = 0;
        Same(result.Gosh(options with { Resume = GoshCheckpoint.Load(file) }), one);

        static void Same(GoshResult a, GoshResult b)
        {
            a.MeanEstimate.ShouldBe(b.MeanEstimate);
            a.EstimateDeviation.ShouldBe(b.EstimateDeviation);
            a.MeanI2.ShouldBe(b.MeanI2);
            a.Histogram.Counts.SequenceEqual(b.Histogram.Counts).ShouldBeTrue();
            a.Studies.Select(study => (study.MeanWith, study.DeviationWithout)).ShouldBe(b.Studies.Select(study => (study.MeanWith, study.DeviationWithout)));
            for (var i = 0; i < a.Studies.Count; i++)
            {
                a.Studies[i].CountsWith.SequenceEqual(b.Studies[i].CountsWith).ShouldBeTrue();
            }

            a.Quantile(.3).ShouldBe(b.Quantile(.3));
        }
    }

    [CostlyFact]
    public void Random_subsets_are_like_all_of_them()
    {
        var result = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.DL });
        var all = result.Gosh();
        var some = result.Gosh(new GoshOptions { Subsets = GoshSubsets.Random, Draws = 20_000 });
        some.IsExhaustive.ShouldBeFalse();
        some.Seed.ShouldBe(1UL);
        some.Subsets.ShouldBe(20_000);
        some.Points!.Estimates.Count.ShouldBe(20_000);
        some.Histogram.Counts.Sum().ShouldBe(20_000);
        some.MeanEstimate.ShouldBe(all.MeanEstimate, 5 * all.EstimateDeviation / Math.Sqrt(20_000));
        some.EstimateDeviation.ShouldBe(all.EstimateDeviation, .05 * all.EstimateDeviation);
        int[] members = [.. Enumerable.Range(0, 13).Where(study => some.Points.Includes(777, study))];
        some.Points.Estimates[777].ShouldBe(
            MetaAnalysis.Pool([.. members.Select(i => Bcg.Y[i])], [.. members.Select(i => Bcg.V[i])], new PoolingOptions { Method = PoolingMethod.DL }).Estimate, 1e-13);
        result.Gosh(new GoshOptions { Subsets = GoshSubsets.Random, Draws = 20_000, Seed = 2 }).MeanEstimate.ShouldNotBe(some.MeanEstimate);
        some.Notes[1].ShouldBe("20,000 random subsets of the 13 studies were pooled, not all.");
    }

    [CostlyFact]
    public void Many_studies_are_sampled()
    {
        var (y, v) = Wide(150);
        var gosh = MetaAnalysis.Pool(y, v, new PoolingOptions { Method = PoolingMethod.DL }).Gosh(new GoshOptions { Draws = 3_000 });
        gosh.IsExhaustive.ShouldBeFalse();
        var points = gosh.Points!;
        Enumerable.Range(0, 150).Average(study => Enumerable.Range(0, 300).Count(n => points.Includes(n, study)) / 300.0).ShouldBe(.5, .02);
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool(y, v).Gosh(new GoshOptions { Subsets = GoshSubsets.All })).Message.ShouldContain("150 studies have 2^150 subsets");
    }

    [CostlyFact]
    public void Quantiles_of_the_histogram_are_within_a_bin()
    {
        var result = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE });
        var (exact, binned) = (result.Gosh(), result.Gosh(new GoshOptions { KeepUpTo = 0 }));
        binned.Points.ShouldBeNull();
        var width = (Bcg.Y.Max() - Bcg.Y.Min()) / 512;
        foreach (var probability in new[] { 0, .025, .3, .5, .9, 1 })
        {
            binned.Quantile(probability).ShouldBe(exact.Quantile(probability), 1.01 * width);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => exact.Quantile(1.1));
    }

    [CostlyFact]
    public void An_outlier_is_named_as_what_splits_the_subsets()
    {
        double[] y = [.1, .2, .15, .12, .18, .09, .21, .14, .16, 3], v = [.04, .05, .04, .06, .05, .04, .05, .05, .04, .01];
        var gosh = MetaAnalysis.Pool(y, v, new PoolingOptions { Method = PoolingMethod.EE }).Gosh();
        gosh.Notes[0].ShouldStartWith("The subsets fall into two clusters, those with and those without Study 10: ");
        gosh.Studies.MaxBy(study => study.Separation)!.Label.ShouldBe("Study 10");
    }

    [CostlyFact]
    public void Equal_estimates_fall_into_one_bin()
    {
        var gosh = MetaAnalysis.Pool([2, 2, 2, 2], [1, 2, 3, 4], new PoolingOptions { Method = PoolingMethod.DL }).Gosh();
        gosh.Histogram[0, 0].ShouldBe(15);
        gosh.EstimateDeviation.ShouldBe(0);
        gosh.Quantile(.5).ShouldBe(2);
        gosh.Studies.ShouldAllBe(study => study.Separation == 0);
    }

    [CostlyFact]
    public void What_cannot_be_done_is_refused()
    {
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).Gosh()).Message.ShouldBe("Subsets of the studies need at least 3 studies; there is 1.");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 2).Gosh()).Message.ShouldEndWith("there are 2.");
        Should.Throw<ArgumentException>(() => Bcg.Pool().Gosh(new GoshOptions { EstimateBins = 0 })).Message.ShouldContain("1 to 16384");
        var checkpoints = new List<GoshCheckpoint>();
        Bcg.Pool().Gosh(new GoshOptions { Checkpoints = new Immediate<GoshCheckpoint>(checkpoints.Add) });
        checkpoints[^1].Done.ShouldBe(1);
        Should.Throw<ArgumentException>(() => Bcg.Pool(studies: 12).Gosh(new GoshOptions { Resume = checkpoints[0] })).Message.ShouldContain("belongs to other studies");

        using var file = new MemoryStream();
        checkpoints[0].Save(file);
        var bytes = file.ToArray();
        Should.Throw<InvalidDataException>(() => GoshCheckpoint.Load(new MemoryStream(bytes[..^9]))).Message.ShouldContain("damaged or cut off");
        bytes[^20] ^= 1;
        Should.Throw<InvalidDataException>(() => GoshCheckpoint.Load(new MemoryStream(bytes))).Message.ShouldContain("damaged");
        Should.Throw<InvalidDataException>(() => GoshCheckpoint.Load(new MemoryStream([1, 2, 3]))).Message.ShouldContain("not a checkpoint");
    }

    /// <summary>Studies with very different estimates and variances, always the same.</summary>
    private static (double[] Y, double[] V) Wide(int k) =>
        ([.. Enumerable.Range(1, k).Select(i => Math.Sin(i * i))], [.. Enumerable.Range(1, k).Select(i => Math.Exp(3 * Math.Cos(2.7 * i)) / 20)]);

    /// <summary>Progress without a detour over the thread pool.</summary>
    private sealed class Immediate<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
