using System.Globalization;
using System.Text;

namespace MetaSpine;

/// <summary>Measures text before it is drawn, and breaks it where a line is too narrow.</summary>
internal static class TextMetrics
{
    /// <summary>The family that is measured, its metric twins, and what scripts that it lacks fall back to.</summary>
    public const string Families = "Arial, 'Liberation Sans', Helvetica, Arimo, 'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif";

    /// <summary>From the baseline up to the top of accented capitals, and down to the foot of descenders, in em.</summary>
    public const double Ascent = 0.9;
    public const double Descent = 0.21;

    /// <summary>An interval's upper bound has no more characters than this.</summary>
    private const int LongestBound = 14;

    /// <summary>
    /// The width of a text. Characters that the family lacks come from a font that nobody knows: they are taken as wide as
    /// such letters get, so that the drawing is rather too roomy than too tight.
    /// </summary>
    public static double Width(string text, double size, bool bold = false)
    {
        double width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Advance(rune, bold);
        }

        return width * size;
    }

    private static double Advance(Rune rune, bool bold)
    {
        var known = FontWidths.Of(rune, bold);
        if (known > 0)
        {
            return known / FontWidths.UnitsPerEm;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ when IsWide(rune.Value) => 1,
            UnicodeCategory.OtherSymbol => 1.4,
            UnicodeCategory.OtherNumber or UnicodeCategory.ModifierLetter => 0.5,
            _ => bold ? 0.85 : 0.75,
        };
    }

    /// <summary>East Asian characters that fill a square.</summary>
    private static bool IsWide(int value) => value
        is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x20000 and <= 0x3FFFD);

    /// <summary>Breaks a text into lines no wider than asked: after spaces, between East Asian characters, or within a word that is too long.</summary>
    public static List<string> Wrap(string text, double width, double size, bool bold = false)
    {
        var lines = new List<string>();
        int start = 0, lastBreak = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var index = elements.ElementIndex;
            var element = elements.GetTextElement();
            if (IsWide(Rune.GetRuneAt(Clean(element), 0).Value))
            {
                lastBreak = index;
            }

            var end = index + element.Length;
            if (Width(text[start..end].TrimEnd(), size, bold) > width && index > start)
            {
                var cut = lastBreak > start ? lastBreak : index;
                lines.Add(text[start..cut].TrimEnd());
                start = cut;
            }

            if (element == " " && !IsWithinInterval(text, index))
            {
                lastBreak = end;
            }
        }

        lines.Add(text[start..].TrimEnd());
        return lines;
    }

    /// <summary>Whether a place lies between the bounds of "[0.69, 1.01]", which belong on one line.</summary>
    private static bool IsWithinInterval(string text, int index) =>
        text.AsSpan(0, index).LastIndexOfAny('[', ']') is >= 0 and var before && text[before] == '[' && text.AsSpan(index).IndexOf(']') is >= 0 and <= LongestBound;

    /// <summary>The text without what SVG cannot hold: control characters and halves of surrogate pairs become U+FFFD, line ends a space.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            clean.Append(rune.Value switch
            {
                '\t' or '\n' or '\r' => " ",
                < 0x20 or (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return clean.ToString();
    }
}
