using System.Xml.Linq;

namespace MetaSpine;

/// <summary>Reads EndNote's XML, as EndNote and other reference managers export it.</summary>
internal static class EndNoteXml
{
    /// <summary>How a record is cut into fields. Text stands in runs of one style (<c>style</c>), of which those that are plain are left out.</summary>
    public static readonly XmlFields Fields = new(
        new HashSet<string>(["contributors", "titles", "periodical", "alt-periodical", "dates", "urls"], StringComparer.Ordinal),
        new HashSet<string>(["style"], StringComparer.Ordinal),
        "database", "source-app", "rec-number", "foreign-keys", "ref-type", "contributors", "authors", "secondary-authors", "tertiary-authors", "subsidiary-authors",
        "translated-authors", "auth-address", "auth-affiliaton", "titles", "title", "secondary-title", "tertiary-title", "alt-title", "short-title", "translated-title", "periodical",
        "full-title", "abbr-1", "abbr-2", "abbr-3", "alt-periodical", "pages", "volume", "number", "issue", "secondary-volume", "secondary-issue", "num-vols", "section", "edition",
        "reprint-edition", "reprint-status", "keywords", "dates", "year", "pub-dates", "copyright-dates", "pub-location", "publisher", "orig-pub", "isbn", "accession-num", "call-num",
        "report-id", "coden", "abstract", "label", "image", "caption", "notes", "research-notes", "work-type", "reviewed-item", "availability", "remote-source", "meeting-place",
        "work-location", "work-extent", "pack-method", "size", "repro-ratio", "remote-database-name", "remote-database-provider", "language", "urls", "related-urls", "web-urls",
        "pdf-urls", "access-date", "modified-date", "custom1", "custom2", "custom3", "custom4", "custom5", "custom6", "custom7", "electronic-resource-num");

    private static readonly HashSet<string> Placed = new(
        [
            "rec-number", "ref-type", "contributors/authors", "contributors/secondary-authors", "titles/title", "titles/secondary-title", "titles/alt-title", "periodical/full-title", "periodical/abbr-1",
            "pages", "volume", "number", "issue", "keywords", "dates/year", "dates/pub-dates", "pub-location", "publisher", "isbn", "accession-num", "abstract", "label", "notes", "work-type",
            "remote-database-name", "language", "urls/related-urls", "urls/web-urls", "custom2", "electronic-resource-num",
        ],
        StringComparer.Ordinal);

    /// <summary>What messages call a field that was kept; null where only its markup or its way of writing was.</summary>
    public static string? KeptName(string tag) => Placed.Contains(tag) ? null : tag.Split('/', '@')[^1];

