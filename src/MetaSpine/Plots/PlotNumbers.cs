using System.Globalization;

namespace MetaSpine;

/// <summary>Numbers as they stand in a picture: a true minus sign, no negative zero, and a power of ten where digits would not help.</summary>
internal static class PlotNumbers
{
    private const double Huge = 100_000;

    /// <summary>A number with a fixed number of decimals; nothing for NaN.</summary>
    public static string Fixed(double value, int digits) => value switch
    {
        double.NaN => "",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        >= Huge or <= -Huge => PowerOfTen(value),
        _ => Minus(value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
    };

    /// <summary>A number with as many decimals as it has, five at most; a dash for NaN.</summary>
    public static string Short(double value) =>
        double.IsNaN(value) ? "–" : Minus(value.ToString("0.#####", CultureInfo.InvariantCulture));

    /// <summary>A p-value with its sign of relation: "p = 0.012", "p &lt; 0.001".</summary>
    public static string P(double value) => value switch
    {
        < 0.001 => "p < 0.001",
        > 0.995 => "p > 0.99",
        _ => "p = " + Fixed(value, value < 0.0995 ? 3 : 2),
    };

    /// <summary>The decimals that divide an interval of this width into at least five steps; two unless that takes more, or one is plenty.</summary>
    public static int DigitsFor(double width) =>
        width > 0 && double.IsFinite(width) ? Math.Clamp((int)Math.Ceiling(-Math.Log10(width / 5)), width >= 20 ? 1 : 2, 6) : 2;

    /// <summary>The text of a number with a true minus sign, and none before a zero.</summary>
    public static string Minus(string text) =>
        !text.StartsWith('-') ? text : text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text[1..] : text[1..];

    private static string PowerOfTen(double value)
    {
        var parts = value.ToString("0.0E+0", CultureInfo.InvariantCulture).Split("E+");
        return $"{Minus(parts[0])}×10{string.Concat(parts[1].Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']))}";
    }
}
