namespace MetaSpine.Tests.Studies;

/// <summary>Means at the ends of their scale, and deviations on and just beside the largest and the smallest that are possible.</summary>
public sealed class MeanBoundsTests
{
    [EveryCultureTheory]
    [InlineData("10", null, 20, "0", "9.5", true)]
    [InlineData("11", null, 20, "0", "9.5", false)]
    [InlineData("0", null, 20, "0.5", "9.5", true)]
    [InlineData("-1", null, 20, "0.5", "9.5", false)]
    // A mean of "10" up to 9.5 is 9.5, and so is every value.
    [InlineData("10", "0", 5, "0", "9.5", true)]
    [InlineData("10", "1", 5, "0", "9.5", false)]
    // Two values between 0 and 10 are at most 10 apart: sqrt(50) = 7.07.
    [InlineData("5", "7", 2, "0", "10", true)]
    [InlineData("5", "8", 2, "0", "10", false)]
    [InlineData("5", "8", 1, "0", "10", true)]
    // A mean of "1" is at most 1.5, where sqrt(1.5 * (4.625 - 1.5) * 4 / 3) = 2.5, which may be printed as 3.
    [InlineData("1", "3", 4, "0", "4.625", true)]
    [InlineData("1", "4", 4, "0", "4.625", false)]
    public void A_scale_bounds_mean_and_deviation(string mean, string? sd, long n, string low, string high, bool agrees) =>
        MeanBounds.OfScale(mean, sd, n, low, high).Agrees.ShouldBe(agrees);

    [EveryCultureTheory]
    [InlineData("-6", "1", true)]
    [InlineData("-7", "1", false)]
    [InlineData("7", "1", false)]
    [InlineData("0", "6.6", true)]
    [InlineData("0", "6.7", false)]
    public void Changes_on_a_scale_from_1_to_7_are_at_most_6(string mean, string sd, bool agrees) => MeanBounds.OfChange(mean, sd, 6, "1", "7").Agrees.ShouldBe(agrees);

    // "1" and "9" lie at least 7 apart, and of three values the third is in their middle: 7 / 2 = 3.5, which may be printed as 3.
    [EveryCultureTheory]
    [InlineData("2", false)]
    [InlineData("3", true)]
    [InlineData("6", true)]
    [InlineData("7", false)]
    public void Extremes_that_occur_bound_the_deviation(string sd, bool agrees) => MeanBounds.OfRange("5", sd, 3, "1", "9").Agrees.ShouldBe(agrees);

    [EveryCultureFact]
    public void A_sentence_gives_the_bound()
    {
        (string?, string?, string) Answer(NumberCheck check) => (check.Computed, check.Admissible, check.Sentence);
        // R: sqrt(8.55 * 1.45 * 20 / 19) = 3.6124, sqrt(4.5 * 4.5 * 3 / 2) = 5.51.
        Answer(MeanBounds.OfScale("8.6", "3.6", 20, "0", "10")).ShouldBe(("3.61", "up to 3.61",
            "8.6 ± 3.6 is possible for 20 values on a scale from 0 to 10: the SD is at most 3.61"));
        Answer(MeanBounds.OfScale("8.6", "3.9", 20, "0", "10")).ShouldBe(("3.61", "up to 3.61",
            "the SD of 20 values on a scale from 0 to 10 with the mean 8.6 is at most 3.61, but the report prints 3.9"));
        Answer(MeanBounds.OfRange("5", "2", 3, "1", "9")).ShouldBe(("3.5", "3.5 to 5.5", "the SD of 3 values from 1 to 9, both of which occur, is at least 3.5, but the report prints 2"));
        Answer(MeanBounds.OfScale("8.6", null, 20, "0", "10")).ShouldBe((null, null, "8.6 can be the mean of values on a scale from 0 to 10"));
        Answer(MeanBounds.OfChange("-11.0", "3.6", 20, "0", "10")).ShouldBe((null, "-10.0 to 10.0", "-11.0 cannot be the mean of changes on a scale from 0 to 10"));
    }

    [Fact]
    public void Ends_stand_in_their_order_and_somebody_was_measured()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => MeanBounds.OfChange("5", "1", 5, "10", "0")).ParamName.ShouldBe("high");
        Should.Throw<ArgumentOutOfRangeException>(() => MeanBounds.OfScale("5", "1", 5, "10", "0")).ParamName.ShouldBe("low");
        Should.Throw<ArgumentOutOfRangeException>(() => MeanBounds.OfScale("5", "1", 0, "0", "10")).ParamName.ShouldBe("n");
    }
}
