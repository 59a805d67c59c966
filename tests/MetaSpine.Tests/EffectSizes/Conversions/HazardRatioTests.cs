namespace MetaSpine.Tests;

/// <summary>
/// The example of all tests: the two arms of a trial of radiotherapy, reconstructed from published curves by IPDfromKM 0.1.10 and
/// analysed with survival 3.5.3 (coxph, survdiff): 134 events of 213 controls, 110 of 211 treated.
/// </summary>
public sealed class HazardRatioTests
{
    private const double LogHr = -0.332763793867319;
    private const double Se = 0.12873930990875;
    private const double LogRankChiSquared = 6.74832802452129;

    [EveryCultureFact]
    public void An_interval_gives_the_estimate_of_the_Cox_model_back()
    {
        var result = HazardRatios.FromInterval(0.716939519668357, 0.557056724633327, 0.922710833803554);

        // The reference is printed to 15 digits, of which the subtraction of logarithms leaves 14.
        result.Estimate.ShouldBe(LogHr, 1e-13);
        result.StandardError.ShouldBe(Se, 1e-13);
        result.Warnings.ShouldBeEmpty();
        result.Assumptions.Single().ShouldContain("10.1186/1745-6215-8-16");
    }

    [EveryCultureFact]
    public void The_ways_agree_with_each_other_as_the_log_rank_test_agrees_with_the_Cox_model()
    {
        var p = ChiSquared.Upper(LogRankChiSquared, 1);
        ConvertedEstimate[] ways =
        [
            HazardRatios.FromPValue(Math.Exp(LogHr), p),
            HazardRatios.FromEventsAndPValue(110, 134, p, FirstGroup.Lower),
            HazardRatios.FromTotalEventsAndPValue(244, p, FirstGroup.Lower, 211.0 / 213),
        ];

        // Score and Wald tests of one trial differ in the third digit; V is 60.3 by the Cox model and 60.4 to 61 by the events.
        foreach (var way in ways)
        {
            way.Estimate.ShouldBe(LogHr, 0.003);
            way.StandardError.ShouldBe(Se, 0.001);
        }
    }

    [EveryCultureFact]
    public void An_exact_p_value_of_the_Wald_test_gives_the_error_back() =>
        HazardRatios.FromPValue(Math.Exp(LogHr), NormalDistribution.TwoSided(LogHr / Se)).StandardError.ShouldBe(Se, 1e-13);

