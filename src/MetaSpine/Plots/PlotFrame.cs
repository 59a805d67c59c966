namespace MetaSpine;

/// <summary>
/// A plot with two axes: it measures titles, tick labels and the legend, gives the axes their places, and puts the ink together.
/// What is drawn between is added to <see cref="Back"/> (below the axes) and <see cref="Front"/> (above them).
/// </summary>
internal sealed class PlotFrame
{
    private const double TickLength = 4;
    private const double LegendGap = 20;
    private const double LegendWidth = 196;
    private const double KeyGap = 7;

    private readonly PlotTheme _theme;
    private readonly AxisSpec _x;
    private readonly AxisSpec _y;
    private readonly IReadOnlyList<(LegendEntry Entry, List<string> Lines)> _legend;
    private readonly IReadOnlyList<string> _footer;
    private readonly List<string> _title;
    private readonly List<string> _yTitle;
    private readonly double _width;

    /// <param name="theme">Colours and sizes.</param>
    /// <param name="title">The heading; null for none.</param>
    /// <param name="x">The axis below.</param>
    /// <param name="y">The axis at the left.</param>
    /// <param name="legend">The lines of the legend at the right.</param>
    /// <param name="footer">Remarks below.</param>
    /// <param name="areaWidth">The length of the x axis.</param>
    /// <param name="areaHeight">The length of the y axis.</param>
    /// <param name="above">Room above the area that belongs to what is drawn.</param>
    /// <param name="beside">Room at its right likewise, before the legend.</param>
    public PlotFrame(
        PlotTheme theme, string? title, AxisSpec x, AxisSpec y, IReadOnlyList<LegendEntry> legend, IReadOnlyList<string> footer, double areaWidth = 440, double areaHeight = 360,
        double above = 0, double beside = 0)
    {
        (_theme, _x, _y, _footer) = (theme, x, y, footer);
        _legend = [.. legend.Select(entry => (entry, TextMetrics.Wrap(entry.Text, LegendWidth, theme.TextSize)))];
        _yTitle = TextMetrics.Wrap(y.Title, areaHeight, theme.TextSize);

        // The labels of the ticks do not depend on where the axes stand, only on their lengths.
        var labels = y.Place(areaHeight, 0, theme.TextSize, true).Ticks.Select(tick => Width(tick.Label)).DefaultIfEmpty(0).Max();
        var below = x.Place(0, areaWidth, theme.TextSize, false);
        var ticks = below.Ticks;
        var before = ticks.Count == 0 ? 0 : Width(ticks[0].Label) / 2;
        var after = ticks.Count == 0 ? 0 : Math.Max(0, below.At(ticks[^1].Value) + Width(ticks[^1].Label) / 2 - areaWidth);
        var left = theme.Margin + Math.Max(before, _yTitle.Count * LineHeight + 4 + labels + TickLength + 3);
        var right = left + areaWidth;
        LegendLeft = right + beside + LegendGap;
        var legendRight = _legend.Count == 0 ? 0 : LegendLeft + LegendEntry.KeyWidth + KeyGap + _legend.SelectMany(entry => entry.Lines).Max(Width);
        _width = Math.Max(right + Math.Max(after, Math.Max(beside, 6)), legendRight) + theme.Margin;

        _title = title is null ? [] : TextMetrics.Wrap(title, _width - 2 * theme.Margin, theme.TitleSize, bold: true);
        var top = theme.Margin + (_title.Count == 0 ? 4 : _title.Count * 1.3 * theme.TitleSize + 8) + above;
        Area = new Box(left, top, right, top + areaHeight);
        X = x.Place(left, right, theme.TextSize, false);
        Y = y.Place(Area.Bottom, Area.Top, theme.TextSize, true);
    }

    /// <summary>The space between the axes.</summary>
    public Box Area { get; }

    public Axis X { get; }

    public Axis Y { get; }

    public PlotTheme Theme => _theme;

    public List<Mark> Back { get; } = [];

    public List<Mark> Front { get; } = [];

    private double LegendLeft { get; }

    private double LineHeight => 1.35 * _theme.TextSize;

