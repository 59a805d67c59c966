using System.Globalization;
using System.Text.Json;

namespace MetaSpine;

/// <summary>Writes CSL-JSON: a list with one record a line.</summary>
internal static class CslJsonWriter
{
    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        var keys = new ReferenceKeys();
        var isFirst = true;
        writer.Write("[");
        foreach (var reference in references)
        {
            var fields = KeptFields.With(reference, ReferenceFormat.CslJson, Plain, CslJson.Of);
            var id = keys.Of(reference, reference.Id);
            writer.Write(isFirst ? "\n" : ",\n");
            writer.Write(JsonFields.Record(reference.Id is null ? fields.Where(field => field.Tag != "id").Prepend(new("id", Json(id))) : fields));
            isFirst = false;
        }

        writer.Write("\n]\n");
    }

    /// <summary>The fields that say what the model holds.</summary>
    public static List<RawField> Plain(Reference reference)
    {
        var fields = new List<RawField>();
        var (type, kind) = CslTypes.Written(reference.Type);
        var kinds = kind is null || reference.PublicationTypes.Contains(kind, StringComparer.OrdinalIgnoreCase) ? reference.PublicationTypes : [.. reference.PublicationTypes, kind];
        Text("id", reference.Id);
        Text("type", type);
        Text("title", reference.Title);
        Names("author", reference.Authors);
        Names("editor", reference.Editors);
        Text("container-title", reference.Container ?? reference.ContainerAbbreviation);
        Text("container-title-short", reference.Container is null ? null : reference.ContainerAbbreviation);
        if (reference.Year is not null || reference.Date is not null)
        {
            fields.Add(new("issued", JsonFields.Raw(json => WriteDate(json, reference))));
        }

        Text("volume", reference.Volume);
        Text("issue", reference.Issue);
        Text("page", reference.Pages);
        Text("DOI", reference.Doi);
        Text("PMID", reference.Pmid);
        Text("PMCID", reference.Pmcid);
        Text("ISSN", string.Join(", ", reference.SerialNumbers.Where(number => !IsBookNumber(number))));
        Text("ISBN", string.Join(", ", reference.SerialNumbers.Where(IsBookNumber)));
        Text("abstract", reference.Abstract);
        Text("keyword", ListText.Write(reference.Keywords));
        Text("genre", string.Join("; ", kinds));
        Text("language", reference.Language);
        Text("publisher", reference.Publisher);
        Text("publisher-place", reference.Place);
        Text("URL", reference.Urls.Count > 0 ? reference.Urls[0] : null);
        Text("source", reference.Database);
        List("categories", [.. reference.Labels.Where(label => !ScreeningLabel.Is(label))]);
        List<string> notes = [.. RemarkText.Of(reference)];
        Text("note", notes.FirstOrDefault());
        AddCustom(fields, reference.AccessionNumber, [.. reference.Urls.Skip(1)], [.. notes.Skip(1)]);
        return fields;

        void Text(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                fields.Add(new(name, Json(text)));
            }
        }

        void List(string name, IReadOnlyList<string> texts)
        {
            if (texts.Count > 0)
            {
                fields.Add(new(name, JsonFields.Raw(json => WriteList(json, texts))));
            }
        }

        void Names(string name, ValueList<PersonName> names)
        {
            if (names.Count > 0)
            {
                fields.Add(new(name, JsonFields.Raw(json => WriteNames(json, names))));
            }
        }
    }

    private static void AddCustom(List<RawField> fields, string? accession, List<string> urls, List<string> notes)
    {
        if (accession is null && urls.Count == 0 && notes.Count == 0)
        {
            return;
        }

        fields.Add(new(CslJson.Custom, JsonFields.Raw(json =>
        {
            json.WriteStartObject();
            if (accession is not null)
            {
                json.WriteString(CslJson.Accession, XmlText.Clean(accession));
            }

            foreach (var (name, texts) in new[] { (CslJson.MoreUrls, urls), (CslJson.MoreNotes, notes) }.Where(list => list.Item2.Count > 0))
            {
                json.WritePropertyName(name);
                WriteList(json, texts);
            }

            json.WriteEndObject();
        })));
    }

    private static void WriteNames(Utf8JsonWriter json, ValueList<PersonName> names)
    {
        json.WriteStartArray();
        foreach (var name in names)
        {
            json.WriteStartObject();
            foreach (var (part, text) in name.IsGroup ? [("literal", name.Family)] : new[] { ("family", name.Family), ("given", name.Given), ("suffix", name.Suffix) })
            {
                if (text is not null)
                {
                    json.WriteString(part, XmlText.Clean(text));
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The parts of a date in MEDLINE's way; beside the year, any other as it is written.</summary>
    private static void WriteDate(Utf8JsonWriter json, Reference reference)
    {
        json.WriteStartObject();
        var parts = BibliographicText.DateParts(reference.Date) is { } known && known.Year == reference.Year?.ToString(CultureInfo.InvariantCulture) ? known : default;
        if (reference.Year is { } year)
        {
            json.WriteStartArray("date-parts");
            json.WriteStartArray();
            json.WriteNumberValue(year);
            if (parts.Month > 0)
            {
                json.WriteNumberValue(parts.Month);
            }

            if (parts.Day is { } day)
            {
                json.WriteNumberValue(int.Parse(day, CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        if (reference.Date is { } date && parts.Month == 0)
        {
            json.WriteString("literal", XmlText.Clean(date));
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(XmlText.Clean(text));
        }

        json.WriteEndArray();
    }

    private static string Json(string text) => JsonFields.Raw(json => json.WriteStringValue(XmlText.Clean(text)));

    private static bool IsBookNumber(string number) => number.Count(char.IsAsciiDigit) > 8;
}
