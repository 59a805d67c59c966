namespace MetaSpine.Tests;

/// <summary>What a result of dependent effects rests on: its clusters, its variances, its precise effects.</summary>
public sealed class DependenceTests
{
    private static readonly MultilevelCase Case = MultilevelCase.Load("konstantopoulos2011-3level");

    private static readonly MultilevelPooledResult Schools = (MultilevelPooledResult)Case.Fit("REML", "z", "residual");

    /// <summary>metafor 3.8: cooks.distance and rstudent by cluster, each refit to its optimiser's default of six digits; rstudent prints four decimals.</summary>
    [Fact]
    public void The_influence_of_clusters_agrees_with_metafor()
    {
        var clusters = Schools.LeaveOneClusterOut(cancellation: TestContext.Current.CancellationToken).Clusters.ToDictionary(cluster => cluster.Cluster);
        foreach (var (name, cook, residual) in new[]
        {
            ("11", 0.0693784141842406, 1.9234), ("18", 0.0419849758752858, 0.6573), ("27", 0.1192089453113275, 4.6493), ("56", 0.0213566369931697, 0.9942), ("58", 0.1014506985035262, 3.6496),
            ("71", 0.5585174858480283, 24.9432), ("86", 0.0656500671790930, 0.9775), ("91", 0.0037438517178572, 9.9004), ("108", 0.0548839761292307, 18.0899), ("644", 0.0003441646543105, 2.3595),
        })
        {
            clusters[name].CookDistance.ShouldBe(cook, 1e-4 * cook + 1e-6, name);
            clusters[name].Residual!.Value.Statistic.ShouldBe(residual, 1e-4 * residual + 5e-5, name);
            clusters[name].Residual!.Value.DegreesOfFreedom.ShouldBe(clusters[name].EffectCount);
        }
    }

    [Fact]
    public void Influence_is_what_its_rules_say()
    {
        var result = Schools.LeaveOneClusterOut(cancellation: TestContext.Current.CancellationToken);
        var flagged = result.Influential.Select(cluster => (cluster.Cluster, cluster.Influence)).ToList();
        flagged.ShouldContain(("71", ClusterInfluence.Estimate | ClusterInfluence.Variances | ClusterInfluence.Residual));
        flagged.ShouldContain(("108", ClusterInfluence.Residual));
        foreach (var cluster in result.Clusters)
        {
            cluster.Influence.HasFlag(ClusterInfluence.Conclusion).ShouldBe(cluster.Result!.Interval.Contains(0) != Schools.Interval.Contains(0));
            cluster.Influence.HasFlag(ClusterInfluence.Estimate).ShouldBe(cluster.CookDistance > 0.454936423119573);
        }
    }

