using System.Xml.Linq;

namespace MetaSpine;

/// <summary>Reads PubMed's XML: sets of articles (<c>PubmedArticle</c>) and of books and their chapters (<c>PubmedBookArticle</c>).</summary>
internal static class PubMedXml
{
    public const string Article = "PubmedArticle", Book = "PubmedBookArticle";

    /// <summary>How a record is cut into fields. Titles and abstracts have letters in italics, indices and formulas among their text.</summary>
    public static readonly XmlFields Fields = new(
        new HashSet<string>(["MedlineCitation", "Article", "Journal", "JournalIssue", "MedlineJournalInfo", "PubmedData", "BookDocument", "Book", "Publisher", "PubmedBookData"], StringComparer.Ordinal),
        new HashSet<string>(["ArticleTitle", "VernacularTitle", "BookTitle", "CollectionTitle", "VolumeTitle", "AbstractText", "Keyword", "CollectiveName", "Affiliation", "RefSource", "CoiStatement"], StringComparer.Ordinal),
        "MedlineCitation", "BookDocument", "PubmedData", "PubmedBookData",
        "PMID", "DateCompleted", "DateRevised", "Article", "MedlineJournalInfo", "ChemicalList", "SupplMeshList", "CitationSubset", "CommentsCorrectionsList", "GeneSymbolList", "MeshHeadingList",
        "NumberOfReferences", "PersonalNameSubjectList", "OtherID", "OtherAbstract", "KeywordList", "CoiStatement", "SpaceFlightMission", "MedlineCitation/InvestigatorList", "GeneralNote",
        "Journal", "ISSN", "JournalIssue", "JournalIssue/Volume", "JournalIssue/Issue", "JournalIssue/PubDate", "Title", "ISOAbbreviation", "ArticleTitle", "Pagination", "Article/ELocationID", "Abstract",
        "AuthorList", "Language", "DataBankList", "GrantList", "PublicationTypeList", "VernacularTitle", "ArticleDate", "Country", "MedlineTA", "NlmUniqueID", "ISSNLinking",
        "History", "PublicationStatus", "ArticleIdList", "ObjectList", "ReferenceList",
        "BookDocument/PMID", "BookDocument/ArticleIdList", "Book", "LocationLabel", "BookDocument/ArticleTitle", "BookDocument/VernacularTitle", "BookDocument/Pagination", "BookDocument/Language",
        "BookDocument/AuthorList", "InvestigatorList", "PublicationType", "BookDocument/Abstract", "Sections", "BookDocument/KeywordList", "ContributionDate", "BookDocument/DateRevised", "BookDocument/GrantList",
        "ItemList", "BookDocument/ReferenceList", "Publisher", "PublisherName", "PublisherLocation", "BookTitle", "PubDate", "BeginningDate", "EndingDate", "Book/AuthorList", "Book/InvestigatorList", "Volume",
        "VolumeTitle", "Edition", "CollectionTitle", "Isbn", "ELocationID", "Medium", "ReportNumber");

    private static readonly HashSet<string> Placed = new(
        [
            "PMID", "ArticleTitle", "BookTitle", "Title", "ISOAbbreviation", "MedlineTA", "Volume", "Issue", "PubDate", "Pagination", "Abstract", "Language", "PublicationTypeList", "PublicationType", "ISSN", "ISSNLinking", "Isbn",
            "Country", "PublisherName", "PublisherLocation", "MeshHeadingList", "KeywordList", "ELocationID", "ArticleIdList",
        ],
        StringComparer.Ordinal);

    /// <summary>What messages call a field that was kept; null where only its markup or its way of writing was. Of authors it is their addresses, of notices the other reports beside them.</summary>
    public static string? KeptName(string tag) => tag.Split('/')[^1] switch
    {
        "AuthorList" => "Affiliation",
        "CommentsCorrectionsList" => "CommentsCorrections",
        var name => Placed.Contains(name) ? null : name,
    };

