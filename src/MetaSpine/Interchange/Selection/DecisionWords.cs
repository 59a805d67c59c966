using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>Decisions as people and programs write them.</summary>
internal static partial class DecisionWords
{
    private static readonly Dictionary<string, ScreeningVerdict> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["include"] = ScreeningVerdict.Include, ["included"] = ScreeningVerdict.Include, ["in"] = ScreeningVerdict.Include, ["relevant"] = ScreeningVerdict.Include, ["accept"] = ScreeningVerdict.Include,
        ["exclude"] = ScreeningVerdict.Exclude, ["excluded"] = ScreeningVerdict.Exclude, ["out"] = ScreeningVerdict.Exclude, ["irrelevant"] = ScreeningVerdict.Exclude, ["not relevant"] = ScreeningVerdict.Exclude,
        ["reject"] = ScreeningVerdict.Exclude, ["maybe"] = ScreeningVerdict.Maybe, ["unsure"] = ScreeningVerdict.Maybe, ["unclear"] = ScreeningVerdict.Maybe, ["uncertain"] = ScreeningVerdict.Maybe,
    };

    private static readonly Dictionary<string, ScreeningVerdict> ShortWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["yes"] = ScreeningVerdict.Include, ["y"] = ScreeningVerdict.Include, ["1"] = ScreeningVerdict.Include, ["no"] = ScreeningVerdict.Exclude, ["n"] = ScreeningVerdict.Exclude, ["0"] = ScreeningVerdict.Exclude,
        ["?"] = ScreeningVerdict.Maybe,
    };

    public const string Expected = "include, exclude or maybe (also yes/no, 1/0, relevant/irrelevant, unsure)";

    /// <summary>The decision of a cell in a column of decisions; null where the cell holds none.</summary>
    public static ScreeningVerdict? OfCell(string text) => OfWord(text) ?? (ShortWords.TryGetValue(text, out var verdict) ? verdict : null);

    /// <summary>The decision of a word that can mean nothing else.</summary>
    public static ScreeningVerdict? OfWord(string text) => Words.TryGetValue(text, out var verdict) ? verdict : null;

    public static ScreeningStage? Stage(string text) => Punctuation().Replace(text, "").ToLowerInvariant() switch
    {
        "" or "titleabstract" or "titlesabstracts" or "titleandabstract" or "titlesandabstracts" or "abstract" or "abstracts" or "title" or "tiab" or "1" => ScreeningStage.TitleAbstract,
        "fulltext" or "fulltexts" or "full" or "2" => ScreeningStage.FullText,
        _ => null,
    };

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Punctuation();
}
