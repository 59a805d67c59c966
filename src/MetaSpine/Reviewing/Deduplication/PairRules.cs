namespace MetaSpine;

/// <summary>What the rules say of two records. The three thresholds of titles are those of a rule set that was tried on four labelled libraries.</summary>
internal sealed class PairRules(DeduplicationOptions options)
{
    /// <summary>Titles that are the same but for typing, that one identifier joins, and that are one title in two wordings.</summary>
    private const double Alike = 0.85, Joined = 0.70, Reworded = 0.45;

    /// <summary>Titles of which hardly a letter differs, which questions ask for.</summary>
    private const double Same = 0.95;

    /// <summary>Titles with fewer letters are shared by many reports.</summary>
    private const int Telling = 25;

    /// <summary>An author in common, and authors that are the same.</summary>
    private const double Author = 0.6, SameAuthors = 0.85;

    private static readonly Dictionary<(string, DuplicateVerdict), DuplicateRule> Rules = DuplicateRule.All.ToDictionary(rule => (rule.Code, rule.Verdict));

    /// <summary>The first rule that applies.</summary>
    /// <param name="pair">The two records.</param>
    /// <param name="title">How alike their titles are.</param>
    public DuplicateRule Judge(PairComparison pair, out double title)
    {
        title = pair.Dice();
        var (a, b) = (pair.A, pair.B);
        var contained = pair.IsContained;
        var (doi, pages, volume) = (pair.Doi, pair.Pages, pair.Volume);
        var alike = title >= Alike || contained;
        if (!alike && doi != FieldMatch.Same && pair.Pmid != FieldMatch.Same && (title <= Reworded || pages != FieldMatch.Same))
        {
            return No("title");
        }

        var authors = pair.Authors();
        var years = pair.YearsApart;
        var samePlace = pages == FieldMatch.Same && volume == FieldMatch.Same;
        if (Identity(pair, title, alike, authors, samePlace) is { } identity)
        {
            return identity;
        }

        if (doi == FieldMatch.Same)
        {
            return OneDoi(pair, title, contained, authors, pages, years);
        }

        if (years > 1)
        {
            return No("years");
        }

        if (!alike)
        {
            return title > Reworded && authors >= SameAuthors && samePlace && years == 0 && doi != FieldMatch.Different && pair.Journal != FieldMatch.Different
                ? a.IsSupplement || b.IsSupplement || a.Pages.Last != b.Pages.Last ? Ask("reworded-abstracts") : Yes("reworded")
                : No("title");
        }

        return Contradiction(pair, title, authors, years, doi, pages, volume) ?? Support(pair, title, authors, years, pages, volume);
    }

    /// <summary>What a number of PubMed, a register, a notice, a version or a numbered part decides.</summary>
    private DuplicateRule? Identity(PairComparison pair, double title, bool alike, double? authors, bool samePlace)
    {
        var (a, b) = (pair.A, pair.B);
        if (pair.Pmid == FieldMatch.Same)
        {
            return alike || title >= Reworded || samePlace || (authors >= SameAuthors && pair.Pages == FieldMatch.Same) ? Yes("pmid") : Ask("pmid-title");
        }

        if (a.Registration != b.Registration)
        {
            return No("register");
        }

        var isOneDoi = pair.Doi == FieldMatch.Same;
        if (a.Role != b.Role)
        {
            return isOneDoi && pair.Pages != FieldMatch.Different || samePlace ? Ask("notice-place") : No("notice");
        }

        if (a.RoleByType != b.RoleByType && a.Role == NoticeRole.None && pair.Pages != FieldMatch.Same && !isOneDoi)
        {
            return No("notice");
        }

        if (a.Version.Base is not null && a.Version.Base == b.Version.Base && a.Version.Number != b.Version.Number)
        {
            return options.MergeVersions ? Yes("version") : a.Version.Number > 0 && b.Version.Number > 0 ? No("version") : pair.YearsApart == 0 && alike ? Yes("place") : Ask("version-unknown");
        }

        if (alike && a.Numbers != b.Numbers && Parts(a, b) is { } part)
        {
            return samePlace || (isOneDoi && pair.Pages != FieldMatch.Different) ? Ask("part-place") : part;
        }

        if (pair.Pmid == FieldMatch.Different)
        {
            return alike && (isOneDoi || samePlace) ? Ask("pmids-same") : No("pmids");
        }

        return null;
    }

