namespace MetaSpine.Tests;

public sealed class DistributionContractTests
{
    private const double Infinity = double.PositiveInfinity;

    [EveryCultureFact]
    public void The_ends_of_the_support_have_all_or_nothing_beyond_them()
    {
        foreach (var df in new[] { .1, 1, 4, 1e6, 1e300 })
        {
            StudentT.Upper(Infinity, df).ShouldBe(0);
            StudentT.Lower(-Infinity, df).ShouldBe(0);
            StudentT.Lower(Infinity, df).ShouldBe(1);
            StudentT.Quantile(0, df).ShouldBe(-Infinity);
            StudentT.UpperQuantile(0, df).ShouldBe(Infinity);
            StudentT.Quantile(.5, df).ShouldBe(0);
            ChiSquared.Lower(0, df).ShouldBe(0);
            ChiSquared.Upper(-1, df).ShouldBe(1);
            ChiSquared.Upper(Infinity, df).ShouldBe(0);
            ChiSquared.Quantile(0, df).ShouldBe(0);
            ChiSquared.UpperQuantile(0, df).ShouldBe(Infinity);
            FDistribution.Upper(0, df, 3).ShouldBe(1);
            FDistribution.Lower(-1, df, Infinity).ShouldBe(0);
            FDistribution.Upper(Infinity, df, Infinity).ShouldBe(0);
            FDistribution.Lower(Infinity, 2, df).ShouldBe(1);
            FDistribution.Quantile(1, df, 3).ShouldBe(Infinity);
            FDistribution.UpperQuantile(1, 2, df).ShouldBe(0);
            BetaDistribution.Lower(0, df, 2).ShouldBe(0);
            BetaDistribution.Upper(1, 3, df).ShouldBe(0);
            BetaDistribution.Upper(2, 3, df).ShouldBe(0);
            BetaDistribution.Quantile(0, df, 2).ShouldBe(0);
            BetaDistribution.Quantile(1, 2, df).ShouldBe(1);
        }

        NormalDistribution.Quantile(0).ShouldBe(-Infinity);
        NormalDistribution.UpperQuantile(0).ShouldBe(Infinity);
        NormalDistribution.Quantile(.5).ShouldBe(0);
        NormalDistribution.Lower(-Infinity).ShouldBe(0);
        NormalDistribution.Upper(-Infinity).ShouldBe(1);
        NormalDistribution.Density(Infinity).ShouldBe(0);
        NormalDistribution.LogDensity(-Infinity).ShouldBe(-Infinity);
    }

    [EveryCultureFact]
    public void Infinite_degrees_of_freedom_are_the_limit()
    {
        foreach (var x in new[] { .01, .5, 1, 2.3, 9, 37 })
        {
            StudentT.Upper(x, Infinity).ShouldBe(NormalDistribution.Upper(x));
            (StudentT.Upper(x, 1e300) / NormalDistribution.Upper(x)).ShouldBe(1, 3e-13);
            (FDistribution.Upper(x, 5, 1e300) / FDistribution.Upper(x, 5, Infinity)).ShouldBe(1, 3e-13);
            FDistribution.Upper(x, 5, Infinity).ShouldBe(ChiSquared.Upper(5 * x, 5));
        }

        StudentT.UpperQuantile(.025, Infinity).ShouldBe(1.9599639845400545, 1e-15);
        StudentT.UpperQuantile(.025, 1e300).ShouldBe(1.9599639845400545, 1e-14);
        FDistribution.UpperQuantile(.05, 5, Infinity).ShouldBe(ChiSquared.UpperQuantile(.05, 5) / 5);
    }

    [EveryCultureFact]
    public void Two_sides_are_twice_the_smaller_tail()
    {
        NormalDistribution.TwoSided(-2).ShouldBe(2 * NormalDistribution.Upper(2));
        StudentT.TwoSided(-2, 3).ShouldBe(2 * StudentT.Upper(2, 3));
        (StudentT.TwoSided(2, 3) / FDistribution.Upper(4, 1, 3)).ShouldBe(1, 1e-15);
        (NormalDistribution.TwoSided(20) / ChiSquared.Upper(400, 1)).ShouldBe(1, 1e-13);
    }

    [EveryCultureFact]
    public void The_density_is_that_of_the_normal()
    {
        NormalDistribution.Density(0).ShouldBe(1 / Math.Sqrt(2 * Math.PI), 1e-16);
        NormalDistribution.Density(-1.5).ShouldBe(0.12951759566589174, 1e-16);
        Math.Log(NormalDistribution.Density(30)).ShouldBe(NormalDistribution.LogDensity(30), 1e-12);
        NormalDistribution.LogDensity(1e100).ShouldBe(-.5e200, 1e185);
    }

