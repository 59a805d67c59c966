namespace MetaSpine.Tests;

/// <summary>The true effects of clusters, predicted.</summary>
public sealed class ClusterPredictionTests
{
    private static MultilevelPooledResult Schools => (MultilevelPooledResult)MultilevelCase.Load("konstantopoulos2011-3level").Fit("REML", "z", "residual");

    /// <summary>metafor 3.8: the pooled estimate and what ranef adds to it; it stops where its variances have six digits.</summary>
    private static readonly double[] Estimates =
    [
        -0.00527279192771, 0.10004239382940, 0.32544046264063, 0.42536130421028, 0.07741896598803, -0.05179582655587, 0.71899096740461, -0.01575633898702, 0.24183008588475,
        0.04302920446645, 0.17255637344814,
    ];

    /// <summary>The errors of sums of the intercept and a district's effect, from the inverse of the mixed-model equations of all effects (Henderson 1975), which R solved at metafor's variances.</summary>
    private static readonly double[] Errors =
    [
        0.1615133313005, 0.1025564527902, 0.1219696178807, 0.0943751892257, 0.0945246393235, 0.0627441026322, 0.1111615506331, 0.0631415884861, 0.0813652226255, 0.1037460433644, 0.1402292392211,
    ];

    [Fact]
    public void Districts_are_predicted_as_the_mixed_model_equations_have_them()
    {
        var found = Schools.PredictClusters();
        found.Select(prediction => prediction.Estimate).ShouldBeNear(Estimates, 2e-5, "prediction");
        found.Select(prediction => prediction.StandardError).ShouldBeNear(Errors, 2e-6, "error");
        found.Sum(prediction => prediction.EffectCount).ShouldBe(56);
        found[5].Cluster.ShouldBe("58");
        found[5].Interval.Upper.ShouldBe(found[5].Estimate + 1.959963984540054 * found[5].StandardError, 1e-12);
    }

    /// <summary>With one effect for each cluster and one variance they are the predictions of the univariate model.</summary>
    [Fact]
    public void Alone_in_their_clusters_effects_are_predicted_as_studies_are()
    {
        double[] y = [0.1, 0.9, 0.6, 1.4, -0.2, 0.5], v = [0.04, 0.06, 0.04, 0.02, 0.09, 0.01];
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v });
        var found = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], [Predictor.Numeric("study", [1, 2, 3, 4, 5, 6])], options: new() { Test = MultilevelTest.Z }).PredictClusters();
        var expected = MetaAnalysis.Pool(effects, new() { Test = PoolingTest.Z }).Blups().Studies;

        // Both searches end where tau^2 has eight digits.
        found.Select(prediction => prediction.Estimate).ShouldBeNear(expected.Select(study => study.Estimate), 1e-7, "prediction");
        found.Select(prediction => prediction.StandardError).ShouldBeNear(expected.Select(study => study.StandardError), 1e-7, "error");
        found.Select(prediction => prediction.OwnShare).ShouldBeNear(expected.Select(study => study.OwnShare), 1e-7, "share");
    }

    [EveryCultureFact]
    public void What_cannot_be_predicted_says_why()
    {
        var data = MultilevelCase.Load("konstantopoulos2011-3level");
        var crossed = MultilevelAnalysis.Pool(data.Effects, [RandomTerm.Parse("district"), RandomTerm.Parse("year")], data.Groupings);
        Should.Throw<PoolingException>(crossed.PredictClusters).Message.ShouldStartWith("The model makes effects of different levels of district dependent");
        var several = (MultilevelPooledResult)MultilevelAnalysis.Pool(data.Effects, [RandomTerm.Parse("year | district", CovarianceStructure.CS)], data.Groupings);
        Should.Throw<PoolingException>(several.PredictClusters).Message.ShouldContain("a district has several true effects and no average of its own");
    }
}