    /// <summary>Titles that number something: two numbers are two reports. One title may be cut off, so that its numbers begin those of the other.</summary>
    private static DuplicateRule? Parts(ReferenceFeatures a, ReferenceFeatures b) =>
        a.Numbers.Length > 0 && b.Numbers.Length > 0 && (a.Numbers.Length == b.Numbers.Length || (!a.Numbers.Contains(b.Numbers, StringComparison.Ordinal) && !b.Numbers.Contains(a.Numbers, StringComparison.Ordinal)))
            ? No("part")
            : a.HasPiece != b.HasPiece ? Ask("part-one") : null;

    private static DuplicateRule OneDoi(PairComparison pair, double title, bool contained, double? authors, FieldMatch pages, int? years)
    {
        if (title > Joined || contained)
        {
            return years > 2 ? Ask("doi-years")
                : title < Same && pages == FieldMatch.Different && (pair.A.IsSupplement || pair.B.IsSupplement) ? Ask("doi-abstracts") : Yes("doi");
        }

        var isOnePlace = authors >= SameAuthors && pages == FieldMatch.Same && years is null or 0 or 1;
        return !isOnePlace ? No("doi-shared")
            : title > Reworded && pair.Volume == FieldMatch.Same && !pair.A.IsSupplement && !pair.B.IsSupplement ? Yes("reworded") : Ask("doi-title");
    }

    /// <summary>Fields that say something else, in titles that are alike.</summary>
    private static DuplicateRule? Contradiction(PairComparison pair, double title, double? authors, int? years, FieldMatch doi, FieldMatch pages, FieldMatch volume)
    {
        var isOnePlace = pages == FieldMatch.Same && volume == FieldMatch.Same;
        var isAsked = title >= Same && authors >= SameAuthors && pair.A.Title.Length >= Telling;
        if (doi == FieldMatch.Different && !isOnePlace)
        {
            return isAsked && pages != FieldMatch.Different ? Ask("dois-same") : No("dois");
        }

        if (pages == FieldMatch.Different)
        {
            return isAsked && years == 0 && volume == FieldMatch.Same && pair.Journal == FieldMatch.Same ? Ask("pages-same") : No("pages");
        }

        if (volume == FieldMatch.Different && pages != FieldMatch.Same)
        {
            return isAsked && years is null or <= 1 && pair.Journal == FieldMatch.Same ? Ask("volumes-same") : No("volumes");
        }

        if (authors < Author)
        {
            return !isOnePlace || title < Same ? No("authors") : pair.Journal == FieldMatch.Different ? Ask("authors-place") : null;
        }

        return null;
    }

    /// <summary>Fields that agree, in titles that are alike and nothing contradicts.</summary>
    private static DuplicateRule Support(PairComparison pair, double title, double? authors, int? years, FieldMatch pages, FieldMatch volume)
    {
        var isTelling = Math.Min(pair.A.Title.Length, pair.B.Title.Length) >= Telling;
        if (pages == FieldMatch.Same && (volume == FieldMatch.Same || authors >= Author || isTelling))
        {
            return Yes("place");
        }

        var journal = pair.Journal;
        if (authors is null)
        {
            return volume == FieldMatch.Same && journal == FieldMatch.Same && isTelling ? Yes("volume") : isTelling && title >= Same && years is null or 0 && journal != FieldMatch.Different ? Ask(journal == FieldMatch.Same ? "venue-unknown" : "title-only") : No("unsupported");
        }

        if (volume == FieldMatch.Same && (journal != FieldMatch.Different || isTelling))
        {
            return Yes("volume");
        }

        if (years == 1)
        {
            return journal == FieldMatch.Same && title >= Same && isTelling && IsAhead(pair.A) != IsAhead(pair.B) && pair.Overlap() >= SameAuthors && !pair.A.IsSupplement && !pair.B.IsSupplement ? Yes("ahead") : Ask("year");
        }

        return years is null ? Ask("venue-unknown")
            : journal == FieldMatch.Same ? isTelling || title >= Same ? Yes("venue") : Ask("venue-unknown")
            : journal == FieldMatch.Different ? Ask("venues") : Ask("venue-unknown");
    }

    private static bool IsAhead(ReferenceFeatures x) => x.Volume.Length == 0 && x.Pages.IsNone;

    private static DuplicateRule Yes(string code) => Rules[(code, DuplicateVerdict.Duplicate)];

    private static DuplicateRule Ask(string code) => Rules[(code, DuplicateVerdict.Ask)];

    private static DuplicateRule No(string code) => Rules[(code, DuplicateVerdict.Different)];
}
