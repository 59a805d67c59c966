namespace MetaSpine.Tests;

/// <summary>Results to draw: easy ones, and those that break layouts.</summary>
internal static class ForestSamples
{
    private static readonly string[] Trials =
    [
        "Aronson 1948", "Ferguson & Simes 1949", "Rosenthal et al 1960", "Hart & Sutherland 1977", "Frimodt-Moller et al 1973", "Stein & Aronson 1953",
        "Vandiviere et al 1973", "TPT Madras 1980", "Coetzee & Berjak 1968", "Rosenthal et al 1961", "Comstock et al 1974", "Comstock & Webster 1969", "Comstock et al 1976",
    ];

    private static readonly string[] Allocations =
        ["Random", "Random", "Random", "Random", "Alternate", "Alternate", "Random", "Random", "Random", "Systematic", "Systematic", "Systematic", "Systematic"];

    /// <summary>The BCG trials of the reference cases, with their names and years.</summary>
    private static readonly EffectData BcgData = Named(ReferenceCase.Load("bcg-rr").Data);

    private static EffectData Named(EffectData data) => new(Trials) { ["ai"] = data["ai"], ["bi"] = data["bi"], ["ci"] = data["ci"], ["di"] = data["di"] };

    public static PooledResult Bcg(Measure? measure = null) => MetaAnalysis.Pool((measure ?? Measures.RR).Compute(BcgData));

    public static IReadOnlyList<SubgroupResult> BcgByAllocation
    {
        get
        {
            var effects = Measures.RR.Compute(BcgData);
            return [.. Allocations.Distinct().Select(allocation => new SubgroupResult(allocation + " allocation", MetaAnalysis.Pool(effects with
            {
                Studies = [.. effects.Studies.Select((study, row) => Allocations[row] == allocation ? study : study with { Problem = "in another subgroup" })],
            }) with { Excluded = [] }))];
        }
    }

    /// <summary>Proportions with none, all, and an unknown number of events.</summary>
    public static EffectData Proportions => new(["Oda 2006", "Kim 2011", "Chen 2013", "None 2014", "All 2015", "Unknown 2016"])
    {
        ["xi"] = [16, 39, 8, 0, 21, double.NaN],
        ["ni"] = [18, 57, 31, 12, 21, 20],
    };

    public static PooledResult Rare => MetaAnalysis.Pool(Measures.PLO.Compute(
        new EffectData(["Alpha 2006", "Beta 2011", "Gamma 2013"]) { ["xi"] = [6, 39, 8], ["ni"] = [1800, 5700, 1031] }));

    /// <summary>Names in several scripts, with markup, with line ends, and long ones.</summary>
    public static PooledResult Names
    {
        get
        {
            string[] names =
            [
                "Müller-Straße 2001", "北京大学第三医院骨科脊柱外科以及许多其他医院的合作研究小组 2010", "محمد العبد الله 2012", "Nguye\u0302\u0303n Va\u0306n A\u030B 2015",
                "Москва 1999", "<script>alert(1)</script> & co", "Line\nend\tand \u0001 control", new string('W', 90), "เชียงใหม่ 2020 \U0001F9B4",
                "A study with a name that goes on and on, with its authors, and their institutes, and the years of publication 1999 to 2006",
            ];
            double[] Repeat(params double[] values) => [.. names.Select((_, i) => values[i % values.Length])];
            return MetaAnalysis.Pool(Measures.SMD.Compute(new EffectData(names)
            {
                ["m1i"] = Repeat(12.5, 13, 11.25), ["sd1i"] = Repeat(3, 4.25, 3.1), ["n1i"] = Repeat(30, 420, 12),
                ["m2i"] = Repeat(14, 13, -1112.5), ["sd2i"] = Repeat(3.3, 4, 350), ["n2i"] = Repeat(31, 400, 14),
            }));
        }
    }

