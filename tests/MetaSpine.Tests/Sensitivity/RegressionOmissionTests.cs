namespace MetaSpine.Tests;

/// <summary>Meta-regressions without a study or a cluster: metafor 3.8.1, the fit to the others, and what turns.</summary>
public sealed class RegressionOmissionTests
{
    /// <summary>REML is solved to 1e-13 in tau^2 by metafor and to rounding here; printed to twelve decimals.</summary>
    private const double Tolerance = 1e-10;

    /// <summary>The BCG trials on latitude with Knapp-Hartung's test: intercept, slope, their errors, the slope's p and interval, tau^2, without a trial.</summary>
    [EveryCultureTheory]
    [InlineData(3, new[] { 0.182508734079, -0.026021817092, 0.319822372988, 0.010064547791, 0.027159161768, -0.048447027052, -0.003596607132, 0.089731026899 })]
    [InlineData(7, new[] { 0.127015794472, -0.026311198536, 0.380331621979, 0.010283760620, 0.028445324093, -0.049224845118, -0.003397551953, 0.106797380422 })]
    [InlineData(11, new[] { 0.236047213561, -0.029287036481, 0.272873729396, 0.007878429471, 0.003992531702, -0.046841271278, -0.011732801683, 0.074769831963 })]
    public void Without_a_study_the_model_is_that_of_metafor(int study, double[] expected)
    {
        var fit = Bcg.Regress(Bcg.Latitude, new PoolingOptions()).LeaveOneOut().Fits[study];
        var (intercept, slope) = (fit.Coefficients[0], fit.Coefficients[1]);
        double[] actual =
            [intercept.Estimate, slope.Estimate, intercept.StandardError, slope.StandardError, slope.PValue, slope.Interval.Lower, slope.Interval.Upper, fit.Tau2!.Value];
        for (var i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], Tolerance);
        }

        fit.StudyCount.ShouldBe(12);
        fit.Rows.ShouldBe([study]);
    }

    [EveryCultureFact]
    public void A_cluster_leaves_together()
    {
        string[] clusters = ["a", "b", "a", "c", "c", "d", "d", "e", "e", "f", "f", "g", "g"];
        var model = Bcg.Regress(Bcg.Latitude, new PoolingOptions());
        var found = model.LeaveOneClusterOut(clusters);
        found.Fits.Select(fit => fit.Label).ShouldBe(["a", "b", "c", "d", "e", "f", "g"]);
        found.Fits[0].Rows.ShouldBe([0, 2]);
        int[] others = [.. Enumerable.Range(0, 13).Where(i => i is not 0 and not 2)];
        var twin = Regress(
            [.. others.Select(i => Bcg.Y[i])], [.. others.Select(i => Bcg.V[i])], Predictor.Numeric("x", [.. others.Select(i => Bcg.Latitude[i])]));
        found.Fits[0].Coefficients[1].Estimate.ShouldBe(twin.Coefficients[1].Estimate, 1e-12);
        found.Fits[0].Coefficients[1].PValue.ShouldBe(twin.Coefficients[1].PValue, 1e-10);
        found.Fits[0].Tau2!.Value.ShouldBe(twin.Tau2, 1e-12);
        Should.Throw<PoolingException>(() => model.LeaveOneClusterOut([.. Enumerable.Repeat("a", 13)])).Message.ShouldContain("at least 2 clusters");
        Should.Throw<ArgumentException>(() => model.LeaveOneClusterOut(["a"])).Message.ShouldContain("1 clusters, but 13 effect sizes");
    }

    [EveryCultureFact]
    public void What_turns_is_said_and_what_cannot_be_fitted_too()
    {
        // The slope rests on the last study alone: without it the five others show none.
        var turning = Regress(
            [0.1, 0.2, 0.1, 0.2, 0.15, 2], [0.01, 0.01, 0.01, 0.01, 0.01, 0.01], Predictor.Numeric("dose", [1, 1.1, 1.2, 1, 1.1, 9]),
            new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
        var found = turning.LeaveOneOut();
        found.Changes.ShouldBe([("Study 6", "dose")]);
        found.ToString().ReplaceLineEndings(" ").ShouldContain("With all studies the interval of dose excludes 0, but includes it without Study 6.");

        var alone = Regress([0.1, 0.2, 0.1, 0.3], [0.1, 0.1, 0.1, 0.1], Predictor.Numeric("group", [0, 0, 0, 1]));
        var fits = alone.LeaveOneOut();
        fits.Fits[3].Problem.ShouldBe("the others do not determine the coefficients");
        (fits.Fits[3].Coefficients.Count, fits.Fits[3].Tau2).ShouldBe((0, null));
        fits.ToString().ReplaceLineEndings(" ").ShouldContain("Without Study 4 there is no model: the others do not determine the coefficients.");
        var few = Regress([0.1, 0.2, 0.1], [0.1, 0.1, 0.1], Predictor.Numeric("x", [0, 1, 3]));
        Should.Throw<PoolingException>(() => few.LeaveOneOut()).Message.ShouldBe(
            "Leaving one study out of this meta-regression needs at least 4 studies, two more than coefficients; there are 3.");
    }

    private static RegressionResult Regress(double[] y, double[] v, Predictor moderator, PoolingOptions? options = null) =>
        MetaAnalysis.Regress(Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v }), DesignMatrix.WithIntercept(moderator), options ?? new PoolingOptions());
}
