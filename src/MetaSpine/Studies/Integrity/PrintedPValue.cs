using System.Globalization;

namespace MetaSpine;

/// <summary>A p-value as printed: a number with its rounding, or a bound such as &lt;0.001.</summary>
internal readonly record struct PrintedPValue
{
    /// <summary>1 - 0.95 is not quite 0.05.</summary>
    private const double Slack = 1e-12;

    private readonly double _low, _high;
    private readonly bool _openBelow, _openAbove;

    private PrintedPValue(string text, double low, double high, bool openBelow = false, bool openAbove = false) =>
        (Text, _low, _high, _openBelow, _openAbove) = (text, low, high, openBelow, openAbove);

    /// <summary>How a sentence prints it: "p = 0.03", "p &lt; 0.001".</summary>
    internal string Text { get; }

    /// <summary>The smallest and the largest p-value that are printed so.</summary>
    internal (double Low, double High) Limits => (_low, _high);

    /// <summary>Whether some p-value between the two limits is printed so.</summary>
    internal bool Fits(double low, double high)
    {
        // The limits come from printed digits by a handful of operations; their rounding must not decide a tie.
        var slack = 1e-12 * high;
        return (_openBelow ? high > _low : high + slack >= _low) && (_openAbove ? low < _high : low - slack <= _high);
    }

    /// <summary>Whether the report calls the result significant; <see langword="null"/> where a bound leaves it open. Exactly alpha counts as significant.</summary>
    internal bool? IsSignificant(double alpha) =>
        _openBelow ? (_low >= alpha - Slack ? false : null)
        : _openAbove ? (_high <= alpha + Slack ? true : null)
        : (_low + _high) / 2 <= alpha + Slack;

    internal static bool TryParse(string? text, out PrintedPValue p)
    {
        p = default;
        var plain = text?.Trim() ?? "";
        var sign = plain is ['<' or '>' or '=', ..] ? plain[0] : '=';
        plain = plain is ['<' or '>' or '=', ..] ? plain[1..].TrimStart() : plain;
        if (!PrintedNumber.TryParse(plain, out var number) || number.Value is < 0 or > 1)
            return false;
        var shown = $"p {sign} {plain}";
        p = sign switch
        {
            '<' when number.Value > 0 => new(shown, 0, number.Value, openAbove: true),
            '>' when number.Value < 1 => new(shown, number.Value, 1, openBelow: true),
            // "p < 0.000" and "p > 1" can only mean what rounding left.
            _ => new(shown, Math.Max(0, number.Low), Math.Min(1, number.High)),
        };
        return true;
    }

    /// <exception cref="FormatException">The text is no p-value.</exception>
    internal static PrintedPValue Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var p) ? p : throw new FormatException($"'{NumberText.Shorten(text)}' is no p-value, such as 0.03 or <0.001.");
    }

    /// <summary>A p-value or a range of them with three significant digits.</summary>
    internal static string Print(double low, double high)
    {
        var (first, last) = (One(low), One(high));
        return first == last ? first : $"{first} to {last}";
    }

    private static string One(double p) => p is 0 or >= 0.0001 ? p.ToString("G3", CultureInfo.InvariantCulture)
        : p.ToString("0.##E-0", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
