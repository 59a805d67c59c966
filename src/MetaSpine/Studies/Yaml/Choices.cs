using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace MetaSpine;

/// <summary>A closed list of words, each standing for one value.</summary>
internal sealed class Choices<T>(string what, params (string Word, T Value)[] choices) : ScalarCodec<T> where T : notnull
{
    internal override string Expected => $"{what}: {string.Join(", ", Words)}";

    internal IReadOnlyCollection<string> Words => Array.ConvertAll(choices, c => c.Word);

    internal string Word(T value)
    {
        foreach (var choice in choices)
            if (EqualityComparer<T>.Default.Equals(choice.Value, value))
                return choice.Word;
        throw new ArgumentOutOfRangeException(nameof(value), value, $"no {what}");
    }

    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out T value, out string? problem)
    {
        problem = null;
        foreach (var choice in choices)
            if (choice.Word == scalar.Text)
            {
                value = choice.Value;
                return true;
            }
        value = default;
        var near = NearestName.Of(scalar.Text, Words);
        problem = $"found {scalar.Kind}, expected {Expected}{(near is null ? "" : $"; did you mean {near}?")}";
        return false;
    }

    internal override YamlNode Write(T value) => new YamlScalar(Word(value), plain: true);

    internal override JsonObject Schema(SchemaDefinitions definitions) => new() { ["enum"] = JsonSchema.Words(Words) };
}
