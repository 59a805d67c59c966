namespace MetaSpine.Tests;

/// <summary>Nothing overlaps, and nothing is cut off, by the measured widths of the texts.</summary>
public sealed class ForestPlotLayoutTests
{
    public static IEnumerable<TheoryDataRow<string>> Samples => ForestSamples.All.Keys.Select(name => new TheoryDataRow<string>(name));

    [EveryCultureTheory]
    [MemberData(nameof(Samples))]
    public void Nothing_overlaps_and_nothing_is_cut_off(string sample) => Faults(ForestSamples.All[sample]()).ShouldBeEmpty();

    [EveryCultureFact]
    public void Every_analysis_of_the_samples_can_be_drawn()
    {
        var files = Directory.GetFiles(Path.Combine(TestFiles.RepositoryRoot, "samples"), "*.yaml", SearchOption.AllDirectories).Select(StudyFile.Load).ToList();
        var results = files.SelectMany(file => (file.Review ?? file.Study!.AsReview()).AnalyseAll()).Where(result => result.Pooled is not null).ToList();

        results.Count.ShouldBeGreaterThan(10);
        foreach (var result in results)
        {
            Faults(ForestPlot.Draw(result)).ShouldBeEmpty(result.Title);
        }
    }

    [EveryCultureFact]
    public void Whatever_the_numbers_are_the_picture_is_whole()
    {
        var random = new Random(4);
        var drawn = 0;

        // The kinds of data that are made below, each with all its measures.
        Measure[] kinds = [Measures.OR, Measures.PR, Measures.IRR, Measures.IR, Measures.MD, Measures.SMD, Measures.MN, Measures.ZCOR, Measures.GEN];
        var measures = Measures.All.Where(measure => kinds.Any(kind => kind.Family == measure.Family)).ToList();
        for (var i = 0; i < 168; i++)
        {
            var count = random.Next(1, 9);
            double[] Draw(Func<double> value) => [.. Enumerable.Range(0, count).Select(_ => value())];
            double Power(int digits) => Math.Pow(10, digits * (2 * random.NextDouble() - 1));
            var n = random.Next(2, 2000);
            var measure = measures[i % measures.Count];
            var events = Draw(() => random.Next(3) switch { 0 => 0, 1 => n, _ => random.Next(n) });
            var scale = Power(8);
            var data = new EffectData
            {
                ["ai"] = events, ["n1i"] = Draw(() => n), ["ci"] = Draw(() => random.Next(n)), ["n2i"] = Draw(() => n),
                ["xi"] = events, ["ni"] = Draw(() => n), ["ti"] = Draw(() => Power(3)), ["x1i"] = events, ["t1i"] = Draw(() => Power(3)), ["x2i"] = events, ["t2i"] = Draw(() => Power(3)),
                ["m1i"] = Draw(() => scale * Power(1)), ["sd1i"] = Draw(() => scale * Power(1)), ["m2i"] = Draw(() => scale * Power(1)), ["sd2i"] = Draw(() => scale * Power(1)),
                [measure.Family == Measures.MN.Family ? "mi" : "unused"] = Draw(() => scale * Power(1)), ["sdi"] = Draw(() => scale * Power(1)), ["ri"] = Draw(() => 2 * random.NextDouble() - 1),
                ["yi"] = Draw(() => random.Next(4) == 0 ? 0 : scale * (random.NextDouble() - 0.5)), ["vi"] = Draw(() => scale * scale * Power(4)),
            };
            try
            {
                var drawing = ForestPlot.Draw(MetaAnalysis.Pool(measure.Compute(data)));
                Faults(drawing).ShouldBeEmpty($"{measure} in round {i}");
                drawn++;
            }
            catch (PoolingException)
            {
                // No study has an estimate: there is nothing to draw.
            }
        }

        drawn.ShouldBeGreaterThan(140);
    }

    private static List<string> Faults(Drawing drawing)
    {
        var scene = drawing.Scene;
        var texts = scene.Marks.OfType<TextMark>().OrderBy(text => text.Box.Top).ToList();
        var inks = scene.Marks.Where(mark => mark is not TextMark).Select(mark => (Mark: mark, Box: mark.Bounds)).ToList();
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

        var boxes = texts.Select(text => text.Box).Concat(inks.Select(ink => ink.Box)).ToList();
        faults.AddRange(boxes.Where(box => !(box.Left >= 5 && box.Top >= 5 && box.Right <= scene.Width - 5 && box.Bottom <= scene.Height - 5)).Select(box => $"{box} leaves the picture"));
        if (scene.Height - boxes.Max(box => box.Bottom) > 20)
        {
            faults.Add("empty space below");
        }

        var svg = drawing.ToSvg();
        faults.AddRange(new[] { "NaN", "Infinity", "∞\"", "[," }.Where(svg.Contains));
        return faults;
    }

    private static bool Overlap(Box a, Box b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > 0.01 && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > 0.01;
}
