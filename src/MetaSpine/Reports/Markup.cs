using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MetaSpine;

/// <summary>Tables as Markdown.</summary>
internal static class MarkdownTable
{
    public static string Render(Table table)
    {
        var text = new StringBuilder();
        Line(text, table.Columns.Select(column => Escape(column.Heading)));
        Line(text, table.Columns.Select(column => column.Alignment == Alignment.Left ? ":---" : "---:"));
        foreach (var row in table.Rows)
        {
            Line(text, row.Select(Escape));
        }

        return text.ToString();
    }

    /// <summary>Text whose Markdown characters are shown and not obeyed.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            escaped.Append("\\|*_`[]<>#~".Contains(character) ? $"\\{character}" : char.IsControl(character) ? " " : character.ToString());
        }

        return escaped.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}

/// <summary>Tables as HTML.</summary>
internal static class HtmlTable
{
    private const string Border = "border-bottom:1px solid currentColor;";
    private const int LongestWord = 28, PieceOfWord = 16, LongestNumber = 24;

    public static string Render(Table table)
    {
        var text = new StringBuilder("<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">\n<thead>");
        Row(text, table, "th", [.. table.Columns.Select(column => column.Heading)], Border);
        text.Append("</thead>\n<tbody>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            Row(text, table, "td", table.Rows[row], row == table.Rows.Count - table.FooterRows - 1 ? Border : "");
        }

        return text.Append("</tbody>\n</table>\n").ToString();
    }

    private static void Row(StringBuilder text, Table table, string tag, IReadOnlyList<string> cells, string border)
    {
        text.Append("<tr>");
        for (var i = 0; i < cells.Count; i++)
        {
            var align = table.Columns[i].Alignment == Alignment.Left ? "left" : "right";
            var whole = align == "right" && tag == "td" && cells[i].Length <= LongestNumber ? "white-space:nowrap;" : "";
            text.Append($"<{tag} style=\"text-align:{align};padding:2px 10px 2px 0;{whole}{border}\">{Breakable(cells[i])}</{tag}>");
        }

        text.Append("</tr>\n");
    }

    /// <summary>The text encoded; an address or a hash, which has no spaces, may be broken, so that its column does not squeeze the others.</summary>
    private static string Breakable(string cell) =>
        string.Join(' ', PlotNumbers.WithMinus(cell).Split(' ').Select(word => word.Length <= LongestWord ? WebUtility.HtmlEncode(word) : string.Join("<wbr>", word.Chunk(PieceOfWord).Select(piece => WebUtility.HtmlEncode(new string(piece))))));
}

/// <summary>Tables as CSV.</summary>
internal static class CsvText
{
    public static string Render(Table table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quote(column.Heading))).Append("\r\n");
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', row.Select(Quote)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>JSON text, written without reflection.</summary>
internal static class JsonText
{
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    public static string Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            content(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>A number that is not finite has no JSON form and is written as null.</summary>
    public static void WriteFinite(this Utf8JsonWriter writer, string name, double? value)
    {
        writer.WritePropertyName(name);
        writer.WriteFinite(value);
    }

    /// <summary>A number that is not finite has no JSON form and is written as null.</summary>
    public static void WriteFinite(this Utf8JsonWriter writer, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
