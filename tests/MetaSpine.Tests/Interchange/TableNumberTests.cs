using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class TableNumberTests
{
    [EveryCultureTheory]
    [InlineData("12", 12)]
    [InlineData("+1.5", 1.5)]
    [InlineData(".25", 0.25)]
    [InlineData("1e-3", 0.001)]
    [InlineData("−0.5", -0.5)]
    [InlineData("–0.5", -0.5)]
    [InlineData("\u00a012\u00a0", 12)]
    [InlineData("1 234", 1234)]
    [InlineData("1\u00a0234", 1234)]
    [InlineData("1\u202f234.5", 1234.5)]
    [InlineData("1'234", 1234)]
    [InlineData("1’234’567", 1234567)]
    [InlineData("1,234,567", 1234567)]
    [InlineData("-1,234.5", -1234.5)]
    public void A_number_is_read_as_it_was_meant(string text, double value) => Read(text, NumberKind.Real, '.').ShouldBe((value, null));

    [EveryCultureTheory]
    [InlineData("0,5", 0.5)]
    [InlineData("-12,25", -12.25)]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("1 234,5", 1234.5)]
    [InlineData("1.234.567", 1234567)]
    [InlineData("7", 7)]
    [InlineData("1,5e3", 1500)]
    public void With_decimal_commas_a_point_marks_thousands(string text, double value) => Read(text, NumberKind.Real, ',').ShouldBe((value, null));

    [EveryCultureTheory]
    [InlineData("1,234", '.')]
    [InlineData("1.234", ',')]
    [InlineData("1 234", '.')]
    public void A_count_has_no_decimals_so_its_mark_is_one_of_thousands(string text, char mark) => Read(text, NumberKind.Count, mark).ShouldBe((1234, null));

    [EveryCultureTheory]
    [InlineData("1.234", '.', "may be 1234 or a fraction, and a count is wanted: write it without a mark for thousands, or a fraction with one more digit (1.2340); where the file has decimal commas, say so (--decimal ,)")]
    [InlineData("12,345", ',', "may be 12345 or a fraction, and a count is wanted: write it without a mark for thousands, or a fraction with one more digit (12,3450)")]
    public void Thousands_are_not_taken_for_a_fraction_of_a_participant(string text, char mark, string problem) =>
        Read(text, NumberKind.Count, mark).Problem.ShouldBe($"f.csv:3:7: '{text}' {problem} (column n of Oda)");

    [EveryCultureTheory]
    [InlineData("1.2340", '.', 1.234)]
    [InlineData("0.234", '.', 0.234)]
    [InlineData("12.5", '.', 12.5)]
    [InlineData("1234.567", '.', 1234.567)]
    [InlineData("12,5", ',', 12.5)]
    public void A_fraction_that_can_be_nothing_else_stays_a_count(string text, char mark, double value) => Read(text, NumberKind.Count, mark).ShouldBe((value, null));

    [EveryCultureTheory]
    [InlineData("1,234", '.', "may be 1234 or 1.234: write it without a mark for thousands, or say that the file has decimal commas (--decimal ,)")]
    [InlineData("1.234", ',', "may be 1234 or 1,234: write it without a mark for thousands, and with a decimal comma")]
    [InlineData("12,5", '.', "is not a number: write 12.5, or say that the file has decimal commas (--decimal ,)")]
    [InlineData("0,234", '.', "is not a number: write 0.234, or say that the file has decimal commas (--decimal ,)")]
    [InlineData("1.234,5", '.', "is not a number: write 1234.5, or say that the file has decimal commas (--decimal ,)")]
    [InlineData("12.5", ',', "has a decimal point, but the file was said to have decimal commas: write 12,5, or leave that out")]
    [InlineData("1,23,456", '.', "is not a number that can be read in one way: write it without marks for thousands")]
    [InlineData("1 234,567", '.', "is not a number: write 1234.567, or say that the file has decimal commas (--decimal ,)")]
    [InlineData("1'234,567", ',', null)]
    [InlineData("<5", '.', "is a bound and not a number; leave the cell empty where nothing exact is reported")]
    [InlineData("24 (83%)", '.', "is not a number: write 24 alone, and the rest in a column of its own")]
    [InlineData("24*", '.', "is not a number: write 24 alone, and the rest in a column of its own")]
    [InlineData("five", '.', "is not a number; leave the cell empty where nothing is reported")]
    [InlineData("Infinity", '.', "is not a number; leave the cell empty where nothing is reported")]
    [InlineData("1e999", '.', "is too large for a number")]
    [InlineData("٣", '.', "is not a number; leave the cell empty where nothing is reported")]
    public void What_can_be_read_in_two_ways_or_none_says_how_to_write_it(string text, char mark, string? problem) =>
        Read(text, NumberKind.Real, mark).Problem.ShouldBe(problem is null ? null : $"f.csv:3:7: '{text}' {problem} (column n of Oda)");

    [EveryCultureTheory]
    [InlineData("83%", 0.83)]
    [InlineData("12.5 %", 0.125)]
    public void A_percentage_is_a_proportion_where_one_is_wanted(string text, double value) => Read(text, NumberKind.Proportion, '.').ShouldBe((value, null));

    [EveryCultureFact]
    public void A_percentage_is_no_count_and_no_other_number()
    {
        Read("83%", NumberKind.Count, '.').Problem!.ShouldContain("is a percentage, but a count is wanted");
        Read("83%", NumberKind.Real, '.').Problem!.ShouldContain("the column does not hold proportions");
        Read("x%", NumberKind.Proportion, '.').Problem!.ShouldContain("is not a number");
    }

    [EveryCultureTheory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("–")]
    [InlineData("—")]
    [InlineData("−")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("#N/A")]
    [InlineData("nr")]
    [InlineData("N.R.")]
    [InlineData("NaN")]
    [InlineData("not reported")]
    [InlineData("\u00a0")]
    public void What_says_that_nothing_is_reported_is_missing(string text)
    {
        TableNumber.IsMissing(text).ShouldBeTrue();
        Read(text, NumberKind.Count, '.').ShouldBe((double.NaN, null));
    }

    [Fact]
    public void Every_number_reads_back_in_each_way_of_marking_it()
    {
        var numbers = ArbMap.Default.ArbFor<int>().Generator.Select(i => i / 100.0);
        Prop.ForAll(numbers.ToArbitrary(), value =>
        {
            foreach (var mark in ".,")
            {
                // Four decimals, so that three digits behind a mark are never all that there is.
                foreach (var thousands in new[] { "", " ", "'", mark == '.' ? "," : "." })
                {
                    var format = new NumberFormatInfo { NumberDecimalSeparator = $"{mark}", NumberGroupSeparator = thousands, NegativeSign = "−" };
                    Read(value.ToString("N4", format), NumberKind.Real, mark).ShouldBe((value, null));
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    private static (double Value, string? Problem) Read(string text, NumberKind kind, char mark)
    {
        var faults = new List<FileFault>();
        var value = TableNumber.Read(new CsvField(text, new("f.csv", 3, 7)), "column n of Oda", kind, mark, faults);
        faults.Count.ShouldBe(double.IsNaN(value) && !TableNumber.IsMissing(text) ? 1 : 0);
        return (value, faults.Count == 0 ? null : faults[0].ToString());
    }
}
