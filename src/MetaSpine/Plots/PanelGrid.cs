namespace MetaSpine;

/// <summary>Small plots of the studies in two columns: measured so that the axes of a column stand below one another, then drawn.</summary>
internal sealed class PanelGrid
{
    private const int Columns = 2;

    private const double AreaHeight = 104, TickLength = 4, ColumnGap = 26, RowGap = 12, MostLabels = 12;

    private static readonly int[] Steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    private readonly PlotTheme _theme;
    private readonly IReadOnlyList<StudyInfluence> _studies;
    private readonly IReadOnlyList<StudyKey> _keys;
    private readonly IReadOnlyList<int> _flagged;
    private readonly List<Mark> _marks = [];

    public PanelGrid(
        PlotTheme theme, string? title, IReadOnlyList<StudyInfluence> studies, IReadOnlyList<InfluencePanel> panels, IReadOnlyList<StudyKey> keys, IReadOnlyList<int> flagged,
        IReadOnlyList<string> footer)
    {
        (_theme, _studies, _keys, _flagged) = (theme, studies, keys, flagged);

        // The more studies, the wider, up to where a page ends.
        var areaWidth = Math.Clamp(14.0 * studies.Count, 270, 420);
        var axes = panels.Select(panel => Scale(panel).Place(AreaHeight, 0, theme.SmallSize, true)).ToList();
        var labels = Enumerable.Range(0, Columns).Select(column => axes.Where((_, i) => i % Columns == column).SelectMany(axis => axis.Ticks).Select(tick => Width(tick.Label)).DefaultIfEmpty(0).Max()).ToList();
        List<double> lefts = [theme.Margin + labels[0] + TickLength + 3];
        lefts.Add(lefts[0] + areaWidth + ColumnGap + labels[1] + TickLength + 3);
        SceneWidth = lefts[1] + areaWidth + theme.Margin;

        var y = theme.Margin;
        foreach (var line in title is null ? [] : TextMetrics.Wrap(title, SceneWidth - 2 * theme.Margin, theme.TitleSize, bold: true))
        {
            Write(theme.Margin, y + 0.65 * theme.TitleSize, line, theme.TitleSize, bold: true);
            y += 1.3 * theme.TitleSize;
        }

        y += title is null ? 0 : 8;
        for (var row = 0; row < panels.Count; row += Columns)
        {
            for (var column = 0; column < Columns && row + column < panels.Count; column++)
            {
                var top = y + 1.5 * theme.TextSize;
                Write(lefts[column], y + 0.65 * theme.TextSize, panels[row + column].Title, theme.TextSize, bold: true);
                Draw(panels[row + column], new Box(lefts[column], top, lefts[column] + areaWidth, top + AreaHeight));
            }

            y += 1.5 * theme.TextSize + AreaHeight + TickLength + 1.3 * theme.SmallSize + RowGap;
        }

        foreach (var line in footer.SelectMany(text => TextMetrics.Wrap(text, SceneWidth - 2 * theme.Margin, theme.SmallSize)))
        {
            Write(theme.Margin, y + 0.65 * theme.SmallSize, line, theme.SmallSize);
            y += 1.3 * theme.SmallSize;
        }

        SceneHeight = y + theme.Margin;
    }

    private double SceneWidth { get; }

    private double SceneHeight { get; }

    public Scene Finish() => new(SceneWidth, SceneHeight, _theme.Paper, _marks);

    /// <summary>A limit is shown where values come near it, and always where one is beyond it.</summary>
    private AxisSpec Scale(InfluencePanel panel)
    {
        List<double> values = [.. Values(panel), panel.Usual];
        var reach = 2 * values.Max(value => Math.Abs(value - panel.Usual));
        return AxisSpec.Around(panel.Title, values.Concat(panel.Limits.Where(limit => Math.Abs(limit - panel.Usual) <= reach)), room: 0.08);
    }

    private IEnumerable<double> Values(InfluencePanel panel) => _studies.Select(panel.Value).OfType<double>().Where(double.IsFinite);

