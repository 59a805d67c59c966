namespace MetaSpine;

/// <summary>Draws forest plots: one row per study, the pooled result, and what the studies disagree about.</summary>
public static class ForestPlot
{
    /// <summary>The forest plot of a pooled result, by whichever model.</summary>
    /// <param name="result">The result; its effect sizes bring the studies' own numbers along.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Drawing Draw(IPooledEffect result, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Draw(new ForestSource { Overall = result }, options);
    }

    /// <summary>The forest plot of an analysis: its studies, by subgroup where it has subgroups, and the studies that could not be pooled.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">The analysis has no pooled result, or an option is out of its range.</exception>
    public static Drawing Draw(AnalysisResult analysis, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Overall is null)
        {
            throw new ArgumentException($"The analysis '{analysis.Title}' has no result to draw: {analysis.Problem}", nameof(analysis));
        }

        var source = new ForestSource
        {
            Title = analysis.Title,
            Subgroups = analysis.Subgroups,
            Overall = analysis.Overall,
            SubgroupTest = analysis.SubgroupTest,
            NotPooled = analysis.NotPooled,
        };
        return Draw(source, options);
    }

    /// <summary>The forest plot of subgroups, each with its own summary, and of the overall result.</summary>
    /// <param name="subgroups">The subgroups in order, pooled one by one with the same measure.</param>
    /// <param name="overall">
    /// The result over all studies; null for none. The weights shown are its weights where the subgroups stem from the same
    /// effect sizes, as those of a review do; otherwise those within the subgroups.
    /// </param>
    /// <param name="test">The test that the subgroups' effects are equal; null for none.</param>
    /// <param name="options">What to show; <see cref="ForestPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is nothing to draw, the measures differ, or an option is out of its range.</exception>
    public static Drawing Draw(
        IReadOnlyList<SubgroupResult> subgroups, IPooledEffect? overall, ChiSquaredTest? test = null, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(subgroups);
        if (subgroups.Count == 0 && overall is null)
        {
            throw new ArgumentException("A forest plot needs an overall result or at least one subgroup.", nameof(subgroups));
        }

        return Draw(new ForestSource { Subgroups = subgroups, Overall = overall, SubgroupTest = test }, options);
    }

    /// <summary>The results without each study, cluster or choice of studies in turn, with the result of all studies below them.</summary>
    /// <param name="omission">The results, as <see cref="Omission"/> gives them.</param>
    /// <param name="overall">The result that they were left out of.</param>
    /// <param name="options">
    /// What to show; <see cref="ForestPlotOptions.Default"/> where null. <see cref="ForestColumn.Data"/> is what goes with each result: its number of studies, tau^2 and I^2.
    /// Other models and prediction intervals have no place here, and an order by weight is that of the results.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Drawing LeaveOneOut(OmissionResult omission, IPooledEffect overall, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(omission);
        ArgumentNullException.ThrowIfNull(overall);
        options ??= ForestPlotOptions.Default;
        Check(options, overall.Effects.Measure);
        return Draw(ForestSequence.Table(overall, omission.Subsets, "Left out", true, [], options), options, Named(options.Title, $"Leave-one-out plot of the {overall.Effects.Measure.ReadAs}"));
    }

    /// <summary>The results after each study.</summary>
    /// <param name="cumulative">The results, as <see cref="Accumulation"/> gives them.</param>
    /// <param name="overall">The result of all studies.</param>
    /// <param name="options">As in <see cref="LeaveOneOut"/>; the order of the rows is always that of the results.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Drawing Cumulative(CumulativeResult cumulative, IPooledEffect overall, ForestPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cumulative);
        ArgumentNullException.ThrowIfNull(overall);
        options = (options ?? ForestPlotOptions.Default) with { Order = ForestOrder.AsGiven };
        Check(options, overall.Effects.Measure);
        var table = ForestSequence.Table(overall, cumulative.Steps, "Study added", false, [$"Order of the studies: {cumulative.Order}"], options);
        return Draw(table, options, Named(options.Title, $"Cumulative forest plot of the {overall.Effects.Measure.ReadAs}"));
    }

    private static Drawing Draw(ForestSource source, ForestPlotOptions? options)
    {
        options ??= ForestPlotOptions.Default;
        var measure = source.Lead.Effects.Measure;
        Check(options, measure);
        foreach (var (name, result) in source.Subgroups)
        {
            if (result.Effects.Measure != measure)
            {
                throw new ArgumentException($"Subgroup '{name}' is pooled as {result.Effects.Measure.Code}, another as {measure.Code}: one axis cannot show both.");
            }
        }

        foreach (var other in options.AlsoShow)
        {
            if (other.Effects.Measure != measure)
            {
                throw new ArgumentException($"The model '{other.ModelName}' to show as well is pooled as {other.Effects.Measure.Code}, the plot as {measure.Code}: one axis cannot show both.", nameof(options));
            }
        }

        return Draw(ForestContent.Table(source, options), options, Named(options.Title ?? source.Title, $"Forest plot of the {measure.ReadAs}"));
    }

    private static string Named(string? title, string otherwise) => title is null ? otherwise : $"Forest plot: {title}";

    private static Drawing Draw(ForestTable table, ForestPlotOptions options, string title) => new(new ForestLayout(table, options).Draw(), title, table.Description);

    private static void Check(ForestPlotOptions options, Measure measure)
    {
        ArgumentNullException.ThrowIfNull(options.Theme);
        if (options.Digits is < 0 or > 6)
        {
            throw new ArgumentException(FormattableString.Invariant($"Digits is {options.Digits}; give 0 to 6, or null to have them chosen."), nameof(options));
        }

        if (options.AxisRange is var (lower, upper) && !(lower < upper && double.IsFinite(upper - lower) && (lower > 0 || !ForestAxis.IsRatio(measure))))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"AxisRange is {lower} to {upper}; the lower end must be below the upper one{(ForestAxis.IsRatio(measure) ? ", and above 0 for a ratio" : "")}."),
                nameof(options));
        }
    }
}

/// <summary>What a forest plot is drawn from; an overall result, subgroups, or both.</summary>
internal sealed record ForestSource
{
    public string? Title { get; init; }

    public IReadOnlyList<SubgroupResult> Subgroups { get; init; } = [];

    public IPooledEffect? Overall { get; init; }

    public ChiSquaredTest? SubgroupTest { get; init; }

    public IReadOnlyList<NotPooledStudy> NotPooled { get; init; } = [];

    /// <summary>The result that speaks for the whole: the overall one, or the first subgroup's where there is none.</summary>
    public IPooledEffect Lead => Overall ?? Subgroups[0].Result;

    /// <summary>The results whose studies are listed.</summary>
    public IEnumerable<IPooledEffect> Listed => Subgroups.Count == 0 ? [Lead] : Subgroups.Select(subgroup => subgroup.Result);
}