    [EveryCultureTheory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Any_level_gives_the_same_error(double level)
    {
        var margin = NormalDistribution.UpperQuantile((1 - level) / 2) * Se;
        var result = HazardRatios.FromInterval(Math.Exp(LogHr), Math.Exp(LogHr - margin), Math.Exp(LogHr + margin), level);
        result.StandardError.ShouldBe(Se, 1e-13);
    }

    [EveryCultureFact]
    public void Log_rank_statistics_give_the_quotient_and_the_inverse_variance()
    {
        var result = HazardRatios.FromLogRank(-20.5, 60.4);
        result.Estimate.ShouldBe(-20.5 / 60.4, 1e-15);
        result.Variance.ShouldBe(1 / 60.4, 1e-15);
    }

    [EveryCultureFact]
    public void Observed_and_expected_events_give_the_ratio_of_ratios()
    {
        var result = HazardRatios.FromObservedAndExpected(30, 38.2, 45, 36.8);
        result.Estimate.ShouldBe(Math.Log(30 / 38.2 / (45 / 36.8)), 1e-14);
        result.Variance.ShouldBe(1 / 38.2 + 1 / 36.8, 1e-14);
        result.Warnings.ShouldBeEmpty();
        HazardRatios.FromObservedAndExpected(30, 38.2, 45, 46.8).Warnings.Single().ShouldContain("75 and 85");
    }

    [EveryCultureFact]
    public void The_direction_gives_the_sign()
    {
        var lower = HazardRatios.FromTotalEventsAndPValue(100, 0.03, FirstGroup.Lower, 2);
        var higher = HazardRatios.FromTotalEventsAndPValue(100, 0.03, FirstGroup.Higher, 2);
        lower.Estimate.ShouldBe(-higher.Estimate);
        lower.Estimate.ShouldBeLessThan(0);
        lower.Variance.ShouldBe(9 / 200.0, 1e-15);
    }

    [EveryCultureFact]
    public void A_report_is_read_by_its_most_direct_numbers()
    {
        var all = new ReportedHazardRatio
        {
            HazardRatio = 0.8, StandardError = 0.1, Lower = 0.6, Upper = 1.0666, P = 0.13, ObservedMinusExpected = -5, LogRankVariance = 30,
            Events1 = 40, Expected1 = 45, Events2 = 50, Expected2 = 45, TotalEvents = 90, Direction = FirstGroup.Lower,
        };
        var report = all;
        HazardRatios.FromReport(report).StandardError.ShouldBe(0.1);
        HazardRatios.FromReport(report = report with { StandardError = null }).ShouldBe(HazardRatios.FromInterval(0.8, 0.6, 1.0666));
        HazardRatios.FromReport(report = report with { Lower = null }).ShouldBe(HazardRatios.FromLogRank(-5, 30));
        HazardRatios.FromReport(report = report with { LogRankVariance = null }).ShouldBe(HazardRatios.FromObservedAndExpected(40, 45, 50, 45));
        HazardRatios.FromReport(report = report with { Expected1 = null }).ShouldBe(HazardRatios.FromPValue(0.8, 0.13));
        HazardRatios.FromReport(report = report with { HazardRatio = null }).ShouldBe(HazardRatios.FromEventsAndPValue(40, 50, 0.13, FirstGroup.Lower));
        HazardRatios.FromReport(report = report with { Events1 = null }).ShouldBe(HazardRatios.FromTotalEventsAndPValue(90, 0.13, FirstGroup.Lower));
        Should.Throw<ArgumentException>(() => HazardRatios.FromReport(report with { Direction = null })).Message.ShouldContain("direction");
    }

    [EveryCultureFact]
    public void A_p_value_that_contradicts_the_interval_is_named() =>
        HazardRatios.FromReport(new() { HazardRatio = 0.8, Lower = 0.6, Upper = 1.0666, P = 0.01 })
            .Warnings.Single().ShouldContain("the interval means z = 1.52, p = 0.01 means 2.576");

    [EveryCultureFact]
    public void A_misprinted_interval_is_remarked_on() =>
        HazardRatios.FromInterval(0.8, 0.6, 1.66).Warnings.Single().ShouldContain("from the middle of its interval");

    [EveryCultureFact]
    public void Impossible_numbers_are_named()
    {
        Fault(() => HazardRatios.FromInterval(0, 0.5, 2)).ShouldContain("The hazard ratio must be above 0 and finite, but is 0.");
        Fault(() => HazardRatios.FromInterval(3, 0.5, 2)).ShouldContain("3 is outside 0.5 to 2");
        Fault(() => HazardRatios.FromInterval(1, 2, 0.5)).ShouldContain("2 and 0.5");
        Fault(() => HazardRatios.FromInterval(1, 0, 2)).ShouldContain("lower bound of a ratio must be above 0");
        Fault(() => HazardRatios.FromInterval(1, 0.5, 2, 95)).ShouldContain("such as 0.95, but is 95");
        Fault(() => HazardRatios.FromPValue(0.5, 0)).ShouldContain("printed as 0 was rounded");
        Fault(() => HazardRatios.FromPValue(1, 0.5)).ShouldContain("no effect");
        Fault(() => HazardRatios.FromPValue(0.5, 1)).ShouldContain("no effect at all");
        Fault(() => HazardRatios.FromPValue(double.NaN, 0.5)).ShouldContain("is NaN");
        Fault(() => HazardRatios.FromLogRank(1, 0)).ShouldContain("variance of O - E");
        Fault(() => HazardRatios.FromObservedAndExpected(0, 1, 1, 1)).ShouldContain("events of the first group");
        Fault(() => HazardRatios.FromEventsAndPValue(1, -1, 0.5, FirstGroup.Lower)).ShouldContain("second group must be above 0 and finite, but is -1");
        Fault(() => HazardRatios.FromTotalEventsAndPValue(10, 0.5, FirstGroup.Lower, 0)).ShouldContain("allocation ratio");
    }

    [EveryCultureFact]
    public void A_result_of_a_study_file_becomes_estimate_and_variance()
    {
        var result = new TimeToEventResult { N = 424, HazardRatio = 0.72m, Ci = new() { Low = 0.56m, High = 0.92m } };
        var read = StudyInputs.Read(Measures.GEN, [result]);
        read.Problem.ShouldBeNull();
        read.Values[0].ShouldBe(Math.Log(0.72), 1e-14);
        read.Values[1].ShouldBe(HazardRatios.FromInterval(0.72, 0.56, 0.92).Variance);
        read.Values[2].ShouldBe(424);
        read.Assumptions.Single().ShouldContain("95% interval");

        StudyInputs.Read(Measures.HR, [result]).Values.ShouldBe(read.Values);
        StudyInputs.Read(Measures.HD, [result]).Problem.ShouldNotBeNull().ShouldContain("another kind");
        StudyInputs.Read(Measures.GEN, [result with { Ci = null }]).Problem.ShouldNotBeNull().ShouldContain("does not suffice");
        var wrong = StudyInputs.Read(Measures.GEN, [result with { HazardRatio = 9 }]).Problem.ShouldNotBeNull();
        wrong.ShouldContain("outside 0.56 to 0.92");
        wrong.ShouldNotContain("Parameter");
    }

    /// <summary>How a study file with no more than events and the log-rank p says which arm fared better.</summary>
    [EveryCultureFact]
    public void Events_with_p_of_a_study_file_need_the_direction()
    {
        var result = new TimeToEventResult { N = 120, Events = 72, P = 0.05m };
        StudyInputs.Read(Measures.HR, [result]).Problem.ShouldNotBeNull().ShouldContain("direction of the effect");
        StudyInputs.Read(Measures.HR, [result with { Direction = FirstGroup.Lower }]).Values[0].ShouldBe(
            HazardRatios.FromTotalEventsAndPValue(72, 0.05, FirstGroup.Lower).Estimate);
        StudyInputs.Read(Measures.HR, [result with { Direction = FirstGroup.Higher }]).Values[0].ShouldBe(1.959963984540054 / Math.Sqrt(72 / 4.0), 1e-14);
    }

    private static string Fault(Action action) => Should.Throw<ArgumentOutOfRangeException>(action).Message;
}
