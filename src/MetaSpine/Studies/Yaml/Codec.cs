using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>How one kind of value is read from YAML, written to it, and described in the JSON Schema.</summary>
internal abstract class Codec<T> where T : notnull
{
    /// <summary>What an error message says was expected.</summary>
    internal abstract string Expected { get; }

    /// <summary>Reads the value; false, with a fault, where the node holds something else.</summary>
    internal abstract bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value);

    internal abstract YamlNode Write(T value);

    internal abstract JsonObject Schema(SchemaDefinitions definitions);
}

/// <summary>A value that is one scalar in the file.</summary>
internal abstract class ScalarCodec<T> : Codec<T> where T : notnull
{
    /// <summary>Reads the text; the problem says what was found and how to write it.</summary>
    protected abstract bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out T value, out string? problem);

    internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlScalar scalar || scalar.IsNull)
        {
            reading.Wrong(node, Expected);
            return false;
        }
        if (TryParse(scalar, out value, out var problem))
            return true;
        reading.Fault(node.At, problem ?? $"found {node.Kind}, expected {Expected}");
        return false;
    }
}
