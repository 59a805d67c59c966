using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests;

/// <summary>Results of some of the studies: the reference files, naive refits, and what is refused.</summary>
public sealed class OmissionTests
{
    private const double Tolerance = 1e-7;

    /// <summary>A p-value multiplies the error of its statistic by half the statistic.</summary>
    private const double TailTolerance = 1e-6;

    public static TheoryData<string> Cases => [.. DiagnosticsCase.Ids];

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Leave_one_out_agrees(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var result = test.Pool().LeaveOneOut();
        test.Agrees("leave1out", test.Y.Length, (column, i) => Value(result.Subsets[i], column), Of, Unit);
        result.Subsets.Select(subset => subset.Rows.ShouldHaveSingleItem()).ShouldBe(Enumerable.Range(0, test.Y.Length));
        result.Whole.StudyCount.ShouldBe(test.Y.Length);
    }

    [EveryCultureTheory]
    [MemberData(nameof(Cases))]
    public void Cumulative_results_agree(string id)
    {
        var test = DiagnosticsCase.Load(id);
        var result = test.Pool(PoolingMethod.DL).Cumulative();
        test.Agrees("cumul_DL", test.Y.Length, (column, i) => Value(result.Steps[i], column), Of, Unit);
    }

    [EveryCultureTheory]
    [InlineData(PoolingMethod.REML, PoolingTest.KnappHartung)]
    [InlineData(PoolingMethod.SJ, PoolingTest.KnappHartungWider)]
    [InlineData(PoolingMethod.EE, PoolingTest.Z)]
    [InlineData(PoolingMethod.DL, PoolingTest.KnappHartungIqwig)]
    public void Every_subset_is_what_pooling_it_gives(PoolingMethod method, PoolingTest test)
    {
        var options = new PoolingOptions { Method = method, Test = test };
        Prop.ForAll(SensitivityProblems.OfSize(4, 8), problem =>
        {
            var whole = MetaAnalysis.Pool(problem.Y, problem.V, options);
            int[] all = [.. Enumerable.Range(0, problem.Y.Length)];
            foreach (var subset in whole.LeaveOut(2).Subsets)
            {
                Same(subset, Twin([.. all.Except(subset.Rows)]));
            }

            var steps = whole.Cumulative().Steps;
            for (var i = 0; i < steps.Count; i++)
            {
                Same(steps[i], Twin(all[..(i + 1)]));
            }

            PooledResult Twin(int[] rows) => MetaAnalysis.Pool(problem.Only(rows).Y, problem.Only(rows).V, options);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

        static void Same(SubsetResult subset, PooledResult twin)
        {
            subset.StudyCount.ShouldBe(twin.StudyCount);
            subset.Estimate.ShouldBe(twin.Estimate);
            subset.StandardError.ShouldBe(twin.StandardError);
            subset.DegreesOfFreedom.ShouldBe(twin.DegreesOfFreedom);
            subset.PValue.ShouldBe(twin.PValue);
            subset.Interval.ShouldBe(twin.Interval);
            subset.PredictionInterval.ShouldBe(twin.PredictionInterval);
            subset.Tau2.ShouldBe(twin.Tau2);
            subset.I2.ShouldBe(twin.I2);
            subset.H2.ShouldBe(twin.H2);
            subset.Q.ShouldBe(twin.Q);
        }
    }

    [EveryCultureFact]
    public void Given_weights_and_a_given_tau2_stay_with_their_studies()
    {
        double[] weights = [.. Enumerable.Range(1, 13).Select(i => 1.0 / i)];
        var result = Bcg.Pool(new PoolingOptions { Weights = weights, FixedTau2 = .2, Test = PoolingTest.Z }).LeaveOneOut();
        var twin = MetaAnalysis.Pool(Bcg.Y[1..], Bcg.V[1..], new PoolingOptions { Weights = weights[1..], FixedTau2 = .2, Test = PoolingTest.Z });
        result.Subsets[0].Estimate.ShouldBe(twin.Estimate);
        result.Subsets[0].StandardError.ShouldBe(twin.StandardError);
        result.Subsets[0].Tau2.ShouldBe(.2);
    }

    [EveryCultureFact]
    public void A_cluster_leaves_together()
    {
        string[] clusters = ["a", "b", "a", "c", "b", "c", "c", "a", "a", "b", "c", "c", "b"];
        var result = Bcg.Pool().LeaveOneClusterOut(clusters);
        result.Subsets.Select(subset => subset.Label).ShouldBe(["a", "b", "c"]);
        result.Subsets[1].Rows.ShouldBe([1, 4, 9, 12]);
        int[] kept = [0, 2, 3, 5, 6, 7, 8, 10, 11];
        result.Subsets[1].Estimate.ShouldBe(MetaAnalysis.Pool([.. kept.Select(i => Bcg.Y[i])], [.. kept.Select(i => Bcg.V[i])]).Estimate);
        Should.Throw<ArgumentException>(() => Bcg.Pool().LeaveOneClusterOut(["a", "b"])).Message.ShouldContain("There are 2 clusters, but 13 effect sizes");
        Should.Throw<ArgumentException>(() => Bcg.Pool(studies: 3).LeaveOneClusterOut(["a", "", "b"])).Message.ShouldContain("Study 2 (row 2) has no cluster");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 3).LeaveOneClusterOut(["a", "a", "a"])).Message.ShouldContain("at least 2 clusters");
    }