    /// <summary>Where a point lies, were the axes to go on.</summary>
    public (double X, double Y) At(double x, double y) => (X.Beyond(x), Y.Beyond(y));

    /// <summary>Draws the part of a line through points that lies between the axes.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, Stroke stroke, List<Mark>? to = null)
    {
        foreach (var part in Geometry.Clip(Area, [.. points.Select(p => At(p.X, p.Y)).Where(IsDrawable)]))
        {
            (to ?? Front).Add(part.Count == 2 && stroke.Opacity == 1 ? new LineMark(part[0].X, part[0].Y, part[1].X, part[1].Y, stroke.Colour, stroke.Width, stroke.Dash) : new CurveMark(part, stroke));
        }
    }

    /// <summary>Draws the region between two lines through points, behind the axes.</summary>
    public void Region(IEnumerable<(double X, double Y)> forth, IEnumerable<(double X, double Y)> back, string fill, double opacity = 1)
    {
        var polygon = Geometry.ClipPolygon(Area, [.. forth.Concat(back.Reverse()).Select(p => At(p.X, p.Y)).Where(IsDrawable)]);
        if (polygon.Count > 2)
        {
            Back.Add(new PolygonMark(polygon, fill, opacity));
        }
    }

    /// <summary>A line over the whole height at a value of x, where the axis covers it.</summary>
    public void Upright(double x, Stroke stroke, List<Mark>? to = null)
    {
        if (X.Covers(x))
        {
            (to ?? Front).Add(new LineMark(X.At(x), Area.Top, X.At(x), Area.Bottom, stroke.Colour, stroke.Width, stroke.Dash));
        }
    }

    /// <summary>A line over the whole width at a value of y, where the axis covers it.</summary>
    public void Level(double y, Stroke stroke, List<Mark>? to = null)
    {
        if (Y.Covers(y))
        {
            (to ?? Front).Add(new LineMark(Area.Left, Y.At(y), Area.Right, Y.At(y), stroke.Colour, stroke.Width, stroke.Dash));
        }
    }

    /// <summary>Draws the studies of a result as points, the larger below, and names some.</summary>
    /// <param name="result">The result.</param>
    /// <param name="place">Where a study stands, in pixels, by its place among the studies of the result.</param>
    /// <param name="radius">The radius of its symbol.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="named">The places of those that are named.</param>
    /// <param name="over">Draws what lies over the points and under their names.</param>
    public void Studies(
        ModelResult result, Func<int, (double X, double Y)> place, Func<int, double> radius, Func<int, PointSymbol> symbol, IEnumerable<int> named, Action? over = null)
    {
        foreach (var i in Enumerable.Range(0, result.StudyCount).OrderByDescending(radius).ThenBy(i => i))
        {
            var (x, y) = place(i);
            Front.Add(symbol(i).At(x, y, radius(i), PlotText.Key(result, result.Studies[i])));
        }

        over?.Invoke();
        Label(named.Select(i => new PointLabel(place(i).X, place(i).Y, radius(i), result.Studies[i].Effect.Label)));
    }

    /// <summary>The radius of a point that is no bubble: smaller where there are many.</summary>
    public static double PointRadius(int count) => count > 60 ? 3.2 : 4;

    /// <summary>The radius of a study's bubble: the area is proportional to the weight, and all are smaller where there are many.</summary>
    public static double BubbleRadius(ModelResult result, int study)
    {
        var most = 16 * Math.Min(1, Math.Sqrt(20.0 / result.StudyCount));
        return Math.Max(1.8, most * Math.Sqrt(result.Studies[study].Weight / result.Studies.Max(other => other.Weight)));
    }

    /// <summary>Names some of the points.</summary>
    public void Label(IEnumerable<PointLabel> labels)
    {
        var marks = new List<Mark>([.. Back, .. Front]);
        var before = marks.Count;
        PointLabels.Place(labels, Area, marks, _theme);
        Front.AddRange(marks.Skip(before));
    }

