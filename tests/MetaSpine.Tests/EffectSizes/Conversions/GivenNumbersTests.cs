namespace MetaSpine.Tests;

/// <summary>Each number that a conversion is given: what cannot be is refused by the name of the argument, and never becomes a result.</summary>
public sealed class GivenNumbersTests
{
    private const FirstGroup Higher = FirstGroup.Higher;

    /// <summary>
    /// The conversions with numbers that they take. A kind for each number: any (a), above 0 (+), from 0 (0), at least 2 (2), a correlation (r), a p-value (p),
    /// a level or a risk (l). Where two numbers contradict each other, either may be named.
    /// </summary>
    private static readonly (string Name, string Arguments, string Kinds, double[] Numbers, Func<double[], object> Call)[] Conversions =
    [
        ("ChangeScores.Sd", "sdBaseline sdFinal correlation", "++r", [4, 5, .5], x => ChangeScores.Sd(x[0], x[1], x[2])),
        ("ChangeScores.Correlation", "sdBaseline sdFinal sdChange", "+++", [4, 5, 3], x => ChangeScores.Correlation(x[0], x[1], x[2])),
        ("GroupSummaries.Combine", "groups groups groups", "+a0", [9, 1, 2], x => GroupSummaries.Combine(new GroupSummary(x[0], x[1], x[2]), new GroupSummary(8, 2, 1))),
        ("GroupSummaries.ShareControl, means", "total control control", "2a+", [9, 1, 2], x => GroupSummaries.ShareControl(new GroupSummary(x[0], x[1], x[2]), 2)),
        ("GroupSummaries.ShareControl, counts", "events total|events", "02", [3, 9], x => GroupSummaries.ShareControl(x[0], x[1], 2)),
        ("HazardRatios.FromInterval", "hazardRatio lower upper|lower level", "+++l", [.7, .5, .98, .95], x => HazardRatios.FromInterval(x[0], x[1], x[2], x[3])),
        ("HazardRatios.FromPValue", "hazardRatio p", "+p", [.7, .04], x => HazardRatios.FromPValue(x[0], x[1])),
        ("HazardRatios.FromLogRank", "observedMinusExpected variance", "a+", [-3, 10], x => HazardRatios.FromLogRank(x[0], x[1])),
        ("HazardRatios.FromObservedAndExpected", "observed1 expected1 observed2 expected2", "++++", [9, 12, 15, 12], x => HazardRatios.FromObservedAndExpected(x[0], x[1], x[2], x[3])),
        ("HazardRatios.FromEventsAndPValue", "events1 events2 p", "++p", [9, 12, .04], x => HazardRatios.FromEventsAndPValue(x[0], x[1], x[2], Higher)),
        ("HazardRatios.FromTotalEventsAndPValue", "totalEvents p allocationRatio", "+p+", [9, .04, 1], x => HazardRatios.FromTotalEventsAndPValue(x[0], x[1], Higher, x[2])),
        ("OddsRatios.ToStandardizedMeanDifference", "logOddsRatio standardError", "a+", [.5, .2], x => OddsRatios.ToStandardizedMeanDifference(x[0], x[1])),
        ("OddsRatios.FromStandardizedMeanDifference", "difference standardError", "a+", [.5, .2], x => OddsRatios.FromStandardizedMeanDifference(x[0], x[1])),
        ("OddsRatios.ToRiskRatio", "oddsRatio baseRisk", "+l", [.5, .2], x => OddsRatios.ToRiskRatio(x[0], x[1])),
        ("OddsRatios.ToRiskDifference", "oddsRatio baseRisk", "+l", [.5, .2], x => OddsRatios.ToRiskDifference(x[0], x[1])),
        ("OddsRatios.ToNumberNeededToTreat", "oddsRatio baseRisk", "+l", [.5, .2], x => OddsRatios.ToNumberNeededToTreat(x[0], x[1])),
        ("OddsRatios.FromRiskRatio", "riskRatio baseRisk|riskRatio", "+l", [.5, .2], x => OddsRatios.FromRiskRatio(x[0], x[1])),
        ("PooledMedians.MedianOfMedians", "medians weights level", "a+l", [3, 1, .9], x => PooledMedians.MedianOfMedians([1, x[0]], [1, x[1]], x[2])),
        ("StandardDeviations.FromStandardError", "standardError n", "+2", [.5, 9], x => StandardDeviations.FromStandardError(x[0], x[1])),
        ("StandardDeviations.FromInterval", "lower upper|lower n level", "aa2l", [1, 3, 9, .95], x => StandardDeviations.FromInterval(x[0], x[1], x[2], x[3])),
        ("StandardDeviations.FromDifference", "standardError n1 n2", "+22", [.5, 9, 8], x => StandardDeviations.FromDifference(x[0], x[1], x[2])),
        ("StandardDeviations.FromDifferenceInterval", "lower upper|lower n1 n2 level", "aa22l", [1, 3, 9, 8, .95], x => StandardDeviations.FromDifferenceInterval(x[0], x[1], x[2], x[3], x[4])),
        ("StandardDeviations.FromDifferencePValue", "difference p n1 n2", "ap22", [1, .3, 9, 8], x => StandardDeviations.FromDifferencePValue(x[0], x[1], x[2], x[3])),
        ("StandardErrors.FromInterval", "estimate lower upper|lower level", "aaal", [2, 1, 3, .95], x => StandardErrors.FromInterval(x[0], x[1], x[2], x[3])),
        ("StandardErrors.FromBound", "estimate bound level", "aal", [2, 1, .95], x => StandardErrors.FromBound(x[0], x[1], x[2])),
        ("StandardErrors.FromPValue", "estimate p", "ap", [2, .03], x => StandardErrors.FromPValue(x[0], x[1])),
        ("StandardizedMeanDifferences.ToCorrelation", "difference standardError n1 n2", "a+++", [.5, .2, 9, 8], x => StandardizedMeanDifferences.ToCorrelation(x[0], x[1], x[2], x[3])),
        ("StandardizedMeanDifferences.FromCorrelation", "correlation standardError n1 n2", "r+++", [.5, .2, 9, 8], x => StandardizedMeanDifferences.FromCorrelation(x[0], x[1], x[2], x[3])),
    ];

