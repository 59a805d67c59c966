namespace MetaSpine.Tests.Studies;

/// <summary>Comparisons on and just beside the ends of what the counts or means of two arms allow, and what is said of them.</summary>
public sealed class RatioCheckTests
{
    // From 2.5 - 5.05 = -2.55 to 3.5 - 4.95 = -1.45: the ends of "-2.6" and of "-1.4".
    [EveryCultureTheory]
    [InlineData("-2.7", "3", "5.0", false)]
    [InlineData("-2.6", "3", "5.0", true)]
    [InlineData("-1.4", "3", "5.0", true)]
    [InlineData("-1.3", "3", "5.0", false)]
    // Ends that meet do so in large numbers too, where their difference in doubles is off by 3e-11.
    [InlineData("-200000.9", "300000", "500000.3", true)]
    [InlineData("-200001.0", "300000", "500000.3", false)]
    [InlineData("-200001.1", "300000", "500001.7", true)]
    [InlineData("-200001.0", "300000", "500001.7", false)]
    public void A_difference_of_means_is_as_wide_as_their_rounding(string difference, string mean1, string mean2, bool agrees) =>
        RatioCheck.OfMeans(difference, mean1, mean2).Agrees.ShouldBe(agrees);

    // 42 * 22 / (8 * 29) = 3.98; (42 / 50) / (29 / 51) = 1.477; 42 / 50 - 29 / 51 = 0.271.
    [EveryCultureTheory]
    [InlineData("OR", "4.0", 42, 29, null, "4.0", "the odds ratio of 42/50 against 29/51 is 4.0")]
    [InlineData("RR", "1.5", 42, 29, null, "1.5", "the risk ratio of 42/50 against 29/51 is 1.5")]
    [InlineData("RD", "27%", 42, 29, null, "0.27", "the risk difference of 42/50 against 29/51 is 0.27")]
    [InlineData("OR", "6.2", 42, 29, null, "4.0", "the crude odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2; it may be adjusted, or of another table")]
    [InlineData("OR", "6.2", 42, 29, true, "4.0", "the crude odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2, which is adjusted")]
    [InlineData("OR", "6.2", 42, 29, false, "4.0", "the crude odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2")]
    [InlineData("OR", "6.2", 0, 0, false, "undefined", "the odds ratio of 0/50 against 0/51 is undefined")]
    [InlineData("RR", "6.2", 5, 0, false, "infinity", "the crude risk ratio of 5/50 against 0/51 is infinity, but the report prints 6.2")]
    public void A_sentence_says_what_the_counts_give(string measure, string value, long events1, long events2, bool? adjusted, string computed, string sentence)
    {
        var check = RatioCheck.OfCounts(measure, value, events1, 50, events2, 51, adjusted);
        (check.Computed, check.Admissible, check.Sentence).ShouldBe((computed, computed, sentence));
        check.Severity.ShouldBe(adjusted == false ? IntegritySeverity.Warning : IntegritySeverity.Note);
    }

    [EveryCultureFact]
    public void A_sentence_says_what_the_means_give() => RatioCheck.OfMeans("-1.2", "3.1", "4.3").Sentence.ShouldBe("the difference of the means 3.1 and 4.3 is -1.2");

    [Theory]
    [InlineData(0, 0, 1, 2, "total1")]
    [InlineData(1, 2, 0, 0, "total1")]
    [InlineData(-1, 2, 1, 2, "events1")]
    [InlineData(1, 2, -1, 2, "events1")]
    [InlineData(1, 2, 3, 2, "events1")]
    public void Counts_lie_between_0_and_their_total(long events1, long total1, long events2, long total2, string parameter) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RatioCheck.OfCounts("OR", "1", events1, total1, events2, total2)).ParamName.ShouldBe(parameter);
}