    [EveryCultureFact]
    public void Counts_are_combined_anew()
    {
        foreach (var (whole, pool) in Stratified())
        {
            var out_ = whole.LeaveOneOut();
            var cumulative = whole.Cumulative(StudyOrder.Size);
            Same(out_.Subsets[2], pool([0, 1, 3, 4, 5]));
            Same(out_.Whole, whole);
            Same(cumulative.Steps[^1], whole);
            cumulative.Steps.Select(step => step.Rows[0]).ShouldBe([5, 3, 0, 2, 4, 1]);
            Same(cumulative.Steps[1], pool([3, 5]));
        }

        static void Same(SubsetResult subset, StratifiedResult twin)
        {
            subset.Estimate.ShouldBe(twin.Estimate, 1e-14);
            subset.StandardError.ShouldBe(twin.StandardError, 1e-14);
            subset.Q!.Value.Statistic.ShouldBe(twin.Q.Statistic, 1e-12);
            subset.I2!.Value.ShouldBe(twin.I2, 1e-10);
            subset.Natural!.Value.Estimate.ShouldBe(twin.Natural.Estimate, 1e-14);
            subset.Tau2.ShouldBeNull();
        }
    }

    [EveryCultureFact]
    public void A_generalised_linear_mixed_model_is_fitted_anew()
    {
        var options = new CountModelOptions { Tau2Interval = false };
        var whole = CountModels.Fit(Measures.OR, Trials([0, 1, 2, 3, 4, 5]), options);
        var out_ = whole.LeaveOneOut();
        var twin = CountModels.Fit(Measures.OR, Trials([0, 1, 2, 4, 5]), options);
        out_.Subsets[3].Estimate.ShouldBe(twin.Estimate, 1e-9);
        out_.Subsets[3].Tau2!.Value.ShouldBe(twin.Tau2, 1e-9);
        out_.Whole.Estimate.ShouldBe(whole.Estimate, 1e-9);
        whole.Cumulative().Steps[^1].Estimate.ShouldBe(whole.Estimate, 1e-9);
        var moderated = CountModels.Fit(Measures.OR, Trials([0, 1, 2, 3, 4, 5]), options, DesignMatrix.WithIntercept(Predictor.Numeric("x", [1, 2, 3, 4, 5, 7])));
        Should.Throw<ArgumentException>(() => moderated.LeaveOneOut()).Message.ShouldContain("moderators");
    }

    [EveryCultureFact]
    public void A_subset_that_cannot_be_pooled_says_why_and_the_others_stay()
    {
        var data = new EffectData(["A", "B", "C"]) { ["ai"] = [0, 0, 5], ["n1i"] = [20, 30, 40], ["ci"] = [0, 0, 9], ["n2i"] = [20, 30, 40] };
        var out_ = MantelHaenszel.Pool(Measures.OR, data).LeaveOneOut();
        out_.Subsets[0].Problem.ShouldBeNull();
        out_.Subsets[2].Problem.ShouldNotBeNull();
        out_.Subsets[2].Natural.ShouldBeNull();
        out_.Notes[^1].ShouldStartWith("C: ");
    }

    [EveryCultureFact]
    public void Any_column_orders_the_studies()
    {
        var result = Bcg.Pool();
        result.Cumulative(Predictor.Numeric("latitude", Bcg.Latitude)).Steps.Select(step => step.Rows[0]).ShouldBe([4, 7, 10, 6, 8, 11, 12, 2, 9, 0, 5, 3, 1]);
        var down = result.Cumulative(Predictor.Numeric("latitude", Bcg.Latitude), descending: true);
        down.Steps.Select(step => step.Rows[0]).ShouldBe([1, 3, 0, 5, 2, 9, 11, 12, 8, 6, 10, 4, 7]);
        down.Order.ShouldBe("latitude, descending");
        var dates = Bcg.Pool(studies: 3).Cumulative(Predictor.Categorical("date", ["1999-05-01", "1948-01-01", "1972"]));
        dates.Steps.Select(step => step.Label).ShouldBe(["Study 2", "Study 3", "Study 1"]);
        result.Cumulative(StudyOrder.Precision).Steps.Select(step => step.Rows[0]).Take(3).ShouldBe([7, 5, 10]);
        Should.Throw<ArgumentException>(() => Bcg.Pool(studies: 2).Cumulative(Predictor.Numeric("year", [1948, double.NaN]))).Message.ShouldContain("Study 2 (row 2) has no value of 'year'");
        Should.Throw<ArgumentException>(() => result.Cumulative(StudyOrder.Size)).Message.ShouldContain("The size of Study 1 is not known");
        Should.Throw<ArgumentException>(() => result.Cumulative(Predictor.Numeric("year", [1]))).Message.ShouldContain("'year' has 1 values");
    }

