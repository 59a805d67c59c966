namespace MetaSpine;

/// <summary>A forest plot as a page of its own that answers: a study's numbers under the pointer, and the pooled result without the studies ticked off.</summary>
/// <remarks>
/// The page is one file and asks nothing of the network. It computes nothing either: every result that it can show was computed with it, for one
/// study left out, for two, and so on while they are no more than 2,000. With subgroups, that of all studies and that of the study's own subgroup move;
/// the latter stays where the subgroups share τ², which rests on them all.
/// </remarks>
public static class ForestPage
{
    /// <summary>The page of an analysis; one by a generalised linear mixed model or of dependent effects shows its numbers but leaves none out.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The analysis has no pooled result, or an option is out of its range.</exception>
    public static string Html(AnalysisResult analysis, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return Html(analysis.Title, ForestPlot.Draw(analysis, options), LeaveOutTable.Of(analysis));
    }

    /// <summary>The page of a pooled result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static string Html(IPooledEffect result, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var drawing = ForestPlot.Draw(result, options);
        return Html(drawing.Title, drawing, LeaveOutTable.Of(result, []));
    }

    private static string Html(string title, Drawing drawing, IReadOnlyList<LeaveOutTable> tables) =>
        ReportPage.Html(title, new Document([new Heading(title, 1), new Picture("forest", drawing) { LeaveOut = tables }]).Inner());
}
