using System.Globalization;

namespace MetaSpine;

/// <summary>Writes RIS as reference managers and tools for screening read it.</summary>
internal sealed class RisWriter(TextWriter writer)
{
    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        var ris = new RisWriter(writer);
        foreach (var reference in references)
        {
            ris.Write(reference);
        }
    }

    private void Write(Reference reference)
    {
        var other = reference.Other.Where(field => field.Format == ReferenceFormat.Ris).ToList();
        var (code, kind) = RisTypes.Written(reference.Type);
        var kinds = kind is null || reference.PublicationTypes.Contains(kind, StringComparer.OrdinalIgnoreCase) ? reference.PublicationTypes : [.. reference.PublicationTypes, kind];
        var finer = other.Find(field => field.Tag == "TY" && RisTypes.Of(field.Text, kinds) == reference.Type);
        Field("TY", finer?.Text ?? code);
        Field("ID", reference.Id);
        Fields("AU", reference.Authors.Select(BibliographicText.Written));
        Fields("A2", reference.Editors.Select(BibliographicText.Written));
        Field("TI", reference.Title);
        Field("T2", reference.Container);
        Field(reference.Container is null ? "T2" : "J2", reference.ContainerAbbreviation);
        Field("PY", reference.Year?.ToString(CultureInfo.InvariantCulture));
        Field("DA", reference.Date);
        Field("VL", reference.Volume);
        Field("IS", reference.Issue);
        var (first, last) = BibliographicText.Ends(reference.Pages);
        Field("SP", first);
        Field("EP", last);
        Field("DO", reference.Doi);
        Fields("M3", kinds);
        Field("AB", reference.Abstract);
        Fields("KW", reference.Keywords);
        Fields("SN", reference.SerialNumbers);
        Field("LA", reference.Language);
        Field("PB", reference.Publisher);
        Field("CY", reference.Place);
        Fields("UR", reference.Urls);
        Field("DB", reference.Database);
        Field("AN", reference.AccessionNumber);
        Field("AN", reference.Pmid is { } pmid ? $"PMID: {pmid}" : null);
        Field("C2", reference.Pmcid);
        foreach (var label in reference.Labels)
        {
            Field(ScreeningLabel.Is(label) ? "N1" : "LB", label);
        }

        Fields("N1", reference.Notes);
        Fields("N1", reference.Notices.Where(notice => !NoticeText.IsImplied(reference, notice)).Select(NoticeText.Remark));
        foreach (var field in other.Where(field => field.Tag != "TY"))
        {
            Field(field.Tag, field.Text);
        }

        writer.Write("ER  - \n\n");
    }

    private void Fields(string tag, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Field(tag, text);
        }
    }

    /// <summary>One field. A line of its text that looks like a tag is set in, so that it stays text.</summary>
    private void Field(string tag, string? text)
    {
        if (text is not null)
        {
            writer.Write($"{tag}  - ");
            var lines = BibliographicText.Lines(text);
            writer.Write(string.Join('\n', lines.Select((line, i) => i > 0 && RisRecords.IsTag(line, mayHaveOneSpace: true, out _, out _) ? "      " + line : line)));
            writer.Write('\n');
        }
    }
}
