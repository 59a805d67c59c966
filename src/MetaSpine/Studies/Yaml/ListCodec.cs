using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>A list of values of one kind. A single value that stands alone is a fault that says how to make it a list.</summary>
internal sealed class ListCodec<T>(Codec<T> item) : Codec<ValueList<T>> where T : notnull
{
    internal override string Expected => $"a list (of: {item.Expected})";

    internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out ValueList<T> value)
    {
        value = null;
        if (node is not YamlList list)
        {
            reading.Fault(node.At, $"found {node.Kind}, expected {Expected}; write it between [ and ], or begin each item with '- '");
            return false;
        }
        var items = new List<T>(list.Items.Count);
        foreach (var entry in list.Items)
            if (item.TryRead(entry, reading, out var read))
                items.Add(read);
        value = items.ToValueList();
        return true;
    }

    internal override YamlNode Write(ValueList<T> value)
    {
        var items = new List<YamlNode>(value.Count);
        foreach (var entry in value)
            items.Add(item.Write(entry));
        return new YamlList(default, items);
    }

    internal override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "array", ["items"] = item.Schema(definitions) };
}

/// <summary>A mapping from names to values, kept as a list of records in the order of the file.</summary>
/// <param name="what">What the names are names of: "group".</param>
/// <param name="entry">How the value under a name is read and written.</param>
/// <param name="name">The record's name.</param>
/// <param name="named">The record with its name.</param>
internal sealed class KeyedCodec<T>(string what, Codec<T> entry, Func<T, string> name, Func<T, string, T> named) : Codec<ValueList<T>>
    where T : FileRecord
{
    internal override string Expected => $"a mapping from each {what}'s name to {entry.Expected}";

    internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out ValueList<T> value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            reading.Wrong(node, Expected);
            return false;
        }
        var items = new List<T>(map.Entries.Count);
        foreach (var found in map.Entries)
        {
            if (!Codecs.IsId(found.Key))
                reading.Fault(found.KeyAt, $"found '{NumberText.Shorten(found.Key)}' as the name of a {what}, expected {Codecs.IdForm}");
            else if (entry.TryRead(OrEmpty(found.Value), reading, out var read))
                items.Add(named(read, found.Key));
        }
        value = items.ToValueList();
        return true;
    }

    // A record may be named without saying anything about it: "postoperative:".
    private YamlNode OrEmpty(YamlNode node) => node is YamlScalar { IsNull: true } && entry is Shape<T> ? new YamlMap(node.At, []) : node;

    internal override YamlNode Write(ValueList<T> value)
    {
        var entries = new List<YamlEntry>(value.Count);
        foreach (var item in value)
            entries.Add(new(name(item), default, entry.Write(item)));
        return new YamlMap(default, entries);
    }

    internal override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = Codecs.IdPattern },
        ["additionalProperties"] = entry is Shape<T> ? JsonSchema.OrNull(entry.Schema(definitions)) : entry.Schema(definitions),
    };
}
