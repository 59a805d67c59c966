namespace MetaSpine;

/// <summary>
/// Results as text, Markdown, HTML, JSON and CSV. Text, Markdown and HTML are for readers and are rounded; JSON and CSV are for
/// programs and keep every digit.
/// </summary>
public static class Report
{
    /// <summary>The result as a paper would say it, the table of its studies, what was left out and where the numbers come from.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The characters that a line may have. <value>Default 80.</value></param>
    public static string Text(PooledResult result, int width = 80) => Document(result).ToText(width);

    /// <summary>The coefficients and the heterogeneity that remains.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The characters that a line may have. <value>Default 80.</value></param>
    public static string Text(RegressionResult result, int width = 80) => Document(result).ToText(width);

    /// <summary>The table of the studies' numbers and effect sizes.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="width">The characters that a line may have. <value>Default 80.</value></param>
    public static string Text(EffectSizes effects, int width = 80) => Document(effects).ToText(width);

    /// <summary>An analysis of a review: its pooled result, subgroups and meta-regression, and what was not pooled and why.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">The characters that a line may have. <value>Default 80.</value></param>
    public static string Text(AnalysisResult result, int width = 80) => Document(result).ToText(width);

    /// <summary>As <see cref="Text(PooledResult, int)"/>, in Markdown (GitHub).</summary>
    public static string Markdown(PooledResult result) => Document(result).ToMarkdown();

    /// <summary>As <see cref="Text(RegressionResult, int)"/>, in Markdown (GitHub).</summary>
    public static string Markdown(RegressionResult result) => Document(result).ToMarkdown();

    /// <summary>As <see cref="Text(EffectSizes, int)"/>, in Markdown (GitHub).</summary>
    public static string Markdown(EffectSizes effects) => Document(effects).ToMarkdown();

    /// <summary>As <see cref="Text(AnalysisResult, int)"/>, in Markdown (GitHub).</summary>
    public static string Markdown(AnalysisResult result) => Document(result).ToMarkdown();

    /// <summary>As <see cref="Text(PooledResult, int)"/>, as a piece of HTML that stands in any page: encoded, with inline styles only.</summary>
    public static string Html(PooledResult result) => Document(result).ToHtml();

    /// <summary>As <see cref="Text(RegressionResult, int)"/>, as a piece of HTML that stands in any page: encoded, with inline styles only.</summary>
    public static string Html(RegressionResult result) => Document(result).ToHtml();

    /// <summary>As <see cref="Text(EffectSizes, int)"/>, as a piece of HTML that stands in any page: encoded, with inline styles only.</summary>
    public static string Html(EffectSizes effects) => Document(effects).ToHtml();

    /// <summary>As <see cref="Text(AnalysisResult, int)"/>, as a piece of HTML that stands in any page: encoded, with inline styles only.</summary>
    public static string Html(AnalysisResult result) => Document(result).ToHtml();

    /// <summary>Every number of the result, named as the properties are, on the analysis scale and under <c>natural</c> on that of readers.</summary>
    public static string Json(PooledResult result) => JsonText.Write(writer => ResultJson.Write(writer, NotNull(result)));

    /// <summary>Every number of the result, named as the properties are, on the analysis scale.</summary>
    public static string Json(RegressionResult result) => JsonText.Write(writer => ResultJson.Write(writer, NotNull(result)));

    /// <summary>One object per study, on the analysis scale and under <c>natural</c> on that of readers.</summary>
    public static string Json(EffectSizes effects) => JsonText.Write(writer => ResultJson.Write(writer, NotNull(effects)));

    /// <summary>One object per analysis, in an array.</summary>
    public static string Json(IReadOnlyList<AnalysisResult> results) => JsonText.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var result in NotNull(results))
        {
            AnalysisReport.Write(writer, result);
        }

        writer.WriteEndArray();
    });

    /// <summary>One row per study and one for each pooled number; column <c>row</c> says which.</summary>
    public static string Csv(PooledResult result) => PooledReport.Exact(NotNull(result)).ToCsv();

    /// <summary>The rows of all analyses, with the analysis and the subgroup in the first two columns.</summary>
    public static string Csv(IReadOnlyList<AnalysisResult> results) => AnalysisReport.Exact(NotNull(results)).ToCsv();

    /// <summary>One row per coefficient.</summary>
    public static string Csv(RegressionResult result) => RegressionReport.Exact(NotNull(result)).ToCsv();

    /// <summary>One row per study: <c>yi</c>, <c>vi</c>, <c>sei</c> on the analysis scale, and the values that people read.</summary>
    public static string Csv(EffectSizes effects) => EffectSizesReport.Exact(NotNull(effects)).ToCsv();

    private static Document Document(PooledResult result) => PooledReport.Build(NotNull(result));

    private static Document Document(RegressionResult result) => RegressionReport.Build(NotNull(result));

    private static Document Document(AnalysisResult result) => AnalysisReport.Build(NotNull(result));

    private static Document Document(EffectSizes effects) => EffectSizesReport.Build(NotNull(effects));

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
