using System.Globalization;
using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>The options of pooling, of the models and of resampling that a review's analysis reaches by a key.</summary>
public sealed class ReviewOptionsTests
{
    private static readonly Review Vaccine = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));

    private static Analysis Asked => Vaccine.Analyses.Single(analysis => analysis.Id == "risk-ratio") with { Measure = "OR" };

    /// <summary>Seven trials, for which resampling is quick.</summary>
    private static Review Seven => Vaccine with { Studies = [.. Vaccine.Studies.Skip(4).Take(7)] };

    /// <summary>The trials weighted by the years since 1900.</summary>
    private static Review Weighted => Vaccine with
    {
        Studies = [.. Vaccine.Studies.Select(study => study with { Moderators = [.. study.Moderators, Weight(study.FindModerator("year")!.Number!.Value - 1900)] })],
    };

    private static Moderator Weight(double weight) => new() { Name = "weight", Text = weight.ToString(CultureInfo.InvariantCulture) };

    /// <summary>From metafor 3.8.1 with the Knapp-Hartung test, in the 12 digits that R printed; tau^2 by REML to the 6 digits to which it iterates.</summary>
    [EveryCultureTheory]
    [InlineData(0.05, null, "REML", -0.668769100664, 0.173217119402, 0.05)]
    [InlineData(null, "weight", "REML", -0.720536407717, 0.194582937214, 0.337772045077)]
    [InlineData(null, "equal", "REML", -0.771627242823, 0.196148653944, 0.337772045077)]
    [InlineData(null, "weight", "GENQ", -0.720536407717, 0.194322749657, 0.373056742414)]
    public void A_fixed_variance_and_given_weights_pool_as_in_metafor(double? tau2, string? weights, string method, double estimate, double error, double expected)
    {
        var result = Weighted.Analyse(Asked with { Tau2 = tau2, Weights = weights, Method = tau2 is null ? method : null, Test = "knha", Subgroup = "allocation", Moderators = ["latitude"] });
        result.Problem.ShouldBeNull();
        result.Pooled!.Estimate.ShouldBe(estimate, 1e-11);
        result.Pooled.StandardError.ShouldBe(error, method == "REML" && tau2 is null ? 1e-6 : 1e-11);
        result.Pooled.Tau2.ShouldBe(expected, method == "REML" && tau2 is null ? 1e-5 : 1e-11);
        result.Regression!.Options.ShouldBe(result.Pooled.Options);
        result.Subgroups.Count.ShouldBe(3);
        Report.Text(result, 1000).ShouldContain(tau2 is null ? weights == "equal" ? "every study with the same weight" : "weights as given" : "τ² fixed at 0.05");
        RScript.For(result).ShouldContain(tau2 is null ? weights == "equal" ? ", weighted=FALSE" : ", weights=c(48, 49, " : ", tau2=0.05");
    }

    [EveryCultureFact]
    public void The_median_unbiased_estimator_is_reached_with_its_weights()
    {
        var result = Weighted.Analyse(Asked with { Weights = "weight", Method = "GENQM" });
        var pooled = MetaAnalysis.Pool(result.Pooled!.Effects, new PoolingOptions { Method = PoolingMethod.GENQM, Weights = [.. Weighted.Studies.Select(study => study.FindModerator("weight")!.Number!.Value)] });
        result.Pooled.Tau2.ShouldBe(pooled.Tau2);
        result.Pooled.Estimate.ShouldBe(pooled.Estimate);
    }

    [EveryCultureTheory]
    [InlineData("0", "0")]
    [InlineData("-2", "-2")]
    [InlineData("1e300", "1e300")]
    [InlineData("nr", "missing")]
    public void A_study_without_a_usable_weight_is_named(string weight, string found)
    {
        var wrong = Weighted with
        {
            Studies = [.. Weighted.Studies.Select((study, i) => i == 3 ? study with { Moderators = [.. study.Moderators.Where(m => m.Name != "weight"), new Moderator { Name = "weight", Text = weight }] } : study)],
        };
        var result = wrong.Analyse(Asked with { Weights = "weight" });
        result.Pooled.ShouldBeNull();
        result.Problem.ShouldNotBeNull();
        result.Problem.ShouldContain($"Every study needs a weight above 0 as its weight, from 1e-9 to 1e9; not so: Hart & Sutherland 1977 ({found}).");
    }

    [EveryCultureFact]
    public void A_category_is_no_weight()
    {
        Vaccine.Analyse(Asked with { Weights = "allocation" }).Problem.ShouldNotBeNull().ShouldContain("Aronson 1948 (random)");
        Should.Throw<ArgumentException>(() => Vaccine.Analyse(Asked with { Weights = "alocation" })).Message.ShouldContain("did you mean allocation?");
        Should.Throw<StudyFileException>(() => Parsed("weights: doze")).Faults.Single().Message.ShouldBe("no study of the review has the moderator 'doze'; did you mean dose?");
    }

    [EveryCultureFact]
    public void The_models_for_counts_take_their_own_options()
    {
        // From metafor 3.8.1's rma.mh, in the digits that R printed.
        var plain = Vaccine.Analyse(Asked with { Method = null, Model = "mantel-haenszel", Correct = false });
        plain.Stratified!.CochranMantelHaenszel!.Value.Statistic.ShouldBe(136.162976745, 1e-8);
        RScript.For(plain).ShouldContain("correct=FALSE");
        Vaccine.Analyse(Asked with { Method = null, Model = "mantel-haenszel" }).Stratified!.Options.Correct.ShouldBeTrue();

        var exact = Vaccine.Analyse(Asked with { Method = null, Model = "exact", Exact = "Fisher" });
        exact.Exact!.Interval.ShouldBe(ExactOddsRatio.Pool(exact.Exact.Effects.Data, midP: false).Interval);
        Vaccine.Analyse(Asked with { Method = null, Model = "exact", Exact = "mid-p" }).Exact!.MidP.ShouldBeTrue();
    }

    [EveryCultureFact]
    public void Random_baselines_keep_silent_studies_and_correlate()
    {
        const string silent = "  - {id: z, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 1}, outcomes: [{id: stiff, type: dichotomous, results: [{arm: t, events: 0, total: 10}, {arm: c, events: 0, total: 10}]}]}\n";
        var kept = Parsed("model: glmm, glmm: UM.RS, keep_double_zeros: yes, correlated: yes", silent).Analyse("first").CountModel!;
        kept.StudyCount.ShouldBe(4);
        (kept.Options.KeepDoubleZeros, kept.Options.Correlated).ShouldBe((true, true));
        RScript.For(kept).ShouldContain(", drop00=FALSE, cor=TRUE)");
        Parsed("model: glmm, glmm: UM.RS", silent).Analyse("first").CountModel!.StudyCount.ShouldBe(3);
    }

    [EveryCultureFact]
    public void More_resampling_and_all_subsets_are_those_of_the_library()
    {
        var result = Seven.Analyse(Asked with { Moderators = ["latitude", "year"], Also = ["parametric-bootstrap", "all-subsets"] });
        result.Problem.ShouldBeNull();
        var pooled = result.Pooled!;
        result.Further!.ParametricBootstrap!.Estimate.ShouldBe(pooled.Bootstrap(new BootstrapOptions { Kind = BootstrapKind.Parametric }).Estimate);
        (result.Further.Bootstrap, result.Further.AllSubsets).ShouldBe((null, null));

        Predictor Of(string name) => Predictor.Numeric(name, [.. Seven.Studies.Select(study => study.FindModerator(name)!.Number!.Value)]);
        var subsets = Multimodel.AllSubsets(pooled.Effects, Formula.Parse("~ latitude + year"), [Of("latitude"), Of("year")]);
        var found = result.RegressionFurther!.AllSubsets!;
        found.Coefficients.ShouldBe(subsets.Coefficients);
        found.Importance.ShouldBe(subsets.Importance);
        Report.Text(result, 1000).ShouldContain("Of 4 models of the log odds ratio of 7 studies");
        var json = JsonDocument.Parse(Report.Json([result])).RootElement[0];
        json.GetProperty("regressionFurther").GetProperty("allSubsets").GetProperty("models").GetArrayLength().ShouldBe(4);
        json.GetProperty("further").GetProperty("parametricBootstrap").GetProperty("kind").GetString().ShouldBe("parametric");
        var csv = Report.Csv([result]);
        csv.ShouldContain("risk-ratio,,parametric-bootstrap-percentile,estimate,");
        csv.ShouldContain("risk-ratio,,coefficient-averaged,latitude,");
    }

    /// <summary>Five trials, since an interval costs about fifty tests.</summary>
    [EveryCultureFact]
    public void Permutation_intervals_are_those_of_the_library()
    {
        var result = (Vaccine with { Studies = [.. Vaccine.Studies.Take(5)] }).Analyse(Asked with { Also = ["permutation-intervals"] });
        result.Problem.ShouldBeNull();
        result.Further!.Permutation!.Coefficients.ShouldBe(result.Pooled!.Permute(new PermutationOptions { Intervals = true }).Coefficients);
        result.Further.Permutation.Coefficients[0].Interval.ShouldNotBeNull();
    }

    [EveryCultureFact]
    public void A_turned_sign_turns_everything_and_is_said()
    {
        var (usual, turned) = (Vaccine.Analyse(Asked), Vaccine.Analyse(Asked with { Flip = true }));
        turned.Pooled!.Estimate.ShouldBe(-usual.Pooled!.Estimate, 1e-14);
        turned.Pooled.Tau2.ShouldBe(usual.Pooled.Tau2, 1e-12);
        turned.Notes.ShouldContain("The sign of every estimate is turned, as the analysis asks (flip).");
        RScript.For(turned).ShouldContain("factor <- c(-1)\ndat$yi <- factor * dat$yi\n");
    }

    [EveryCultureTheory]
    [InlineData("tau2: 0.1, method: EE", "tau2 of the analysis first: under equal effects (EE) tau^2 is 0")]
    [InlineData("tau2: 0.1, method: DL", "tau2 of the analysis first: it takes the place of the estimate by DL; leave tau2 or method out")]
    [InlineData("tau2: 0.1, tau2_interval: QP", "tau2_interval of the analysis first: a fixed tau^2 has no interval")]
    [InlineData("tau2: 0.1, scale: ~ dose", "tau2 of the analysis first: a location-scale model estimates its own")]
    [InlineData("tau2: 0.1, test: kr", "test of the analysis first: The Kenward-Roger test")]
    [InlineData("tau2: 0.1, model: peto", "tau2 of the analysis first: it goes with inverse variance and not with the model peto")]
    [InlineData("tau2: 0.1, also: [parametric-bootstrap]", "also of the analysis first: parametric-bootstrap estimates tau^2 and weights studies by inverse variances, so that tau2 has no place beside it")]
    [InlineData("weights: equal, also: [permutation-intervals]", "also of the analysis first: permutation-intervals estimates tau^2")]
    [InlineData("weights: dose, cluster: dose", "weights of the analysis first: cluster-robust standard errors are those of inverse-variance weights")]
    [InlineData("weights: dose, scale: ~ dose", "weights of the analysis first: a location-scale model estimates its own")]
    [InlineData("weights: equal, method: GENQ", "method of the analysis first: the generalised Q estimator (GENQ) needs weights; name their moderator under weights (with equal weights it is HE)")]
    [InlineData("correct: no", "correct of the analysis first: it belongs to the Cochran-Mantel-Haenszel test (write model: mantel-haenszel too) and to measures")]
    [InlineData("exact: fisher", "exact of the analysis first: it says how the exact model counts; write model: exact too")]
    [InlineData("exact: fischer, model: exact", "exact of the analysis first: there is no exact test 'fischer'; did you mean fisher?")]
    [InlineData("correlated: yes, model: glmm", "correlated of the analysis first: only random baselines can be correlated with the effect; write glmm: UM.RS too")]
    [InlineData("keep_double_zeros: yes", "keep_double_zeros of the analysis first: such studies inform random baselines only; write glmm: UM.RS too")]
    [InlineData("also: [all-subsets]", "also of the analysis first: all-subsets compares the models of 1 to 12 terms; moderators or formula have 0")]
    [InlineData("flip: yes, model: peto", "flip of the analysis first: it goes with inverse variance and not with the model peto")]
    public void What_makes_no_sense_is_refused_with_its_place(string keys, string message)
    {
        var review = Parsed(keys);
        var fault = Should.Throw<StudyFileException>(() => review.Analyse("first")).Faults.Single();
        fault.Message.ShouldStartWith(message);
        (fault.Position.File, fault.Position.Line).ShouldBe(("review.yaml", 6));
        review.CheckAnalyses().ShouldBe([fault]);
    }

    [EveryCultureFact]
    public void A_model_for_counts_refuses_measures_that_it_does_not_pool_with_its_place()
    {
        var review = Parsed("model: glmm");
        review = review with { Analyses = [review.Analyses[0] with { Measure = "RR" }] };
        var fault = Should.Throw<StudyFileException>(() => review.Analyse("first")).Faults.Single();
        fault.Message.ShouldBe("model of the analysis first: glmm does not pool RR; it pools OR, IRR, PLO, IRLN");
        (fault.Position.File, fault.Position.Line).ShouldBe(("review.yaml", 6));
        (review with { Analyses = [review.Analyses[0] with { Measure = "RX" }] }).CheckAnalyses().Single().Message.ShouldStartWith("measure of the analysis first: ");
    }

    [EveryCultureFact]
    public void A_sign_without_meaning_is_not_turned() =>
        Should.Throw<StudyFileException>(() => Vaccine.Analyse(Asked with { Measure = "PLO", Arm = "bcg", Flip = true })).Faults.Single().Message
            .ShouldContain("flip of the analysis risk-ratio: PLO has no effect at another value than 0");

    [EveryCultureTheory]
    [InlineData("tau2: -0.1", "expected a variance from 0, such as 0.05")]
    [InlineData("tau2: 1e999", "expected a variance from 0, such as 0.05")]
    [InlineData("correct: maybe", "expected yes or no")]
    public void A_wrong_value_is_a_fault_of_the_file(string keys, string message) =>
        Should.Throw<StudyFileException>(() => Parsed(keys)).Faults.Single().Message.ShouldContain(message);

    [EveryCultureFact]
    public void A_check_of_the_analyses_finds_wrong_codes_and_invented_moderators()
    {
        Vaccine.CheckAnalyses().ShouldBeEmpty();
        Parsed("method: RELM, test: knah").CheckAnalyses().Select(fault => fault.Message.Split(':')[0]).ShouldBe(["method of the analysis first", "test of the analysis first"]);
        Parsed("formula: ~ dos").CheckAnalyses().Single().Message.ShouldContain("there is no moderator 'dos'; did you mean dose?");
        new Review { Studies = Vaccine.Studies, Analyses = [Asked with { Formula = "~ latitud" }] }.CheckAnalyses().Single().Message.ShouldContain("did you mean latitude?");
    }

    [EveryCultureFact]
    public void The_keys_survive_writing()
    {
        var review = Parsed("tau2: 0.05, weights: dose, flip: yes, correct: no, keep_double_zeros: yes, correlated: no, exact: fisher");
        var again = Review.Parse(review.ToYaml(), "again.yaml");
        again.ShouldBe(review);
        var analysis = again.Analyses.Single();
        (analysis.Tau2, analysis.Weights, analysis.Flip, analysis.Correct, analysis.KeepDoubleZeros, analysis.Correlated, analysis.Exact)
            .ShouldBe((0.05, "dose", true, false, true, false, "fisher"));
    }

    private static Review Parsed(string keys, string more = "") => Review.Parse($$$"""
        schema: metaspine/review/1
        studies:
          - {id: a, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 1}, outcomes: [{{{Outcome(2, 3)}}}]}
          - {id: b, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 2}, outcomes: [{{{Outcome(4, 1)}}}]}
          - {id: c, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 4}, outcomes: [{{{Outcome(1, 5)}}}]}
        {{{more}}}analyses: [{id: first, outcome: stiff, measure: OR, {{{keys}}}}]
        """, "review.yaml");

    private static string Outcome(int treated, int control) =>
        FormattableString.Invariant($"{{id: stiff, type: dichotomous, results: [{{arm: t, events: {treated}, total: 10}}, {{arm: c, events: {control}, total: 10}}]}}");
}
