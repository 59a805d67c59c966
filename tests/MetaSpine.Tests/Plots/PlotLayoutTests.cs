namespace MetaSpine.Tests;

/// <summary>Nothing overlaps, and nothing is cut off, with few studies and with many, in every theme.</summary>
public sealed class PlotLayoutTests
{
    private static readonly Dictionary<string, Func<int, PlotTheme, IEnumerable<Drawing>>> Plots = new(StringComparer.Ordinal)
    {
        ["funnel"] = (k, theme) => Enum.GetValues<FunnelAxis>().Where(axis => k < 60 || axis is FunnelAxis.StandardError).Select(axis => FunnelPlot.Draw(PlotSamples.Pooled(k), new()
        {
            Theme = theme, Vertical = axis, Groups = k == 13 ? [.. Enumerable.Range(0, k).Select(i => i == 5 ? null : $"Group {i} of the studies with a long name")] : null,
        })),
        ["contours"] = (k, theme) => [FunnelPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme, Contours = true, Title = "A title", Filled = [new(-1.4, 0.3), new(-1.2, 0.35)], Labels = [PlotSamples.Trials(k).Label(0)] })],
        ["doi"] = (k, theme) => [DoiPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme, Title = "A title" }), DoiPlot.Draw(PlotSamples.Pooled(k, Measures.RD), new() { Theme = theme, Labels = [PlotSamples.Trials(k).Label(0)] })],
        ["fill"] = (k, theme) => [FunnelPlot.Draw(PlotSamples.Pooled(k).TrimAndFill(), new() { Theme = theme }), FunnelPlot.Draw(PlotSamples.Pooled(k).TrimAndFill(), new() { Theme = theme, Contours = true })],
        ["caterpillar"] = (k, theme) =>
        [
            CaterpillarPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme, Title = "A title" }),
            CaterpillarPlot.Draw(PlotSamples.Pooled(k, Measures.RD, PoolingMethod.EE), new() { Theme = theme }),
            .. k < 3 ? [] : new[] { CaterpillarPlot.Draw(ClusterSamples.Pooled(k), new() { Theme = theme }), CaterpillarPlot.Draw(ClusterSamples.Pooled(k), new() { Theme = theme, Show = CaterpillarRows.Predictions }) },
        ],
        ["orchard"] = (k, theme) =>
        [
            OrchardPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme, Title = "A title" }),
            OrchardPlot.Draw(PlotSamples.Pooled(k, Measures.RD, PoolingMethod.EE), new() { Theme = theme }),
            .. k < 3 ? [] : new[] { OrchardPlot.Draw(ClusterSamples.Pooled(k), new() { Theme = theme }) },
            .. k < 13 ? [] : new[] { OrchardPlot.Draw(ClusterSamples.ByOutcome(k), new() { Theme = theme }) },
        ],
        ["pcurve"] = (k, theme) => [PCurvePlot.Draw(PCurve.Analyse([.. Enumerable.Range(0, k).Select(i => i < 3 ? 2 + 0.3 * i : 4 * Math.Sin(i))]), new() { Theme = theme, Title = "A title" }), PCurvePlot.Draw(PCurve.Analyse([.. Enumerable.Repeat(9.0, k)]), new() { Theme = theme })],
        ["specification"] = (k, theme) => [SpecificationPlot.Draw(PlotSamples.Specifications(k), new() { Theme = theme, Title = new string('W', 100) }), SpecificationPlot.Draw(PlotSamples.Specifications(20 * k), new() { Theme = theme })],
        ["bubble"] = (k, theme) => k < 4 ? [] : [BubblePlot.Draw(PlotSamples.Regression(PlotSamples.Pooled(k).Effects, PlotSamples.Trials(k)["latitude"]), new() { Theme = theme, Title = new string('W', 300) })],
        ["radial"] = (k, theme) => [RadialPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme }), RadialPlot.Draw(PlotSamples.Pooled(k, Measures.RD, PoolingMethod.EE), new() { Theme = theme })],
        ["labbe"] = (k, theme) => [LabbePlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme, EqualEffects = [0.25, 0.5, 2, 4] }), LabbePlot.Draw(ForestSamples.Bcg(Measures.RD), new() { Theme = theme })],
        ["quantiles"] = (k, theme) => [NormalQuantilePlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme })],
        ["drapery"] = (k, theme) => [DraperyPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme }), DraperyPlot.Draw(PlotSamples.Pooled(k, Measures.RD, PoolingMethod.EE), new() { Theme = theme })],
        ["profile"] = (k, theme) => [ProfilePlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme }), ProfilePlot.Draw(PlotSamples.Pooled(k, method: PoolingMethod.ML), new() { Theme = theme, Parameter = ProfileParameter.Estimate })],
        ["baujat"] = (k, theme) => [BaujatPlot.Draw(PlotSamples.Pooled(k), new() { Theme = theme })],
        ["gosh"] = (k, theme) =>
        [
            GoshPlot.Draw(PlotSamples.Subsets(k), new() { Theme = theme }),
            GoshPlot.Draw(PlotSamples.Subsets(k), new() { Theme = theme, Title = "A title", Highlight = PlotSamples.Trials(k).Label(1) }),
        ],
        ["influence"] = (k, theme) =>
        [
            InfluencePlot.Draw(PlotSamples.Pooled(k).Influence(), new() { Theme = theme }),
            InfluencePlot.Draw(PlotSamples.Pooled(k, Measures.RD, PoolingMethod.EE).Influence(), new() { Theme = theme, Title = new string('W', 300) }),
            .. k < 4 ? [] : new[] { InfluencePlot.Draw(PlotSamples.Regression(PlotSamples.Pooled(k).Effects, PlotSamples.Trials(k)["latitude"]).Influence(), new() { Theme = theme }) },
        ],
        ["lights"] = (k, theme) => [RiskOfBiasPlot.TrafficLights(PlotSamples.Judged(k), new() { Theme = theme }), RiskOfBiasPlot.TrafficLights(PlotSamples.Judged(k, ["D1", "D2"]), new() { Theme = theme, Title = "A title that is longer than the table is wide" })],
        ["summary"] = (k, theme) => [RiskOfBiasPlot.Summary(PlotSamples.Judged(k), new() { Theme = theme })],
        ["flow"] = (_, theme) => [PrismaFlowPlot.Draw(PlotSamples.Flow, new() { Theme = theme, Title = "Study selection" }), PrismaFlowPlot.Draw(new() { Screened = 10, NewStudies = 0 }, new() { Theme = theme }), PrismaFlowPlot.Draw(new() { Sought = 4, Assessed = 4 }, new() { Theme = theme })],
    };

    /// <summary>The plots that one study makes sense in; the others refuse it.</summary>
    private static readonly string[] OfOne = ["caterpillar", "orchard", "specification", "labbe", "lights", "summary", "flow"];

    public static IEnumerable<TheoryDataRow<string, int>> Samples =>
        from plot in Plots.Keys from count in new[] { 1, 3, 13, 60, 200 } where count > 1 || OfOne.Contains(plot) select new TheoryDataRow<string, int>(plot, count);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Nothing_overlaps_and_nothing_is_cut_off(string plot, int count)
    {
        foreach (var drawing in Plots[plot](count, PlotTheme.Default))
        {
            PlotFaults.Of(drawing).ShouldBeEmpty($"{plot} of {count}: {drawing}");
        }
    }

    [Fact]
    public void The_layout_is_the_same_in_every_theme_and_the_colours_are_those_of_the_theme()
    {
        foreach (var draw in Plots.Values)
        {
            var usual = draw(13, PlotTheme.Default).Select(drawing => (drawing.Width, drawing.Height)).ToList();
            foreach (var theme in PlotTheme.All.SelectMany(theme => new[] { theme, theme.Dark }))
            {
                var drawings = draw(13, theme).ToList();
                drawings.Select(drawing => (drawing.Width, drawing.Height)).ShouldBe(usual);
                drawings.ShouldAllBe(drawing => drawing.Scene.Background == theme.Paper && drawing.Scene.Marks.OfType<TextMark>().All(text => text.Colour == theme.Ink));
            }
        }
    }

    [Fact]
    public void A_larger_text_size_makes_a_larger_picture_that_is_as_tidy()
    {
        var large = PlotTheme.Default with { TextSize = 17, SmallSize = 15, TitleSize = 22 };
        foreach (var (name, draw) in Plots)
        {
            draw(13, large).SelectMany(PlotFaults.Of).ShouldBeEmpty(name);
        }
    }

    [EveryCultureFact]
    public void Whatever_the_numbers_are_the_picture_is_whole()
    {
        var random = new Random(11);
        double Power(int digits) => Math.Pow(10, digits * (2 * random.NextDouble() - 1));
        for (var i = 0; i < 12; i++)
        {
            var (count, scale, isRatio) = (random.Next(3, 9), Power(8), i % 2 == 0);
            double[] Draw(Func<double> value) => [.. Enumerable.Range(0, count).Select(_ => value())];
            var measure = isRatio ? Measures.RR : Measures.GEN;
            var data = isRatio
                ? new EffectData { ["ai"] = Draw(() => random.Next(30)), ["n1i"] = Draw(() => 30), ["ci"] = Draw(() => random.Next(3000)), ["n2i"] = Draw(() => 3000) }
                : new EffectData { ["yi"] = Draw(() => random.Next(4) == 0 ? 0 : scale * (random.NextDouble() - 0.5)), ["vi"] = Draw(() => scale * scale * Power(4)) };
            var result = MetaAnalysis.Pool(measure.Compute(data));
            Drawing[] drawings =
            [
                FunnelPlot.Draw(result), FunnelPlot.Draw(result, new() { Contours = true }), FunnelPlot.Draw(result, new() { Vertical = FunnelAxis.InverseVariance }), RadialPlot.Draw(result),
                NormalQuantilePlot.Draw(result), DraperyPlot.Draw(result), ProfilePlot.Draw(result), BaujatPlot.Draw(result),
                InfluencePlot.Draw(result.Influence()), GoshPlot.Draw(result.Gosh()), CaterpillarPlot.Draw(result), OrchardPlot.Draw(result),
            ];
            drawings.SelectMany(drawing => PlotFaults.Of(drawing).Select(fault => $"{drawing}: {fault}")).ShouldBeEmpty($"round {i}");
        }
    }
}
