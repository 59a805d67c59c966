namespace MetaSpine;

/// <summary>The words that say what either side of no effect means, over the picture or under its axis.</summary>
internal sealed class ForestSides
{
    private const double FromMiddle = 8;

    private readonly PlotTheme _theme;
    private readonly List<Mark> _marks;
    private readonly double _split;
    private readonly List<string> _left;
    private readonly List<string> _right;

    /// <param name="options">The words.</param>
    /// <param name="none">Where no effect is; null where the picture does not show it.</param>
    /// <param name="picture">Where the picture begins and ends.</param>
    /// <param name="width">The width of the whole.</param>
    /// <param name="marks">Where the marks go.</param>
    public ForestSides(ForestPlotOptions options, double? none, (double Left, double Right) picture, double width, List<Mark> marks)
    {
        (_theme, _marks) = (options.Theme, marks);
        StandAbove = ForestStyle.Of(_theme).FavoursAbove;
        var (wide, narrow) = (16 * _theme.TextSize, 80 * _theme.TextSize / 12);

        // Over the picture the neighbouring headings stand at the same height; under it there is room to either side.
        var (from, to) = StandAbove ? picture : (_theme.Margin, width - _theme.Margin);
        _split = Math.Clamp(none ?? (picture.Left + picture.Right) / 2, from + narrow, to - narrow);
        Width = width;
        if (!StandAbove && options.FavoursRight is { } right)
        {
            // Where the picture stands at the right, the words beside it get the room of a short sentence.
            to = Math.Max(to, Math.Ceiling(_split + 2 * FromMiddle + Math.Min(TextMetrics.Width(right + " →", _theme.TextSize), wide)));
            Width = to + _theme.Margin;
        }


        // The arrow stays with the word beside it.
        List<string> Lines(string? text, double room) =>
            string.IsNullOrEmpty(text) ? [] : TextMetrics.Wrap(text, Math.Min(room, wide) - FromMiddle, _theme.TextSize).ConvertAll(line => line.Replace('\u00A0', ' '));
        _left = Lines(options.FavoursLeft is { Length: > 0 } less ? "←\u00A0" + less : null, _split - from);
        _right = Lines(options.FavoursRight is { Length: > 0 } more ? more + "\u00A0→" : null, to - _split);
    }

    /// <summary>Whether they stand over the picture, as in some journals.</summary>
    public bool StandAbove { get; }

    /// <summary>The width of the whole, wider where the words take it.</summary>
    public double Width { get; }

    public double Height => LineHeight * Math.Max(_left.Count, _right.Count);

    private double LineHeight => 1.25 * _theme.TextSize;

    /// <summary>Draws them from a height on; returns where they end. Over the picture they end at the same height, under it they begin there.</summary>
    public double Draw(double y)
    {
        Draw(_left, y, _split - FromMiddle, TextAnchor.End);
        Draw(_right, y, _split + FromMiddle, TextAnchor.Start);
        return y + Height;
    }

    private void Draw(List<string> lines, double y, double x, TextAnchor anchor)
    {
        y += StandAbove ? Height - lines.Count * LineHeight : 0;
        foreach (var line in lines)
        {
            _marks.Add(new TextMark(x, y + LineHeight / 2 + 0.358 * _theme.TextSize, line, _theme.TextSize, _theme.Ink, anchor));
            y += LineHeight;
        }
    }
}
