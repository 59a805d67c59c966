namespace MetaSpine.Tests.Studies;

/// <summary>Estimates on and just beside the middle of their intervals, and p-values beside those of the intervals.</summary>
public sealed class IntervalCheckTests
{
    private const IntervalScale Difference = IntervalScale.Arithmetic, Ratio = IntervalScale.Geometric, Correlation = IntervalScale.FisherZ;

    private const string One = "1.000000000000000000000000";

    // "1.0 to 4.0" has its middle from (0.95 + 3.95) / 2 = 2.45 to 2.55, which are the ends of "2.4" and "2.6".
    [EveryCultureTheory]
    [InlineData("2.3", "1.0", "4.0", Difference, false)]
    [InlineData("2.4", "1.0", "4.0", Difference, true)]
    [InlineData("2.6", "1.0", "4.0", Difference, true)]
    [InlineData("2.7", "1.0", "4.0", Difference, false)]
    [InlineData("-2.6", "-4.0", "-1.0", Difference, true)]
    [InlineData("-2.7", "-4.0", "-1.0", Difference, false)]
    [InlineData("0.0000003", "0.0000001", "0.0000004", Difference, true)]
    [InlineData("0.0000005", "0.0000001", "0.0000004", Difference, false)]
    // sqrt(0.05 * 4.05) = 0.45 is the most that "0.0 to 4.0" allows.
    [InlineData("0.0", "0.0", "4.0", Ratio, true)]
    [InlineData("0.5", "0.0", "4.0", Ratio, true)]
    [InlineData("0.6", "0.0", "4.0", Ratio, false)]
    public void A_middle_is_as_wide_as_its_rounding(string estimate, string low, string high, IntervalScale scale, bool agrees) =>
        IntervalCheck.Symmetry(estimate, low, high, scale).Agrees.ShouldBe(agrees);

    // R: sqrt(1.225 * 10.495), sqrt(1.235 * 10.505) = 3.5856, 3.6019; tanh((atanh(.305) + atanh(.685)) / 2), ... = 0.5203, 0.5257, 0.5312.
    [EveryCultureTheory]
    [InlineData("2.4", "1.0", "4.0", Difference, "2.50", "2.45 to 2.55", "the middle of 1.0 to 4.0 is 2.50, as 2.4 should be")]
    [InlineData("3.59", "1.23", "10.50", Ratio, "3.594", "3.586 to 3.602", "the geometric middle of 1.23 to 10.50 is 3.594, as 3.59 should be")]
    [InlineData("0.50", "0.31", "0.69", Correlation, "0.526", "0.520 to 0.531", "the middle on Fisher's z of the interval 0.31 to 0.69 is 0.526, but the estimate is 0.50")]
    [InlineData("2", "-1", "4", Ratio, null, null, "2 (-1 to 4) is no ratio with its interval: ratios are not negative")]
    [InlineData("-2", "1", "4", Ratio, null, null, "-2 (1 to 4) is no ratio with its interval: ratios are not negative")]
    [InlineData("0.9", "0.8", "1.1", Correlation, null, null, "0.9 (0.8 to 1.1) is no correlation with its interval: correlations lie from -1 to 1")]
    public void A_sentence_says_where_the_middle_is(string estimate, string low, string high, IntervalScale scale, string? middle, string? range, string sentence)
    {
        var check = IntervalCheck.Symmetry(estimate, low, high, scale);
        (check.Computed, check.Admissible, check.Sentence).ShouldBe((middle, range, sentence));
        (check.Rule, check.Severity).ShouldBe((IntegrityRules.Interval, IntegritySeverity.Warning));
    }

    // R: 2 * pnorm(-2 * qnorm(.975) * log(estimate) / log(high / low)) at the ends of the rounding.
    [EveryCultureTheory]
    [InlineData("3.59", "1.23", "10.50", "0.019", Ratio, null, "3.59 (1.23 to 10.50), p = 0.019 agree: the interval gives p = 0.0191 to 0.0199")]
    [InlineData("3.59", "1.23", "10.50", "0.19", Ratio, IntegritySeverity.Warning,
        "the interval 1.23 to 10.50 around 3.59 gives p = 0.0191 to 0.0199, but the report prints p = 0.19; only one of the two is significant at 0.05")]
    [InlineData("3.59", "1.23", "10.50", "0.004", Ratio, IntegritySeverity.Note,
        "the interval 1.23 to 10.50 around 3.59 gives p = 0.0191 to 0.0199, but the report prints p = 0.004; perhaps they are of different tests")]
    // A limit that is printed as 1 may lie on either side of it: nothing is decided.
    [InlineData("2.0", "1.0", "4.0", "0.001", Ratio, IntegritySeverity.Note,
        "the interval 1.0 to 4.0 around 2.0 gives p = 0.0337 to 0.071, but the report prints p = 0.001; perhaps they are of different tests")]
    [InlineData("0.50", "0.25", "1.00", "0.9", Ratio, IntegritySeverity.Note, "*; perhaps they are of different tests")]
    [InlineData("-2.50", "-4.00", "-1.00", "0.9", Difference, IntegritySeverity.Warning, "*; only one of the two is significant at 0.05")]
    [InlineData("1.00", "-1.00", "3.00", "<0.001", Difference, IntegritySeverity.Warning, "*; only one of the two is significant at 0.05")]
    // The estimate may be 0, so p may be 1; without width in its digits the interval may be ever so narrow, so p may be 0.
    [InlineData("0.0", "-1.0", "1.0", "1.00", Difference, null, "*the interval gives p = 0.918 to 1")]
    [InlineData("0.2", "0.2", "0.2", "<0.001", Difference, null, "*the interval gives p = 0 to 4.11e-9")]
    // More digits than a double tells from 1 leave everything open.
    [InlineData(One, One, One, "0.5", Correlation, null, "*the interval gives p = 0 to 1")]
    [InlineData(One, "0.5", One, "0.5", Correlation, null, "*the interval gives p = 0 to 1")]
    [InlineData("2", "-1", "4", "0.5", Ratio, IntegritySeverity.Warning, "2 (-1 to 4) is no ratio with its interval: ratios are not negative")]
    public void A_p_value_agrees_or_is_of_another_test_or_contradicts(
        string estimate, string low, string high, string p, IntervalScale scale, IntegritySeverity? severity, string sentence)
    {
        var check = IntervalCheck.PValue(estimate, low, high, p, scale);
        FaultAssertions.Matches(check.Sentence + "|", sentence + "|").ShouldBeTrue(check.Sentence);
        (check.Agrees, check.Rule).ShouldBe((severity is null, IntegrityRules.IntervalP));
        if (severity is { } expected)
            check.Severity.ShouldBe(expected);
    }

    // R: 2 * pnorm(-2 * qnorm(.95) * 2.495 / (4.005 - .995)) and the other ends: 0.0058 to 0.0064 for an interval of 90%.
    [EveryCultureFact]
    public void The_level_of_the_interval_counts()
    {
        IntervalCheck.PValue("2.50", "1.00", "4.00", "0.006", Difference, 0.90).Admissible.ShouldBe("0.00585 to 0.00639");
        IntervalCheck.PValue("2.50", "1.00", "4.00", "0.2", Difference, 0.90).Sentence.ShouldEndWith("; only one of the two is significant at 0.1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void A_level_lies_between_0_and_1(double level) =>
        Should.Throw<ArgumentOutOfRangeException>(() => IntervalCheck.PValue("2.50", "1.00", "4.00", "0.006", Difference, level)).ParamName.ShouldBe("level");
}
