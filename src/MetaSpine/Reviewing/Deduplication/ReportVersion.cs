using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>The version that an identifier names, of Cochrane reviews and of preprints.</summary>
/// <param name="Base">The identifier without its version; <see langword="null"/> where the report has no versions.</param>
/// <param name="Number">The version, from 1; 0 where it is not said.</param>
internal readonly partial record struct ReportVersion(string? Base, int Number)
{
    /// <summary>The version by the identifier, or else by the page that Cochrane reviews have.</summary>
    public static ReportVersion Of(string? doi, string? pages)
    {
        if (doi is not null && Cochrane().Match(doi) is { Success: true } review)
        {
            return new(review.Groups["base"].Value.ToUpperInvariant(), review.Groups["version"] is { Success: true } version ? Parse(version) : 1);
        }

        if (doi is not null && Preprint().Match(doi) is { Success: true } preprint)
        {
            return new(preprint.Groups["base"].Value.ToUpperInvariant(), Parse(preprint.Groups["version"]));
        }

        return pages is not null && CochranePage().Match(pages) is { Success: true } page ? new(page.Groups["base"].Value.ToUpperInvariant(), 0) : default;
    }

    private static int Parse(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^10\.1002/14651858\.(?<base>(?:cd|mr|ed)\d{6})(?:\.pub(?<version>\d{1,3}))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Cochrane();

    [GeneratedRegex(@"^(?<base>10\.(?:21203|1101|48550|20944|31234|31219|2139|22541)/.*?)[/.]?v(?<version>\d{1,3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Preprint();

    [GeneratedRegex(@"^\s*(?<base>CD\d{6})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CochranePage();
}
