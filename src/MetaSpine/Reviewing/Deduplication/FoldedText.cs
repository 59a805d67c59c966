using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Text without what databases write differently: case, accents, markup, entities, punctuation.</summary>
internal static partial class FoldedText
{
    private const int Replacement = 0xFFFD;

    private static readonly Dictionary<string, int> NumberWords = new(StringComparer.Ordinal)
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
        ["first"] = 1, ["second"] = 2, ["third"] = 3, ["fourth"] = 4, ["fifth"] = 5, ["sixth"] = 6, ["seventh"] = 7, ["eighth"] = 8, ["ninth"] = 9, ["tenth"] = 10,
        ["ii"] = 2, ["iii"] = 3, ["iv"] = 4, ["vi"] = 6, ["vii"] = 7, ["viii"] = 8, ["ix"] = 9, ["xi"] = 11, ["xii"] = 12, ["xiii"] = 13, ["xiv"] = 14, ["xv"] = 15,
    };

    /// <summary>Words after which a single letter counts: "part b", "phase i".</summary>
    private static readonly HashSet<string> Markers = new(StringComparer.Ordinal)
    {
        "part", "parts", "pt", "section", "chapter", "paper", "report", "study", "experiment", "trial", "phase", "stage", "volume", "series", "communication", "step", "type", "class", "grade", "group",
    };

    /// <summary>The words that number the pieces of one work, so that with and without them are two reports.</summary>
    private static readonly HashSet<string> Pieces = new(StringComparer.Ordinal) { "part", "pt", "section", "chapter", "paper", "report", "communication" };

    /// <summary>The words in lower case with one space between them: letters and digits only, no accents, entities decoded, tags left out, Greek letters by name.</summary>
    public static string Words(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var builder = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in Plain(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format || rune.Value is '\'' or 0x2019 or Replacement)
            {
                continue;
            }

            if (rune.Value != '&' && !Rune.IsLetterOrDigit(rune))
            {
                gap = true;
                continue;
            }

            gap |= rune.Value == '&';
            if (gap && builder.Length > 0)
            {
                builder.Append(' ');
            }

            gap = rune.Value == '&';
            Append(builder, Rune.ToLowerInvariant(rune));
        }

        return builder.ToString();
    }

    /// <summary>The words of a name such that "Müller" and "Mueller" are the same.</summary>
    public static string Name(string? text) => Words(text)
        .Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal);

    /// <summary>
    /// The numbers that folded words hold, one after another: digits, Roman numerals, number words, and single letters after "part" and its like.
    /// </summary>
    /// <param name="words">The folded words.</param>
    /// <param name="hasPiece">Whether "part" or its like stands before a number.</param>
    public static string Numbers(string words, out bool hasPiece)
    {
        var numbers = new StringBuilder();
        hasPiece = false;
        var before = "";
        foreach (var word in words.Split(' '))
        {
            var length = numbers.Length;
            if (NumberWords.TryGetValue(word, out var number))
            {
                numbers.Append(number);
            }
            else if (word.Length == 1 && Markers.Contains(before) && char.IsAsciiLetterLower(word[0]))
            {
                numbers.Append(word[0] switch { 'i' => "1", 'v' => "5", 'x' => "10", _ => word });
            }
            else
            {
                foreach (var c in word)
                {
                    if (char.IsDigit(c))
                    {
                        numbers.Append(c);
                    }
                }
            }

            hasPiece |= numbers.Length > length && Pieces.Contains(before);
            before = word;
        }

        return numbers.ToString();
    }

    private static void Append(StringBuilder builder, Rune rune)
    {
        if (rune.Value == '&')
        {
            builder.Append("and");
        }
        else if (rune.IsAscii)
        {
            builder.Append((char)rune.Value);
        }
        else if (FoldedLetters.Of(rune) is { } folded)
        {
            builder.Append(folded);
        }
        else
        {
            builder.Append(rune);
        }
    }

    /// <summary>Entities decoded, tags left out.</summary>
    private static string Plain(string text)
    {
        if (text.Contains('&', StringComparison.Ordinal))
        {
            text = WebUtility.HtmlDecode(text);
        }

        return text.Contains('<', StringComparison.Ordinal) ? Tag().Replace(text, "") : text;
    }

    [GeneratedRegex(@"</?[A-Za-z][^<>]{0,80}>")]
    private static partial Regex Tag();
}
