using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Writes BibTeX, in UTF-8 as BibLaTeX and reference managers read it.</summary>
internal static partial class BibTexWriter
{
    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        var keys = new ReferenceKeys();
        foreach (var reference in references)
        {
            var fields = KeptFields.With(reference, ReferenceFormat.BibTeX, Plain, BibTex.Of);
            var type = fields.FirstOrDefault(field => field.Tag == BibTex.Type).Text;
            writer.Write($"@{(EntryName().IsMatch(type ?? "") ? type : "misc")}{{{keys.Of(reference, fields.FirstOrDefault(field => field.Tag == BibTex.Key).Text)}");
            foreach (var (name, text) in fields.Where(field => FieldName().IsMatch(field.Tag)))
            {
                writer.Write(name == "month" && BibTexFields.Months.Contains(text) ? $",\n  {name} = {text}" : $",\n  {name} = {{{(IsBalanced(text) ? text : LatexText.EncodeVerbatim(text))}}}");
            }

            writer.Write("\n}\n\n");
        }
    }

    /// <summary>Fields with the type and the key before the others.</summary>
    public static List<RawField> Sorted(IEnumerable<RawField> fields) => [.. fields.OrderBy(field => field.Tag == BibTex.Type ? 0 : field.Tag == BibTex.Key ? 1 : 2)];

    /// <summary>The fields that say what the model holds.</summary>
    public static List<RawField> Plain(Reference reference)
    {
        var fields = new List<RawField>();
        var (type, kind) = BibTexTypes.Written(reference.Type);
        var kinds = kind is null || reference.PublicationTypes.Contains(kind, StringComparer.OrdinalIgnoreCase) ? reference.PublicationTypes : [.. reference.PublicationTypes, kind];
        var container = reference.Type is ReferenceType.Book or ReferenceType.Thesis ? null : reference.Container ?? reference.ContainerAbbreviation;
        Raw(BibTex.Type, type);
        Raw(BibTex.Key, reference.Id is { } id ? NotInKey().Replace(id, "-") : null);
        Raw("author", BibTexNames.Write(reference.Authors));
        Raw("editor", BibTexNames.Write(reference.Editors));
        Text("title", reference.Title);
        Text(reference.Type is ReferenceType.BookChapter or ReferenceType.ConferencePaper or ReferenceType.ConferenceAbstract ? "booktitle" : "journal", container);
        Text("shortjournal", container is null || reference.Container is null ? null : reference.ContainerAbbreviation);
        Text("year", reference.Year?.ToString(CultureInfo.InvariantCulture));
        AddDate(fields, reference);
        Text("volume", reference.Volume);
        Text("number", reference.Issue);
        Text("pages", Pages(reference.Pages));
        Verbatim("doi", reference.Doi);
        Verbatim("pmid", reference.Pmid);
        Verbatim("pmcid", reference.Pmcid);
        Text("issn", Joined(reference.SerialNumbers.Where(number => !IsBookNumber(number))));
        Text("isbn", Joined(reference.SerialNumbers.Where(IsBookNumber)));
        Text("type", string.Join("; ", kinds));
        Text("abstract", reference.Abstract);
        Text("keywords", ListText.Write(reference.Keywords));
        Text("language", reference.Language);
        Text(BibTex.PublisherField(reference.Type), reference.Publisher);
        Text("address", reference.Place);
        Verbatim("url", reference.Urls.Count > 0 ? reference.Urls[0] : null);
        Verbatim("urls", reference.Urls.Count > 1 ? string.Join('\n', reference.Urls.Skip(1)) : null);
        Text("database", reference.Database);
        Text("accession", reference.AccessionNumber);
        Text("groups", ListText.Write([.. reference.Labels.Where(label => !ScreeningLabel.Is(label))]));
        Text("note", Joined(RemarkText.Of(reference), "\n"));
        return fields;

        void Text(string name, string? text) => Raw(name, text is null ? null : LatexText.Encode(text).Replace("–", "--", StringComparison.Ordinal));

        void Verbatim(string name, string? text) => Raw(name, text is null ? null : LatexText.EncodeVerbatim(text));

        void Raw(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                fields.Add(new(name, text));
            }
        }
    }

    /// <summary>The month and the day where the date has them in MEDLINE's way; a date in the way of ISO 8601 in <c>date</c>; any other as it is written.</summary>
    private static void AddDate(List<RawField> fields, Reference reference)
    {
        var year = reference.Year?.ToString(CultureInfo.InvariantCulture);
        if (BibliographicText.DateParts(reference.Date) is { } parts && parts.Year == year)
        {
            fields.Add(new("month", BibTexFields.Months[parts.Month - 1]));
            if (parts.Day is { } day)
            {
                fields.Add(new("day", day));
            }
        }
        else if (reference.Date is { Length: > 0 } date)
        {
            fields.Add(new(IsoDate().IsMatch(date) ? "date" : "pubdate", LatexText.Encode(date)));
        }
    }

    /// <summary>Pages with BibTeX's dash between them, where reading it gives the same.</summary>
    private static string? Pages(string? pages) =>
        pages is not null && PageRange().Replace(pages, "–") is var dashed && BibliographicText.Pages(dashed) == pages ? dashed : pages;

    private static string Joined(IEnumerable<string> texts, string sign = ", ") => string.Join(sign, texts);

    private static bool IsBookNumber(string number) => number.Count(char.IsAsciiDigit) > 8;

    private static bool IsBalanced(string text)
    {
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth < 0)
            {
                return false;
            }
        }

        return depth == 0;
    }

    [GeneratedRegex(@"^[a-z]{1,100}$")]
    private static partial Regex EntryName();

    [GeneratedRegex(@"^[^\s@""#%'(),={}\\]{1,100}$")]
    private static partial Regex FieldName();

    [GeneratedRegex(@"[\s""#%'(),={}\\~]")]
    private static partial Regex NotInKey();

    [GeneratedRegex(@"(?<=[0-9a-zA-Z])-(?=[0-9a-zA-Z])")]
    private static partial Regex PageRange();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$")]
    private static partial Regex IsoDate();
}
