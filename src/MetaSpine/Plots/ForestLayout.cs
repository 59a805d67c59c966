namespace MetaSpine;

/// <summary>Gives every part of a forest plot its place: measures the table, sets the axis, then inks row by row.</summary>
internal sealed class ForestLayout
{
    private const double RowPadding = 4;
    private const double Indent = 10;

    /// <summary>Rows higher than a screen, in pixels: the axis stands over them too.</summary>
    private const double TallPlot = 900;

    private readonly ForestTable _table;
    private readonly ForestPlotOptions _options;
    private readonly PlotTheme _theme;
    private readonly ForestStyle _style;
    private readonly List<Mark> _marks = [];
    private readonly List<PlotColumn> _columns;
    private readonly double _tableRight;
    private readonly double _plotLeft;
    private readonly double _plotRight;
    private readonly double _width;
    private readonly ForestInk _ink;
    private readonly ForestSides? _sides;

    /// <summary>The theme's text size as a multiple of the one that the measures below are made for.</summary>
    private readonly double _unit;

    public ForestLayout(ForestTable table, ForestPlotOptions options)
    {
        (_table, _options, _theme, _style) = (table, options, options.Theme, ForestStyle.Of(options.Theme));
        _unit = _theme.TextSize / 12;
        _columns = [.. table.Left.Concat(table.Right).Select(field => new PlotColumn(field, _theme.TextSize))];
        for (var index = 0; index < _columns.Count; index++)
        {
            _columns[index].Measure(table.Rows.Where(row => !row.IsWide).Select(row => (row.Cells[index], row.IsSummary)));
        }

        foreach (var group in Groups())
        {
            var missing = Width(group[0].Group!, bold: true) - group.Sum(column => column.Width) - group.Skip(1).Sum(column => column.GapBefore);
            group.ForEach(column => column.Widen(column.Width + missing / group.Count));
        }

        var x = _theme.Margin + table.Rows.Where(row => !row.IsWide).SelectMany(row => Label(row).Select(line => Width(line, row.IsLead) + LabelIndent(row)))
            .Append(Width(table.StudyHeading, bold: true)).Max();
        for (var index = 0; index <= _columns.Count; index++)
        {
            if (index == table.Left.Count)
            {
                _tableRight = x;
                _plotLeft = x + ForestField.UsualGap + PlotPadding;
                _plotRight = _plotLeft + PlotWidth;
                x = _plotRight + PlotPadding;
            }

            if (index < _columns.Count)
            {
                _columns[index].Left = x + _columns[index].GapBefore;
                x = _columns[index].Right;
            }
        }

        _width = Math.Ceiling(x + _theme.Margin);
        _ink = new ForestInk(ForestAxis.For(table, options, _plotLeft, _plotRight), options, _marks, table.Rows);
        if ((options.FavoursLeft ?? options.FavoursRight) is not null)
        {
            _sides = new ForestSides(options, _ink.At(table.Null), (_plotLeft - PlotPadding, _plotRight + PlotPadding), _width, _marks);
            _width = _sides.Width;
        }
    }

    private double PlotWidth => 240 * _unit;

    /// <summary>Between the ends of the axis and the neighbouring columns: room for half a square.</summary>
    private double PlotPadding => 8 * _unit;

    private double WidestLabel => 270 * _unit;

    private double LineHeight => 15 * _unit;

    private double SmallLineHeight => 14 * _theme.SmallSize / 11;

    private double HeadingHeight => 17 * _unit;

