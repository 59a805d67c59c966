using System.Globalization;
using System.Xml.Linq;

namespace MetaSpine;

/// <summary>Writes EndNote's XML as EndNote imports it.</summary>
internal static class EndNoteXmlWriter
{
    /// <summary>The elements whose text EndNote writes without a style.</summary>
    private static readonly HashSet<string> Unstyled = new(["database", "source-app", "rec-number", "key", "ref-type"], StringComparer.Ordinal);

    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml><records>\n");
        foreach (var reference in references)
        {
            var record = EndNoteXml.Fields.Record("record", KeptFields.With(reference, ReferenceFormat.EndNoteXml, Plain, EndNoteXml.Of));
            Style(record);
            XmlTree.Write(record, writer);
            writer.Write('\n');
        }

        writer.Write("</records></xml>\n");
    }

    /// <summary>The fields that say what the model holds.</summary>
    public static List<RawField> Plain(Reference reference)
    {
        var fields = new List<RawField>();
        var (number, name, kind) = EndNoteTypes.Written(reference.Type);
        var hasContainer = reference.Type is not (ReferenceType.Book or ReferenceType.Thesis);
        var container = hasContainer ? reference.Container ?? reference.ContainerAbbreviation : null;
        Text("rec-number", reference.Id);
        fields.Add(new("ref-type", XmlFields.Raw(new XElement("ref-type", new XAttribute("name", name), number.ToString(CultureInfo.InvariantCulture)))));
        Items("contributors/authors", "author", reference.Authors.Select(BibliographicText.Written));
        Items("contributors/secondary-authors", "author", reference.Editors.Select(BibliographicText.Written));
        Text("titles/title", reference.Title);
        Text("titles/secondary-title", container);
        Text("periodical/full-title", container);
        Text("periodical/abbr-1", hasContainer && reference.Container is not null ? reference.ContainerAbbreviation : null);
        Text("pages", reference.Pages);
        Text("volume", reference.Volume);
        Text("number", reference.Issue);
        Items("keywords", "keyword", reference.Keywords);
        Text("dates/year", reference.Year?.ToString(CultureInfo.InvariantCulture));
        Items("dates/pub-dates", "date", reference.Date is { } date ? [date] : []);
        Text("pub-location", reference.Place);
        Text("publisher", reference.Publisher);
        Lines("isbn", reference.SerialNumbers);
        Lines("accession-num", new[] { Pmid(reference), reference.AccessionNumber }.OfType<string>());
        Text("abstract", reference.Abstract);
        Lines("label", reference.Labels.Where(label => !ScreeningLabel.Is(label)));
        Lines("notes", RemarkText.Of(reference));
        Lines("work-type", kind is null || reference.PublicationTypes.Contains(kind, StringComparer.OrdinalIgnoreCase) ? reference.PublicationTypes : [.. reference.PublicationTypes, kind]);
        Text("remote-database-name", reference.Database);
        Text("language", reference.Language);
        Items("urls/related-urls", "url", reference.Urls);
        Text("custom2", reference.Pmcid);
        Text("electronic-resource-num", reference.Doi);
        return fields;

        void Text(string path, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                fields.Add(new(path, XmlFields.Raw(new XElement(path.Split('/')[^1], XmlText.Clean(text)))));
            }
        }

        void Lines(string path, IEnumerable<string> lines) => Text(path, string.Join('\n', lines));

        void Items(string path, string name, IEnumerable<string> texts)
        {
            if (texts.Any())
            {
                fields.Add(new(path, XmlFields.Raw(new XElement(path.Split('/')[^1], texts.Select(text => new XElement(name, XmlText.Clean(text)))))));
            }
        }
    }

    /// <summary>The PubMed number, marked as one where the name of the database does not say so.</summary>
    private static string? Pmid(Reference reference) =>
        reference.Pmid is { } pmid && !(reference.Database is { } name && BibliographicText.IsPubMed(name)) ? $"PMID: {pmid}" : reference.Pmid;

    /// <summary>Puts each text into a run of the plain style, with EndNote's ends of lines.</summary>
    private static void Style(XElement record)
    {
        foreach (var element in record.Descendants().Where(element => !element.HasElements && element.Value.Length > 0 && element.Name != "style" && !Unstyled.Contains(element.Name.LocalName)).ToList())
        {
            var text = element.Value.Replace('\n', '\r');
            element.RemoveNodes();
            element.Add(new XElement("style", new XAttribute("face", "normal"), new XAttribute("font", "default"), new XAttribute("size", "100%"), text));
        }
    }
}
