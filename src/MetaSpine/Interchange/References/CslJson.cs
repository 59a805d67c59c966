using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Reads CSL-JSON, as citation processors and reference managers exchange it, and Crossref's JSON, which is nearly the same.</summary>
internal static partial class CslJson
{
    /// <summary>The parts of the field <c>custom</c> for what CSL has no place for.</summary>
    public const string Custom = "custom", Accession = "accession-number", MoreUrls = "urls", MoreNotes = "notes";

    /// <summary>Where the date of publication stands, the first that is there: Crossref's <c>issued</c> is sometimes empty.</summary>
    private static readonly string[] Dates = ["issued", "published", "published-print", "published-online", "posted"];

    private static readonly HashSet<string> Placed = new(
        [
            "id", "type", "title", "subtitle", "author", "editor", "container-title", "container-title-short", "short-container-title", "journalAbbreviation", "issued", "published", "published-print", "published-online",
            "volume", "issue", "page", "article-number", "DOI", "PMID", "PMCID", "ISSN", "ISBN", "abstract", "keyword", "subject", "genre", "language", "publisher", "publisher-place", "publisher-location", "URL", "source",
            "categories", "note", Custom, "updated-by",
        ],
        StringComparer.Ordinal);

    /// <summary>What messages call a field that was kept; null where only its markup or its way of writing was.</summary>
    public static string? KeptName(string tag) => Placed.Contains(tag) ? null : tag;

