using System.Xml.Linq;

namespace MetaSpine.Tests;

/// <summary>What is wrong with the layout of a drawing, by the measured widths of its texts.</summary>
internal static class PlotFaults
{
    /// <summary>Larger marks are regions and boxes that text may stand in.</summary>
    private const double LargestSymbol = 60;

    public static List<string> Of(Drawing drawing)
    {
        var scene = drawing.Scene;
        var texts = scene.Marks.OfType<TextMark>().ToList();
        var bounds = scene.Marks.Select(mark => (Mark: mark, Box: mark.Bounds)).ToList();
        var faults = new List<string>();
        for (var i = 0; i < texts.Count; i++)
        {
            var box = texts[i].Box.Grown(-0.1);
            faults.AddRange(texts.Skip(i + 1).Where(other => box.Overlaps(other.Box)).Select(other => $"'{texts[i].Text}' covers '{other.Text}'"));
            faults.AddRange(bounds.Where(item => item.Box.Overlaps(box) && Touches(item.Mark, box)).Select(item => $"'{texts[i].Text}' covers {item.Mark}"));
        }

        faults.AddRange(bounds.Where(item => !(item.Box.Left >= 5 && item.Box.Top >= 5 && item.Box.Right <= scene.Width - 5 && item.Box.Bottom <= scene.Height - 5))
            .Select(item => $"{item.Mark} leaves the picture"));
        if (scene.Height - bounds.Max(item => item.Box.Bottom) > 22 || scene.Width - bounds.Max(item => item.Box.Right) > 40)
        {
            faults.Add("empty space at an edge");
        }

        var svg = drawing.ToSvg();
        _ = XDocument.Parse(svg);
        faults.AddRange(new[] { "NaN", "Infinity", "∞\"" }.Where(svg.Contains).Select(text => $"{text} in the picture"));
        return faults;
    }

    private static bool Touches(Mark mark, Box text) => mark switch
    {
        TextMark => false,
        LineMark line => Passes((line.X1, line.Y1), (line.X2, line.Y2), text),
        CurveMark curve => Enumerable.Range(1, curve.Points.Count - 1).Any(i => Passes(curve.Points[i - 1], curve.Points[i], text)),
        _ => Math.Max(mark.Bounds.Width, mark.Bounds.Height) <= LargestSymbol && mark.Bounds.Overlaps(text),
    };

    /// <summary>Whether any of many points of a segment lies in a box: slow, but not the way in which the drawings themselves find out.</summary>
    private static bool Passes((double X, double Y) from, (double X, double Y) to, Box box)
    {
        if (Math.Max(from.X, to.X) < box.Left || Math.Min(from.X, to.X) > box.Right || Math.Max(from.Y, to.Y) < box.Top || Math.Min(from.Y, to.Y) > box.Bottom)
        {
            return false;
        }

        var steps = (int)Math.Ceiling(double.Hypot(to.X - from.X, to.Y - from.Y)) + 1;
        return Enumerable.Range(0, steps + 1).Any(i => box.Contains(from.X + (to.X - from.X) * i / steps, from.Y + (to.Y - from.Y) * i / steps));
    }
}
