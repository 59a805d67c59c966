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

    /// <summary>What there is to choose, in combinations that get in each other's way.</summary>
    private static readonly Func<PooledResult, ForestPlotOptions>[] Choices =
    [
        _ => new(),
        result => new()
        {
            Title = "Oral steroids against placebo for acute spinal cord injury", FavoursLeft = "Favours treatment", FavoursRight = "Favours control", AlsoShow = Others(result),
            Prediction = PredictionStyle.Distribution, Columns = [.. ForestColumn.Usual(), ForestSamples.Judged(result)],
        },
        result => new()
        {
            FavoursLeft = "Fewer", Prediction = PredictionStyle.Line, Order = ForestOrder.Estimate, Intervals = ForestIntervalFormat.Dash,
            Columns = [ForestColumn.Of("Follow-up\n(months)", ForestSamples.Numbers(result)), ForestColumn.Of("Where", ForestSamples.Places(result)), ForestColumn.Picture, ForestColumn.Effect],
        },
        result => new() { FavoursRight = "Favours a control whose name is long", AxisRange = (0.9, 1.1), ShowHeterogeneity = false, Columns = [ForestSamples.Judged(result, "D1", "D2", "All"), ForestColumn.Weight] },
        _ => new() { Columns = [], ShowEstimateLine = false, AxisTitle = "An axis with a title that takes two lines or three", FavoursLeft = "Less", FavoursRight = "More" },
    ];

    private static IPooledEffect[] Others(PooledResult result) =>
    [
        MetaAnalysis.Pool(result.Effects, new() { Method = PoolingMethod.DL }), MetaAnalysis.Pool(result.Effects, new() { Method = PoolingMethod.EE, Test = PoolingTest.Z }),
        MantelHaenszel.Pool(result.Effects.Measure, result.Effects.Data),
    ];

    [EveryCultureTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(13)]
    [InlineData(60)]
    public void In_every_theme_and_with_every_choice_the_picture_is_whole(int studies) => CheckAll(studies);

    /// <summary>Large pictures take a while, and none of their numbers is written in another way than a small one's: one culture will do.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public void In_every_theme_and_with_every_choice_a_large_picture_is_whole(int studies) => CheckAll(studies);

    private static void CheckAll(int studies)
    {
        var result = ForestSamples.Trial(studies);
        var sequences = studies is > 2 and < 100 ? (result.LeaveOneOut(), result.Cumulative()) : ((OmissionResult, CumulativeResult)?)null;
        foreach (var theme in PlotTheme.All.Append(PlotTheme.Bmj with { TextSize = 17, SmallSize = 15, Margin = 20 }))
        {
            for (var choice = 0; choice < Choices.Length; choice++)
            {
                Faults(ForestPlot.Draw(result, Choices[choice](result) with { Theme = theme })).ShouldBeEmpty($"{theme}, choice {choice}");
            }

            if (sequences is var (omission, cumulative))
            {
                Faults(ForestPlot.LeaveOneOut(omission, result, new() { Theme = theme, FavoursLeft = "Favours treatment" })).ShouldBeEmpty($"{theme}, left out");
                Faults(ForestPlot.Cumulative(cumulative, result, new() { Theme = theme, FavoursRight = "Favours control" })).ShouldBeEmpty($"{theme}, cumulative");
            }
        }
    }

    [EveryCultureFact]
    public void Names_of_any_script_keep_their_place_in_every_theme()
    {
        foreach (var theme in PlotTheme.All)
        {
            Faults(ForestPlot.Draw(ForestSamples.Names, new() { Theme = theme, FavoursLeft = "Favours a treatment whose name is long enough to be broken", FavoursRight = "Favours control" })).ShouldBeEmpty(theme.Name);
        }
    }

    [EveryCultureFact]
    public void A_dark_theme_has_the_same_layout_in_its_own_colours()
    {
        foreach (var theme in PlotTheme.All)
        {
            var result = ForestSamples.Trial(13);
            var (light, dark) = (ForestPlot.Draw(result, Choices[1](result) with { Theme = theme }), ForestPlot.Draw(result, Choices[1](result) with { Theme = theme.Dark }));

            dark.Scene.Marks.OfType<TextMark>().Select(text => (text.X, text.Y, text.Text)).ShouldBe(light.Scene.Marks.OfType<TextMark>().Select(text => (text.X, text.Y, text.Text)));
            Colours(light).Except(Colours(theme)).ShouldBeEmpty(theme.Name);
            Colours(dark).Except(Colours(theme.Dark)).ShouldBeEmpty(theme.Dark.Name);
        }
    }

    [EveryCultureFact]
    public void Strange_numbers_leave_the_picture_whole()
    {
        var generic = new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z };
        (string Name, PooledResult Result)[] cases =
        [
            ("huge", MetaAnalysis.Pool([1.2e8, 3.4e8, -2e7], [4e14, 9e14, 1e14])), ("tiny", MetaAnalysis.Pool([1.2e-8, 3.4e-8, -2e-9], [4e-18, 9e-18, 1e-18])),
            ("no width", MetaAnalysis.Pool([0.5, 0.5, 0.5], [1e-40, 1e-40, 1e-40], generic)), ("negative zero", MetaAnalysis.Pool([-0.0, -0.0], [1e-12, 1e-12], generic)),
            ("enormous", MetaAnalysis.Pool(Measures.OR.Compute(new EffectData { ["ai"] = [1e6, 0], ["n1i"] = [1e6, 1e6], ["ci"] = [0, 1], ["n2i"] = [1e6, 1e6] }))),
        ];
        foreach (var (name, result) in cases)
        {
            foreach (var style in Enum.GetValues<PredictionStyle>())
            {
                var drawing = ForestPlot.Draw(result, new() { Prediction = style, Theme = PlotTheme.Bmj });
                Faults(drawing).ShouldBeEmpty(name);
                drawing.ToSvg().ShouldNotContain("−0.00<");
            }
        }
    }

    [EveryCultureFact]
    public void Many_subgroups_of_one_study_each_keep_their_place()
    {
        var groups = Enumerable.Range(0, 30).Select(group => new SubgroupResult($"Group {group}", MetaAnalysis.Pool([0.1 * group], [0.02]))).ToList();

        Faults(ForestPlot.Draw(groups, null)).ShouldBeEmpty();
        Faults(ForestPlot.Draw(groups, null, new ChiSquaredTest(30, 29, 0.4), new() { Theme = PlotTheme.Jama, Prediction = PredictionStyle.Distribution })).ShouldBeEmpty();
    }

    private static IEnumerable<string> Colours(Drawing drawing) =>
        drawing.ToSvg().Split('"').Where(text => text.Length == 7 && text[0] == '#').Distinct();

    private static IEnumerable<string> Colours(PlotTheme theme) =>
        [theme.Paper, theme.Ink, theme.Faint, theme.Effect, theme.Pooled, theme.Band, theme.Risk.Low, theme.Risk.Some, theme.Risk.High, theme.Risk.Critical, theme.Risk.Unclear];

    internal static List<string> Faults(Drawing drawing)
    {
        var scene = drawing.Scene;
        var texts = scene.Marks.OfType<TextMark>().OrderBy(text => text.Box.Top).ToList();

        // The tints behind rows are there to be written on.
        var tints = PlotTheme.All.SelectMany(theme => new[] { theme.Band, theme.Dark.Band }).ToHashSet();
        var inks = scene.Marks.Where(mark => mark is not TextMark && !(mark is BoxMark { Fill: { } fill } && tints.Contains(fill)))
            .Select(mark => (Mark: mark, Box: mark.Bounds)).OrderBy(ink => ink.Box.Top).ToList();
        var tallest = inks.Where(ink => ink.Box.Height < 60).Select(ink => ink.Box.Height).DefaultIfEmpty(0).Max();
        var high = inks.Where(ink => ink.Box.Height >= 60).ToList();
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

            var box = texts[i].Box;
            foreach (var ink in Between(inks, box.Top - tallest, box.Bottom).Concat(high).Where(ink => Overlap(box, ink.Box)))
            {
                faults.Add($"'{texts[i].Text}' and {ink.Mark}");
            }
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

    /// <summary>The marks, sorted by their top, whose top lies between two heights.</summary>
    private static IEnumerable<(Mark Mark, Box Box)> Between(List<(Mark Mark, Box Box)> inks, double from, double to)
    {
        var (low, high) = (0, inks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = inks[middle].Box.Top < from ? (middle + 1, high) : (low, middle);
        }

        for (; low < inks.Count && inks[low].Box.Top <= to; low++)
        {
            yield return inks[low];
        }
    }

    private static bool Overlap(Box a, Box b) =>
        Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left) > 0.01 && Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top) > 0.01;
}
