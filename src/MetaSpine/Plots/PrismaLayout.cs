namespace MetaSpine;

/// <summary>Gives the boxes of a flow diagram their places: rows as high as their fullest box, columns of one width, arrows between them.</summary>
internal sealed class PrismaLayout(PrismaContent content, PrismaFlowPlotOptions options)
{
    private const double BoxWidth = 236;
    private const double ColumnGap = 30;
    private const double RowGap = 26;
    private const double Padding = 8;
    private const double Indent = 10;
    private const double Arrow = 6;

    // The template's amber and blue, so faint that text on them keeps its contrast in every theme.
    private const double HeaderStrength = 0.28;
    private const double StageStrength = 0.16;

    private readonly PlotTheme _theme = options.Theme;
    private readonly List<Mark> _marks = [];

    private double StageWidth => 2.2 * _theme.TextSize;

    private double LineHeight => 1.32 * _theme.TextSize;

    public Scene Draw()
    {
        var left = _theme.Margin + StageWidth + 14;
        var columns = new List<(double Flow, double Out, double Right)>();
        foreach (var arm in content.Arms)
        {
            var right = left + BoxWidth + (arm.HasOut ? ColumnGap + BoxWidth : 0);
            columns.Add((left, left + BoxWidth + ColumnGap, right));
            left = right + ColumnGap;
        }

        var width = left - ColumnGap + _theme.Margin;
        var y = _theme.Margin;
        foreach (var line in options.Title is null ? [] : TextMetrics.Wrap(options.Title, width - 2 * _theme.Margin, _theme.TitleSize, bold: true))
        {
            _marks.Add(new TextMark(_theme.Margin, y + _theme.TitleSize, line, _theme.TitleSize, _theme.Ink, Bold: true));
            y += 1.3 * _theme.TitleSize;
        }

        y += options.Title is null ? 0 : 8;
        var headers = content.Arms.Select((arm, i) => TextMetrics.Wrap(arm.Header, columns[i].Right - columns[i].Flow - 2 * Padding, _theme.TextSize, bold: true)).ToList();
        var headerHeight = headers.Max(lines => lines.Count) * LineHeight + Padding;
        for (var i = 0; i < headers.Count; i++)
        {
            var box = new Box(columns[i].Flow, y, columns[i].Right, y + headerHeight);
            var (fill, strength) = i == content.MainIndex ? (_theme.Risk.Some, HeaderStrength) : (_theme.Band, 1);
            _marks.Add(new BoxMark(box, fill, strength, new Stroke(_theme.Faint, 0.75)));
            for (var line = 0; line < headers[i].Count; line++)
            {
                var centre = (box.Top + box.Bottom) / 2 + (line - (headers[i].Count - 1) / 2.0) * LineHeight;
                _marks.Add(new TextMark((box.Left + box.Right) / 2, centre + 0.358 * _theme.TextSize, headers[i][line], _theme.TextSize, _theme.Ink, TextAnchor.Middle, Bold: true));
            }
        }

        y += headerHeight + RowGap * 0.6;
        var rows = content.Arms[content.MainIndex].Steps.Count;
        var stages = new Dictionary<string, (double Top, double Bottom)>(StringComparer.Ordinal);
        var last = new double?[content.Arms.Count];
        for (var row = 0; row < rows; row++)
        {
            var boxes = content.Arms.Select(arm => arm.Steps[row]).SelectMany(step => new[] { step.Flow, step.Out }).OfType<PrismaBox>().ToList();
            if (boxes.Count == 0)
            {
                continue;
            }

            var stage = row == 0 ? "Identification" : "Screening";
            var height = Math.Max(boxes.Max(Height), row == 0 || IsOnlyRow(row) ? StageHeight(stage) : 0);
            for (var i = 0; i < content.Arms.Count; i++)
            {
                var (flow, beside) = content.Arms[i].Steps[row];
                if (flow is not null)
                {
                    Place(flow, columns[i].Flow, y, height);
                    if (last[i] is { } above)
                    {
                        Down(columns[i].Flow + BoxWidth / 2, above, y);
                    }

                    last[i] = y + height;
                }

                if (beside is not null)
                {
                    Place(beside, columns[i].Out, y, height);
                    if (flow is not null)
                    {
                        Across(columns[i].Flow + BoxWidth, columns[i].Out, y + height / 2);
                    }
                }
            }

            stages[stage] = (stages.TryGetValue(stage, out var begun) ? begun.Top : y, y + height);
            y += height + RowGap;
        }

        foreach (var (name, (from, to)) in stages)
        {
            Stage(name, from, to);
        }

        y = DrawIncluded(columns, last, y);
        return new Scene(width, y + _theme.Margin, _theme.Paper, _marks);
    }

