using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>A text, optionally of a certain form. It is read as it stands in the file: 06, no and 10.1000/1 need no quotes.</summary>
/// <param name="expected">What an error message says was expected.</param>
/// <param name="form">The form that the whole text must have.</param>
/// <param name="advice">What to write instead of a text of another form.</param>
/// <param name="bareNumbers">Whether a text that is a number is written without quotes, for other programs to read it as one.</param>
internal sealed class TextCodec(string expected, TextForm? form = null, Func<string, string?>? advice = null, bool bareNumbers = false)
    : ScalarCodec<string>
{
    internal override string Expected => expected;

    /// <summary>Whether the text has the form.</summary>
    internal bool Allows(string text) => form is null || form.Fits(text);

    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out string value, out string? problem)
    {
        value = scalar.Text;
        problem = null;
        if (value.Trim().Length == 0)
            problem = $"found an empty text, expected {expected}; leave the key out where there is nothing to say";
        else if (form is not null && !form.Fits(value))
            problem = $"found {scalar.Kind}, expected {expected}{(advice?.Invoke(value) is { } instead ? $": {instead}" : "")}";
        return problem is null;
    }

    internal override YamlNode Write(string value) =>
        new YamlScalar(value, plain: bareNumbers && (NumberText.IsNumber(value) || NumberText.IsAbsent(value)));

    // Unquoted digits are a number to a JSON Schema validator, while the reader takes the text as it stands.
    internal override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = JsonSchema.Words(["string", "number", "boolean"]) };
        if (form is not null)
            schema["pattern"] = form.Pattern();
        return schema;
    }
}

/// <summary>A form that a whole text must have.</summary>
/// <param name="Pattern">The form as a JSON Schema says it.</param>
/// <param name="Fits">Whether a text has the form.</param>
internal sealed record TextForm(Func<string> Pattern, Func<string, bool> Fits)
{
    /// <summary>The form of a regular expression that ends in \z; made when first asked for.</summary>
    internal static TextForm Of(Func<Regex> regex) =>
        new(() => regex().ToString().Replace("\\z", "$", StringComparison.Ordinal), text => regex().IsMatch(text));
}

internal sealed class FlagCodec : ScalarCodec<bool>
{
    internal override string Expected => "yes or no";

    protected override bool TryParse(YamlScalar scalar, out bool value, out string? problem)
    {
        problem = null;
        value = scalar.Text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES";
        return value || scalar.Text is "false" or "False" or "FALSE" or "no" or "No" or "NO";
    }

    internal override YamlNode Write(bool value) => new YamlScalar(value ? "true" : "false", plain: true);

    internal override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["enum"] = new JsonArray(true, false, "true", "True", "TRUE", "yes", "Yes", "YES", "false", "False", "FALSE", "no", "No", "NO"),
    };
}
