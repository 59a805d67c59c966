using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>A record that is written as the one value it wraps.</summary>
internal sealed class MappedCodec<T, R>(Codec<T> inner, Func<T, R> wrap, Func<R, T> unwrap) : Codec<R>
    where T : notnull where R : FileRecord
{
    internal override string Expected => inner.Expected;

    internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out R value)
    {
        value = null;
        if (!inner.TryRead(node, reading, out var held))
            return false;
        value = wrap(held);
        value.Place(node.At);
        return true;
    }

    internal override YamlNode Write(R value) => inner.Write(unwrap(value));

    internal override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}
