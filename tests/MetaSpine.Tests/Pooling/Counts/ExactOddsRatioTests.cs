using MathNet.Numerics;

namespace MetaSpine.Tests;

public sealed class ExactOddsRatioTests
{
    private static readonly int[][] Four = [[3, 40, 5, 60], [0, 25, 2, 24], [4, 60, 1, 55], [12, 80, 6, 90]];

    [EveryCultureFact]
    public void Fisher_interval_is_that_of_R()
    {
        // R 4.2.2, mantelhaen.test(exact = TRUE); its bounds are solved to about four digits.
        var result = ExactOddsRatio.Pool(StratifiedPropertyTests.Data(Four), midP: false);
        result.Estimate.ShouldBe(0.49324863703752, 1e-4);
        result.Interval.Lower.ShouldBe(-0.28674120030982, 1e-4);
        result.Interval.Upper.ShouldBe(1.29653449605401, 1e-4);
        result.Natural.Estimate.ShouldBe(Math.Exp(result.Estimate));
    }

    [EveryCultureFact]
    public void Mid_p_tails_at_the_bounds_are_half_the_error_by_enumeration()
    {
        var result = ExactOddsRatio.Pool(StratifiedPropertyTests.Data(Four));
        MidTail(Four, result.Interval.Lower, upper: true).ShouldBe(0.025, 1e-12);
        MidTail(Four, result.Interval.Upper, upper: false).ShouldBe(0.025, 1e-12);
        result.PValue.ShouldBe(2 * MidTail(Four, 0, upper: true), 1e-12);
        var fisher = ExactOddsRatio.Pool(StratifiedPropertyTests.Data(Four), midP: false);
        fisher.Interval.Lower.ShouldBeLessThan(result.Interval.Lower);
        fisher.Interval.Upper.ShouldBeGreaterThan(result.Interval.Upper);
    }

    [EveryCultureFact]
    public void An_effect_without_a_finite_estimate_has_one_finite_bound()
    {
        int[][] tables = [[3, 20, 0, 20], [1, 30, 0, 31]];
        var result = ExactOddsRatio.Pool(StratifiedPropertyTests.Data(tables), midP: false);
        result.Estimate.ShouldBe(double.PositiveInfinity);
        result.Interval.Lower.ShouldBe(-0.37475734965426, 1e-4);
        result.Interval.Upper.ShouldBe(double.PositiveInfinity);
        var swapped = ExactOddsRatio.Pool(StratifiedPropertyTests.Data(tables, swap: true), midP: false);
        swapped.Estimate.ShouldBe(double.NegativeInfinity);
        swapped.Interval.Upper.ShouldBe(-result.Interval.Lower, 1e-12);
        swapped.PValue.ShouldBe(result.PValue, 1e-13);
        swapped.Natural.Interval.Lower.ShouldBe(0);
    }

    [EveryCultureFact]
    public void A_table_without_events_changes_nothing_and_is_named()
    {
        var result = ExactOddsRatio.Pool(StratifiedPropertyTests.Data([.. Four, [0, 30, 0, 30]]));
        result.Interval.ShouldBe(ExactOddsRatio.Pool(StratifiedPropertyTests.Data(Four)).Interval);
        result.Excluded.Single().Label.ShouldBe("Study 5");
        Should.Throw<PoolingException>(() => ExactOddsRatio.Pool(StratifiedPropertyTests.Data([[0, 30, 0, 30]]))).Message.ShouldContain("No study can be used");
    }

    [EveryCultureFact]
    public void Large_trials_agree_with_the_large_sample_interval()
    {
        var data = new CountCase("mantel-haenszel", "bcg").Data;
        var exact = ExactOddsRatio.Pool(data);
        var mantelHaenszel = MantelHaenszel.Pool(Measures.OR, data);
        exact.Estimate.ShouldBe(CountModels.Fit(Measures.OR, data, new CountModelOptions { Method = PoolingMethod.EE }).Estimate, 1e-10);
        exact.Interval.Lower.ShouldBe(mantelHaenszel.Interval.Lower, 0.01);
        exact.Interval.Upper.ShouldBe(mantelHaenszel.Interval.Upper, 0.01);
    }

    private static double MidTail(int[][] tables, double theta, bool upper)
    {
        var distribution = new Dictionary<int, double> { [0] = 1 };
        foreach (var t in tables)
        {
            var next = new Dictionary<int, double>();
            foreach (var (sum, p) in distribution)
            {
                for (var j = Math.Max(0, t[0] + t[2] - t[3]); j <= Math.Min(t[1], t[0] + t[2]); j++)
                {
                    next[sum + j] = next.GetValueOrDefault(sum + j) + p * SpecialFunctions.Binomial(t[1], j) * SpecialFunctions.Binomial(t[3], t[0] + t[2] - j) * Math.Exp(j * theta);
                }
            }

            distribution = next;
        }

        var observed = tables.Sum(t => t[0]);
        return distribution.Sum(pair => pair.Key == observed ? pair.Value / 2 : pair.Key > observed == upper ? pair.Value : 0) / distribution.Values.Sum();
    }
}
