using System.Text;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>A record as the rules see it: folded, cut up and counted once, since each record meets many others.</summary>
internal sealed partial class ReferenceFeatures
{
    private const int MostAuthors = 40, MostLetters = 600;

    private ReferenceFeatures()
    {
    }

    public required string Title { get; init; }

    /// <summary>The pairs of neighbouring letters of the title, sorted.</summary>
    public required int[] Bigrams { get; init; }

    public required string Numbers { get; init; }

    public required bool HasPiece { get; init; }

    public required NoticeRole Role { get; init; }

    public required NoticeRole RoleByType { get; init; }

    /// <summary>The family names of people, folded; empty for what groups wrote.</summary>
    public required string[] Authors { get; init; }

    public required string[][] Journals { get; init; }

    public required string[] Serials { get; init; }

    public required string Volume { get; init; }

    public required string Issue { get; init; }

    public required PageNumbers Pages { get; init; }

    public required string Doi { get; init; }

    public required ReportVersion Version { get; init; }

    public required string Pmid { get; init; }

    public required int? Year { get; init; }

    /// <summary>The number of a registered trial, where the record is a register's entry.</summary>
    public required string Registration { get; init; }

    /// <summary>Whether it stands among abstracts of a conference.</summary>
    public required bool IsSupplement { get; init; }

    /// <summary>All of it: two records with one key are the same to every rule.</summary>
    public string Key { get; private set; } = "";

    public static ReferenceFeatures Of(Reference reference)
    {
        var title = TitleNotice.Unmarked(reference.Title ?? "");
        var words = FoldedText.Words(title);
        var compact = words.Replace(" ", "", StringComparison.Ordinal);
        var pages = PageNumbers.Of(reference.Pages);
        var doi = reference.Doi?.Trim().TrimEnd('.', ',', ';').ToLowerInvariant() ?? "";
        var start = doi.IndexOf("10.", StringComparison.Ordinal);
        doi = start > 0 ? doi[start..] : doi;
        var features = new ReferenceFeatures
        {
            Title = compact, Bigrams = Pairs(compact), Numbers = FoldedText.Numbers(words, out var hasPiece), HasPiece = hasPiece,
            Role = TitleNotice.Of(title), RoleByType = TitleNotice.Of(reference.PublicationTypes),
            Authors = [.. reference.Authors.Where(author => !author.IsGroup).Select(author => FoldedText.Name(author.Family)).Where(name => name.Length > 0 && !name.StartsWith("anon", StringComparison.Ordinal)).Take(MostAuthors)],
            Journals = JournalNames.Of(reference.Container, reference.ContainerAbbreviation),
            Serials = [.. reference.SerialNumbers.Select(number => number.Replace("-", "", StringComparison.Ordinal).Trim().ToUpperInvariant()).Where(number => number.Length >= 8).Distinct().Order(StringComparer.Ordinal)],
            Volume = Number(reference.Volume), Issue = Number(reference.Issue), Pages = pages, Doi = doi, Version = ReportVersion.Of(doi, reference.Pages),
            Pmid = reference.Pmid?.Trim() ?? "", Year = reference.Year, Registration = RegistrationOf(reference, pages), IsSupplement = Supplement(reference, pages),
        };
        features.Key = features.Written();
        return features;
    }

    /// <summary>The first number of a volume or an issue: "Vol. 07" and "7 Suppl 1" are 7; else its folded words.</summary>
    private static string Number(string? text) => text is null ? "" : Digits().Match(text) is { Success: true } match ? match.Groups["number"].Value : FoldedText.Words(text);

    private static string RegistrationOf(Reference reference, PageNumbers pages)
    {
        if (reference.Type is not (ReferenceType.TrialRegistration or ReferenceType.Other or ReferenceType.WebPage or ReferenceType.JournalArticle or ReferenceType.DataSet) || !pages.IsNone)
        {
            return "";
        }

        var places = string.Join(' ', [reference.Container, reference.AccessionNumber, .. reference.Urls]);
        var isEntry = reference.Type == ReferenceType.TrialRegistration || (reference.Volume is null && RegisterSite().IsMatch(places));
        return !isEntry ? "" : RegisterNumber().Match($"{places} {reference.Title}") is { Success: true } match ? match.Value.ToUpperInvariant() : "?";
    }

    private static bool Supplement(Reference reference, PageNumbers pages) =>
        reference.Type is ReferenceType.ConferenceAbstract or ReferenceType.ConferencePaper || pages.Letters is "s"
        || Meeting().IsMatch($"{reference.Container} {reference.Volume} {reference.Issue} {string.Join(' ', reference.PublicationTypes)}");

    private static int[] Pairs(string text)
    {
        var length = Math.Min(text.Length, MostLetters);
        if (length < 2)
        {
            return length == 1 ? [text[0]] : [];
        }

        var pairs = new int[length - 1];
        for (var i = 0; i + 1 < length; i++)
        {
            pairs[i] = (text[i] << 16) | text[i + 1];
        }

        Array.Sort(pairs);
        return pairs;
    }

    private string Written()
    {
        var key = new StringBuilder(Title);
        foreach (var part in (string[])
            [
                string.Join('\u001e', Authors), FormattableString.Invariant($"{Year}"), Volume, FormattableString.Invariant($"{Pages.Letters}{Pages.First}-{Pages.Last}{Pages.IsDate}"), Doi, Pmid, Issue,
                Numbers, FormattableString.Invariant($"{HasPiece}{(int)Role}{(int)RoleByType}{IsSupplement}"), Registration, FormattableString.Invariant($"{Version.Base}{Version.Number}"),
                string.Join('\u001e', Journals.Select(words => string.Join(' ', words))), string.Join('\u001e', Serials),
            ])
        {
            key.Append('\u001f').Append(part);
        }

        return key.ToString();
    }

    [GeneratedRegex(@"0*(?<number>[0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"clinicaltrials\.gov|trialsearch|isrctn|clinicaltrialsregister|ictrp|anzctr|chictr|drks\.de|umin\.ac|irct\.ir|ctri\.nic", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RegisterSite();

    [GeneratedRegex(@"NCT\d{8}|ISRCTN\d{5,8}|EUCTR\d{4}-\d{6}-\d{2}|ACTRN\d{10,14}|ChiCTR[-A-Z]*\d{6,12}|DRKS\d{8}|JPRN-\w{5,20}|UMIN\d{6,9}|IRCT\w{8,16}|CTRI/\d{4}/\d{2,3}/\d{3,8}|PACTR\d{10,16}|KCT\d{7}|TCTR\d{8,12}|NTR\d{2,5}|NL\d{3,6}|RBR-\w{6}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RegisterNumber();

    [GeneratedRegex(@"\b(?:suppl|conference|congress|symposi|meeting|workshop|abstracts?\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meeting();
}
