namespace MetaSpine.Tests;

/// <summary>
/// Weights, fixed tau^2, further estimators, intervals and tests on the BCG risk ratios. Values named R are metafor 3.8.1 with
/// control = list(threshold = 1e-14, tol = 1e-15) unless another source is named.
/// </summary>
public sealed class EstimationOptionsTests
{
    private const double Tolerance = 1e-9;

    private static readonly EffectSizes Bcg = ReferenceCase.Load("bcg-rr").Effects;

    private static readonly DesignMatrix Latitude =
        DesignMatrix.WithIntercept(Predictor.Numeric("latitude", [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]));

    /// <summary>The aspirin trials of Fleiss (1993), Statistical Methods in Medical Research 2:121, as log odds ratios.</summary>
    private static readonly EffectSizes Aspirin = Measures.OR.Compute(new EffectData
    {
        ["ai"] = [49, 44, 102, 32, 85, 246, 1570], ["n1i"] = [615, 758, 832, 317, 810, 2267, 8587],
        ["ci"] = [67, 64, 126, 38, 52, 219, 1720], ["n2i"] = [624, 771, 850, 309, 406, 2257, 8600],
    });

    private static double[] TreatedTotals => [.. Enumerable.Range(0, 13).Select(i => Bcg.Data["ai"][i] + Bcg.Data["bi"][i])];

    [EveryCultureTheory]
    [InlineData(PoolingTest.Z, -0.251886360796531, 0.310776660195395, 0.417649393899978)]
    [InlineData(PoolingTest.KnappHartung, -0.251886360796531, 0.312522975872539, 0.435937352586624)]
    public void Custom_weights_have_the_right_variance(PoolingTest test, double estimate, double error, double p)
    {
        var result = MetaAnalysis.Pool(Bcg, new PoolingOptions { Test = test, Weights = TreatedTotals });
        result.Estimate.ShouldBe(estimate, Tolerance);
        result.StandardError.ShouldBe(error, Tolerance);
        result.PValue.ShouldBe(p, Tolerance);
        result.Fit.LogLikelihood.ShouldBe(-15.9989114477007, 1e-7);
        result.Fit.Aic.ShouldBe(35.0270224010477, 1e-7);
        result.Studies[0].Weight.ShouldBe(TreatedTotals[0] / TreatedTotals.Sum(), 1e-15);
    }

    [EveryCultureTheory]
    [InlineData(PoolingTest.Z, 0.189339908799874, 9.16297518137886e-05)]
    [InlineData(PoolingTest.KnappHartung, 0.190403847291389, 0.00214903561834228)]
    public void Unweighted_pooling_is_the_plain_mean(PoolingTest test, double error, double p)
    {
        var result = MetaAnalysis.Pool(Bcg, new PoolingOptions { Test = test, Weighted = false });
        result.Estimate.ShouldBe(-0.740650381210937, Tolerance);
        result.StandardError.ShouldBe(error, Tolerance);
        result.PValue.ShouldBe(p, Tolerance);
        result.Fit.LogLikelihood.ShouldBe(-12.6983243011769, 1e-7);
    }

    [EveryCultureFact]
    public void Weights_work_in_meta_regression()
    {
        var weighted = MetaAnalysis.Regress(Bcg, Latitude, new PoolingOptions { Test = PoolingTest.Z, Weights = TreatedTotals });
        weighted.Coefficients[0].Estimate.ShouldBe(0.320698521454178, Tolerance);
        weighted.Coefficients[1].Estimate.ShouldBe(-0.0280751369152068, Tolerance);
        weighted.Coefficients[1].StandardError.ShouldBe(0.0100882316485052, Tolerance);
        weighted.Fit.LogLikelihood.ShouldBe(-8.40947169307938, 1e-7);

        var plain = MetaAnalysis.Regress(Bcg, Latitude, new PoolingOptions { Weighted = false });
        plain.Coefficients[1].Estimate.ShouldBe(-0.026372804319319, Tolerance);
        plain.Coefficients[1].StandardError.ShouldBe(0.00950765519362424, Tolerance);
        plain.Coefficients[1].PValue.ShouldBe(0.0181019406823566, Tolerance);
    }

