using System.Globalization;

namespace MetaSpine;

/// <summary>Writes MEDLINE's tagged text, in PubMed's order of tags.</summary>
internal sealed class MedlineWriter(TextWriter writer)
{
    private const int Width = 88;

    /// <summary>Tags that the model has a place for: a second one must not come before the first.</summary>
    private static readonly string[] Placed = ["TI", "VI", "IP", "DP", "PG", "AB", "LA", "PL", "PB", "JT", "BTI", "TA", "PMC", "AU", "ED"];

    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        var medline = new MedlineWriter(writer);
        var isFirst = true;
        foreach (var reference in references)
        {
            if (!isFirst)
            {
                writer.Write('\n');
            }

            isFirst = false;
            medline.Write(reference);
        }
    }

    private void Write(Reference reference)
    {
        var other = reference.Other.Where(field => field.Format == ReferenceFormat.Medline).ToList();
        var headings = other.Where(field => field.Tag == "MH").Select(field => field.Text).ToHashSet(StringComparer.Ordinal);

        // Readers know a record by this line, so it stands there also where there is no number.
        Field("PMID", reference.Pmid ?? other.Find(field => field.Tag == "PMID")?.Text ?? "");
        other.RemoveAll(field => field.Tag == "PMID");
        var ofAuthors = other.Where(field => Number(field) > 0).ToLookup(Number);
        var kept = other.SelectMany(field => MedlineReader.Notices.Where(row => row.Tag == field.Tag).Select(row => NoticeText.Parse(row.Kind, field.Text))).ToHashSet();
        var before = other.TakeWhile(field => Number(field) == 0).Where(field => !Placed.Contains(field.Tag) && !(field.Tag is "LID" or "AID" && field.Text.EndsWith("[doi]", StringComparison.OrdinalIgnoreCase))).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var field in other.Where(before.Contains))
        {
            Field(field.Tag, field.Text);
        }

        foreach (var number in reference.SerialNumbers)
        {
            Field(number.Count(char.IsAsciiDigit) > 8 ? "ISBN" : "IS", number);
        }

        Field("VI", reference.Volume);
        Field("IP", reference.Issue);
        Field("DP", reference.Date is { } date && (reference.Year is null || BibliographicText.Year(date) == reference.Year) ? date
            : reference.Year is { } year ? FormattableString.Invariant($"{year} {reference.Date}") : null);
        Field("TI", reference.Title);
        Field("PG", reference.Pages);
        Field("AB", reference.Abstract);
        for (var i = 0; i < reference.Authors.Count; i++)
        {
            Name(reference.Authors[i], "FAU", "AU", ofAuthors[i + 1].Any(field => field.Tag.StartsWith("AU/", StringComparison.Ordinal)));
            foreach (var field in ofAuthors[i + 1])
            {
                Field(field.Tag.Split('/')[0], field.Text);
            }
        }

        foreach (var editor in reference.Editors)
        {
            Name(editor, "FED", "ED", isShortKept: false);
        }

        Field("LA", reference.Language);
        foreach (var type in reference.PublicationTypes)
        {
            Field("PT", type);
        }

        Field("PL", reference.Place);
        Field("PB", reference.Publisher);
        WriteContainer(reference);
        foreach (var notice in reference.Notices.Where(notice => !NoticeText.IsImplied(reference, notice) && !kept.Contains(notice)))
        {
            Field(MedlineReader.Notices.First(row => row.Kind == notice.Kind).Tag, NoticeText.Print(notice));
        }

        foreach (var remark in reference.Notes.Concat(reference.Labels))
        {
            Field("GN", remark);
        }

        Field("PMC", reference.Pmcid);
        Field("AID", reference.Doi is { } doi ? $"{doi} [doi]" : null);
        foreach (var field in other.Where(field => !before.Contains(field) && (Number(field) == 0 || Number(field) > reference.Authors.Count)))
        {
            Field(field.Tag.Split('/')[0], field.Text);
        }

        // The headings stand among the other fields, so that keywords come behind them as in PubMed's files.
        foreach (var keyword in reference.Keywords.Where(keyword => !headings.Contains(keyword)))
        {
            Field("OT", keyword);
        }
    }

    private void WriteContainer(Reference reference)
    {
        if (reference.Type is ReferenceType.Book or ReferenceType.BookChapter)
        {
            Field("BTI", reference.Container ?? reference.Title);
        }
        else
        {
            Field("JT", reference.Container);
        }

        Field("TA", reference.ContainerAbbreviation);
    }

    private void Name(PersonName name, string full, string brief, bool isShortKept)
    {
        if (name.IsGroup)
        {
            Field("CN", name.Family);
            return;
        }

        // PubMed puts a suffix behind the given names, where only the short form tells it from them.
        Field(full, name.Given is { } given && !(isShortKept && name.Suffix is not null) ? $"{name.Family}, {given}{(name.Suffix is { } suffix ? " " + suffix : "")}"
            : name.Suffix is null ? name.Family : $"{name.Family}, {name.Given}, {name.Suffix}");
        if (!isShortKept)
        {
            Field(brief, name.ToString());
        }
    }

    private static int Number(ReferenceField field) =>
        field.Tag.Split('/') is [_, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var author) ? author : 0;

    /// <summary>One field, its lines broken between words that have one space between them, so that reading joins them again.</summary>
    private void Field(string tag, string? text)
    {
        if (text is null)
        {
            return;
        }

        var rest = (BibliographicText.Line(text) ?? "").AsSpan();
        writer.Write($"{tag,-4}- ");
        while (rest.Length > Width - 6 && Break(rest) is var end && end > 0)
        {
            writer.Write(rest[..end]);
            writer.Write("\n      ");
            rest = rest[(end + 1)..];
        }

        writer.Write(rest);
        writer.Write('\n');
    }

    /// <summary>The last space that fits in the line, else the first behind it; -1 where there is none.</summary>
    private static int Break(ReadOnlySpan<char> text)
    {
        var end = text[..(Width - 6)].LastIndexOf(' ');
        return end > 0 ? end : text.IndexOf(' ');
    }
}
