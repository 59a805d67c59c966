namespace MetaSpine;

/// <summary>Cuts lines and polygons at the edges of a box, so that a drawing needs no clip path.</summary>
internal static class Geometry
{
    /// <summary>The part of a segment inside a box; null where there is none (Liang and Barsky 1984, ACM Transactions on Graphics 3:1).</summary>
    public static (double X1, double Y1, double X2, double Y2)? Clip(Box box, double x1, double y1, double x2, double y2)
    {
        var (dx, dy) = (x2 - x1, y2 - y1);
        double from = 0, to = 1;
        bool Cut(double direction, double distance)
        {
            if (direction == 0)
            {
                return distance >= 0;
            }

            var at = distance / direction;
            (from, to) = direction < 0 ? (Math.Max(from, at), to) : (from, Math.Min(to, at));
            return from <= to;
        }

        return Cut(-dx, x1 - box.Left) && Cut(dx, box.Right - x1) && Cut(-dy, y1 - box.Top) && Cut(dy, box.Bottom - y1)
            ? (x1 + from * dx, y1 + from * dy, x1 + to * dx, y1 + to * dy)
            : null;
    }

    /// <summary>The parts of a line through points that lie inside a box.</summary>
    public static List<List<(double X, double Y)>> Clip(Box box, IReadOnlyList<(double X, double Y)> line)
    {
        var parts = new List<List<(double X, double Y)>>();
        for (var i = 1; i < line.Count; i++)
        {
            if (Clip(box, line[i - 1].X, line[i - 1].Y, line[i].X, line[i].Y) is not var (x1, y1, x2, y2))
            {
                continue;
            }

            if (parts.Count == 0 || parts[^1][^1] != (x1, y1))
            {
                parts.Add([(x1, y1)]);
            }

            parts[^1].Add((x2, y2));
        }

        return parts;
    }

    /// <summary>The part of a polygon inside a box (Sutherland and Hodgman 1974, Communications of the ACM 17:32); empty where there is none.</summary>
    public static List<(double X, double Y)> ClipPolygon(Box box, IReadOnlyList<(double X, double Y)> polygon)
    {
        List<(double X, double Y)> points = [.. polygon];
        foreach (var inside in new Func<(double X, double Y), double>[] { p => p.X - box.Left, p => box.Right - p.X, p => p.Y - box.Top, p => box.Bottom - p.Y })
        {
            var kept = new List<(double X, double Y)>();
            for (var i = 0; i < points.Count; i++)
            {
                var (previous, current) = (points[(i + points.Count - 1) % points.Count], points[i]);
                var (before, now) = (inside(previous), inside(current));
                if (before < 0 != now < 0)
                {
                    var at = before / (before - now);
                    kept.Add((previous.X + at * (current.X - previous.X), previous.Y + at * (current.Y - previous.Y)));
                }

                if (now >= 0)
                {
                    kept.Add(current);
                }
            }

            points = kept;
        }

        return points;
    }
}
