namespace MetaSpine;

/// <summary>Notices in words.</summary>
internal static class NoticeSentence
{
    /// <summary>What happened to a report: "Oda 2006 was retracted (Spine. 2010;35:1, PMID 20137807)".</summary>
    public static string Of(string report, PublicationNotice notice)
    {
        var what = notice.Kind switch
        {
            NoticeKind.Retraction => "was retracted",
            NoticeKind.RetractedAndRepublished => "was retracted and published again",
            NoticeKind.ExpressionOfConcern => "has an expression of concern",
            _ => "has an erratum",
        };
        var place = string.Join(", ", new[]
        {
            notice.Where, notice.Pmid is { } pmid ? $"PMID {pmid}" : null, notice.Doi is { } doi ? $"doi {doi}" : null,
        }.OfType<string>());
        return $"{report} {what}{(place.Length == 0 ? "" : $" ({place})")}";
    }

    /// <summary>What to do.</summary>
    public static string Advice(NoticeKind kind) => kind switch
    {
        NoticeKind.Retraction => "decide whether it may stay in the review, and say why",
        NoticeKind.RetractedAndRepublished => "take its numbers from what was published again",
        NoticeKind.ExpressionOfConcern => "read it before you rely on the numbers",
        _ => "see that its numbers are those after the correction",
    };
}
