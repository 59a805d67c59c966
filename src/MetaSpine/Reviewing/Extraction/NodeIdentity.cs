using System.Globalization;

namespace MetaSpine;

/// <summary>What makes an item of a list the same item in another file: its name, its group and time, never its place.</summary>
internal static class NodeIdentity
{
    private static readonly string[] ResultKeys = ["group", "arm", "comparison", "timepoint", "measure"];

    /// <summary>The items of both lists, side by side: those of the first in their order, then those that only the second has.</summary>
    /// <param name="list">The key under which the lists stand.</param>
    /// <param name="a">The first list.</param>
    /// <param name="b">The second list.</param>
    internal static List<(string Label, YamlNode? A, YamlNode? B)> Match(string list, YamlList a, YamlList b)
    {
        var (left, right) = (Labelled(list, a), Labelled(list, b));
        var inBoth = left.Select(item => item.Label).Intersect(right.Select(item => item.Label), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var others = right.ToDictionary(item => item.Label, item => item.Node, StringComparer.Ordinal);

        // Two people who describe one result may name its group differently: what alone is left on both sides is that one.
        if (list == "results" && left.Count == right.Count && left.Count == inBoth.Count + 1)
        {
            var (mine, theirs) = (left.Find(item => !inBoth.Contains(item.Label)), right.Find(item => !inBoth.Contains(item.Label)));
            return left.ConvertAll(item => (item.Label, (YamlNode?)item.Node, (YamlNode?)(item.Label == mine.Label ? theirs.Node : others[item.Label])));
        }

        return
        [
            .. left.Select(item => (item.Label, (YamlNode?)item.Node, others.GetValueOrDefault(item.Label))),
            .. right.Where(item => !inBoth.Contains(item.Label)).Select(item => (item.Label, (YamlNode?)null, (YamlNode?)item.Node)),
        ];
    }

    /// <summary>The items of a list under names that are unique in it.</summary>
    internal static List<(string Label, YamlNode Node)> Labelled(string list, YamlList items)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var labelled = new List<(string, YamlNode)>(items.Items.Count);
        foreach (var item in items.Items)
        {
            var name = item is YamlMap map ? Name(list, map) : null;
            string label;
            do
            {
                var count = counts[name ?? ""] = counts.GetValueOrDefault(name ?? "") + 1;
                label = name is null ? count.ToString(CultureInfo.InvariantCulture) : count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{count}");
            }
            while (!taken.Add(label));
            labelled.Add((label, item));
        }

        return labelled;
    }

    private static string? Name(string list, YamlMap item) => list switch
    {
        "outcomes" or "analyses" => Text(item, "id"),
        "results" => Joined(item, ResultKeys),
        "risk_of_bias" => Text(item, "outcome") is { } outcome ? $"{Text(item, "tool")}, {outcome}" : Text(item, "tool"),
        "partitions" => Text(item, "of") is { } of ? $"{Text(item, "by")} of {of}" : Text(item, "by"),
        "reports" => Text(item, "pmid") ?? Text(item, "doi") ?? Text(item, "title"),
        "waive" => Text(item, "rule"),
        "survival_at" => Text(item, "months"),
        "exclude" => Text(item, "study"),
        _ => null,
    };

    private static string? Joined(YamlMap item, string[] keys)
    {
        var parts = keys.Select(key => (Key: key, Text: key == "comparison" ? Comparison(item) : Text(item, key))).Where(part => part.Text is not null).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts.Select(part => $"{part.Key}={part.Text}"));
    }

    private static string? Comparison(YamlMap item) =>
        item.Find("comparison")?.Value is YamlMap arms ? $"{Text(arms, "intervention")}:{Text(arms, "control")}" : null;

    private static string? Text(YamlMap item, string key) => item.Find(key)?.Value is YamlScalar { IsNull: false, Text: var text } ? NodeComparison.Folded(text) : null;
}
