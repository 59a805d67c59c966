using System.Net;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Text in CSL-JSON, which may have the few tags of CSL's rich text, and in Crossref's those of publishers (JATS, MathML).</summary>
internal static partial class CslText
{
    /// <summary>The text without tags, its white space single.</summary>
    public static string? Line(string? text) => BibliographicText.Line(Plain(text));

    /// <summary>The text without tags, a line for each paragraph and heading.</summary>
    public static string? Lines(string? text)
    {
        if (text is null || !text.Contains('<', StringComparison.Ordinal))
        {
            return BibliographicText.Block(Plain(text));
        }

        var isMarked = Paragraph().IsMatch(text);
        var lines = Plain(isMarked ? Paragraph().Replace(Spaces().Replace(text, " "), "\n") : text)!.Split('\n').Select(line => line.Trim());
        return BibliographicText.Block(string.Join('\n', isMarked ? lines.Where(line => line.Length > 0) : lines));
    }

    private static string? Plain(string? text) =>
        text is null || text.AsSpan().IndexOfAny('<', '&') < 0 ? text : WebUtility.HtmlDecode(Tag().Replace(text, ""));

    [GeneratedRegex(@"</?(?:i|b|em|strong|sub|sup|scp|sc|u|tt|span|title|p|sec|jats:[a-z-]+|mml:[a-z]+)(?:\s[^<>]*)?/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"</(?:jats:)?(?:p|title|sec)>|<(?:jats:)?(?:p|title|sec)(?:\s[^<>]*)?>|<br\s*/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
