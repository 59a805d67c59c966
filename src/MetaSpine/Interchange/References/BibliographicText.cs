using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Finds in what people and databases write the names, numbers and pages that are meant.</summary>
internal static partial class BibliographicText
{
    /// <summary>More characters than a name, a number or a range of pages has: what is longer is no such thing, and is not searched for one.</summary>
    private const int Longest = 200;

    /// <summary>The first digital object identifier in a text, beginning with <c>10.</c>; null where there is none.</summary>
    public static string? Doi(string text)
    {
        text = text.Contains('%', StringComparison.Ordinal) && (text.Contains("%2F", StringComparison.OrdinalIgnoreCase) || text.Contains("%3C", StringComparison.OrdinalIgnoreCase)) ? Uri.UnescapeDataString(text) : text;
        for (var at = text.IndexOf("10.", StringComparison.Ordinal); at >= 0; at = text.IndexOf("10.", at + 3, StringComparison.Ordinal))
        {
            if (DoiForm().Match(text.Substring(at, Math.Min(2 * Longest, text.Length - at))) is { Success: true } match && (match.Length < 2 * Longest || at + match.Length == text.Length))
            {
                return WithoutTail(match.Value);
            }
        }

        return null;
    }

    /// <summary>A PubMed number, with or without <c>PMID:</c> before it or a remark in brackets behind; null where it is none.</summary>
    public static string? Pmid(string text) => text.Length <= Longest && PmidForm().Match(text) is { Success: true } match ? match.Groups["number"].Value : null;

    /// <summary>The PubMed Central number in a text, <c>PMC</c> and digits; null where there is none.</summary>
    public static string? Pmcid(string text) => PmcidForm().Match(text) is { Success: true } match ? "PMC" + match.Groups["number"].Value : null;

    /// <summary>The first year from 1000 to 2999 in a text that stands alone as four digits, or begins a date such as 20160512.</summary>
    public static int? Year(string text) =>
        YearForm().Match(text) is { Success: true } match ? int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>An ISSN or ISBN without a remark such as "(Print)" or "[ISSN]".</summary>
    public static string SerialNumber(string text) => text.Length > Longest ? text.Trim() : Remark().Replace(text, "").Trim();

    /// <summary>Pages with the last one in full: "1439-44" gives "1439-1444", "S106-S11; discussion S111" gives "S106-S111; discussion S111".</summary>
    public static string Pages(string text) => PageRange().Replace(text.Trim(), match =>
    {
        var (letters, first, last) = (match.Groups["letters"].Value, match.Groups["first"].Value, match.Groups["last"].Value);
        var other = match.Groups["other"].Value;
        var full = last.Length < first.Length ? first[..^last.Length] + last : last;
        return (other.Length > 0 && !other.Equals(letters, StringComparison.OrdinalIgnoreCase)) || string.CompareOrdinal(full, first) < 0 || full.Length > first.Length
            ? $"{letters}{first}-{other}{last}" : $"{letters}{first}-{letters}{full}";
    });

    /// <summary>The first and the last page; the whole as the first where it is no plain range of pages.</summary>
    public static (string? First, string? Last) Ends(string? pages) =>
        pages?.Split('-') is [var first, var last] && IsPage(first) && IsPage(last) ? (first, last) : (pages, null);

    /// <summary>Whether a text is the number of one page: 1439, S106, e12, 21.e3, xiv.</summary>
    public static bool IsPage(string text) => PageForm().IsMatch(text);

