using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>Tests of small-study effects: the reference files, the R package meta on Olkin 1995, slow twins, and what is refused.</summary>
public sealed class SmallStudyTestsTests
{
    /// <summary>Closed forms, from estimates with 15 digits; the p-value multiplies the error of its statistic by half of it.</summary>
    private const double Tight = 1e-9;

    /// <summary>Both programs solve REML to rounding here; the optimum of a likelihood is known to half of the digits of its value.</summary>
    private const double Estimated = 2e-8;

    /// <summary>The reference files come from searches that stop where tau^2 changes by less than 1e-5; their results may be off by what a few such steps do.</summary>
    private const double Tau2Slack = 5e-5;

    private static readonly PooledResult Olkin = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Olkin1995), new PoolingOptions { Test = PoolingTest.Z });

    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids];

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Regression_tests_agree(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var pooled = test.Pool();
        foreach (var expected in test["regtest"].EnumerateArray())
        {
            var mixed = expected.GetProperty("model").GetString() == "rma";
            var predictor = expected.GetProperty("predictor").GetString() == "sei" ? AsymmetryPredictor.StandardError : AsymmetryPredictor.Variance;
            var actual = pooled.RegressionTest(mixed ? AsymmetryModel.MixedEffects : AsymmetryModel.Classical, predictor);
            Agrees("stat", found => found.Statistic);
            Agrees("pval", found => found.PValue);
            Agrees("est", found => found.Limit!.Estimate);
            Agrees("ci_lb", found => found.Limit!.Interval.Lower);
            Agrees("ci_ub", found => found.Limit!.Interval.Upper);
            actual.DegreesOfFreedom.ShouldBe(mixed ? null : test.Y.Length - 2);
            actual.Dispersion.HasValue.ShouldBe(!mixed);

            void Agrees(string name, Func<SmallStudyTestResult, double> value)
            {
                var slack = mixed ? Math.Abs(value(At(actual.Tau2!.Value + Tau2Slack)) - value(actual)) : 0;
                Math.Abs(value(actual) - expected.GetProperty(name).GetDouble()).ShouldBeLessThanOrEqualTo(slack + Tight, $"{id} {name}");
            }

            SmallStudyTestResult At(double tau2) => (pooled with { Options = pooled.Options with { FixedTau2 = tau2 } }).RegressionTest(predictor: predictor);
        }
    }

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Rank_tests_agree(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var actual = test.Pool().TestSmallStudyEffects("begg");
        Near(actual.Estimate, test["ranktest"].GetProperty("tau").GetDouble(), Tight);
        Near(actual.PValue, test["ranktest"].GetProperty("pval").GetDouble(), Tight);
    }

    /// <summary>The R package meta 8.3 on 70 trials; THOMPSON, MACASKILL-P and DEBRAY by make-small-study.R, where tau^2 is solved to rounding.</summary>
    [EveryCultureTheory]
    [InlineData("EGGER", -0.296942771430062, 0.164282157447603, -1.80751687245629, 0.0751047802690586, Tight)]
    [InlineData("THOMPSON", -0.348368009589702, 0.182539089885845, -1.90845703135455, 0.0605543235735923, Estimated)]
    [InlineData("HARBORD", -0.304453476801767, 0.175650800906133, -1.73328829263048, 0.0875770321053055, Tight)]
    [InlineData("PETERS", -14.1710814433576, 8.25941402660607, -1.71574901048771, 0.0907612712853502, Tight)]
    [InlineData("MACASKILL", 2.89999744120902e-06, 4.8331820892206e-06, 0.600018246297165, 0.550488429957313, Tight)]
    [InlineData("MACASKILL-P", 5.5322235987096e-06, 5.49343465904929e-06, 1.00706096314378, 0.317475641174237, Tight)]
    [InlineData("DEBRAY", -1.05095258589237, 0.849895654666499, -1.23656660687924, 0.220501999984943, Tight)]
    [InlineData("DEEKS", -2.62041533262071, 1.26519125340212, -2.07116143553347, 0.0421413029862751, Tight)]
    [InlineData("PUSTEJOVSKY", -0.580738569561266, 0.55819084148631, -1.04039429958205, 0.301841852244185, Tight)]
    public void Olkin_1995_regressions_agree(string code, double slope, double error, double statistic, double pValue, double tolerance)
    {
        var actual = Olkin.TestSmallStudyEffects(code);
        actual.Test.ShouldBe(SmallStudyTests.Find(code));
        actual.StudyCount.ShouldBe(70);
        actual.DegreesOfFreedom.ShouldBe(68);
        Math.Abs(actual.Estimate / slope - 1).ShouldBeLessThan(tolerance);
        Math.Abs(actual.StandardError!.Value / error - 1).ShouldBeLessThan(tolerance);
        Near(actual.Statistic, statistic, tolerance);
        Near(actual.PValue, pValue, tolerance);
    }

    [EveryCultureFact]
    public void Olkin_1995_rank_tests_agree()
    {
        // meta gives the score and the p-value of the normal approximation.
        Near(Olkin.TestSmallStudyEffects("BEGG").Statistic, -353 / 197.25195394047, Tight);
        Near(Olkin.TestSmallStudyEffects("SCHWARZER").Statistic, -1.03927994579901, Tight);
        Near(Olkin.TestSmallStudyEffects("SCHWARZER").PValue, 0.298674558791133, .004);
    }

    /// <summary>metafor 3.8.1 on Olkin 1995: make-small-study.R.</summary>
    [EveryCultureTheory]
    [InlineData(AsymmetryPredictor.SampleSize, 0.49397746383427, 0.60001824629716, double.NaN)]
    [InlineData(AsymmetryPredictor.InverseSampleSize, -1.14176217028747, -1.06118507652422, -0.272676498301486)]
    [InlineData(AsymmetryPredictor.SquareRootSampleSize, 0.564005474216971, 0.724086643312032, double.NaN)]
    [InlineData(AsymmetryPredictor.InverseSquareRootSampleSize, -1.06907501077688, -1.04198229481181, -0.256899336483622)]
    public void Sizes_as_predictors_agree(AsymmetryPredictor predictor, double mixed, double classical, double limit)
    {
        Near(Olkin.RegressionTest(AsymmetryModel.MixedEffects, predictor).Statistic, mixed, Estimated);
        var line = Olkin.RegressionTest(AsymmetryModel.Classical, predictor);
        Near(line.Statistic, classical, Tight);
        (line.Limit is null).ShouldBe(double.IsNaN(limit));
        Near(line.Limit?.Estimate ?? 0, double.IsNaN(limit) ? 0 : limit, Tight);
    }

    [EveryCultureFact]
    public void A_multiplicative_model_never_goes_below_sampling_error()
    {
        var normand = DiagnosticsCase.Load("molloy2014").Pool();
        var (classical, floored) = (normand.RegressionTest(AsymmetryModel.Classical), normand.RegressionTest(AsymmetryModel.Multiplicative));
        classical.Dispersion!.Value.ShouldBeGreaterThan(1);
        floored.StandardError.ShouldBe(classical.StandardError);
        var calm = MetaAnalysis.Pool([.1, .11, .13, .12], [.04, .05, .09, .02]);
        calm.RegressionTest(AsymmetryModel.Classical).Dispersion!.Value.ShouldBeLessThan(1);
        calm.RegressionTest(AsymmetryModel.Multiplicative).Dispersion.ShouldBe(1);
    }

    [EveryCultureFact]
    public void A_line_is_the_equal_effects_regression_with_its_variance_scaled() =>
        Prop.ForAll(SensitivityProblems.OfSize(4, 9), problem =>
        {
            var effects = Measures.GEN.Compute(new EffectData { ["yi"] = problem.Y, ["vi"] = problem.V });
            var pooled = MetaAnalysis.Pool(effects, new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z });
            if (problem.V.Max() < 1.001 * problem.V.Min())
            {
                return;
            }

            var line = pooled.RegressionTest(AsymmetryModel.Classical);
            var twin = MetaAnalysis.Regress(effects, DesignMatrix.FromRows(["1", "se"], [.. problem.V.Select(v => new[] { 1, Math.Sqrt(v) })]), pooled.Options);
            var scale = Math.Sqrt(line.Dispersion!.Value);
            Near(line.Dispersion.Value, twin.Q.Statistic / (problem.Y.Length - 2), 1e-8);
            Near(line.StandardError!.Value, scale * twin.Coefficients[1].StandardError, 1e-8);
            Near(line.Estimate, twin.Coefficients[1].Estimate, 1e-8);
            Near(line.Limit!.Estimate, twin.Coefficients[0].Estimate, 1e-8);
            Near(line.Limit.StandardError, scale * twin.Coefficients[0].StandardError, 1e-8);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [EveryCultureTheory]
    [InlineData(new double[] { 3, 1, 2, 5, 4, 6 })]
    [InlineData(new double[] { 2, 1, 2, 3, 2, 1 })]
    [InlineData(new double[] { 1, 2 })]
    [InlineData(new double[] { 1, 1, 1, 1 })]
    public void Kendalls_test_is_that_of_all_permutations(double[] x)
    {
        double[][] others = [[.. Enumerable.Range(0, x.Length).Select(i => (double)i)], [.. Enumerable.Range(0, x.Length).Select(i => (double)(i / 2))]];
        foreach (var y in others)
        {
            var test = KendallRank.Test(x, y);
            double[] scores = [.. Permutations(y).Select(other => Score(x, other))];
            Math.Sqrt(scores.Average(s => s * s)).ShouldBe(test.StandardError, 1e-12);
            test.Score.ShouldBe(Score(x, y));
            if (test.IsExact)
            {
                var (below, above) = (scores.Count(s => s <= test.Score), scores.Count(s => s >= test.Score));
                test.PValue.ShouldBe(Math.Min(1, 2.0 * Math.Min(below, above) / scores.Length), 1e-12);
            }
        }

        static double Score(double[] a, double[] b) =>
            (from i in Enumerable.Range(0, a.Length) from j in Enumerable.Range(0, i) select Math.Sign((a[i] - a[j]) * (b[i] - b[j]))).Sum();

        static IEnumerable<double[]> Permutations(double[] values) => values.Length < 2
            ? [values]
            : Enumerable.Range(0, values.Length).SelectMany(i => Permutations([.. values.Where((_, j) => j != i)]).Select(rest => (double[])[values[i], .. rest]));
    }

    [EveryCultureFact]
    public void Every_test_has_its_place_and_every_measure_an_advised_test()
    {
        SmallStudyTests.All.Select(test => test.Code).ShouldBeUnique();
        SmallStudyTests.All.ShouldAllBe(test => test.Source.Contains("doi:10.", StringComparison.Ordinal) && test.Suits.Length > 0 && test.Predictor.Length > 0);
        Measures.All.ShouldAllBe(measure => SmallStudyTests.AdvisedFor(measure).Count > 0);
        SmallStudyTests.AdvisedFor(Measures.OR)[0].Code.ShouldBe("HARBORD");
        Olkin.TestSmallStudyEffects().Test!.Code.ShouldBe("HARBORD");
        Should.Throw<ArgumentException>(() => SmallStudyTests.Find("eggar")).Message.ShouldContain("EGGER, THOMPSON, BEGG");
    }

    [EveryCultureFact]
    public void Results_say_what_was_found_and_what_to_beware_of()
    {
        var fleiss = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Fleiss1993)).TestSmallStudyEffects("PETERS");
        fleiss.Notes[0].ShouldBe("Peters's test, 7 studies: t = -1.14 with 5 degrees of freedom, p = 0.3051 (not below 0.1): no evidence that small and large studies differ, which does not show that they agree.");
        fleiss.Notes.ShouldContain(note => note.StartsWith("With 7 studies (fewer than 10) the test has too little power", StringComparison.Ordinal));
        fleiss.Notes.ShouldContain("For OR the advised tests are HARBORD, PETERS, SCHWARZER (Sterne et al. 2011, BMJ 343:d4002).");
        Olkin.TestSmallStudyEffects("EGGER").Notes[0].ShouldContain("(below 0.1): smaller studies show smaller values of the odds ratio than larger ones.");
        Olkin.TestSmallStudyEffects("MACASKILL").Notes[0].ShouldContain("no evidence");
        var egger = DiagnosticsCase.Load("egger2001").Pool().RegressionTest();
        egger.Notes[0].ShouldStartWith("Regression test (mixed effects), 16 studies: z = -4.67, p < 0.0001 (below 0.1): smaller studies show smaller values");
    }

    /// <summary>Sterne et al. recommend tests for odds ratios and mean differences; what later sources advise is not put into their mouth.</summary>
    [EveryCultureFact]
    public void Advice_names_whose_it_is()
    {
        SmallStudyTests.AdviceFor(Measures.MD).ShouldBe("for MD the advised tests are EGGER, THOMPSON, BEGG (Sterne et al. 2011, BMJ 343:d4002).");
        SmallStudyTests.AdviceFor(Measures.SMD).ShouldBe(
            "for SMD the advised test is PUSTEJOVSKY, by its source; such measures are less studied, and there is no firm guidance on them (Sterne et al. 2011, BMJ 343:d4002).");
        SmallStudyTests.AdviceFor(Measures.RD).ShouldContain("by their sources; such measures are less studied");
    }

    /// <summary>
    /// The magnesium trials of Egger, Davey Smith and Altman (2001), Systematic Reviews in Health Care: small trials show far larger effects than ISIS-4, and
    /// still do without it. metafor 3.8.1, printed to four decimals, after half an event in every cell of trials with a zero.
    /// </summary>
    [EveryCultureFact]
    public void Egger_2001_magnesium_trials_are_asymmetric_with_ISIS_4_and_without()
    {
        var file = DiagnosticsCase.Load("egger2001");
        var all = file.Pool(PoolingMethod.EE);
        var egger = all.TestSmallStudyEffects("EGGER");
        (egger.Statistic, egger.DegreesOfFreedom!.Value, egger.Limit!.Estimate).ShouldSatisfyAllConditions(
            test => test.Item1.ShouldBe(-5.7846, 5e-5), test => test.Item2.ShouldBe(14), test => test.Item3.ShouldBe(0.0996, 5e-5));
        egger.Limit.Interval.Lower.ShouldBe(0.0273, 5e-5);
        egger.Limit.Interval.Upper.ShouldBe(0.1720, 5e-5);
        var begg = all.TestSmallStudyEffects("BEGG");
        (begg.Estimate, begg.PValue).ShouldSatisfyAllConditions(test => test.Estimate.ShouldBe(0.15, 1e-12), test => test.PValue.ShouldBe(0.4503, 5e-5));

        var effects = all.Effects.Studies;
        var others = MetaAnalysis.Pool([.. effects.SkipLast(1).Select(study => study.Estimate)], [.. effects.SkipLast(1).Select(study => study.Variance)]).TestSmallStudyEffects("EGGER");
        (others.Statistic, others.PValue, others.Limit!.Estimate).ShouldSatisfyAllConditions(
            test => test.Item1.ShouldBe(-3.1783, 5e-5), test => test.Item2.ShouldBe(0.0073, 5e-5), test => test.Item3.ShouldBe(-0.1512, 5e-5));

        var filled = all.TrimAndFill();
        (filled.MissingCount, filled.Side).ShouldBe((8, FunnelSide.Right));
        filled.Adjusted.Estimate.ShouldBe(0.0352, 5e-5);
    }

    [EveryCultureFact]
    public void What_cannot_be_tested_says_why()
    {
        Refused(MetaAnalysis.Pool([.1], [.1]), "needs at least 3 studies, and 10 to be of use; there is 1.");
        Refused(MetaAnalysis.Pool([.1, .2], [.1, .3]), "there are 2.");
        Refused(MetaAnalysis.Pool([.1, .2, .5], [.1, .1, .1]), "same in all studies");
        Should.Throw<PoolingException>(() => Bcg.Pool().TestSmallStudyEffects("MACASKILL")).Message.ShouldContain("the number of participants of each study (ni, or n1i and n2i); it is unknown for Study 1, Study 2");
        Should.Throw<PoolingException>(() => Bcg.Pool().TestSmallStudyEffects("HARBORD")).Message.ShouldContain("works on two-by-two tables");
        Should.Throw<PoolingException>(() => Bcg.Pool().TestSmallStudyEffects("DEBRAY")).Message.ShouldContain("the argument 'events'");
        Should.Throw<ArgumentException>(() => Bcg.Pool().TestSmallStudyEffects("DEBRAY", [1, 2])).Message.ShouldContain("There are 2 numbers of events, but 13 effect sizes");
        Bcg.Pool().TestSmallStudyEffects("DEBRAY", [.. Bcg.V.Select(v => 1 / v)]).Estimate.ShouldBe(Bcg.Pool().RegressionTest(AsymmetryModel.Classical, AsymmetryPredictor.Variance).Estimate, 1e-12);

        static void Refused(PooledResult result, string reason)
        {
            foreach (var model in Enum.GetValues<AsymmetryModel>())
            {
                Should.Throw<PoolingException>(() => result.RegressionTest(model)).Message.ShouldContain(reason);
            }

            Should.Throw<PoolingException>(() => result.TestSmallStudyEffects("BEGG")).Message.ShouldContain(reason);
        }
    }

    /// <summary>On a line there is no residual, and t would be infinite (or 0/0): a verdict out of nothing. With a residual of sampling error there is a test.</summary>
    [EveryCultureFact]
    public void Estimates_on_a_line_leave_nothing_to_test_it_by()
    {
        foreach (var y in (double[][])[[1, 2, 3, 4], [.1, .1, .1, .1], [.1, .2, .3, .4]])
        {
            var result = MetaAnalysis.Pool(y, [1, 4, 9, 16], new PoolingOptions { Test = PoolingTest.Z });
            Should.Throw<PoolingException>(() => result.TestSmallStudyEffects("EGGER")).Message.ShouldContain("leaves no residual");
            Should.Throw<PoolingException>(() => result.PetPeeseLimit());
            var test = result.RegressionTest(AsymmetryModel.Multiplicative);
            test.Statistic.ShouldBe(result.RegressionTest(AsymmetryModel.MixedEffects).Statistic, 1e-12);
            double.IsFinite(test.Statistic).ShouldBeTrue();
        }

        // A residual a millionth of the estimates is one.
        MetaAnalysis.Pool([1, 2, 3, 4.000001], [1, 4, 9, 16]).TestSmallStudyEffects("EGGER").Statistic.ShouldBeGreaterThan(1000);
    }

    [EveryCultureFact]
    public void Extreme_studies_give_numbers_nevertheless()
    {
        var vast = MetaAnalysis.Pool([.1, .4, .2, .3], [.01, .02, .03, 1e20]);
        vast.RegressionTest(AsymmetryModel.Classical).PValue.ShouldBeInRange(0, 1);
        vast.TestSmallStudyEffects("BEGG").PValue.ShouldBeInRange(0, 1);
        var precise = MetaAnalysis.Pool([.1, .4, .2, .3], [1e-20, .02, .03, .04]);
        precise.TestSmallStudyEffects("BEGG").Estimate.ShouldBeInRange(-1, 1);
        double.IsFinite(precise.TestSmallStudyEffects("BEGG").Statistic).ShouldBeTrue();
    }

    [EveryCultureFact]
    public void Trials_without_events_carry_nothing_in_tests_of_tables()
    {
        var data = new EffectData
        {
            ["ai"] = [1, 0, 3, 8, 4], ["n1i"] = [30, 20, 60, 90, 50], ["ci"] = [4, 0, 9, 7, 8], ["n2i"] = [30, 20, 60, 90, 50],
        };
        var whole = MetaAnalysis.Pool(Measures.OR.Compute(data));
        int[] rows = [0, 2, 3, 4];
        var part = MetaAnalysis.Pool(Measures.OR.Compute(data.Only(rows)));
        foreach (var code in (string[])["HARBORD", "PETERS", "SCHWARZER"])
        {
            var (with, without) = (whole.TestSmallStudyEffects(code), part.TestSmallStudyEffects(code));
            with.StudyCount.ShouldBe(4);
            with.Statistic.ShouldBe(without.Statistic, 1e-12);
            with.Notes.ShouldContain("Without information for this test, and left out: Study 2.");
        }
    }

    private static void Near(double actual, double expected, double tolerance) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"{actual:R}, expected {expected:R}"));
}
