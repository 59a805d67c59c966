namespace MetaSpine;

/// <summary>
/// Draws radial (Galbraith) plots: standardised estimates against precision. Each study lies in the direction of its estimate, which the arc at the right
/// reads off; studies that share one effect scatter around one line by plus or minus 2 (Galbraith 1988, Statistics in Medicine 7:889, doi:10.1002/sim.4780070807).
/// </summary>
public static class RadialPlot
{
    private const double TickLength = 4;

    /// <summary>The radial plot of a pooled result. Under random effects the precision includes tau^2.</summary>
    /// <param name="result">The result, of at least two studies.</param>
    /// <param name="options">What to show; <see cref="RadialPlotOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentException">There is one study, or a name to show is that of none.</exception>
    public static Drawing Draw(PooledResult result, RadialPlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= RadialPlotOptions.Default;
        PlotText.Require(result, 2, "A radial plot", "one point shows no scatter");
        var (theme, scale) = (options.Theme, new EffectScale(result.Effects.Measure));
        var points = result.Studies.Select(study => 1 / Math.Sqrt(study.Effect.Variance + result.Tau2))
            .Select((precision, i) => (X: precision, Z: result.Studies[i].Effect.Estimate * precision)).ToList();
        var z = NormalDistribution.UpperQuantile((1 - result.Options.Level) / 2);
        var most = points.Max(point => point.X);
        double[] ends = [0, -z, z, result.Estimate * most - z, result.Estimate * most + z];
        var root = result.Tau2 > 0 ? "√(variance + τ²)" : "standard error";
        var y = AxisSpec.Around($"Estimate/{root}", points.Select(point => point.Z).Concat(ends));
        var line = new Stroke(theme.Pooled, 1.4);
        var band = $"{PlotText.Percent(result.Options.Level)} of studies with that effect";
        LegendEntry[] legend =
        [
            LegendEntry.Line("Pooled: " + PlotText.Pooled(result), line),
            LegendEntry.Area(band, theme.Contours[2], 1, theme),
            LegendEntry.Line("Its interval, on the arc", new Stroke(theme.Pooled, 4)),
        ];

        PlotFrame frame;
        double radius;
        var estimates = Ends(result).ToList();
        var room = TickLength + 8 + Axis.Exactly(scale.Log, scale.Shown(estimates.Min()), scale.Shown(estimates.Max()), 300, 0, theme.TextSize, vertical: true)
            .Ticks.Select(tick => TextMetrics.Width(tick.Label, theme.TextSize)).DefaultIfEmpty(0).Max();
        for (var width = 1.1 * most; ; width *= 1.06)
        {
            // The arc lies beyond all points, and its labels within the plot: the axis of precision grows until they have room.
            frame = new PlotFrame(theme, options.Title, new AxisSpec($"Precision (1/{root})", 0, width) { Exact = true }, y, legend, []);
            var from = frame.At(0, 0);
            var place = frame;
            radius = points.Max(point => Distance(from, place.At(point.X, point.Z))) + 10;
            if (radius + room < frame.Area.Width || width > 20 * most)
            {
                break;
            }
        }

        frame.Region([(0, -z), (frame.X.Upper, result.Estimate * frame.X.Upper - z)], [(0, z), (frame.X.Upper, result.Estimate * frame.X.Upper + z)], theme.Contours[2]);
        var arc = new Arc(frame, radius);
        foreach (var (estimate, stroke) in new[] { (0, new Stroke(theme.Faint, 0.75)), (result.Estimate, line) })
        {
            var ((fromX, fromY), (toX, toY)) = (frame.At(0, 0), arc.At(estimate));
            if (Geometry.Clip(frame.Area, fromX, fromY, toX, toY) is var (x1, y1, x2, y2))
            {
                frame.Back.Add(new LineMark(x1, y1, x2, y2, stroke.Colour, stroke.Width));
            }
        }

        DrawArc(frame, arc, result, scale, theme);
        double Outlying(int i) => Math.Abs(points[i].Z - result.Estimate * points[i].X) / z;
        var size = PlotFrame.PointRadius(result.StudyCount);
        frame.Studies(result, i => frame.At(points[i].X, points[i].Z), _ => size, _ => PointSymbol.Study(theme), PlotText.Named(result, options, Outlying));
        var outside = Enumerable.Range(0, result.StudyCount).Count(i => Outlying(i) > 1);
        return new Drawing(
            frame.Finish(),
            options.Title ?? $"Radial plot of the {result.Effects.Measure.ReadAs}",
            $"{PlotText.Count(result.StudyCount)}, the estimate over its standard error{(result.Tau2 > 0 ? " (with τ²)" : "")} against the precision. Pooled {PlotText.Pooled(result)}. {PlotText.Count(outside, "study lies", "studies lie")} outside the band of {band}.");
    }

