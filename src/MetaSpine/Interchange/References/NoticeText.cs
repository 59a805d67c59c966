using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>How files say in words that a report was retracted, corrected or questioned.</summary>
internal static partial class NoticeText
{
    private static readonly (NoticeKind Kind, string Words)[] Kinds =
    [
        (NoticeKind.RetractedAndRepublished, "Retracted and republished in"), (NoticeKind.Retraction, "Retraction in"),
        (NoticeKind.ExpressionOfConcern, "Expression of concern in"), (NoticeKind.Erratum, "Erratum in"),
    ];

    /// <summary>The notice that MEDLINE prints so: "Lancet. 2010 Feb 6;375(9713):445. doi: 10.1016/... PMID: 20137807".</summary>
    public static PublicationNotice Parse(NoticeKind kind, string text)
    {
        var end = Identifier().Match(text) is { Success: true } match ? match.Index : text.Length;
        var where = text[..end].Trim().TrimEnd('.', ';', ',').TrimEnd();
        return new(kind)
        {
            Where = where.Length == 0 ? null : where,
            Pmid = PmidForm().Match(text) is { Success: true } number ? number.Groups["number"].Value : null,
            Doi = BibliographicText.Doi(text[end..]),
        };
    }

    /// <summary>The notice as MEDLINE prints it; empty where nothing is known but its kind.</summary>
    public static string Print(PublicationNotice notice) => string.Join(". ", new[]
    {
        notice.Where, notice.Doi is { } doi ? $"doi: {doi}" : null, notice.Pmid is { } pmid ? $"PMID: {pmid}" : null,
    }.OfType<string>());

    /// <summary>The notice as a remark: "Retraction in: Lancet. 2010;375:445".</summary>
    public static string Remark(PublicationNotice notice) => $"{Kinds.First(kind => kind.Kind == notice.Kind).Words}: {Print(notice)}".TrimEnd();

    /// <summary>The notice that a remark is; null where it is none.</summary>
    public static PublicationNotice? FromRemark(string line)
    {
        foreach (var (kind, words) in Kinds)
        {
            if (line.StartsWith(words + ":", StringComparison.OrdinalIgnoreCase))
            {
                return Parse(kind, line[(words.Length + 1)..].Trim());
            }
        }

        return null;
    }

    /// <summary>
    /// The reference with the notice that its kind of publication, its remarks or its title imply: "Retracted Publication",
    /// "RETRACTED: ...", "(Retracted article. See ...)". The retraction itself is no retracted report.
    /// </summary>
    public static Reference Completed(Reference reference) => reference.Notices.Any(notice => notice.Kind <= NoticeKind.RetractedAndRepublished)
        || !(reference.PublicationTypes.Any(IsRetracted) || reference.Notes.Any(note => note.Split('\n').Any(IsRetracted))
            || (reference.Title is { } title && RetractedTitle().IsMatch(title)))
            ? reference : reference with { Notices = [.. reference.Notices, new PublicationNotice(NoticeKind.Retraction)] };

    /// <summary>Whether the reference says in other words that there is this notice, so that reading finds it where it is not written.</summary>
    public static bool IsImplied(Reference reference, PublicationNotice notice) => notice == new PublicationNotice(NoticeKind.Retraction)
        && Completed(reference with { Notices = [.. reference.Notices.Where(other => other != notice)] }).Notices == reference.Notices;

    private static bool IsRetracted(string type) => RetractedType().IsMatch(type);

    [GeneratedRegex(@"(?:\bdoi:|\bPMID:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\bPMID:\s*(?<number>[1-9]\d{0,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PmidForm();

    [GeneratedRegex(@"^\s*retracted (?:publication|article)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RetractedType();

    [GeneratedRegex(@"^\W*retracted(?: article| paper)?\s*[:\])]|[(\[]retracted\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RetractedTitle();
}