    /// <summary>
    /// A name: "Family, Given", "Family, Given, Suffix" or "Family, Suffix, Given"; without a comma "Family JK" or "Family JK Jr" where the
    /// last words are initials; else one name. It is a group's where it has a word such as Collaboration, or EndNote's mark of one: a
    /// comma at its end, its own commas doubled.
    /// </summary>
    public static PersonName Name(string text, bool isGroup = false)
    {
        text = text.Trim();
        if (isGroup || text.EndsWith(',') || text.Contains(",,", StringComparison.Ordinal))
        {
            return new(isGroup ? text : text.Replace(",,", ",", StringComparison.Ordinal).TrimEnd(',', ' ')) { IsGroup = true };
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
        {
            return GroupWord().IsMatch(text) ? new(text) { IsGroup = true }
                : text.Length <= Longest && InitialsBehind().Match(text) is { Success: true } match
                    ? new(match.Groups["family"].Value, match.Groups["given"].Value) { Suffix = match.Groups["suffix"] is { Success: true } end ? end.Value : null }
                    : new(text);
        }

        var suffix = parts.Length > 2 ? Array.FindLastIndex(parts, parts.Length - 1, parts.Length - 1, SuffixForm().IsMatch) : -1;
        var given = string.Join(", ", parts.Where((part, i) => i > 0 && i != suffix && part.Length > 0));
        return new(parts[0], given.Length == 0 ? null : given) { Suffix = suffix < 0 ? null : parts[suffix] };
    }

    /// <summary>A title without markup, its white space single.</summary>
    public static string? Line(string? text) => text is null || Spaces().Replace(text, " ").Trim() is not { Length: > 0 } line ? null : line;

    /// <summary>The lines of a text, without the NUL characters that no reader of a tagged format bears.</summary>
    public static string[] Lines(string text) => text.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');

    /// <summary>What a sentence or a pair of brackets left at the end of an identifier.</summary>
    private static string WithoutTail(string doi)
    {
        var tail = ".,;:\"'>}]" + (doi.Contains('(', StringComparison.Ordinal) ? "" : ")");
        return doi.TrimEnd(tail.ToCharArray());
    }

    // What stands between angle brackets belongs to it only in the form of a serial item (SICI): <1661::AID-SIM968>.
    [GeneratedRegex(@"^10\.\d{4,9}(?:\.\d+)*/(?:<[^\s<>:]*:[^\s<>]*>|[^\s""<>\\^`{}|])+", RegexOptions.CultureInvariant)]
    private static partial Regex DoiForm();

    [GeneratedRegex(@"^\s*(?:PMID:?|PUBMED:?|MEDLINE:)?\s*(?<number>[1-9]\d{0,8})\s*(?:[\[(].*)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PmidForm();

    [GeneratedRegex(@"\bPMC\s?(?<number>[1-9]\d{0,9})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PmcidForm();

    [GeneratedRegex(@"(?<!\d)(?<year>[12][0-9]{3})(?!\d)|(?<!\d)(?<year>[12][0-9]{3})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex YearForm();

    [GeneratedRegex(@"\s*[\[(][^\[\]()]*[\])]")]
    private static partial Regex Remark();

    [GeneratedRegex(@"(?<![\w-])(?<letters>[A-Za-z]{0,3})(?<first>[0-9]{1,9})\s*[-\u2010-\u2015]{1,2}\s*(?<other>[A-Za-z]{0,3})(?<last>[0-9]{1,9})(?![\w-])")]
    private static partial Regex PageRange();

    [GeneratedRegex(@"^(?<family>.*\S)\s+(?<given>\p{Lu}{1,4}|(?:\p{Lu}\p{Ll}{0,2}\.[- ]?)+)(?:\s+(?<suffix>Jr|Sr|[1-5](?:st|nd|rd|th)|I{2,3}|IV)\.?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex InitialsBehind();

    [GeneratedRegex(@"^(?:Jr|Sr|Jnr|Snr|[1-5](?:st|nd|rd|th)|I{2,3}|IV|V)\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SuffixForm();

    [GeneratedRegex(@"\s(?:group|collaboration|collaborative|collaborators|investigators|consortium|society|committee|organi[sz]ation|team|network|association|initiative|alliance|force|council|agency|trialists)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GroupWord();

    [GeneratedRegex(@"^(?:[A-Za-z]{0,4}[0-9]{1,9}[A-Za-z0-9.]{0,8}|[ivxlcdmIVXLCDM]{1,9})$")]
    private static partial Regex PageForm();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
