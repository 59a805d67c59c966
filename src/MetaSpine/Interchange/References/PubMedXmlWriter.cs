using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MetaSpine;

/// <summary>Writes PubMed's XML.</summary>
internal static partial class PubMedXmlWriter
{
    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n");
        foreach (var reference in references)
        {
            var isBook = reference.Type is ReferenceType.Book or ReferenceType.BookChapter;
            var name = isBook ? PubMedXml.Book : PubMedXml.Article;
            var fields = KeptFields.With(reference, ReferenceFormat.PubMedXml, plain => Plain(plain, isBook), fields => PubMedXml.Of(PubMedXml.Fields.Record(name, fields)));
            XmlTree.Write(PubMedXml.Fields.Record(name, fields), writer);
            writer.Write('\n');
        }

        writer.Write("</PubmedArticleSet>\n");
    }

    /// <summary>The fields that say what the model holds; subject headings that were kept are not keywords once more.</summary>
    public static List<RawField> Plain(Reference reference, bool isBook)
    {
        var fields = new List<RawField>();
        if (isBook)
        {
            AddBook(fields, reference);
        }
        else
        {
            AddArticle(fields, reference);
        }

        return fields;
    }

    private static void AddArticle(List<RawField> fields, Reference reference)
    {
        const string citation = "MedlineCitation", article = "MedlineCitation/Article", journal = "MedlineCitation/Article/Journal", info = "MedlineCitation/MedlineJournalInfo";
        var kind = reference.Type switch { ReferenceType.Preprint => "Preprint", ReferenceType.PressArticle => "Newspaper Article", _ => null };
        var types = kind is null || reference.PublicationTypes.Contains(kind) ? reference.PublicationTypes : [.. reference.PublicationTypes, kind];
        AddText(fields, $"{citation}/PMID", reference.Pmid);
        AddText(fields, $"{article}/ArticleTitle", reference.Title);
        Add(fields, $"{article}/Pagination", reference.Pages is { } pages ? new("Pagination", new XElement("MedlinePgn", XmlText.Clean(pages))) : null);
        Add(fields, $"{article}/ELocationID", Location(reference.Doi));
        Add(fields, $"{article}/Abstract", Abstract(reference.Abstract));
        Add(fields, $"{article}/AuthorList", Names(reference.Authors, null));
        Add(fields, $"{article}/AuthorList", Names(reference.Editors, "editors"));
        AddText(fields, $"{article}/Language", reference.Language);
        Add(fields, $"{article}/PublicationTypeList", types.Count == 0 ? null : new("PublicationTypeList", types.Select(type => new XElement("PublicationType", XmlText.Clean(type)))));
        AddText(fields, $"{journal}/Title", reference.Container ?? reference.ContainerAbbreviation);
        AddText(fields, $"{journal}/PublisherName", reference.Publisher);
        foreach (var number in reference.SerialNumbers)
        {
            AddText(fields, $"{journal}/ISSN", number);
        }

        AddText(fields, $"{journal}/JournalIssue/Volume", reference.Volume);
        AddText(fields, $"{journal}/JournalIssue/Issue", reference.Issue);
        Add(fields, $"{journal}/JournalIssue/PubDate", Date(reference));
        AddText(fields, $"{info}/Country", reference.Place);
        AddText(fields, $"{info}/MedlineTA", reference.Container is null ? null : reference.ContainerAbbreviation);
        Add(fields, $"{citation}/CommentsCorrectionsList", PubMedNotices.List(reference));
        Add(fields, $"{citation}/KeywordList", Keywords(reference, $"{citation}/MeshHeadingList"));
        Add(fields, "PubmedData/ArticleIdList", Identifiers(reference));
    }

    private static void AddBook(List<RawField> fields, Reference reference)
    {
        const string document = "BookDocument", book = "BookDocument/Book";
        var isChapter = reference.Type == ReferenceType.BookChapter && reference.Container is not null;
        AddText(fields, $"{document}/PMID", reference.Pmid);
        AddText(fields, $"{document}/ArticleTitle", isChapter ? reference.Title : null);
        AddText(fields, $"{book}/BookTitle", isChapter ? reference.Container : reference.Title);
        Add(fields, (isChapter ? document : book) + "/AuthorList", Names(reference.Authors, "authors"));
        Add(fields, $"{book}/AuthorList", Names(reference.Editors, "editors"));
        Add(fields, $"{book}/PubDate", Date(reference));
        AddText(fields, $"{book}/Volume", reference.Volume);
        Add(fields, $"{book}/ELocationID", Location(reference.Doi));
        foreach (var number in reference.SerialNumbers)
        {
            AddText(fields, $"{book}/Isbn", number);
        }

        AddText(fields, $"{book}/Publisher/PublisherName", reference.Publisher);
        AddText(fields, $"{book}/Publisher/PublisherLocation", reference.Place);
        Add(fields, $"{document}/Pagination", reference.Pages is { } pages ? new("Pagination", new XElement("MedlinePgn", XmlText.Clean(pages))) : null);
        AddText(fields, $"{document}/Language", reference.Language);
        foreach (var type in reference.PublicationTypes)
        {
            AddText(fields, $"{document}/PublicationType", type);
        }

        Add(fields, $"{document}/Abstract", Abstract(reference.Abstract));
        Add(fields, $"{document}/KeywordList", Keywords(reference, null));
        Add(fields, "PubmedBookData/ArticleIdList", Identifiers(reference));
    }

    private static void AddText(List<RawField> fields, string path, string? text) =>
        Add(fields, path, string.IsNullOrEmpty(text) ? null : new(path.Split('/')[^1], XmlText.Clean(text)));

    private static void Add(List<RawField> fields, string path, XElement? element)
    {
        if (element is not null)
        {
            fields.Add(new(path, XmlFields.Raw(element)));
        }
    }

    private static XElement? Names(ValueList<PersonName> names, string? type) => names.Count == 0 ? null : new(
        "AuthorList",
        new XAttribute("CompleteYN", "Y"),
        type is null ? null : new XAttribute("Type", type),
        names.Select(name => new XElement("Author", new XAttribute("ValidYN", "Y"), name.IsGroup ? [new XElement("CollectiveName", XmlText.Clean(name.Family))] : Parts(name))));

    private static IEnumerable<XElement> Parts(PersonName name) =>
        new[] { ("LastName", name.Family), ("ForeName", name.Given), ("Initials", name.Initials.Length == 0 ? null : name.Initials), ("Suffix", name.Suffix) }
            .Where(part => part.Item2 is not null).Select(part => new XElement(part.Item1, XmlText.Clean(part.Item2!)));

    private static XElement? Location(string? doi) => doi is null ? null : new("ELocationID", new XAttribute("EIdType", "doi"), new XAttribute("ValidYN", "Y"), XmlText.Clean(doi));

    private static XElement? Date(Reference reference)
    {
        var year = reference.Year?.ToString(CultureInfo.InvariantCulture);
        if (BibliographicText.DateParts(reference.Date) is { } parts && (parts.Year ?? year) is { } of && (year is null || of == year))
        {
            return new("PubDate", new XElement("Year", of), new XElement("Month", BibliographicText.Months[parts.Month - 1]), parts.Day is null ? null : new XElement("Day", parts.Day));
        }

        return reference.Date is { } date ? new("PubDate", new XElement("MedlineDate", XmlText.Clean(year is null || BibliographicText.Year(date) == reference.Year ? date : $"{year} {date}")))
            : year is null ? null : new("PubDate", new XElement("Year", year));
    }

    /// <summary>The abstract, a part for each of its lines; capitals before a colon are the label of the part.</summary>
    private static XElement? Abstract(string? text) => text is null ? null : new("Abstract", text.Split('\n').Where(line => line.Length > 0).Select(line =>
        Labelled().Match(line) is { Success: true } match
            ? new XElement("AbstractText", new XAttribute("Label", match.Groups["label"].Value), XmlText.Clean(match.Groups["text"].Value)) : new XElement("AbstractText", XmlText.Clean(line))));

    private static XElement? Keywords(Reference reference, string? headingsTag)
    {
        var headings = headingsTag is null ? [] : reference.Other.Where(field => field.Format == ReferenceFormat.PubMedXml && field.Tag == headingsTag)
            .SelectMany(field => PubMedXml.Of(PubMedXml.Fields.Record(PubMedXml.Article, [new(field.Tag, field.Text)])).Keywords).ToHashSet(StringComparer.Ordinal);
        var keywords = reference.Keywords.Where(keyword => !headings.Contains(keyword)).ToList();
        return keywords.Count == 0 ? null : new("KeywordList", new XAttribute("Owner", "NOTNLM"), keywords.Select(keyword =>
            new XElement("Keyword", new XAttribute("MajorTopicYN", keyword.StartsWith('*') ? "Y" : "N"), XmlText.Clean(keyword.StartsWith('*') ? keyword[1..] : keyword))));
    }

    private static XElement? Identifiers(Reference reference)
    {
        var ids = new[] { ("pubmed", reference.Pmid), ("doi", reference.Doi), ("pmc", reference.Pmcid) }.Where(id => id.Item2 is not null)
            .Select(id => new XElement("ArticleId", new XAttribute("IdType", id.Item1), XmlText.Clean(id.Item2!))).ToList();
        return ids.Count == 0 ? null : new("ArticleIdList", ids);
    }

    [GeneratedRegex(@"^(?<label>[A-Z][A-Z ,/&()-]{2,80}): (?<text>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();
}