    /// <summary>Whether a text is EndNote's: its root is <c>xml</c>, or it has records of EndNote's parts.</summary>
    public static bool Begins(string start) => start.StartsWith('<') && (start.Contains("<records>", StringComparison.Ordinal) || start.Contains("<rec-number>", StringComparison.Ordinal)
        || (start.Contains("<xml>", StringComparison.Ordinal) && start.Contains("<record", StringComparison.Ordinal)));

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults)
    {
        foreach (var (xml, position) in new XmlRecords(text, faults, ["xml", "records"], ["record"]).Read())
        {
            if (Fields.Parse(xml, position, faults) is not { } record)
            {
                continue;
            }

            Unwrap(record);
            var reference = Of(record);
            if (reference.Year is null && Text(record, "dates/year") is { } year)
            {
                faults.Add(position, $"found '{NumberText.Shorten(year)}' as the year of publication, expected four digits: the record was read without it");
            }

            yield return KeptFields.Completed(reference, ReferenceFormat.EndNoteXml, Fields.Of(record), EndNoteXmlWriter.Plain(reference)) with { Position = position };
        }
    }

    /// <summary>What the fields of a record say, apart from what is kept of them.</summary>
    public static Reference Of(IReadOnlyList<RawField> fields) => Of(Fields.Record("record", fields));

    private static Reference Of(XElement record)
    {
        var types = Lines(record, "work-type");
        var type = EndNoteTypes.Of(Text(record, "ref-type"), record.Element("ref-type")?.Attribute("name")?.Value, types);
        var remarks = new RemarkText();
        remarks.Add(Text(record, "notes"));
        var numbers = Lines(record, "accession-num");
        var isPubMed = new[] { "remote-database-name", "remote-database-provider" }.Any(path => Text(record, path) is { } name && BibliographicText.IsPubMed(name));
        var pmid = numbers.Where(number => isPubMed || number.StartsWith("PMID", StringComparison.OrdinalIgnoreCase)).Select(BibliographicText.Pmid).FirstOrDefault(number => number is not null);
        var accession = string.Join('\n', numbers.Where(number => pmid is null || BibliographicText.Pmid(number) != pmid));
        var urls = Items(record, "urls/related-urls", "url").Concat(Items(record, "urls/web-urls", "url")).Distinct(StringComparer.Ordinal).ToList();
        var (container, brief) = Container(record, type);
        var date = Items(record, "dates/pub-dates", "date").FirstOrDefault();
        var custom2 = Text(record, "custom2");
        return new()
        {
            Id = Text(record, "rec-number"), Type = type, Title = BibliographicText.Line(Text(record, "titles/title")),
            Authors = Names(record, "contributors/authors"), Editors = Names(record, "contributors/secondary-authors"),
            Container = container, ContainerAbbreviation = brief,
            Year = (Text(record, "dates/year") ?? date) is { } year ? BibliographicText.Year(year) : null, Date = date,
            Volume = Text(record, "volume"), Issue = Text(record, "number") ?? Text(record, "issue"),
            Pages = Text(record, "pages") is { } pages ? BibliographicText.Pages(pages) : null,
            Doi = (Text(record, "electronic-resource-num") is { } number ? BibliographicText.Doi(number) : null)
                ?? urls.Select(BibliographicText.Doi).FirstOrDefault(doi => doi is not null) ?? remarks.Doi,
            Pmid = pmid ?? (custom2 is null ? null : BibliographicText.Pmid(custom2)) ?? EmbasePmid(record),
            Pmcid = custom2 is null ? null : BibliographicText.Pmcid(custom2),
            SerialNumbers = Distinct(Lines(record, "isbn").SelectMany(line => line.Split(';')).SelectMany(BibliographicText.SerialNumbers)),
            Abstract = Text(record, "abstract"), Keywords = Distinct(Items(record, "keywords", "keyword").SelectMany(keyword => keyword.Split('\n'))),
            PublicationTypes = Distinct(types), Language = Text(record, "language"), Publisher = Text(record, "publisher"), Place = Text(record, "pub-location"),
            Urls = [.. urls], Database = Text(record, "remote-database-name"), AccessionNumber = accession.Length == 0 ? null : accession,
            Notices = [.. remarks.Notices], Labels = Distinct(Lines(record, "label").Concat(remarks.Labels)), Notes = [.. remarks.Notes],
        };
    }

    /// <summary>The journal, or what else the report stands in, in full and short. A book and a thesis stand in nothing: theirs is a series.</summary>
    private static (string? Full, string? Brief) Container(XElement record, ReferenceType type)
    {
        if (type is ReferenceType.Book or ReferenceType.Thesis)
        {
            return (null, null);
        }

        var names = new[] { "titles/secondary-title", "periodical/full-title", "titles/alt-title", "periodical/abbr-1" }.Select(path => BibliographicText.Line(Text(record, path))).ToList();
        var full = names.Find(name => name is not null);
        var other = new[] { names[2], names[3] }.FirstOrDefault(name => name is not null && name != full);

        // Which of the two is the short form differs between the filters that fill them.
        return other?.Length > full?.Length ? (other, full) : (full, other);
    }

    /// <summary>The PubMed number that EndNote's filter for Embase puts into a field of its own.</summary>
    private static string? EmbasePmid(XElement record) =>
        Text(record, "remote-database-name") is { } name && name.Contains("Embase", StringComparison.OrdinalIgnoreCase) && Text(record, "custom5") is { } number ? BibliographicText.Pmid(number) : null;

    private static ValueList<PersonName> Names(XElement record, string path) =>
        [.. (Find(record, path)?.Elements() ?? []).Select(element => BibliographicText.Block(XmlTree.Text(element))).OfType<string>().Select(name => BibliographicText.Name(name))];

    private static IEnumerable<string> Items(XElement record, string path, string name) =>
        (Find(record, path)?.Elements(name) ?? []).Select(element => BibliographicText.Block(XmlTree.Text(element))).OfType<string>();

    private static List<string> Lines(XElement record, string path) => [.. (Text(record, path) ?? "").Split('\n').Where(line => line.Length > 0)];

    private static ValueList<string> Distinct(IEnumerable<string> texts) => [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string? Text(XElement record, string path) => Find(record, path) is { } element ? BibliographicText.Block(XmlTree.Text(element)) : null;

    private static XElement? Find(XElement record, string path) => path.Split('/').Aggregate<string, XElement?>(record, (element, name) => element?.Element(name));

    /// <summary>Replaces the runs of an element that are all plain by their text, and EndNote's ends of lines by <c>\n</c>.</summary>
    private static void Unwrap(XElement record)
    {
        foreach (var text in record.DescendantNodes().OfType<XText>().Where(text => text.Value.Contains('\r', StringComparison.Ordinal)).ToList())
        {
            text.Value = text.Value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }

        foreach (var element in record.Descendants().Where(element => element.HasElements && element.Elements().All(IsPlain)).ToList())
        {
            element.Value = string.Concat(element.Elements().Select(style => style.Value));
        }

        static bool IsPlain(XElement style) => style.Name == "style" && !style.HasElements && style.Attribute("face")?.Value is null or "normal";
    }
}
