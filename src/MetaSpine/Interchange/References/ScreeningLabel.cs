using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>The labels that tools for screening put among the remarks of a record.</summary>
internal static partial class ScreeningLabel
{
    /// <summary>The parts of a remark: Rayyan puts its own behind others, with a stroke between them.</summary>
    public static IEnumerable<string> Parts(string remark) => Rayyan().Split(remark).Select(part => part.Trim()).Where(part => part.Length > 0);

    /// <summary>Whether a remark is a label: <c>RAYYAN-INCLUSION: {"A"=>"Included"}</c>, <c>ASReview_relevant</c>.</summary>
    public static bool Is(string remark) => Known().IsMatch(remark);

    [GeneratedRegex(@"(?:^|\|)\s*(?=RAYYAN-[A-Z-]+:)")]
    private static partial Regex Rayyan();

    [GeneratedRegex(@"^(?:RAYYAN-[A-Z-]+:.*|ASReview_\w+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
