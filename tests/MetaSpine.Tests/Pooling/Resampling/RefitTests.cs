namespace MetaSpine.Tests;

/// <summary>Resampled fits are the library's own fits: the same resamples and arrangements, each fitted by itself with all its intervals.</summary>
public sealed class RefitTests
{
    private const int Replicates = 60;

    [Theory]
    [InlineData(BootstrapKind.NonParametric, PoolingMethod.EE)]
    [InlineData(BootstrapKind.NonParametric, PoolingMethod.DL)]
    [InlineData(BootstrapKind.Parametric, PoolingMethod.REML)]
    [InlineData(BootstrapKind.Parametric, PoolingMethod.EE)]
    public void A_bootstrap_summarises_fits_of_its_resamples(BootstrapKind kind, PoolingMethod method)
    {
        // Estimates near each other, so that Q falls on both sides of its degrees of freedom.
        double[] y = [.1, .5, .3, -.1, .7, .2], v = [.04, .09, .02, .06, .12, .05];
        var options = new PoolingOptions { Method = method };
        var result = MetaAnalysis.Pool(y, v, options);
        var random = new RandomStream(7, 0);
        var fits = new List<PooledResult>();
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            var (estimates, variances) = (new double[6], (double[])v.Clone());
            for (var i = 0; i < 6; i++)
            {
                if (kind == BootstrapKind.Parametric)
                {
                    estimates[i] = result.Estimate + Math.Sqrt(v[i] + result.Tau2) * random.NextNormal();
                    continue;
                }

                var drawn = random.NextBelow(6);
                (estimates[i], variances[i]) = (y[drawn], v[drawn]);
            }

            fits.Add(MetaAnalysis.Pool(estimates, variances, options));
        }

        fits.ShouldContain(fit => fit.I2 == 0);
        fits.ShouldContain(fit => fit.I2 > 0);
        var bootstrap = result.Bootstrap(new BootstrapOptions { Kind = kind, Replicates = Replicates, Seed = 7 });
        Agrees(bootstrap.Estimate, fit => fit.Estimate);
        Agrees(bootstrap.Tau2, fit => fit.Tau2);
        Agrees(bootstrap.I2, fit => fit.I2);

