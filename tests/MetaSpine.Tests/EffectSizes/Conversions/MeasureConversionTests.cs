namespace MetaSpine.Tests;

public sealed class MeasureConversionTests
{
    [EveryCultureFact]
    public void A_log_odds_ratio_is_1_81_times_a_standardized_difference()
    {
        // Borenstein et al. 2009, chapter 7: ln OR 0.9069, variance 0.0676 is d 0.5000, variance 0.0205.
        var d = OddsRatios.ToStandardizedMeanDifference(0.9069, Math.Sqrt(0.0676));
        d.Estimate.ShouldBe(0.5, 5e-5);
        d.Variance.ShouldBe(0.0205, 5e-5);
        OddsRatios.ToStandardizedMeanDifference(3.3, 1, OddsRatioScale.Cox).Estimate.ShouldBe(2, 1e-15);
        foreach (var scale in Enum.GetValues<OddsRatioScale>())
        {
            var back = OddsRatios.FromStandardizedMeanDifference(d.Estimate, d.StandardError, scale);
            OddsRatios.ToStandardizedMeanDifference(back.Estimate, back.StandardError, scale).Estimate.ShouldBe(d.Estimate, 1e-15);
        }
    }

    [EveryCultureFact]
    public void A_standardized_difference_is_a_correlation_and_back()
    {
        // Borenstein et al. 2009, chapter 7: d 0.5, variance 0.0205, n 100 and 100 is r 0.2425, variance 0.0043; r 0.5, variance 0.0058 is d 1.1547, variance 0.0550.
        var r = StandardizedMeanDifferences.ToCorrelation(0.5, Math.Sqrt(0.0205), 100, 100);
        r.Estimate.ShouldBe(0.2425, 5e-5);
        r.Variance.ShouldBe(0.0043, 5e-5);
        var d = StandardizedMeanDifferences.FromCorrelation(0.5, Math.Sqrt(0.0058));
        d.Estimate.ShouldBe(1.1547, 5e-5);
        d.Variance.ShouldBe(0.0550, 5e-5);

        foreach (var (n1, n2) in ((double, double)[])[(1, 1), (30, 70), (1e6, 5)])
        {
            var there = StandardizedMeanDifferences.ToCorrelation(-1.3, 0.2, n1, n2);
            var back = StandardizedMeanDifferences.FromCorrelation(there.Estimate, there.StandardError, n1, n2);
            back.Estimate.ShouldBe(-1.3, 1e-12);
            back.StandardError.ShouldBe(0.2, 1e-12);
        }
    }

    [EveryCultureFact]
    public void An_odds_ratio_needs_a_base_risk_to_be_a_risk_ratio()
    {
        // Odds of 0.2 / 0.8, halved: 1 / 9 = a risk of 0.1111.
        var rr = OddsRatios.ToRiskRatio(0.5, 0.2, new Interval(0.25, 1, 0.95));
        rr.Value.ShouldBe(1 / 9.0 / 0.2 * 1, 1e-15);
        rr.Interval!.Value.Upper.ShouldBe(1, 1e-15);
        rr.Interval.Value.Lower.ShouldBe(0.25 * 0.2 / (0.8 + 0.05) / 0.2, 1e-15);
        rr.Assumptions.Single().ShouldContain("base risk 0.2");
        OddsRatios.FromRiskRatio(rr.Value, 0.2).Value.ShouldBe(0.5, 1e-14);

        var rd = OddsRatios.ToRiskDifference(0.5, 0.2, new Interval(0.25, 1, 0.95));
        rd.Value.ShouldBe(1 / 9.0 - 0.2, 1e-15);
        rd.Interval!.Value.Upper.ShouldBe(0);
    }

    [EveryCultureFact]
    public void The_number_needed_to_treat_is_the_inverse_of_the_risk_difference()
    {
        var benefit = OddsRatios.ToNumberNeededToTreat(0.5, 0.2, new Interval(0.25, 0.9, 0.95));
        benefit.Value.ShouldBe(1 / (0.2 - 1 / 9.0), 1e-13);
        benefit.Interval!.Value.Contains(benefit.Value).ShouldBeTrue();
        benefit.Interval.Value.Lower.ShouldBeLessThan(benefit.Interval.Value.Upper);
        OddsRatios.ToNumberNeededToTreat(2, 0.2).Value.ShouldBe(-1 / (0.5 / 1.5 - 0.2), 1e-13);

        var either = OddsRatios.ToNumberNeededToTreat(0.8, 0.3, new Interval(0.5, 1.5, 0.95));
        either.Interval.ShouldBeNull();
        either.Warnings.Single().ShouldContain("from 8.1 (one event less) through infinity to 11 (one event more)");
        OddsRatios.ToNumberNeededToTreat(1, 0.2).Value.ShouldBe(double.PositiveInfinity);
    }

