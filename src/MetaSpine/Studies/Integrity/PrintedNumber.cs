using System.Globalization;
using System.Numerics;

namespace MetaSpine;

/// <summary>A number with the digits that are printed: whole units of its last place. What it stands for lies within half a unit, both ends included,
/// since a half may have been rounded either way.</summary>
/// <param name="Units">The digits without their point: 519 for "5.19".</param>
/// <param name="Decimals">How many of them stand behind the point; two more for a percentage that is meant as a proportion ("83%").</param>
internal readonly record struct PrintedNumber(BigInteger Units, int Decimals)
{
    private const int MostDecimals = 300;

    /// <summary>How many units make one.</summary>
    internal BigInteger PerUnit => BigInteger.Pow(10, Decimals);

    internal double Value => (double)Units / Math.Pow(10, Decimals);

    /// <summary>The smallest number that is printed so.</summary>
    internal double Low => (double)(2 * Units - 1) / (2 * Math.Pow(10, Decimals));

    /// <summary>The largest number that is printed so.</summary>
    internal double High => (double)(2 * Units + 1) / (2 * Math.Pow(10, Decimals));

    /// <summary>The whole numbers k for which k / divisor is printed so; none where the first is above the last.</summary>
    internal (BigInteger First, BigInteger Last) Multiples(BigInteger divisor)
    {
        var scale = 2 * PerUnit;
        return (-Floor((1 - 2 * Units) * divisor, scale), Floor((2 * Units + 1) * divisor, scale));
    }

    /// <summary>A value with as many decimals as this number has.</summary>
    internal string Like(double value) => Print(value, Decimals);

    internal static string Print(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString($"F{Math.Clamp(decimals, 0, 15)}", CultureInfo.InvariantCulture) : "infinity";

    /// <summary>Reads plain digits, with an exponent where that leaves the last place behind the point ("2e-16"), or a percentage.</summary>
    internal static bool TryParse(string? text, out PrintedNumber number)
    {
        number = default;
        var plain = text?.Trim() ?? "";
        var isPercent = plain.EndsWith('%');
        plain = isPercent ? plain[..^1].TrimEnd() : plain;
        if (!NumberText.IsNumber(plain))
            return false;
        var mark = plain.AsSpan().IndexOfAny('e', 'E');
        var digits = mark < 0 ? plain : plain[..mark];
        var exponent = mark < 0 ? 0 : int.Parse(plain.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var decimals = NumberText.Decimals(digits) - exponent + (isPercent ? 2 : 0);
        if (decimals is < 0 or > MostDecimals)
            return false;
        number = new(BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), decimals);
        return true;
    }

    /// <exception cref="FormatException">The text is no number in plain digits.</exception>
    internal static PrintedNumber Parse(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text, what);
        return TryParse(text, out var number) ? number
            : throw new FormatException($"'{NumberText.Shorten(text)}' is no {what} in plain digits, such as 5.19.");
    }

    internal static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }
}
