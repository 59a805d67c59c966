namespace MetaSpine;

/// <summary>The symbol of a point: a shape in a colour, so that groups are told apart without colours too.</summary>
/// <param name="Shape">The number of the shape, 0 to 5: circle, square, triangle, diamond, triangle on its tip, pentagon.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Edge">The colour of the paper, which parts it from its neighbours.</param>
/// <param name="IsHollow">Whether only its outline is drawn.</param>
/// <param name="Opacity">Less than 1 where what lies below is to show through; its outline is then in the colour itself.</param>
internal sealed record PointSymbol(int Shape, string Colour, string Edge, bool IsHollow = false, double Opacity = 1)
{
    private const int Shapes = 6;

    public static PointSymbol Study(PlotTheme theme) => new(0, theme.Effect, theme.Paper);

    /// <summary>The symbol of a study whose size means something.</summary>
    public static PointSymbol Bubble(PlotTheme theme) => new(0, theme.Effect, theme.Paper, Opacity: 0.35);

    /// <summary>The symbol of a group by its number: six shapes in six colours, then the same hollow, then shapes in other colours.</summary>
    public static PointSymbol Group(int index, PlotTheme theme) =>
        new(index % Shapes, theme.Palette[(index + index / (2 * Shapes)) % theme.Palette.Count], theme.Paper, index / Shapes % 2 == 1);

    /// <summary>The symbol around a point; the radius is that of the circle of the same area.</summary>
    public Mark At(double x, double y, double radius, StudyKey? study = null)
    {
        var (fill, outline) = IsHollow ? (null, new Stroke(Colour, 1.3)) : (Colour, Opacity < 1 ? new Stroke(Colour, 1) : new Stroke(Edge, 0.6));
        (double X, double Y)[] Corners(int count, double turn)
        {
            // A regular polygon of n corners with circumradius r has the area n r^2 sin(2 pi / n) / 2.
            var r = radius * Math.Sqrt(2 * Math.PI / (count * Math.Sin(2 * Math.PI / count)));
            return [.. Enumerable.Range(0, count).Select(i => turn + 2 * Math.PI * i / count).Select(angle => (x + r * Math.Sin(angle), y - r * Math.Cos(angle)))];
        }

        Mark mark = Shape switch
        {
            1 => new PolygonMark(Corners(4, Math.PI / 4), fill, Opacity, outline),
            2 => new PolygonMark(Corners(3, 0), fill, Opacity, outline),
            3 => new PolygonMark(Corners(4, 0), fill, Opacity, outline),
            4 => new PolygonMark(Corners(3, Math.PI), fill, Opacity, outline),
            5 => new PolygonMark(Corners(5, 0), fill, Opacity, outline),
            _ => new CircleMark(x, y, radius, fill, Opacity, outline),
        };
        return mark with { Study = study };
    }
}
