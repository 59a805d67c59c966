using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>Small helpers to build JSON Schema (draft 2020-12) text.</summary>
internal static class JsonSchema
{
    internal static JsonArray Words(IEnumerable<string> words)
    {
        var array = new JsonArray();
        foreach (var word in words)
            array.Add((JsonNode?)JsonValue.Create(word));
        return array;
    }

    /// <summary>A value that may be left empty.</summary>
    internal static JsonObject OrNull(JsonObject schema) =>
        new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    /// <summary>The schema of a file whose root is the shape, with the key that names its kind.</summary>
    internal static string OfFile<R>(string kind, string title, Shape<R> shape) where R : FileRecord
    {
        var definitions = new SchemaDefinitions();
        var root = shape.Describe(definitions);
        ((JsonObject)root["properties"]!).Insert(0, "schema", new JsonObject { ["const"] = kind, ["description"] = "The kind of this file." });
        var required = new JsonArray((JsonNode)"schema");
        foreach (var key in (root["required"] as JsonArray) ?? [])
            required.Add(key!.DeepClone());
        root["required"] = required;
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", title);
        root["$defs"] = definitions.All();
        return Text(root);
    }

    private static string Text(JsonObject schema)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
            schema.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}

/// <summary>The named schemas of one file kind, each described once.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject?> _known = new(StringComparer.Ordinal);

    internal JsonObject Refer(string name, Func<SchemaDefinitions, JsonObject> describe)
    {
        // The name is taken before it is described, so that a record may hold records of its own kind.
        if (_known.TryAdd(name, null))
            _known[name] = describe(this);
        return new() { ["$ref"] = $"#/$defs/{name}" };
    }

    internal JsonObject All()
    {
        var all = new JsonObject();
        foreach (var (name, schema) in _known)
            all[name] = schema;
        return all;
    }
}
