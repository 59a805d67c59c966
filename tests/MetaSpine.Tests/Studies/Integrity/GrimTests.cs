using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests.Studies;

/// <summary>GRIM, GRIMMER and DEBIT: published examples, and slow twins that look at every data set.</summary>
public sealed class GrimTests
{
    // Brown and Heathers 2017 and the examples of their calculators.
    [EveryCultureTheory]
    [InlineData("5.19", 28, 1, false)]
    [InlineData("5.18", 14, 2, true)]
    [InlineData("5.19", 32, 1, true)]
    [InlineData("5.27", 43, 1, false)]
    [InlineData("3.48", 20, 1, false)]
    [InlineData("5.83", 50, 1, false)]
    [InlineData("-5.19", 28, 1, false)]
    [InlineData("-5.21", 28, 1, true)]
    [InlineData("5", 28, 1, true)]
    [InlineData("5.0", 3, 1, true)]
    public void A_mean_of_whole_numbers_is_a_whole_sum_over_them(string mean, long n, int items, bool agrees) =>
        Grim.Check(mean, n, items).Agrees.ShouldBe(agrees);

    [Fact]
    public void A_run_of_means_passes_where_a_sum_lies() =>
        Enumerable.Range(519, 12).Select(m => Grim.Check((m / 100m).ToString("F2", CultureInfo.InvariantCulture), 28).Agrees)
            .ShouldBe([false, false, true, false, false, false, true, false, false, false, true, false]);

    [EveryCultureFact]
    public void The_nearest_means_are_named()
    {
        var check = Grim.Check("5.83", 50);
        (check.Rule, check.Severity, check.Reported, check.Computed, check.Admissible).ShouldBe(
            (IntegrityRules.Grim, IntegritySeverity.Error, "5.83", "291/50 = 5.82; 292/50 = 5.84", "5.82 or 5.84"));
        check.Sentence.ShouldBe("5.83 cannot be the mean of 50 whole numbers; the nearest means are 5.82 and 5.84");
        Grim.AdmissibleSums("5.19", 32).ShouldBe(new CountRange(166, 166));
        Grim.AdmissibleSums("5", 28).ShouldBe(new CountRange(126, 154), "both halves may have been rounded to 5");
        Grim.AdmissibleSums("5.19", 28).ShouldBeNull();
    }

    [EveryCultureFact]
    public void A_sentence_names_people_items_and_sums()
    {
        Grim.Check("5.19", 14, 2).Computed.ShouldBe("145/28 = 5.18; 146/28 = 5.21");
        Grim.Check("5.19", 14, 2).Sentence.ShouldBe("5.19 cannot be the mean of 14 people with 2 whole numbers each; the nearest means are 5.18 and 5.21");
        Grim.Check("5.18", 14, 2).Sentence.ShouldBe("5.18 can be the mean of 14 people with 2 whole numbers each: a sum of 145");
        Grim.Check("5", 28).Sentence.ShouldBe("5 can be the mean of 28 whole numbers: a sum of 126 to 154");
    }

    [EveryCultureTheory]
    [InlineData("0.333333333333334", "0.333333333333333 or 0.666666666666667")]
    [InlineData("0.3333333333333334", "0.3333333333333333 or 0.6666666666666666")]
    public void Means_of_more_digits_than_a_double_has_are_named_as_it_prints(string mean, string admissible) => Grim.Check(mean, 3).Admissible.ShouldBe(admissible);

    // The data sets of the simulation paper behind GRIMMER (pigs5) with the rule that refuses each, and two more.
    [EveryCultureTheory]
    [InlineData("7.22", "5.30", 38, "grim")]
    [InlineData("4.74", "6.55", 31, null)]
    [InlineData("5.23", "2.55", 35, "grimmer")]
    [InlineData("2.57", "2.57", 30, null)]
    [InlineData("6.77", "2.18", 33, "grim")]
    [InlineData("2.68", "2.59", 34, null)]
    [InlineData("7.01", "6.68", 35, "grim")]
    [InlineData("7.38", "3.65", 32, null)]
    [InlineData("3.14", "5.32", 33, "grim")]
    [InlineData("6.89", "4.18", 37, null)]
    [InlineData("5.00", "2.18", 31, null)]
    [InlineData("0.24", "6.43", 34, null)]
    [InlineData("5.21", "1.6", 28, null)]
    [InlineData("3.44", "2.47", 18, "grimmer")]
    public void A_deviation_of_whole_numbers_is_one_of_few(string mean, string sd, long n, string? rule)
    {
        Grim.Check(mean, n).Agrees.ShouldBe(rule != "grim");
        var grimmer = Grimmer.Check(mean, sd, n);
        grimmer.Agrees.ShouldBe(rule is null, grimmer.Sentence);
    }

