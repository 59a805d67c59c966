namespace MetaSpine;

/// <summary>One field of two files, side by side.</summary>
/// <param name="Path">The field.</param>
/// <param name="Group">The fields among which agreement on it is counted: <c>outcomes.events</c>.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="A">What the first gives; null for nothing.</param>
/// <param name="B">What the second gives.</param>
/// <param name="Agrees">Whether both give the same.</param>
internal sealed record ComparedField(string Path, string Group, FieldKind Kind, string? A, string? B, bool Agrees);

/// <summary>A difference and the nodes that it is between.</summary>
/// <param name="Path">The field.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Field">What it holds.</param>
/// <param name="A">The first file's node; null for nothing.</param>
/// <param name="B">The second's.</param>
/// <param name="Host">The first file's mapping or list that holds the field, or would; a scalar where the field is the source of that very number.</param>
/// <param name="Key">The key in it; null in a list.</param>
/// <param name="HostB">The second file's.</param>
internal sealed record NodeDifference(string Path, DifferenceKind Kind, FieldKind Field, YamlNode? A, YamlNode? B, YamlNode Host, string? Key, YamlNode HostB);

/// <summary>Compares two trees field by field. Lists are matched by what their items are, mappings by key; a part that one side lacks is one difference.</summary>
internal sealed class NodeComparison
{
    private static readonly string[] OfThePeople = ["schema", "id", "extraction", "reconciled"];
    private static readonly string[] Named = ["groups", "arms", "timepoints"];
    private static readonly string[] Numeric = ["population", "groups", "arms", "partitions", "timepoints", "outcomes", "moderators"];

    private readonly bool _everything;

    private NodeComparison(bool everything) => _everything = everything;

    internal List<ComparedField> Fields { get; } = [];

    internal List<NodeDifference> Differences { get; } = [];

    /// <summary>Compares two studies, or two other records.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="everything">Whether what says who extracted is compared too, and so is the form of texts.</param>
    internal static NodeComparison Of(YamlMap a, YamlMap b, bool everything = false)
    {
        var comparison = new NodeComparison(everything);
        comparison.Maps("", a, b);
        return comparison;
    }

    private void Pair(string path, YamlNode? a, YamlNode? b, YamlNode host, string? key, YamlNode hostB, bool isNamed = false)
    {
        // A time or group that is only named is there: where both name it, what is compared is what they say of it.
        if (isNamed && a is YamlMap named && b is not null)
        {
            Maps(path, named, b as YamlMap ?? new YamlMap(b.At, []));
            return;
        }

        if (!isNamed || (a is not null && b is not null))
        {
            (a, b) = (IsNothing(a, path) ? null : a, IsNothing(b, path) ? null : b);
        }

        if (a is null || b is null)
        {
            if ((a ?? b) is { } only)
            {
                var before = Fields.Count;
                Leaves(path, only, a is not null);
                if (Fields.Count == before)
                {
                    Fields.Add(new(path, GroupOf(path, FieldKind.Text), FieldKind.Text, a is null ? null : "", b is null ? null : "", false));
                }

                Differences.Add(new(path, a is null ? DifferenceKind.OnlyB : DifferenceKind.OnlyA,
                    Fields.Count == before + 1 ? Fields[^1].Kind : FieldKind.Text, a, b, host, key, hostB));
            }

            return;
        }

        if (Sourced(a) is { } valueA && Sourced(b) is { } valueB && (a is YamlMap || b is YamlMap))
        {
            Pair(path, valueA, valueB, a is YamlMap ? a : host, a is YamlMap ? "value" : key, b);
            Pair(path + ".source", Source(a), Source(b), a, "source", b);
            return;
        }

        switch (a, b)
        {
            case (YamlMap left, YamlMap right):
                Maps(path, left, right);
                break;
            case (YamlList left, YamlList right) when !(IsPlain(left) && IsPlain(right)):
                foreach (var (label, itemA, itemB) in NodeIdentity.Match(LastKey(path), left, right))
                {
                    Pair($"{path}[{label}]", itemA, itemB, left, null, right);
                }

                break;
            default:
                Leaf(path, a, b, host, key, hostB);
                break;
        }
    }

    private void Maps(string path, YamlMap a, YamlMap b)
    {
        // Of another type, results have other keys: they are one thing to decide on.
        var areOtherResults = path.StartsWith("outcomes[", StringComparison.Ordinal) && path.EndsWith(']') && !path.Contains("].", StringComparison.Ordinal)
            && a.Find("type")?.Value is YamlScalar { Text: var first } && b.Find("type")?.Value is YamlScalar { Text: var second } && first != second;
        foreach (var entry in a.Entries.Where(entry => !IsLeftOut(path, entry.Key)))
        {
            if (areOtherResults && entry.Key == "results" && b.Find("results") is { } others && !IsNothing(entry.Value) && !IsNothing(others.Value))
            {
                Leaf(Join(path, entry.Key), entry.Value, others.Value, a, entry.Key, b);
                continue;
            }

            Pair(Join(path, entry.Key), entry.Value, b.Find(entry.Key)?.Value, a, entry.Key, b, Named.Contains(path));
        }

        foreach (var entry in b.Entries.Where(entry => !IsLeftOut(path, entry.Key) && a.Find(entry.Key) is null))
        {
            Pair(Join(path, entry.Key), null, entry.Value, a, entry.Key, b, Named.Contains(path));
        }
    }

