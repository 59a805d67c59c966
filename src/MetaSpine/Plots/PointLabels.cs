namespace MetaSpine;

/// <summary>A point that wants a name.</summary>
internal readonly record struct PointLabel(double X, double Y, double Radius, string Text);

/// <summary>Puts names beside points, where they cover nothing: next to the point, or further off with a line to it.</summary>
internal static class PointLabels
{
    /// <summary>How many names of outliers a picture bears.</summary>
    public const int MostOutliers = 8;

    /// <summary>Areas larger than that lie behind; smaller marks are symbols, which no name may cover.</summary>
    private const double LargestSymbol = 60;

    private const double Gap = 3;

    /// <summary>Between a name and what it is not to touch.</summary>
    private const double Clearance = 1.5;

    private static readonly double[] Distances = [Gap, 9, 16, 26, 40, 58];
    private const int Directions = 16;

    /// <summary>Adds the names, in the given order of importance; one for which there is no room is left out.</summary>
    public static void Place(IEnumerable<PointLabel> labels, Box area, List<Mark> marks, PlotTheme theme)
    {
        List<Mark> obstacles = [.. marks];
        foreach (var label in labels)
        {
            foreach (var placed in Candidates(label, theme))
            {
                if (Fits(placed, area, obstacles))
                {
                    obstacles.AddRange(placed);
                    marks.AddRange(placed);
                    break;
                }
            }
        }
    }

    private static IEnumerable<Mark[]> Candidates(PointLabel label, PlotTheme theme)
    {
        var (text, size) = (label.Text, theme.SmallSize);
        var half = (TextMetrics.Ascent + TextMetrics.Descent) * size / 2;
        foreach (var distance in Distances)
        {
            for (var i = 0; i < Directions; i++)
            {
                // Right first, then left, then between them, upwards before downwards.
                var (sin, cos) = Math.SinCos((i % 2 == 0 ? 1 : -1) * (i / 2) * Math.PI / (Directions / 2) + (i % 2 == 0 ? 0 : Math.PI));
                var (x, y) = (label.X + (label.Radius + distance) * cos, label.Y - (label.Radius + distance) * sin);

                // The text's nearest edge or corner stands at that point, however wide its font turns out.
                var anchor = Math.Abs(cos) < 0.1 ? TextAnchor.Middle : cos < 0 ? TextAnchor.End : TextAnchor.Start;
                var middle = y - Math.Sign(Math.Round(sin, 6)) * half * Math.Min(1, 2 * Math.Abs(sin));
                var mark = new TextMark(x, middle - half + TextMetrics.Ascent * size, text, size, theme.Ink, anchor);
                yield return distance < 12
                    ? [mark]
                    : [new LineMark(label.X + (label.Radius + 1) * cos, label.Y - (label.Radius + 1) * sin, label.X + (label.Radius + distance - 1) * cos, label.Y - (label.Radius + distance - 1) * sin, theme.Faint, 0.6), mark];
            }
        }
    }

    private static bool Fits(Mark[] placed, Box area, List<Mark> obstacles)
    {
        var text = placed[^1].Bounds;
        if (text.Left < area.Left + 2 || text.Right > area.Right || text.Top < area.Top || text.Bottom > area.Bottom - 2)
        {
            return false;
        }

        foreach (var obstacle in obstacles)
        {
            if (Covers(obstacle, text.Grown(Clearance)) || (placed[0] is LineMark line && obstacle is not (LineMark or CurveMark) && IsSmall(obstacle) && Crosses(obstacle.Bounds, line)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Covers(Mark obstacle, Box text) => obstacle switch
    {
        LineMark line => Crosses(text.Grown(line.Width / 2), line),
        CurveMark curve => curve.Bounds.Overlaps(text) && Geometry.Clip(text.Grown(curve.Stroke.Width / 2), curve.Points).Count > 0,
        _ => obstacle.Bounds is var box && box.Overlaps(text) && IsSmall(obstacle),
    };

    private static bool IsSmall(Mark mark) => mark is TextMark || Math.Max(mark.Bounds.Width, mark.Bounds.Height) <= LargestSymbol;

    private static bool Crosses(Box box, LineMark line) => Geometry.Clip(box, line.X1, line.Y1, line.X2, line.Y2) is not null;
}
