namespace MetaSpine;

/// <summary>Draws the right side of a forest plot: squares, diamonds, intervals, reference lines and the axis.</summary>
internal sealed class ForestInk(Axis axis, PlotTheme theme, List<Mark> marks, IReadOnlyList<ForestRow> rows)
{
    private const double LargestSquare = 11;
    private const double SmallestSquare = 3;
    private const double DiamondHalf = 6;
    private const double Arrow = 6;
    private const double TickLength = 4;

    private readonly double _largestWeight = rows.Select(row => row.Weight).Where(double.IsFinite).DefaultIfEmpty(1).Max();

    /// <summary>Where the line of no effect is; null without one.</summary>
    public double? NullX { get; private set; }

    /// <summary>The line of no effect, where the measure has such a value and the axis shows it.</summary>
    public void NullLine(EffectSizes effects, double top, double bottom)
    {
        if (effects.Measure.NullValue is { } none && Inside(effects.BackTransform(none)))
        {
            NullX = axis.X(effects.BackTransform(none));
            marks.Add(new LineMark(NullX.Value, top, NullX.Value, bottom, theme.Faint, 0.75));
        }
    }

    /// <summary>The dashed line that leads up from the overall estimate.</summary>
    public void EstimateLine(double estimate, double top, double bottom)
    {
        if (Inside(estimate))
        {
            marks.Add(new LineMark(axis.X(estimate), top, axis.X(estimate), bottom, theme.Pooled, 0.75, "3 3"));
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
                Study(row, y);
                break;
            case ForestRowKind.Prediction:
                Interval(row, y, 3.5, theme.Pooled);
                break;
            case ForestRowKind.Subtotal or ForestRowKind.Total:
                Diamond(row, y);
                break;
        }
    }

    /// <summary>The axis at a height; returns where its labels end.</summary>
    public double Axis(double y)
    {
        marks.Add(new LineMark(axis.X(axis.Lower), y, axis.X(axis.Upper), y, theme.Ink, 0.75));
        foreach (var (value, label) in axis.Ticks)
        {
            var x = axis.X(value);
            marks.Add(new LineMark(x, y, x, y + TickLength, theme.Ink, 0.75));
            marks.Add(new TextMark(x, y + TickLength + 12, label, theme.TextSize, theme.Ink, TextAnchor.Middle));
        }

        return y + TickLength + 16;
    }

    private bool Inside(double value) => value >= axis.Lower && value <= axis.Upper;

    private void Study(ForestRow row, double y)
    {
        if (Inside(row.Estimate))
        {
            // The area, not the side, is proportional to the weight: it is the area that the eye compares.
            var half = Math.Max(SmallestSquare, LargestSquare * Math.Sqrt(row.Weight / _largestWeight)) / 2;
            var x = axis.X(row.Estimate);
            marks.Add(new BoxMark(new Box(x - half, y - half, x + half, y + half), theme.Effect));
        }

        Interval(row, y, 1.1, theme.Ink);
    }

    /// <summary>An interval as a line, with an arrow where it leaves the axis.</summary>
    private void Interval(ForestRow row, double y, double thickness, string colour)
    {
        var (left, right) = (axis.X(row.Lower), axis.X(row.Upper));
        var (cutLeft, cutRight) = (row.Lower < axis.Lower, row.Upper > axis.Upper);
        marks.Add(new LineMark(left + (cutLeft ? Arrow - 1 : 0), y, right - (cutRight ? Arrow - 1 : 0), y, colour, thickness));
        Arrows(left, right, cutLeft, cutRight, y, colour);
    }

    private void Arrows(double left, double right, bool cutLeft, bool cutRight, double y, string colour)
    {
        if (cutLeft)
        {
            marks.Add(new PolygonMark([(left, y), (left + Arrow, y - Arrow * 0.6), (left + Arrow, y + Arrow * 0.6)], colour));
        }

        if (cutRight)
        {
            marks.Add(new PolygonMark([(right, y), (right - Arrow, y - Arrow * 0.6), (right - Arrow, y + Arrow * 0.6)], colour));
        }
    }

    /// <summary>A diamond from bound to bound; where it leaves the axis it is cut off before an arrow.</summary>
    private void Diamond(ForestRow row, double y)
    {
        var (left, right) = (axis.X(row.Lower), axis.X(row.Upper));
        var (cutLeft, cutRight) = (row.Lower < axis.Lower, row.Upper > axis.Upper);
        if (Inside(row.Estimate))
        {
            var centre = axis.X(row.Estimate);
            marks.Add(new PolygonMark(
                [
                    .. Corner(axis.Beyond(row.Lower), centre, cutLeft ? Math.Min(left + Arrow + 2, centre) : left, y),
                    (centre, y - DiamondHalf),
                    .. Corner(axis.Beyond(row.Upper), centre, cutRight ? Math.Max(right - Arrow - 2, centre) : right, y).Reverse(),
                    (centre, y + DiamondHalf),
                ],
                theme.Pooled));
        }

        Arrows(left, right, cutLeft, cutRight, y, theme.Pooled);
    }

    /// <summary>The end of a diamond whose tip is at x, cut off at another x: one point, or the two of the cut, the lower one first.</summary>
    private static (double X, double Y)[] Corner(double tip, double centre, double cut, double y)
    {
        var half = tip == cut || centre == cut ? 0 : double.IsInfinity(tip) ? DiamondHalf : DiamondHalf * (cut - tip) / (centre - tip);
        return half == 0 ? [(cut, y)] : [(cut, y + half), (cut, y - half)];
    }
}
