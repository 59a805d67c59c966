namespace MetaSpine;

/// <summary>Lays out a specification curve: the estimates above, a row for each alternative below, and the legend at the foot.</summary>
internal sealed class SpecificationLayout
{
    /// <summary>More columns than this could not be told apart.</summary>
    public const int MostColumns = 280;

    private const double CurveHeight = 240;
    private const double NamesWidth = 170;
    private const double Gap = 8;
    private const double TickLength = 4;

    /// <summary>A smaller circle would close.</summary>
    private const double HollowRadius = 2;

    private readonly MultiverseResult _result;
    private readonly PlotTheme _theme;
    private readonly IReadOnlyList<Specification> _shown;
    private readonly double? _null;
    private readonly int _reference;
    private readonly double _step;
    private readonly Box _area;
    private readonly Axis _axis;
    private readonly List<string> _title;
    private readonly List<string> _axisTitle;
    private readonly double _width;

    public SpecificationLayout(MultiverseResult result, SpecificationPlotOptions options)
    {
        (_result, _theme) = (result, options.Theme);
        var measures = MeasuresOf(result);
        double?[] nulls = [.. measures.Select(measure => measure.NullValue is { } none ? measure.Scale.Back(none, double.NaN) : (double?)null).Distinct()];
        _null = nulls.Length == 1 ? nulls[0] : null;
        _shown = Thinned(result);
        _reference = result.Reference is { } reference ? Enumerable.Range(0, _shown.Count).First(i => _shown[i].Number == reference.Number) : -1;
        var log = measures.All(ForestAxis.IsRatio);
        var (lower, upper) = Range(_shown, _null, log);
        Axis Along(double bottom, double top) => Axis.Covering(log, lower, upper, bottom, top, _theme.TextSize, vertical: true);

        _axisTitle = TextMetrics.Wrap(PlotText.Capitalised(Effect(result)) + (log ? " (log scale)" : ""), CurveHeight, _theme.TextSize);
        var ticks = Along(CurveHeight, 0).Ticks.Select(tick => Width(tick.Label)).DefaultIfEmpty(0).Max();
        var names = Choices.SelectMany(f => Wrapped(result.Factors[f].Name, true).Select(line => Width(line, true)).Concat(result.Factors[f].Levels.SelectMany(level => Wrapped(level, false)).Select(line => Width(line)))).DefaultIfEmpty(0).Max();
        var left = _theme.Margin + Math.Max(names + Gap, _axisTitle.Count * LineHeight + 4 + ticks + TickLength + 3);
        _step = Math.Clamp(560.0 / _shown.Count, 2, 14);
        var width = Math.Max(300, _step * _shown.Count);
        _step = width / _shown.Count;
        _width = left + width + _theme.Margin;
        _title = options.Title is null ? [] : TextMetrics.Wrap(options.Title, _width - 2 * _theme.Margin, _theme.TitleSize, bold: true);
        var top = _theme.Margin + (_title.Count == 0 ? 4 : _title.Count * 1.3 * _theme.TitleSize + 8);
        _area = new Box(left, top, left + width, top + CurveHeight);
        _axis = Along(_area.Bottom, _area.Top);

        Remarks = [];
        if (_shown.Count < result.Specifications.Count)
        {
            Remarks.Add(FormattableString.Invariant($"Shown are {_shown.Count} of {result.Specifications.Count:N0} specifications, evenly spaced in the order, with the first, the last and the reference."));
        }

        if (_shown.Any(s => !_axis.Covers(s.NaturalLower) || !_axis.Covers(s.NaturalUpper)))
        {
            Remarks.Add("Long intervals end at the edge of the picture.");
        }
    }

    /// <summary>What the reader must know about what is not shown.</summary>
    public List<string> Remarks { get; }

    /// <summary>What the estimates are: "risk ratio or odds ratio".</summary>
    public static string Effect(MultiverseResult result) => string.Join(" or ", MeasuresOf(result).Select(measure => measure.ReadAs).Distinct(StringComparer.Ordinal));

    private static List<Measure> MeasuresOf(MultiverseResult result) => [.. result.Factors[0].Levels.Select(Measures.Find)];

    /// <summary>The choices that there are, as places among the factors.</summary>
    private IEnumerable<int> Choices => Enumerable.Range(0, _result.Factors.Count).Where(f => _result.Factors[f].Levels.Count > 1);

    private double LineHeight => 1.35 * _theme.TextSize;

    public Scene Scene()
    {
        List<Mark> marks = [];
        var y = _theme.Margin;
        foreach (var line in _title)
        {
            marks.Add(Text(_theme.Margin, y + 0.65 * _theme.TitleSize, line, TextAnchor.Start, true, _theme.TitleSize));
            y += 1.3 * _theme.TitleSize;
        }

        AddAxis(marks);
        List<Mark> rows = [];
        var bottom = AddChoices(marks, rows);
        if (_null is { } none && _axis.Covers(none))
        {
            marks.Add(new LineMark(_area.Left, _axis.At(none), _area.Right, _axis.At(none), _theme.Ink, 0.75, "4 3"));
        }

        if (_reference >= 0)
        {
            marks.Add(new LineMark(X(_reference), _area.Top, X(_reference), bottom, _theme.Pooled, 1));
        }

        marks.AddRange(rows);
        AddCurve(marks);
        return new Scene(_width, AddLegend(marks, bottom + Gap) + _theme.Margin - 4, _theme.Paper, marks);
    }

