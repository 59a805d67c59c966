using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>The kinds of values that study and review files are made of.</summary>
internal static partial class Codecs
{
    internal const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9_.-]*$";
    internal const string IdForm = "letters, digits, '_', '-' and '.', such as oda2006";

    internal static readonly TextCodec Text = new("a text");
    internal static readonly TextCodec Id = new($"a name of {IdForm}", new(() => IdPattern, IsId),
        typed => NotInIds().Replace(typed.Trim(), "_").Trim('_') is { Length: > 0 } fixedId && char.IsAsciiLetterOrDigit(fixedId[0])
            ? $"write {fixedId}" : null);
    internal static readonly TextCodec Date = new("a date such as 2026-01-31, 2026-01 or 2026", TextForm.Of(DateText));
    internal static readonly TextCodec Doi = new("a DOI such as 10.1186/s13018-018-0732-2", TextForm.Of(DoiText),
        typed => typed.IndexOf("10.", StringComparison.Ordinal) is > 0 and var start ? $"write {typed[start..]}" : null);
    internal static readonly TextCodec Pmid = new("a PubMed number such as 16741452", TextForm.Of(PmidText),
        typed => LeadingDigits().Match(typed) is { Success: true } digits ? $"write {digits.Value}" : null);
    internal static readonly TextCodec Pmcid = new("a PubMed Central number such as PMC7138774", TextForm.Of(PmcidText));
    internal static readonly FlagCodec Flag = new();
    internal static readonly WholeNumberCodec Year = new("a year such as 2006", 1500, 2200);
    internal static readonly WholeNumberCodec Records = new("a whole number such as 120", 0, int.MaxValue);

    internal static readonly Codec<ReportedNumber> Count = Sourced(nameof(Count), new("a count such as 24", whole: true));
    internal static readonly Codec<ReportedNumber> Real = Sourced(nameof(Real), new("a number such as 12.2"));
    internal static readonly Codec<ReportedNumber> NotNegative =
        Sourced(nameof(NotNegative), new("a number that is not negative", v => v >= 0));
    internal static readonly Codec<ReportedNumber> StandardError =
        Sourced(nameof(StandardError), new("a standard error above 0; where a paper rounds it to 0, give its interval or p-value", v => v > 0));
    internal static readonly Codec<ReportedNumber> Percent =
        Sourced(nameof(Percent), new("a percentage from 0 to 100, such as 83", v => v is >= 0 and <= 100));
    internal static readonly Codec<ReportedNumber> Proportion =
        Sourced(nameof(Proportion), new("a proportion from 0 to 1, such as 0.83 (a percentage divided by 100)", v => v is >= 0 and <= 1));
    internal static readonly Codec<ReportedNumber> Correlation =
        Sourced(nameof(Correlation), new("a correlation from -1 to 1", v => v is >= -1 and <= 1));
    internal static readonly Codec<ReportedNumber> PValue =
        Sourced(nameof(PValue), new("a p-value from 0 to 1, such as 0.03 or <0.001", v => v is >= 0 and <= 1, bounds: true));
    internal static readonly Codec<ReportedNumber> Statistic = Sourced(nameof(Statistic), new("a test statistic such as 2.20 or <1", bounds: true));
    internal static readonly Codec<ReportedNumber> DegreesOfFreedom =
        Sourced(nameof(DegreesOfFreedom), new("degrees of freedom such as 28, above 0", v => v > 0));
    internal static readonly Codec<ReportedNumber> Level =
        Sourced(nameof(Level), new("a level between 0 and 1 (95% is 0.95)", v => v is > 0 and < 1));

    // By hand, as ids stand in every file: the first regular expression that a process meets costs it a tenth of a short run.
    internal static bool IsId(string text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
                return false;
        return text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]);
    }

    private static SourcedCodec<ReportedNumber> Sourced(string name, NumberCodec number) =>
        new(name, number, n => n.Source, (n, s) => n with { Source = s });

    [GeneratedRegex("[^A-Za-z0-9_.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInIds();

    [GeneratedRegex(@"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateText();

    [GeneratedRegex(@"^10\.[0-9]{4,9}/[^\s]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DoiText();

    [GeneratedRegex(@"^[0-9]{1,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PmidText();

    [GeneratedRegex(@"^PMC[0-9]{1,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PmcidText();

    [GeneratedRegex(@"[0-9]{4,9}", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingDigits();
}
