using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>Every kind of result shows itself in every form.</summary>
public sealed class ResultViewTests
{
    private static readonly ReferenceCase Trials = ReferenceCase.Load("bcg-or");

    private static readonly string[] Allocation =
        ["random", "random", "random", "random", "alternate", "alternate", "random", "random", "random", "systematic", "systematic", "systematic", "systematic"];

    private static PooledResult Pooled => MetaAnalysis.Pool(Trials.Effects);

    private static IReadOnlyList<Predictor> Moderators =>
        [Predictor.Numeric("ablat", Bcg.Latitude), Predictor.Numeric("year", [1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, 1976])];

    private static RegressionResult Regression => MetaAnalysis.Regress(Trials.Effects, "~ ablat", Moderators);

    [EveryCultureFact]
    public void Cluster_robust() => Verify(Pooled.Robust(Allocation), Regression.Robust([.. Enumerable.Range(0, 13).Select(i => $"{i / 2}")]));

    [EveryCultureFact]
    public void Permutation() => Verify(
        Pooled.Permute(),
        Regression.Permute(new PermutationOptions { Draws = 199 }),
        Bcg.Pool(studies: 5).Permute(new PermutationOptions { Intervals = true }));

    [EveryCultureFact]
    public void Bootstrap() => Verify(
        Pooled.Bootstrap(new BootstrapOptions { Replicates = 499 }),
        MetaAnalysis.Pool([1, 1.1, 1.2, 1.3], [1, 1, 1, 1]).Bootstrap(new BootstrapOptions { Replicates = 99, Kind = BootstrapKind.Parametric }));

    [EveryCultureFact]
    public void Henmi_Copas() => Verify(Pooled.HenmiCopasInterval(), Bcg.Pool().HenmiCopasInterval());

    [EveryCultureFact]
    public void Profile_likelihood() => Verify(Pooled.ProfileLikelihoodInterval(), Regression.ProfileLikelihoodInterval(1));

    [EveryCultureFact]
    public void Location_scale() => Verify(
        LocationScale.Fit(Trials.Effects, Formula.Parse("~ ablat"), Formula.Parse("~ year"), Moderators),
        LocationScale.Fit(Trials.Effects, Formula.Parse("~ 1"), Formula.Parse("~ ablat"), Moderators, PoolingOptions.Default with { Test = PoolingTest.Z }, ScaleLink.Identity));

    [EveryCultureFact]
    public void Multimodel_inference() => Verify(Multimodel.AllSubsets(Trials.Effects, Formula.Parse("~ ablat * year"), Moderators));

    [EveryCultureFact]
    public void Subgroups_by_any_model() => Verify(
        Subgroups.Pool(Trials.Effects, Allocation, name: "allocation"),
        Subgroups.Pool(Trials.Effects, Allocation, tau2: SubgroupTau2.Common, name: "allocation"),
        Subgroups.Pool(Trials.Effects.Data, Allocation, data => MantelHaenszel.Pool(Measures.OR, data), "allocation"));

    [EveryCultureFact]
    public void Common_effects_from_counts() => Verify(
        MantelHaenszel.Pool(Measures.OR, Trials.Effects.Data), PetoMethod.Pool(Trials.Effects.Data), ExactOddsRatio.Pool(Trials.Effects.Data));

    [EveryCultureFact]
    public void Models_for_counts() => Verify(
        CountModels.Fit(Measures.OR, Trials.Effects.Data),
        CountModels.Fit(Measures.OR, Trials.Effects.Data, new CountModelOptions { Model = CountModel.CMAL }, DesignMatrix.WithIntercept(Predictor.Numeric("ablat", Bcg.Latitude))),
        BetaBinomial.Fit(Measures.OR, Trials.Effects.Data));

    [EveryCultureFact]
    public void An_exact_odds_ratio_without_an_upper_bound() => Verify(
        ExactOddsRatio.Pool(new EffectData(["A", "B"]) { ["ai"] = [3, 2], ["n1i"] = [20, 30], ["ci"] = [0, 0], ["n2i"] = [20, 30] }, midP: false),
        BetaBinomial.Fit(Measures.PLO, new EffectData(["A", "B", "C"]) { ["xi"] = [0, 9, 1], ["ni"] = [20, 30, 25] }));

    [EveryCultureFact]
    public void Influence() => Verify(Pooled.Influence(), Regression.Influence(), WithAnOutlier.Influence());

    [EveryCultureFact]
    public void Studies_left_out() => Verify(
        WithAnOutlier.LeaveOneOut(), MantelHaenszel.Pool(Measures.OR, Trials.Effects.Data).LeaveOneOut(), MetaAnalysis.Pool(Proportions).LeaveOut(2));

