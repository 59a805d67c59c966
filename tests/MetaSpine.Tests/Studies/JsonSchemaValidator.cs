using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetaSpine.Tests.Studies;

/// <summary>Validates a JSON value against the part of JSON Schema draft 2020-12 that the file schemas use. An unknown keyword is an error.</summary>
/// <remarks>Written from the standard's text, apart from the code that makes the schemas; no validator under a permissive licence restores here.</remarks>
internal sealed class JsonSchemaValidator(JsonElement root)
{
    internal List<string> Errors { get; } = [];

    internal static List<string> Validate(JsonElement schema, JsonElement value)
    {
        var validator = new JsonSchemaValidator(schema);
        validator.Check(schema, value, "");
        return validator.Errors;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var wants = keyword.Value;
            switch (keyword.Name)
            {
                case "$schema" or "$defs" or "title" or "description" or "then": break;
                case "$ref": Check(Resolve(wants.GetString()!), value, path); break;
                case "type": Require(IsType(wants, value), path, $"is no {wants}"); break;
                case "const": Require(JsonElement.DeepEquals(wants, value), path, $"is not {wants}"); break;
                case "enum": Require(wants.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value)), path, $"is none of {wants}"); break;
                case "pattern" when value.ValueKind == JsonValueKind.String:
                    Require(Regex.IsMatch(value.GetString()!, wants.GetString()!, RegexOptions.ECMAScript), path, $"does not match {wants}");
                    break;
                case "minimum" when value.ValueKind == JsonValueKind.Number:
                    Require(value.GetDouble() >= wants.GetDouble(), path, $"is below {wants}");
                    break;
                case "maximum" when value.ValueKind == JsonValueKind.Number:
                    Require(value.GetDouble() <= wants.GetDouble(), path, $"is above {wants}");
                    break;
                case "pattern" or "minimum" or "maximum": break;
                case "anyOf": Require(wants.EnumerateArray().Any(w => Fits(w, value)), path, $"fits none of {wants.GetArrayLength()} forms: {value}"); break;
                case "allOf":
                    foreach (var part in wants.EnumerateArray())
                        Check(part, value, path);
                    break;
                case "if":
                    if (Fits(wants, value))
                        Check(schema.GetProperty("then"), value, path);
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    foreach (var key in wants.EnumerateArray())
                        Require(value.TryGetProperty(key.GetString()!, out _), path, $"has no {key}");
                    break;
                case "required": break;
                case "properties" or "additionalProperties" or "propertyNames" or "items": Members(keyword.Name, schema, wants, value, path); break;
                default: throw new NotSupportedException($"The keyword {keyword.Name} is not known to this validator.");
            }
        }
    }

    private void Members(string keyword, JsonElement schema, JsonElement wants, JsonElement value, string path)
    {
        if (keyword == "items" && value.ValueKind == JsonValueKind.Array)
            foreach (var (i, item) in value.EnumerateArray().Index())
                Check(wants, item, $"{path}[{i}]");
        if (keyword == "items" || value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in value.EnumerateObject())
        {
            var known = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out _);
            if (keyword == "properties" && known)
                Check(wants.GetProperty(member.Name), member.Value, $"{path}.{member.Name}");
            else if (keyword == "additionalProperties" && !known && wants.ValueKind == JsonValueKind.False)
                Errors.Add($"{path}.{member.Name} is not allowed");
            else if (keyword == "additionalProperties" && !known)
                Check(wants, member.Value, $"{path}.{member.Name}");
            else if (keyword == "propertyNames")
                Check(wants, JsonSerializer.SerializeToElement(member.Name), $"{path}.{member.Name} (the name)");
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        var trial = new JsonSchemaValidator(root);
        trial.Check(schema, value, "");
        return trial.Errors.Count == 0;
    }

    private JsonElement Resolve(string reference)
    {
        var at = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = at.GetProperty(part);
        return at;
    }

    private static bool IsType(JsonElement wants, JsonElement value) =>
        wants.ValueKind == JsonValueKind.Array ? wants.EnumerateArray().Any(w => IsType(w, value)) : wants.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            var other => throw new NotSupportedException(other),
        };

    private void Require(bool holds, string path, string otherwise)
    {
        if (!holds)
            Errors.Add($"{path} {otherwise}");
    }
}