    /// <summary>The boxes of the included studies, with the arrows that lead there from the arms; returns where they end.</summary>
    private double DrawIncluded(List<(double Flow, double Out, double Right)> columns, double?[] last, double y)
    {
        var main = columns[content.MainIndex].Flow;
        var top = y;
        foreach (var (box, isTotal) in new[] { (content.Included, false), (content.Total, true) })
        {
            if (box is null)
            {
                continue;
            }

            var height = Math.Max(Height(box), StageHeight("Included"));
            Place(box, main, y, height);
            if (last[content.MainIndex] is { } above)
            {
                Down(main + BoxWidth / 2, above, y);
            }

            // Studies found by other methods join the new ones, previous studies the total.
            var joins = isTotal ? 0 : content.MainIndex + 1;
            if (joins != content.MainIndex && joins < columns.Count && last[joins] is { } from)
            {
                var (x, middle) = (columns[joins].Flow + BoxWidth / 2, y + height / 2);
                _marks.Add(Rule(x, from, x, middle));
                Across(x, isTotal ? main : main + BoxWidth, middle);
            }

            last[content.MainIndex] = y + height;
            y += height + RowGap;
        }

        if (y > top)
        {
            Stage("Included", top, y - RowGap);
        }

        return y - RowGap;
    }

    /// <summary>Whether no other row of the screening has a box.</summary>
    private bool IsOnlyRow(int row) =>
        content.Arms.All(arm => arm.Steps.Where((step, other) => other > 0 && other != row).All(step => step is { Flow: null, Out: null }));

    /// <summary>The height that the name of a stage takes when it reads upwards.</summary>
    private double StageHeight(string name) => TextMetrics.Width(name, _theme.TextSize, bold: true) + 12;

    private double Height(PrismaBox box) => Lines(box).Count * LineHeight + 2 * Padding;

    private List<(string Text, double Indent)> Lines(PrismaBox box)
    {
        var lines = new List<(string, double)>();
        foreach (var (text, depth) in box.Lines)
        {
            lines.AddRange(TextMetrics.Wrap(text, BoxWidth - 2 * Padding - Indent * depth, _theme.TextSize).Select(line => (line, Indent * depth)));
        }

        return lines;
    }

    private void Place(PrismaBox box, double x, double y, double height)
    {
        _marks.Add(new BoxMark(new Box(x, y, x + BoxWidth, y + height), _theme.Paper, 1, new Stroke(_theme.Ink, 0.9)));
        var lines = Lines(box);
        var top = y + (height - lines.Count * LineHeight) / 2;
        for (var i = 0; i < lines.Count; i++)
        {
            _marks.Add(new TextMark(x + Padding + lines[i].Indent, top + (i + 0.5) * LineHeight + 0.358 * _theme.TextSize, lines[i].Text, _theme.TextSize, _theme.Ink));
        }
    }

    /// <summary>The name of a stage, reading upwards in a band at the left.</summary>
    private void Stage(string name, double top, double bottom)
    {
        var middle = (top + bottom) / 2;
        _marks.Add(new BoxMark(new Box(_theme.Margin, top, _theme.Margin + StageWidth, bottom), _theme.Effect, StageStrength, new Stroke(_theme.Faint, 0.75)));
        _marks.Add(new TextMark(_theme.Margin + StageWidth / 2 + 0.358 * _theme.TextSize, middle, name, _theme.TextSize, _theme.Ink, TextAnchor.Middle, Bold: true, Turned: true));
    }

    private void Down(double x, double from, double to)
    {
        _marks.Add(Rule(x, from, x, to - Arrow + 1));
        _marks.Add(new PolygonMark([(x, to), (x - 0.6 * Arrow, to - Arrow), (x + 0.6 * Arrow, to - Arrow)], _theme.Ink));
    }

    private void Across(double from, double to, double y)
    {
        var back = to > from ? -Arrow : Arrow;
        _marks.Add(Rule(from, y, to + back, y));
        _marks.Add(new PolygonMark([(to, y), (to + back, y - 0.6 * Arrow), (to + back, y + 0.6 * Arrow)], _theme.Ink));
    }

    private LineMark Rule(double x1, double y1, double x2, double y2) => new(x1, y1, x2, y2, _theme.Ink, 0.9);
}