    [EveryCultureFact]
    public void A_fixed_tau2_is_used_and_counts_no_parameter()
    {
        var result = MetaAnalysis.Pool(Bcg, new PoolingOptions { Test = PoolingTest.Z, FixedTau2 = 0.2 });
        result.Estimate.ShouldBe(-0.699816573113643, Tolerance);
        result.StandardError.ShouldBe(0.150742279212319, Tolerance);
        result.I2.ShouldBe(88.3309546769781, 1e-7);
        result.Fit.Aic.ShouldBe(27.1397266135835, Tolerance);
        result.Tau2StandardError.ShouldBeNull();
        result.Tau2Interval.ShouldBeNull();
        MetaAnalysis.Pool(Bcg, new PoolingOptions { FixedTau2 = 0.2 }).PValue.ShouldBe(0.00196666262493974, Tolerance);
    }

    [EveryCultureFact]
    public void Generalised_Q_with_given_weights()
    {
        var result = MetaAnalysis.Pool(Bcg, new PoolingOptions
        {
            Method = PoolingMethod.GENQ, Test = PoolingTest.Z, Weights = [.. Bcg.Studies.Select(study => 1 / study.StandardError)],
        });
        result.Tau2.ShouldBe(0.315495514121575, Tolerance);
        result.Tau2StandardError!.Value.ShouldBe(0.178373352846584, Tolerance);
        result.Estimate.ShouldBe(-0.588290806869733, Tolerance);
        result.StandardError.ShouldBe(0.207394024674553, Tolerance);
    }

    [EveryCultureTheory]
    [InlineData(PoolingMethod.DLIT, 0.157574420286712, 0.168450246051369)]
    [InlineData(PoolingMethod.SJIT, 0.318068452205025, 0.173663027462757)]
    public void Iterated_moment_estimators(PoolingMethod method, double tau2, double error)
    {
        var result = MetaAnalysis.Pool(Bcg, new PoolingOptions { Method = method });
        result.Tau2.ShouldBe(tau2, Tolerance);
        result.Tau2StandardError!.Value.ShouldBe(error, Tolerance);
    }

    [EveryCultureTheory]
    [InlineData(Tau2IntervalMethod.Wald, 0, 0.639431739796908)]
    [InlineData(Tau2IntervalMethod.WaldLog, 0.110570535518942, 0.887409455940894)]
    [InlineData(Tau2IntervalMethod.WaldSquareRoot, 0.0719719477193501, 0.724348911040205)]
    public void Wald_intervals_of_tau2(Tau2IntervalMethod method, double lower, double upper)
    {
        var interval = MetaAnalysis.Pool(Bcg, new PoolingOptions { Tau2Interval = method }).Tau2Interval!.Value;
        interval.Lower.ShouldBe(lower, Tolerance);
        interval.Upper.ShouldBe(upper, Tolerance);
    }

    /// <summary>R package meta 8.3: I^2 0.3967 (0 to 0.746338264944354), H 1.2875 (1 to 1.98551202035678).</summary>
    [EveryCultureFact]
    public void Higgins_Thompson_interval()
    {
        var result = MetaAnalysis.Pool(Aspirin, new PoolingOptions { Method = PoolingMethod.DL, Tau2Interval = Tau2IntervalMethod.HigginsThompson });
        result.I2.ShouldBe(39.6745617361662, Tolerance);
        result.I2Interval!.Value.Lower.ShouldBe(0);
        result.I2Interval.Value.Upper.ShouldBe(74.6338264944354, Tolerance);
        Math.Sqrt(result.H2Interval!.Value.Upper).ShouldBe(1.98551202035678, Tolerance);
    }

