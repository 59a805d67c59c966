namespace MetaSpine;

/// <summary>
/// Draws drapery plots: the p-value of every possible true effect, for each study and for the pooled result, so that intervals of all levels can be read
/// off (Rücker and Schwarzer 2021, Research Synthesis Methods 12:13, doi:10.1002/jrsm.1410).
/// </summary>
public static class DraperyPlot
{
    private const int Steps = 32;

    /// <summary>Of more studies than this the curves let through what lies behind, lest they cover it.</summary>
    private const double Opaque = 20;

    /// <summary>The drapery plot of a pooled result.</summary>
    /// <param name="result">The result, of at least two studies.</param>
    /// <param name="options">What to show; <see cref="DraperyPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is one study.</exception>
    public static Drawing Draw(PooledResult result, DraperyPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= DraperyPlotOptions.Default;
        PlotText.Require(result, 2, "A drapery plot", "a forest plot shows one study");
        var (theme, measure) = (options.Theme, result.Effects.Measure);
        var scale = new EffectScale(measure);
        var region = options.ShowPrediction ? result.PredictionInterval : null;
        double[] ends = [result.Interval.Lower, result.Interval.Upper, .. region is { } interval ? new[] { interval.Lower, interval.Upper } : [], .. measure.NullValue is { } zero ? new[] { zero } : []];
        var error = result.Studies.Select(study => study.Effect.StandardError).Order().ElementAt(result.StudyCount / 2);
        var spread = scale.Axis(result.Studies.SelectMany(study => new[] { study.Effect.Estimate - error, study.Effect.Estimate + error }).Concat(Near(ends, result)));
        var single = new Stroke(theme.Effect, 0.8, Opacity: Math.Min(1, Math.Sqrt(Opaque / result.StudyCount)));
        var pooled = new Stroke(theme.Pooled, 2.4);
        List<LegendEntry> legend = [LegendEntry.Line("Each study", single), LegendEntry.Line("Pooled: " + PlotText.Pooled(result), pooled)];
        if (region is not null)
        {
            legend.Add(LegendEntry.Area("Prediction for a new study", theme.Pooled, 0.18, theme));
        }

        legend.Add(LegendEntry.Line("p = 0.05, the ends of 95% intervals", new Stroke(theme.Faint, 0.9, "4 3")));
        var frame = new PlotFrame(theme, options.Title, spread, new AxisSpec("p-value of the effect", 0, 1) { Exact = true }, legend, []);
        if (region is not null)
        {
            // The curve of the prediction is known by its value at any effect.
            var grid = Enumerable.Range(0, 201).Select(i => Unshown(scale, frame.X, i / 200.0)).ToList();
            frame.Region(grid.Select(effect => (scale.Shown(effect), 0.0)), grid.Select(effect => (scale.Shown(effect), PredictionPValue(result, effect))), theme.Pooled, 0.18);
        }

        if (measure.NullValue is { } none)
        {
            frame.Upright(scale.Shown(none), new Stroke(theme.Faint, 0.75), frame.Back);
        }

        frame.Level(0.05, new Stroke(theme.Faint, 0.9, "4 3"), frame.Back);
        foreach (var study in result.Studies)
        {
            var from = frame.Front.Count;
            frame.Curve(Bell(study.Effect.Estimate, study.Effect.StandardError, null, scale), single);
            for (var i = from; i < frame.Front.Count; i++)
            {
                frame.Front[i] = frame.Front[i] with { Study = PlotText.Key(result, study) };
            }
        }

        frame.Curve(Bell(result.Estimate, result.StandardError, result.DegreesOfFreedom, scale), pooled);
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"Drapery plot of the {measure.ReadAs}",
            $"P-value functions of {PlotText.Count(result.StudyCount)} and of the pooled {PlotText.Pooled(result)}"
            + (region is { } predicted ? $", with that of the prediction for a new study; its {PlotText.Percent(predicted.Level)} interval is {PlotNumbers.Fixed(result.Effects.BackTransform(predicted.Lower), 2)} to {PlotNumbers.Fixed(result.Effects.BackTransform(predicted.Upper), 2)}." : "."));
    }

    /// <summary>The two-sided p-value of an effect under the predictive distribution.</summary>
    internal static double PredictionPValue(PooledResult result, double effect)
    {
        var below = result.ShareBelow(effect)!.Value;
        return 2 * Math.Min(below, 1 - below);
    }

    /// <summary>The curve around an estimate, at p-values that are dense near 0, where it bends.</summary>
    private static IEnumerable<(double X, double P)> Bell(double estimate, double standardError, double? freedom, EffectScale scale)
    {
        for (var i = -Steps; i <= Steps; i++)
        {
            var p = Math.Max(2e-4, Math.Pow(1 - Math.Abs(i) / (double)Steps, 2));
            var z = freedom is { } df ? StudentT.UpperQuantile(p / 2, df) : NormalDistribution.UpperQuantile(p / 2);
            yield return (scale.Shown(estimate + Math.Sign(i) * z * standardError), p);
        }
    }

    /// <summary>Without the ends that are more than three times as far from the estimate as any study.</summary>
    private static IEnumerable<double> Near(double[] ends, PooledResult result)
    {
        var most = 3 * result.Studies.Max(study => Math.Abs(study.Effect.Estimate - result.Estimate));
        return ends.Where(end => Math.Abs(end - result.Estimate) <= most);
    }

    private static double Unshown(EffectScale scale, Axis axis, double part) => scale.Log
        ? Math.Log(axis.Lower) + part * Math.Log(axis.Upper / axis.Lower)
        : axis.Lower + part * (axis.Upper - axis.Lower);
}

/// <summary>What a drapery plot shows.</summary>
public sealed record DraperyPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static DraperyPlotOptions Default { get; } = new();

    /// <summary>Whether the region of the prediction for a new study is shaded where there is one. <value>Default true.</value></summary>
    public bool ShowPrediction { get; init; } = true;
}
