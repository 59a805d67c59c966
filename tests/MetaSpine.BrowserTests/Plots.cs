namespace MetaSpine.BrowserTests;

/// <summary>Every kind of plot, of results with a given number of studies.</summary>
internal static class Plots
{
    /// <summary>Risk ratios of invented trials, some without events, with names of every length.</summary>
    public static EffectSizes Trials(int count)
    {
        string[] names = ["Li", "Smith & Jones 1999", "van der Berg, Müller, O'Connor and the Collaborative Group 2004", "王小明 2011", "سعيد 2015", "Núñez 2020"];
        var random = new Random(count);
        double[] Column(Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
        var size = Column(_ => random.Next(20, 900));
        var risk = Column(_ => 0.02 + 0.4 * random.NextDouble());
        return Measures.RR.Compute(new EffectData([.. Enumerable.Range(0, count).Select(i => $"{names[i % names.Length]} {i + 1}")])
        {
            ["ai"] = Column(i => Math.Floor(size[i] * risk[i] * (0.4 + random.NextDouble()))),
            ["n1i"] = size,
            ["ci"] = Column(i => Math.Floor(size[i] * risk[i])),
            ["n2i"] = size,
            ["year"] = Column(i => 1980 + i % 40),
        });
    }

    /// <summary>The kinds of plots by name; each draws one for a number of studies.</summary>
    public static IReadOnlyDictionary<string, Func<int, PlotTheme, Drawing>> Kinds { get; } = new Dictionary<string, Func<int, PlotTheme, Drawing>>
    {
        ["forest"] = (count, theme) => ForestPlot.Draw(Pooled(count), new() { Theme = theme, FavoursLeft = "Favours treatment", FavoursRight = "Favours control" }),
        ["forest with densities"] = (count, theme) => ForestPlot.Draw(Pooled(count), new() { Theme = theme, Prediction = PredictionStyle.Distribution }),
        ["forest, one left out"] = (count, theme) => count < 3 ? ForestPlot.Draw(Pooled(count)) : ForestPlot.LeaveOneOut(Pooled(count).LeaveOneOut(), Pooled(count), new() { Theme = theme }),
        ["funnel"] = (count, theme) => FunnelPlot.Draw(Pooled(Math.Max(2, count)), new() { Theme = theme, Contours = true }),
        ["radial"] = (count, theme) => RadialPlot.Draw(Pooled(Math.Max(2, count)), new() { Theme = theme }),
        ["labbe"] = (count, theme) => LabbePlot.Draw(Pooled(count), new() { Theme = theme }),
        ["drapery"] = (count, theme) => DraperyPlot.Draw(Pooled(Math.Max(2, count)), new() { Theme = theme }),
        ["baujat"] = (count, theme) => BaujatPlot.Draw(Pooled(Math.Max(3, count)), new() { Theme = theme }),
        ["qq"] = (count, theme) => NormalQuantilePlot.Draw(Pooled(Math.Max(3, count)), new() { Theme = theme }),
        ["profile"] = (count, theme) => ProfilePlot.Draw(Pooled(Math.Max(3, count)), new() { Theme = theme }),
        ["bubble"] = (count, theme) =>
        {
            var effects = Trials(Math.Max(3, count));
            return BubblePlot.Draw(MetaAnalysis.Regress(effects, "~ year", [Predictor.Numeric("year", effects.Data["year"])]), new() { Theme = theme });
        },
        ["doi"] = (count, theme) => DoiPlot.Draw(Pooled(Math.Max(3, count)), new() { Theme = theme }),
        ["influence"] = (count, theme) => InfluencePlot.Draw(Pooled(Math.Max(3, count)).Influence(), new() { Theme = theme }),
        ["gosh"] = (count, theme) => GoshPlot.Draw(Pooled(Math.Max(3, count)).Gosh(new() { Subsets = GoshSubsets.Random, Draws = 1000 }), new() { Theme = theme }),
        ["funnel, filled"] = (count, theme) => FunnelPlot.Draw(Pooled(Math.Max(3, count)).TrimAndFill(), new() { Theme = theme }),
        ["specification"] = (count, theme) => SpecificationPlot.Draw(Multiverse.Run(Pooled(Math.Max(3, count))), new() { Theme = theme }),
        ["risk of bias"] = (count, theme) => RiskOfBiasPlot.TrafficLights(Judged(count), new() { Theme = theme }),
        ["risk of bias, summary"] = (count, theme) => RiskOfBiasPlot.Summary(Judged(count), new() { Theme = theme }),
    };

    private static List<Study> Judged(int count) => [.. Trials(count).Studies.Select((trial, i) => new Study
    {
        Id = FormattableString.Invariant($"s{i}"),
        Label = trial.Label,
        RiskOfBias =
        [
            new RiskOfBias
            {
                Tool = "rob2",
                Domains = [.. new[] { "Randomisation", "Deviations", "Missing data", "Measurement", "Reporting" }.Select((domain, d) =>
                    new DomainJudgement { Domain = domain, Judgement = ((i + d) % 3) switch { 0 => "low", 1 => "some concerns", _ => "high" } })],
                Overall = i % 2 == 0 ? "low" : "high",
            },
        ],
    })];

    private static PooledResult Pooled(int count) => MetaAnalysis.Pool(Trials(count));
}
