namespace MetaSpine.Tests;

/// <summary>Bootstrap intervals: what must hold for every seed, the BCa formula by hand, and the model's own answers that they should be near.</summary>
public sealed class BootstrapInferenceTests
{
    public static TheoryData<BootstrapKind> Kinds => [.. Enum.GetValues<BootstrapKind>()];

    [EveryCultureTheory]
    [MemberData(nameof(Kinds))]
    public void Shifting_the_estimates_shifts_the_intervals_of_the_mean_and_nothing_else(BootstrapKind kind)
    {
        var options = new BootstrapOptions { Kind = kind, Replicates = 999 };
        var (a, b) = (Bcg.Pool().Bootstrap(options), MetaAnalysis.Pool(Array.ConvertAll(Bcg.Y, y => y + 4), Bcg.V).Bootstrap(options));
        b.Estimate.Percentile.Lower.ShouldBe(a.Estimate.Percentile.Lower + 4, 1e-9);
        b.Estimate.Percentile.Upper.ShouldBe(a.Estimate.Percentile.Upper + 4, 1e-9);
        b.Estimate.BiasCorrected!.Value.Lower.ShouldBe(a.Estimate.BiasCorrected!.Value.Lower + 4, 1e-7);
        b.Tau2.Percentile.Upper.ShouldBe(a.Tau2.Percentile.Upper, 1e-8);
        b.I2.Percentile.Lower.ShouldBe(a.I2.Percentile.Lower, 1e-6);
    }

    [EveryCultureTheory]
    [MemberData(nameof(Kinds))]
    public void The_seed_and_not_the_number_of_threads_decides(BootstrapKind kind)
    {
        var options = new BootstrapOptions { Kind = kind, Replicates = 700, Threads = 1 };
        var one = Bcg.Pool().Bootstrap(options);
        var many = Bcg.Pool().Bootstrap(options with { Threads = 5 });
        (many.Estimate, many.Tau2, many.I2).ShouldBe((one.Estimate, one.Tau2, one.I2));
        Bcg.Pool().Bootstrap(options with { Seed = 2 }).Estimate.ShouldNotBe(one.Estimate);
    }

    [EveryCultureFact]
    public void The_parametric_bootstrap_of_equal_effects_is_the_normal_distribution_of_the_estimate()
    {
        var result = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        var bootstrap = result.Bootstrap(new BootstrapOptions { Kind = BootstrapKind.Parametric, Replicates = 19999 });

        // Five standard errors: of a mean, of a standard deviation, and of a quantile at 2.5% (sqrt(p q/n)/density = 0.019 standard errors).
        var error = result.StandardError;
        bootstrap.Estimate.Bias.ShouldBe(0, 5 * error / Math.Sqrt(19999));
        bootstrap.Estimate.StandardError.ShouldBe(error, 5 * error / Math.Sqrt(2 * 19999));
        bootstrap.Estimate.Percentile.Lower.ShouldBe(result.Interval.Lower, 5 * .019 * error);
        bootstrap.Estimate.Percentile.Upper.ShouldBe(result.Interval.Upper, 5 * .019 * error);
        bootstrap.Tau2.Percentile.ShouldBe(new Interval(0, 0, .95));
    }

    [EveryCultureFact]
    public void The_intervals_of_random_effects_are_near_the_models_own()
    {
        var result = Bcg.Pool();
        var bootstrap = result.Bootstrap(new BootstrapOptions { Kind = BootstrapKind.NonParametric, Replicates = 4999 });
        bootstrap.Estimate.Value.ShouldBe(result.Estimate);
        bootstrap.Estimate.StandardError.ShouldBe(result.StandardError, .15 * result.StandardError);
        bootstrap.Tau2.Percentile.Lower.ShouldBeGreaterThanOrEqualTo(0);
        bootstrap.Tau2.Percentile.Contains(result.Tau2).ShouldBeTrue();
        bootstrap.I2.Percentile.Upper.ShouldBeLessThanOrEqualTo(100);
        bootstrap.Options.Seed.ShouldBe(1UL);
    }

