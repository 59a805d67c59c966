using System.Collections.Frozen;
using System.Text;

namespace MetaSpine;

/// <summary>
/// The names under which tables in use carry the inputs of measures: those of R's meta and metafor, of RevMan, and of
/// spreadsheets. An input's own name always comes first.
/// </summary>
internal static class ColumnAliases
{
    /// <summary>Names of the column that says which study a row is, the best first.</summary>
    public static readonly string[] Label =
        ["study", "slab", "studlab", "label", "study.label", "study.name", "study.id", "study.or.subgroup", "studies", "trial", "author", "authors", "first.author", "reference", "citation", "name", "id"];

    public const string Year = "year";

    private static readonly string[] Treated = ["e", "t", "1", "treatment", "treated", "intervention", "experimental", "exp", "trt"];
    private static readonly string[] Control = ["c", "2", "control", "controls", "comparator", "placebo", "ctrl"];

    private static readonly FrozenDictionary<string, string[]> ByInput = new Dictionary<string, string[]>
    {
        ["ai"] = Group(Treated, "event", "events", "r"),
        ["n1i"] = Group(Treated, "n", "total"),
        ["ci"] = Group(Control, "event", "events", "r"),
        ["n2i"] = Group(Control, "n", "total"),
        ["m1i"] = Group(Treated, "mean", "m"),
        ["sd1i"] = Group(Treated, "sd"),
        ["m2i"] = Group(Control, "mean", "m"),
        ["sd2i"] = Group(Control, "sd"),
        ["x1i"] = Group(Treated, "event", "events", "x"),
        ["t1i"] = Group(Treated, "time", "persontime", "person.time"),
        ["x2i"] = Group(Control, "event", "events", "x"),
        ["t2i"] = Group(Control, "time", "persontime", "person.time"),
        ["xi"] = ["events", "event", "e", "r", "x", "cases", "responders"],
        ["ni"] = ["n", "total", "sample.size", "samplesize", "participants", "patients"],
        ["ti"] = ["time", "persontime", "person.time", "person.years"],
        ["mi"] = ["mean"],
        ["sdi"] = ["sd"],
        ["ri"] = ["r", "cor", "correlation"],
    }.ToFrozenDictionary();

    /// <summary>The sets of inputs that may be found by alias: elsewhere the same letter means something else, such as ti a t statistic.</summary>
    private static readonly FrozenSet<string> Sets = FrozenSet.ToFrozenSet(
        ["ai n1i ci n2i", "m1i sd1i n1i m2i sd2i n2i", "x1i t1i x2i t2i", "xi ni", "xi ti", "mi sdi ni", "ri ni"]);

    /// <summary>Whether the inputs of this set may be found by alias.</summary>
    public static bool Cover(IEnumerable<MeasureInput> set) => Sets.Contains(string.Join(' ', set.Select(input => input.Column)));

    /// <summary>The names to look for, folded, the input's own first.</summary>
    public static IEnumerable<string> Of(string input) => ByInput.TryGetValue(input, out var aliases) ? [input, .. aliases] : [input];

    /// <summary>A header without case, and with every separator of words as one point: "Events 1" and "events_1" are the same.</summary>
    public static string Fold(string header)
    {
        var folded = new StringBuilder();
        foreach (var character in header)
        {
            if (char.IsLetterOrDigit(character))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
            else if (folded.Length > 0 && folded[^1] != '.')
            {
                folded.Append('.');
            }
        }

        return folded.ToString().TrimEnd('.');
    }

    /// <summary>"events.treatment" and "eventstreatment"; words, not letters, may also come first: "treatment.events".</summary>
    private static string[] Group(string[] groups, params string[] names) =>
        [.. groups.SelectMany(group => names.SelectMany(name => (string[])[$"{name}.{group}", $"{name}{group}", .. group.Length > 1 ? [$"{group}.{name}"] : Array.Empty<string>()]))];
}
