namespace MetaSpine;

/// <summary>Draws the PRISMA 2020 flow diagram: from the records found to the studies included, with what was left out at each step.</summary>
public static class PrismaFlowPlot
{
    /// <summary>
    /// The flow diagram of some counts, in the template's layout: the previous version of the review at the left, databases and registers, other methods at the
    /// right. A column is drawn where one of its counts is above 0, that of databases and registers always.
    /// </summary>
    /// <param name="counts">The counts.</param>
    /// <param name="options">What to show; <see cref="PrismaFlowPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">A count is negative, or there is none at all.</exception>
    public static Drawing Draw(PrismaCounts counts, PrismaFlowPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        options ??= PrismaFlowPlotOptions.Default;
        var content = new PrismaContent(counts);
        return new Drawing(new PrismaLayout(content, options).Draw(), options.Title ?? "PRISMA 2020 flow diagram", content.Description);
    }
}

/// <summary>What a flow diagram shows.</summary>
public sealed record PrismaFlowPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static PrismaFlowPlotOptions Default { get; } = new();
}
