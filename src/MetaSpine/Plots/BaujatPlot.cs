namespace MetaSpine;

/// <summary>
/// Draws Baujat plots: what each study adds to the heterogeneity against what it does to the pooled effect; those at the top right deserve a second look
/// (Baujat et al. 2002, Statistics in Medicine 21:2641, doi:10.1002/sim.1221).
/// </summary>
public static class BaujatPlot
{
    /// <summary>
    /// The Baujat plot of a pooled result. Across: the squared residual over v + tau^2, which under equal effects is the study's share of Q.
    /// Up: the squared change of the estimate when the study is left out, over the squared standard error without it.
    /// </summary>
    /// <param name="result">The result, of at least three studies. It is pooled again without each of them, in the same way.</param>
    /// <param name="options">What to show; <see cref="BaujatPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There are fewer than three studies, or a name to show is that of none.</exception>
    public static Drawing Draw(PooledResult result, BaujatPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= BaujatPlotOptions.Default;
        PlotText.Require(result, 3, "A Baujat plot", "leaving one out must leave some to pool");
        var theme = options.Theme;
        var points = Points(result);
        var frame = new PlotFrame(
            theme, options.Title,
            new AxisSpec("Contribution to the heterogeneity (squared standardised residual)", 0, 1.06 * points.Max(point => point.Heterogeneity)),
            new AxisSpec("Influence on the pooled effect (squared standardised change)", 0, 1.06 * points.Max(point => point.Influence)),
            [], []);
        var radius = PlotFrame.PointRadius(result.StudyCount);

        // A study stands out where it is beyond three times the mean in either direction.
        var (across, up) = (3 * points.Average(point => point.Heterogeneity), 3 * points.Average(point => point.Influence));
        double Outlying(int i) => Math.Max(Share(points[i].Heterogeneity, across), Share(points[i].Influence, up));
        frame.Studies(result, i => frame.At(points[i].Heterogeneity, points[i].Influence), _ => radius, _ => PointSymbol.Study(theme), PlotText.Named(result, options, Outlying));
        var first = Enumerable.Range(0, result.StudyCount).MaxBy(i => points[i].Heterogeneity);
        var second = Enumerable.Range(0, result.StudyCount).MaxBy(i => points[i].Influence);
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"Baujat plot of the {result.Effects.Measure.ReadAs}",
            $"{PlotText.Count(result.StudyCount)}. {result.Studies[first].Effect.Label} adds most to the heterogeneity, {result.Studies[second].Effect.Label} changes the pooled effect most.");
    }

    /// <summary>Both coordinates of each study.</summary>
    internal static IReadOnlyList<(double Heterogeneity, double Influence)> Points(PooledResult result)
    {
        var k = result.StudyCount;
        var points = new (double, double)[k];
        for (var i = 0; i < k; i++)
        {
            List<PooledStudy> rest = [.. result.Studies.Where((_, other) => other != i)];
            var without = MetaAnalysis.Pool(
                rest.ConvertAll(study => study.Effect.Estimate),
                rest.ConvertAll(study => study.Effect.Variance),
                result.Options with { Weights = result.Options.Weights is { } weights ? rest.ConvertAll(study => weights[study.Row]) : null });
            var effect = result.Studies[i].Effect;
            var residual = effect.Estimate - result.Estimate;
            points[i] = (residual * residual / (effect.Variance + result.Tau2), Math.Pow((result.Estimate - without.Estimate) / without.StandardError, 2));
        }

        return points;
    }

    private static double Share(double value, double of) => of > 0 ? value / of : 0;
}

/// <summary>What a Baujat plot shows.</summary>
public sealed record BaujatPlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static BaujatPlotOptions Default { get; } = new();
}
