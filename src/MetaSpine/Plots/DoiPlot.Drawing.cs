namespace MetaSpine;

public static partial class DoiPlot
{
    /// <summary>The rank of a study beyond which it stands at the foot of a limb: where 95% of the ranks lie within.</summary>
    private const double Foot = 1.96;

    /// <summary>
    /// Draws the Doi plot of a pooled result: each study's estimate against the absolute value of its normal score, downwards from 0. The studies lie on two
    /// limbs below the most central one, of the same reach where small studies differ from large ones in neither direction.
    /// </summary>
    /// <param name="result">The result, of at least three studies.</param>
    /// <param name="options">What to show; <see cref="DoiPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There are fewer than three studies, or a name to show is that of none.</exception>
    /// <exception cref="PoolingException">All estimates are equal, so that the plot has no width.</exception>
    public static Drawing Draw(PooledResult result, DoiPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= DoiPlotOptions.Default;
        PlotText.Require(result, 3, "A Doi plot", "two limbs take a middle");
        var data = result.DoiPlotData();
        var theme = options.Theme;
        var scale = new EffectScale(result.Effects.Measure);
        double Depth(DoiPoint point) => Math.Abs(point.ZScore);
        var middle = data.Points.MinBy(Depth)!;
        var centre = new Stroke(theme.Pooled, 1.2);
        var limb = new Stroke(theme.Faint, 1);
        var index = $"LFK index {PlotNumbers.Fixed(data.Index, 2)}: {Grade(data.Index)} asymmetry";
        var frame = new PlotFrame(
            theme, options.Title,
            scale.Axis(data.Points.Select(point => point.Estimate)),
            new AxisSpec("|Normal score| of the weighted rank", 0, 1.06 * data.Points.Max(Depth)) { Exact = true, Reversed = true },
            [LegendEntry.Line("Most central: " + middle.Label, centre), LegendEntry.Line(index, limb)],
            ["The LFK index is not a test; its size depends on the number of studies."]);
        frame.Upright(scale.Shown(middle.Estimate), centre, frame.Back);
        frame.Curve(data.Points.OrderBy(point => point.ZScore).Select(point => (scale.Shown(point.Estimate), Depth(point))), limb, frame.Back);
        var radius = PlotFrame.PointRadius(result.StudyCount);
        frame.Studies(
            result, i => frame.At(scale.Shown(data.Points[i].Estimate), Depth(data.Points[i])), _ => radius, _ => PointSymbol.Study(theme),
            PlotText.Named(result, options, i => Depth(data.Points[i]) / Foot));
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"Doi plot of the {result.Effects.Measure.ReadAs}",
            $"{PlotText.Count(result.StudyCount)} by the normal scores of their ranks, weighted by precision. {index}. {middle.Label} is the most central.");
    }
}

/// <summary>What a Doi plot shows.</summary>
public sealed record DoiPlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static DoiPlotOptions Default { get; } = new();
}