    private void Leaf(string path, YamlNode a, YamlNode b, YamlNode host, string? key, YamlNode hostB)
    {
        var (textA, textB) = (Text(a), Text(b));
        var kind = KindOf(path, textA, textB);
        var agrees = _everything ? textA == textB : Folded(textA) == Folded(textB);
        var isForm = !agrees && NumberText.Value(textA) is { } x && NumberText.Value(textB) is { } y && x.Equals(y);
        Fields.Add(new(path, GroupOf(path, kind), kind, textA, textB, agrees || isForm));
        if (!agrees)
        {
            Differences.Add(new(path, isForm ? DifferenceKind.Form : DifferenceKind.Different, kind, a, b, host, key, hostB));
        }
    }

    /// <summary>Counts the fields of a part that one side lacks.</summary>
    private void Leaves(string path, YamlNode node, bool isA)
    {
        switch (node)
        {
            case YamlScalar { IsNull: true }:
                break;
            case YamlMap { Entries.Count: > 0 } map:
                foreach (var entry in map.Entries.Where(entry => !IsLeftOut(path, entry.Key)))
                {
                    Leaves(entry.Key == "value" && IsSourced(map) ? path : Join(path, entry.Key), entry.Value, isA);
                }

                break;
            case YamlList { Items.Count: > 0 } list when !IsPlain(list):
                foreach (var (label, item) in NodeIdentity.Labelled(LastKey(path), list))
                {
                    Leaves($"{path}[{label}]", item, isA);
                }

                break;
            default:
                var text = Text(node);
                var kind = KindOf(path, text, text);
                Fields.Add(new(path, GroupOf(path, kind), kind, isA ? text : null, isA ? null : text, false));
                break;
        }
    }

    /// <summary>What a report and a table of decisions show of a node.</summary>
    internal static string Text(YamlNode node) => node is YamlScalar scalar ? scalar.Text : YamlPrinter.Inline(YamlEdits.Portable(node));

    /// <summary>Who judged, and when, is no judgement; that by which items are matched agrees by itself.</summary>
    private bool IsLeftOut(string path, string key) => !_everything && (path.Length == 0 ? OfThePeople.Contains(key)
        : path.EndsWith(']') && (path.StartsWith("risk_of_bias[", StringComparison.Ordinal) ? key is "assessor" or "date" or "tool"
            : key == "id" && path.StartsWith("outcomes[", StringComparison.Ordinal)));

    private static bool IsSourced(YamlNode node) => node is YamlMap map && map.Find("value") is { Value: YamlScalar } && map.Entries.TrueForAll(entry => entry.Key is "value" or "source");

    private static YamlNode? Sourced(YamlNode node) => node is YamlScalar ? node : IsSourced(node) ? ((YamlMap)node).Find("value")!.Value : null;

    private static YamlNode? Source(YamlNode node) => (node as YamlMap)?.Find("source")?.Value;

    private static bool IsNothing(YamlNode? node, string path = "") => node switch
    {
        YamlScalar scalar => scalar.IsNull,
        YamlMap map => Named.Contains(path) ? map.Entries.Count == 0 : map.Entries.TrueForAll(entry => IsNothing(entry.Value)),
        YamlList list => list.Items.TrueForAll(item => IsNothing(item)),
        _ => true,
    };

    private static bool IsPlain(YamlList list) => list.Items.TrueForAll(item => item is YamlScalar);

    /// <summary>The text with single blanks: how it is laid out in lines says nothing.</summary>
    internal static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Section(string path) => path[..(path.AsSpan().IndexOfAny('.', '[') is >= 0 and var end ? end : path.Length)];

    private static string LastKey(string path) => path.EndsWith(']') ? "" : path[(path.LastIndexOf('.') + 1)..];

    private static FieldKind KindOf(string path, string a, string b)
    {
        var section = Section(path);
        if (path.Contains(".source", StringComparison.Ordinal) || path.EndsWith("notes", StringComparison.Ordinal))
        {
            return FieldKind.Text;
        }

        if (Numeric.Contains(section) && (NumberText.IsNumber(a) || NumberText.IsNumber(b)))
        {
            return FieldKind.Number;
        }

        return section switch
        {
            "risk_of_bias" when !path.EndsWith(".justification", StringComparison.Ordinal) => FieldKind.Category,
            "moderators" or "design" => FieldKind.Category,
            "outcomes" when LastKey(path) is "type" or "direction" => FieldKind.Category,
            _ => FieldKind.Text,
        };
    }

    private static string GroupOf(string path, FieldKind kind)
    {
        var section = Section(path);
        return kind == FieldKind.Text ? $"{section} (texts)" : section switch
        {
            "risk_of_bias" => $"risk_of_bias.{Tool(path)} {(path.Contains(".answers.", StringComparison.Ordinal) ? "answers" : path.EndsWith(".overall", StringComparison.Ordinal) ? "overall" : path.Contains(".domains.", StringComparison.Ordinal) ? "domains" : "other")}",
            "partitions" => "partitions",
            _ => $"{section}.{LastKey(path)}",
        };
    }

    private static string Tool(string path)
    {
        var name = path["risk_of_bias[".Length..];
        return name[..(name.AsSpan().IndexOfAny(",#]") is >= 0 and var end ? end : name.Length)];
    }
}
