using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>
/// Reads MEDLINE's tagged text: four characters of tag, a hyphen, and lines set in by six spaces that continue it. A record begins with
/// its PubMed number.
/// </summary>
internal static partial class MedlineReader
{
    private const int TagWidth = 4;

    /// <summary>Tags that belong to the author before them. They are kept with that one's number: <c>AD/2</c> is of the second.</summary>
    private static readonly string[] OfAuthor = ["AD", "AUID", "AU"];

    /// <summary>The tags of notices about the report, the one that is written first; of the others the tag is kept too.</summary>
    public static readonly (string Tag, NoticeKind Kind)[] Notices =
    [
        ("RIN", NoticeKind.Retraction), ("RRI", NoticeKind.RetractedAndRepublished), ("ECI", NoticeKind.ExpressionOfConcern), ("EIN", NoticeKind.Erratum),
        ("PRIN", NoticeKind.Retraction), ("CRI", NoticeKind.Erratum),
    ];

    /// <summary>Whether a text is MEDLINE: one of its lines is a PubMed number.</summary>
    public static bool Begins(string start) => NumberLine().IsMatch(start);

    public static IEnumerable<Reference> Read(TextReader text, ReferenceFaults faults) => Records(text, faults).Select(Reference);

    private static IEnumerable<TaggedRecord> Records(TextReader text, ReferenceFaults faults)
    {
        var lines = new TaggedLines(text, faults);
        TaggedRecord? record = null;
        var (endsWithSource, endedWithSource) = (false, false);
        while (lines.TryRead(out var line))
        {
            if (!IsTag(line, out var tag, out var value))
            {
                record?.Continue(line);
                continue;
            }

            if (tag == "PMID" && record is not null)
            {
                yield return record;
                (record, endedWithSource) = (null, endsWithSource);
            }

            if (record is null && tag != "PMID")
            {
                faults.Add(lines.Position, $"the record begins with {tag}, not with its number (PMID): what stands before {tag} is missing");
            }

            record ??= new(lines.Position, faults);
            record.Begin(tag, value, lines.Position);
            endsWithSource = tag == "SO";
        }

        if (record is not null)
        {
            if (endedWithSource && !endsWithSource)
            {
                faults.Add(record.Position, "the file ends within the record, before its source (SO): it may have been cut off");
            }

            yield return record;
        }
    }

    private static bool IsTag(string line, out string tag, out string value)
    {
        var isTag = line.Length > TagWidth && line[TagWidth] == '-' && (line.Length == TagWidth + 1 || line[TagWidth + 1] == ' ')
            && line.AsSpan(0, TagWidth).TrimEnd() is { Length: > 1 } name && name.ContainsAnyExcept(UpperCase) == false;
        (tag, value) = isTag ? (line[..TagWidth].TrimEnd(), line[(TagWidth + 1)..]) : ("", "");
        return isTag;
    }

    private static readonly System.Buffers.SearchValues<char> UpperCase = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static Reference Reference(TaggedRecord record)
    {
        var draft = new ReferenceDraft(ReferenceFormat.Medline, record.Position);
        var hasBook = record.Fields.Any(field => field.Tag == "BTI");
        var previous = "";
        foreach (var field in record.Fields)
        {
            var line = field with { Text = BibliographicText.Line(field.Text) ?? "" };
            if (line.Text.Length > 0 || Array.Exists(Notices, notice => notice.Tag == field.Tag))
            {
                Take(draft, line, previous);
            }

            previous = field.Tag;
        }

        draft.Container ??= draft.ContainerAbbreviation;
        draft.ContainerAbbreviation = draft.ContainerAbbreviation == draft.Container ? null : draft.ContainerAbbreviation;
        draft.Date = draft.Date?.Length > 4 || draft.Year is null ? draft.Date : null;
        draft.Title ??= hasBook ? draft.Container : null;
        draft.Type = draft.PublicationTypes.Contains("Preprint") ? ReferenceType.Preprint
            : hasBook ? (draft.Title == draft.Container ? ReferenceType.Book : ReferenceType.BookChapter)
            : draft.PublicationTypes.Contains("Newspaper Article") ? ReferenceType.PressArticle
            : draft.Container is not null ? ReferenceType.JournalArticle : ReferenceType.Other;
        return draft.ToReference();
    }