    [EveryCultureFact]
    public void A_control_group_is_shared_and_groups_are_put_together()
    {
        var all = GroupSummaries.Combine(new GroupSummary(10, 5, 2), new GroupSummary(20, 8, 3), new GroupSummary(5, 1, 1));
        all.N.ShouldBe(35);
        all.Mean.ShouldBe((50 + 160 + 5) / 35.0, 1e-14);

        // The formula of the Cochrane Handbook for two groups, used twice.
        (double n, double m, double sd) = Handbook(Handbook((10, 5, 2), (20, 8, 3)), (5, 1, 1));
        all.Mean.ShouldBe(m, 1e-13);
        all.Sd.ShouldBe(sd, 1e-13);
        n.ShouldBe(35);

        var share = GroupSummaries.ShareControl(new GroupSummary(35, all.Mean, all.Sd), 2);
        (share.N, share.Mean, share.Sd).ShouldBe((17.5, all.Mean, all.Sd));
        var counts = GroupSummaries.ShareControl(7, 35, 2);
        (counts.Events, counts.Total).ShouldBe((3.5, 17.5));

        static (double, double, double) Handbook((double N, double M, double Sd) a, (double N, double M, double Sd) b)
        {
            var squares = (a.N - 1) * a.Sd * a.Sd + (b.N - 1) * b.Sd * b.Sd + a.N * b.N / (a.N + b.N) * (a.M * a.M + b.M * b.M - 2 * a.M * b.M);
            return (a.N + b.N, (a.N * a.M + b.N * b.M) / (a.N + b.N), Math.Sqrt(squares / (a.N + b.N - 1)));
        }
    }

