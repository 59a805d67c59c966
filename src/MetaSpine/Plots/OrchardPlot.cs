namespace MetaSpine;

/// <summary>
/// Draws orchard plots: every effect as a fruit, the larger the more precise, around a trunk that is the mean with its confidence and prediction intervals (Nakagawa et al. 2021,
/// doi:10.1002/jrsm.1424; 2023, doi:10.1111/2041-210X.14152).
/// </summary>
public static class OrchardPlot
{
    /// <summary>The orchard plot of a pooled result, by whichever model.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">What to show; <see cref="OrchardPlotOptions.Default"/> where null. A moderator has no place here.</param>
    public static Drawing Draw(IPooledEffect result, OrchardPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Orchard(OrchardTree.Of(result), result.Effects, result.Interval.Level, (result as MultilevelPooledResult)?.Outermost, null, options ?? OrchardPlotOptions.Default).Draw();
    }

    /// <summary>The orchard plot of a meta-regression: a row for each category of a moderator, with its marginal mean.</summary>
    /// <param name="result">The meta-regression; it needs a moderator that is a category.</param>
    /// <param name="options">What to show; <see cref="OrchardPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The model has no such moderator, or more than one and none is named.</exception>
    public static Drawing Draw(RegressionResult result, OrchardPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= OrchardPlotOptions.Default;
        var moderator = Moderator(result.Design, options);
        return new Orchard(OrchardTree.Of(result, moderator, options.Weights), result.Effects, result.Options.Level, null, moderator, options).Draw();
    }

    /// <summary>The orchard plot of a meta-regression of dependent effects.</summary>
    /// <param name="result">The meta-regression; it needs a moderator that is a category.</param>
    /// <param name="options">What to show; <see cref="OrchardPlotOptions.Default"/> where null.</param>
    /// <inheritdoc cref="Draw(RegressionResult, OrchardPlotOptions?)" path="/exception"/>
    public static Drawing Draw(MultilevelRegressionResult result, OrchardPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= OrchardPlotOptions.Default;
        var moderator = Moderator(result.Design, options);
        return new Orchard(OrchardTree.Of(result, moderator, options.Weights), result.Effects, result.Options.Level, result.Outermost, moderator, options).Draw();
    }

    /// <summary>The orchard plot of an analysis: of its meta-regression where that has a category or a moderator is named, otherwise of its pooled result.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="options">What to show; <see cref="OrchardPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is no result or no such moderator, or several and none is named.</exception>
    public static Drawing Draw(AnalysisResult analysis, OrchardPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        bool IsDrawn(DesignMatrix design) => options?.Moderator is not null || OrchardTree.Categories(design).Count > 0;
        return analysis switch
        {
            { Regression: { } regression } when IsDrawn(regression.Design) => Draw(regression, options),
            { MultilevelRegression: { } regression } when IsDrawn(regression.Design) => Draw(regression, options),
            _ when options?.Moderator is { } moderator => throw new ArgumentException($"The analysis '{analysis.Title}' has no meta-regression, so that there is none on {moderator}; name it under moderators or in a formula.", nameof(options)),
            { Overall: { } overall } => Draw(overall, options),
            _ => throw new ArgumentException($"The analysis '{analysis.Title}' has no result to draw: {analysis.Problem}", nameof(analysis)),
        };
    }

    private static string Moderator(DesignMatrix design, OrchardPlotOptions options)
    {
        var known = OrchardTree.Categories(design);
        return options.Moderator is { } asked
            ? known.Contains(asked, StringComparer.Ordinal) ? asked : throw new ArgumentException($"The model has no moderator '{asked}' that is a category{NearestName.Hint(asked, [.. known])}", nameof(options))
            : known.Count switch
            {
                1 => known[0],
                0 => throw new ArgumentException("An orchard plot of a meta-regression needs a moderator that is a category, and the model has none; a bubble plot shows numbers."),
                _ => throw new ArgumentException($"The model has several moderators that are categories ({string.Join(", ", known)}); name the one to plot in {nameof(OrchardPlotOptions)}.{nameof(OrchardPlotOptions.Moderator)}.", nameof(options)),
            };
    }
}

/// <summary>What an orchard plot shows.</summary>
public sealed record OrchardPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static OrchardPlotOptions Default { get; } = new();

    /// <summary>The moderator whose categories are the rows. <value>Default null: the only one of a meta-regression.</value></summary>
    public string? Moderator { get; init; }

    /// <summary>How the means weigh the categories of other moderators. <value>Default equal, as in <see cref="RegressionResult.MarginalMeans"/>.</value></summary>
    public MarginalWeights Weights { get; init; } = MarginalWeights.Equal;

    /// <summary>Whether prediction intervals are drawn, for each level that the model has. <value>Default true.</value></summary>
    public bool ShowPredictionInterval { get; init; } = true;
}
