namespace MetaSpine.Tests;

/// <summary>What a reviewer may hand in at the edges: a sensible result that says what was done, or an error that says what to do.</summary>
public sealed class EdgeCaseTests
{
    public static TheoryData<PoolingMethod> Methods => [.. Enum.GetValues<PoolingMethod>()];

    private static PoolingOptions Options(PoolingMethod method, int studies) =>
        new() { Method = method, Weights = method is PoolingMethod.GENQ or PoolingMethod.GENQM ? [.. Enumerable.Range(1, studies).Select(i => (double)i)] : null };

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void One_study_gives_its_own_estimate_with_a_z_interval(PoolingMethod method)
    {
        var result = MetaAnalysis.Pool([0.5], [0.04], Options(method, 1));
        result.Estimate.ShouldBe(0.5);
        result.StandardError.ShouldBe(0.2, 1e-15);
        result.DegreesOfFreedom.ShouldBeNull();
        result.Interval.Upper.ShouldBe(0.5 + 1.959963984540054 * 0.2, 1e-14);
        result.PredictionInterval.ShouldBeNull();
        result.Tau2Interval.ShouldBeNull();
        result.Q.ShouldBe(new ChiSquaredTest(0, 0, 1));
        result.I2.ShouldBe(0);
        result.Notes.ShouldContain(note => note.Contains("one study", StringComparison.Ordinal));
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Equal_estimates_have_no_heterogeneity(PoolingMethod method)
    {
        var result = MetaAnalysis.Pool([2, 2, 2], [1, 2, 4], Options(method, 3) with { Test = PoolingTest.KnappHartungFloor });
        result.Estimate.ShouldBe(2, 1e-15);
        result.Tau2.ShouldBe(0);
        result.I2.ShouldBe(0);
        result.Interval.Upper.ShouldBeGreaterThan(2);
    }

    [EveryCultureFact]
    public void Equal_estimates_under_Knapp_Hartung_say_that_the_interval_has_no_width()
    {
        var result = MetaAnalysis.Pool([2, 2, 2], [1, 2, 4]);
        result.StandardError.ShouldBe(0);
        result.PValue.ShouldBe(0);
        result.Notes.ShouldContain(note => note.Contains("no width", StringComparison.Ordinal));
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Two_studies_pool(PoolingMethod method)
    {
        var result = MetaAnalysis.Pool([0, 1], [0.1, 0.2], Options(method, 2));
        result.Interval.Contains(result.Estimate).ShouldBeTrue();
        double.IsFinite(result.PValue).ShouldBeTrue();
        double.IsFinite(result.Fit.Aicc).ShouldBeTrue();
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Enormous_and_tiny_variances_give_finite_numbers(PoolingMethod method)
    {
        foreach (double[] v in new double[][] { [1e12, 1, 1, 1], [1e-12, 1, 1, 1], [1e-12, 1e12, 1, 1e-6] })
        {
            var result = MetaAnalysis.Pool([1, 2, 3, 4.5], v, Options(method, 4));
            foreach (var value in new[] { result.Estimate, result.StandardError, result.Tau2, result.I2, result.H2, result.Q.Statistic, result.Fit.LogLikelihood })
            {
                double.IsFinite(value).ShouldBeTrue($"{method}: {result.Tau2} {result.I2}");
            }
        }
    }

    [EveryCultureTheory]
    [MemberData(nameof(Methods))]
    public void Estimates_of_a_hundred_million_lose_no_digits_of_their_differences(PoolingMethod method)
    {
        double[] y = [0.25, 0.5, 1.75, -0.5], v = [0.25, 0.5, 0.125, 1];
        var options = Options(method, 4);
        var near = MetaAnalysis.Pool(y, v, options);
        var far = MetaAnalysis.Pool(Array.ConvertAll(y, value => value + 1e8), v, options);
        far.Tau2.ShouldBe(near.Tau2, 1e-14);
        (far.Estimate - 1e8).ShouldBe(near.Estimate, 3e-8, "1e8 has a spacing of 1.5e-8");
        far.StandardError.ShouldBe(near.StandardError, 1e-14);
    }

    [EveryCultureFact]
    public void A_variance_that_follows_from_counts_as_zero_is_left_out_and_said()
    {
        var result = MetaAnalysis.Pool(Measures.PR.Compute(new EffectData { ["xi"] = (double[])[0, 3, 4], ["ni"] = (double[])[9, 20, 30] }, new EffectSizeOptions { To = ZeroCellRule.None }));
        result.StudyCount.ShouldBe(2);
        result.Excluded.Single().Reason.ShouldContain("sampling variance is 0");
    }

    /// <summary>Once 0.5 is added there is an estimate, but no event stands behind it; one event in one group is enough to leave the note out.</summary>
    [EveryCultureTheory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_table_without_any_event_says_so(double events, bool isSaid)
    {
        EffectData Counts(string first, string second, string more, string andMore) =>
            new() { [first] = [0, 0, events], [second] = [0, 0, 0], [more] = [10, 20, 30], [andMore] = [11, 19, 30] };
        foreach (var result in new[]
        {
            MetaAnalysis.Pool(Measures.OR.Compute(Counts("ai", "ci", "n1i", "n2i"))), MetaAnalysis.Pool(Measures.RD.Compute(Counts("ai", "ci", "n1i", "n2i"))),
            MetaAnalysis.Pool(Measures.IRR.Compute(Counts("x1i", "x2i", "t1i", "t2i"))),
        })
        {
            result.Notes.Any(note => note.StartsWith("There is no event in any study:", StringComparison.Ordinal)).ShouldBe(isSaid);
        }
    }

    [EveryCultureTheory]
    [InlineData(0, "0")]
    [InlineData(-0.5, "-0.5")]
    public void A_variance_that_is_given_must_be_above_zero(double variance, string shown)
    {
        Should.Throw<EffectDataException>(() => MetaAnalysis.Pool([1, 2, 3], [1, variance, 1])).Message
            .ShouldBe($"GEN: Study 2 (row 2): vi = {shown} must be above 0: without sampling error the study would take all the weight; give its variance or standard error, or leave it out");
        Should.Throw<EffectDataException>(() => Measures.HR.Compute(new EffectData(["Oda", "Kim"]) { ["yi"] = (double[])[1, 2], ["sei"] = (double[])[1, variance] })).Message
            .ShouldStartWith($"HR: Kim (row 2): sei = {shown} must be above 0");
    }

    [EveryCultureFact]
    public void No_study_at_all_is_an_error_that_names_the_reasons()
    {
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([], [])).Message.ShouldBe("There are no studies to pool.");
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([double.NaN], [1])).Message.ShouldContain("Study 1: yi is missing");
    }

    [EveryCultureTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void A_level_outside_0_and_1_is_refused(double level) =>
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool([1, 2], [1, 1], new PoolingOptions { Level = level })).Message.ShouldContain("such as 0.95");

    [EveryCultureFact]
    public void A_profile_likelihood_interval_needs_a_likelihood() =>
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool([1, 2], [1, 1], new PoolingOptions { Method = PoolingMethod.DL, Tau2Interval = Tau2IntervalMethod.ProfileLikelihood }))
            .Message.ShouldContain("ML or REML");

    [EveryCultureFact]
    public void Negative_variances_and_infinite_estimates_are_faults_that_name_the_study()
    {
        var e = Should.Throw<EffectDataException>(() => MetaAnalysis.Pool([1, double.PositiveInfinity], [-1, 1]));
        e.Faults.Count.ShouldBe(2);
        e.Message.ShouldContain("Study 1 (row 1): vi = -1 must be above 0");
        e.Message.ShouldContain("Study 2 (row 2): yi");
    }

    [EveryCultureFact]
    public void Columns_of_different_length_are_refused() =>
        Should.Throw<ArgumentException>(() => MetaAnalysis.Pool([1, 2, 3], [1, 1])).Message.ShouldContain("one value per study");

    [EveryCultureFact]
    public void A_regression_names_the_column_that_depends_on_others_and_the_studies_without_a_moderator()
    {
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [1, 2, 3, 4, 6], ["vi"] = [1, 1, 1, 1, 1] });
        var doubled = DesignMatrix.WithIntercept(Predictor.Numeric("dose", [1, 2, 3, 4, 5]), Predictor.Numeric("twice", [2, 4, 6, 8, 10]));
        Should.Throw<PoolingException>(() => MetaAnalysis.Regress(effects, doubled)).Message.ShouldContain("'twice'");

        var missing = DesignMatrix.WithIntercept(Predictor.Numeric("dose", [1, double.NaN, 3, 4, 5]));
        var result = MetaAnalysis.Regress(effects, missing);
        result.StudyCount.ShouldBe(4);
        result.Excluded.Single().ShouldBe(new ExcludedStudy("Study 2", 1, "the moderator 'dose' is missing"));

        var crowded = DesignMatrix.WithIntercept(Predictor.Categorical("site", ["a", "b", "c", "d", "e"]));
        Should.Throw<PoolingException>(() => MetaAnalysis.Regress(effects, crowded)).Message.ShouldContain("cannot carry 5 coefficients");
    }

    [EveryCultureFact]
    public void Studies_at_100_percent_pool_and_say_what_was_added()
    {
        var effects = Measures.PLO.Compute(new EffectData(["A", "B", "C"]) { ["xi"] = [32, 15, 10], ["ni"] = [32, 15, 10] });
        var result = MetaAnalysis.Pool(effects);
        result.Natural.Estimate.ShouldBeInRange(0.9, 1);
        result.Notes.ShouldContain(note => note.StartsWith("0.5 added to each count because one is zero: A, B, C", StringComparison.Ordinal));
    }
}