    private static void DrawArc(PlotFrame frame, Arc arc, PooledResult result, EffectScale scale, PlotTheme theme)
    {
        var (lower, upper) = (Math.Max(Ends(result).Min(), arc.Least), Math.Min(Ends(result).Max(), arc.Most));
        IReadOnlyList<(double X, double Y)> Between(double from, double to) => [.. Enumerable.Range(0, 41).Select(i => arc.Turned(from, to, i / 40.0))];
        frame.Back.Add(new CurveMark(Between(lower, upper), new Stroke(theme.Ink, 0.75)));
        var (from, to) = (Math.Clamp(result.Interval.Lower, lower, upper), Math.Clamp(result.Interval.Upper, lower, upper));
        if (from < to)
        {
            frame.Back.Add(new CurveMark(Between(from, to), new Stroke(theme.Pooled, 4)));
        }

        var axis = Axis.Exactly(scale.Log, scale.Shown(lower), scale.Shown(upper), arc.At(lower).Y, arc.At(upper).Y, theme.TextSize, vertical: true);
        Box? last = null;
        foreach (var (value, label) in axis.Ticks)
        {
            var slope = scale.Log ? Math.Log(value) : value;
            var (width, height) = (TextMetrics.Width(label, theme.TextSize), (TextMetrics.Ascent + TextMetrics.Descent) * theme.TextSize);
            var text = arc.Beside(slope, TickLength + 3, width, height);
            if (slope < lower - 1e-9 || slope > upper + 1e-9 || text.Top < frame.Area.Top || text.Bottom > frame.Area.Bottom - 2 || (last is { } other && other.Overlaps(text)))
            {
                continue;
            }

            last = text;
            var ((x, y), (outX, outY)) = (arc.At(slope), arc.At(slope, TickLength));
            frame.Back.Add(new LineMark(x, y, outX, outY, theme.Ink, 0.75));
            frame.Back.Add(new TextMark(text.Left, text.Top + TextMetrics.Ascent * theme.TextSize, label, theme.TextSize, theme.Ink));
        }
    }

    /// <summary>What the arc covers: the estimates and the pooled interval.</summary>
    private static IEnumerable<double> Ends(PooledResult result) => result.Studies.Select(study => study.Effect.Estimate).Append(result.Interval.Lower).Append(result.Interval.Upper);

    private static double Distance((double X, double Y) a, (double X, double Y) b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    /// <summary>The arc around the origin, on which the direction of an estimate is a point.</summary>
    private sealed class Arc(PlotFrame frame, double radius)
    {
        private readonly (double X, double Y) _origin = frame.At(0, 0);
        private readonly double _pixelsPerX = frame.At(1, 0).X - frame.At(0, 0).X;
        private readonly double _pixelsPerZ = frame.At(0, 0).Y - frame.At(0, 1).Y;

        /// <summary>The estimates at which the arc leaves the plot below and above.</summary>
        public double Least => Slope(_origin.Y - frame.Area.Bottom + 2);

        public double Most => Slope(_origin.Y - frame.Area.Top - 2);

        public (double X, double Y) At(double estimate, double beyond = 0) => Point(Angle(estimate), beyond);

        /// <summary>The box of a text beyond the arc: it touches a line across the direction of the estimate, so that the arc cannot cross it.</summary>
        public Box Beside(double estimate, double gap, double width, double height)
        {
            var (sin, cos) = Math.SinCos(Angle(estimate));
            var (x, y) = At(estimate, gap + (width * Math.Abs(cos) + height * Math.Abs(sin)) / 2);
            return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
        }

        /// <summary>A part of the way along the arc from one estimate to another.</summary>
        public (double X, double Y) Turned(double from, double to, double part) => Point(Angle(from) + part * (Angle(to) - Angle(from)), 0);

        private double Angle(double estimate) => Math.Atan2(estimate * _pixelsPerZ, _pixelsPerX);

        private (double X, double Y) Point(double angle, double beyond) =>
            (_origin.X + (radius + beyond) * Math.Cos(angle), _origin.Y - (radius + beyond) * Math.Sin(angle));

        private double Slope(double height) => Math.Tan(Math.Asin(Math.Clamp(height / radius, -0.999, 0.999))) * _pixelsPerX / _pixelsPerZ;
    }
}

/// <summary>What a radial plot shows.</summary>
public sealed record RadialPlotOptions : PointPlotOptions
{
    /// <summary>The defaults.</summary>
    public static RadialPlotOptions Default { get; } = new();
}
