using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>The page on a result's sensitivity: what it says holds, and what it says of results that cannot be questioned in a way.</summary>
public sealed class SensitivityReportTests
{
    private static SensitivityFinding Finding(SensitivityReport report, string name) => report.Findings.Single(finding => finding.Name == name);

    /// <summary>One study far off: what is said must be what the results themselves say.</summary>
    [CostlyFact]
    public void The_verdicts_are_those_of_the_results()
    {
        var result = MetaAnalysis.Pool([0.1, 0.12, 0.08, 0.11, 0.09, 2.5], [0.02, 0.02, 0.02, 0.02, 0.02, 0.02], new PoolingOptions { Test = PoolingTest.Z });
        var report = SensitivityReport.Of(result);
        report.Model.ShouldBeSameAs(result);
        report.Findings.Select(finding => finding.Name).ShouldBe(
            [
                "leave-one-out", "influence", "cumulative", "subsets", "outliers", "henmi-copas", "small-study-test", "small-study-tests", "doi", "trim-and-fill", "pet-peese", "limit",
                "adequate-power", "selection", "selection-models", "copas", "excess-significance", "p-curve", "p-uniform-star", "p-uniform", "z-curve", "s-value", "unreported",
                "fail-safe-n", "e-value", "fragility", "smallest-effect", "sequential", "multiverse",
            ]);

        // All standard errors are equal: the funnel plot has no height, and what reads it says so; one of six is significant; bare estimates have no patients.
        report.Findings.Where(finding => finding.Problem != null).Select(finding => finding.Name).ShouldBe(
            ["small-study-test", "small-study-tests", "trim-and-fill", "pet-peese", "limit", "p-curve", "z-curve", "e-value", "fragility", "smallest-effect", "sequential"]);
        report.Findings.Where(finding => finding.Problem == null && finding.Name is not ("doi" or "p-uniform" or "fail-safe-n" or "copas")).ShouldAllBe(finding => finding.Result != null && finding.Verdict != null);
        report.Findings.Select(finding => finding.Group).Distinct().ShouldBe(["The studies", "Small studies", "Selection of results", "How much it would take", "The choices of the analysis"]);

        var influential = result.Influence().Influential.ShouldHaveSingleItem().Label;
        Finding(report, "influence").Verdict!.ShouldContain(influential);
        Finding(report, "influence").Holds.ShouldBe(false);
        Finding(report, "subsets").Holds.ShouldBe(false);
        Finding(report, "subsets").Verdict!.ShouldContain($"with and without {influential}");

        // All six include no effect; without the sixth the five agree on an effect in the same direction that excludes or includes it.
        var changes = result.LeaveOneOut().Subsets.Where(subset => subset.Interval.Contains(0) != result.Interval.Contains(0)).Select(subset => subset.Label).ToList();
        Finding(report, "leave-one-out").Holds.ShouldBe(changes.Count == 0);
        var robust = result.WithOutliers();
        Finding(report, "outliers").Holds.ShouldBe(robust.Interval.Contains(0) == result.Interval.Contains(0) && Math.Sign(robust.Estimate) == Math.Sign(result.Estimate));
        var text = report.ToString();
        foreach (var finding in report.Findings)
        {
            Regex.Replace(text, "\\s+", " ").ShouldContain(finding.Verdict ?? finding.Problem ?? finding.Title);
            Regex.Replace(text, "\\s+", " ").ShouldContain(finding.Title);
        }
    }

