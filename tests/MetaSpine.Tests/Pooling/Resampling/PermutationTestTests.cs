namespace MetaSpine.Tests;

/// <summary>Permutation tests against metafor's exact ones (values printed by ../Reference/make-robust-and-resampling.R), and their properties.</summary>
public sealed class PermutationTestTests
{
    private static readonly double[] TwoGroups = [0, 0, 0, 1, 1, 0, 1];

    private static readonly double[] NormandY = [-20, -2, -55, -71, -4, 1, 11, -10, 7];

    private static readonly double[] NormandV =
    [
        40.50802315963606, 2.08064516129032, 15.69840375586855, 150.22222222222223, 17.30769230769231, 1.16734143049933, 94.58912655971480,
        6.31087928464978, 19.84230769230769,
    ];

    [CostlyTheory]
    [InlineData(PoolingTest.Z, TwoSidedRule.Absolute)]
    [InlineData(PoolingTest.KnappHartung, TwoSidedRule.Absolute)]
    [InlineData(PoolingTest.Z, TwoSidedRule.DoubledTail)]
    public void Flipping_all_signs_agrees(PoolingTest test, TwoSidedRule rule)
    {
        var permuted = MetaAnalysis.Pool(NormandY, NormandV, new PoolingOptions { Test = test }).Permute(new PermutationOptions { TwoSided = rule });
        permuted.IsExact.ShouldBeTrue();
        permuted.Arrangements.ShouldBe(512);
        permuted.Seed.ShouldBeNull();
        permuted.ModeratorsPValue.ShouldBeNull();
        permuted.Coefficients.ShouldHaveSingleItem().PValue.ShouldBe(70.0 / 512);
    }

    [CostlyTheory]
    [InlineData(PoolingTest.Z, TwoSidedRule.Absolute, 0.917063492063492, 0.184126984126984, 0.184126984126984)]
    [InlineData(PoolingTest.Z, TwoSidedRule.DoubledTail, 0.166666666666667, 0.214285714285714, 0.184126984126984)]
    [InlineData(PoolingTest.KnappHartung, TwoSidedRule.Absolute, 0.925000000000000, 0.200396825396825, 0.200396825396825)]
    [InlineData(PoolingTest.KnappHartung, TwoSidedRule.DoubledTail, 0.150793650793651, 0.225396825396825, 0.200396825396825)]
    public void Exchanging_all_rows_agrees(PoolingTest test, TwoSidedRule rule, double intercept, double slope, double moderators) =>
        Agrees(Bcg.Latitude[..7], 2520, test, rule, intercept, slope, moderators);

    [CostlyTheory]
    [InlineData(PoolingTest.Z, TwoSidedRule.Absolute, 0.8, 0.914285714285714)]
    [InlineData(PoolingTest.Z, TwoSidedRule.DoubledTail, 0.457142857142857, 0.914285714285714)]
    [InlineData(PoolingTest.KnappHartung, TwoSidedRule.Absolute, 0.742857142857143, 0.914285714285714)]
    [InlineData(PoolingTest.KnappHartung, TwoSidedRule.DoubledTail, 0.571428571428571, 0.914285714285714)]
    public void Equal_rows_are_arranged_only_once(PoolingTest test, TwoSidedRule rule, double intercept, double slope) =>
        Agrees(TwoGroups, 35, test, rule, intercept, slope, slope);

    private static void Agrees(double[] moderator, long count, PoolingTest test, TwoSidedRule rule, double intercept, double slope, double moderators)
    {
        var permuted = Bcg.Regress(moderator, new PoolingOptions { Test = test }).Permute(new PermutationOptions { TwoSided = rule });
        permuted.Arrangements.ShouldBe(count);
        permuted.Coefficients[0].PValue.ShouldBe(intercept, 1e-14);
        permuted.Coefficients[1].PValue.ShouldBe(slope, 1e-14);
        permuted.ModeratorsPValue!.Value.ShouldBe(moderators, 1e-14);
    }

    [CostlyFact]
    public void Random_arrangements_come_near_the_exact_share_and_never_give_0()
    {
        var result = Bcg.Regress(Bcg.Latitude[..7]);
        var drawn = result.Permute(new PermutationOptions { ExactLimit = 0, Draws = 4999 });
        drawn.IsExact.ShouldBeFalse();
        drawn.Arrangements.ShouldBe(5000);
        drawn.Seed.ShouldBe(1UL);
        drawn.Coefficients[1].PValue.ShouldBe(0.200396825396825, 5 * Math.Sqrt(.2 * .8 / 5000));

        var clear = MetaAnalysis.Pool(Enumerable.Range(0, 40).Select(i => 5.0 + i % 3).ToArray(), Enumerable.Repeat(1.0, 40).ToArray());
        clear.Permute(new PermutationOptions { Draws = 99 }).Coefficients[0].PValue.ShouldBe(.01, 1e-15);
    }

    [CostlyFact]
    public void The_seed_and_not_the_number_of_threads_decides()
    {
        var result = Bcg.Regress(Bcg.Latitude);
        var one = result.Permute(new PermutationOptions { Draws = 700, Threads = 1 });
        var many = result.Permute(new PermutationOptions { Draws = 700, Threads = 5 });
        many.Coefficients.ShouldBe(one.Coefficients);
        many.ModeratorsPValue.ShouldBe(one.ModeratorsPValue);
        result.Permute(new PermutationOptions { Draws = 700, Seed = 2 }).Coefficients.ShouldNotBe(one.Coefficients);
    }

    [CostlyFact]
    public void Its_interval_ends_where_the_one_sided_test_begins_to_reject()
    {
        var options = new PermutationOptions { Intervals = true };
        var result = MetaAnalysis.Pool(NormandY, NormandV);
        var interval = result.Permute(options).Coefficients[0].Interval!.Value;
        interval.Contains(result.Estimate).ShouldBeTrue();
        foreach (var (bound, step) in new[] { (interval.Lower, -1), (interval.Upper, 1) })
        {
            // Moved inside by a thousandth of the width the value is acceptable, moved outside it is not.
            var small = step * 1e-3 * (interval.Upper - interval.Lower);
            Share(bound - small).ShouldBeGreaterThan(.025);
            Share(bound + small).ShouldBeLessThanOrEqualTo(.025);
        }

        double Share(double value) =>
            MetaAnalysis.Pool(Array.ConvertAll(NormandY, y => y - value), NormandV).Permute(new PermutationOptions { TwoSided = TwoSidedRule.DoubledTail }).Coefficients[0].PValue / 2;
    }

    [CostlyFact]
    public void Too_few_arrangements_exclude_no_value()
    {
        var interval = Bcg.Pool(studies: 5).Permute(new PermutationOptions { Intervals = true }).Coefficients[0].Interval!.Value;
        interval.Lower.ShouldBe(double.NegativeInfinity);
        interval.Upper.ShouldBe(double.PositiveInfinity);
    }

    [CostlyFact]
    public void Bad_options_and_a_single_study_are_refused()
    {
        Should.Throw<ArgumentException>(() => Bcg.Pool().Permute(new PermutationOptions { Draws = 0 })).Message.ShouldContain("at least 1 draw");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).Permute());
        Should.Throw<ArgumentException>(() => Bcg.Pool(new PoolingOptions { Weighted = false }).Permute()).Message.ShouldContain("inverse-variance");
        Should.Throw<ArgumentException>(() => Bcg.Pool(new PoolingOptions { Test = PoolingTest.KenwardRoger }).Bootstrap()).Message.ShouldContain("z, t, knha");
    }
}
