namespace MetaSpine.Tests;

public sealed class PlotNumbersTests
{
    [EveryCultureTheory]
    [InlineData(-0.714, 2, "−0.71")]
    [InlineData(-0.001, 2, "0.00")]
    [InlineData(2138.327, 2, "2138.33")]
    [InlineData(1234567, 2, "1.2×10⁶")]
    [InlineData(-9.9e20, 1, "−9.9×10²⁰")]
    [InlineData(9.99e5, 1, "1.0×10⁶")]
    [InlineData(double.PositiveInfinity, 2, "∞")]
    [InlineData(double.NaN, 2, "")]
    public void Fixed_decimals(double value, int digits, string expected) => PlotNumbers.Fixed(value, digits).ShouldBe(expected);

    [EveryCultureTheory]
    [InlineData(0, "0")]
    [InlineData(0.3132, "0.31")]
    [InlineData(684.651, "684.65")]
    [InlineData(0.0188, "0.019")]
    [InlineData(0.00000234, "2.3×10⁻⁶")]
    public void Variances(double value, string expected) => PlotNumbers.Variance(value).ShouldBe(expected);

    [EveryCultureTheory]
    [InlineData(0.0004, "p < 0.001")]
    [InlineData(0.0124, "p = 0.012")]
    [InlineData(0.123, "p = 0.12")]
    [InlineData(1, "p > 0.99")]
    public void P_values(double value, string expected) => PlotNumbers.P(value).ShouldBe(expected);

    [EveryCultureTheory]
    [InlineData(0.4, 2)]
    [InlineData(0.013, 3)]
    [InlineData(0.0002, 5)]
    [InlineData(5, 2)]
    [InlineData(40, 1)]
    [InlineData(4000, 0)]
    [InlineData(0, 2)]
    [InlineData(double.PositiveInfinity, 2)]
    public void Decimals_follow_the_width_of_the_interval(double width, int expected) => PlotNumbers.DigitsFor(width).ShouldBe(expected);
}