    /// <summary>
    /// R package meta 8.3 with method.tau = "REML", whose tau^2 stops 6e-8 short of the root; the Kenward-Roger degrees of freedom
    /// fall by 1.6e2 for each unit of tau^2.
    /// </summary>
    [EveryCultureTheory]
    [InlineData(PoolingTest.KnappHartung, 0.0649980622694001, 6.0, -0.300287573780532, 0.0178014839563753)]
    [InlineData(PoolingTest.KnappHartungFloor, 0.0706927362319752, 6.0, -0.314221938987964, 0.0317358491638069)]
    [InlineData(PoolingTest.KnappHartungWider, 0.0649980622694001, 6.0, -0.300287573780532, 0.0178014839563753)]
    [InlineData(PoolingTest.KnappHartungIqwig, 0.0649980622694001, 6.0, -0.300287573780532, 0.0178014839563753)]
    [InlineData(PoolingTest.KenwardRoger, 0.0787872843679316, 2.50664657056715, -0.422346815090416, 0.139860725266259)]
    public void Small_sample_tests_agree_with_meta(PoolingTest test, double error, double freedom, double lower, double upper)
    {
        const double tolerance = 1e-6;
        var result = MetaAnalysis.Pool(Aspirin, new PoolingOptions { Test = test });
        result.StandardError.ShouldBe(error, tolerance);
        result.DegreesOfFreedom!.Value.ShouldBe(freedom, 2e-5);
        result.Interval.Lower.ShouldBe(lower, tolerance);
        result.Interval.Upper.ShouldBe(upper, tolerance);
    }

    /// <summary>R package meta 8.3, method.predict = V, HTS, HK, HK-PR, KR, KR-PR, S; its tau^2 is 6e-8 off, which KR-PR with 1.5 degrees of freedom multiplies.</summary>
    [EveryCultureTheory]
    [InlineData(PoolingTest.Z, PredictionMethod.T, -0.485038390077119, 0.202552300252962)]
    [InlineData(PoolingTest.Z, PredictionMethod.Riley, -0.502414236691644, 0.219928146867487)]
    [InlineData(PoolingTest.KnappHartung, PredictionMethod.Standard, -0.478242605333782, 0.195756515509625)]
    [InlineData(PoolingTest.KnappHartung, PredictionMethod.Riley, -0.495274984490163, 0.212788894666006)]
    [InlineData(PoolingTest.KenwardRoger, PredictionMethod.Standard, -0.657671187824252, 0.375185098000095)]
    [InlineData(PoolingTest.KenwardRoger, PredictionMethod.Riley, -1.0067562787486, 0.724270188924447)]
    [InlineData(PoolingTest.Z, PredictionMethod.Standard, -0.416621373011922, 0.134135283187766)]
    public void Prediction_intervals_agree_with_meta(PoolingTest test, PredictionMethod method, double lower, double upper)
    {
        var interval = MetaAnalysis.Pool(Aspirin, new PoolingOptions { Test = test, Prediction = method }).PredictionInterval!.Value;
        interval.Lower.ShouldBe(lower, 1e-5);
        interval.Upper.ShouldBe(upper, 1e-5);
    }

    [EveryCultureFact]
    public void The_share_below_a_bound_of_the_prediction_interval_is_its_tail()
    {
        foreach (var method in Enum.GetValues<PredictionMethod>())
        {
            foreach (var test in Enum.GetValues<PoolingTest>())
            {
                var result = MetaAnalysis.Pool(Aspirin, new PoolingOptions { Test = test, Prediction = method });
                result.ShareBelow(result.PredictionInterval!.Value.Lower)!.Value.ShouldBe(0.025, 1e-12);
                result.ShareBelow(result.PredictionInterval!.Value.Upper)!.Value.ShouldBe(0.975, 1e-12);
            }
        }
    }