    private static void Take(ReferenceDraft draft, TaggedField field, string previous)
    {
        var (tag, text, _) = field;
        switch (tag)
        {
            case "PMID":
                draft.Take(ref draft.Pmid, BibliographicText.Pmid(text), field);
                draft.Id ??= draft.Pmid;
                break;
            case "TI":
                draft.Take(ref draft.Title, text, field);
                break;
            case "BTI" or "JT":
                draft.Take(ref draft.Container, text, field);
                break;
            case "TA":
                draft.Take(ref draft.ContainerAbbreviation, text, field);
                break;
            case "FAU":
                draft.Authors.Add(BibliographicText.Name(text));
                break;
            case "CN":
                draft.Authors.Add(BibliographicText.Name(text, isGroup: true));
                break;
            case "FED":
                draft.Editors.Add(BibliographicText.Name(text));
                break;
            case "AU" when previous != "FAU":
                draft.Authors.Add(BibliographicText.Name(text));
                break;
            case "AU" when IsShort(draft.Authors, text):
            case "ED" when previous == "FED" && IsShort(draft.Editors, text):
                break;
            case "DP":
                draft.Year ??= BibliographicText.Year(text);
                draft.Take(ref draft.Date, text, field);
                break;
            case "VI":
                draft.Take(ref draft.Volume, text, field);
                break;
            case "IP":
                draft.Take(ref draft.Issue, text, field);
                break;
            case "PG":
                draft.Take(ref draft.Pages, BibliographicText.Pages(text), field);
                break;
            case "LID" or "AID" when text.EndsWith("[doi]", StringComparison.OrdinalIgnoreCase) && BibliographicText.Doi(text) is { } doi:
                draft.Take(ref draft.Doi, doi, field);
                break;
            case "PMC":
                draft.Take(ref draft.Pmcid, BibliographicText.Pmcid(text), field);
                break;
            case "IS" or "ISBN":
                ReferenceDraft.Add(draft.SerialNumbers, BibliographicText.SerialNumber(text));
                break;
            case "AB":
                draft.Take(ref draft.Abstract, text, field);
                break;
            case "OT":
                ReferenceDraft.Add(draft.Keywords, text);
                break;
            case "MH":
                // A subject heading is no author's keyword: under its own tag it stays one.
                ReferenceDraft.Add(draft.Keywords, text);
                draft.Keep(tag, text);
                break;
            case "PT":
                ReferenceDraft.Add(draft.PublicationTypes, text);
                break;
            case "LA":
                draft.Take(ref draft.Language, text, field);
                break;
            case "PB":
                draft.Take(ref draft.Publisher, text, field);
                break;
            case "PL":
                draft.Take(ref draft.Place, text, field);
                break;
            case "GN":
                ReferenceDraft.Add(ScreeningLabel.Is(text) ? draft.Labels : draft.Notes, text);
                break;
            default:
                TakeOther(draft, field);
                break;
        }
    }

    private static void TakeOther(ReferenceDraft draft, TaggedField field)
    {
        var at = Array.FindIndex(Notices, notice => notice.Tag == field.Tag);
        var isTaken = at >= 0 && draft.Add(NoticeText.Parse(Notices[at].Kind, field.Text));
        if (!isTaken || Array.FindIndex(Notices, notice => notice.Kind == Notices[at].Kind) < at)
        {
            draft.Keep(OfAuthor.Contains(field.Tag) && draft.Authors.Count > 0 ? FormattableString.Invariant($"{field.Tag}/{draft.Authors.Count}") : field.Tag, field.Text);
        }
    }

    /// <summary>
    /// Whether a name is the short form of the last one, which says nothing more than perhaps a suffix (Jr, 3rd): it stands behind the
    /// initials, and in the full form behind the given names.
    /// </summary>
    private static bool IsShort(List<PersonName> names, string text)
    {
        var full = names[^1];
        if (BibliographicText.Name(text).Suffix is { } suffix && full.Suffix is null)
        {
            full = full with { Suffix = suffix, Given = full.Given is { } given && given.EndsWith(" " + suffix, StringComparison.Ordinal) ? given[..^(suffix.Length + 1)] : full.Given };
        }

        if (full.ToString() != text)
        {
            return false;
        }

        names[^1] = full;
        return true;
    }

    [GeneratedRegex(@"^PMID- ?\d", RegexOptions.Multiline)]
    private static partial Regex NumberLine();
}