    /// <summary>The whole picture.</summary>
    public Scene Draw()
    {
        var y = _theme.Margin;
        if (_options.Title is { } title)
        {
            y = Paragraph(title, y, _theme.TitleSize, _theme.TitleSize * 1.3, bold: true) + 8;
        }

        var top = DrawHeadings(y);
        var places = new List<(ForestRow Row, double Top, double Centre)>();
        y = top + 4;
        foreach (var row in _table.Rows)
        {
            places.Add((row, y, y + Lead(row) + Step(row) / 2));
            y += Height(row);
        }

        y += 2;
        if (y - top > TallPlot && _sides is not { StandAbove: true })
        {
            _ink.AxisAbove(top, _plotLeft - PlotPadding - ForestField.UsualGap / 2, _plotRight + PlotPadding + ForestField.UsualGap / 2);
        }

        DrawBands(places);
        DrawLines(places, top, y);
        foreach (var (row, _, centre) in places)
        {
            var first = _marks.Count;
            DrawText(row, centre);
            _ink.Draw(row, centre);
            if (row.Index is { } index)
            {
                var key = new StudyKey(index, _table.Tip(row));
                for (var mark = first; mark < _marks.Count; mark++)
                {
                    _marks[mark] = _marks[mark] with { Study = key };
                }
            }
        }

        y = DrawAxis(y) + 10;
        foreach (var line in _table.Footer)
        {
            y = Paragraph(line, y, _theme.SmallSize, SmallLineHeight, bold: false);
        }

        y = new RiskLegend(_table, _theme, _marks).Draw(y + 6, _theme.Margin, _width - _theme.Margin) ?? y;
        return new Scene(_width, Math.Ceiling(y + _theme.Margin - 3), _theme.Paper, _marks)
        {
            Shapes = places.Where(place => place.Row.IsSummary && place.Row.Part is not null).ToDictionary<(ForestRow Row, double Top, double Centre), string, Func<double, Interval, IReadOnlyList<(double X, double Y)>>>(
                place => place.Row.Part!,
                place => (estimate, interval) => _ink.DiamondOf(place.Row with { Estimate = estimate, Lower = interval.Lower, Upper = interval.Upper }, place.Centre)),
        };
    }

    /// <summary>Neighbours under the same heading.</summary>
    private IEnumerable<List<PlotColumn>> Groups()
    {
        for (var first = 0; first < _columns.Count; first++)
        {
            var next = first + 1;
            while (next < _columns.Count && next != _table.Left.Count && _columns[next].Group == _columns[first].Group)
            {
                next++;
            }

            if (_columns[first].Group is not null)
            {
                yield return _columns[first..next];
            }

            first = next - 1;
        }
    }

    /// <summary>Draws the headings and the rule below them; returns where the rule is.</summary>
    private double DrawHeadings(double y)
    {
        var groups = Groups().ToList();
        var height = HeadingHeight * Math.Max(_columns.Select(column => column.Heading.Count).DefaultIfEmpty(1).Max(), groups.Count > 0 ? 2 : 1);
        var bottom = y + Math.Max(height, _sides is { StandAbove: true } ? _sides.Height : 0);
        foreach (var group in groups)
        {
            var (left, right) = (group[0].Left, group[^1].Right);
            Text((left + right) / 2, Baseline(bottom - 1.5 * HeadingHeight), group[0].Group!, TextAnchor.Middle, bold: true);
            _marks.Add(new LineMark(left, bottom - HeadingHeight, right, bottom - HeadingHeight, _theme.Faint, 0.75));
        }

        Text(_theme.Margin, Baseline(bottom - HeadingHeight / 2), _table.StudyHeading, TextAnchor.Start, bold: true);
        foreach (var column in _columns)
        {
            var (x, anchor) = column.HeadingPlace;
            for (var line = 0; line < column.Heading.Count; line++)
            {
                Text(x, Baseline(bottom - (column.Heading.Count - line - 0.5) * HeadingHeight), column.Heading[line], anchor, bold: true);
            }
        }

        if (_sides is { StandAbove: true })
        {
            _sides.Draw(bottom - _sides.Height);
        }

        bottom += 2;
        _marks.Add(new LineMark(_theme.Margin, bottom, _width - _theme.Margin, bottom, _theme.Ink, 0.75));
        return bottom;
    }

    /// <summary>Tints every other row of studies, from the first of each subgroup on.</summary>
    private void DrawBands(List<(ForestRow Row, double Top, double Centre)> places)
    {
        var count = 0;
        foreach (var (row, top, _) in places)
        {
            count = row.Kind is ForestRowKind.Study or ForestRowKind.Step or ForestRowKind.NotEstimable ? count + 1 : 0;
            if (_style.Bands && count % 2 == 1)
            {
                _marks.Add(new BoxMark(new Box(_theme.Margin - 4, top, _width - _theme.Margin + 4, top + Height(row)), _theme.Band));
            }
        }
    }