    private void Draw(InfluencePanel panel, Box area)
    {
        var y = Scale(panel).Place(area.Bottom, area.Top, _theme.SmallSize, true);
        var x = Axis.Exactly(false, 0.5, _studies.Count + 0.5, area.Left, area.Right, _theme.SmallSize);
        var marks = new List<Mark>();
        Level(marks, area, y, panel.Usual, new Stroke(_theme.Faint, 0.75));
        foreach (var limit in panel.Limits)
        {
            Level(marks, area, y, limit, new Stroke(_theme.Faint, 0.9, "4 3"));
        }

        marks.Add(new LineMark(area.Left, area.Bottom, area.Right, area.Bottom, _theme.Ink, 0.75));
        marks.Add(new LineMark(area.Left, area.Top, area.Left, area.Bottom, _theme.Ink, 0.75));
        foreach (var (value, label) in y.Ticks)
        {
            marks.Add(new LineMark(area.Left - TickLength, y.At(value), area.Left, y.At(value), _theme.Ink, 0.75));
            marks.Add(Text(area.Left - TickLength - 3, y.At(value), label, TextAnchor.End));
        }

        foreach (var number in Numbers())
        {
            marks.Add(new LineMark(x.At(number), area.Bottom, x.At(number), area.Bottom + TickLength, _theme.Ink, 0.75));
            marks.Add(Text(x.At(number), area.Bottom + TickLength + 0.75 * _theme.SmallSize, PlotNumbers.Short(number), TextAnchor.Middle));
        }

        Points(panel, marks, i => (x.At(i + 1), panel.Value(_studies[i]) is { } value && double.IsFinite(value) ? y.At(value) : double.NaN), area);
        _marks.AddRange(marks);
    }

    private void Points(InfluencePanel panel, List<Mark> marks, Func<int, (double X, double Y)> place, Box area)
    {
        var radius = _studies.Count > 60 ? 2 : 3;
        var line = Enumerable.Range(0, _studies.Count).Select(place).Where(point => double.IsFinite(point.Y)).ToList();
        if (line.Count > 1)
        {
            marks.Add(new CurveMark(line, new Stroke(_theme.Effect, 0.7)));
        }

        var labels = new List<PointLabel>();
        for (var i = 0; i < _studies.Count; i++)
        {
            var (x, y) = place(i);
            if (double.IsFinite(y) && !_flagged.Contains(i))
            {
                marks.Add(PointSymbol.Study(_theme).At(x, y, radius, _keys[i]));
            }
        }

        foreach (var i in _flagged)
        {
            var (x, y) = place(i);
            if (double.IsFinite(y))
            {
                // Another shape as well: nothing rests on colour.
                marks.Add(new PointSymbol(3, _theme.Pooled, _theme.Paper).At(x, y, radius + 1.5, _keys[i]));
                labels.Add(new PointLabel(x, y, radius + 1.5, _studies[i].Label));
            }
        }

        PointLabels.Place(labels.Take(PointLabels.MostOutliers), area, marks, _theme);
    }

    /// <summary>The numbers of the studies that the axis names: few enough to have room.</summary>
    private IEnumerable<int> Numbers()
    {
        var step = Steps.First(each => _studies.Count <= MostLabels * each || each == Steps[^1]);
        return Enumerable.Range(1, _studies.Count).Where(number => number % step == 0);
    }

    private static void Level(List<Mark> marks, Box area, Axis y, double value, Stroke stroke)
    {
        if (y.Covers(value))
        {
            marks.Add(new LineMark(area.Left, y.At(value), area.Right, y.At(value), stroke.Colour, stroke.Width, stroke.Dash));
        }
    }

    private void Write(double x, double centre, string text, double size, bool bold = false) =>
        _marks.Add(new TextMark(x, centre + 0.358 * size, text, size, _theme.Ink, Bold: bold));

    private TextMark Text(double x, double centre, string text, TextAnchor anchor) => new(x, centre + 0.358 * _theme.SmallSize, text, _theme.SmallSize, _theme.Ink, anchor);

    private double Width(string text) => TextMetrics.Width(text, _theme.SmallSize);
}