    /// <summary>Two-arm trials made by a fixed rule, some without events.</summary>
    public static PooledResult Trial(int count, Measure? measure = null)
    {
        double[] Rule(Func<int, double> value) => [.. Enumerable.Range(1, count).Select(value)];
        return MetaAnalysis.Pool((measure ?? Measures.OR).Compute(new EffectData([.. Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"Trial {i}"))])
        {
            ["ai"] = Rule(i => i * 7 % 23), ["n1i"] = Rule(i => 40 + i * 31 % 997), ["ci"] = Rule(i => i * 5 % 19), ["n2i"] = Rule(i => 42 + i * 37 % 911),
        }));
    }

    /// <summary>Judgements by a fixed rule, every word among them.</summary>
    public static ForestColumn Judged(PooledResult result, params string[] domains)
    {
        string[] names = domains.Length > 0 ? domains : ["Randomisation process", "Deviations from the intended interventions", "Missing data", "Measurement of the outcome", "Selection of the reported result", "Overall"];
        string?[] words = ["low", "low", "some concerns", "high", "no information", "critical", null];
        return ForestColumn.RiskOfBias(names, [.. Enumerable.Range(0, result.Effects.Count).Select(row => names.Select((_, domain) => words[(row * 5 + domain * 3 + row * domain) % 7]).ToList())]);
    }

    public static double[] Numbers(PooledResult result) => [.. Enumerable.Range(0, result.Effects.Count).Select(row => row % 5 == 0 ? double.NaN : 3 + 1.5 * (row % 7))];

    public static string?[] Places(PooledResult result) =>
        [.. Enumerable.Range(0, result.Effects.Count).Select(row => (row % 4) switch { 0 => "Europe", 1 => null, 2 => "东京医科大学附属医院以及其他许多家医院", _ => "Several centres in North America, and one in Asia" })];

    /// <summary>Everything that must keep its place, by name.</summary>
    public static readonly Dictionary<string, Func<Drawing>> All = new()
    {
        ["BCG"] = () => ForestPlot.Draw(Bcg(), new() { FavoursLeft = "Favours vaccine", FavoursRight = "Favours no vaccine", TreatmentHeading = "Vaccinated" }),
        ["BCG risk difference"] = () => ForestPlot.Draw(Bcg(Measures.RD), new() { Title = "BCG vaccine against tuberculosis", Order = ForestOrder.Weight }),
        ["subgroups"] = () => ForestPlot.Draw(BcgByAllocation, Bcg()),
        ["subgroups alone"] = () => ForestPlot.Draw(BcgByAllocation, null),
        ["PLO"] = () => ForestPlot.Draw(MetaAnalysis.Pool(Measures.PLO.Compute(Proportions))),
        ["PFT"] = () => ForestPlot.Draw(MetaAnalysis.Pool(Measures.PFT.Compute(Proportions))),
        ["PR"] = () => ForestPlot.Draw(MetaAnalysis.Pool(Measures.PR.Compute(Proportions))),
        ["PLN"] = () => ForestPlot.Draw(MetaAnalysis.Pool(Measures.PLN.Compute(Proportions))),
        ["rare"] = () => ForestPlot.Draw(Rare),
        ["names"] = () => ForestPlot.Draw(Names, new()
        {
            Title = "A title that is much too long for one line, even for a wide picture, and that says everything that the caption would say as well, and then says it again",
            FavoursLeft = "Favours a treatment whose name is long enough to be broken", FavoursRight = "Favours control",
            TreatmentHeading = "A treatment with a heading wider than its columns", StudyHeading = "Study and year of publication",
        }),
        ["1 trial"] = () => ForestPlot.Draw(Trial(1)),
        ["2 trials"] = () => ForestPlot.Draw(Trial(2)),
        ["60 trials"] = () => ForestPlot.Draw(Trial(60)),
        ["500 trials"] = () => ForestPlot.Draw(Trial(500)),
        ["ready estimates"] = () => ForestPlot.Draw(MetaAnalysis.Pool([0.1, 0.4, -0.2], [0.02, 0.03, 0.05])),
        ["means"] = () => ForestPlot.Draw(MetaAnalysis.Pool(ReferenceEffects("normand1999-md"))),
        ["rates"] = () => ForestPlot.Draw(MetaAnalysis.Pool(ReferenceEffects("hart1999-irr"))),
        ["correlations"] = () => ForestPlot.Draw(MetaAnalysis.Pool(ReferenceEffects("molloy2014-zcor"))),
        ["equal effects"] = () => ForestPlot.Draw(MetaAnalysis.Pool(Measures.RR.Compute(BcgData), new() { Method = PoolingMethod.EE, Test = PoolingTest.Z, Level = 0.99 })),
        ["narrow axis"] = () => ForestPlot.Draw(Bcg(), new() { AxisRange = (0.7, 0.9), FavoursLeft = "left", FavoursRight = "right" }),
    };

    private static EffectSizes ReferenceEffects(string id) => Measures.Find(ReferenceCase.Load(id).Measure).Compute(ReferenceCase.Load(id).Data);
}
