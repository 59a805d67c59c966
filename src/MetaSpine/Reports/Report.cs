namespace MetaSpine;

/// <summary>
/// Results as text, Markdown, HTML, JSON and CSV. Text, Markdown and HTML are for readers and are rounded; JSON and CSV are for
/// programs and keep every digit.
/// </summary>
public static class Report
{
    /// <summary>The result as a paper would say it, its tables, what was left out and where the numbers come from.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The characters that a line may have. <value>Default 80.</value></param>
    public static string Text(Reportable result, int width = 80) => NotNull(result).Parts.Document.ToText(width);

    /// <summary>As <see cref="Text"/>, in Markdown (GitHub).</summary>
    public static string Markdown(Reportable result) => NotNull(result).Parts.Document.ToMarkdown();

    /// <summary>As <see cref="Text"/>, as a piece of HTML that stands in any page: encoded, with inline styles only.</summary>
    public static string Html(Reportable result) => NotNull(result).Parts.Document.ToHtml();

    /// <summary>Every number of the result, named as the properties are, on the analysis scale and under <c>natural</c> on that of readers.</summary>
    public static string Json(Reportable result) => JsonText.Write(NotNull(result).Write);

    /// <summary>One object per analysis, in an array.</summary>
    public static string Json(IReadOnlyList<AnalysisResult> results) => JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var result in NotNull(results))
        {
            result.Write(writer);
        }

        writer.WriteEndArray();
    });

    /// <summary>
    /// The result as rows: of a pooled result one per study and one for each pooled number (column <c>row</c> says which), of a
    /// meta-regression and the tests of one a row per coefficient, of effect sizes a row per study.
    /// </summary>
    public static string Csv(Reportable result) => NotNull(result).Rows.ToCsv();

    /// <summary>The rows of all analyses, with the analysis and the subgroup in the first two columns.</summary>
    public static string Csv(IReadOnlyList<AnalysisResult> results) => AnalysisReport.Exact(NotNull(results)).ToCsv();

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
