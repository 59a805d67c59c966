using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

public sealed class ReadableTests
{
    [EveryCultureTheory]
    [InlineData(0.474, "0.47")]
    [InlineData(1.0, "1.00")]
    [InlineData(9.999, "10.0")]
    [InlineData(12.34, "12.3")]
    [InlineData(123.4, "123")]
    [InlineData(99.97, "100")]
    [InlineData(0.0123, "0.012")]
    [InlineData(0.0996, "0.10")]
    [InlineData(0.0, "0.00")]
    [InlineData(-1e-9, "-1.0e-9")]
    [InlineData(1e-7, "1.0e-7")]
    [InlineData(3.2e8, "3.2e+8")]
    [InlineData(double.NaN, "not estimable")]
    [InlineData(double.PositiveInfinity, "infinity")]
    public void Numbers_keep_two_or_three_digits(double value, string text) => Readable.Significant(value).ShouldBe(text);

    [EveryCultureTheory]
    [InlineData(-0.001, 2, "0.00")]
    [InlineData(-0.4, 0, "0")]
    [InlineData(-0.006, 2, "-0.01")]
    [InlineData(1234.5, 1, "1234.5")]
    public void A_fixed_number_never_reads_minus_zero(double value, int decimals, string text) => Readable.Fixed(value, decimals).ShouldBe(text);

    [EveryCultureTheory]
    [InlineData(0.0004, "p < 0.001")]
    [InlineData(1e-300, "p < 0.001")]
    [InlineData(0.001, "p = 0.001")]
    [InlineData(0.0421, "p = 0.042")]
    [InlineData(0.0996, "p = 0.10")]
    [InlineData(0.25, "p = 0.25")]
    [InlineData(0.999, "p > 0.99")]
    [InlineData(1.0, "p > 0.99")]
    [InlineData(double.NaN, "p = not estimable")]
    public void P_values_read_as_in_a_paper(double p, string text) => Readable.PValue(p).ShouldBe(text);

    [EveryCultureTheory]
    [InlineData(0.95, "95")]
    [InlineData(0.999, "99.9")]
    [InlineData(0.9, "90")]
    public void Levels_are_percentages(double level, string text) => Readable.Level(level).ShouldBe(text);

    [EveryCultureTheory]
    [InlineData(357347, "357,347")]
    [InlineData(12.5, "12.5")]
    public void Counts_set_thousands_apart(double count, string text) => Readable.Count(count).ShouldBe(text);

    [Fact]
    public void Exact_numbers_come_back_as_they_were() => Prop
        .ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value => double.Parse(Readable.Exact(value.Get), CultureInfo.InvariantCulture) == value.Get)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));

    [Fact]
    public void Rounding_never_moves_a_number_by_more_than_a_twentieth() => Prop
        .ForAll(
            ArbMap.Default.ArbFor<NormalFloat>().Filter(value => Math.Abs(value.Get) is > 1e-4 and < 1e7),
            value => Math.Abs(double.Parse(Readable.Significant(value.Get), CultureInfo.InvariantCulture) / value.Get - 1) <= 0.051)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));
}
