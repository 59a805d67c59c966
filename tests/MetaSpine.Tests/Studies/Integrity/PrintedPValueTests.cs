namespace MetaSpine.Tests.Studies;

/// <summary>What a printed p-value stands for, and how a computed one is printed.</summary>
public sealed class PrintedPValueTests
{
    // A number is what rounds to it, both halves included; a bound leaves its own end out, unless nothing were left.
    [EveryCultureTheory]
    [InlineData("0.03", "p = 0.03", 0.025, 0.035)]
    [InlineData("=.030", "p = .030", 0.0295, 0.0305)]
    [InlineData("0.00", "p = 0.00", 0, 0.005)]
    [InlineData("1.0", "p = 1.0", 0.95, 1)]
    [InlineData("< 0.001", "p < 0.001", 0, 0.001)]
    [InlineData(">0.05", "p > 0.05", 0.05, 1)]
    [InlineData("<0.000", "p < 0.000", 0, 0.0005)]
    [InlineData(">1.00", "p > 1.00", 0.995, 1)]
    public void Text_has_limits(string text, string shown, double low, double high)
    {
        var p = PrintedPValue.Parse(text);
        (p.Text, p.Limits).ShouldBe((shown, (low, high)));
    }

    [EveryCultureTheory]
    [InlineData("-0.01")]
    [InlineData("1.01")]
    [InlineData("<1.01")]
    [InlineData("ns")]
    [InlineData("<")]
    [InlineData("")]
    public void Other_text_is_refused(string text) => Should.Throw<FormatException>(() => PrintedPValue.Parse(text)).Message
        .ShouldBe($"'{text}' is no p-value, such as 0.03 or <0.001.");

    [Theory]
    [InlineData("0.03", 0.01, 0.0249, false)]
    [InlineData("0.03", 0.01, 0.025, true)]
    [InlineData("0.03", 0.01, 0.025 * (1 - 1e-13), true)]
    [InlineData("0.03", 0.01, 0.025 * (1 - 1e-11), false)]
    [InlineData("0.03", 0.026, 0.027, true)]
    [InlineData("0.03", 0.035, 0.04, true)]
    [InlineData("0.03", 0.035 * (1 + 1e-13), 0.04, true)]
    [InlineData("0.03", 0.035 * (1 + 1e-11), 0.04, false)]
    [InlineData("0.03", 0, 1e-20, false)]
    [InlineData("0.000", 0, 0, true)]
    [InlineData("<0.05", 0.0499, 0.06, true)]
    [InlineData("<0.05", 0.05, 0.06, false)]
    [InlineData(">0.05", 0.01, 0.0501, true)]
    [InlineData(">0.05", 0.01, 0.05, false)]
    public void A_range_fits_where_a_part_of_it_is_printed_so(string text, double low, double high, bool fits) =>
        PrintedPValue.Parse(text).Fits(low, high).ShouldBe(fits);

    // A bound decides only on one side of alpha; a number by its digits, which count as significant at alpha itself.
    [Theory]
    [InlineData("0.05", 0.05, true)]
    [InlineData("0.05", 1 - 0.95, true)]
    [InlineData("0.051", 0.05, false)]
    [InlineData("0.049", 0.05, true)]
    [InlineData("<0.05", 0.05, true)]
    [InlineData("<0.05", 1 - 0.95, true)]
    [InlineData("<0.001", 0.05, true)]
    [InlineData("<0.06", 0.05, null)]
    [InlineData("<0.1", 0.05, null)]
    [InlineData(">0.05", 0.05, false)]
    [InlineData(">0.05", 1 - 0.95, false)]
    [InlineData(">0.2", 0.05, false)]
    [InlineData(">0.01", 0.05, null)]
    public void A_bound_may_leave_significance_open(string text, double alpha, bool? isSignificant) =>
        PrintedPValue.Parse(text).IsSignificant(alpha).ShouldBe(isSignificant);

    [EveryCultureTheory]
    [InlineData(0, 0, "0")]
    [InlineData(0, 0.01, "0 to 0.01")]
    [InlineData(1e-300, 1e-300, "1e-300")]
    [InlineData(1.8149e-5, 1.8149e-5, "1.81e-5")]
    [InlineData(0.0001, 0.0001, "0.0001")]
    [InlineData(0.00012345, 0.00012345, "0.000123")]
    [InlineData(0.00099749, 0.00099749, "0.000997")]
    [InlineData(0.0012345, 0.0012345, "0.00123")]
    [InlineData(0.0099749, 0.0099749, "0.00997")]
    [InlineData(0.012345, 0.012345, "0.0123")]
    [InlineData(0.099749, 0.099749, "0.0997")]
    [InlineData(0.09996, 0.1, "0.1")]
    [InlineData(0.12345, 0.12345, "0.123")]
    [InlineData(0.9996, 1, "1")]
    [InlineData(0.0499, 0.0512, "0.0499 to 0.0512")]
    public void Three_digits_are_printed(double low, double high, string printed) => PrintedPValue.Print(low, high).ShouldBe(printed);
}
