namespace MetaSpine;

/// <summary>A forest plot as a page of its own that answers: a study's numbers under the pointer, and the pooled result without the studies ticked off.</summary>
/// <remarks>
/// The page is one file and asks nothing of the network. It computes nothing either: every result that it can show was computed with it, for one
/// study left out, for two, and so on while they are no more than 2,000.
/// </remarks>
public static class ForestPage
{
    /// <summary>The page of an analysis; one with subgroups, or by a model for counts, shows its numbers but leaves none out.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The analysis has no pooled result, or an option is out of its range.</exception>
    public static string Html(AnalysisResult analysis, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return Html(analysis.Title, ForestPlot.Draw(analysis, options), analysis.Subgroups.Count == 0 ? analysis.Pooled : null);
    }

    /// <summary>The page of a pooled result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static string Html(IPooledEffect result, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var drawing = ForestPlot.Draw(result, options);
        return Html(drawing.Title, drawing, result as PooledResult);
    }

    private static string Html(string title, Drawing drawing, PooledResult? pooled)
    {
        var picture = new Picture("forest", drawing) { LeaveOut = pooled is null ? null : LeaveOutTable.Of(pooled) };
        return ReportPage.Html(title, new Document([new Heading(title, 1), picture]).Inner());
    }
}
