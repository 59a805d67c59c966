using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests.Studies;

public sealed class PercentageTests
{
    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData(51, "75", "38")]
    [InlineData(140, "96", "134 to 135")]
    [InlineData(223, "71", "158 to 159")]
    [InlineData(29, "83", "24")]
    [InlineData(18, "89", "16")]
    [InlineData(32, "94", "30")]
    [InlineData(32, "78", "25")]
    [InlineData(16, "62", "10")]
    [InlineData(16, "63", "10")]
    [InlineData(324, "20.37", "66")]
    [InlineData(118, "6.8", "8")]
    [InlineData(223, "5.8", "13")]
    [InlineData(59, "48", null)]
    [InlineData(345, "79.0", null)]
    [InlineData(76, "98", null)]
    [InlineData(10, "0", "0")]
    [InlineData(10, "100", "10")]
    [InlineData(10, "100.0", "10")]
    public void Gives_the_counts_that_fit(long total, string percent, string? counts) =>
        Percentage.AdmissibleCounts(total, percent)?.ToString().ShouldBe(counts);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData(10, 16, "62", RoundingModes.HalfDown | RoundingModes.HalfEven)]
    [InlineData(10, 16, "63", RoundingModes.HalfUp)]
    [InlineData(10, 16, "62.5", RoundingModes.All)]
    [InlineData(10, 16, "62.50", RoundingModes.All)]
    [InlineData(3, 8, "38", RoundingModes.HalfUp | RoundingModes.HalfEven)]
    [InlineData(3, 8, "37", RoundingModes.HalfDown)]
    [InlineData(24, 29, "83", RoundingModes.All)]
    [InlineData(24, 29, "82", RoundingModes.None)]
    [InlineData(20, 80, "25.0", RoundingModes.All)]
    public void Tells_the_ways_of_rounding(long count, long total, string percent, RoundingModes modes) =>
        Percentage.Agreement(count, total, percent).ShouldBe(modes);

    [Fact]
    public void A_count_fits_exactly_where_it_is_among_those_that_fit() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 400).SelectMany(total => Gen.Choose(0, total).SelectMany(count => Gen.Choose(0, 1000).Select(p => (total, count, p)))).ToArbitrary(),
        c =>
        {
            var percent = (c.p / 10m).ToString(System.Globalization.CultureInfo.InvariantCulture);
            var range = Percentage.AdmissibleCounts(c.total, percent);
            return (Percentage.Agreement(c.count, c.total, percent) != RoundingModes.None)
                == (range is { } r && r.First <= c.count && c.count <= r.Last);
        }));

    [Fact]
    public void Decimal_rounding_agrees() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 400).SelectMany(total => Gen.Choose(0, total).SelectMany(count => Gen.Choose(0, 2).Select(d => (total, count, d)))).ToArbitrary(),
        c =>
        {
            // 100 * count / total is rounded by .NET from a decimal of 28 digits, another way than whole numbers.
            var exact = 100m * c.count / c.total;
            string Print(MidpointRounding how) => decimal.Round(exact, c.d, how).ToString("F" + c.d, System.Globalization.CultureInfo.InvariantCulture);
            return Percentage.Agreement(c.count, c.total, Print(MidpointRounding.AwayFromZero)).HasFlag(RoundingModes.HalfUp)
                && Percentage.Agreement(c.count, c.total, Print(MidpointRounding.ToEven)).HasFlag(RoundingModes.HalfEven);
        }));

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Very_large_totals_stay_exact()
    {
        Percentage.AdmissibleCounts(9_000_000_000_000_000, "50").ShouldBe(new(4_455_000_000_000_000, 4_545_000_000_000_000));
        Percentage.Agreement(4_500_000_000_000_000, 9_000_000_000_000_000, "50.0000000000").ShouldBe(RoundingModes.All);
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Refuses_what_is_no_percentage()
    {
        Should.Throw<FormatException>(() => Percentage.Agreement(1, 2, "5e1")).Message.ShouldBe("'5e1' is not a percentage in plain digits.");
        Should.Throw<FormatException>(() => Percentage.Agreement(1, 2, "E5")).Message.ShouldBe("'E5' is not a percentage in plain digits.");
        Should.Throw<FormatException>(() => Percentage.AdmissibleCounts(2, "half")).Message.ShouldBe("'half' is not a percentage in plain digits.");
        Should.Throw<ArgumentOutOfRangeException>(() => Percentage.Agreement(0, 0, "50"));
        Should.Throw<ArgumentOutOfRangeException>(() => Percentage.AdmissibleCounts(0, "50"));
        Should.Throw<ArgumentOutOfRangeException>(() => Percentage.Agreement(-1, 2, "50"));
    }

    [EveryCultureTheory]
    [InlineData("83", 24L, 29, "24/29 = 82.76%", "24 of 29 is 82.76%, as printed: 83%; 83% of 29 would be 24")]
    [InlineData("35%", 224L, 544, "224/544 = 41.18%", "224 of 544 is 41.18%, but the report prints 35%; 35% of 544 would be 188 to 193")]
    [InlineData("48", 27L, 59, "27/59 = 45.76%", "27 of 59 is 45.76%, but the report prints 48%; no count of 59 is 48%, so it has another denominator or a misprint")]
    [InlineData("96", null, 140, null, "96% of 140 would be 134 to 135")]
    [InlineData("98", null, 76, null, "no count of 76 is 98%, so it has another denominator or a misprint")]
    public void Says_what_was_computed_and_what_would_fit(string printed, long? count, long total, string? computed, string sentence)
    {
        var check = Percentage.Check(printed, count, total);
        (check.Computed, check.Sentence).ShouldBe((computed, sentence));
    }
}