    /// <summary>One of six studies holds all that varies between studies.</summary>
    [EveryCultureFact]
    public void A_cluster_that_makes_a_variance_is_named()
    {
        double[] y = [0.1, 0.3, 0.15, 0.25, 0.2, 0.1, 0.12, 0.28, 0.2, 0.22, 2.1, 2.3];
        string[] study = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e", "far", "far"];
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = [.. y.Select(_ => 0.02)] });
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], [Predictor.Categorical("study", study)]).LeaveOneClusterOut(cancellation: TestContext.Current.CancellationToken);
        var far = result.Influential.ShouldHaveSingleItem();
        far.Influence.ShouldBe(ClusterInfluence.Variances | ClusterInfluence.Residual | ClusterInfluence.Conclusion | ClusterInfluence.Estimate);
        result.ToString().ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal).ShouldContain("and the variance of study is 0.");
        Should.Throw<PoolingException>(() => MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], [Predictor.Categorical("study", [.. study.Select(s => s == "far" ? "far" : "near")])]).LeaveOneClusterOut(cancellation: TestContext.Current.CancellationToken))
            .Message.ShouldStartWith("There are 2 clusters: without one of them nothing is left to compare");
        Should.Throw<ArgumentException>(() => result.Model.LeaveOneClusterOut(["a"])).Message.ShouldStartWith("There are 1 clusters, but 12 effect sizes");
        Should.Throw<ArgumentException>(() => result.Model.LeaveOneClusterOut([.. study.Select(s => s == "c" ? " " : s)])).Message.ShouldStartWith("Study 5 (row 5) has no cluster");
    }

    /// <summary>The gains of metafor's fits with and without the term, whose optimiser stops within 1e-4 of the maximum; the mixture of two chi-squared by its definition.</summary>
    [Theory]
    [InlineData("berkey1998-bivariate-cs", "REML", 2, 105.8480016065)]
    [InlineData("berkey1998-bivariate-un", "REML", 3, 106.6104147757)]
    [InlineData("berkey1998-bivariate-cs", "ML", 2, 101.2943776805)]
    public void A_covariance_matrix_is_tested_as_a_whole(string id, string method, int parameters, double statistic)
    {
        var test = MultilevelCase.Load(id).Fit(method, "z", "residual").TestVariances().Tests.ShouldHaveSingleItem();
        (test.Term, test.Name, test.Parameters, test.IsUpperBound).ShouldBe(("outcome | trial", "", parameters, true));
        test.Statistic.ShouldBe(statistic, 1e-4);
        test.PValue.ShouldBe((ChiSquared.Upper(test.Statistic, parameters) + ChiSquared.Upper(test.Statistic, parameters - 1)) / 2, 1e-15);
    }

    /// <summary>Each variance of DIAG against the fit in which it is fixed at 0.</summary>
    [Fact]
    public void Variances_without_correlation_are_tested_one_by_one()
    {
        var test = MultilevelCase.Load("berkey1998-bivariate-diag");
        var model = test.Fit("REML", "z", "residual");
        var tests = model.TestVariances().Tests;
        tests.Select(found => found.Name).ShouldBe(["AL", "PD"]);
        for (var i = 0; i < 2; i++)
        {
            var fixedAt = test.Random[0] with { Fixed = [i == 0 ? 0 : null, i == 1 ? 0 : null] };
            var without = MultilevelAnalysis.Regress(test.Effects, [fixedAt], test.Groupings, test.Design, test.Covariance, model.Options);
            tests[i].Statistic.ShouldBe(2 * (model.Fit.RestrictedLogLikelihood - without.Fit.RestrictedLogLikelihood), 1e-8);
            tests[i].PValue.ShouldBe(ChiSquared.Upper(tests[i].Statistic, 1) / 2, 1e-15);
            without.TestVariances().Tests[i].Problem.ShouldBe("It is fixed, and not estimated.");
        }
    }

    [EveryCultureFact]
    public void A_test_that_cannot_be_made_says_why()
    {
        var hcs = MultilevelCase.Load("berkey1998-bivariate-hcs").Fit("REML", "z", "residual").TestVariances();
        hcs.Tests.ShouldHaveSingleItem().Problem!.ShouldStartWith("Without variance the correlation of HCS means nothing");
        hcs.ToString().ShouldContain("outcome | trial: Without variance");
        Should.Throw<ArgumentException>(() => hcs.Model.TestVariance("outcome | trial")).Message.ShouldContain("several numbers, which TestVariances tests");
    }

    /// <summary>Standardised mean differences are held against the sizes of their groups, and not against errors that grow with them.</summary>
    [EveryCultureFact]
    public void Asymmetry_of_standardised_differences_goes_by_the_sizes_of_groups()
    {
        double[] n = [20, 30, 25, 60, 44, 80, 35, 28];
        var effects = Measures.SMD.Compute(new EffectData
        {
            ["m1i"] = [1.4, 1.2, 0.9, 1.1, 1.3, 0.8, 1.0, 1.6], ["sd1i"] = [2, 2.1, 1.9, 2, 2, 2, 2.2, 2], ["n1i"] = n,
            ["m2i"] = [0.1, 0.2, 0.3, 0.5, 0.6, 0.4, 0.2, 0.1], ["sd2i"] = [2, 2, 2, 2.1, 2, 2, 2, 1.9], ["n2i"] = [.. n.Select(size => size + 4)],
        });
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], [Predictor.Categorical("study", ["a", "a", "b", "b", "c", "c", "d", "d"])]);
        var test = result.TestAsymmetry();
        test.Predictor.ShouldBe(PrecisionPredictor.GroupSizes);
        var direct = MultilevelAnalysis.Regress(effects, result.Random, result.Model.Groupings, DesignMatrix.FromRows(["a", "b"], [.. n.Select(size => (double[])[1, Math.Sqrt(1 / size + 1 / (size + 4))])])).Robust();
        test.Slope.PValue.ShouldBe(direct.Coefficients[1].PValue, 1e-10);
        result.TestAsymmetry(PrecisionPredictor.StandardError).ToString().ShouldContain("standard error of SMD depends");
        Should.Throw<PoolingException>(() => Schools.TestAsymmetry(PrecisionPredictor.GroupSizes)).Message.ShouldStartWith("The test by the sizes of the groups needs n1i and n2i; they are unknown for ");
        var equal = Measures.GEN.Compute(new EffectData { ["yi"] = [1, 2, 3, 4, 6, 8], ["vi"] = [1, 1, 1, 1, 1, 1] });
        Should.Throw<PoolingException>(() => MultilevelAnalysis.Pool(equal, [RandomTerm.Parse("study")], [Predictor.Categorical("study", ["a", "a", "b", "b", "c", "c"])]).TestAsymmetry())
            .Message.ShouldStartWith("All effects are equally precise");
    }

    [EveryCultureTheory]
    [InlineData("study", 3, "6 effects in 3 studies")]
    [InlineData("lab", 3, "6 effects in 3 labs")]
    [InlineData("agency", 1, "6 effects in 1 agency")]
    [InlineData("boy", 2, "6 effects in 2 boys")]
    [InlineData("class", 2, "6 effects in 2 classes")]
    [InlineData("lab_id", 1, "6 effects in 1 level of lab_id")]
    [InlineData("lab_id", 2, "6 effects in 2 levels of lab_id")]
    [InlineData("effect", 6, "6 effects")]
    public void Effects_and_their_groups_are_counted(string grouping, int groups, string expected)
    {
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [1, 2, 3, 4, 6, 8], ["vi"] = [1, 1, 2, 1, 1, 1] });
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse(grouping)], [Predictor.Numeric(grouping, [.. Enumerable.Range(0, 6).Select(i => (double)(i % groups))])]);
        PooledCount.Of(result).ShouldBe(expected);
        result.ToString().ReplaceLineEndings(" ").ShouldContain($"of {expected} was ");
    }
}
