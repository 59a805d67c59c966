using System.Xml.Linq;

namespace MetaSpine.Tests;

public sealed class SvgWriterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Scene Scene = new(100.5, 50, "#ffffff",
    [
        new LineMark(1, 2, 1.0 / 3, 4, "#000000", 0.75, "3 3"),
        new BoxMark(new Box(1, 2, 4, 6), "#0072b2"),
        new PolygonMark([(1, 2), (3, 4), (-0.001, 6)], "#d55e00"),
        new TextMark(10, 20, "a < b & \"c\" > d", 12, "#000000", TextAnchor.End, Bold: true),
        new CircleMark(5, 6, 2.5, null, Outline: new Stroke("#000000", 1)) { Study = new StudyKey(3, "Kim & Lee 2011: 0.49") },
        new CurveMark([(0, 0), (1, 1), (2, 4)], new Stroke("#6b6b6b", 1.5, "4 3")) { Study = new StudyKey(3, "Kim & Lee 2011: 0.49") },
        new BoxMark(new Box(1, 2, 4, 6), "#0072b2", 0.25) { Study = new StudyKey(4) },
        new PolygonMark([(1, 2), (3, 4), (0, 6)], null, Outline: new Stroke("#d55e00", 1)),
        new TextMark(10, 20, "turned", 12, "#000000", TextAnchor.Middle, Turned: true),
    ]);

    [EveryCultureFact]
    public void Each_mark_has_its_element() => Snapshot.Verify(SvgWriter.Write(Scene, "A title", "A description"), "svg");

    [EveryCultureFact]
    public void Texts_stay_texts_whatever_they_hold()
    {
        var hostile = "<script>alert('x')</script> ]]> &amp; \u0000\uD800";
        var document = XDocument.Parse(SvgWriter.Write(Scene with { Marks = [new TextMark(0, 10, hostile, 12, "#000000")] }, hostile, hostile));

        var expected = hostile.Replace('\u0000', '\uFFFD').Replace('\uD800', '\uFFFD');
        document.Descendants(Svg + "text").Single().Value.ShouldBe(expected);
        document.Descendants(Svg + "title").Single().Value.ShouldBe(expected);
        document.Descendants(Svg + "desc").Single().Value.ShouldBe(expected);
        document.Descendants(Svg + "script").ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void Identifiers_differ_between_drawings_and_agree_between_equal_ones()
    {
        var documents = new[] { ("A", Scene), ("B", Scene), ("A", Scene with { Width = 200 }), ("A", Scene) }
            .Select(item => XDocument.Parse(SvgWriter.Write(item.Item2, item.Item1, "description"))).ToList();
        var ids = documents.ConvertAll(document => document.Descendants().Attributes("id").Select(id => id.Value).ToList());

        ids[0].Count.ShouldBe(2);
        ids.SelectMany(id => id).Distinct().Count().ShouldBe(6);
        ids[3].ShouldBe(ids[0]);
        documents.ShouldAllBe(document => document.Root!.Attribute("aria-labelledby")!.Value == string.Join(' ', document.Descendants().Attributes("id").Select(id => id.Value)));
    }
}