    [EveryCultureFact]
    public void Studies_added_up() => Verify(Pooled.Cumulative(StudyOrder.Precision), PetoMethod.Pool(Trials.Effects.Data).Cumulative(), MetaAnalysis.Pool(Proportions).Cumulative(StudyOrder.Size));

    [EveryCultureFact]
    public void All_subsets() => Verify(WithAnOutlier.Gosh(), MetaAnalysis.Pool(Proportions).Gosh(new GoshOptions { Subsets = GoshSubsets.Random, Draws = 20, EstimateBins = 8, I2Bins = 4 }));

    [CostlyFact]
    public void Random_effects_with_outliers() => Verify(
        WithAnOutlier.WithOutliers(), Regression.WithOutliers(), MetaAnalysis.Pool(Proportions).WithOutliers(RandomEffectsShape.StudentT));

    [EveryCultureFact]
    public void True_effects() => Verify(Pooled.Blups(), Regression.Blups(), MetaAnalysis.Pool(Proportions).Blups());

    [EveryCultureFact]
    public void Sensitivity_page() => Verify(
        SensitivityReport.Of(WithAnOutlier, new SensitivityOptions { Title = "Pain" }),
        SensitivityReport.Of(MantelHaenszel.Pool(Measures.OR, Trials.Effects.Data), new SensitivityOptions { Order = StudyOrder.AsGiven }),
        SensitivityReport.Of(MetaAnalysis.Pool(Proportions)));

    [EveryCultureFact]
    public void Dependent_effects()
    {
        var schools = MultilevelCase.Load("konstantopoulos2011-3level").Fit("REML", "t", "contain");
        Verify(schools, schools.Robust());
    }

    [EveryCultureFact]
    public void Dependent_effects_questioned()
    {
        var schools = (MultilevelPooledResult)MultilevelCase.Load("konstantopoulos2011-3level").Fit("REML", "t", "contain");
        Verify(schools.LeaveOneClusterOut(), schools.TestVariances(), schools.TestAsymmetry());
    }

    [EveryCultureFact]
    public void Dependent_outcomes()
    {
        var outcomes = MultilevelCase.Load("berkey1998-bivariate-un").Fit("ML", "t", "residual");
        Verify(
            outcomes,
            outcomes.Robust(),
            MultilevelAnalysis.Pool(
                Trials.Effects,
                [RandomTerm.Parse("allocation"), RandomTerm.Parse("trial") with { Fixed = [0.3] }],
                [Predictor.Categorical("allocation", Allocation), Predictor.Numeric("trial", [.. Enumerable.Range(1, 13).Select(i => (double)i)])]));
    }

    private static PooledResult WithAnOutlier => MetaAnalysis.Pool(Measures.SMD.Compute(new EffectData(["A", "B", "C", "D", "E", "F", "G, the odd one"])
    {
        ["m1i"] = [1.2, 1.1, 1.0, 1.3, 0.9, 1.1, 4.9], ["sd1i"] = [2, 2, 2.1, 2, 2, 2, 2], ["n1i"] = [40, 35, 60, 42, 38, 51, 45],
        ["m2i"] = [0.5, 0.3, 0.4, 0.4, 0.2, 0.3, 0.1], ["sd2i"] = [2, 2, 2, 2.2, 2, 2, 2], ["n2i"] = [40, 36, 58, 40, 40, 50, 45],
    }));

    private static EffectSizes Proportions => Measures.PLO.Compute(new EffectData(["A", "B", "C", "D", "E"]) { ["xi"] = [16, 39, 21, 8, 60], ["ni"] = [18, 57, 40, 12, 80] });

    private static void Verify(Reportable first, Reportable? second = null, Reportable? third = null, [CallerMemberName] string method = "")
    {
        List<Reportable> results = [.. new[] { first, second, third }.OfType<Reportable>()];
        foreach (var result in results)
        {
            result.ToString().Split('\n').Where(line => line.Length > 80).ShouldBeEmpty();
            result.ToMarkdown().ShouldBe(Report.Markdown(result));
            System.Xml.Linq.XElement.Parse(result.ToHtml()).Name.LocalName.ShouldBe("div");
            JsonDocument.Parse(Report.Json(result)).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
            Report.Csv(result).ShouldNotContain("NaN");
            var lines = Report.Csv(result).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            lines.Length.ShouldBeGreaterThan(1);
            lines.Select(line => Regex.Replace(line, "\"[^\"]*\"", "").Count(c => c == ',')).Distinct().ShouldHaveSingleItem();
        }

        Snapshot.Verify(string.Join("\n\n", results), "txt", method: method);
    }
}
