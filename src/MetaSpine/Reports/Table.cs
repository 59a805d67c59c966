using System.Globalization;

namespace MetaSpine;

/// <summary>A table of texts that can be shown as aligned text, Markdown, HTML, CSV or JSON.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; each has one text per column.</param>
public sealed partial record Table(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>How many rows at the end are set off by a line, such as the pooled result below its studies. <value>Default 0.</value></summary>
    public int FooterRows { get; init; }

    /// <summary>The table as text whose columns line up; decimal points stand below one another.</summary>
    /// <param name="width">
    /// The characters a line may have. Where it is too long, the widest column of words is shortened (marked by "…"), to no less
    /// than twelve characters; the names of coefficients go on in the next line. <value>Default 80.</value>
    /// </param>
    public string ToText(int width = 80) => TextTable.Render(this, width);

    /// <summary>The table as a Markdown (GitHub) table.</summary>
    public string ToMarkdown() => MarkdownTable.Render(this);

    /// <summary>The table as an HTML table: encoded, with inline styles only, so that nothing leaks into the page around it.</summary>
    public string ToHtml() => HtmlTable.Render(this);

    /// <summary>The table as CSV (RFC 4180, comma, CRLF line ends as the standard wants).</summary>
    public string ToCsv() => CsvText.Render(this);

    /// <summary>The table as a JSON array with one object per row, keyed by the columns' headings.</summary>
    public string ToJson() => JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var row in Rows)
        {
            writer.WriteStartObject();
            for (var i = 0; i < Columns.Count; i++)
            {
                writer.WriteString(Columns[i].Heading, row[i]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>The table as text of 80 columns.</summary>
    public override string ToString() => ToText();
}

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Alignment">How its cells are aligned. <value>Default left.</value></param>
public sealed record TableColumn(string Heading, Alignment Alignment = Alignment.Left)
{
    /// <summary>Whether words that are too long for a line go on below, as where names differ at their ends, instead of being shortened.</summary>
    internal bool Wraps { get; init; }
}

/// <summary>How a column's cells stand.</summary>
public enum Alignment
{
    /// <summary>Words: from the left.</summary>
    Left,

    /// <summary>To the right.</summary>
    Right,

    /// <summary>Numbers, and intervals written "0.12 to 1.26": the decimal points below one another.</summary>
    DecimalPoint,
}

/// <summary>How many columns of a terminal a text takes: one for each character as people see it, combining marks included.</summary>
internal static class TextWidth
{
    public static int Of(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>The text in lines: broken between words, and within one that is longer than a line.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, width)))
        {
            if (lines.Count > 0 && Of(lines[^1]) + 1 + Of(word) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        var (all, start) = (new StringInfo(word), 0);
        for (; all.LengthInTextElements - start > width; start += width)
        {
            yield return all.SubstringByTextElements(start, width);
        }

        yield return start == 0 ? word : all.SubstringByTextElements(start);
    }

    public static string Shorten(string text, int width) =>
        Of(text) <= width ? text : new StringInfo(text).SubstringByTextElements(0, width - 1).TrimEnd() + "…";
}
