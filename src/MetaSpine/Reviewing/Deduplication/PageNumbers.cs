using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Whether two values of a field say the same.</summary>
internal enum FieldMatch
{
    /// <summary>One of them is missing, or they cannot be held against each other.</summary>
    Unknown,

    /// <summary>They say the same.</summary>
    Same,

    /// <summary>They contradict each other.</summary>
    Different,
}

/// <summary>Pages as numbers: the letters before the first page, its number, and the last page.</summary>
internal readonly partial record struct PageNumbers
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// <summary>What stands before the number of the first page: "s", "e".</summary>
    public string Letters { get; private init; }

    /// <summary>The first page or the article's number, without letters; 0 where there is none.</summary>
    public long First { get; private init; }

    /// <summary>The last page in full; 0 where there is none.</summary>
    public long Last { get; private init; }

    /// <summary>Whether a spreadsheet made a date of the pages, so that it is unknown which number came first.</summary>
    public bool IsDate { get; private init; }

    /// <summary>Whether there are no pages.</summary>
    public bool IsNone => First == 0;

    private bool IsOnlineFirst => First == 1 && Last > 2 && Letters.Length == 0;

    private bool IsArticleNumber => Last == 0 && (Letters.Length > 0 || First > 999);

    /// <summary>Reads pages: "S106-S111; discussion 112", "1439-44", "e1000097", and "01-Jun", which was 1-6 before a spreadsheet took it for a date.</summary>
    public static PageNumbers Of(string? text)
    {
        var none = new PageNumbers { Letters = "" };
        if (string.IsNullOrWhiteSpace(text) || text.Contains("10.", StringComparison.Ordinal) || text.Contains("pagination", StringComparison.OrdinalIgnoreCase))
        {
            return none;
        }

        if (DateForm().Match(text) is { Success: true } date)
        {
            var month = Months.IndexOf(date.Groups["month"].Value.ToLowerInvariant(), StringComparison.Ordinal) / 3 + 1;
            var other = long.Parse(date.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            return other == 0 ? none : new() { Letters = "", First = Math.Min(month, other), Last = Math.Max(month, other), IsDate = true };
        }

        if (Form().Match(text) is not { Success: true } match)
        {
            return none;
        }

        var (first, last) = (match.Groups["first"].Value, match.Groups["last"].Value);
        var whole = last.Length > 0 && last.Length < first.Length ? first[..^last.Length] + last : last;
        return new()
        {
            Letters = match.Groups["letters"].Value.ToLowerInvariant(), First = long.Parse(first, CultureInfo.InvariantCulture),
            Last = whole.Length == 0 ? 0 : long.Parse(whole, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>
    /// Whether two reports begin on the same page. S123 is 123. Pages that count from 1 belong to a version ahead of the issue or to an
    /// article with a number of its own: held against pages of an issue or such a number they say nothing.
    /// </summary>
    public FieldMatch Match(PageNumbers other)
    {
        if (IsNone || other.IsNone)
        {
            return FieldMatch.Unknown;
        }

        if (IsDate || other.IsDate)
        {
            var (date, plain) = IsDate ? (this, other) : (other, this);
            return plain.First == date.First && (plain.Last == date.Last || plain.Last == 0) ? FieldMatch.Same
                : plain.First == date.Last && plain.Last != 0 && Ends(plain.Last, date.First) ? FieldMatch.Same : FieldMatch.Different;
        }

        if (First == other.First && (Letters == other.Letters || Letters.Length == 0 || other.Letters.Length == 0))
        {
            return FieldMatch.Same;
        }

        return IsAhead(other) || other.IsAhead(this) ? FieldMatch.Unknown : FieldMatch.Different;
    }

    private bool IsAhead(PageNumbers other) => IsOnlineFirst && (other.IsArticleNumber || (other.Last > 0 && Math.Abs(other.Last - other.First - (Last - First)) <= 1));

    private static bool Ends(long number, long end) => number.ToString(CultureInfo.InvariantCulture).EndsWith(end.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(?:(?<number>\d{1,2})[-/ ](?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ](?<number>\d{1,4}))\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^\s*(?:pp?\.?\s*)?(?<letters>[A-Za-z]{0,6})[.\s]?0*(?<first>[1-9][0-9]{0,14})(?:[A-Za-z.][A-Za-z0-9]{0,8})?(?:\s*[-\u2010-\u2015\u2212]+\s*[A-Za-z]{0,6}0*(?<last>[1-9][0-9]{0,14}))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