    [CostlyFact]
    public void A_study_that_turns_the_result_is_named()
    {
        // The first alone is on the other side: without it the estimate turns.
        var result = MetaAnalysis.Pool([3, -0.5, -0.6, -0.4], [0.1, 0.1, 0.1, 0.1], new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        var page = Finding(SensitivityReport.Of(result), "leave-one-out");
        page.Holds.ShouldBe(false);
        page.Verdict.ShouldBe("Direction or conclusion change without Study 1.");
        page.Result!.ToString().ReplaceLineEndings(" ").ShouldContain("the estimate lies on the other side of no effect without Study 1.");
    }

    [CostlyFact]
    public void What_cannot_be_asked_has_its_reason()
    {
        var two = SensitivityReport.Of(MetaAnalysis.Pool([0.1, 0.4], [0.1, 0.1]));
        two.Findings.Where(finding => finding.Problem != null).Select(finding => finding.Name)
            .ShouldBe(
            [
                "leave-one-out", "influence", "subsets", "outliers", "small-study-test", "small-study-tests", "doi", "trim-and-fill", "pet-peese", "limit", "selection", "copas", "p-curve",
                "p-uniform", "z-curve", "e-value", "fragility", "smallest-effect", "sequential",
            ]);
        two.ToString().ShouldContain("What cannot be asked here");
        Finding(two, "leave-one-out").Problem!.ShouldContain("at least 3 studies");
        Finding(two, "cumulative").Holds.ShouldBeNull();

        Should.Throw<ArgumentException>(() => SensitivityReport.Of(MetaAnalysis.Pool([0.1, 0.4], [0.1, 0.1]), new SensitivityOptions { Subsets = 0 }));
    }

    /// <summary>What another model has no form of is asked of its studies pooled by inverse variance: with one effect where the model has one, with a variance between studies where it has one.</summary>
    [EveryCultureFact]
    public void Another_model_is_questioned_by_its_inverse_variance_twin()
    {
        var data = ReferenceCase.Load("bcg-or").Effects.Data;
        SensitivityOptions some = new() { Only = ["leave-one-out", "influence", "trim-and-fill", "small-study-test"] };
        (bool, bool) Twin(SensitivityReport report, PooledResult twin)
        {
            Finding(report, "trim-and-fill").Result.ShouldBeOfType<TrimAndFillResult>().Adjusted.Estimate.ShouldBe(twin.TrimAndFill().Adjusted.Estimate, 1e-14);
            Finding(report, "small-study-test").IsByInverseVariance.ShouldBeTrue();
            report.ToString().ShouldContain("What is marked * is defined for pooling by inverse variance only");
            return (Finding(report, "leave-one-out").IsByInverseVariance, Finding(report, "influence").IsByInverseVariance);
        }

        var peto = PetoMethod.Pool(data);
        Twin(SensitivityReport.Of(peto, some), MetaAnalysis.Pool(peto.Effects, new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z })).ShouldBe((false, false));
        var exact = ExactOddsRatio.Pool(data);
        var page = SensitivityReport.Of(exact, some);
        Twin(page, MetaAnalysis.Pool(exact.Effects, new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z })).ShouldBe((false, true));
        Finding(page, "leave-one-out").Problem!.ShouldContain("not defined for this model");
        var beta = BetaBinomial.Fit(Measures.OR, data);
        Twin(SensitivityReport.Of(beta, some), MetaAnalysis.Pool(beta.Effects)).ShouldBe((false, true));
        SensitivityReport.Of(Bcg.Pool(), some).ToString().ShouldNotContain("*");
    }

    [CostlyFact]
    public void A_meta_regression_clusters_and_a_column_are_questioned_too()
    {
        var (pooled, regression) = (Bcg.Pool(), Bcg.Regress(Bcg.Latitude, new PoolingOptions()));
        string[] clusters = [.. Enumerable.Range(0, 13).Select(i => i % 2 == 0 ? "even" : "odd")];
        var options = new SensitivityOptions
        {
            Regression = regression, Clusters = clusters, Column = Predictor.Numeric("latitude", Bcg.Latitude), Subsets = 100,
            Only = ["leave-one-cluster-out", "cumulative", "subsets", "regression-leave-one-out", "regression-influence"],
        };
        var report = SensitivityReport.Of(pooled, options);
        Finding(report, "leave-one-cluster-out").Result.ShouldBeOfType<OmissionResult>().Subsets.Select(subset => subset.Label).ShouldBe(["even", "odd"]);
        Finding(report, "leave-one-cluster-out").Verdict.ShouldBe("Whichever cluster is left out, direction and conclusion stay the same.");
        Finding(report, "cumulative").Result.ShouldBeOfType<CumulativeResult>().Order.ShouldBe("latitude");
        Finding(report, "regression-leave-one-out").Verdict.ShouldStartWith("Meta-regression: ");
        Finding(report, "regression-influence").Result.ShouldBeOfType<InfluenceResult>().Columns.Count.ShouldBe(2);
        Finding(report, "subsets").Result.ShouldBeOfType<GoshResult>().Subsets.ShouldBe(100);
        Should.Throw<ArgumentException>(() => SensitivityReport.Of(pooled, options with { Clusters = ["a"] })).Message.ShouldContain("1 clusters, but 13");
    }

    /// <summary>What the options ask for: some findings alone with their tables, all tables, the smallest effect that matters.</summary>
    [CostlyFact]
    public void Findings_tables_and_the_smallest_effect_are_chosen()
    {
        var result = MetaAnalysis.Pool(ReferenceCase.Load("bcg-rr").Effects);
        var some = SensitivityReport.Of(result, new SensitivityOptions { Only = ["multiverse", "Copas", "sequential", "smallest-effect"], SmallestEffect = .8 });
        some.Findings.Select(finding => finding.Name).ShouldBe(["copas", "smallest-effect", "sequential", "multiverse"]);
        some.Findings.ShouldAllBe(finding => finding.Problem == null);
        Finding(some, "sequential").Result.ShouldBeOfType<TrialSequentialResult>().Options.Effect.ShouldBe(Math.Log(.8), 1e-15);
        Finding(some, "smallest-effect").Result.ShouldBeOfType<SmallestEffectResult>().Negligible.Upper.ShouldBe(-Math.Log(.8), 1e-15);
        var multiverse = Finding(some, "multiverse").Result.ShouldBeOfType<MultiverseResult>();
        multiverse.BeyondThreshold.ShouldNotBeNull();
        (multiverse.Agreement == 1).ShouldBe(Finding(some, "multiverse").Holds!.Value);
        some.ToString().ShouldContain("residual bias p");
        var brief = SensitivityReport.Of(result, new SensitivityOptions { Subsets = 10 });
        brief.ToString().ShouldNotContain("residual bias p");
        SensitivityReport.Of(result, new SensitivityOptions { Only = ["copas"], AllTables = true }).ToString().ShouldContain("residual bias p");
        brief.ToString().Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        Should.Throw<ArgumentException>(() => SensitivityReport.Of(result, new SensitivityOptions { Only = ["copa"] })).Message.ShouldBe("The page has no finding 'copa'; did you mean copas?");
        Should.Throw<ArgumentException>(() => SensitivityReport.Of(result, new SensitivityOptions { SmallestEffect = -1 })).Message.ShouldContain("must be a possible risk ratio");
    }

    [EveryCultureFact]
    public void Programs_get_every_number_of_every_result()
    {
        var report = SensitivityReport.Of(Bcg.Pool());
        var findings = JsonDocument.Parse(Report.Json(report)).RootElement.GetProperty("findings");
        findings.GetArrayLength().ShouldBe(report.Findings.Count);
        var first = findings[0].GetProperty("result").GetProperty("subsets")[0].GetProperty("estimate").GetDouble();
        first.ShouldBe(Bcg.Pool().LeaveOneOut().Subsets[0].Estimate);
        var rows = Report.Csv(report).Split("\r\n");
        rows[0].ShouldBe("finding,row,quantity,value");
        rows.ShouldContain(FormattableString.Invariant($"leave-one-out,Study 1,estimate,{first:R}"));
    }

    [CostlyFact]
    public void Work_is_reported_and_can_be_stopped()
    {
        var shares = new List<double>();
        var report = SensitivityReport.Of(Bcg.Pool(studies: 4), progress: new Collector(shares));
        shares.Count.ShouldBe(report.Findings.Count);
        shares.ShouldBeInOrder();
        shares[^1].ShouldBe(1);
        Should.Throw<OperationCanceledException>(() => SensitivityReport.Of(Bcg.Pool(), cancellation: new CancellationToken(canceled: true)));
    }

    /// <summary>The share below a value: by counting the subsets that are kept, and within a bin's worth of that from the histogram alone.</summary>
    [CostlyFact]
    public void The_share_of_the_subsets_below_a_value_is_counted()
    {
        var result = Bcg.Pool(studies: 9);
        var (kept, counted) = (result.Gosh(), result.Gosh(new GoshOptions { KeepUpTo = 0, EstimateBins = 4096 }));
        counted.Points.ShouldBeNull();
        foreach (var value in new[] { -10, -1.2, -0.9, result.Estimate, 0, 10 })
        {
            var share = kept.Points!.Estimates.Count(estimate => estimate < value) / 511.0;
            kept.ShareBelow(value).ShouldBe(share);
            counted.ShareBelow(value).ShouldBe(share, 0.01, "a bin of 4096 holds few of the 511");
        }

        Should.Throw<ArgumentException>(() => kept.ShareBelow(double.NaN));
    }

    private sealed class Collector(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