    [Fact]
    public void Every_data_set_passes_and_what_no_data_set_has_fails()
    {
        // Every multiset of n whole numbers from 0 to 6 whose mean and deviation are printed with one or two decimals, against every pair of printed
        // numbers in their range. The range is as wide as deviations up to 2 need for the small n here: values beyond it give larger ones.
        foreach (var (n, decimals) in new[] { (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 2), (5, 1), (5, 2), (6, 1) })
        {
            var possible = new HashSet<(int Mean, int Sd)>();
            foreach (var values in Multisets(n, -6, 6))
                foreach (var mean in Printed(values.Sum(), n, decimals))
                    foreach (var sd in PrintedSd(values, decimals))
                        possible.Add((mean, sd));
            var unit = (int)Math.Pow(10, decimals);
            for (var mean = 0; mean <= unit / 2; mean++)
                for (var sd = 0; sd <= 2 * unit; sd++)
                {
                    var (m, s) = (Text(mean, decimals), Text(sd, decimals));
                    Grimmer.Check(m, s, n).Agrees.ShouldBe(possible.Contains((mean, sd)), $"{m} ± {s}, n = {n}");
                }
        }
    }

    [Fact]
    public void Means_of_items_pass_as_their_sums_do() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 5).SelectMany(items => Gen.Choose(-20, 20).ArrayOf(9).Select(values => (items, values))).ToArbitrary(),
        c =>
        {
            // What nine people's sums of items are, over the number of items.
            var x = Array.ConvertAll(c.values, v => (double)v / c.items);
            var mean = x.Average();
            var sd = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / 8);
            return Grimmer.Check(mean.ToString("F3", CultureInfo.InvariantCulture), sd.ToString("F3", CultureInfo.InvariantCulture), 9, c.items).Agrees;
        }));

    [EveryCultureTheory]
    [InlineData(".53", ".50", 1683, true)]
    [InlineData(".44", ".50", 1683, true)]
    [InlineData(".77", ".42", 1683, true)]
    [InlineData(".19", ".35", 1683, false)]
    [InlineData(".34", ".47", 1683, true)]
    [InlineData(".93", ".25", 1683, true)]
    [InlineData(".12", ".33", 1683, true)]
    [InlineData(".35", ".18", 20, false)]
    [InlineData("35%", "0.489", 20, true)]
    [InlineData("0.35", "1.5", 20, false)]
    [InlineData("1.5", "0.5", 20, false)]
    [InlineData("0.35", "-0.5", 20, false)]
    [InlineData("-0.35", "0.5", 20, false)]
    [InlineData("0.33", "0.47", 2, false)]
    public void A_deviation_of_zeros_and_ones_follows_from_their_mean(string mean, string sd, long n, bool agrees) => Debit.Check(mean, sd, n).Agrees.ShouldBe(agrees);

    // 45 ones of 100 deviate by exactly 0.5, which may be printed as 0 or 1; no ones not at all.
    [EveryCultureTheory]
    [InlineData("0.45", "0", true)]
    [InlineData("0.45", "1", true)]
    [InlineData("0.45", "2", false)]
    [InlineData("0.00", "0.0", true)]
    [InlineData("0.00", "-0.5", false)]
    public void A_deviation_may_be_a_half(string mean, string sd, bool agrees) => Debit.Check(mean, sd, 100).Agrees.ShouldBe(agrees);

    // R: sqrt(k * (n - k) / (n * (n - 1))) for the k that give the mean: 45, 50 and 55; 75 and 85; 15 and 25; 7; 10 and 11 of 21.
    [EveryCultureTheory]
    [InlineData("0.5", "0.100", 100, "0.500 to 0.503")]
    [InlineData("0.8", "0.100", 100, "0.359 to 0.435")]
    [InlineData("0.2", "0.100", 100, "0.359 to 0.435")]
    [InlineData("0.35", "0.18", 20, "0.49")]
    [InlineData("0.5", "0.1000", 21, "0.5118")]
    [InlineData("1", "0.600", 3, "0.000 to 0.577")]
    public void The_deviations_of_a_proportion_are_named(string mean, string sd, long n, string admissible)
    {
        var check = Debit.Check(mean, sd, n);
        (check.Agrees, check.Computed, check.Admissible).ShouldBe((false, admissible, admissible));
        check.Sentence.ShouldBe($"the SD of {n} zeros and ones with the mean {mean} is {admissible}, but the report prints {sd}");
        Debit.Check(mean, admissible[..sd.Length], n).Sentence.ShouldBe($"{admissible[..sd.Length]} can be the SD of {n} zeros and ones with the mean {mean}");
        Debit.Check(mean, admissible[^sd.Length..], n).Agrees.ShouldBeTrue();
    }

    [Fact]
    public void Zeros_and_ones_are_those_of_every_count()
    {
        for (var n = 2; n <= 40; n++)
        {
            var possible = Enumerable.Range(0, n + 1).SelectMany(k => Printed(k, n, 2).SelectMany(m => PrintedSd([.. Enumerable.Repeat(1, k), .. Enumerable.Repeat(0, n - k)], 2).Select(s => (m, s)))).ToHashSet();
            for (var mean = 0; mean <= 100; mean++)
                for (var sd = 0; sd <= 75; sd++)
                    Debit.Check(Text(mean, 2), Text(sd, 2), n).Agrees.ShouldBe(possible.Contains((mean, sd)), $"{mean} ± {sd}, n = {n}");
        }
    }

    [EveryCultureTheory]
    [InlineData("5", "2", 1_000_000_000_000)]
    [InlineData("5.00", "0.00", 1_000_000_000_000)]
    [InlineData("5.000000", "0.000000", 1_000_000_000_000)]
    [InlineData("5.5555555555555", "0.0000000001", 1_000_000_000_000)]
    [InlineData("5.5555555555555", "0.0000000001", 9_000_000_000_000_000)]
    [InlineData("0.5", "1e-300", 3)]
    [InlineData("1e-300", "1e-300", 1000)]
    [InlineData("123456789012345678901234567890123456789012345678901234567.5", "2.5", 3)]
    [InlineData("5.5", "9999999999999.5", 3)]
    [InlineData("5.5", "9999999999999.5", 4)]
    [InlineData("0.0", "0.4", 100_000)]
    public void Large_and_small_numbers_are_answered(string mean, string sd, long n)
    {
        foreach (var items in new[] { 1, 7, int.MaxValue })
        {
            Grim.Check(mean, n, items).ShouldNotBeNull();
            Grimmer.Check(mean, sd, n, items).ShouldNotBeNull();
        }
        Debit.Check(mean, sd, n).ShouldNotBeNull();
    }

    [EveryCultureTheory]
    [InlineData("1e999")]
    [InlineData("5,19")]
    [InlineData("nr")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1e5")]
    [InlineData("٥")]
    public void What_is_no_number_in_digits_is_refused(string text)
    {
        Should.Throw<FormatException>(() => Grim.Check(text, 28));
        Should.Throw<FormatException>(() => Grimmer.Check("5.2", text, 28));
        Should.Throw<FormatException>(() => Debit.Check(text, "0.2", 28));
        Should.Throw<ArgumentOutOfRangeException>(() => Grim.Check("5.2", 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Grim.Check("5.2", 3, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Grimmer.Check("5.2", "1.0", 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Debit.Check("0.2", "0.1", 1));
        Should.Throw<ArgumentNullException>(() => Grim.Check(null!, 28));
    }

    private static IEnumerable<int[]> Multisets(int n, int low, int high) => n == 0 ? [[]]
        : Enumerable.Range(low, high - low + 1).SelectMany(v => Multisets(n - 1, v, high).Select(rest => (int[])[v, .. rest]));

    /// <summary>The whole units that some rounding of a fraction prints: two where it is a half.</summary>
    private static IEnumerable<int> Printed(int sum, int n, int decimals)
    {
        var scaled = sum * (int)Math.Pow(10, decimals);
        var floor = (int)Math.Floor((double)scaled / n);
        var twice = 2 * (scaled - floor * n);
        return twice < n ? [floor] : twice > n ? [floor + 1] : [floor, floor + 1];
    }

    /// <summary>The same of a deviation: s units of the last place are printed where (2s - 1)^2 is at most 4 * 100^d * variance, and that at most (2s + 1)^2.</summary>
    private static IEnumerable<int> PrintedSd(int[] values, int decimals)
    {
        var (n, sum) = (values.Length, values.Sum());
        var unit = (int)Math.Pow(10, decimals);
        var numerator = 4L * unit * unit * (n * values.Sum(v => v * v) - sum * sum);
        var denominator = (long)n * (n - 1);
        var near = (int)Math.Floor(Math.Sqrt((double)numerator / denominator) / 2);
        return Enumerable.Range(Math.Max(0, near - 2), 5).Where(s => (s == 0 || (2L * s - 1) * (2L * s - 1) * denominator <= numerator) && numerator <= (2L * s + 1) * (2L * s + 1) * denominator);
    }

    private static string Text(int units, int decimals) => (units / (decimal)Math.Pow(10, decimals)).ToString("F" + decimals, CultureInfo.InvariantCulture);
}
