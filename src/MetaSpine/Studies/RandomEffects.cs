using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>A term of random effects that an analysis asks for. The analysis checks what it says and names <see cref="FileRecord.Position"/> where it is wrong.</summary>
public sealed record RandomEffects : FileRecord
{
    /// <summary>The groupings, after a bar where effects differ by something inside them: <c>study/effect</c>, <c>outcome | study</c>.</summary>
    public required string Term { get; init; }

    /// <summary>How the effects of one level depend on each other: CS, UN, AR, ... Absent: CS.</summary>
    public string? Structure { get; init; }

    /// <summary>How distances are measured, in spatial structures: euclidean, manhattan, maximum, great-circle. Absent: euclidean.</summary>
    public string? Distance { get; init; }

    private static readonly TextCodec Text = new("a term such as study/effect or outcome | study");
    private static readonly TextCodec Code = new("a code such as CS");

    internal static readonly Shape<RandomEffects> Shape = new("RandomEffects", "A term of random effects.", () => new() { Term = "" }, keys => keys
        .Required("term", "The groupings, after a bar where effects differ by something inside them: study/effect, outcome | study.", Text, r => r.Term, (r, v) => r with { Term = v })
        .Optional("structure", "How the effects of one level depend on each other: CS, HCS, UN, ID, DIAG, AR, HAR, CAR, SPEXP, SPGAU, SPLIN, SPRAT, SPSPH, GEN, GDIAG.", Code,
            r => r.Structure, (r, v) => r with { Structure = v })
        .Optional("distance", "How distances are measured: euclidean, manhattan, maximum, great-circle.", Code, r => r.Distance, (r, v) => r with { Distance = v }));

    /// <summary>A term as text, or as a mapping where it has a structure.</summary>
    private sealed class ItemCodec : Codec<RandomEffects>
    {
        internal override string Expected => Text.Expected;

        internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out RandomEffects value)
        {
            if (node is YamlMap)
                return Shape.TryRead(node, reading, out value);
            value = null;
            if (!Text.TryRead(node, reading, out var term))
                return false;
            value = new() { Term = term };
            value.Place(node.At);
            return true;
        }

        internal override YamlNode Write(RandomEffects value) =>
            value is { Structure: null, Distance: null } ? Text.Write(value.Term) : Shape.Write(value);

        internal override JsonObject Schema(SchemaDefinitions definitions) =>
            new() { ["anyOf"] = new JsonArray(Text.Schema(definitions), Shape.Schema(definitions)) };
    }

    /// <summary>One term, or a list of several.</summary>
    internal sealed class ManyCodec : Codec<ValueList<RandomEffects>>
    {
        private static readonly ItemCodec One = new();
        private static readonly ListCodec<RandomEffects> Several = new(One);

        internal override string Expected => $"{One.Expected}, or a list of such";

        internal override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out ValueList<RandomEffects> value)
        {
            if (node is YamlList)
                return Several.TryRead(node, reading, out value);
            value = One.TryRead(node, reading, out var item) ? [item] : null;
            return value is not null;
        }

        internal override YamlNode Write(ValueList<RandomEffects> value) => value is [var only] ? One.Write(only) : Several.Write(value);

        internal override JsonObject Schema(SchemaDefinitions definitions) =>
            new() { ["anyOf"] = new JsonArray(One.Schema(definitions), Several.Schema(definitions)) };
    }
}
