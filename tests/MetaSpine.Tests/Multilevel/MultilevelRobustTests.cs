using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Cluster-robust errors of models of dependent effects against clubSandwich 0.6.0, and properties that decide them.</summary>
public sealed class MultilevelRobustTests
{
    /// <summary>clubSandwich works at metafor's variances, which are up to 1e-7 off.</summary>
    [Theory]
    [InlineData("konstantopoulos2011-3level")]
    [InlineData("konstantopoulos2011-3level-year")]
    [InlineData("berkey1998-bivariate-cs")]
    [InlineData("berkey1998-bivariate-un")]
    public void Reference_files_agree(string id)
    {
        var test = MultilevelCase.Load(id);
        foreach (var fit in test.Fits.Where(fit => fit.TryGetProperty("robust", out _)))
        {
            var clusters = Texts(test.Column(fit.GetProperty("cluster").GetString()!));
            var result = test.Fit(fit.GetProperty("method").GetString()!, "z", "residual").Robust(clusters, Enum.Parse<RobustType>(fit.GetProperty("robust").GetString()!));
            Agree(result, fit.GetProperty("expect"), $"{id} {result.Type}", id.EndsWith("un", StringComparison.Ordinal) ? 1e-4 : 1e-6);
        }
    }

    /// <summary>
    /// The correlated and hierarchical working model of Pustejovsky and Tipton (2022) on robumeta's corrdat, with rho = 0.8: clubsandwich-corrdat.json, by
    /// make-clubsandwich-corrdat.R. Its variances are metafor's, up to 1e-6 from the maximum.
    /// </summary>
    [Fact]
    public void Correlated_and_hierarchical_effects_agree_with_clubSandwich()
    {
        var peer = JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Multilevel/clubsandwich-corrdat.json"))).RootElement;
        double[] Numbers(string name) => ReferenceCase.Numbers(peer.GetProperty(name));
        double[] variances = Numbers("vi"), studies = Numbers("studyid");
        var k = variances.Length;
        var covariance = SamplingCovariance.FromRows([.. Enumerable.Range(0, k).Select(i => (double[])[.. Enumerable.Range(0, k).Select(j =>
            i == j ? variances[i] : studies[i] == studies[j] ? .8 * Math.Sqrt(variances[i] * variances[j]) : 0)])]);
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = Numbers("yi"), ["vi"] = variances });
        double[][] moderators = [Numbers("males"), Numbers("college"), Numbers("binge")];
        var design = DesignMatrix.FromRows(["intercept", "males", "college", "binge"], [.. Enumerable.Range(0, k).Select(i => (double[])[1, .. moderators.Select(m => m[i])])]);
        var model = MultilevelAnalysis.Regress(
            effects, [RandomTerm.Parse("studyid/esid")], [Predictor.Numeric("studyid", studies), Predictor.Numeric("esid", Numbers("esid"))], design, covariance,
            new MultilevelOptions { Test = MultilevelTest.Z });
        model.Components.Select(c => c.Value).ShouldBeNear(Numbers("sigma2"), 1e-5, "variances");
        model.Coefficients.Select(c => c.Estimate).ShouldBeNear(Numbers("beta"), 1e-6, "coefficients");
        model.Coefficients.Select(c => c.StandardError).ShouldBeNear(Numbers("se"), 1e-6, "errors");
        foreach (var type in Enum.GetValues<RobustType>())
        {
            var robust = model.Robust(type: type);
            robust.ClusterCount.ShouldBe(39);
            var expected = peer.GetProperty("robust").GetProperty($"{type}");
            robust.Coefficients.Select(c => c.StandardError).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("se")), 1e-6, $"{type} errors");
            robust.Coefficients.Select(c => c.DegreesOfFreedom).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("df")), 1e-5, $"{type} degrees of freedom");
            robust.Coefficients.Select(c => c.PValue).ShouldBeNear(ReferenceCase.Numbers(expected.GetProperty("p")), 1e-5, $"{type} p");
        }

        var (htz, joint) = (peer.GetProperty("htz"), model.Robust().Moderators!.Value);
        joint.Statistic.ShouldBe(htz.GetProperty("F").GetDouble(), 1e-5);
        joint.ResidualDegreesOfFreedom.ShouldBe(htz.GetProperty("df").GetDouble(), 1e-4);
        joint.PValue.ShouldBe(htz.GetProperty("p").GetDouble(), 1e-6);
    }

    [Fact]
    public void Clusters_that_cut_dependent_effects_apart_are_refused()
    {
        var model = MultilevelCase.Load("konstantopoulos2011-3level").Fit("REML", "z", "residual");
        Should.Throw<PoolingException>(() => model.Robust([.. Enumerable.Range(0, 56).Select(i => $"{i}")]))
            .Message.ShouldBe("The model makes Study 1 (cluster 0) and Study 2 (cluster 1) dependent, but they are in different clusters: name a grouping that holds all dependent effects together.");
        Should.Throw<ArgumentException>(() => model.Robust(["a"])).Message.ShouldStartWith("There are 1 clusters, but 56 effect sizes");
    }

    private static string[] Texts(Predictor column) => [.. Enumerable.Range(0, column.Count).Select(column.Category)];

    private static void Agree(MultilevelRobustResult result, JsonElement expect, string name, double tolerance)
    {
        double[] Expected(string field) => expect.GetProperty(field) is { ValueKind: JsonValueKind.Array } array ? ReferenceCase.Numbers(array) : [expect.GetProperty(field).GetDouble()];
        result.Coefficients.Select(c => c.StandardError).ShouldBeNear(Expected("se"), tolerance, $"{name} errors");
        result.Coefficients.Select(c => c.Statistic).ShouldBeNear(Expected("tstat"), tolerance, $"{name} statistics");
        result.Coefficients.Select(c => c.DegreesOfFreedom).ShouldBeNear(Expected("df"), tolerance, $"{name} degrees of freedom");
        result.Coefficients.Select(c => c.PValue).ShouldBeNear(Expected("pval"), 100 * tolerance, $"{name} p");
    }
}
