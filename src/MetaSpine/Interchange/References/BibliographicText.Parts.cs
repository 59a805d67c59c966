using System.Text.RegularExpressions;

namespace MetaSpine;

internal static partial class BibliographicText
{
    /// <summary>The short names of the months, as MEDLINE and BibTeX write them.</summary>
    public static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Whether the name of a database is PubMed's or MEDLINE's, or that of the library which makes them.</summary>
    public static bool IsPubMed(string name) => PubMedName().IsMatch(name);

    /// <summary>ISSNs that stand beside one another, without remarks; an ISBN may itself have spaces.</summary>
    public static IEnumerable<string> SerialNumbers(string text)
    {
        var number = SerialNumber(text);
        var parts = number.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return parts.All(part => Issn().IsMatch(part)) ? parts : [number];
    }

    /// <summary>"Family, Given, Suffix"; the name of a group as EndNote marks it: a comma at its end, its own commas doubled.</summary>
    public static string Written(PersonName name) => name switch
    {
        { IsGroup: true } => Name(name.Family) == name ? name.Family : name.Family.Replace(",", ",,", StringComparison.Ordinal) + (name.Family.Contains(',', StringComparison.Ordinal) ? "" : ","),
        { Suffix: { } suffix } => $"{name.Family}, {name.Given}, {suffix}",
        { Given: { } given } => $"{name.Family}, {given}",
        _ => name.Family,
    };

    /// <summary>A text whose lines end in <c>\n</c> and have no white space around them, without empty lines at its ends; null where nothing is left.</summary>
    public static string? Block(string? text)
    {
        if (text is null)
        {
            return null;
        }

        text = string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Select(line => line.Trim())).Trim('\n');
        return text.Length == 0 ? null : text;
    }

    /// <summary>A date as MEDLINE writes it, from a year, a month as number or name, and a day: "2006 Jun 1"; null where there is only a year.</summary>
    public static string? Date(string? year, string? month, string? day) =>
        Line(month) is not { } name ? null : string.Join(' ', new[] { Line(year), MonthName(name), Line(day)?.TrimStart('0') }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The parts of a date that MEDLINE's way of writing has; null where it is written otherwise.</summary>
    public static (string? Year, int Month, string? Day)? DateParts(string? date) =>
        date is not null && MedlineDate().Match(date) is { Success: true } match
            ? (match.Groups["year"] is { Success: true } year ? year.Value : null, Array.IndexOf(Months, match.Groups["month"].Value) + 1, match.Groups["day"] is { Success: true } day ? day.Value : null)
            : null;

    /// <summary>The short name of a month that is a number or an English name; any other text as it is.</summary>
    private static string MonthName(string month) =>
        int.TryParse(month, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 12 ? Months[number - 1]
            : Array.Find(Months, name => EnglishMonth().IsMatch(month) && month.StartsWith(name, StringComparison.OrdinalIgnoreCase)) ?? month;

    [GeneratedRegex(@"pubmed|medline|^NLM$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PubMedName();

    [GeneratedRegex(@"^[0-9]{4}-?[0-9]{3}[0-9Xx]$")]
    private static partial Regex Issn();

    [GeneratedRegex(@"^(?:(?<year>[0-9]{4}) )?(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (?<day>[1-9]|[12][0-9]|3[01]))?$", RegexOptions.CultureInvariant)]
    private static partial Regex MedlineDate();

    [GeneratedRegex(@"^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishMonth();
}
