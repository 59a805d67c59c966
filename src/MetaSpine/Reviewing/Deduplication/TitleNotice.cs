using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>What a report is to another report.</summary>
internal enum NoticeRole
{
    None,
    Comment,
    Reply,
    Erratum,
    Retraction,
    Concern,
}

/// <summary>Tells notices about a report from the report.</summary>
internal static partial class TitleNotice
{
    /// <summary>The title without the mark that databases put before that of a retracted article, which remains the same article.</summary>
    public static string Unmarked(string title) => Retracted().Replace(title, "");

    /// <summary>What the title says that the report is.</summary>
    public static NoticeRole Of(string title) =>
        Reply().IsMatch(title) ? NoticeRole.Reply
        : Comment().IsMatch(title) ? NoticeRole.Comment
        : Erratum().IsMatch(title) ? NoticeRole.Erratum
        : Retraction().IsMatch(title) ? NoticeRole.Retraction
        : Concern().IsMatch(title) ? NoticeRole.Concern : NoticeRole.None;

    /// <summary>What the kinds of publication say, which only some databases do.</summary>
    public static NoticeRole Of(IEnumerable<string> types) =>
        types.Any(type => type.Contains("erratum", StringComparison.OrdinalIgnoreCase) || type.Contains("corrigend", StringComparison.OrdinalIgnoreCase)) ? NoticeRole.Erratum
        : types.Any(type => type.StartsWith("Retraction", StringComparison.OrdinalIgnoreCase)) ? NoticeRole.Retraction
        : types.Any(type => type.StartsWith("Expression of Concern", StringComparison.OrdinalIgnoreCase)) ? NoticeRole.Concern : NoticeRole.None;

    [GeneratedRegex(@"^\W*retracted(?:\s+article)?\W*[:\]]\s*|\s*[\[(]retracted(?:\s+article)?[^\])]*[\])]\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Retracted();

    [GeneratedRegex(@"^\W*(?:in\s+)?(?:re?ply|response|rejoinder)\b\W*(?:$|to\b|from\b|by\b|letter\b|[:\-\u2013\u2014])|^\W*(?:the\s+)?authors?\W{0,2}s?\W?\s+(?:reply|response|rejoinder)\b|[:.\-\u2013\u2014\[(]\s*(?:the\s+)?(?:authors?\W{0,2}s?\W?\s+|in\s+)?(?:reply|rejoinder|response)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reply();

    [GeneratedRegex(@"^\W*(?:re\s*[:;]|comments?\s*(?:on\b|to\b|[:\-\u2013\u2014])|commentary\s*(?:on\b|to\b|[:\-\u2013\u2014])|(?:invited\s+|editorial\s+)(?:comment|commentary)\s*(?:on\b|[:\-\u2013\u2014])|letter\s+(?:to\s+the\s+editor|regarding|re)\b|regarding\b|concerning\b)|[:.\-\u2013\u2014\[(]\s*(?:an?\s+)?(?:(?:invited|editorial)\s+)?(?:comment|commentary|letter(?:\s+to\s+the\s+editor)?)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\W*(?:(?:publisher|author|editorial)\W?s?\s+)?(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a)|correction(?:s)?\s*(?:to\b|of\b|for\b|notice\b|[:\-\u2013\u2014]))|[:.\[(]\s*(?:errat(?:um|a)|corrigend(?:um|a)|correction)\W*(?:in\b.{0,80})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Erratum();

    [GeneratedRegex(@"^\W*(?:notice\s+of\s+retraction|retraction(?:\s+(?:note|notice|statement))?\s*(?:to\b|of\b|for\b|[:\-\u2013\u2014])|withdrawal\s+(?:notice|of)\b)|[:.\[(]\s*retraction(?:\s+(?:note|notice))?\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Retraction();

    [GeneratedRegex(@"^\W*(?:editorial\s+)?expression\s+of\s+concern\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Concern();
}
