namespace MetaSpine;

/// <summary>
/// A column of a table, measured and placed. A cell consists of parts that line up with the same parts of the other rows;
/// a cell with fewer parts than the column is one text that ends where the column does.
/// </summary>
internal sealed class PlotColumn
{
    private readonly TextAnchor[] _anchors;
    private readonly double _gap;
    private readonly double[] _widths;
    private double _contentWidth;

    /// <param name="group">The heading over this and its neighbours of the same group; null for none.</param>
    /// <param name="heading">The lines of its own heading.</param>
    /// <param name="gap">Between the parts, in pixels.</param>
    /// <param name="anchors">How the texts of each part line up.</param>
    public PlotColumn(string? group, IReadOnlyList<string> heading, double gap, params TextAnchor[] anchors)
    {
        Group = group;
        Heading = heading;
        _gap = gap;
        _anchors = anchors;
        _widths = new double[anchors.Length];
    }

    public string? Group { get; }

    public IReadOnlyList<string> Heading { get; }

    public double Left { get; set; }

    public double Width { get; private set; }

    public double Right => Left + Width;

    public void Measure(IEnumerable<(string[] Cell, bool Bold)> cells, double size)
    {
        foreach (var (cell, bold) in cells)
        {
            if (cell.Length < _anchors.Length)
            {
                _contentWidth = Math.Max(_contentWidth, cell.Length == 0 ? 0 : TextMetrics.Width(cell[0], size, bold));
                continue;
            }

            for (var part = 0; part < cell.Length; part++)
            {
                _widths[part] = Math.Max(_widths[part], TextMetrics.Width(cell[part], size, bold));
            }
        }

        _contentWidth = Math.Max(_contentWidth, _widths.Sum() + _gap * (_widths.Length - 1));
        Width = _contentWidth;
        foreach (var line in Heading)
        {
            Widen(TextMetrics.Width(line, size, bold: true));
        }
    }

    public void Widen(double width) => Width = Math.Max(Width, width);

    /// <summary>Where its heading stands: over numbers that end in line at their end, otherwise in the middle.</summary>
    public (double X, TextAnchor Anchor) HeadingPlace =>
        _anchors.Length == 1 ? (Right, TextAnchor.End) : (Left + Width / 2, TextAnchor.Middle);

    /// <summary>The parts of a cell with their places.</summary>
    public IEnumerable<(string Text, double X, TextAnchor Anchor)> Place(string[] cell)
    {
        var right = _anchors.Length == 1 ? Right : Left + (Width + _contentWidth) / 2;
        if (cell.Length < _anchors.Length)
        {
            return cell.Select(text => (text, right, TextAnchor.End));
        }

        var x = right - _widths.Sum() - _gap * (_widths.Length - 1);
        return cell.Select((text, part) =>
        {
            var left = x;
            x += _widths[part] + _gap;
            return (text, _anchors[part] == TextAnchor.Start ? left : left + _widths[part], _anchors[part]);
        }).Where(part => part.text.Length > 0).ToList();
    }
}
