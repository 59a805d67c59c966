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
        ["forest, cumulative"] = (count, theme) => ForestPlot.Cumulative(Pooled(count).Cumulative(), Pooled(count), new() { Theme = theme, FavoursLeft = "Favours treatment" }),
        ["forest of several models"] = (count, theme) => ForestPlot.Draw(Pooled(count), new()
        {
            Theme = theme, Prediction = PredictionStyle.Line, AlsoShow = [MetaAnalysis.Pool(Trials(count), new() { Method = PoolingMethod.EE, Test = PoolingTest.Z }), MantelHaenszel.Pool(Measures.RR, Trials(count).Data)],
        }),
        ["forest of subgroups"] = (count, theme) => ForestPlot.Draw(Subgroups(count), Pooled(count), null, new() { Theme = theme, FavoursLeft = "Favours treatment", FavoursRight = "Favours control" }),
        ["forest with clipped intervals"] = (count, theme) => ForestPlot.Draw(Pooled(count), new() { Theme = theme, AxisRange = (0.8, 1.1) }),
        ["forest with risk of bias"] = (count, theme) => ForestPlot.Draw(Pooled(count), new()
        {
            Theme = theme,
            Columns =
            [
                .. ForestColumn.Usual(theme),
                ForestColumn.RiskOfBias(["Randomisation process", "Missing outcome data", "Overall"], [.. Enumerable.Range(0, count).Select(i => new[] { "low", i % 2 == 0 ? "high" : null, "some concerns" })]),
            ],
        }),
        ["forest of proportions"] = (count, theme) => ForestPlot.Draw(MetaAnalysis.Pool(Measures.PFT.Compute(Proportions(count))), new() { Theme = theme, Prediction = PredictionStyle.Distribution }),
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
        ["p-curve"] = (count, theme) => PCurvePlot.Draw(PCurve.Analyse([.. Enumerable.Range(0, Math.Max(3, count)).Select(i => i < 3 ? 2 + 0.3 * i : 4 * Math.Sin(i))]), new() { Theme = theme }),
        ["profile of the effect"] = (count, theme) =>
            ProfilePlot.Draw(MetaAnalysis.Pool(Trials(Math.Max(3, count)), new() { Method = PoolingMethod.ML }), new() { Theme = theme, Parameter = ProfileParameter.Estimate }),
        ["flow"] = (count, theme) => PrismaFlowPlot.Draw(
            new()
            {
                Databases = [new("MEDLINE", 1200), new("Embase", 702)], Registers = [new("ClinicalTrials.gov", 45)], Duplicates = 29, Screened = 1918, Excluded = 1890 - count, Sought = 28 + count,
                Assessed = 28 + count, ReportsExcluded = [new("Wrong population, described in words that go on for more than one line of the box", 28)], NewStudies = count, NewReports = count,
            }, new() { Theme = theme }),
        ["risk of bias"] = (count, theme) => RiskOfBiasPlot.TrafficLights(Judged(count), new() { Theme = theme }),
        ["risk of bias, summary"] = (count, theme) => RiskOfBiasPlot.Summary(Judged(count), new() { Theme = theme }),
    };

    /// <summary>Funnels by each vertical axis.</summary>
    public static IEnumerable<(string Name, Drawing Drawing)> Funnels(int count) =>
        Enum.GetValues<FunnelAxis>().Select(axis => ($"funnel by {axis}", FunnelPlot.Draw(Pooled(Math.Max(2, count)), new() { Vertical = axis })));

    /// <summary>Proportions of none, of all, and between.</summary>
    private static EffectData Proportions(int count) => new([.. Trials(count).Studies.Select(study => study.Label)])
    {
        ["xi"] = [.. Enumerable.Range(0, count).Select(i => (i % 3) switch { 0 => 0.0, 1 => 20 + i % 7, _ => i % 9 })], ["ni"] = [.. Enumerable.Range(0, count).Select(i => 20.0 + i % 7)],
    };

    private static List<SubgroupResult> Subgroups(int count)
    {
        var (effects, names) = (Trials(count), new[] { "Adults", "Children", "Older people in nursing homes" });
        var groups = Math.Min(count, names.Length);
        return [.. names.Take(groups).Select((name, group) => new SubgroupResult(name, MetaAnalysis.Pool(effects with
        {
            Studies = [.. effects.Studies.Select((study, i) => i % groups == group ? study : study with { Problem = "in another subgroup" })],
        }) with { Excluded = [] }))];
    }

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
