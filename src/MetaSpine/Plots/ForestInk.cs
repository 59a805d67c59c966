namespace MetaSpine;

/// <summary>Draws the picture within a forest plot: squares, diamonds, intervals, reference lines and the axis.</summary>
internal sealed class ForestInk
{
    private const double LargestSquare = 11;
    private const double SmallestSquare = 3;
    private const double DiamondHalf = 6;
    private const double SmallDiamondHalf = 4;
    private const double Arrow = 6;
    private const double TickLength = 4;

    /// <summary>The side of every square where the model has no weights: a size would claim one.</summary>
    private const double UnweightedSquare = 6;

    /// <summary>Half the width of what stands for an interval of no width, so that it can be seen.</summary>
    private const double Narrowest = 1.5;

    /// <summary>How much higher than a line of text a distribution is.</summary>
    public const double DensityHeight = 22;

    private readonly Axis _axis;
    private readonly ForestPlotOptions _options;
    private readonly PlotTheme _theme;
    private readonly List<Mark> _marks;
    private readonly double _largestWeight;
    private readonly double _unit;

    /// <param name="axis">The axis.</param>
    /// <param name="options">The options.</param>
    /// <param name="marks">Where the marks go.</param>
    /// <param name="rows">The rows, the largest weight among them.</param>
    public ForestInk(Axis axis, ForestPlotOptions options, List<Mark> marks, IReadOnlyList<ForestRow> rows)
    {
        (_axis, _options, _theme, _marks) = (axis, options, options.Theme, marks);
        _largestWeight = rows.Where(row => row.Kind == ForestRowKind.Study && row.Weight > 0).Select(row => row.Weight).DefaultIfEmpty(1).Max();
        _unit = _theme.TextSize / 12;
    }

    /// <summary>Where a value is; null where the axis does not show it.</summary>
    public double? At(double? value) => value is { } known && _axis.Covers(known) ? _axis.X(known) : null;

    /// <summary>The line of no effect.</summary>
    public void NullLine(double value, double top, double bottom)
    {
        if (At(value) is { } x)
        {
            _marks.Add(new LineMark(x, top, x, bottom, _theme.Faint, 0.75));
        }
    }

    /// <summary>The dashed line that leads up from the overall estimate.</summary>
    public void EstimateLine(double estimate, double top, double bottom)
    {
        if (At(estimate) is { } x)
        {
            _marks.Add(new LineMark(x, top, x, bottom, _theme.Pooled, 0.75, "3 3"));
        }
    }

    /// <summary>A row's symbol at a height.</summary>
    public void Draw(ForestRow row, double y)
    {
        if (double.IsNaN(row.Estimate) || double.IsNaN(row.Lower) || double.IsNaN(row.Upper))
        {
            return;
        }

        switch (row.Kind)
        {
            case ForestRowKind.Study:
                Square(row, y);
                break;
            case ForestRowKind.Step:
                Interval(row, y, 1.1, _theme.Ink);
                if (At(row.Estimate) is { } x)
                {
                    _marks.Add(new CircleMark(x, y, 3.5 * _unit, _theme.Pooled));
                }

                break;
            case ForestRowKind.Prediction:
                Prediction(row, y);
                break;
            case ForestRowKind.Cluster:
                Diamond(row, y, _theme.Effect, null);
                break;
            case ForestRowKind.Subtotal or ForestRowKind.Total:
                Diamond(row, y, _theme.Pooled, null);
                break;
            case ForestRowKind.OtherModel:
                Diamond(row, y, _theme.Paper, new Stroke(_theme.Pooled, 1.25));
                break;
        }
    }

    /// <summary>The axis at a height; returns where its labels end.</summary>
    public double Axis(double y)
    {
        _marks.Add(new LineMark(_axis.X(_axis.Lower), y, _axis.X(_axis.Upper), y, _theme.Ink, 0.75));
        foreach (var (value, label) in _axis.Ticks)
        {
            var x = _axis.X(value);
            _marks.Add(new LineMark(x, y, x, y + TickLength, _theme.Ink, 0.75));
            _marks.Add(new TextMark(x, y + TickLength + _theme.TextSize, label, _theme.TextSize, _theme.Ink, TextAnchor.Middle));
        }

        return y + TickLength + 4 * _theme.TextSize / 3;
    }

    /// <summary>The axis once more over a tall plot, its ticks standing on the rule; labels that would reach over the neighbouring headings are left out.</summary>
    public void AxisAbove(double y, double left, double right)
    {
        foreach (var (value, label) in _axis.Ticks)
        {
            var (x, half) = (_axis.X(value), TextMetrics.Width(label, _theme.TextSize) / 2);
            _marks.Add(new LineMark(x, y - TickLength, x, y, _theme.Ink, 0.75));
            if (x - half >= left && x + half <= right)
            {
                _marks.Add(new TextMark(x, y - TickLength - 0.3 * _theme.TextSize, label, _theme.TextSize, _theme.Ink, TextAnchor.Middle));
            }
        }
    }

    private void Square(ForestRow row, double y)
    {
        if (At(row.Estimate) is { } x)
        {
            // The area, not the side, is proportional to the weight: it is the area that the eye compares. Correlated effects can have a negative weight.
            var side = double.IsNaN(row.Weight) ? UnweightedSquare : Math.Max(SmallestSquare, LargestSquare * Math.Sqrt(Math.Max(0, row.Weight / _largestWeight)));
            _marks.Add(new BoxMark(new Box(x, y, x, y).Grown(_unit * side / 2), _theme.Effect));
            Interval(row, y, 1.1, _theme.Ink, (x - _unit * side / 2, x + _unit * side / 2));
            return;
        }

        Interval(row, y, 1.1, _theme.Ink);
    }

