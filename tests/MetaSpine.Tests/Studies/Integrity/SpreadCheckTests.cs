namespace MetaSpine.Tests.Studies;

/// <summary>Deviations on and just beside each limit of what is asked about: for a standard error near the other deviation within a factor of 1.5
/// (and the two farther apart than that), a factor of 5, and means 3 deviations apart.</summary>
public sealed class SpreadCheckTests
{
    private const string Error = "standard error", Factor = "factor", Means = "means", None = "";

    [EveryCultureTheory]
    // The root of 36 is 6: a ratio between 6 / 1.5 = 4 and 6 * 1.5 = 9 is that of a standard error.
    [InlineData("1.0", 36, "4.0", 36, None)]
    [InlineData("1.0", 36, "4.1", 36, Error)]
    [InlineData("1.0", 36, "8.9", 36, Error)]
    [InlineData("1.0", 36, "9.0", 36, Factor)]
    // The smaller deviation's own n counts, on whichever side it stands.
    [InlineData("1.0", 36, "6.0", 10_000, Error)]
    [InlineData("6.0", 10_000, "1.0", 36, Error)]
    [InlineData("1.0", 10_000, "6.0", 36, Factor)]
    // Below n = 6 the root is less than 1.5 squared, and a standard error cannot be told from a deviation.
    [InlineData("1.0", 5, "2.2", 5, None)]
    [InlineData("1.0", 6, "2.2", 6, Error)]
    // The root of 400 is 20: far from ratios about 5.
    [InlineData("1.0", 400, "5.0", 400, None)]
    [InlineData("1.0", 400, "5.1", 400, Factor)]
    [InlineData("0", 36, "2.1", 36, None)]
    public void A_ratio_is_asked_about_beyond_its_limit(string sd1, long n1, string sd2, long n2, string asks) => Asks(SpreadCheck.Check(sd1, n1, sd2, n2)).ShouldBe(asks);

    [EveryCultureTheory]
    [InlineData("1.0", 30, "1.0", 30, "7.00", "10.00", None)]
    [InlineData("1.0", 30, "1.0", 30, "6.99", "10.00", Means)]
    [InlineData("1.0", 30, "1.0", 30, "10.01", "7.00", Means)]
    [InlineData("1.0", 30, "1.0", 30, "1.00", null, None)]
    [InlineData("1.0", 30, "1.0", 30, null, "10.00", None)]
    [InlineData("1.0", 1, "1.0", 1, "1.00", "10.00", None)]
    [InlineData("0", 30, "0", 30, "1.00", "10.00", None)]
    public void Means_are_asked_about_beyond_three_deviations(string sd1, long n1, string sd2, long n2, string? mean1, string? mean2, string asks) =>
        Asks(SpreadCheck.Check(sd1, n1, sd2, n2, mean1, mean2)).ShouldBe(asks);

    [EveryCultureFact]
    public void A_question_names_what_was_computed()
    {
        (string?, string) Answer(NumberCheck check) => (check.Computed, check.Sentence);
        Answer(SpreadCheck.Check("2.10", 36, "0.34", 36)).ShouldBe(("2.04",
            "the SDs are 2.10 and 0.34, but 0.34 times the square root of 36 is 2.04: 0.34 may be a standard error"));
        Answer(SpreadCheck.Check("1.0", 400, "5.1", 400)).ShouldBe(("5.1", "the SDs 1.0 and 5.1 differ by a factor of 5.1: one of them may be a standard error"));
        // The pooled deviation is sqrt((9 * 2^2 + 19 * 3^2) / 28) = 2.719.
        Answer(SpreadCheck.Check("2.0", 10, "3.0", 20, "5.0", "15.0")).ShouldBe(("-3.68",
            "the means 5.0 and 15.0 lie 3.68 SDs apart: the SDs 2.0 and 3.0 may be standard errors"));
        Answer(SpreadCheck.Check("2.0", 10, "3.0", 20)).ShouldBe((null, "2.0 and 3.0 are alike enough to be standard deviations"));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(10, -1)]
    public void A_number_of_values_is_positive(long n1, long n2) => Should.Throw<ArgumentOutOfRangeException>(() => SpreadCheck.Check("1.0", n1, "1.0", n2));

    private static string Asks(NumberCheck check) => check.Agrees ? None
        : check.Sentence.Contains("square root") ? Error : check.Sentence.Contains("factor") ? Factor : Means;
}
