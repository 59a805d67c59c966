namespace MetaSpine.Tests.Studies;

/// <summary>Deviations of whole numbers beside the smallest that their mean allows, the nearest possible ones, and pairs one by one.</summary>
public sealed class GrimmerTests
{
    // Half of the values 5 and half 6: the sum of squared deviations is n / 4, and no whole numbers have a smaller one. R: sqrt(n / 4 / (n - 1)).
    [EveryCultureTheory]
    [InlineData("5.50", "0.00", 8, false)]
    [InlineData("5.50", "0.52", 8, false)]
    [InlineData("5.50", "0.53", 8, true)]
    [InlineData("-5.50", "0.00", 8, false)]
    [InlineData("-5.50", "0.53", 8, true)]
    [InlineData("5.50", "0.40", 20, false)]
    [InlineData("5.50", "0.51", 20, true)]
    [InlineData("1005.50", "0.40", 20, false)]
    [InlineData("1005.50", "0.51", 20, true)]
    // A shift of all values by 1000 changes nothing.
    [InlineData("5.23", "2.55", 35, false)]
    [InlineData("1005.23", "2.55", 35, false)]
    [InlineData("1005.23", "2.56", 35, true)]
    public void Values_are_at_best_as_equal_as_their_sum_allows(string mean, string sd, long n, bool agrees) => Grimmer.Check(mean, sd, n).Agrees.ShouldBe(agrees);

    // Four values with the mean 5.5 deviate by halves. R, over all of them: SD 0.577, 1, 1.291, 1.732, 1.915, ...; with the mean 5: 0, 0.816, 1.155, ...
    [EveryCultureTheory]
    [InlineData("5.50", "1.10", "SDs are 1.00 or 1.29")]
    [InlineData("5.50", "1.25", "SDs are 1.00 or 1.29")]
    [InlineData("5.00", "0.20", "SDs are 0.00 or 0.82")]
    [InlineData("5.50", "0.50", "SD is 0.58")]
    [InlineData("1005.50", "0.57", "SD is 0.58")]
    [InlineData("5.50", "0.00", "SD is 0.58")]
    [InlineData("5.500", "1.050", "SD is 1.000")]
    // 200 steps are searched on either side.
    [InlineData("5.500", "0.377", "SD is 0.577")]
    [InlineData("5.500", "0.376", null)]
    [InlineData("5.500", "0.000", null)]
    [InlineData("5.500", "1.200", "SDs are 1.000 or 1.291")]
    public void The_nearest_deviations_are_named(string mean, string sd, string? nearest)
    {
        var check = Grimmer.Check(mean, sd, 4);
        (check.Agrees, check.Reported, check.Computed).ShouldBe((false, $"{mean} ± {sd}", null));
        check.Sentence.ShouldBe($"the SD {sd} cannot belong to 4 whole numbers with the mean {mean}; {(nearest is null ? "no SD near it can" : $"the nearest {nearest}")}");
        check.Admissible.ShouldBe(nearest?[(nearest.IndexOf(' ', nearest.IndexOf(' ') + 1) + 1)..] ?? "none nearby");
    }

    // 20 000 values with the mean "5" have 20 001 sums; one more patient, and the mean is too coarse. Neither can deviate by 0.001: one 6 among fives makes 0.007.
    [Theory]
    [InlineData(20_000, false)]
    [InlineData(20_002, true)]
    public void A_mean_that_leaves_many_sums_open_is_let_be(long n, bool agrees) => Grimmer.Check("5", "0.001", n).Agrees.ShouldBe(agrees);

    // Values about half 5 and half 6 deviate by 0.50 at least; where 2001 sums are to be tried, 9 steps are searched.
    [Theory]
    [InlineData("0.41", "0.50")]
    [InlineData("0.40", "none nearby")]
    public void The_search_is_shorter_where_there_are_many_sums(string sd, string admissible) => Grimmer.Check("5.5", sd, 20_000).Admissible.ShouldBe(admissible);

    [EveryCultureFact]
    public void A_sentence_names_people_and_items()
    {
        Grimmer.Check("5.18", "0.82", 14, 2).Sentence.ShouldBe("5.18 ± 0.82 can be the mean and SD of 14 people with 2 whole numbers each");
        Grimmer.Check("5.5", "0.6", 4).Sentence.ShouldBe("5.5 ± 0.6 can be the mean and SD of 4 whole numbers");
        Grimmer.Check("5.19", "0.82", 14, 2).Sentence.ShouldBe("5.19 ± 0.82 cannot be the mean and SD of 14 people with 2 whole numbers each, since the mean alone cannot (GRIM)");
    }

    [Fact]
    public void A_deviation_is_not_negative() => Should.Throw<ArgumentOutOfRangeException>(() => Grimmer.Check("5.2", "-1.0", 28)).ParamName.ShouldBe("sd");

    [Fact]
    public void Two_and_three_values_are_looked_at_one_by_one()
    {
        // The deviations of two values are |a - b| / sqrt(2), whatever their sum; those of three are sqrt((d1^2 + d2^2 + (d1 + d2)^2) / 6), for the steps d1 and d2
        // between them, whose sum is 3a + 2 d1 + d2. Printed without decimals there are several sums of squares to a deviation, with one there are few.
        foreach (var (mean, sums, n) in new[] { ("10", 19..21, 2), ("10.0", 20..20, 2), ("10.5", 21..21, 2), ("-10.5", 21..21, 2), ("10.0", 30..30, 3), ("10.3", 31..31, 3), ("10.7", 32..32, 3) })
            foreach (var decimals in new[] { 0, 1 })
            {
                var unit = decimals == 0 ? 1 : 10;
                var squares = new HashSet<long>();
                for (var d1 = 0; d1 <= 55; d1++)
                    if (n == 2 && Enumerable.Range(sums.Start.Value, sums.End.Value - sums.Start.Value + 1).Any(sum => (sum - d1) % 2 == 0))
                        squares.Add(3 * d1 * d1);
                    else if (n == 3)
                        for (var d2 = 0; d2 <= 55; d2++)
                            if ((sums.Start.Value - 2 * d1 - d2) % 3 == 0)
                                squares.Add(d1 * d1 + d2 * d2 + (d1 + d2) * (d1 + d2));
                for (var sd = 0; sd <= 30 * unit; sd++)
                {
                    // (2 sd - 1)^2 / (4 unit^2) <= squares / 6 <= (2 sd + 1)^2 / (4 unit^2), without rounding.
                    var possible = squares.Any(s => (sd == 0 || 6L * (2 * sd - 1) * (2 * sd - 1) <= 4 * unit * unit * s) && 4 * unit * unit * s <= 6L * (2 * sd + 1) * (2 * sd + 1));
                    var text = (sd / (decimal)unit).ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);
                    Grimmer.Check(mean, text, n).Agrees.ShouldBe(possible, $"{mean} ± {text}, n = {n}");
                }
            }
    }
}
