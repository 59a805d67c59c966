using System.Xml.Linq;

namespace MetaSpine;

/// <summary>The notices about a report in PubMed's XML, among the other reports that belong to it (<c>CommentsCorrections</c>).</summary>
internal static class PubMedNotices
{
    /// <summary>What PubMed calls each kind of notice, the name that is written first.</summary>
    private static readonly (string Name, NoticeKind Kind)[] Kinds =
    [
        ("RetractionIn", NoticeKind.Retraction), ("PartialRetractionIn", NoticeKind.Retraction), ("RetractedandRepublishedIn", NoticeKind.RetractedAndRepublished),
        ("ExpressionOfConcernIn", NoticeKind.ExpressionOfConcern), ("ErratumIn", NoticeKind.Erratum), ("CorrectedandRepublishedIn", NoticeKind.Erratum),
    ];

    /// <summary>The notices about the report of a citation, each once.</summary>
    public static IEnumerable<PublicationNotice> Of(XElement? citation) =>
        (citation?.Elements("CommentsCorrectionsList") ?? []).SelectMany(list => list.Elements("CommentsCorrections")).Select(Notice).OfType<PublicationNotice>().Distinct();

    /// <summary>The list of a report's notices; null where there are none to tell.</summary>
    public static XElement? List(Reference reference)
    {
        var notices = reference.Notices.Where(notice => !NoticeText.IsImplied(reference, notice)).ToList();
        return notices.Count == 0 ? null : new("CommentsCorrectionsList", notices.Select(notice => new XElement(
            "CommentsCorrections",
            new XAttribute("RefType", Array.Find(Kinds, row => row.Kind == notice.Kind).Name),
            new XElement("RefSource", NoticeText.Print(notice with { Pmid = null }) is { Length: > 0 } source ? XmlText.Clean(source) : null),
            notice.Pmid is { } pmid ? new XElement("PMID", new XAttribute("Version", "1"), XmlText.Clean(pmid)) : null)));
    }

    private static PublicationNotice? Notice(XElement element)
    {
        var (name, kind) = Array.Find(Kinds, row => row.Name == element.Attribute("RefType")?.Value);
        if (name is null)
        {
            return null;
        }

        var source = element.Element("RefSource") is { } text ? BibliographicText.Line(XmlTree.Text(text)) ?? "" : "";
        var number = element.Element("PMID") is { } pmid ? BibliographicText.Pmid(XmlTree.Text(pmid)) : null;
        return NoticeText.Parse(kind, number is null ? source : $"{source} PMID: {number}");
    }
}
