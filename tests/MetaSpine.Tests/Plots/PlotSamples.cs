namespace MetaSpine.Tests;

/// <summary>Results to draw as points: the BCG trials, and as many made-up trials as one likes.</summary>
internal static class PlotSamples
{
    private static readonly string[] Names = ["Aronson", "Ferguson & Simes", "Hart & Sutherland", "Müller", "Oda", "Kim et al", "北京大学第三医院", "Coetzee & Berjak <1968>"];

    public static readonly double[] Latitudes = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33];

    public static readonly string[] Tool = ["Randomisation process", "Deviations from intended interventions", "Missing outcome data", "Measurement of the outcome", "Selection of the reported result"];

    public static EffectData Trials(int count)
    {
        var random = new Random(count);
        double Between(double from, double to) => from + (to - from) * random.NextDouble();
        double[] Column(Func<double> value) => [.. Enumerable.Range(0, count).Select(_ => value())];
        var n1 = Column(() => Math.Round(Math.Exp(Between(3, 7))));
        var n2 = n1.Select(n => Math.Round(n * Between(0.8, 1.2))).ToArray();
        var control = Column(() => Between(0.1, 0.6));
        var latitude = Column(() => Math.Round(Between(0, 60)));
        var treated = control.Select((p, i) => p / (p + (1 - p) * Math.Exp(0.2 + 0.015 * latitude[i] + Between(-0.9, 0.9)))).ToArray();
        return new EffectData([.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{Names[i % Names.Length]} {1950 + i % 60}") + (i < 60 ? "" : ((char)('a' + i / 60)).ToString()))])
        {
            ["ai"] = [.. treated.Select((p, i) => Math.Round(p * n1[i]))], ["n1i"] = n1,
            ["ci"] = [.. control.Select((p, i) => Math.Round(p * n2[i]))], ["n2i"] = n2,
            ["latitude"] = latitude,
        };
    }

    public static PooledResult Pooled(int count, Measure? measure = null, PoolingMethod method = PoolingMethod.REML) =>
        MetaAnalysis.Pool((measure ?? Measures.OR).Compute(Trials(count)), new() { Method = method });

    /// <summary>All subsets of few studies, some random ones of many.</summary>
    public static GoshResult Subsets(int count)
    {
        var pooled = Pooled(count, method: PoolingMethod.DL);
        return pooled.Gosh(new() { Subsets = count > 13 ? GoshSubsets.Random : GoshSubsets.All, Draws = 2000 });
    }

    /// <summary>A multiverse of some specifications with made-up results, one of them with an interval without an end.</summary>
    public static MultiverseResult Specifications(int count, bool hasReference = true)
    {
        MultiverseFactor[] factors =
        [
            new("measure", ["RR", "OR"]), new("zero cells", ["1/2 where there is a zero", "studies without events left out, in words that take more than a line"]),
            new("model", ["REML", "DL", "Mantel-Haenszel", "Peto"]), new("kept by everyone", ["one way"]), new("outliers", ["kept", "left out"]),
            new("high risk of bias", ["kept", "left out"]), new("北京大学", ["kept", "left out"]), new("cut", ["none", "one", "two", "three"]), new("year", ["any", "1950", "1960", "1970", "1980", "1990", "2000", "2010"]),
        ];
        var (all, random) = (factors.Aggregate(1, (product, factor) => product * factor.Levels.Count), new Random(count));
        Specification[] found =
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var (estimate, error) = (-0.35 + 0.4 * (random.NextDouble() - 0.5), 0.12 + 0.1 * random.NextDouble());
                var upper = i == 1 ? double.PositiveInfinity : estimate + 1.96 * error;
                return new Specification
                {
                    Number = (int)((long)i * all / count), StudyCount = 9, Estimate = estimate, StandardError = error, Lower = estimate - 1.96 * error, Upper = upper, PValue = 0.04,
                    Natural = Math.Exp(estimate), NaturalLower = Math.Exp(estimate - 1.96 * error), NaturalUpper = Math.Exp(upper),
                };
            }),
        ];
        return new MultiverseResult { Factors = factors, Specifications = found, Failed = [], Reference = hasReference ? found[0] : null, Significant = null, Agreement = null, BeyondThreshold = null, Importance = [], Notes = [] };
    }

    public static RegressionResult Regression(EffectSizes effects, IReadOnlyList<double> latitudes) =>
        MetaAnalysis.Regress(effects, DesignMatrix.WithIntercept(Predictor.Numeric("latitude", latitudes)));

    public static RegressionResult Bcg => Regression(ForestSamples.Bcg().Effects, Latitudes);

    /// <summary>Studies judged with RoB 2, one after the other through the words of the tool.</summary>
    public static IReadOnlyList<Study> Judged(int count, IReadOnlyList<string>? domains = null)
    {
        string[] words = ["low", "some concerns", "high", "no information", "critical", "not applicable"];
        var names = Trials(count);
        return [.. Enumerable.Range(0, count).Select(i => new Study
        {
            Citation = new Citation { Title = "A study" },
            Id = FormattableString.Invariant($"s{i}"),
            Label = names.Label(i),
            RiskOfBias =
            [
                new RiskOfBias
                {
                    Tool = "rob2",
                    Overall = words[i % 3],
                    Domains = [.. (domains ?? Tool).Select((domain, d) => new DomainJudgement { Domain = domain, Judgement = words[(i * (d + 1) + d) % (d == 4 ? 6 : 5)] })],
                },
            ],
        })];
    }

    public static PrismaCounts Flow { get; } = new()
    {
        Databases = [new("MEDLINE", 1200), new("Embase", 702)], Registers = [new("ClinicalTrials.gov", 45)],
        Duplicates = 29, RemovedByAutomation = 0, RemovedOtherwise = 3, Screened = 1915, Excluded = 1880, Sought = 35, NotRetrieved = 7, Assessed = 28,
        ReportsExcluded = [new("Drug resistance not reported", 4), new("Wrong population, described in words that go on for more than one line of the box", 3), new("Duplicate cohort", 3)],
        PreviousStudies = 5, PreviousReports = 6,
        WebsiteRecords = 4, CitationRecords = 8, OtherSought = 10, OtherNotRetrieved = 1, OtherAssessed = 9, OtherReportsExcluded = [new("Wrong outcome", 1)],
        NewStudies = 26, NewReports = 26, TotalStudies = 31, TotalReports = 32, StudiesInMetaAnalysis = 24,
    };
}