    [EveryCultureFact]
    public void BCa_bounds_follow_Efrons_formula()
    {
        // 99 replicates 1..99 with 39.5 below the value 40: z0 = Phi^-1(39.5/99). The jackknife deviations 2, -1, -1 have a = 6/(6 6^1.5).
        double[] replicates = [.. Enumerable.Range(1, 99).Select(i => (double)i)];
        var summary = BootstrapInference.Summarise(40, [.. replicates.Reverse()], [8, 11, 11], .9);
        var (z0, a, z) = (NormalDistribution.Quantile(39.5 / 99), 6 / (6 * Math.Pow(6, 1.5)), NormalDistribution.Quantile(.95));
        summary.Percentile.Lower.ShouldBe(5, 1e-12);
        summary.Percentile.Upper.ShouldBe(95, 1e-12);
        summary.Bias.ShouldBe(10, 1e-12);
        summary.StandardError.ShouldBe(Math.Sqrt(99 * 100 / 12.0), 1e-12);
        summary.BiasCorrected!.Value.Lower.ShouldBe(100 * NormalDistribution.Lower(z0 + (z0 - z) / (1 - a * (z0 - z))), 1e-10);
        summary.BiasCorrected!.Value.Upper.ShouldBe(100 * NormalDistribution.Lower(z0 + (z0 + z) / (1 - a * (z0 + z))), 1e-10);
    }

    [EveryCultureFact]
    public void Replicates_on_one_side_have_no_BCa_interval()
    {
        BootstrapInference.Summarise(0, [1, 2, 3], [1, 2, 3], .95).BiasCorrected.ShouldBeNull();
        BootstrapInference.Summarise(4, [1, 2, 3], [1, 2, 3], .95).BiasCorrected.ShouldBeNull();
        BootstrapInference.Summarise(2, [2, 2, 2], [2, 2, 2], .95).BiasCorrected.ShouldBe(new Interval(2, 2, .95));
    }

    /// <summary>One study of a hundred pulls far: the acceleration is 0.164, and 0.164 (z0 + z) is 0.83 at 95%, but above 1 at 99.9%.</summary>
    [EveryCultureTheory]
    [InlineData(.95)]
    [InlineData(.999)]
    public void A_bound_beyond_all_replicates_is_the_last_of_them(double level)
    {
        double[] replicates = [.. Enumerable.Range(1, 999).Select(i => (double)i)], without = [-99, .. Enumerable.Repeat(1.0, 99)];
        var interval = BootstrapInference.Summarise(998.75, [.. replicates], without, level).BiasCorrected!.Value;
        interval.Upper.ShouldBe(999);
        interval.Lower.ShouldBeInRange(900, 999);
        var mirrored = BootstrapInference.Summarise(-998.75, Array.ConvertAll(replicates, value => -value), Array.ConvertAll(without, value => -value), level).BiasCorrected!.Value;
        mirrored.Lower.ShouldBe(-999);
        mirrored.Upper.ShouldBe(-interval.Lower, 1e-6);
    }

    [EveryCultureFact]
    public void The_standard_error_of_replicates_far_from_0_keeps_its_digits() =>

        // Near a billion doubles are 1.2e-7 apart, so that the replicates themselves are off by half of that.
        BootstrapInference.Summarise(1e9, [1e9 + .1, 1e9 + .4, 1e9 + .7], [1, 2, 3], .95).StandardError.ShouldBe(.3, 2e-7);

    [EveryCultureFact]
    public void Too_few_studies_and_bad_options_are_refused()
    {
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 2).Bootstrap()).Message.ShouldContain("three studies");
        Should.Throw<ArgumentException>(() => Bcg.Pool().Bootstrap(new BootstrapOptions { Replicates = 1 }));
    }
}
