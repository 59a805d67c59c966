using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// A result that can be shown: as text by <c>ToString()</c>, as Markdown, as HTML, by <see cref="Report"/> also as JSON and CSV, and by
/// itself in notebooks.
/// </summary>
public abstract record Reportable : INotebookDisplay
{
    private protected Reportable()
    {
    }

    /// <summary>What a report of the result says.</summary>
    internal abstract ReportParts Parts { get; }

    /// <summary>The result as rows for other programs, all digits kept.</summary>
    internal abstract Table Rows { get; }

    /// <summary>Writes the result as a JSON object, all digits kept.</summary>
    internal abstract void Write(Utf8JsonWriter writer);

    /// <summary>The result as text of 80 columns; see <see cref="Report.Text"/>.</summary>
    public sealed override string ToString() => Report.Text(this);

    /// <summary>The result as Markdown; see <see cref="Report.Markdown"/>.</summary>
    public string ToMarkdown() => Report.Markdown(this);

    /// <summary>The result as HTML; see <see cref="Report.Html"/>. Notebooks find this method by its name.</summary>
    public string ToHtml() => Report.Html(this);
}

/// <summary>What a report says, by its parts, so that an analysis can put several results into one.</summary>
/// <param name="Title">What the result is.</param>
/// <param name="Findings">Its sentences and tables.</param>
/// <param name="LeftOut">The studies left out, each with the reason.</param>
/// <param name="Notes">What a careful reader should know.</param>
/// <param name="Sources">Where the numbers come from.</param>
internal sealed record ReportParts(
    string Title, IEnumerable<Block> Findings, IEnumerable<string> LeftOut, IEnumerable<string> Notes, IEnumerable<string> Sources)
{
    /// <summary>What the list of the studies left out is called.</summary>
    public string LeftOutTitle { get; init; } = "Not pooled";

    public Document Document => new(
    [
        new Heading(PooledReport.Capital(Title)),
        .. Findings,
        .. Bullets.Of((LeftOutTitle, LeftOut.Distinct()), ("Notes", Notes.Distinct()), ("Where the numbers come from", Sources.Distinct())),
    ]);
}