    /// <summary>The picture.</summary>
    public Scene Finish()
    {
        List<Mark> marks = [.. Back];
        var bottom = Math.Max(DrawAxes(marks), DrawLegend(marks));
        marks.AddRange(Front);
        var y = _theme.Margin;
        foreach (var line in _title)
        {
            marks.Add(new TextMark(_theme.Margin, Baseline(y + 0.65 * _theme.TitleSize, _theme.TitleSize), line, _theme.TitleSize, _theme.Ink, Bold: true));
            y += 1.3 * _theme.TitleSize;
        }

        y = bottom + 6;
        foreach (var line in _footer.SelectMany(text => TextMetrics.Wrap(text, _width - 2 * _theme.Margin, _theme.SmallSize)))
        {
            marks.Add(new TextMark(_theme.Margin, Baseline(y + 0.65 * _theme.SmallSize, _theme.SmallSize), line, _theme.SmallSize, _theme.Ink));
            y += 1.3 * _theme.SmallSize;
        }

        return new Scene(_width, y + _theme.Margin - (_footer.Count == 0 ? 6 : 0), _theme.Paper, marks);
    }

    /// <summary>Draws the axes; returns where they end below.</summary>
    private double DrawAxes(List<Mark> marks)
    {
        marks.Add(new LineMark(Area.Left, Area.Bottom, Area.Right, Area.Bottom, _theme.Ink, 0.75));
        marks.Add(new LineMark(Area.Left, Area.Top, Area.Left, Area.Bottom, _theme.Ink, 0.75));
        foreach (var (value, label) in X.Ticks)
        {
            var x = X.At(value);
            marks.Add(new LineMark(x, Area.Bottom, x, Area.Bottom + TickLength, _theme.Ink, 0.75));
            marks.Add(Text(x, Area.Bottom + TickLength + 0.65 * LineHeight, label, TextAnchor.Middle));
        }

        foreach (var (value, label) in Y.Ticks)
        {
            var y = Y.At(value);
            marks.Add(new LineMark(Area.Left - TickLength, y, Area.Left, y, _theme.Ink, 0.75));
            marks.Add(Text(Area.Left - TickLength - 3, y, label, TextAnchor.End));
        }

        for (var line = 0; line < _yTitle.Count; line++)
        {
            var x = Baseline(_theme.Margin + (line + 0.5) * LineHeight, _theme.TextSize);
            marks.Add(new TextMark(x, (Area.Top + Area.Bottom) / 2, _yTitle[line], _theme.TextSize, _theme.Ink, TextAnchor.Middle, Turned: true));
        }

        var bottom = Area.Bottom + TickLength + 1.2 * LineHeight + 2;
        foreach (var line in TextMetrics.Wrap(_x.Title, Area.Width, _theme.TextSize))
        {
            marks.Add(Text((Area.Left + Area.Right) / 2, bottom + LineHeight / 2, line, TextAnchor.Middle));
            bottom += LineHeight;
        }

        return bottom;
    }

    /// <summary>Draws the legend at the right; returns where it ends below.</summary>
    private double DrawLegend(List<Mark> marks)
    {
        var y = Area.Top;
        foreach (var (entry, lines) in _legend)
        {
            marks.AddRange(entry.Key(LegendLeft + LegendEntry.KeyWidth / 2, y + LineHeight / 2));
            foreach (var line in lines)
            {
                marks.Add(Text(LegendLeft + LegendEntry.KeyWidth + KeyGap, y + LineHeight / 2, line, TextAnchor.Start));
                y += LineHeight;
            }

            y += 5;
        }

        return y;
    }

    private TextMark Text(double x, double centre, string text, TextAnchor anchor) =>
        new(x, Baseline(centre, _theme.TextSize), text, _theme.TextSize, _theme.Ink, anchor);

    private double Width(string text) => TextMetrics.Width(text, _theme.TextSize);

    /// <summary>The baseline that puts the middle of the figures at a height.</summary>
    private static double Baseline(double centre, double size) => centre + 0.358 * size;

    private static bool IsDrawable((double X, double Y) p) => double.IsFinite(p.X) && double.IsFinite(p.Y);
}