    private void DrawLines(List<(ForestRow Row, double Top, double Centre)> places, double top, double bottom)
    {
        if (_table.Null is { } none)
        {
            _ink.NullLine(none, top, bottom);
        }

        if (_table.Reference is { } reference)
        {
            var total = places.FindIndex(place => place.Row.Kind == ForestRowKind.Total);
            _ink.EstimateLine(reference, top, total < 0 ? bottom : places[total].Centre);
        }
    }

    /// <summary>Between the top of a row and that of its first line.</summary>
    private double Lead(ForestRow row) =>
        RowPadding / 2 + (row.IsLead ? 3 : 0) + (HasDensity(row) ? (ForestInk.DensityHeight - 8) * _unit : 0);

    private double Height(ForestRow row) => row.Kind == ForestRowKind.Gap
        ? LineHeight / 2
        : Lead(row) + RowPadding / 2 + Step(row) * Math.Max(Label(row).Count, row.Cells.Select((cell, index) => _columns[index].LineCount(cell)).DefaultIfEmpty(1).Max());

    private bool HasDensity(ForestRow row) => row.Kind == ForestRowKind.Prediction && _options.Prediction == PredictionStyle.Distribution;

    private double Step(ForestRow row) => row.Kind == ForestRowKind.Note ? SmallLineHeight : LineHeight;

    private void DrawText(ForestRow row, double centre)
    {
        if (row.Kind == ForestRowKind.Gap)
        {
            return;
        }

        var (size, step) = (row.Kind == ForestRowKind.Note ? _theme.SmallSize : _theme.TextSize, Step(row));
        var colour = row.Kind is ForestRowKind.NotEstimable or ForestRowKind.Note ? _theme.Faint : _theme.Ink;
        var lines = Label(row);
        for (var line = 0; line < lines.Count; line++)
        {
            _marks.Add(new TextMark(
                _theme.Margin + LabelIndent(row), Baseline(centre + line * step, size), lines[line], size, colour, Bold: row.IsLead || row.Kind == ForestRowKind.Heading));
        }

        for (var index = 0; index < row.Cells.Count; index++)
        {
            var (column, cell) = (_columns[index], row.Cells[index]);
            if (column.HasSigns && cell.Length > 0)
            {
                _marks.AddRange(RiskSign.Draw(RiskSign.Level(cell[0]), column.Middle, centre, 0.52 * _theme.TextSize, _theme));
            }
            else if (!column.HasSigns)
            {
                _marks.AddRange(column.Place(cell).Select(part => new TextMark(part.X, Baseline(centre + part.Line * step), part.Text, size, colour, part.Anchor, row.IsSummary)));
            }
        }
    }

    /// <summary>Draws what stands under the axis; returns where it ends.</summary>
    private double DrawAxis(double y)
    {
        y = _ink.Axis(y);
        var title = _options.AxisTitle ?? _table.EffectName + (ForestAxis.IsRatio(_table.Measure) ? " (log scale)" : "");
        foreach (var line in TextMetrics.Wrap(title, PlotWidth + 2 * PlotPadding, _theme.TextSize))
        {
            Text((_plotLeft + _plotRight) / 2, Baseline(y + LineHeight / 2), line, TextAnchor.Middle, bold: false);
            y += LineHeight;
        }

        return _sides is null or { StandAbove: true } ? y : _sides.Draw(y + 2) + 2;
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
        (row.IsWide ? _tableRight - _theme.Margin : WidestLabel) - LabelIndent(row),
        row.Kind == ForestRowKind.Note ? _theme.SmallSize : _theme.TextSize,
        row.IsLead || row.Kind == ForestRowKind.Heading);

    private static double LabelIndent(ForestRow row) => row.Indented ? Indent : 0;

    private double Width(string text, bool bold) => TextMetrics.Width(text, _theme.TextSize, bold);

    private void Text(double x, double y, string text, TextAnchor anchor, bool bold) =>
        _marks.Add(new TextMark(x, y, text, _theme.TextSize, _theme.Ink, anchor, bold));

    /// <summary>The baseline that puts the middle of the figures at a height.</summary>
    private double Baseline(double centre, double? size = null) => centre + 0.358 * (size ?? _theme.TextSize);
}
