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
}

/// <summary>Something drawn. What comes later lies on top.</summary>
internal abstract record Mark;

/// <summary>A straight line; the dash pattern, such as "4 3", is null for a solid one.</summary>
internal sealed record LineMark(double X1, double Y1, double X2, double Y2, string Colour, double Width, string? Dash = null) : Mark;

/// <summary>A filled rectangle.</summary>
internal sealed record BoxMark(Box Box, string Fill) : Mark;

/// <summary>A filled polygon.</summary>
internal sealed record PolygonMark(IReadOnlyList<(double X, double Y)> Points, string Fill) : Mark;

/// <summary>A line of text on its baseline.</summary>
internal sealed record TextMark(double X, double Y, string Text, double Size, string Colour, TextAnchor Anchor = TextAnchor.Start, bool Bold = false) : Mark
{
    /// <summary>What the text covers, by its measured width.</summary>
    public Box Box
    {
        get
        {
            var width = TextMetrics.Width(Text, Size, Bold);
            var left = Anchor switch { TextAnchor.Start => X, TextAnchor.Middle => X - width / 2, _ => X - width };
            return new Box(left, Y - TextMetrics.Ascent * Size, left + width, Y + TextMetrics.Descent * Size);
        }
    }
}

/// <summary>Marks on a canvas.</summary>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="Background">The colour of the paper.</param>
/// <param name="Marks">In drawing order.</param>
internal sealed record Scene(double Width, double Height, string Background, IReadOnlyList<Mark> Marks);
