using System.Globalization;
using System.Numerics;

namespace MetaSpine;

/// <summary>The ways in which people and programs round a half.</summary>
[Flags]
public enum RoundingModes
{
    /// <summary>No way gives the printed number.</summary>
    None = 0,

    /// <summary>Halves go up: 62.5 is 63.</summary>
    HalfUp = 1,

    /// <summary>Halves go down: 62.5 is 62.</summary>
    HalfDown = 2,

    /// <summary>Halves go to the even neighbour: 62.5 is 62, 63.5 is 64.</summary>
    HalfEven = 4,

    /// <summary>Every way gives the printed number: no half is involved.</summary>
    All = HalfUp | HalfDown | HalfEven,
}

/// <summary>A run of whole numbers, both ends included.</summary>
/// <param name="First">The smallest.</param>
/// <param name="Last">The largest.</param>
public readonly record struct CountRange(long First, long Last)
{
    /// <summary>Returns "24", or "134 to 135".</summary>
    public override string ToString() => First == Last ? First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{First} to {Last}");
}

/// <summary>Compares a printed percentage with a count, exactly: in whole numbers, at the decimals that are printed.</summary>
/// <remarks>
/// The idea is the granularity test of N. J. L. Brown and J. A. J. Heathers, "The GRIM test", Social Psychological and Personality Science
/// 2017;8:363-369, doi:10.1177/1948550616673876, applied to percentages of counts.
/// </remarks>
public static class Percentage
{
    /// <summary>The ways of rounding by which the count of the total gives the percentage as printed.</summary>
    /// <param name="count">The count, from 0.</param>
    /// <param name="total">The total, from 1.</param>
    /// <param name="printed">The percentage with its decimals: "83", "25.0".</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or the total is not positive.</exception>
    /// <exception cref="FormatException">The percentage is not written in plain digits.</exception>
    public static RoundingModes Agreement(long count, long total, string printed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
        var (units, perUnit) = Units(printed);

        // In units of the last printed place the true percentage is 100 * count * perUnit / total.
        var floor = BigInteger.DivRem(100 * (BigInteger)count * perUnit, total, out var rest);
        var half = (2 * rest).CompareTo(total);
        var nearest = half > 0 ? floor + 1 : floor;
        if (half != 0)
            return units == nearest ? RoundingModes.All : RoundingModes.None;
        var even = floor.IsEven ? floor : floor + 1;
        return (units == floor + 1 ? RoundingModes.HalfUp : 0) | (units == floor ? RoundingModes.HalfDown : 0)
            | (units == even ? RoundingModes.HalfEven : 0);
    }

    /// <summary>The counts of the total that some way of rounding prints as the percentage; <see langword="null"/> where there is none.</summary>
    /// <param name="total">The total, from 1.</param>
    /// <param name="printed">The percentage with its decimals: "83", "25.0".</param>
    /// <exception cref="ArgumentOutOfRangeException">The total is not positive.</exception>
    /// <exception cref="FormatException">The percentage is not written in plain digits.</exception>
    public static CountRange? AdmissibleCounts(long total, string printed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
        var (units, perUnit) = Units(printed);

        // A half more or less than printed, both ends included, since a half may have been rounded either way.
        var scale = 200 * perUnit;
        var first = BigInteger.Max(0, CeilingDivide((2 * units - 1) * total, scale));
        var last = BigInteger.Min(total, (2 * units + 1) * total / scale);
        return first <= last ? new CountRange((long)first, (long)last) : null;
    }

    /// <summary>Checks a percentage against the count and the total that it is of.</summary>
    /// <param name="printed">The percentage with its decimals: "83", "25.0", "83%".</param>
    /// <param name="count">The count, from 0; <see langword="null"/> where only the total is known (GRIM of a percentage).</param>
    /// <param name="total">The total, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or above the total, or the total is not positive.</exception>
    /// <exception cref="FormatException">The percentage is not written in plain digits.</exception>
    public static NumberCheck Check(string printed, long? count, long total)
    {
        ArgumentNullException.ThrowIfNull(printed);
        if (count > total)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"A count is at most its total, {total}.");
        var digits = printed.TrimEnd('%');
        var admissible = AdmissibleCounts(total, digits);
        var agrees = count is { } given ? Agreement(given, total, digits) != 0 : admissible is not null;
        var exact = count is { } n ? Exact(n, total, NumberText.Decimals(digits) + 2) : null;
        var fits = admissible is { } range ? $"{digits}% of {total} would be {range}"
            : $"no count of {total} is {digits}%, so it has another denominator or a misprint";
        return NumberCheck.Of(IntegrityRules.Percent, agrees, $"{digits}%", exact is null ? null : $"{count}/{total} = {exact}%", admissible?.ToString() ?? "none",
            exact is null ? fits : agrees ? $"{count} of {total} is {exact}%, as printed: {digits}%; {fits}"
            : $"{count} of {total} is {exact}%, but the report prints {digits}%; {fits}");
    }

    private static string Exact(long count, long total, int decimals) =>
        Math.Round(100m * count / total, Math.Min(decimals, 20)).ToString(CultureInfo.InvariantCulture);

    private static BigInteger CeilingDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return rest > 0 ? quotient + 1 : quotient;
    }

    private static (BigInteger Units, BigInteger PerUnit) Units(string printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        if (!NumberText.IsNumber(printed) || printed.AsSpan().ContainsAny('e', 'E'))
            throw new FormatException($"'{NumberText.Shorten(printed)}' is not a percentage in plain digits.");
        var digits = printed.Replace(".", "", StringComparison.Ordinal);
        return (BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            BigInteger.Pow(10, NumberText.Decimals(printed)));
    }
}