    /// <summary>Whether a text is JSON of records.</summary>
    public static bool Begins(string start) => JsonForm().IsMatch(start);

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults)
    {
        foreach (var (json, position) in new JsonRecords(text, faults).Read())
        {
            if (Of(json, position, faults) is { } reference)
            {
                yield return reference;
            }
        }
    }

    /// <summary>What fields say, apart from what is kept of them.</summary>
    public static Reference Of(IReadOnlyList<RawField> fields)
    {
        using var document = JsonFields.Parse(JsonFields.Record(fields), default, null);
        return document is null ? new() : Of(document.RootElement);
    }

    private static Reference? Of(string json, SourcePosition position, ReferenceFaults faults)
    {
        using var document = JsonFields.Parse(json, position, faults);
        if (document is null)
        {
            return null;
        }

        // Crossref's answer to a question for one work.
        var root = document.RootElement;
        var record = root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object && !root.TryGetProperty("type", out _) ? message : root;
        if (!new[] { "type", "title", "author", "DOI", "id" }.Any(name => record.TryGetProperty(name, out _)))
        {
            faults.Add(position, "the object has none of type, title, author, DOI and id, and is no reference: it was left out");
            return null;
        }

        var reference = Of(record);
        if (reference.Year is null && record.TryGetProperty("issued", out var issued) && issued.ToString() is var written && written.Any(char.IsAsciiDigit))
        {
            faults.Add(position, $"found '{NumberText.Shorten(written)}' as the date of publication, expected a year of four digits: the record was read without it");
        }

        return KeptFields.Completed(reference, ReferenceFormat.CslJson, JsonFields.Of(record), CslJsonWriter.Plain(reference)) with { Position = position };
    }

    private static Reference Of(JsonElement record)
    {
        string? Text(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (record.TryGetProperty(name, out var value) && CslJson.Text(value) is { } text)
                {
                    return text;
                }
            }

            return null;
        }

        var custom = record.TryGetProperty(Custom, out var more) && more.ValueKind == JsonValueKind.Object ? more : default;
        var types = Distinct(Text("genre") is { } kinds ? ListText.ReadKinds(kinds) : []);
        var type = CslTypes.Of(Text("type"), types);
        var (year, date) = Date(record);
        var remarks = new RemarkText();
        foreach (var note in Texts(record, "note").Concat(Texts(custom, MoreNotes)))
        {
            remarks.Add(BibliographicText.Block(note));
        }

        var (title, subtitle) = (CslText.Line(Text("title")), record.TryGetProperty("subtitle", out var below) && below.ValueKind == JsonValueKind.Array ? CslText.Line(CslJson.Text(below)) : null);
        var container = CslText.Line(Text("container-title"));
        var brief = CslText.Line(Text("container-title-short", "journalAbbreviation", "short-container-title"));
        var urls = Distinct(Texts(record, "URL").Concat(Texts(custom, MoreUrls)));
        var cheat = string.Join('\n', remarks.Notes);
        return new()
        {
            Id = Text("id"), Type = type, Title = title is null || subtitle is null || title.Contains(subtitle, StringComparison.OrdinalIgnoreCase) ? title ?? subtitle : $"{title}: {subtitle}",
            Authors = Names(record, "author"), Editors = Names(record, "editor"), Container = container ?? brief, ContainerAbbreviation = container is null || brief == container ? null : brief,
            Year = year, Date = date, Volume = Text("volume"), Issue = Text("issue"), Pages = Text("page", "article-number", "page-first") is { } pages ? BibliographicText.Pages(pages) : null,
            Doi = (Text("DOI", "doi") is { } doi ? BibliographicText.Doi(doi) : null) ?? urls.Select(BibliographicText.Doi).FirstOrDefault(doi => doi is not null) ?? remarks.Doi,
            Pmid = (Text("PMID") ?? Cheated(cheat, "PMID")) is { } pmid ? BibliographicText.Pmid(pmid) : null,
            Pmcid = (Text("PMCID") ?? Cheated(cheat, "PMCID")) is { } pmcid ? BibliographicText.Pmcid(pmcid.Any(char.IsAsciiLetter) ? pmcid : "PMC" + pmcid) : null,
            SerialNumbers = Distinct(Texts(record, "ISSN").Concat(Texts(record, "ISBN")).SelectMany(numbers => numbers.Split(';', ',')).SelectMany(BibliographicText.SerialNumbers)),
            Abstract = CslText.Lines(Text("abstract")), Keywords = Distinct(Keywords(record)), PublicationTypes = types, Language = Text("language"), Publisher = CslText.Line(Text("publisher")),
            Place = Text("publisher-place", "publisher-location"), Urls = urls, Database = Text("source"), AccessionNumber = Texts(custom, Accession).FirstOrDefault(),
            Notices = [.. remarks.Notices.Concat(Notices(record)).Distinct()], Labels = Distinct(remarks.Labels.Concat(Texts(record, "categories"))), Notes = [.. remarks.Notes],
        };
    }

    /// <summary>A text, or a number as it is written, or the first of a list; null where there is none.</summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => BibliographicText.Block(value.GetString()),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(Text).FirstOrDefault(text => text is not null),
        _ => null,
    };

    private static IEnumerable<string> Texts(JsonElement record, string name) => record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Text).OfType<string>() : Text(value) is { } text ? [text] : [];

    private static IEnumerable<string> Keywords(JsonElement record) => record.TryGetProperty("keyword", out var value) && value.ValueKind == JsonValueKind.Array ? Texts(record, "keyword")
        : Texts(record, "keyword").SelectMany(ListText.Read).Concat(Texts(record, "subject"));

    private static ValueList<PersonName> Names(JsonElement record, string field) =>
        [.. Items(record, field).Select(Name).OfType<PersonName>()];

    private static List<JsonElement> Items(JsonElement record, string field) =>
        record.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static PersonName? Name(JsonElement name)
    {
        if (name.ValueKind != JsonValueKind.Object)
        {
            return Text(name) is { } text ? BibliographicText.Name(text) : null;
        }

        string? Part(string part) => name.TryGetProperty(part, out var value) ? CslText.Line(Text(value)) : null;
        if (Part("family") is not { } family)
        {
            return (Part("literal") ?? Part("name")) is { } whole ? new(whole) { IsGroup = true } : Part("given") is { } only ? new(only) : null;
        }

        var particles = new[] { Part("dropping-particle"), Part("non-dropping-particle"), family }.OfType<string>();
        return new(string.Join(' ', particles), Part("given")) { Suffix = Part("suffix") };
    }

    /// <summary>The year and the date: as it is written, or from its parts as MEDLINE writes it, "2006 Jun 1".</summary>
    private static (int? Year, string? Date) Date(JsonElement record)
    {
        foreach (var field in Dates)
        {
            if (record.TryGetProperty(field, out var value) && Date(value, out var year) is var date && (year is not null || date is not null))
            {
                return (year, date);
            }
        }

        return (null, null);

        static string? Date(JsonElement value, out int? year)
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                var text = Text(value);
                year = text is null ? null : BibliographicText.Year(text);
                return text?.Length > 4 ? text : null;
            }

            var parts = value.TryGetProperty("date-parts", out var lists) && lists.ValueKind == JsonValueKind.Array
                ? lists.EnumerateArray().Where(list => list.ValueKind == JsonValueKind.Array).Select(list => list.EnumerateArray().Select(Text).ToList()).Where(list => list.Count > 0 && list[0] is not null).ToList() : [];
            var written = new[] { "literal", "raw" }.Select(name => value.TryGetProperty(name, out var text) ? Text(text) : null).FirstOrDefault(text => text is not null);
            var season = value.TryGetProperty("season", out var part) ? Season(Text(part)) : null;
            year = parts.Count > 0 ? BibliographicText.Year(parts[0][0]!) : written is null ? null : BibliographicText.Year(written);
            return written is not null ? (parts.Count > 0 || written.Length > 4 ? written : null)
                : parts.Count == 0 ? null
                : parts.Count == 1 ? BibliographicText.Date(parts[0][0], parts[0].ElementAtOrDefault(1) ?? season, parts[0].ElementAtOrDefault(2))
                : string.Join(" - ", parts.Select(list => BibliographicText.Date(list[0], list.ElementAtOrDefault(1), list.ElementAtOrDefault(2)) ?? list[0]));
        }
    }

    private static string? Season(string? season) => season switch { "1" => "Spring", "2" => "Summer", "3" => "Autumn", "4" => "Winter", _ => season };

    /// <summary>What Crossref says was published later about the report.</summary>
    private static IEnumerable<PublicationNotice> Notices(JsonElement record)
    {
        foreach (var update in Items(record, "updated-by").Where(item => item.ValueKind == JsonValueKind.Object))
        {
            if (update.TryGetProperty("type", out var type) && Kind(Text(type)) is { } kind)
            {
                yield return new(kind) { Doi = update.TryGetProperty("DOI", out var doi) && Text(doi) is { } text ? BibliographicText.Doi(text) : null };
            }
        }

        static NoticeKind? Kind(string? type) => type switch
        {
            "retraction" or "partial_retraction" or "withdrawal" or "removal" => NoticeKind.Retraction,
            "expression_of_concern" => NoticeKind.ExpressionOfConcern,
            "correction" or "corrigendum" or "erratum" => NoticeKind.Erratum,
            _ => null,
        };
    }

    /// <summary>A number that reference managers without a field for it put into a line of the remarks.</summary>
    private static string? Cheated(string notes, string name) => CheatedForm().Matches(notes).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["number"].Value;

    private static ValueList<string> Distinct(IEnumerable<string> texts) => [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"^(?:\[\s*(?:\{\s*""|\]\s*$)|\{\s*"")", RegexOptions.CultureInvariant)]
    private static partial Regex JsonForm();

    [GeneratedRegex(@"^(?<name>PMID|PMCID): (?<number>\S+)\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CheatedForm();
}
