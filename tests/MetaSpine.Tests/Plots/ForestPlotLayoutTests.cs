namespace MetaSpine.Tests;

/// <summary>Nothing overlaps, and nothing is cut off, by the measured widths of the texts.</summary>
public sealed class ForestPlotLayoutTests
{
    public static IEnumerable<TheoryDataRow<string>> Samples => ForestSamples.All.Keys.Select(name => new TheoryDataRow<string>(name));

    [EveryCultureTheory]
    [MemberData(nameof(Samples))]
    public void No_text_overlaps_another_or_a_symbol(string sample)
    {
        var scene = ForestSamples.All[sample]().Scene;
        var texts = scene.Marks.OfType<TextMark>().OrderBy(text => text.Box.Top).ToList();
        var inks = scene.Marks.Where(mark => mark is not TextMark).Select(mark => (Mark: mark, Box: Covered(mark))).ToList();
        var faults = new List<string>();
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = i + 1; j < texts.Count && texts[j].Box.Top < texts[i].Box.Bottom; j++)
            {
                if (Overlap(texts[i].Box, texts[j].Box))
                {
                    faults.Add($"'{texts[i].Text}' and '{texts[j].Text}'");
                }
            }

            faults.AddRange(inks.Where(ink => Overlap(texts[i].Box, ink.Box)).Select(ink => $"'{texts[i].Text}' and {ink.Mark}"));
        }

        faults.ShouldBeEmpty();
    }

    [EveryCultureTheory]
    [MemberData(nameof(Samples))]
    public void Nothing_leaves_the_picture(string sample)
    {
        var drawing = ForestSamples.All[sample]();
        var boxes = drawing.Scene.Marks.Select(mark => mark is TextMark text ? text.Box : Covered(mark)).ToList();

        boxes.ShouldAllBe(box => box.Left >= 5 && box.Top >= 5 && box.Right <= drawing.Width - 5 && box.Bottom <= drawing.Height - 5);
        (drawing.Height - boxes.Max(box => box.Bottom)).ShouldBeLessThan(20);
    }

    [EveryCultureTheory]
    [MemberData(nameof(Samples))]
    public void No_number_is_missing(string sample)
    {
        var svg = ForestSamples.All[sample]().ToSvg();

        svg.ShouldNotContain("NaN");
        svg.ShouldNotContain("Infinity");
        svg.ShouldNotContain("[,");
    }

    private static Box Covered(Mark mark) => mark switch
    {
        LineMark line => new Box(
            Math.Min(line.X1, line.X2) - line.Width / 2, Math.Min(line.Y1, line.Y2) - line.Width / 2,
            Math.Max(line.X1, line.X2) + line.Width / 2, Math.Max(line.Y1, line.Y2) + line.Width / 2),
        BoxMark box => box.Box,
        PolygonMark polygon => new Box(polygon.Points.Min(p => p.X), polygon.Points.Min(p => p.Y), polygon.Points.Max(p => p.X), polygon.Points.Max(p => p.Y)),
        _ => throw new NotSupportedException(),
    };

    private static bool Overlap(Box a, Box b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > 0.01 && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > 0.01;
}
