namespace MetaSpine;

/// <summary>Gives every part of a forest plot its place: measures the table, sets the axis, then inks row by row.</summary>
internal sealed class ForestLayout
{
    private const double ColumnGap = 16;
    private const double PlotWidth = 240;
    private const double Indent = 10;
    private const double WidestLabel = 270;
    private const double LineHeight = 15;
    private const double SmallLineHeight = 14;
    private const double HeadingHeight = 17;
    private const double RowPadding = 4;

    /// <summary>Between the ends of the axis and the neighbouring columns: room for half a square.</summary>
    private const double PlotPadding = 8;

    private readonly ForestContent _content;
    private readonly ForestPlotOptions _options;
    private readonly PlotTheme _theme;
    private readonly List<Mark> _marks = [];
    private readonly List<PlotColumn> _columns = [];
    private readonly double _tableRight;
    private readonly double _plotLeft;
    private readonly double _plotRight;
    private readonly double _width;
    private readonly ForestInk _ink;

    public ForestLayout(ForestContent content, ForestPlotOptions options, PlotTheme theme)
    {
        (_content, _options, _theme) = (content, options, theme);
        var effectName = Capitalised(content.Lead.Effects.Measure.ReadAs);
        _columns.AddRange(content.Columns.Select(column => column.Quantities.Length == 1
            ? new PlotColumn(column.Group, [column.Heading], 0, TextAnchor.End)
            : new PlotColumn(column.Group, [column.Heading], 0.5, TextAnchor.End, TextAnchor.Start)));
        var effect = new PlotColumn(null, [.. Wrap(effectName, 125, bold: true), $"[{content.Level}% CI]"], 4, TextAnchor.End, TextAnchor.End, TextAnchor.End);
        _columns.Add(effect);
        if (content.HasWeights)
        {
            _columns.Add(new PlotColumn(null, ["Weight"], 0, TextAnchor.End));
        }

        for (var index = 0; index < _columns.Count; index++)
        {
            _columns[index].Measure(content.Rows.Where(row => row.Cells.Count > 0).Select(row => (row.Cells[index], row.IsSummary)), theme.TextSize);
        }

        foreach (var group in _columns.Where(column => column.Group is not null).GroupBy(column => column.Group))
        {
            var missing = Width(group.Key!, bold: true) - group.Sum(column => column.Width) - ColumnGap * (group.Count() - 1);
            foreach (var column in group)
            {
                column.Widen(column.Width + missing / group.Count());
            }
        }

        var x = theme.Margin + content.Rows.Where(HasLabelColumn).SelectMany(row => Label(row).Select(line => Width(line, row.IsSummary) + LabelIndent(row)))
            .Append(Width(options.StudyHeading, bold: true)).Max();
        foreach (var column in _columns)
        {
            if (column == effect)
            {
                _tableRight = x;
                _plotLeft = x + ColumnGap + PlotPadding;
                _plotRight = _plotLeft + PlotWidth;
                x = _plotRight + PlotPadding;
            }

            column.Left = x + ColumnGap;
            x = column.Right;
        }

        _width = Math.Ceiling(x + theme.Margin);
        _ink = new ForestInk(ForestAxis.For(content, options, _plotLeft, _plotRight, theme), theme, _marks, content.Rows);
    }

    /// <summary>The whole picture.</summary>
    public Scene Draw()
    {
        var y = _theme.Margin;
        if (_options.Title is { } title)
        {
            y = Paragraph(title, y, _theme.TitleSize, _theme.TitleSize * 1.3, bold: true) + 8;
        }

        var top = DrawHeadings(y);
        y = top + 4;
        var places = new List<(ForestRow Row, double Y)>();
        foreach (var row in _content.Rows)
        {
            var (height, centre) = DrawText(row, y);
            places.Add((row, centre));
            y += height;
        }

        y += 2;
        if (_options.ShowNullLine)
        {
            _ink.NullLine(_content.Lead.Effects, top, y);
        }

        foreach (var (row, centre) in places.Where(place => place.Row.Kind == ForestRowKind.Total))
        {
            _ink.EstimateLine(row.Estimate, top, centre);
        }

        foreach (var (row, centre) in places)
        {
            _ink.Draw(row, centre);
        }

        y = DrawAxis(y) + 10;
        foreach (var line in _content.Footer)
        {
            y = Paragraph(line, y, _theme.SmallSize, SmallLineHeight, bold: false);
        }

        return new Scene(_width, Math.Ceiling(y + _theme.Margin - 3), _theme.Paper, _marks);
    }

