using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>A record of JSON as fields, and fields as a record.</summary>
internal static partial class JsonFields
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The record of a text; null where it is broken, which is a fault.</summary>
    /// <param name="json">The record.</param>
    /// <param name="position">The place of its first character.</param>
    /// <param name="faults">Takes what is wrong; null where nobody asks.</param>
    public static JsonDocument? Parse(string json, SourcePosition position, ReferenceFaults? faults)
    {
        var clean = LoneHalf().Replace(json, match => match.Groups["half"].Success ? "\\ufffd" : match.Value);
        clean = clean.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)) : clean;
        try
        {
            return JsonDocument.Parse(clean, Options);
        }
        catch (JsonException error)
        {
            var (line, column) = ((int)(error.LineNumber ?? 0), Column(clean, (int)(error.LineNumber ?? 0), (int)(error.BytePositionInLine ?? 0)));
            faults?.Add(
                position with { Line = position.Line + line, Column = line == 0 ? position.Column + column : column + 1 },
                $"the record is not well-formed JSON: {Place().Replace(error.Message, "").TrimEnd('.', ' ')}. It was left out");
            return null;
        }
    }

    /// <summary>The fields of a record, each with its value as JSON in its shortest form.</summary>
    public static List<RawField> Of(JsonElement record) => [.. record.EnumerateObject().Select(property => new RawField(property.Name, Raw(property.Value.WriteTo)))];

    /// <summary>The record of fields, those left out that are no JSON.</summary>
    public static string Record(IEnumerable<RawField> fields)
    {
        var known = fields.Where(field => IsValue(field.Text)).Select(field => $"{Raw(json => json.WriteStringValue(XmlText.Clean(field.Tag)))}:{field.Text}");
        return $"{{{string.Join(',', known)}}}";
    }

    /// <summary>What is written, as text.</summary>
    public static string Raw(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Written))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static bool IsValue(string text)
    {
        try
        {
            using var document = Parse(text, default, null);
            return document is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The column, from 0, of a byte in a line of a text.</summary>
    private static int Column(string text, int line, int bytes)
    {
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            start = text.IndexOf('\n', start) + 1;
        }

        var column = 0;
        for (var size = 0; size < bytes && start + column < text.Length; column++)
        {
            size += text[start + column] switch { < '\u0080' => 1, < '\u0800' => 2, >= '\ud800' and <= '\udfff' => 2, _ => 3 };
        }

        return column;
    }

    [GeneratedRegex(@"\\(?:[^u]|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|u)")]
    private static partial Regex LoneHalf();

    [GeneratedRegex(@" (?:Path: .*\| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?")]
    private static partial Regex Place();
}
