namespace MetaSpine.Tests;

/// <summary>A result against the smallest effect that matters: the two one-sided tests by their definition, and the shares of settings.</summary>
public sealed class SmallestEffectTests
{
    private static PooledResult Pool(PoolingTest test) => MetaAnalysis.Pool([.02, -.03, .05, .01, .04, -.02], [.004, .006, .003, .005, .004, .01], new PoolingOptions { Test = test });

    /// <summary>Under z by the normal distribution; the interval at 90% lies within the range exactly where the test is below 5%, whatever the margin.</summary>
    [EveryCultureFact]
    public void Equivalence_is_two_one_sided_tests()
    {
        var result = Pool(PoolingTest.Z);
        foreach (var test in new[] { PoolingTest.Z, PoolingTest.KnappHartung })
        {
            var pooled = Pool(test);
            for (var margin = .005; margin < .2; margin += .005)
            {
                var found = pooled.AgainstSmallestEffect(-margin);
                (found.EquivalencePValue < .05).ShouldBe(found.EquivalenceInterval.Lower > -margin && found.EquivalenceInterval.Upper < margin, $"{test} {margin}");
                (found.BeyondPValue < .025).ShouldBe(pooled.Interval.Lower > margin || pooled.Interval.Upper < -margin);
                found.EquivalenceInterval.Level.ShouldBe(.9, 1e-15);
            }
        }

        var equivalent = result.AgainstSmallestEffect(.1);
        equivalent.EquivalencePValue.ShouldBe(MathNet.Numerics.Distributions.Normal.CDF(0, 1, (result.Estimate - .1) / result.StandardError), 1e-12, "the estimate is above 0, so that the upper end is the nearer");
        equivalent.Notes[0].ShouldStartWith("The mean effect is equivalent to none: it lies within -0.100 to 0.100");
        equivalent.Power.ShouldBe(PlannedPower.Of(.1, [.004, .006, .003, .005, .004, .01], result.Tau2), 1e-15);
        result.AgainstSmallestEffect(.001).Notes[0].ShouldStartWith("It is open whether");
    }

    [EveryCultureFact]
    public void The_shares_of_settings_are_those_of_the_predictive_distribution()
    {
        var result = MetaAnalysis.Pool(ReferenceCase.Load("bcg-rr").Effects);
        var found = result.AgainstSmallestEffect(Math.Log(.8));
        found.ShareBeyond.ShouldBe(result.ShareBelow(Math.Log(.8)), "the estimate is below no effect");
        found.ShareOpposite!.Value.ShouldBe(1 - result.ShareBelow(-Math.Log(.8))!.Value, 1e-15);
        found.Notes[0].ShouldStartWith("The mean effect matters: the 95% interval lies beyond 0.80 to 1.25");
        var mirrored = MetaAnalysis.Pool([.9, 1.4, 1.1, .2], [.1, .2, .1, .1]);
        var other = MetaAnalysis.Pool([-.9, -1.4, -1.1, -.2], [.1, .2, .1, .1]).AgainstSmallestEffect(.3);
        mirrored.AgainstSmallestEffect(.3).ShareBeyond!.Value.ShouldBe(other.ShareBeyond!.Value, 1e-12);
        mirrored.AgainstSmallestEffect(.3).BeyondPValue.ShouldBe(other.BeyondPValue, 1e-12);
    }

    [EveryCultureFact]
    public void What_makes_no_sense_is_refused()
    {
        var result = Pool(PoolingTest.Z);
        Should.Throw<ArgumentException>(() => result.AgainstSmallestEffect(0)).Message.ShouldContain("finite distance from no effect");
        Should.Throw<ArgumentException>(() => result.AgainstSmallestEffect(double.NaN));
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool([.1, .2], [.1, .1], new PoolingOptions { Level = .4 }).AgainstSmallestEffect(.1)).Message.ShouldContain("above 0.5");
        MetaAnalysis.Pool([.1, .2], [.1, .1], new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z }).AgainstSmallestEffect(.3).ShareBeyond.ShouldBeNull();
        var proportions = MetaAnalysis.Pool(Measures.PLO.Compute(new EffectData { ["xi"] = [3, 5], ["ni"] = [20, 30] }));
        Should.Throw<ArgumentException>(() => proportions.AgainstSmallestEffect(.3)).Message.ShouldContain("no value of no effect");
    }
}
