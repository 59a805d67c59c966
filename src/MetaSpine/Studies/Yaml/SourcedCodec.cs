using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>A value that stands alone, or in a mapping of value and source where its provenance is its own.</summary>
/// <param name="name">The value's name in the JSON Schema.</param>
/// <param name="alone">How the value is written alone.</param>
/// <param name="source">The value's own source.</param>
/// <param name="withSource">The value with a source of its own.</param>
internal sealed class SourcedCodec<T>(string name, Codec<T> alone, Func<T, Source?> source, Func<T, Source, T> withSource) : Codec<T>
    where T : FileRecord
{
    internal override string Expected => $"{alone.Expected} (alone, or as value: with its own source:)";

    internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        if (node is not YamlMap map)
            return alone.TryRead(node, reading, out value);
        value = null;
        Source? own = null;
        var ok = true;
        foreach (var entry in map.Entries)
        {
            if (entry.Key == "value")
                ok &= alone.TryRead(entry.Value, reading, out value);
            else if (entry.Key == "source")
                ok &= Source.Shape.TryRead(entry.Value, reading, out own);
            else
                reading.Fault(entry.KeyAt, $"unknown key '{NumberText.Shorten(entry.Key)}'; known here: value, source");
        }
        if (value is not null && own is not null)
        {
            value = withSource(value, own);
        }
        else if (map.Find("value") is null)
        {
            reading.Fault(map.At, "the key 'value' is missing");
            ok = false;
        }
        return ok && value is not null;
    }

    internal override YamlNode Write(T value)
    {
        var scalar = alone.Write(value);
        return source(value) is not { } own ? scalar
            : new YamlMap(default, [new("value", default, scalar), new("source", default, Source.Shape.Write(own))]);
    }

    internal override JsonObject Schema(SchemaDefinitions definitions) => definitions.Refer(name, Describe);

    private JsonObject Describe(SchemaDefinitions definitions) => new()
    {
        ["anyOf"] = new JsonArray(alone.Schema(definitions), new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["value"] = alone.Schema(definitions), ["source"] = Source.Shape.Schema(definitions) },
            ["required"] = JsonSchema.Words(["value"]),
            ["additionalProperties"] = false,
        }),
    };
}
