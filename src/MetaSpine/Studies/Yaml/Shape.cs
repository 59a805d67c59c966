using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>The one description of a record: its keys, what each means and how it is read and written.</summary>
/// <remarks>The reader, the writer, the JSON Schema and the advice for mistyped keys all come from here; there is no second list.</remarks>
/// <typeparam name="R">The record.</typeparam>
/// <param name="name">The record's name in the JSON Schema.</param>
/// <param name="doc">What the record is, in a sentence.</param>
/// <param name="start">The record before any key was read.</param>
/// <param name="keys">Adds the record's keys.</param>
internal sealed class Shape<R>(string name, string doc, Func<R> start, Func<Keys<R>, Keys<R>> keys) : Codec<R> where R : FileRecord
{
    // Made when first asked for: a file uses few of the records that there are, and the delegates of all would be a twentieth of a short run.
    private readonly Lazy<List<Field<R>>> _fields = new(() => keys(new()).Fields);

    internal override string Expected =>
        $"{char.ToLowerInvariant(doc[0])}{doc[1..].TrimEnd('.')} (a mapping with keys such as {_fields.Value[0].Key})";

    internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out R value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            reading.Wrong(node, Expected);
            return false;
        }
        value = start();
        var places = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        foreach (var field in _fields.Value)
        {
            var entry = map.Find(field.Key);
            if (entry is not null)
                places.Add(field.Key, entry.Value.At);
            if (entry is { Value: not YamlScalar { IsNull: true } })
                value = field.Read(value, entry.Value, reading);
            else if (field.IsRequiredIn(value))
                reading.Fault(entry?.Value.At ?? map.At,
                    $"the key '{field.Key}' {(entry is null ? "is missing" : "has no value")}: {field.Doc}");
        }
        value.Place(map.At, places);
        foreach (var entry in map.Entries)
            if (!places.ContainsKey(entry.Key))
                reading.Fault(entry.KeyAt, $"unknown key '{NumberText.Shorten(entry.Key)}'"
                    + (reading.IsFull ? "" : NearestName.Hint(entry.Key, _fields.Value.ConvertAll(f => f.Key))));
        return true;
    }

    internal override YamlMap Write(R value)
    {
        var entries = new List<YamlEntry>();
        foreach (var field in _fields.Value)
            if (field.Write(value) is { } node)
                entries.Add(new(field.Key, default, node));
        return new(default, entries);
    }

    internal override JsonObject Schema(SchemaDefinitions definitions) => definitions.Refer(name, Describe);

    /// <summary>The record's own schema, which others refer to by its name.</summary>
    internal JsonObject Describe(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        var schema = new JsonObject { ["description"] = doc, ["type"] = "object", ["properties"] = properties };
        foreach (var field in _fields.Value)
        {
            properties[field.Key] = field.Schema(definitions);
            field.Extend(schema, definitions);
        }
        if (_fields.Value.FindAll(f => f.Required) is { Count: > 0 } required)
            schema["required"] = JsonSchema.Words(required.ConvertAll(f => f.Key));
        schema["additionalProperties"] = false;
        return schema;
    }
}