    public static TheoryData<string> Names => [.. Conversions.Select(conversion => conversion.Name)];

    [EveryCultureTheory]
    [MemberData(nameof(Names))]
    public void What_cannot_be_is_refused_by_the_name_of_its_argument(string name)
    {
        var (_, arguments, kinds, numbers, call) = Conversions.Single(conversion => conversion.Name == name);
        call(numbers);
        for (var i = 0; i < kinds.Length; i++)
        {
            double[] beyond = kinds[i] switch
            {
                '+' => [0, -1],
                '0' => [-.1],
                '2' => [1.9, -3],
                'r' => [-1.01, 1.01],
                'p' => [0, -.1, 1.01],
                'l' => [0, 1, -.1, 1.1],
                _ => [],
            };
            foreach (var wrong in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, .. beyond])
            {
                var given = (double[])numbers.Clone();
                given[i] = wrong;
                var fault = Should.Throw<ArgumentException>(() => call(given), $"{wrong} in place {i}");
                arguments.Split(' ')[i].Split('|').ShouldContain(fault.ParamName, fault.Message);
            }
        }
    }

    /// <summary>Numbers computed from a correlation of 1 or -1 may leave the bounds in their last digit.</summary>
    [EveryCultureFact]
    public void A_spread_of_changes_at_its_bounds_is_a_correlation_of_one()
    {
        ChangeScores.Correlation(4, 5, 1).Value.ShouldBe(1);
        ChangeScores.Correlation(4, 5, 9).Value.ShouldBe(-1);
        ChangeScores.Correlation(4, 5, 1 - 1e-13).Value.ShouldBe(1);
        ChangeScores.Correlation(4, 5, 9 * (1 + 1e-13)).Value.ShouldBe(-1);
        Should.Throw<ArgumentException>(() => ChangeScores.Correlation(4, 5, 1 - 1e-11));
        Should.Throw<ArgumentException>(() => ChangeScores.Correlation(4, 5, 9 * (1 + 1e-11)));
        ChangeScores.Correlation(3, 4, 5).Warnings.ShouldBeEmpty();
        ChangeScores.Correlation(3, 4, 5).Value.ShouldBe(0);
        ChangeScores.Correlation(3, 4, 5.1).Warnings.ShouldBe(["The correlation is negative (-0.042), which is rare: check that the three are standard deviations."]);
    }

    [EveryCultureFact]
    public void A_group_of_nothing_but_events_is_shared_out() => GroupSummaries.ShareControl(4, 4, 2).ToString().ShouldBe("2 of 2");

    [EveryCultureFact]
    public void Between_two_medians_that_halve_the_weights_lies_the_median()
    {
        var alike = PooledMedians.MedianOfMedians([1, 4]);
        alike.Value.ShouldBe(2.5);
        alike.Interval.ShouldBeNull();
        alike.Assumptions.Single().ShouldStartWith("median of the studies' medians; each study counts alike, whatever its precision");
        var weighted = PooledMedians.MedianOfMedians([1, 4, 9], [1, 2, 3]);
        weighted.Value.ShouldBe(6.5);
        weighted.Interval.ShouldBeNull();
        weighted.Warnings.ShouldBeEmpty();
        PooledMedians.MedianOfMedians([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 1, 1, 1, 1, 1, 1, 2]).Interval.ShouldBeNull();
        weighted.Assumptions.Single().ShouldStartWith("weighted median of the studies' medians; each study counts by its weight, whatever its precision");
        Should.Throw<ArgumentNullException>(() => PooledMedians.MedianOfMedians(null!)).ParamName.ShouldBe("medians");
        Should.Throw<ArgumentNullException>(() => PooledMedians.Difference(null!, FiveNumbers.FromRange(1, 2, 3, 9))).ParamName.ShouldBe("first");
        Should.Throw<ArgumentNullException>(() => PooledMedians.Difference(FiveNumbers.FromRange(1, 2, 3, 9), null!)).ParamName.ShouldBe("second");

        // One study in 2 lies on the one side by chance: at a level of 50% the interval of two studies is as wide as they are.
        PooledMedians.MedianOfMedians([1, 4], level: .5).Interval.ShouldBe(new Interval(1, 4, .5));
    }
}
