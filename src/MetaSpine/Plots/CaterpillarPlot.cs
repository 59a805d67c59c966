namespace MetaSpine;

/// <summary>
/// Draws caterpillar plots: all effects with their intervals in order of size, however many they are (Fernández-Castilla et al. 2020, doi:10.5964/meth.4013, who show the
/// effects and the averages of the studies apart).
/// </summary>
public static class CaterpillarPlot
{
    /// <summary>Of more rows than this none has its name.</summary>
    private const int MostNamed = 60;

    /// <summary>Of more rows than this the intervals run together.</summary>
    private const int MostApart = 300;

    private const double WidestName = 260;

    /// <summary>The caterpillar plot of a pooled result, by whichever model.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">What to show; <see cref="CaterpillarPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">True effects are asked for that the model does not predict.</exception>
    public static Drawing Draw(IPooledEffect result, CaterpillarPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= CaterpillarPlotOptions.Default;
        var (theme, measure, scale) = (options.Theme, result.Effects.Measure, new EffectScale(result.Effects.Measure));
        var rows = CaterpillarRow.Of(result, options.Show).OrderBy(row => row.Estimate).ToList();
        var (what, level) = (CaterpillarRow.Counted(result, options.Show, rows.Count), PlotText.Percent(result.Interval.Level));
        var predictions = options.ShowPredictionInterval ? PlotText.Predictions(result) : [];
        double[] also = [result.Interval.Lower, result.Interval.Upper, .. predictions.SelectMany(found => new[] { found.Interval.Lower, found.Interval.Upper }), .. measure.NullValue is { } zero ? new[] { zero } : []];

        var isNamed = rows.Count <= MostNamed;
        var step = isNamed ? 1.2 * theme.TextSize : Math.Clamp(600.0 / rows.Count, 0.4, 6);
        var summaryStep = 1.5 * theme.TextSize;
        double Row(int row) => (row + 0.5) * step;
        double Summary(int row) => rows.Count * step + 4 + (row + 0.5) * summaryStep;
        IEnumerable<(double, string)> ticks = [(Summary(0), "Pooled"), .. predictions.Select((found, i) => (Summary(i + 1), found.What.Length == 0 ? "Prediction" : $"Prediction, {found.What}"))];
        var height = Summary(predictions.Count) + summaryStep / 2;
        var frame = new PlotFrame(
            theme, options.Title, scale.Axis(rows.ConvertAll(row => (row.Estimate, row.Lower, row.Upper)), also),
            new AxisSpec($"{what}, by size", 0, height) { Exact = true, Reversed = true, Ticks = [.. isNamed ? rows.Select((row, i) => (Row(i), Short(row.Label, theme))) : [], .. ticks] },
            [], [$"Intervals of {level}.{CaterpillarRow.Explained(result, options.Show)}"], areaHeight: height);

        var (width, radius) = (Math.Clamp(0.5 * step, 0.35, 1.1), Math.Clamp(0.4 * step, 0.8, 3));
        double X(double value) => frame.X.At(scale.Shown(value));
        void Line(List<Mark> to, double lower, double upper, double y, Stroke stroke, StudyKey? key = null)
        {
            if (Geometry.Clip(frame.Area, frame.X.Beyond(scale.Shown(lower)), y, frame.X.Beyond(scale.Shown(upper)), y) is var (x1, _, x2, _))
            {
                to.Add(new LineMark(x1, y, x2, y, stroke.Colour, stroke.Width) { Study = key });
            }
        }

        // Where intervals run together into an area, it is pale enough for the lines on it.
        var colour = isNamed ? theme.Ink : rows.Count <= MostApart ? theme.Faint : theme.Contours[0];
        for (var i = 0; i < rows.Count; i++)
        {
            Line(frame.Back, rows[i].Lower, rows[i].Upper, frame.Area.Top + Row(i), new Stroke(colour, width), rows[i].Key);
        }

        if (measure.NullValue is { } none)
        {
            frame.Upright(scale.Shown(none), new Stroke(theme.Faint, 0.75), frame.Back);
        }

        frame.Upright(scale.Shown(result.Estimate), new Stroke(theme.Pooled, 0.9, "3 3"), frame.Back);
        frame.Front.AddRange(rows.Select((row, i) => new CircleMark(X(row.Estimate), frame.Area.Top + Row(i), radius, theme.Effect) { Study = row.Key }));
        var centre = frame.Area.Top + Summary(0);
        frame.Front.Add(new PolygonMark(
            [(Math.Min(X(result.Interval.Lower), X(result.Estimate) - 1.5), centre), (X(result.Estimate), centre - 6), (Math.Max(X(result.Interval.Upper), X(result.Estimate) + 1.5), centre), (X(result.Estimate), centre + 6)],
            theme.Pooled));
        for (var i = 0; i < predictions.Count; i++)
        {
            Line(frame.Front, predictions[i].Interval.Lower, predictions[i].Interval.Upper, frame.Area.Top + Summary(i + 1), new Stroke(theme.Pooled, 3));
        }

        var natural = result.Natural;
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"Caterpillar plot of the {measure.ReadAs}",
            $"{what} in order of size, from {rows[0].Label} to {rows[^1].Label}. Pooled {natural.Name} {PlotText.Numbers(measure, natural)}.");
    }

    /// <summary>A name on one line.</summary>
    private static string Short(string name, PlotTheme theme) => TextMetrics.Wrap(name, WidestName, theme.TextSize) is [var first, _, ..] ? first + "…" : name;
}

/// <summary>What a caterpillar plot shows.</summary>
public sealed record CaterpillarPlotOptions : PlotOptions
{
    /// <summary>The defaults.</summary>
    public static CaterpillarPlotOptions Default { get; } = new();

    /// <summary>Which effects stand in its rows. <value>Default <see cref="CaterpillarRows.Effects"/>: as they were estimated.</value></summary>
    public CaterpillarRows Show { get; init; } = CaterpillarRows.Effects;

    /// <summary>Whether the prediction interval is drawn below, where there is one, for each level that the model has. <value>Default true.</value></summary>
    public bool ShowPredictionInterval { get; init; } = true;
}

/// <summary>What the rows of a caterpillar plot are.</summary>
public enum CaterpillarRows
{
    /// <summary>The effects as estimated, with their own intervals.</summary>
    Effects,

    /// <summary>The true effects that the model predicts: of each study (<see cref="BestPredictions"/>), or of each cluster of dependent effects (<see cref="ClusterPredictions"/>).</summary>
    Predictions,
}