    [EveryCultureFact]
    public void Too_few_studies_and_too_many_choices_are_refused()
    {
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 1).LeaveOneOut()).Message.ShouldBe(
            "Leaving one study out needs at least 3 studies, so that two are left to be pooled; there is 1.");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 2).LeaveOneOut()).Message.ShouldEndWith("there are 2.");
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 4).LeaveOut(3)).Message.ShouldContain("needs at least 5 studies");
        Should.Throw<ArgumentException>(() => Bcg.Pool().LeaveOut(0));
        var many = MetaAnalysis.Pool([.. Enumerable.Range(0, 90).Select(i => i % 7.0)], [.. Enumerable.Repeat(1.0, 90)]);
        Should.Throw<ArgumentException>(() => many.LeaveOut(3)).Message.ShouldContain("There are 117,480 ways to leave 3 of 90 studies out, more than 100,000");
        Bcg.Pool(studies: 1).Cumulative().Steps.ShouldHaveSingleItem().StudyCount.ShouldBe(1);
    }

    [EveryCultureFact]
    public void The_notes_say_what_holds()
    {
        var six = MetaAnalysis.Pool(Measures.OR.Compute(Trials([0, 1, 2, 3, 4, 5])));
        six.LeaveOneOut().Notes.ShouldBe(
        [
            "The odds ratio is 0.668 with all studies; it ranges from 0.576 (without Trial 3) to 0.692 (without Trial 2).",
            "The 95% interval excludes no effect with all studies, but includes it without Trial 3.",
        ]);
        six.LeaveOneClusterOut(["a", "a", "a", "b", "b", "b"]).Notes[1].ShouldBe(
            "The 95% interval excludes no effect with all studies, but includes it without a or without b.");
        six.Cumulative().Notes.ShouldBe(["The 95% interval excludes no effect since Trial 3 (4 studies); repeated looks are not adjusted for."]);
    }

    private static EffectData Trials(int[] rows) => new([.. rows.Select(i => $"Trial {i}")])
    {
        ["ai"] = [.. rows.Select(i => new double[] { 4, 6, 3, 62, 0, 33 }[i])],
        ["n1i"] = [.. rows.Select(i => new double[] { 123, 30, 60, 1300, 50, 5069 }[i])],
        ["ci"] = [.. rows.Select(i => new double[] { 11, 9, 11, 88, 2, 47 }[i])],
        ["n2i"] = [.. rows.Select(i => new double[] { 139, 33, 65, 1280, 50, 5808 }[i])],
    };

    private static IEnumerable<(StratifiedResult Whole, Func<int[], StratifiedResult> Pool)> Stratified()
    {
        int[] all = [0, 1, 2, 3, 4, 5];
        foreach (var measure in new[] { Measures.OR, Measures.RR, Measures.RD })
        {
            yield return (MantelHaenszel.Pool(measure, Trials(all)), rows => MantelHaenszel.Pool(measure, Trials(rows)));
        }

        yield return (PetoMethod.Pool(Trials(all)), rows => PetoMethod.Pool(Trials(rows)));
    }

    private static double Value(SubsetResult subset, string column) => column switch
    {
        "estimate" => subset.Estimate,
        "se" => subset.StandardError,
        "ci_lb" => subset.Interval.Lower,
        "ci_ub" => subset.Interval.Upper,
        "Q" => subset.Q!.Value.Statistic,
        "tau2" => subset.Tau2!.Value,
        "I2" => subset.I2!.Value,
        "H2" => subset.H2!.Value,
        "pval" => subset.PValue,
        _ => throw new InvalidOperationException(column),
    };

    private static double Of(string column) => column == "pval" ? TailTolerance : Tolerance;

    /// <summary>What a value near 0 is compared with: an estimate with a tenth of a standard error, tau^2 with metafor's absolute threshold, I^2 with a point, a p-value with nothing.</summary>
    private static double Unit(string column) => column switch { "tau2" => 1e-6, "I2" or "H2" or "Q" => 1, "pval" => 0, _ => 1e-2 };
}
