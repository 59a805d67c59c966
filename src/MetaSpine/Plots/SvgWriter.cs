using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MetaSpine;

/// <summary>Writes a scene as a standalone SVG: attributes only, no style element, text as text, the same bytes every time.</summary>
internal static class SvgWriter
{
    public static string Write(Scene scene, string title, string description)
    {
        var ink = new StringBuilder(Of(new BoxMark(new Box(0, 0, scene.Width, scene.Height), scene.Background)));
        StudyKey? open = null;
        foreach (var mark in scene.Marks)
        {
            if (mark.Study != open)
            {
                ink.Append(open is null ? "" : "  </g>\n").Append(Group(mark.Study));
                open = mark.Study;
            }

            ink.Append(Of(mark));
        }

        ink.Append(open is null ? "" : "  </g>\n");

        // The identifiers come from the content, so that drawings on one page do not clash and equal drawings stay equal.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\n{description}\n{ink}"));
        var id = "ms-" + Convert.ToHexStringLower(hash, 0, 5);
        var (width, height) = (N(scene.Width), N(scene.Height));
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\""
            + $" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{TextMetrics.Families}\" text-rendering=\"geometricPrecision\">\n"
            + $"  <title id=\"{id}-title\">{Escape(title)}</title>\n"
            + $"  <desc id=\"{id}-desc\">{Escape(description)}</desc>\n"
            + $"{ink}</svg>\n";
    }

    private static string Group(StudyKey? study) => study is null
        ? ""
        : $"  <g data-study=\"{study.Row.ToString(CultureInfo.InvariantCulture)}\">\n" + (study.Tip is null ? "" : $"  <title>{Escape(study.Tip)}</title>\n");

    private static string Of(Mark mark) => mark switch
    {
        LineMark m => $"  <line x1=\"{N(m.X1)}\" y1=\"{N(m.Y1)}\" x2=\"{N(m.X2)}\" y2=\"{N(m.Y2)}\" stroke=\"{m.Colour}\" stroke-width=\"{N(m.Width)}\"{Dash(m.Dash)}/>\n",
        CurveMark m => $"  <polyline points=\"{Points(m.Points)}\" fill=\"none\"{Outline(m.Stroke)}{(m.Stroke.Opacity < 1 ? $" stroke-opacity=\"{N(m.Stroke.Opacity)}\"" : "")} stroke-linejoin=\"round\"/>\n",
        BoxMark m => $"  <rect x=\"{N(m.Box.Left)}\" y=\"{N(m.Box.Top)}\" width=\"{N(m.Box.Width)}\" height=\"{N(m.Box.Height)}\"{Fill(m.Fill, m.Opacity)}{Outline(m.Outline)}/>\n",
        PolygonMark m => $"  <polygon{m.Part switch { null => "", "" => " data-overall=\"\"", var part => $" data-subgroup=\"{part}\"" }} points=\"{Points(m.Points)}\"{Fill(m.Fill, m.Opacity)}{Outline(m.Outline)}/>\n",
        CircleMark m => $"  <circle cx=\"{N(m.X)}\" cy=\"{N(m.Y)}\" r=\"{N(m.Radius)}\"{Fill(m.Fill, m.Opacity)}{Outline(m.Outline)}/>\n",
        TextMark m => $"  <text x=\"{N(m.X)}\" y=\"{N(m.Y)}\"{(m.Turned ? $" transform=\"rotate(-90 {N(m.X)} {N(m.Y)})\"" : "")} font-size=\"{N(m.Size)}\"{(m.Bold ? " font-weight=\"bold\"" : "")}{Anchor(m.Anchor)} fill=\"{m.Colour}\">{Escape(m.Text)}</text>\n",
        _ => throw new NotSupportedException($"{mark.GetType().Name} has no SVG form."),
    };

    public static string Points(IReadOnlyList<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));

    private static string Fill(string? fill, double opacity) => $" fill=\"{fill ?? "none"}\"" + (opacity < 1 ? $" fill-opacity=\"{N(opacity)}\"" : "");

    private static string Outline(Stroke? stroke) => stroke is null ? "" : $" stroke=\"{stroke.Colour}\" stroke-width=\"{N(stroke.Width)}\"{Dash(stroke.Dash)}";

    private static string Dash(string? dash) => dash is null ? "" : $" stroke-dasharray=\"{dash}\"";

    private static string Anchor(TextAnchor anchor) => anchor switch
    {
        TextAnchor.Middle => " text-anchor=\"middle\"",
        TextAnchor.End => " text-anchor=\"end\"",
        _ => "",
    };

    /// <summary>A number with two decimals at most; adding zero takes the sign off a zero.</summary>
    private static string N(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => TextMetrics.Clean(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
