using System.Text.Json;

namespace MetaSpine;

/// <summary>A value inside a request, with the path that leads to it, so that what is wrong can be pointed at.</summary>
internal readonly record struct RequestPart(JsonElement Element, string Path)
{
    /// <summary>A member that must be there.</summary>
    public RequestPart this[string name] => Optional(name) ?? throw new BatchException("missing-field", $"the field '{name}' is missing", PathTo(name));

    /// <summary>A member; null where it is absent or null.</summary>
    public RequestPart? Optional(string name) =>
        Of(JsonValueKind.Object, "an object").Element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? new RequestPart(member, PathTo(name))
            : null;

    /// <summary>The members of an object, in order.</summary>
    public IEnumerable<(string Name, RequestPart Part)> Members()
    {
        foreach (var member in Of(JsonValueKind.Object, "an object").Element.EnumerateObject())
        {
            yield return (member.Name, new RequestPart(member.Value, PathTo(member.Name)));
        }
    }

    /// <summary>Refuses members that mean nothing here: what is misspelt would be left undone in silence.</summary>
    public RequestPart Only(params string[] known)
    {
        foreach (var (name, part) in Members())
        {
            // A case file whose expectations were left in is a request too.
            if (!known.Contains(name) && name != "expect")
            {
                throw Unknown(name, part, NearestName.Hint(name, known));
            }
        }

        return this;
    }

    /// <summary>Refuses members that look like a known one which is not given; others are remarks.</summary>
    public void NothingMisspelt(IReadOnlyCollection<string> known)
    {
        var given = Members().ToList();
        var absent = known.Except(given.Select(member => member.Name)).ToList();
        foreach (var (name, part) in given)
        {
            if (!known.Contains(name) && NearestName.Of(name, absent) is { } near)
            {
                throw Unknown(name, part, $"; did you mean {near}?");
            }
        }
    }

    private static BatchException Unknown(string name, RequestPart part, string hint) => new("unknown-field", $"there is no field '{NumberText.Shorten(name)}'{hint}", part.Path);

    public RequestPart[] Items()
    {
        var path = Path;
        return [.. Of(JsonValueKind.Array, "an array").Element.EnumerateArray().Select((item, i) => new RequestPart(item, FormattableString.Invariant($"{path}[{i}]")))];
    }

    public string Text() => Of(JsonValueKind.String, "a string").Element.GetString()!;

    public bool Flag() => Element.ValueKind is JsonValueKind.True or JsonValueKind.False ? Element.GetBoolean() : throw Wrong("true or false");

    public double Number() => Of(JsonValueKind.Number, "a number").Element.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw new BatchException("wrong-type", "the number is too large for double precision", Path);

    /// <summary>A number, or NaN for null: a value that a study does not report.</summary>
    public double NumberOrMissing() => Element.ValueKind == JsonValueKind.Null ? double.NaN : Number();

    public int WholeNumber() => Of(JsonValueKind.Number, "a whole number").Element.TryGetInt32(out var number) ? number : throw Wrong("a whole number");

    private string PathTo(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private RequestPart Of(JsonValueKind kind, string expected) => Element.ValueKind == kind ? this : throw Wrong(expected);

    private BatchException Wrong(string expected)
    {
        var found = Element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => $"the text \"{NumberText.Shorten(Element.GetString()!)}\"",
            _ => NumberText.Shorten(Element.GetRawText()),
        };
        return new BatchException("wrong-type", $"expected {expected}, found {found}", Path.Length == 0 ? null : Path);
    }
}
