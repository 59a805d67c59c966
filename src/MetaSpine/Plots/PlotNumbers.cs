using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Numbers as they stand in a picture: a true minus sign, no negative zero, and a power of ten where digits would not help.</summary>
internal static partial class PlotNumbers
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

    /// <summary>A variance: two decimals, more where two significant digits take them; a plain 0 where it is exactly that.</summary>
    public static string Variance(double value) => value switch
    {
        0 => "0",
        > 0 and < 1e-4 => PowerOfTen(value),
        > 0 and < 0.1 => Fixed(value, 1 - (int)Math.Floor(Math.Log10(value))),
        _ => Fixed(value, 2),
    };

    /// <summary>A p-value with its sign of relation: "p = 0.012", "p &lt; 0.001".</summary>
    public static string P(double value) => value switch
    {
        < 0.001 => "p < 0.001",
        > 0.995 => "p > 0.99",
        _ => "p = " + Fixed(value, value < 0.0995 ? 3 : 2),
    };

    /// <summary>The decimals that divide an interval of this width into at least three steps; two unless that takes more, or one is plenty.</summary>
    public static int DigitsFor(double width) =>
        width > 0 && double.IsFinite(width) ? Math.Clamp((int)Math.Ceiling(-Math.Log10(width / 3)), width >= 1000 ? 0 : width >= 20 ? 1 : 2, 6) : 2;

    /// <summary>The text of a number with a true minus sign, and none before a zero.</summary>
    public static string Minus(string text) =>
        !text.StartsWith('-') ? text : text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text[1..] : text[1..];

    /// <summary>A sentence whose numbers have true minus signs.</summary>
    public static string WithMinus(string text) => Sign().Replace(text, "−");

    /// <summary>A hyphen that begins a number: not that of "1990-1995", "COVID-19" or "--level".</summary>
    [GeneratedRegex(@"(?<=^|[\s(\[=<>≤≥±,;])-(?=\.?\d)")]
    private static partial Regex Sign();

    /// <summary>Two significant digits times a power of ten.</summary>
    public static string PowerOfTen(double value)
    {
        var parts = value.ToString("0.0E0", CultureInfo.InvariantCulture).Split('E');
        return $"{Minus(parts[0])}×10{string.Concat(parts[1].Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']))}";
    }
}