    /// <summary>Draws the headings and the rule below them; returns where the rule is.</summary>
    private double DrawHeadings(double y)
    {
        var groups = _columns.Where(column => column.Group is not null).GroupBy(column => column.Group).ToList();
        var bottom = y + HeadingHeight * Math.Max(_columns.Max(column => column.Heading.Count), groups.Count > 0 ? 2 : 1);
        foreach (var group in groups)
        {
            var (left, right) = (group.First().Left, group.Last().Right);
            Text((left + right) / 2, Baseline(bottom - 1.5 * HeadingHeight), group.Key!, TextAnchor.Middle, bold: true);
            _marks.Add(new LineMark(left, bottom - HeadingHeight, right, bottom - HeadingHeight, _theme.Faint, 0.75));
        }

        Text(_theme.Margin, Baseline(bottom - HeadingHeight / 2), _options.StudyHeading, TextAnchor.Start, bold: true);
        foreach (var column in _columns)
        {
            var (x, anchor) = column.HeadingPlace;
            for (var line = 0; line < column.Heading.Count; line++)
            {
                Text(x, Baseline(bottom - (column.Heading.Count - line - 0.5) * HeadingHeight), column.Heading[line], anchor, bold: true);
            }
        }

        bottom += 2;
        _marks.Add(new LineMark(_theme.Margin, bottom, _width - _theme.Margin, bottom, _theme.Ink, 0.75));
        return bottom;
    }

    /// <summary>Draws a row's texts; returns its height and the height of its first line's middle.</summary>
    private (double Height, double Centre) DrawText(ForestRow row, double top)
    {
        if (row.Kind == ForestRowKind.Gap)
        {
            return (LineHeight / 2, top);
        }

        var (size, step) = row.Kind == ForestRowKind.Note ? (_theme.SmallSize, SmallLineHeight) : (_theme.TextSize, LineHeight);
        var colour = row.Kind is ForestRowKind.NotEstimable or ForestRowKind.Note ? _theme.Faint : _theme.Ink;
        var bold = row.IsSummary || row.Kind == ForestRowKind.Heading;
        var padding = row.IsSummary ? RowPadding + 3 : RowPadding;
        var centre = top + padding - RowPadding / 2 + step / 2;
        var lines = Label(row);
        for (var line = 0; line < lines.Count; line++)
        {
            _marks.Add(new TextMark(_theme.Margin + LabelIndent(row), Baseline(centre + line * step, size), lines[line], size, colour, Bold: bold));
        }

        for (var index = 0; index < row.Cells.Count; index++)
        {
            foreach (var (text, x, anchor) in _columns[index].Place(row.Cells[index]))
            {
                _marks.Add(new TextMark(x, Baseline(centre), text, size, colour, anchor, row.IsSummary));
            }
        }

        return (lines.Count * step + padding, centre);
    }

    /// <summary>Draws what stands under the axis; returns where it ends.</summary>
    private double DrawAxis(double y)
    {
        y = _ink.Axis(y);
        var measure = _content.Lead.Effects.Measure;
        var title = _options.AxisTitle ?? Capitalised(measure.ReadAs) + (ForestAxis.IsRatio(measure) ? " (log scale)" : "");
        var middle = (_plotLeft + _plotRight) / 2;
        foreach (var line in Wrap(title, PlotWidth + 2 * PlotPadding, bold: false))
        {
            Text(middle, Baseline(y + LineHeight / 2), line, TextAnchor.Middle, bold: false);
            y += LineHeight;
        }

        var split = _ink.NullX ?? middle;
        return Math.Max(
            Favours(_options.FavoursLeft is { } left ? "← " + left : "", split - 8, TextAnchor.End, split - _theme.Margin, y),
            Favours(_options.FavoursRight is { } right ? right + " →" : "", split + 8, TextAnchor.Start, _width - _theme.Margin - split, y));
    }

    private double Favours(string text, double x, TextAnchor anchor, double room, double y)
    {
        if (text.Length == 0)
        {
            return y;
        }

        foreach (var line in Wrap(text, Math.Min(room, PlotWidth * 0.8) - 8, bold: false))
        {
            Text(x, Baseline(y + LineHeight / 2 + 2), line, anchor, bold: false);
            y += LineHeight;
        }

        return y + 2;
    }

    private double Paragraph(string text, double y, double size, double step, bool bold)
    {
        foreach (var line in TextMetrics.Wrap(text, _width - 2 * _theme.Margin, size, bold))
        {
            _marks.Add(new TextMark(_theme.Margin, Baseline(y + step / 2, size), line, size, _theme.Ink, Bold: bold));
            y += step;
        }

        return y;
    }

    /// <summary>The lines of a row's label: in the study column, or over the whole left side where the row has no cells.</summary>
    private List<string> Label(ForestRow row) => TextMetrics.Wrap(
        row.Label,
        (HasLabelColumn(row) ? WidestLabel : _tableRight - _theme.Margin) - LabelIndent(row),
        row.Kind == ForestRowKind.Note ? _theme.SmallSize : _theme.TextSize,
        row.IsSummary || row.Kind == ForestRowKind.Heading);

    private static bool HasLabelColumn(ForestRow row) => row.Cells.Count > 0;

    private static double LabelIndent(ForestRow row) => row.Indented ? Indent : 0;

    private double Width(string text, bool bold) => TextMetrics.Width(text, _theme.TextSize, bold);

    private List<string> Wrap(string text, double width, bool bold) => TextMetrics.Wrap(text, width, _theme.TextSize, bold);

    private void Text(double x, double y, string text, TextAnchor anchor, bool bold) =>
        _marks.Add(new TextMark(x, y, text, _theme.TextSize, _theme.Ink, anchor, bold));

    /// <summary>The baseline that puts the middle of the figures at a height.</summary>
    private double Baseline(double centre, double? size = null) => centre + 0.358 * (size ?? _theme.TextSize);

    private static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
