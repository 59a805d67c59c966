namespace MetaSpine;

/// <summary>Which point of a text its x gives.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>A rectangle in pixels, y downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public bool Contains(double x, double y) => x >= Left && x <= Right && y >= Top && y <= Bottom;

    public Box Grown(double by) => new(Left - by, Top - by, Right + by, Bottom + by);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>The smallest box around some points.</summary>
    public static Box Around(IReadOnlyList<(double X, double Y)> points) =>
        new(points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
}

/// <summary>How a line is drawn; the dash pattern, such as "4 3", is null for a solid one. Curves alone can have an opacity below 1.</summary>
internal sealed record Stroke(string Colour, double Width, string? Dash = null, double Opacity = 1);

/// <summary>The study that a mark stands for, so that a page can let people point at it.</summary>
/// <param name="Row">Its row in the effect sizes, from 0.</param>
/// <param name="Tip">What shows when the pointer rests on it; null for nothing.</param>
internal sealed record StudyKey(int Row, string? Tip = null);

/// <summary>Something drawn. What comes later lies on top.</summary>
internal abstract record Mark
{
    /// <summary>The study it belongs to; null for none. Neighbouring marks of the same study form one group.</summary>
    public StudyKey? Study { get; init; }

    /// <summary>What it covers.</summary>
    public abstract Box Bounds { get; }
}

/// <summary>A straight line; the dash pattern, such as "4 3", is null for a solid one.</summary>
internal sealed record LineMark(double X1, double Y1, double X2, double Y2, string Colour, double Width, string? Dash = null) : Mark
{
    public override Box Bounds => Box.Around([(X1, Y1), (X2, Y2)]).Grown(Width / 2);
}

/// <summary>A line through points: a curve, where they are dense.</summary>
internal sealed record CurveMark(IReadOnlyList<(double X, double Y)> Points, Stroke Stroke) : Mark
{
    public override Box Bounds => Box.Around(Points).Grown(Stroke.Width / 2);
}

/// <summary>A rectangle; hollow where the fill is null.</summary>
internal sealed record BoxMark(Box Box, string? Fill, double Opacity = 1, Stroke? Outline = null) : Mark
{
    public override Box Bounds => Box.Grown((Outline?.Width ?? 0) / 2);
}

/// <summary>A polygon; hollow where the fill is null.</summary>
internal sealed record PolygonMark(IReadOnlyList<(double X, double Y)> Points, string? Fill, double Opacity = 1, Stroke? Outline = null) : Mark
{
    /// <summary>Which result it is, so that a page can let it move: "" for all studies together, "0" for the first subgroup; null for none.</summary>
    public string? Part { get; init; }

    public override Box Bounds => Box.Around(Points).Grown((Outline?.Width ?? 0) / 2);
}

/// <summary>A circle; hollow where the fill is null.</summary>
internal sealed record CircleMark(double X, double Y, double Radius, string? Fill, double Opacity = 1, Stroke? Outline = null) : Mark
{
    public override Box Bounds => new Box(X, Y, X, Y).Grown(Radius + (Outline?.Width ?? 0) / 2);
}

/// <summary>A line of text on its baseline; turned, it reads upwards, and its y gives the point that the anchor names.</summary>
internal sealed record TextMark(
    double X, double Y, string Text, double Size, string Colour, TextAnchor Anchor = TextAnchor.Start, bool Bold = false, bool Turned = false) : Mark
{
    /// <summary>What the text covers, by its measured width.</summary>
    public Box Box
    {
        get
        {
            var width = TextMetrics.Width(Text, Size, Bold);
            var before = Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => width / 2, _ => width };
            var (up, down) = (TextMetrics.Ascent * Size, TextMetrics.Descent * Size);
            return Turned
                ? new Box(X - up, Y + before - width, X + down, Y + before)
                : new Box(X - before, Y - up, X - before + width, Y + down);
        }
    }

    public override Box Bounds => Box;
}

/// <summary>Marks on a canvas.</summary>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="Background">The colour of the paper.</param>
/// <param name="Marks">In drawing order.</param>
internal sealed record Scene(double Width, double Height, string Background, IReadOnlyList<Mark> Marks)
{
    /// <summary>By the part of the drawing, the corners that its result would have with another estimate and interval, on the scale that people read; empty for other drawings.</summary>
    public IReadOnlyDictionary<string, Func<double, Interval, IReadOnlyList<(double X, double Y)>>> Shapes { get; init; } =
        new Dictionary<string, Func<double, Interval, IReadOnlyList<(double X, double Y)>>>();
}
