namespace MetaSpine.Tests;

/// <summary>Subgroups with separate and common tau^2, against the R packages meta and metafor.</summary>
public sealed class SubgroupTests
{
    /// <summary>Fleiss1993cont under the standardised mean difference as meta 8.3 computes it, with the regions of meta's own example.</summary>
    private static readonly string[] Regions = ["Europe", "Europe", "Asia", "Asia", "Europe"];

    private static readonly PoolingOptions Z = new() { Test = PoolingTest.Z };

    private static EffectSizes Fleiss => Measures.GEN.Compute(new EffectData
    {
        ["yi"] = [-0.33987608706701, -0.565889664491664, -0.299908862924967, 0.1250235914109, -0.734444111690334],
        ["vi"] = [.. new[] { 0.395526258880363, 0.235442437871332, 0.240461349681032, 0.316568424908007, 0.521525446333571 }.Select(se => se * se)],
    });

    [EveryCultureFact]
    public void Separate_tau2_gives_the_results_of_meta()
    {
        var analysis = Subgroups.Pool(Fleiss, Regions, Z);
        analysis.Groups.Select(group => group.Name).ShouldBe(["Europe", "Asia"]);
        analysis.Groups.Select(group => group.Result.StudyCount).ShouldBe([3, 2]);
        analysis.Groups[0].Result.Estimate.ShouldBe(-0.536538827974627, 1e-9);
        analysis.Groups[1].Result.Estimate.ShouldBe(-0.13732574838557, 1e-7);
        analysis.Groups[1].Pooled!.StandardError.ShouldBe(0.206527414067636, 1e-7);
        analysis.Groups[1].Pooled!.Tau2.ShouldBe(0.0112651812043717, 1e-7);
        analysis.Test!.Value.Statistic.ShouldBe(2.03721373647314, 1e-6);
        analysis.Test.Value.DegreesOfFreedom.ShouldBe(1);
        analysis.Regression.ShouldBeNull();
        analysis.Notes.Single().ShouldBe("Fewer than 5 studies hardly tell their own τ² (Europe, Asia); a common τ² makes the comparison steadier.");
    }

    [EveryCultureFact]
    public void Common_tau2_gives_the_results_of_meta()
    {
        var analysis = Subgroups.Pool(Fleiss, Regions, Z, SubgroupTau2.Common);
        analysis.Groups[0].Pooled!.Tau2.ShouldBe(0);
        analysis.Groups[1].Result.Estimate.ShouldBe(-0.144437266458927, 1e-9);
        analysis.Groups[1].Pooled!.StandardError.ShouldBe(0.191484300928994, 1e-9);
        analysis.Test!.Value.Statistic.ShouldBe(2.12815777736103, 1e-9);
        analysis.Notes.ShouldBeEmpty();
    }

    /// <summary>R: rma(yi, vi, mods = ~ 0 + alloc, data = escalc("RR", dat.bcg)), REML, knha: see regression-peers.json.</summary>
    [EveryCultureFact]
    public void Common_tau2_is_the_meta_regression_without_an_intercept()
    {
        var expected = RegressionPeers.Fit("~ 0 + alloc");
        var analysis = Subgroups.Pool(RegressionPeers.Effects, RegressionPeers.Texts("alloc"), tau2: SubgroupTau2.Common, name: "alloc");
        analysis.Groups.Select(group => group.Name).ShouldBe(["random", "alternate", "systematic"]);
        foreach (var (name, result) in analysis.Groups.Select(group => (group.Name, group.Pooled!)))
        {
            var coefficient = expected.Coefficients.Single(c => c.Name == $"alloc{name}");
            result.Estimate.ShouldBe(coefficient.Estimate, 1e-10);
            result.StandardError.ShouldBe(coefficient.StandardError, 1e-10);
            result.Interval.Lower.ShouldBe(coefficient.Interval.Lower, 1e-9);
            result.PValue.ShouldBe(coefficient.PValue, 1e-9);
            result.DegreesOfFreedom.ShouldBe(10);
            result.Tau2.ShouldBe(expected.Tau2, 1e-10);
            result.PredictionIntervalBy(PredictionMethod.Standard).ShouldBe(result.PredictionInterval);
        }

        // The chi-squared test is that of the meta-regression under z; under Knapp-Hartung the regression gives F.
        analysis.Test!.Value.Statistic.ShouldBe(RegressionPeers.Fit("~ alloc", PoolingTest.Z).Moderators.Statistic, 1e-9);
        analysis.Regression!.Moderators.Statistic.ShouldBe(RegressionPeers.Fit("~ alloc").Moderators.Statistic, 1e-9);
        analysis.Regression.PairwiseDifferences("alloc").Contrasts.Count.ShouldBe(3);
    }

    [EveryCultureFact]
    public void A_study_alone_in_its_subgroup_borrows_the_common_tau2()
    {
        string[] kinds = ["a", "b", "b", "b", "b", "b", "b", "b", "b", "b", "b", "b", "b"];
        var alone = Subgroups.Pool(RegressionPeers.Effects, kinds, tau2: SubgroupTau2.Common).Groups[0].Result;
        alone.StudyCount.ShouldBe(1);
        alone.DegreesOfFreedom.ShouldBe(11);
        alone.PredictionInterval.ShouldNotBeNull();
        Subgroups.Pool(RegressionPeers.Effects, kinds).Groups[0].Result.PredictionInterval.ShouldBeNull();
    }

    [EveryCultureFact]
    public void Studies_without_a_category_are_named_and_categories_without_an_estimate_are_no_subgroups()
    {
        string?[] kinds = [null, "a", "a", "b", "b", "b", "b", "b", "b", "b", "b", "b", "none"];
        var effects = RegressionPeers.Effects;
        effects = effects with { Studies = [.. effects.Studies.Select((study, i) => i == 12 ? study with { Problem = "no counts" } : study)] };
        foreach (var tau2 in Enum.GetValues<SubgroupTau2>())
        {
            var analysis = Subgroups.Pool(effects, kinds, tau2: tau2, name: "kind");
            analysis.Groups.Select(group => group.Name).ShouldBe(["a", "b"]);
            analysis.Excluded.Select(study => study.Reason).ShouldBe(["its kind is missing", "no counts"]);
            analysis.Groups.ShouldAllBe(group => group.Result.Excluded.Count == 0);
        }

        Should.Throw<ArgumentException>(() => Subgroups.Pool(effects, ["a"])).Message.ShouldContain("1 categories for 13 studies");
        Subgroups.Pool(effects, [.. kinds.Select(_ => "all")], tau2: SubgroupTau2.Common).Test.ShouldBeNull();
    }
}