        // Both solve for tau^2 to 1e-10 or better; I^2 is a hundred times as large.
        void Agrees(BootstrapSummary summary, Func<PooledResult, double> of)
        {
            double[] values = [.. fits.Select(of)];
            double[] without = [.. Enumerable.Range(0, 6).Select(i => of(MetaAnalysis.Pool([.. y.Where((_, j) => j != i)], [.. v.Where((_, j) => j != i)], options)))];
            var expected = BootstrapInference.Summarise(of(result), values, without, .95);
            summary.Bias.ShouldBe(expected.Bias, 1e-7);
            summary.StandardError.ShouldBe(expected.StandardError, 1e-7);
            summary.Percentile.Upper.ShouldBe(expected.Percentile.Upper, 1e-7);
            (summary.BiasCorrected?.Upper ?? -1).ShouldBe(expected.BiasCorrected?.Upper ?? -1, 1e-6);
        }
    }

    [Theory]
    [InlineData(PoolingTest.T)]
    [InlineData(PoolingTest.KnappHartung)]
    [InlineData(PoolingTest.KnappHartungFloor)]
    public void A_permutation_test_counts_fits_of_all_signs(PoolingTest test)
    {
        var options = new PoolingOptions { Method = PoolingMethod.DL, Test = test };
        double[] y = [.4, .5, .9, -.1, .7, .2], v = [.04, .09, .02, .06, .12, .05];
        var statistics = Enumerable.Range(0, 64).Select(signs => MetaAnalysis.Pool([.. y.Select((value, i) => (signs >> i & 1) == 0 ? value : -value)], v, options).Statistic).ToArray();
        var permuted = MetaAnalysis.Pool(y, v, options).Permute().Coefficients[0];
        permuted.Statistic.ShouldBe(statistics[0], 1e-10);
        permuted.PValue.ShouldBe(statistics.Count(value => Math.Abs(value) >= Math.Abs(statistics[0]) - 1e-8) / 64.0);
    }

    [Theory]
    [InlineData(PoolingTest.Z)]
    [InlineData(PoolingTest.KnappHartungFloor)]
    public void A_permutation_test_counts_fits_of_all_orders(PoolingTest test)
    {
        // Each of the 35 ways to choose 3 of 7 studies, by the bits of a number.
        var options = new PoolingOptions { Method = PoolingMethod.DL, Test = test };
        var result = Bcg.Regress([1, 0, 0, 0, 1, 0, 1], options);
        var statistics = Enumerable.Range(0, 128).Where(bits => int.PopCount(bits) == 3)
            .Select(bits => Bcg.Regress([.. Enumerable.Range(0, 7).Select(i => (double)(bits >> i & 1))], options).Coefficients[1].Statistic).ToArray();
        var permuted = result.Permute().Coefficients[1];
        permuted.Statistic.ShouldBe(result.Coefficients[1].Statistic, 1e-10);
        permuted.PValue.ShouldBe(statistics.Count(value => Math.Abs(value) >= Math.Abs(permuted.Statistic) - 1e-8) / 35.0, 1e-15);
    }

    /// <summary>Five positive estimates have 32 signs; where 1 in 32 is just enough to reject, the interval is finite and 0 outside it.</summary>
    [Fact]
    public void One_arrangement_is_enough_where_it_is_as_rare_as_the_tail()
    {
        var permutation = new PermutationOptions { Intervals = true };
        double[] y = [1, 1.2, .9, 1.1, 1.4], v = [.1, .1, .2, .1, .3];
        PooledResult Pooled(double level) => MetaAnalysis.Pool(y, v, new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z, Level = level });
        var interval = Pooled(1 - 2.0 / 32).Permute(permutation).Coefficients[0].Interval!.Value;

        // A value is rejected only where all estimates lie on one side of it.
        interval.Lower.ShouldBe(.9, 1e-5);
        interval.Upper.ShouldBe(1.4, 1e-5);
        Pooled(.94).Permute(permutation).Coefficients[0].Interval.ShouldBe(new Interval(double.NegativeInfinity, double.PositiveInfinity, .94));
    }

    /// <summary>72 of the 720 orders are a tenth, which is the tail at 80%, though (1 - 0.8)/2 is a little less in a double.</summary>
    [Fact]
    public void The_interval_of_a_moderator_ends_where_its_one_sided_test_begins_to_reject()
    {
        double[] x = [0, 1, 3, 4, 6, 8], y = [.1, .5, .3, .9, 1.4, 1.1];
        var options = new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z, Level = .8 };
        var interval = Regressed(0).Permute(new PermutationOptions { Intervals = true }).Coefficients[1].Interval!.Value;
        foreach (var (bound, side) in new[] { (interval.Lower, -1), (interval.Upper, 1) })
        {
            var small = side * 1e-3 * (interval.Upper - interval.Lower);
            Share(bound - small).ShouldBeGreaterThan(.1);
            Share(bound + small).ShouldBeLessThanOrEqualTo(.1);
        }

        RegressionResult Regressed(double slope) => MetaAnalysis.Regress(
            Measures.GEN.Compute(new EffectData { ["yi"] = y.Zip(x, (value, at) => value - slope * at).ToArray(), ["vi"] = [.04, .09, .05, .06, .12, .05] }),
            DesignMatrix.FromRows(["intercept", "x"], [.. x.Select(value => new[] { 1, value })]), options);
        double Share(double slope) => Regressed(slope).Permute(new PermutationOptions { TwoSided = TwoSidedRule.DoubledTail }).Coefficients[1].PValue / 2;
    }

    /// <summary>Estimates c, c, c and d of equal weight: turning the sign of d changes the statistic (3c + d)/2 by d.</summary>
    [Theory]
    [InlineData(100, 1e-6, 4)]
    [InlineData(100, 1e-5, 2)]
    [InlineData(.1, 1e-8, 4)]
    [InlineData(.1, 1e-7, 2)]
    public void Statistics_that_differ_by_little_of_their_size_are_tied(double c, double d, int counted)
    {
        var result = MetaAnalysis.Pool([c, c, c, d], [1, 1, 1, 1], new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        result.Permute().Coefficients[0].PValue.ShouldBe(counted / 16.0);
        result.Permute(new PermutationOptions { TwoSided = TwoSidedRule.DoubledTail }).Coefficients[0].PValue.ShouldBe(counted / 16.0);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void The_observed_arrangement_counts_in_each_tail(double estimate) =>
        MetaAnalysis.Pool([.. Enumerable.Range(0, 40).Select(i => estimate + i % 3)], [.. Enumerable.Repeat(1.0, 40)])
            .Permute(new PermutationOptions { Draws = 99, TwoSided = TwoSidedRule.DoubledTail }).Coefficients[0].PValue.ShouldBe(.02, 1e-15);

    [Fact]
    public void Equal_estimates_have_an_interval_of_one_point() =>
        MetaAnalysis.Pool([2, 2, 2, 2, 2, 2, 2], [.1, .1, .1, .1, .1, .1, .1], new PoolingOptions { Test = PoolingTest.KnappHartung })
            .Permute(new PermutationOptions { Intervals = true }).Coefficients[0].Interval.ShouldBe(new Interval(2, 2, .95));

    [Fact]
    public void The_least_that_options_allow_is_enough()
    {
        var three = Bcg.Pool(studies: 3);
        three.Bootstrap(new BootstrapOptions { Replicates = 2, Threads = 1 }).Estimate.Value.ShouldBe(three.Estimate);
        three.Permute(new PermutationOptions { Draws = 1, ExactLimit = 0 }).Arrangements.ShouldBe(2);
        three.Permute(new PermutationOptions { ExactLimit = 1L << 40 }).Arrangements.ShouldBe(8);
        three.Permute(new PermutationOptions { ExactLimit = 8 }).IsExact.ShouldBeTrue();
        three.Permute(new PermutationOptions { ExactLimit = 7, Draws = 9 }).IsExact.ShouldBeFalse();
        Bcg.Pool(studies: 2).Permute().Arrangements.ShouldBe(4);
        var groups = Bcg.Regress([0, 0, 0, 1, 1, 0, 1]);
        groups.Permute(new PermutationOptions { ExactLimit = 35 }).IsExact.ShouldBeTrue();
        groups.Permute(new PermutationOptions { ExactLimit = 34, Draws = 9 }).IsExact.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => three.Permute(new PermutationOptions { ExactLimit = (1L << 40) + 1 })).Message.ShouldContain("from 0 to 2^40");
        Should.Throw<ArgumentException>(() => three.Permute(new PermutationOptions { ExactLimit = -1 })).Message.ShouldContain("from 0 to 2^40");
        Should.Throw<ArgumentException>(() => three.Bootstrap(new BootstrapOptions { Threads = 0 })).Message.ShouldContain("at least 1 thread");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).NagashimaPredictionInterval()).Message.ShouldBe("A prediction interval needs at least two studies.");
        Bcg.Pool(studies: 2).NagashimaPredictionInterval().ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_to_resample_is_named()
    {
        Should.Throw<ArgumentNullException>(() => BootstrapInference.Bootstrap(null!)).ParamName.ShouldBe("result");
        Should.Throw<ArgumentNullException>(() => PermutationTest.Permute(null!)).ParamName.ShouldBe("result");
        Should.Throw<ArgumentNullException>(() => ConfidencePrediction.NagashimaPredictionInterval(null!)).ParamName.ShouldBe("result");
    }
}
