using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Reads BibTeX and BibLaTeX, as reference managers and publishers export it.</summary>
internal static partial class BibTex
{
    /// <summary>The names under which the type and the key of an entry stand among its fields.</summary>
    public const string Type = "@type", Key = "@key";

    /// <summary>The fields of institutions and publishers.</summary>
    private static readonly string[] Publishers = ["publisher", "institution", "school", "organization"];

    private static readonly HashSet<string> Placed = new(
        [
            Type, Key, "author", "editor", "title", "subtitle", "journal", "journaltitle", "booktitle", "shortjournal", "year", "month", "day", "date", "pubdate", "volume", "number", "issue", "pages", "eid", "doi", "pmid", "pmcid",
            "issn", "isbn", "type", "abstract", "keywords", "language", "publisher", "institution", "school", "organization", "address", "location", "url", "urls", "database", "accession", "groups", "note", "annote", "annotation",
        ],
        StringComparer.Ordinal);

    /// <summary>What messages call a field that was kept; null where only its commands or its way of writing were.</summary>
    public static string? KeptName(string tag) => Placed.Contains(tag) ? null : tag;

    /// <summary>Whether a text is BibTeX: behind comments an entry begins.</summary>
    public static bool Begins(string start) => EntryForm().IsMatch(start);

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults)
    {
        var reader = new BibTexFields(faults);
        foreach (var record in new BibTexRecords(text, faults).Read())
        {
            if (record.Type == "string")
            {
                reader.Define(record);
            }
            else if (record.Type is not ("comment" or "preamble") && reader.Read(record) is var (key, fields))
            {
                List<RawField> said = [new(Type, record.Type), .. key is null ? Array.Empty<RawField>() : [new(Key, key)], .. fields];
                var reference = Of(said);
                if (reference.Year is null && fields.Find(field => field.Tag is "year" or "date") is { Text: { Length: > 0 } year })
                {
                    faults.Add(record.Start, $"found '{NumberText.Shorten(year)}' as the year of publication, expected four digits: the record was read without it");
                }

                yield return KeptFields.Completed(reference, ReferenceFormat.BibTeX, BibTexWriter.Sorted(said), BibTexWriter.Plain(reference)) with { Position = record.Start };
            }
        }
    }

    /// <summary>What the fields of an entry say, apart from what is kept of them.</summary>
    public static Reference Of(IReadOnlyList<RawField> fields)
    {
        var texts = fields.GroupBy(field => field.Tag, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Text, StringComparer.Ordinal);
        string? Raw(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (texts.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text))
                {
                    return text;
                }
            }

            return null;
        }

        string? Line(params ReadOnlySpan<string> names) => Raw(names) is { } text ? BibliographicText.Line(LatexText.Decode(text)) : null;
        string? Lines(params ReadOnlySpan<string> names) => Raw(names) is { } text && LatexText.Decode(text) is { Length: > 0 } lines ? lines : null;
        string? Verbatim(string name) => Raw(name) is { } text ? LatexText.DecodeVerbatim(text) : null;

        var types = Distinct(Line("type") is { } kinds ? ListText.ReadKinds(kinds) : []);
        var isArxiv = (Raw("archiveprefix") ?? Raw("eprinttype"))?.Trim().Equals("arxiv", StringComparison.OrdinalIgnoreCase) == true && Raw("journal", "journaltitle", "booktitle") is null;
        types = isArxiv && !types.Contains("Preprint") ? [.. types, "Preprint"] : types;
        var type = BibTexTypes.Of(Raw(Type), types);
        var (year, date) = Date(Line("year"), Line("month"), Line("day"), Line("date"), Line("pubdate"));
        var remarks = new RemarkText();
        remarks.Add(Lines("note"));
        remarks.Add(Lines("annote", "annotation"));
        var (title, subtitle) = (Line("title"), Line("subtitle"));
        var urls = new[] { Verbatim("url") }.Concat((Raw("urls") is { } more ? more.Split('\n') : []).Select(LatexText.DecodeVerbatim)).OfType<string>().Where(url => url.Length > 0);
        var hasContainer = type is not (ReferenceType.Book or ReferenceType.Thesis);
        var container = !hasContainer ? null : type is ReferenceType.BookChapter or ReferenceType.ConferencePaper ? Line("booktitle", "journal", "journaltitle") : Line("journal", "journaltitle", "booktitle");
        var brief = hasContainer ? Line("shortjournal", "journalabbr") : null;
        var isPubMed = Raw("eprinttype", "archiveprefix")?.Trim().Equals("pubmed", StringComparison.OrdinalIgnoreCase) == true;
        return new()
        {
            Id = Raw(Key), Type = type, Title = title is not null && subtitle is not null ? $"{title}: {subtitle}" : title,
            Authors = Raw("author") is { } authors ? [.. BibTexNames.Read(authors)] : [], Editors = Raw("editor") is { } editors ? [.. BibTexNames.Read(editors)] : [],
            Container = container ?? brief, ContainerAbbreviation = container is null || brief == container ? null : brief, Year = year, Date = date,
            Volume = Line("volume"), Issue = Line("number", "issue"), Pages = Line("pages", "eid", "article-number", "articleno") is { } pages ? BibliographicText.Pages(pages) : null,
            Doi = (Verbatim("doi") is { } doi ? BibliographicText.Doi(doi) : null) ?? urls.Select(BibliographicText.Doi).FirstOrDefault(doi => doi is not null) ?? remarks.Doi,
            Pmid = (Verbatim("pmid") ?? (isPubMed ? Verbatim("eprint") : null)) is { } pmid ? BibliographicText.Pmid(pmid) : null,
            Pmcid = (Verbatim("pmcid") ?? Raw("pmc")) is { } pmcid ? BibliographicText.Pmcid(pmcid) : null,
            SerialNumbers = Distinct(new[] { Line("issn"), Line("isbn") }.OfType<string>().SelectMany(numbers => numbers.Split(';', ',')).SelectMany(BibliographicText.SerialNumbers)),
            Abstract = Lines("abstract"), Keywords = Distinct(Lines("keywords", "keyword") is { } keywords ? ListText.Read(keywords) : []), PublicationTypes = types,
            Language = Line("language", "langid"), Publisher = Line(Publishers), Place = Line("address", "location"), Urls = Distinct(urls), Database = Line("database"), AccessionNumber = Line("accession"),
            Notices = [.. remarks.Notices], Labels = Distinct(remarks.Labels.Concat(Lines("groups") is { } groups ? ListText.Read(groups) : [])), Notes = [.. remarks.Notes],
        };
    }

    /// <summary>The name of the field for the publisher, the university or the institution.</summary>
    public static string PublisherField(ReferenceType type) => type switch { ReferenceType.Thesis => "school", ReferenceType.Report => "institution", _ => "publisher" };

    /// <summary>The year and the date: the field <c>date</c>, or year, month and day as MEDLINE writes them: "2006 Jun 1".</summary>
    private static (int? Year, string? Date) Date(string? year, string? month, string? day, string? iso, string? written)
    {
        if (month?.Split(' ') is [var first, var second] && int.TryParse(first, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            (month, day) = (second, day ?? first);
        }

        var date = written ?? (iso?.Length > 4 ? iso : null) ?? BibliographicText.Date(year, month, day);
        return ((year ?? iso ?? written) is { } of ? BibliographicText.Year(of) : null, date);
    }

    private static ValueList<string> Distinct(IEnumerable<string> texts) => [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\s*@[A-Za-z]+\s*[{(]", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex EntryForm();
}