    [EveryCultureFact]
    public void Next_to_the_median_a_quantile_has_the_digits_of_the_distance()
    {
        // To the first order the distance over the density at 0; what follows is smaller by its square, 1e-18. The rest is rounding.
        var distance = Math.ScaleB(1, -30);

        (NormalDistribution.Quantile(.5 + distance) / distance / Math.Sqrt(2 * Math.PI)).ShouldBe(1, 1e-14);
        (StudentT.Quantile(.5 + distance, 1) / distance / Math.PI).ShouldBe(1, 1e-14);
        (StudentT.Quantile(.5 - distance, 2) / distance / Math.Sqrt(8)).ShouldBe(-1, 1e-14);
    }

    [EveryCultureFact]
    public void Not_a_number_gives_not_a_number()
    {
        const double nan = double.NaN;
        double[] results =
        [
            NormalDistribution.Density(nan), NormalDistribution.LogDensity(nan), NormalDistribution.Lower(nan),
            NormalDistribution.Upper(nan), NormalDistribution.TwoSided(nan), NormalDistribution.Quantile(nan),
            NormalDistribution.UpperQuantile(nan),
            StudentT.Lower(nan, 3), StudentT.Upper(1, nan), StudentT.Upper(1e200, nan), StudentT.TwoSided(nan, Infinity),
            StudentT.Quantile(nan, 3), StudentT.Quantile(.1, nan), StudentT.UpperQuantile(.7, nan),
            ChiSquared.Lower(nan, 3), ChiSquared.Upper(1, nan), ChiSquared.Quantile(nan, 3), ChiSquared.UpperQuantile(.1, nan),
            FDistribution.Lower(nan, 3, 4), FDistribution.Upper(1, nan, 4), FDistribution.Upper(1, 3, nan),
            FDistribution.Upper(nan, 3, Infinity), FDistribution.Quantile(nan, 3, 4), FDistribution.UpperQuantile(.1, nan, 4),
            BetaDistribution.Lower(nan, 3, 4), BetaDistribution.Upper(.5, nan, 4), BetaDistribution.Quantile(.1, 3, nan),
        ];

        results.ShouldAllBe(result => double.IsNaN(result));
    }

    [EveryCultureFact]
    public void Parameters_that_make_no_distribution_are_refused()
    {
        Action[] calls =
        [
            () => NormalDistribution.Quantile(-.1), () => NormalDistribution.UpperQuantile(1.1),
            () => StudentT.Upper(1, 0), () => StudentT.Upper(-1, -2), () => StudentT.Quantile(.1, 0),
            () => StudentT.Quantile(-1e-9, 3), () => StudentT.UpperQuantile(1.1, 3),
            () => ChiSquared.Upper(1, 0), () => ChiSquared.Lower(1, Infinity), () => ChiSquared.Quantile(.5, -1),
            () => ChiSquared.Quantile(2, 3),
            () => FDistribution.Upper(1, 0, 3), () => FDistribution.Lower(1, 3, 0), () => FDistribution.Upper(1, Infinity, 3),
            () => FDistribution.Upper(1, -1, Infinity), () => FDistribution.Quantile(-1, 2, 3),
            () => BetaDistribution.Lower(.5, 0, 1), () => BetaDistribution.Upper(.5, 1, -1), () => BetaDistribution.Quantile(1.5, 1, 1),
        ];

        foreach (var call in calls)
        {
            Should.Throw<ArgumentOutOfRangeException>(call);
        }
    }

    [EveryCultureFact]
    public void Nothing_is_allocated()
    {
        var sum = Everything();
        var before = GC.GetAllocatedBytesForCurrentThread();

        sum += Everything();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();

        static double Everything() =>
            NormalDistribution.TwoSided(1.2) + NormalDistribution.Quantile(.1) + NormalDistribution.Quantile(.4)
            + StudentT.TwoSided(1.2, 7) + StudentT.UpperQuantile(.01, 7) + ChiSquared.Upper(9, 4) + ChiSquared.Quantile(.1, 4)
            + FDistribution.Upper(3, 2, 9) + FDistribution.UpperQuantile(.1, 2, 9) + BetaDistribution.Lower(.2, 3, 4)
            + BetaDistribution.Quantile(.025, 3, 4);
    }
}