    /// <summary>Whether a text is PubMed's: it has such records or is a set without any.</summary>
    public static bool Begins(string start) => start.StartsWith('<') && (start.Contains("<" + Article, StringComparison.Ordinal) || start.Contains("<" + Book, StringComparison.Ordinal));

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults)
    {
        foreach (var (xml, position) in new XmlRecords(text, faults, [Article + "Set", Book + "Set", Article, Book], [Article, Book]).Read())
        {
            if (Fields.Parse(xml, position, faults) is { } record)
            {
                var reference = Of(record);
                yield return KeptFields.Completed(reference, ReferenceFormat.PubMedXml, Fields.Of(record), PubMedXmlWriter.Plain(reference, record.Name.LocalName == Book)) with { Position = position };
            }
        }
    }

    /// <summary>What a record says, apart from what is kept of it.</summary>
    public static Reference Of(XElement record) => record.Name.LocalName == Book ? OfBook(record) : OfArticle(record);

    private static Reference OfArticle(XElement record)
    {
        var citation = record.Element("MedlineCitation");
        var article = citation?.Element("Article");
        var journal = article?.Element("Journal");
        var issue = journal?.Element("JournalIssue");
        var info = citation?.Element("MedlineJournalInfo");
        var names = new[] { Line(journal?.Element("Title")), Line(info?.Element("MedlineTA")), Line(journal?.Element("ISOAbbreviation")) }.OfType<string>().ToList();
        var types = Distinct(Texts(article?.Element("PublicationTypeList"), "PublicationType"));
        var pmid = Pmid(citation?.Element("PMID")) ?? Identifier(record, "PubmedData", "pubmed");
        var (year, date) = Date(issue?.Element("PubDate"));
        return new()
        {
            Id = pmid, Pmid = pmid, Type = Type(types, names.Count > 0), Title = Line(article?.Element("ArticleTitle")),
            Authors = Names(article, "authors"), Editors = Names(article, "editors"),
            Container = names.FirstOrDefault(), ContainerAbbreviation = names.Find(name => name != names[0]), Year = year, Date = date,
            Volume = Line(issue?.Element("Volume")), Issue = Line(issue?.Element("Issue")), Pages = Pages(article),
            Doi = Doi(article) ?? (Identifier(record, "PubmedData", "doi") is { } doi ? BibliographicText.Doi(doi) : null), Pmcid = Pmcid(record, "PubmedData"),
            SerialNumbers = Distinct(Texts(journal, "ISSN").Concat(Texts(info, "ISSNLinking"))), Abstract = Abstract(article),
            Keywords = Distinct((citation?.Element("MeshHeadingList")?.Elements("MeshHeading") ?? []).Select(Heading).Concat(Keywords(citation))), PublicationTypes = types,
            Language = Line(article?.Element("Language")), Publisher = Line(journal?.Element("PublisherName")), Place = Line(info?.Element("Country")), Notices = [.. PubMedNotices.Of(citation)],
        };
    }

    /// <summary>A book, or a chapter of one where the record has a title of its own.</summary>
    private static Reference OfBook(XElement record)
    {
        var document = record.Element("BookDocument");
        var book = document?.Element("Book");
        var pmid = Pmid(document?.Element("PMID"));
        var (title, bookTitle) = (Line(document?.Element("ArticleTitle")), Line(book?.Element("BookTitle")));
        var isChapter = title is not null && bookTitle is not null && title != bookTitle;
        var (year, date) = Date(book?.Element("PubDate"));
        var authors = Names(document, "authors");
        return new()
        {
            Id = pmid, Pmid = pmid, Type = isChapter ? ReferenceType.BookChapter : ReferenceType.Book, Title = title ?? bookTitle, Container = isChapter ? bookTitle : null,
            Authors = authors.Count > 0 ? authors : Names(book, "authors"), Editors = Names(book, "editors"), Year = year, Date = date, Volume = Line(book?.Element("Volume")), Pages = Pages(document),
            Doi = Doi(book) ?? Doi(document) ?? ((Identifier(record, "PubmedBookData", "doi") ?? Identifier(document, "doi")) is { } doi ? BibliographicText.Doi(doi) : null),
            Pmcid = Pmcid(record, "PubmedBookData"), SerialNumbers = Distinct(Texts(book, "Isbn")), Abstract = Abstract(document), Keywords = Distinct(Keywords(document)),
            PublicationTypes = Distinct(Texts(document, "PublicationType")), Language = Line(document?.Element("Language")),
            Publisher = Line(book?.Element("Publisher")?.Element("PublisherName")), Place = Line(book?.Element("Publisher")?.Element("PublisherLocation")),
        };
    }

    /// <summary>The type of an article, as its kinds of publication say.</summary>
    private static ReferenceType Type(ValueList<string> types, bool hasJournal) => types.Contains("Preprint") ? ReferenceType.Preprint
        : types.Contains("Newspaper Article") ? ReferenceType.PressArticle : hasJournal ? ReferenceType.JournalArticle : ReferenceType.Other;

    private static ValueList<PersonName> Names(XElement? parent, string type) =>
        [.. (parent?.Elements("AuthorList") ?? []).Where(list => (list.Attribute("Type")?.Value ?? "authors") == type).SelectMany(list => list.Elements("Author")).Select(Name).OfType<PersonName>()];

    private static PersonName? Name(XElement author) =>
        Line(author.Element("CollectiveName")) is { } group ? new(group) { IsGroup = true }
            : Line(author.Element("LastName")) is { } family ? new(family, Line(author.Element("ForeName")) ?? Line(author.Element("Initials"))) { Suffix = Line(author.Element("Suffix")) }
            : Line(author.Element("ForeName")) is { } only ? new(only) : null;

    /// <summary>The year and the date as MEDLINE writes it: "2006 Jun 1", "2006 Jun-Jul", "1990 Spring"; no date where it is only the year.</summary>
    private static (int? Year, string? Date) Date(XElement? element)
    {
        string? Part(string name) => Line(element?.Element(name));
        var date = Part("MedlineDate") ?? BibliographicText.Date(Part("Year"), Part("Month") ?? Part("Season"), Part("Day"));
        var year = Part("Year") ?? date;
        return (year is null ? null : BibliographicText.Year(year), date?.Length > 4 ? date : null);
    }

    private static string? Pages(XElement? parent)
    {
        var pagination = parent?.Element("Pagination");
        var (first, last) = (Line(pagination?.Element("StartPage")), Line(pagination?.Element("EndPage")));
        var pages = Line(pagination?.Element("MedlinePgn")) ?? (first is not null && last is not null && first != last ? $"{first}-{last}" : first);
        return pages is null ? null : BibliographicText.Pages(pages);
    }

    /// <summary>The abstract, a line for each of its parts: "METHODS: We searched ...".</summary>
    private static string? Abstract(XElement? parent)
    {
        var parts = (parent?.Element("Abstract")?.Elements("AbstractText") ?? []).Select(part => (Label: BibliographicText.Line(part.Attribute("Label")?.Value), Text: Line(part)))
            .Where(part => part.Text is not null).Select(part => part.Label is null ? part.Text! : $"{part.Label}: {part.Text}").ToList();
        return parts.Count == 0 ? null : string.Join('\n', parts);
    }

    /// <summary>A subject heading as MEDLINE prints it, a star before what the article is mainly about: "Spinal Neoplasms/*secondary".</summary>
    private static string Heading(XElement heading) =>
        string.Join('/', heading.Elements().Where(part => part.Name.LocalName is "DescriptorName" or "QualifierName").Select(part => (part.Attribute("MajorTopicYN")?.Value == "Y" ? "*" : "") + Line(part)));

    private static IEnumerable<string> Keywords(XElement? parent) =>
        (parent?.Elements("KeywordList") ?? []).SelectMany(list => list.Elements("Keyword")).Select(keyword => Line(keyword) is { } text ? (keyword.Attribute("MajorTopicYN")?.Value == "Y" ? "*" : "") + text : "");

    private static string? Doi(XElement? parent) => (parent?.Elements("ELocationID") ?? [])
        .Where(id => id.Attribute("EIdType")?.Value == "doi" && id.Attribute("ValidYN")?.Value != "N").Select(id => BibliographicText.Doi(XmlTree.Text(id))).FirstOrDefault(doi => doi is not null);

    private static string? Pmid(XElement? element) => Line(element) is { } text ? BibliographicText.Pmid(text) : null;

    private static string? Pmcid(XElement record, string data) => Identifier(record, data, "pmc") is { } number ? BibliographicText.Pmcid(number) : null;

    private static string? Identifier(XElement record, string data, string type) => Identifier(record.Element(data), type);

    private static string? Identifier(XElement? parent, string type) =>
        Line((parent?.Element("ArticleIdList")?.Elements("ArticleId") ?? []).FirstOrDefault(id => id.Attribute("IdType")?.Value == type));

    private static IEnumerable<string> Texts(XElement? parent, string name) => (parent?.Elements(name) ?? []).Select(Line).OfType<string>();

    private static ValueList<string> Distinct(IEnumerable<string> texts) => [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string? Line(XElement? element) => element is null ? null : BibliographicText.Line(XmlTree.Text(element));
}