    /// <summary>Evenly spaced ones where there are too many, the reference in place of its neighbour.</summary>
    private static IReadOnlyList<Specification> Thinned(MultiverseResult result)
    {
        var all = result.Curve;
        if (all.Count <= MostColumns)
        {
            return all;
        }

        int[] places = [.. Enumerable.Range(0, MostColumns).Select(i => (int)((long)i * (all.Count - 1) / (MostColumns - 1)))];
        if (result.Reference is { } reference)
        {
            // Never in place of the first or the last, which are the reference only where they are shown anyway.
            var place = Enumerable.Range(0, all.Count).First(i => all[i].Number == reference.Number);
            if (!places.Contains(place))
            {
                places[Enumerable.Range(1, MostColumns - 2).MinBy(i => Math.Abs(places[i] - place))] = place;
                Array.Sort(places);
            }
        }

        return [.. places.Select(place => all[place])];
    }

    /// <summary>All estimates and the value of no effect, and the intervals unless they reach out much further than the estimates spread or half of the intervals are long.</summary>
    private static (double Lower, double Upper) Range(IReadOnlyList<Specification> shown, double? none, bool log)
    {
        double At(double value) => log ? Math.Log(value) : value;
        double From(double value) => log ? Math.Exp(value) : value;
        List<double> anchors = [.. shown.Select(s => s.Natural).Concat(none is { } value ? [value] : []).Select(At).Where(double.IsFinite)];
        if (anchors.Count == 0)
        {
            return log ? (0.1, 10) : (0, 1);
        }

        var lengths = shown.Select(s => At(s.NaturalUpper) - At(s.NaturalLower)).Where(double.IsFinite).Order().ToList();
        var (least, most) = (anchors.Min(), anchors.Max());
        var reach = 1.5 * Math.Max(most - least, lengths.Count == 0 ? 0 : lengths[lengths.Count / 2]);
        return (
            From(shown.Select(s => At(s.NaturalLower)).Where(end => end >= least - reach && end <= least).Append(least).Min()),
            From(shown.Select(s => At(s.NaturalUpper)).Where(end => end <= most + reach && end >= most).Append(most).Max()));
    }

    /// <summary>Whether an interval excludes no effect.</summary>
    private bool Excludes(Specification s) => _null is { } none && (s.NaturalLower > none || s.NaturalUpper < none);

    private double X(int column) => _area.Left + (column + 0.5) * _step;

    private void AddAxis(List<Mark> marks)
    {
        marks.Add(new LineMark(_area.Left, _area.Top, _area.Left, _area.Bottom, _theme.Ink, 0.75));
        foreach (var (value, label) in _axis.Ticks)
        {
            var y = _axis.At(value);
            marks.Add(new LineMark(_area.Left - TickLength, y, _area.Left, y, _theme.Ink, 0.75));
            marks.Add(Text(_area.Left - TickLength - 3, y, label, TextAnchor.End));
        }

        var ticks = _axis.Ticks.Select(tick => Width(tick.Label)).DefaultIfEmpty(0).Max();
        for (var line = 0; line < _axisTitle.Count; line++)
        {
            var x = _area.Left - TickLength - 3 - ticks - 4 - (_axisTitle.Count - line - 0.5) * LineHeight;
            marks.Add(new TextMark(x + 0.358 * _theme.TextSize, (_area.Top + _area.Bottom) / 2, _axisTitle[line], _theme.TextSize, _theme.Ink, TextAnchor.Middle, Turned: true));
        }
    }

    private void AddCurve(List<Mark> marks)
    {
        var radius = Math.Clamp(0.4 * _step, 1, 3);
        for (var i = 0; i < _shown.Count; i++)
        {
            var (s, x) = (_shown[i], X(i));
            var colour = Colour(i);
            if (_axis.At(s.NaturalLower) is var from && _axis.At(s.NaturalUpper) is var to && double.IsFinite(from) && double.IsFinite(to))
            {
                marks.Add(new LineMark(x, from, x, to, colour, i == _reference ? 3 : Math.Min(1.2, 0.5 * _step)));
            }

            if (i != _reference)
            {
                marks.Add(IsUnclear(i) && radius >= HollowRadius
                    ? new CircleMark(x, _axis.At(s.Natural), radius, _theme.Paper, 1, new Stroke(colour, 1.2))
                    : new CircleMark(x, _axis.At(s.Natural), radius, colour));
            }
        }

        if (_reference >= 0)
        {
            marks.Add(ReferenceSymbol.At(X(_reference), _axis.At(_shown[_reference].Natural), 4.5));
        }
    }

    private PointSymbol ReferenceSymbol => new(3, _theme.Pooled, _theme.Paper);

    private string Colour(int column) => column == _reference ? _theme.Pooled : IsUnclear(column) ? _theme.Faint : _theme.Effect;