    /// <summary>Estimates that agree more than chance lets them: plain Knapp-Hartung is narrower than z, and the rules differ.</summary>
    [EveryCultureFact]
    public void The_ad_hoc_rules_act_where_Knapp_Hartung_is_too_narrow()
    {
        double[] y = [0.10, 0.11, 0.12, 0.10, 0.11], v = [0.04, 0.05, 0.03, 0.04, 0.06];
        PooledResult Pool(PoolingTest test) => MetaAnalysis.Pool(y, v, new PoolingOptions { Test = test });
        var z = Pool(PoolingTest.Z);

        Pool(PoolingTest.KnappHartung).Interval.Upper.ShouldBeLessThan(z.Interval.Upper);
        Pool(PoolingTest.KnappHartungFloor).StandardError.ShouldBe(z.StandardError, 1e-15);
        Pool(PoolingTest.KnappHartungFloor).DegreesOfFreedom.ShouldBe(4);
        Pool(PoolingTest.KnappHartungWider).Interval.ShouldBe(z.Interval);
        Pool(PoolingTest.KnappHartungWider).DegreesOfFreedom.ShouldBeNull();
        Pool(PoolingTest.KnappHartungIqwig).ShouldSatisfyAllConditions(
            result => result.StandardError.ShouldBe(z.StandardError, 1e-15),
            result => result.DegreesOfFreedom.ShouldBe(4));
    }

    [EveryCultureFact]
    public void Kenward_Roger_in_a_regression_on_an_intercept_is_that_of_pooling()
    {
        var options = new PoolingOptions { Test = PoolingTest.KenwardRoger };
        var pooled = MetaAnalysis.Pool(Bcg, options);
        var regression = MetaAnalysis.Regress(Bcg, DesignMatrix.FromRows(["intercept"], [.. Enumerable.Repeat(new[] { 1.0 }, 13)]), options);
        regression.Coefficients[0].StandardError.ShouldBe(pooled.StandardError, 1e-12);
        regression.Coefficients[0].DegreesOfFreedom!.Value.ShouldBe(pooled.DegreesOfFreedom!.Value, 1e-9);

        var slope = MetaAnalysis.Regress(Bcg, Latitude, options);
        slope.Moderators.ResidualDegreesOfFreedom!.Value.ShouldBe(slope.Coefficients[1].DegreesOfFreedom!.Value);
        slope.Moderators.PValue.ShouldBe(slope.Coefficients[1].PValue, 1e-12);
    }

    [EveryCultureFact]
    public void Options_that_do_not_go_together_are_refused_with_the_way_out()
    {
        Refused(new PoolingOptions { Method = PoolingMethod.DL, Test = PoolingTest.KenwardRoger }, "choose the method REML");
        Refused(new PoolingOptions { Method = PoolingMethod.GENQ }, "needs weights");
        Refused(new PoolingOptions { FixedTau2 = -1 }, "0 or more");
        Refused(new PoolingOptions { Weights = [1, 2] }, "13 effect sizes");
        Refused(new PoolingOptions { Weights = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }, "The weight of Aronson is 0");
    }

    private static void Refused(PoolingOptions options, string message) =>
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool(Bcg, options)).Message.ShouldContain(message);

    [EveryCultureFact]
    public void Every_method_test_and_interval_has_its_name()
    {
        MethodNames.Methods.Count.ShouldBe(Enum.GetValues<PoolingMethod>().Length);
        MethodNames.Methods.Select(name => Enum.Parse<PoolingMethod>(name.Code)).ShouldBe(Enum.GetValues<PoolingMethod>());
        MethodNames.Tests.Count.ShouldBe(Enum.GetValues<PoolingTest>().Length);
        MethodNames.Predictions.Count.ShouldBe(Enum.GetValues<PredictionMethod>().Length);
        MethodNames.ZeroCellRules.Count.ShouldBe(Enum.GetValues<ZeroCellRule>().Length);
    }
}
