using System.Globalization;

namespace MetaSpine;

/// <summary>
/// Web of Science's tagged text: two characters of tag, a space, lines set in by three spaces that continue it or are further values;
/// a record from PT to ER, the file from FN to EF. Its tags mean other things than those of RIS.
/// </summary>
internal static class WebOfScience
{
    private static readonly (string Code, ReferenceType Type)[] Types =
        [("J", ReferenceType.JournalArticle), ("B", ReferenceType.Book), ("C", ReferenceType.ConferencePaper), ("S", ReferenceType.BookChapter)];

    /// <summary>Kinds of document that say more than the letter of the type.</summary>
    private static readonly (string Kind, ReferenceType Type)[] Kinds =
    [
        ("Meeting Abstract", ReferenceType.ConferenceAbstract), ("Proceedings Paper", ReferenceType.ConferencePaper), ("Book Chapter", ReferenceType.BookChapter),
        ("Book", ReferenceType.Book), ("Data set", ReferenceType.DataSet), ("Preprint", ReferenceType.Preprint),
    ];

    /// <summary>Whether a text is of this format: it begins with FN, or its first line is a PT.</summary>
    public static bool Begins(string start) => start.StartsWith("FN ", StringComparison.Ordinal) || (start.StartsWith("PT ", StringComparison.Ordinal) && start[3..].Split('\n', 2)[0].Trim().Length == 1);

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults)
    {
        var lines = new TaggedLines(text, faults);
        TaggedRecord? record = null;
        while (lines.TryRead(out var line))
        {
            var tag = line.Length > 1 && char.IsAsciiLetterUpper(line[0]) && (char.IsAsciiLetterUpper(line[1]) || char.IsAsciiDigit(line[1])) && (line.Length == 2 || line[2] == ' ') ? line[..2] : null;
            if (tag is null)
            {
                record?.Continue(line);
            }
            else if (record is null ? tag == "PT" : tag is not ("PT" or "ER" or "EF"))
            {
                record ??= new(lines.Position, faults);
                record.Begin(tag, line[2..], lines.Position);
            }
            else if (record is null)
            {
                if (tag is not ("FN" or "VR" or "EF" or "ER"))
                {
                    faults.Add(lines.Position, $"{tag} stands outside of a record, which begins with PT: it was left out");
                }
            }
            else
            {
                if (tag != "ER")
                {
                    faults.Add(record.Position, "the record has no ER at its end: it was taken to end where the next begins");
                }

                yield return Reference(record);
                record = null;
                if (tag == "PT")
                {
                    record = new(lines.Position, faults);
                    record.Begin(tag, line[2..], lines.Position);
                }
            }
        }

        if (record is not null)
        {
            faults.Add(record.Position, "the file ends within the record, before its ER: it may have been cut off");
            yield return Reference(record);
        }
    }

    private static Reference Reference(TaggedRecord record)
    {
        var draft = new ReferenceDraft(ReferenceFormat.WebOfScience, record.Position);
        var fields = record.Fields.Where(field => field.Text.Length > 0).ToList();
        string? Of(string tag) => fields.Find(field => field.Tag == tag).Text;
        var hasPeople = false;
        var hasFullNames = Of("AF")?.Split('\n').Length == Of("AU")?.Split('\n').Length;
        foreach (var field in fields)
        {
            Take(draft, field, hasFullNames, ref hasPeople);
        }

        if (Of("BP") is { } first)
        {
            draft.Pages = BibliographicText.Pages(Of("EP") is { } last && last != first ? $"{first}-{last}" : first);
        }

        draft.Container ??= draft.ContainerAbbreviation;
        draft.ContainerAbbreviation = draft.ContainerAbbreviation == draft.Container ? null : draft.ContainerAbbreviation;
        var kind = Array.Find(Kinds, kind => draft.PublicationTypes.Contains(kind.Kind));
        var type = Array.Find(Types, type => type.Code == Of("PT")).Type;
        draft.Type = kind.Kind is null ? type : kind.Type;
        if (Of("PT") is { } code && Code(draft.Type) != code)
        {
            draft.Keep("PT", code);
        }

        return draft.ToReference();
    }

    private static void Take(ReferenceDraft draft, TaggedField field, bool hasFullNames, ref bool hasPeople)
    {
        var (tag, text, _) = field;
        var line = BibliographicText.Line(text)!;
        switch (tag)
        {
            case "PT" or "BP" or "EP":
                break;
            case "AU" when hasFullNames:
                break;
            case "AU" or "AF" when !hasPeople:
                hasPeople = true;
                draft.Authors.InsertRange(0, text.Split('\n').Select(name => BibliographicText.Name(name)));
                break;
            case "CA":
                draft.Authors.AddRange(text.Split('\n').Select(name => BibliographicText.Name(name, isGroup: true)));
                break;
            case "BE" when draft.Editors.Count == 0:
                draft.Editors.AddRange(text.Split('\n').Select(name => BibliographicText.Name(name)));
                break;
            case "TI":
                draft.Take(ref draft.Title, line, field);
                break;
            case "SO":
                draft.Take(ref draft.Container, line, field);
                break;
            case "JI":
                draft.Take(ref draft.ContainerAbbreviation, line, field);
                break;
            case "PY":
                draft.Year ??= BibliographicText.Year(text);
                break;
            case "PD":
                draft.Take(ref draft.Date, line, field);
                break;
            case "VL":
                draft.Take(ref draft.Volume, line, field);
                break;
            case "IS":
                draft.Take(ref draft.Issue, line, field);
                break;
            case "AR":
                draft.Take(ref draft.Pages, line, field);
                break;
            case "DI":
                draft.Take(ref draft.Doi, BibliographicText.Doi(text), field);
                break;
            case "PM":
                draft.Take(ref draft.Pmid, BibliographicText.Pmid(text), field);
                break;
            case "UT":
                draft.Take(ref draft.AccessionNumber, line, field);
                break;
            case "SN" or "EI" or "BN":
                ReferenceDraft.Add(draft.SerialNumbers, BibliographicText.SerialNumber(line));
                break;
            case "AB":
                draft.Take(ref draft.Abstract, text, field);
                break;
            case "DE":
                ReferenceDraft.Add(draft.Keywords, Values(line));
                break;
            case "ID":
                // Web of Science makes these from the titles that the report cites: under their own tag they stay apart from the authors'.
                ReferenceDraft.Add(draft.Keywords, Values(line));
                draft.Keep(tag, text);
                break;
            case "DT":
                ReferenceDraft.Add(draft.PublicationTypes, Values(line));
                break;
            case "LA":
                draft.Take(ref draft.Language, line, field);
                break;
            case "PU":
                draft.Take(ref draft.Publisher, line, field);
                break;
            case "PI":
                draft.Take(ref draft.Place, line, field);
                break;
            default:
                draft.Keep(tag, text);
                break;
        }
    }

    public static void Write(IEnumerable<Reference> references, TextWriter writer)
    {
        writer.Write("FN MetaSpine\nVR 1.0\n");
        foreach (var reference in references)
        {
            Write(reference, writer);
        }

        writer.Write("EF\n");
    }

    private static void Write(Reference reference, TextWriter writer)
    {
        var other = reference.Other.Where(field => field.Format == ReferenceFormat.WebOfScience).ToList();
        var derived = other.Where(field => field.Tag == "ID").SelectMany(field => Values(BibliographicText.Line(field.Text)!)).ToHashSet(StringComparer.Ordinal);
        var people = reference.Authors.Where(author => !author.IsGroup).ToList();
        void Field(string tag, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                writer.Write($"{tag} {string.Join("\n   ", BibliographicText.Lines(text))}\n");
            }
        }

        Field("PT", other.Find(field => field.Tag == "PT")?.Text ?? Code(reference.Type));
        Field("AU", string.Join('\n', people.Select(author => author.Initials.Length == 0 ? author.Family : $"{author.Family}, {author.Initials}")));
        Field("AF", string.Join('\n', people.Select(Full)));
        Field("BE", string.Join('\n', reference.Editors.Select(Full)));
        Field("CA", string.Join('\n', reference.Authors.Where(author => author.IsGroup).Select(author => author.Family)));
        Field("TI", reference.Title);
        Field("SO", reference.Container);
        Field("LA", reference.Language);
        Field("DT", string.Join("; ", reference.PublicationTypes));
        Field("DE", string.Join("; ", reference.Keywords.Where(keyword => !derived.Contains(keyword))));
        Field("AB", reference.Abstract);
        Field("PU", reference.Publisher);
        Field("PI", reference.Place);
        for (var i = 0; i < reference.SerialNumbers.Count; i++)
        {
            Field(reference.SerialNumbers[i].Count(char.IsAsciiDigit) > 8 ? "BN" : i == 0 ? "SN" : "EI", reference.SerialNumbers[i]);
        }

        Field("JI", reference.ContainerAbbreviation);
        Field("PD", reference.Date);
        Field("PY", reference.Year?.ToString(CultureInfo.InvariantCulture));
        Field("VL", reference.Volume);
        Field("IS", reference.Issue);
        var (first, last) = BibliographicText.Ends(reference.Pages);
        Field(last is not null || first?.All(char.IsAsciiDigit) == true ? "BP" : "AR", first);
        Field("EP", last);
        Field("DI", reference.Doi);
        Field("UT", reference.AccessionNumber);
        Field("PM", reference.Pmid);
        foreach (var field in other.Where(field => field.Tag != "PT"))
        {
            Field(field.Tag, field.Text);
        }

        writer.Write("ER\n\n");
    }

    private static string Full(PersonName name) => string.Join(", ", new[] { name.Family, name.Given, name.Suffix }.OfType<string>());

    private static string Code(ReferenceType type) => Array.Find(Types, row => row.Type == type).Code ?? "J";

    private static string[] Values(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
