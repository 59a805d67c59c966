namespace MetaSpine;

/// <summary>A plot as a page of its own, which shows the numbers of the study under the pointer.</summary>
/// <remarks>The page is one file and asks nothing of the network. A forest plot has more to offer: <see cref="ForestPage"/>.</remarks>
public static class PlotPage
{
    /// <summary>The page of a plot.</summary>
    /// <param name="drawing">The plot.</param>
    public static string Html(Drawing drawing)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        return ReportPage.Html(drawing.Title, new Document([new Heading(drawing.Title, 1), new Picture("plot", drawing)]).Inner());
    }
}
