namespace MetaSpine;

/// <summary>What a rule says of two records.</summary>
public enum DuplicateVerdict
{
    /// <summary>They are two reports.</summary>
    Different,

    /// <summary>A person has to look: the fields do not decide it.</summary>
    Ask,

    /// <summary>They are one report.</summary>
    Duplicate,
}

/// <summary>A rule by which two records are one report, two, or a question. The first that applies decides.</summary>
public sealed record DuplicateRule
{
    private DuplicateRule(string code, DuplicateVerdict verdict, string meaning, string purpose, bool isContradiction = false)
    {
        (Code, Verdict, Meaning, Purpose, IsContradiction) = (code, verdict, meaning, purpose, isContradiction);
    }

    /// <summary>The short name.</summary>
    public string Code { get; }

    /// <summary>What it says of the two.</summary>
    public DuplicateVerdict Verdict { get; }

    /// <summary>When it applies, as the reason of a merge or a question.</summary>
    public string Meaning { get; }

    /// <summary>What it is for.</summary>
    public string Purpose { get; }

    /// <summary>Whether it forbids that the two stand in one cluster, whatever joins them.</summary>
    public bool IsContradiction { get; }

    /// <summary>The rules, in the order in which they are tried.</summary>
    public static IReadOnlyList<DuplicateRule> All { get; } =
    [
        Ask("pmid-title", "same PubMed number, but other titles", "A number that was mistyped or copied to the wrong record"),
        Same("pmid", "same PubMed number", "PubMed gives each report one number"),
        No("register", "a register's entry and a report, or entries of two trials", "Registered trials carry the title of their later article"),
        Ask("notice-place", "one is a reply, comment, correction or retraction of the other by its title, but identifier and page agree", "Databases put \"Re:\" before titles, or name the notice by its article"),
        No("notice", "one is a reply, comment, correction or retraction, the other is not or is another kind", "Notices repeat the title of the article that they are about"),
        Same("version", "versions of one review or preprint, merged as the options say", "Cochrane reviews (.pub2, .pub3) and preprints (v1, v2) are published again under one number"),
        No("version", "versions of one review or preprint", "Each version is a report of its own unless the options say otherwise"),
        Ask("version-unknown", "the same Cochrane review, in which version is not said by both", "Records without an identifier do not tell which version they are"),
        Ask("part-place", "numbers in the titles differ, but identifier, volume and page agree", "Numbers are mistyped too"),
        No("part", "the same title with other numbers", "Parts I and II, phases 2 and 3, congresses of two years"),
        Ask("part-one", "one title numbers a part, the other does not", "Titles lose \"Part I\" in databases, and a first part does not always say that it is one"),
        Ask("pmids-same", "two PubMed numbers, all else agrees", "PubMed has a few reports twice"),
        No("pmids", "two PubMed numbers", "PubMed gives each report one number"),
        Same("doi", "same identifier (DOI), titles alike", "The most common duplicate"),
        Ask("doi-years", "same identifier and title, years more than 2 apart", "A year was mistyped, or a reprint keeps the identifier"),
        Ask("doi-abstracts", "same identifier of a supplement, titles alike, pages differ", "Abstracts of one group in one supplement"),
        Ask("doi-title", "same identifier, first author and page, but other titles", "A title in its own language and in English, or two abstracts on one page"),
        No("doi-shared", "same identifier, but other titles", "One identifier for hundreds of abstracts of a conference's supplement"),
        No("years", "years more than 1 apart", "Annual reports, new editions"),
        Same("reworded", "first author, year, volume and pages agree, titles share words", "Translated and shortened titles"),
        Ask("reworded-abstracts", "first author, year, volume and page agree, titles share words, in a supplement", "Two abstracts of one author on one page"),
        No("title", "titles are not alike", "What most pairs are"),
        Ask("dois-same", "two identifiers, but title, authors and year agree", "A preprint or a conference paper and its article; a report in two journals"),
        No("dois", "two identifiers", "An identifier belongs to one report"),
        Ask("pages-same", "pages differ, but title, authors, year, journal and volume agree", "A page was mistyped"),
        No("pages", "pages differ", "A report and its reprint, an abstract and its article"),
        Ask("volumes-same", "volumes differ, but title, authors, year and journal agree", "A volume was mistyped, or is that of the year ahead of print"),
        No("volumes", "volumes differ", "The same congress abstract in two years"),
        Ask("authors-place", "first authors differ, but title, volume and page agree", "An author was left out or misspelt"),
        No("authors", "authors differ", "Titles such as \"Editorial\" or that of a disease"),
        Same("place", "title and page agree, nothing contradicts", "Records without an identifier"),
        Same("volume", "title, first author and volume agree, nothing contradicts", "Records without pages"),
        Same("venue", "title, first author, year and journal agree, nothing contradicts", "Records with neither volume nor pages"),
        Same("ahead", "title, authors and journal agree, one record is ahead of print, a year apart", "Articles online before their issue"),
        Ask("year", "title and first author agree, the year is one off, nothing else supports it", "Annual congresses; an article after its abstract"),
        Ask("venues", "title, first author and year agree, journals differ", "A conference paper and its article"),
        Ask("venue-unknown", "title and first author agree, what else would decide is missing", "Records that hold little more than a title"),
        Ask("title-only", "titles agree, and nothing else is known", "Records that hold a title alone"),
        No("unsupported", "titles are alike, and nothing else supports it", "Short and common titles"),
        Ask("joined", "alike, but merging would bring together records that contradict each other", "A record that may belong to either of two reports"),
    ];

    /// <inheritdoc/>
    public override string ToString() => Meaning;

    internal static DuplicateRule Find(string code, DuplicateVerdict verdict) => All.First(rule => rule.Code == code && rule.Verdict == verdict);

    private static DuplicateRule Same(string code, string meaning, string purpose) => new(code, DuplicateVerdict.Duplicate, meaning, purpose);

    private static DuplicateRule Ask(string code, string meaning, string purpose) => new(code, DuplicateVerdict.Ask, meaning, purpose);

    /// <summary>What only fails to support does not forbid: titles drift over translations.</summary>
    private static DuplicateRule No(string code, string meaning, string purpose) => new(code, DuplicateVerdict.Different, meaning, purpose, code is not ("title" or "unsupported" or "authors"));
}
