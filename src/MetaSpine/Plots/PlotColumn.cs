namespace MetaSpine;

/// <summary>
/// A column of a table, measured and placed. A cell consists of parts that line up with the same parts of the other rows;
/// a cell with fewer parts than the column is one text that ends where the column does.
/// </summary>
internal sealed class PlotColumn
{
    /// <summary>The widest running text in em; longer ones are broken.</summary>
    private const double WidestText = 13;

    private readonly ForestField _field;
    private readonly double _size;
    private readonly double[] _widths;
    private double _contentWidth;

    /// <param name="field">What it shows.</param>
    /// <param name="size">The size of its texts in pixels.</param>
    public PlotColumn(ForestField field, double size)
    {
        _field = field;
        _size = size;
        _widths = new double[field.Anchors.Count];
    }

    public string? Group => _field.Group;

    public IReadOnlyList<string> Heading => _field.Heading;

    public double GapBefore => _field.GapBefore;

    public bool HasSigns => _field.Kind == ForestFieldKind.Sign;

    public double Left { get; set; }

    public double Width { get; private set; }

    public double Right => Left + Width;

    public double Middle => Left + Width / 2;

    public void Measure(IEnumerable<(string[] Cell, bool Bold)> cells)
    {
        foreach (var (cell, bold) in cells)
        {
            if (HasSigns)
            {
                _contentWidth = 1.2 * _size;
            }
            else if (cell.Length < _widths.Length)
            {
                _contentWidth = Math.Max(_contentWidth, cell.Length == 0 ? 0 : TextMetrics.Width(cell[0], _size, bold));
            }
            else if (_field.Kind == ForestFieldKind.Text)
            {
                _contentWidth = Math.Max(_contentWidth, Lines(cell).Max(line => TextMetrics.Width(line, _size, bold)));
            }
            else
            {
                for (var part = 0; part < cell.Length; part++)
                {
                    _widths[part] = Math.Max(_widths[part], TextMetrics.Width(cell[part], _size, bold));
                }
            }
        }

        _contentWidth = Math.Max(_contentWidth, PartsWidth);
        Width = _contentWidth;
        foreach (var line in Heading)
        {
            Widen(TextMetrics.Width(line, _size, bold: true));
        }
    }

    public void Widen(double width) => Width = Math.Max(Width, width);

    /// <summary>Where its heading stands: over numbers that end in line at their end, over text at its begin, otherwise in the middle.</summary>
    public (double X, TextAnchor Anchor) HeadingPlace => _field.Anchors switch
    {
        [TextAnchor.End] => (Right, TextAnchor.End),
        [TextAnchor.Start] => (Left, TextAnchor.Start),
        _ => (Middle, TextAnchor.Middle),
    };

    /// <summary>The number of lines that a cell takes.</summary>
    public int LineCount(string[] cell) => _field.Kind == ForestFieldKind.Text ? Lines(cell).Count : 1;

    /// <summary>The texts of a cell with their places; the line is counted from 0.</summary>
    public IEnumerable<(string Text, double X, TextAnchor Anchor, int Line)> Place(string[] cell)
    {
        if (_field.Kind == ForestFieldKind.Text)
        {
            return Lines(cell).Select((line, index) => (line, Left, TextAnchor.Start, index)).Where(line => line.line.Length > 0);
        }

        var right = _widths.Length == 1 ? Right : Left + (Width + _contentWidth) / 2;
        if (cell.Length < _widths.Length)
        {
            return cell.Select(text => (text, right, TextAnchor.End, 0));
        }

        var x = right - PartsWidth;
        return cell.Select((text, part) =>
        {
            var left = x + Gap(part);
            x = left + _widths[part];
            return (Text: text, _field.Anchors[part] == TextAnchor.Start ? left : x, _field.Anchors[part], 0);
        }).Where(part => part.Text.Length > 0).ToList();
    }

    private double PartsWidth => _widths.Select((width, part) => width + Gap(part)).Sum();

    private double Gap(int part) => part == 0 ? 0 : _field.Gaps[part - 1];

    private List<string> Lines(string[] cell) => cell.Length == 0 ? [] : TextMetrics.Wrap(cell[0], WidestText * _size, _size);
}
