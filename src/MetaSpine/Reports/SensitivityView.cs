using System.Text.Json;

namespace MetaSpine;

/// <summary>A question about a result, answered: the sentences, a table for readers and all numbers for programs.</summary>
/// <param name="Title">What was asked.</param>
/// <param name="Sentences">The answer, to be pasted.</param>
/// <param name="Columns">The columns of the table.</param>
/// <param name="Rows">Its cells: texts, numbers and nothing.</param>
/// <param name="LeftOut">The studies left out, each with the reason.</param>
/// <param name="Sources">Where the method comes from.</param>
internal sealed record SensitivityView(
    string Title, IEnumerable<string> Sentences, string[] Columns, IReadOnlyList<object?[]> Rows, IEnumerable<string> LeftOut, string[] Sources)
{
    /// <summary>A table with more rows is shown by its first and last; programs get them all.</summary>
    private const int MostShown = 40;

    /// <summary>What readers see in place of the rows, where those are for programs; null for the rows.</summary>
    public Table? Instead { get; init; }

    /// <summary>The same for short lines; null where it fits.</summary>
    public Table? Narrow { get; init; }

    /// <summary>Sentences that stand one below the other after the answer, with what they are.</summary>
    public (string Title, IReadOnlyList<string> Items) Points { get; init; } = ("", []);

    public ReportParts Parts => new(Title, [new Paragraph(string.Join(' ', Sentences)), .. Bullets.Of((Points.Title, Points.Items)), new TableBlock(Instead ?? Shown()) { Narrow = Narrow }], LeftOut, [], Sources);

    public Table Exact => new([.. Columns.Select(column => new TableColumn(column))], [.. Rows.Select(row => row.Select(Whole).ToArray())]);

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("title", Title);
        writer.WriteStartArray("notes");
        foreach (var sentence in Sentences.Concat(Points.Items))
        {
            writer.WriteStringValue(sentence);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in Rows)
        {
            writer.WriteStartObject();
            for (var i = 0; i < Columns.Length; i++)
            {
                Write(writer, Columns[i], row[i]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, object? cell)
    {
        switch (cell)
        {
            case double number:
                writer.WriteFinite(name, number);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case bool truth:
                writer.WriteBoolean(name, truth);
                break;
            default:
                writer.WriteString(name, (string?)cell);
                break;
        }
    }

    private Table Shown()
    {
        var shown = Rows.Count <= MostShown ? Rows : [.. Rows.Take(MostShown / 2), .. Rows.TakeLast(MostShown / 2)];
        var columns = Columns.Select((column, i) => new TableColumn(
            column.Replace('_', ' '), Rows.All(row => row[i] is double or null) ? Alignment.DecimalPoint : Rows.All(row => row[i] is int or null) ? Alignment.Right : Alignment.Left));
        return new Table([.. columns], [.. shown.Select(row => row.Select(Rounded).ToArray())]);
    }

    private static string Whole(object? cell) => cell switch
    {
        double number => Readable.Exact(number),
        int number => Readable.Exact(number),
        bool truth => truth ? "true" : "false",
        _ => (string?)cell ?? "",
    };

    private static string Rounded(object? cell) => cell switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        double number => double.IsNaN(number) ? "" : Readable.Significant(number),
        bool truth => truth ? "yes" : "",
        _ => Whole(cell),
    };
}

/// <summary>A result that shows itself through one view.</summary>
public abstract record QuestionReport : Reportable
{
    private protected QuestionReport()
    {
    }

    /// <summary>The question and its answer.</summary>
    internal abstract SensitivityView View { get; }

    internal sealed override ReportParts Parts => View.Parts;

    internal sealed override Table Rows => View.Exact;

    internal sealed override void Write(Utf8JsonWriter writer) => View.Write(writer);
}