    /// <summary>Whether an estimate's interval holds no effect: its marks are hollow or low besides their colour.</summary>
    private bool IsUnclear(int column) => _null is not null && !Excludes(_shown[column]);

    /// <summary>A row for each alternative, with a mark under each estimate that has it; returns where they end below.</summary>
    private double AddChoices(List<Mark> behind, List<Mark> marks)
    {
        var y = _area.Bottom + Gap;
        var isBand = true;
        foreach (var f in Choices)
        {
            var factor = _result.Factors[f];
            foreach (var line in Wrapped(factor.Name, true))
            {
                marks.Add(Text(_area.Left - Gap, y + LineHeight / 2, line, TextAnchor.End, true));
                y += LineHeight;
            }

            for (var level = 0; level < factor.Levels.Count; level++)
            {
                var lines = Wrapped(factor.Levels[level], false);
                var height = lines.Count * LineHeight;
                if (isBand)
                {
                    behind.Add(new BoxMark(new Box(_area.Left, y, _area.Right, y + height), _theme.Band));
                }

                isBand = !isBand;
                AddRow(marks, f, level, y + height / 2);
                foreach (var line in lines)
                {
                    marks.Add(Text(_area.Left - Gap, y + LineHeight / 2, line, TextAnchor.End));
                    y += LineHeight;
                }
            }

            y += 3;
        }

        return y;
    }

    /// <summary>Neighbours with the same alternative share a mark where single ones would not be told apart.</summary>
    private void AddRow(List<Mark> marks, int factor, int level, double middle)
    {
        var (high, low) = (0.32 * LineHeight, 0.14 * LineHeight);
        for (var from = 0; from < _shown.Count; from++)
        {
            if (!Has(from))
            {
                continue;
            }

            var to = from;
            while (_step < 5 && to + 1 < _shown.Count && Has(to + 1) && Colour(to + 1) == Colour(from))
            {
                to++;
            }

            var side = to > from ? _step / 2 : Math.Min(0.3 * _step, 2);
            var half = IsUnclear(from) && from != _reference ? low : high;
            marks.Add(new BoxMark(new Box(X(from) - side, middle - half, X(to) + side, middle + half), Colour(from)));
            from = to;
        }

        bool Has(int shown) => _result.IsChosen(_shown[shown], factor) && _result.LevelOf(_shown[shown], factor) == level;
    }

    /// <summary>The keys and remarks at the foot; returns where they end below.</summary>
    private double AddLegend(List<Mark> marks, double y)
    {
        List<LegendEntry> legend = [];
        if (_reference >= 0)
        {
            var reference = _shown[_reference];
            var digits = PlotText.Digits(MeasuresOf(_result)[0], reference.NaturalUpper - reference.NaturalLower);
            legend.Add(LegendEntry.Symbol(
                $"Reference: {PlotNumbers.Fixed(reference.Natural, digits)} [{PlotNumbers.Fixed(reference.NaturalLower, digits)}, {PlotNumbers.Fixed(reference.NaturalUpper, digits)}] ({_result.Describe(reference)})", ReferenceSymbol));
        }

        var all = _result.Specifications;
        if (_null is not null)
        {
            var excluding = all.Count(Excludes);
            legend.Add(LegendEntry.Area(FormattableString.Invariant($"The interval excludes no effect: {excluding} of {all.Count}"), _theme.Effect, 1, _theme));
            legend.Add(new LegendEntry(FormattableString.Invariant($"It does not: {all.Count - excluding}"), (x, middle) => [new BoxMark(new Box(x - 8, middle - 2, x + 8, middle + 2), _theme.Faint)]));
        }

        var left = _theme.Margin + LegendEntry.KeyWidth + 7;
        foreach (var entry in legend)
        {
            marks.AddRange(entry.Key(_theme.Margin + LegendEntry.KeyWidth / 2, y + LineHeight / 2));
            foreach (var line in TextMetrics.Wrap(entry.Text, _width - _theme.Margin - left, _theme.TextSize))
            {
                marks.Add(Text(left, y + LineHeight / 2, line, TextAnchor.Start));
                y += LineHeight;
            }

            y += 3;
        }

        foreach (var line in Remarks.SelectMany(remark => TextMetrics.Wrap(remark, _width - 2 * _theme.Margin, _theme.SmallSize)))
        {
            marks.Add(Text(_theme.Margin, y + 0.65 * _theme.SmallSize, line, TextAnchor.Start, false, _theme.SmallSize));
            y += 1.3 * _theme.SmallSize;
        }

        return y;
    }

    private List<string> Wrapped(string text, bool bold) => TextMetrics.Wrap(bold ? PlotText.Capitalised(text) : text, NamesWidth, _theme.TextSize, bold);

    private double Width(string text, bool bold = false) => TextMetrics.Width(text, _theme.TextSize, bold);

    private TextMark Text(double x, double centre, string text, TextAnchor anchor, bool bold = false, double? size = null) =>
        new(x, centre + 0.358 * (size ?? _theme.TextSize), text, size ?? _theme.TextSize, _theme.Ink, anchor, bold);
}