    [Fact]
    public void Combined_groups_have_the_mean_and_SD_of_all_their_participants()
    {
        // Far from 0, where sums of squares have no digits left for the spread.
        double[] values = [1e9 + 1, 1e9 + 2, 1e9 + 4, 1e9 + 7, 1e9 + 1.5, 1e9 + 9, 1e9 + 3];
        var combined = GroupSummaries.Combine(Summary(values[..3]), Summary(values[3..5]), Summary(values[5..]));
        var all = Summary(values);
        combined.Mean.ShouldBe(all.Mean, 1e-6);
        combined.Sd.ShouldBe(all.Sd, 1e-6);

        static GroupSummary Summary(double[] x)
        {
            var mean = 1e9 + x.Sum(v => v - 1e9) / x.Length;
            return new(x.Length, mean, Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1)));
        }
    }

    [EveryCultureTheory]
    [InlineData(4, 5, 0.5)]
    [InlineData(4, 5, -1)]
    [InlineData(4, 5, 1)]
    [InlineData(1e-3, 1e3, 0.9)]
    public void A_correlation_gives_the_SD_of_changes_and_back(double before, double after, double correlation)
    {
        var change = ChangeScores.Sd(before, after, correlation);
        change.Value.ShouldBe(Math.Sqrt(before * before + after * after - 2 * correlation * before * after), 1e-12 * after);

        // The smaller SD is a millionth of the larger: six digits of the correlation are lost in the SD of the changes.
        ChangeScores.Correlation(before, after, change.Value).Value.ShouldBe(correlation, after > 1e5 * before ? 1e-8 : 1e-13);
    }

    [EveryCultureFact]
    public void Precision_gives_the_SD()
    {
        // Cochrane Handbook, 6.5.2.2: n 25, 95% interval 30.0 to 34.2 with t 2.0639.
        StandardDeviations.FromInterval(30.0, 34.2, 25).Value.ShouldBe(Math.Sqrt(25) * 4.2 / (2 * 2.063898561628), 1e-11);
        StandardDeviations.FromStandardError(1.5, 16).Value.ShouldBe(6);

        // Handbook 6.5.2.3: difference 3.8, n 25 and 22, p 0.008 by t with 45 degrees of freedom (2.78): SE 1.37, SD 4.69.
        var sd = StandardDeviations.FromDifferencePValue(3.8, 0.008, 25, 22);
        sd.Value.ShouldBe(4.69, 0.02);
        sd.Assumptions.Count.ShouldBe(2);
        var se = sd.Value * Math.Sqrt(1 / 25.0 + 1 / 22.0);
        StandardDeviations.FromDifference(se, 25, 22).Value.ShouldBe(sd.Value, 1e-13);
        var margin = se * StudentT.UpperQuantile(.025, 45);
        StandardDeviations.FromDifferenceInterval(3.8 - margin, 3.8 + margin, 25, 22).Value.ShouldBe(sd.Value, 1e-12);
    }

    [EveryCultureFact]
    public void Impossible_numbers_are_named()
    {
        Fault(() => OddsRatios.ToStandardizedMeanDifference(1, 0)).ShouldContain("standard error must be above 0 and finite, but is 0");
        Fault(() => OddsRatios.FromStandardizedMeanDifference(double.NaN, 1)).ShouldContain("NaN");
        Fault(() => OddsRatios.ToRiskRatio(2, 1)).ShouldContain("base risk must lie between 0 and 1");
        Fault(() => OddsRatios.ToRiskRatio(0, 0.1)).ShouldContain("ratio must be above 0");
        Fault(() => OddsRatios.ToRiskDifference(2, 0.1, new Interval(3, 1, 0.95))).ShouldContain("3 and 1");
        Fault(() => OddsRatios.FromRiskRatio(6, 0.2)).ShouldContain("would make a risk of 1.2");
        Fault(() => OddsRatios.FromRiskRatio(2, 0.2, new Interval(1, 5, 0.95))).ShouldContain("risk ratio of 5");
        Fault(() => StandardizedMeanDifferences.ToCorrelation(1, 1, 0, 1)).ShouldContain("first group");
        Fault(() => StandardizedMeanDifferences.FromCorrelation(-1, 1)).ShouldContain("no finite");
        Fault(() => StandardizedMeanDifferences.FromCorrelation(1.1, 1)).ShouldContain("between -1 and 1, but is 1.1");
        Fault(() => GroupSummaries.Combine(new GroupSummary(1, 1, 1))).ShouldContain("at least two groups, but 1 is given");
        Fault(() => GroupSummaries.Combine(new GroupSummary(1, 1, -1), new GroupSummary(1, 1, 1))).ShouldContain("at least 0 and finite, but is -1");
        Fault(() => GroupSummaries.Combine(new GroupSummary(5, 1, 0), new GroupSummary(5, 1, 0))).ShouldContain("no spread");
        Fault(() => GroupSummaries.ShareControl(new GroupSummary(1, 1, 1), 2)).ShouldContain("participants to share must be at least 2");
        Fault(() => GroupSummaries.ShareControl(5, 4, 2)).ShouldContain("5 of 4");
        Fault(() => GroupSummaries.ShareControl(1, 4, 1)).ShouldContain("number of comparisons must be at least 2");
        Fault(() => ChangeScores.Sd(1, 1, 1)).ShouldContain("no spread");
        Fault(() => ChangeScores.Sd(1, 1, -1.5)).ShouldContain("but is -1.5");
        Fault(() => ChangeScores.Correlation(4, 5, 0.5)).ShouldContain("between 1 and 9, but is 0.5; is it a standard error?");
        ChangeScores.Correlation(4, 5, 8).Warnings.Single().ShouldContain("negative");
        Fault(() => StandardDeviations.FromStandardError(1, 1)).ShouldContain("at least 2");
        Fault(() => StandardDeviations.FromDifferencePValue(0, 0.5, 5, 5)).ShouldContain("no effect");
    }

    [EveryCultureFact]
    public void Texts_are_the_same_everywhere()
    {
        HazardRatios.FromInterval(0.72, 0.56, 0.92).ToString().ShouldBe("-0.328504 (SE 0.126644)");
        OddsRatios.ToStandardizedMeanDifference(1.5, 0.25).ToString().ShouldBe("0.826993 (SE 0.137832)");
        OddsRatios.ToRiskRatio(0.5, 0.2, new Interval(0.25, 1, 0.95)).ToString().ShouldBe("0.555556 [0.294118; 1]");
        GroupSummaries.ShareControl(new GroupSummary(35, 1.5, 2.5), 2).ToString().ShouldBe("mean 1.5, SD 2.5, n 17.5");
        GroupSummaries.ShareControl(7, 35, 2).ToString().ShouldBe("3.5 of 17.5");
        FiveNumbers.FromRange(1.5, 2, 3, 10).ToString().ShouldBe("1.5, 2, 3 (n 10)");
    }

    private static string Fault(Action action) => Should.Throw<ArgumentException>(action).Message;
}
