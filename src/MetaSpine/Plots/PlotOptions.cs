namespace MetaSpine;

/// <summary>What every plot can be told. Everything else, its size included, follows from the data.</summary>
public abstract record PlotOptions
{
    /// <summary>The heading of the picture. <value>Default null: none, because journals print it in the caption.</value></summary>
    public string? Title { get; init; }

    /// <summary>Colours and sizes. <value>Default <see cref="PlotTheme.Default"/>.</value></summary>
    public PlotTheme Theme { get; init; } = PlotTheme.Default;
}

/// <summary>What every plot of studies as points can be told.</summary>
public abstract record PointPlotOptions : PlotOptions
{
    /// <summary>Whether the studies that stand out are named, eight at most and only where there is room. <value>Default true.</value></summary>
    public bool LabelOutliers { get; init; } = true;

    /// <summary>Studies to name in any case, by their names. <value>Default: none.</value></summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
