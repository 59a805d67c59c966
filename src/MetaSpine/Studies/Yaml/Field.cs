using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>One key of a record.</summary>
internal abstract class Field<R>(string key, string doc, bool isRequired = false) where R : FileRecord
{
    internal string Key { get; } = key;

    internal string Doc { get; } = doc;

    internal bool Required { get; init; } = isRequired;

    /// <summary>Whether the key must be there, beside what was read of the record before it.</summary>
    internal virtual bool IsRequiredIn(R record) => Required;

    internal abstract R Read(R record, YamlNode node, Reading reading);

    /// <summary>The value as YAML; <see langword="null"/> where the record holds none.</summary>
    internal abstract YamlNode? Write(R record);

    /// <summary>The schema of the value, nothing being allowed where the key is optional.</summary>
    internal JsonObject Schema(SchemaDefinitions definitions)
    {
        var value = ValueSchema(definitions);
        var schema = Required ? value : JsonSchema.OrNull(value);
        schema["description"] = Doc;
        return schema;
    }

    /// <summary>Lets a field add to its record's schema what cannot be said under its own key.</summary>
    internal virtual void Extend(JsonObject recordSchema, SchemaDefinitions definitions) { }

    protected abstract JsonObject ValueSchema(SchemaDefinitions definitions);
}

internal sealed class Field<R, T>(string key, string doc, Codec<T> codec, Func<R, T?> get, Func<R, T, R> set) : Field<R>(key, doc)
    where R : FileRecord where T : class
{
    internal override R Read(R record, YamlNode node, Reading reading) =>
        codec.TryRead(node, reading, out var value) ? set(record, value) : record;

    // A blank text says nothing, and the reader would ask for the key to be left out.
    internal override YamlNode? Write(R record) =>
        get(record) is { } value && !(value is string text && string.IsNullOrWhiteSpace(text)) ? codec.Write(value) : null;

    protected override JsonObject ValueSchema(SchemaDefinitions definitions) => codec.Schema(definitions);
}

internal sealed class ValueField<R, T>(string key, string doc, Codec<T> codec, Func<R, T?> get, Func<R, T, R> set) : Field<R>(key, doc)
    where R : FileRecord where T : struct
{
    internal override R Read(R record, YamlNode node, Reading reading) =>
        codec.TryRead(node, reading, out var value) ? set(record, value) : record;

    internal override YamlNode? Write(R record) => get(record) is { } value ? codec.Write(value) : null;

    protected override JsonObject ValueSchema(SchemaDefinitions definitions) => codec.Schema(definitions);
}