    private void Prediction(ForestRow row, double y)
    {
        if (_options.Prediction == PredictionStyle.Line)
        {
            Interval(row, y, 1.1, _theme.Pooled);
            foreach (var end in new[] { row.Lower, row.Upper })
            {
                if (At(end) is { } x)
                {
                    _marks.Add(new LineMark(x, y - 4 * _unit, x, y + 4 * _unit, _theme.Pooled, 1.1));
                }
            }

            return;
        }

        if (_options.Prediction == PredictionStyle.Distribution && row is { Result: { } result, Predicted: { } predicted })
        {
            var bottom = y + 4 * _unit;
            var curve = ForestDensity.Of(result, predicted, _axis);
            var height = _unit * DensityHeight;
            Shade(curve, bottom, height, 0.22);
            Shade([.. curve.Where(point => point.X >= _axis.X(row.Lower) && point.X <= _axis.X(row.Upper))], bottom, height, 0.38);
            Interval(row, bottom, 2, _theme.Pooled);
            return;
        }

        Interval(row, y, 3.5, _theme.Pooled);
    }

    private void Shade(IReadOnlyList<(double X, double Height)> curve, double bottom, double height, double opacity)
    {
        if (curve.Count > 1)
        {
            _marks.Add(new PolygonMark([(curve[0].X, bottom), .. curve.Select(point => (point.X, bottom - height * point.Height)), (curve[^1].X, bottom)], _theme.Pooled, opacity));
        }
    }

    /// <summary>An interval as a line, with an arrow where it leaves the axis; over a square, from left to right, the arrow has the colour of the paper.</summary>
    private void Interval(ForestRow row, double y, double thickness, string colour, (double Left, double Right)? square = null)
    {
        var (left, right, cutLeft, cutRight) = Ends(row);
        _marks.Add(new LineMark(left + (cutLeft ? Arrow - 1 : 0), y, right - (cutRight ? Arrow - 1 : 0), y, colour, thickness * _unit));
        Arrows(left, right, cutLeft && !IsOver(square, left), cutRight && !IsOver(square, right), y, colour);
        Arrows(left, right, cutLeft && IsOver(square, left), cutRight && IsOver(square, right), y, _theme.Paper);
    }

    /// <summary>Whether an arrow whose tip is at x lies over a square, its tip too.</summary>
    private static bool IsOver((double Left, double Right)? square, double x) => square is var (left, right) && left < x + 1 && right > x - 1;

    private (double Left, double Right, bool CutLeft, bool CutRight) Ends(ForestRow row)
    {
        var (left, right) = (_axis.X(row.Lower), _axis.X(row.Upper));
        var missing = Math.Max(0, 2 * Narrowest - (right - left)) / 2;
        return (left - missing, right + missing, row.Lower < _axis.Lower, row.Upper > _axis.Upper);
    }

    private void Arrows(double left, double right, bool cutLeft, bool cutRight, double y, string colour)
    {
        if (cutLeft)
        {
            _marks.Add(new PolygonMark([(left, y), (left + Arrow, y - Arrow * 0.6), (left + Arrow, y + Arrow * 0.6)], colour));
        }

        if (cutRight)
        {
            _marks.Add(new PolygonMark([(right, y), (right - Arrow, y - Arrow * 0.6), (right - Arrow, y + Arrow * 0.6)], colour));
        }
    }

    /// <summary>A diamond from bound to bound; where it leaves the axis it is cut off before an arrow, and what is left of it stays.</summary>
    private void Diamond(ForestRow row, double y, string fill, Stroke? outline)
    {
        var (left, right, cutLeft, cutRight) = Ends(row);
        if (DiamondOf(row, y) is { Count: > 0 } corners)
        {
            _marks.Add(new PolygonMark(corners, fill, 1, outline) { Part = row.Part });
        }

        Arrows(left, right, cutLeft, cutRight, y, row.Kind == ForestRowKind.Cluster ? fill : _theme.Pooled);
    }

    /// <summary>The corners of a row's diamond at a height; empty where it lies beyond the axis.</summary>
    public IReadOnlyList<(double X, double Y)> DiamondOf(ForestRow row, double y)
    {
        var (left, right, cutLeft, cutRight) = Ends(row);
        var (from, to) = (cutLeft ? left + Arrow + 2 : left, cutRight ? right - Arrow - 2 : right);
        if (from >= to)
        {
            return [];
        }

        var (first, last) = (cutLeft ? _axis.Beyond(row.Lower) : left, cutRight ? _axis.Beyond(row.Upper) : right);
        var centre = Math.Clamp(_axis.Beyond(row.Estimate), double.IsInfinity(first) ? from : first, double.IsInfinity(last) ? to : last);
        var height = row.Kind == ForestRowKind.Cluster ? SmallDiamondHalf : DiamondHalf;
        double Half(double x) => height * _unit * (x < centre ? Share(x, first, centre) : Share(x, last, centre));
        List<double> places = [from, .. centre > from && centre < to ? new[] { centre } : [], to];
        return
        [
            .. places.Take(1).Where(x => Half(x) > 0).Select(x => (x, y + Half(x))),
            .. places.Select(x => (x, y - Half(x))),
            .. places.Skip(1).Reverse().Where(x => Half(x) > 0).Select(x => (x, y + Half(x))),
        ];
    }

    /// <summary>How high a diamond is at a place, as a share of its middle: it rises evenly from its tip.</summary>
    private static double Share(double x, double tip, double centre) => x == centre || double.IsInfinity(tip) ? 1 : (x - tip) / (centre - tip);
}
