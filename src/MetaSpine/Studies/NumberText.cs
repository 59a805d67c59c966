using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>The grammar of a reported number, and advice for what is often written instead.</summary>
internal static partial class NumberText
{
    internal const string NotReported = "nr", NotApplicable = "na";

    private const int LongestText = 60;

    internal static bool IsAbsent(string text) => text is NotReported or NotApplicable;

    internal static bool IsBound(string text) => text.Length > 1 && text[0] is '<' or '>' && IsNumber(text[1..].TrimStart());

    internal static bool IsNumber(string text) =>
        text.Length <= LongestText && IsNumeral(text) && double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture));

    // [+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})? by hand: numbers stand in every file, and the first regular expression that a process meets is slow.
    private static bool IsNumeral(ReadOnlySpan<char> text)
    {
        text = WithoutSign(text);
        var whole = Digits(text);
        text = text[whole..];
        var part = text is ['.', .. var behind] ? Digits(behind) : -1;
        text = text[(part + 1)..];
        if (whole + Math.Max(part, 0) == 0)
            return false;
        if (text is not ['e' or 'E', .. var exponent])
            return text.IsEmpty;
        exponent = WithoutSign(exponent);
        return exponent.Length is >= 1 and <= 4 && Digits(exponent) == exponent.Length;
    }

    private static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) => text is ['+' or '-', .. var unsigned] ? unsigned : text;

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        return count;
    }

    internal static double? Value(string text) => IsNumber(text) ? double.Parse(text, CultureInfo.InvariantCulture) + 0.0 : null;

    internal static int Decimals(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return 0;
        var end = text.AsSpan(point).IndexOfAny('e', 'E');
        return (end < 0 ? text.Length - point : end) - 1;
    }

    /// <summary>Why the text is no number and what to write; <see langword="null"/> where it is fine.</summary>
    internal static string? Problem(string text)
    {
        if (IsNumber(text) || IsAbsent(text) || IsBound(text))
            return null;
        var advice = Advice(text);
        return $"'{Shorten(text)}' is not a number{(advice is null ? "" : $": {advice}")}";
    }

    internal static string Shorten(string text) =>
        text.Length <= LongestText ? text.ReplaceLineEndings(" ") : $"{text[..LongestText].ReplaceLineEndings(" ")}...";

    private static string? Advice(string text)
    {
        if (text.Length > LongestText)
            return null;
        if (IsNumeral(text))
            return "it is too large for a number";
        if (text.Length == 0)
            return "leave the key out, or write nr (not reported) or na (not applicable)";
        if (Thousands().IsMatch(text))
            return $"write {Regex.Replace(text, "[, '’\u00a0\u2009\u202f]", "")} without a thousands separator"
                + (text.Count(c => c == ',') == 1 ? $" (or {text.Replace(',', '.')} if the comma is a decimal mark)" : "");
        if (DecimalComma().IsMatch(text))
            return $"write {text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')} with a decimal point";
        if (text.Contains('−') && IsNumber(text.Replace('−', '-')))
            return $"write {text.Replace('−', '-')} with the hyphen of the keyboard as minus sign";
        if (text.EndsWith('%') && IsNumber(text[..^1].TrimEnd()))
            return $"write {text[..^1].TrimEnd()} without the percent sign";
        if (text is "-" or "NR" or "NA" or "N/A" or "n/a" or "N.R." or "not reported" or "not applicable")
            return "write nr (not reported) or na (not applicable), or leave the key out";
        if (LeadingNumber().Match(text) is { Success: true } number)
            return $"write {number.Value} alone; a unit or a note has its own key";
        return null;
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}([, '’\u00a0\u2009\u202f][0-9]{3})+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(\.[0-9]{3})*,[0-9]+\z|^[+-]?[0-9]+,[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[+-]?[0-9]+(\.[0-9]+)?(?=[^0-9.,])", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingNumber();
}
