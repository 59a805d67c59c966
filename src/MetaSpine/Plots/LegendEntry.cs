namespace MetaSpine;

/// <summary>A line of a legend.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Key">Draws the sample around a point, at most <see cref="KeyWidth"/> wide.</param>
internal sealed record LegendEntry(string Text, Func<double, double, IEnumerable<Mark>> Key)
{
    public const double KeyWidth = 22;

    public static LegendEntry Line(string text, Stroke stroke) =>
        new(text, (x, y) => [new LineMark(x - KeyWidth / 2, y, x + KeyWidth / 2, y, stroke.Colour, stroke.Width, stroke.Dash)]);

    public static LegendEntry Area(string text, string fill, double opacity, PlotTheme theme) =>
        new(text, (x, y) => [new BoxMark(new Box(x - 8, y - 5, x + 8, y + 5), fill, opacity, new Stroke(theme.Faint, 0.5))]);

    public static LegendEntry Symbol(string text, PointSymbol symbol) => new(text, (x, y) => [symbol.At(x, y, 4.5)]);
}
