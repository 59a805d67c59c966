namespace MetaSpine.Tests;

/// <summary>From what the study files report to pooled results.</summary>
public sealed class ReviewAnalysisTests
{
    private static Review Sample(string path) => Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", path));

    private static Review Parsed(string text) => Review.Parse(text, "review.yaml");

    [EveryCultureFact]
    public void The_founding_series_pools_each_outcome_and_says_what_its_survival_needs()
    {
        var study = Study.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "cervical-pedicle-screws.yaml"));
        var results = study.AsReview().AnalyseAll();

        var ambulation = results.Single(result => result.Analysis.Id == "regained_ambulation");
        ambulation.Pooled!.Natural.Estimate.ShouldBe(16 / 18.0, 1e-15);

        var survival = results.Single(result => result.Measure.Code == "MN");
        survival.Pooled.ShouldBeNull();
        survival.Problem.ShouldBe("No study reports this outcome in a form that can be pooled.");
        survival.NotPooled.Single().Reason.ShouldContain("the mean 12.2 comes without a spread");
        survival.NotPooled.Single().Reason.ShouldContain("it needs the SD, the SE, a confidence interval, or the individual data");
    }

    /// <summary>The five pooled sets of the review: which series take part, by the table that the counts were read into.</summary>
    [EveryCultureTheory]
    [InlineData("regained-ambulation", 6, 147, 227)]
    [InlineData("pain-improved", 9, 243, 257)]
    [InlineData("neurologic-improvement", 6, 303, 410)]
    [InlineData("complication-patients", 8, 136, 509)]
    [InlineData("wound-complication", 4, 132, 846)]
    public void The_spinal_metastases_review_pools_its_series(string id, int studies, double events, double total)
    {
        var pooled = Sample("spinal-metastases/review.yaml").Analyse(id).Pooled!;
        pooled.StudyCount.ShouldBe(studies);
        pooled.Effects.Data["xi"].Sum().ShouldBe(events);
        pooled.Effects.Data["ni"].Sum().ShouldBe(total);
    }

    [EveryCultureFact]
    public void The_bcg_review_gives_the_reference_results()
    {
        var review = Sample("bcg-vaccine.yaml");
        var risk = review.Analyse("risk-ratio").Pooled!;
        var fit = ReferenceCase.Load("bcg-rr").Fits.Single(f => f.Columns is null && f.Options is { Method: PoolingMethod.REML, Test: PoolingTest.KnappHartung });
        risk.Estimate.ShouldBe(fit.Number("beta")[0], 1e-9);
        risk.PValue.ShouldBe(fit.Number("pval")[0], 1e-9);

        var latitude = review.Analyse("latitude").Regression!;
        var reference = ReferenceCase.Load("bcg-rr").Fits.Single(f => f.Columns is ["(Intercept)", "ablat"] && f.Options is { Method: PoolingMethod.REML, Test: PoolingTest.KnappHartung });
        latitude.Coefficients[1].Estimate.ShouldBe(reference.Number("beta")[1], 1e-9);
        latitude.R2!.Value.ShouldBe(reference.Number("R2")[0], 1e-5);
    }

    /// <summary>R: rma per allocation (REML), then rma(estimates, se^2, mods = ~ factor, method = "EE"); QM = 1.8614.</summary>
    [EveryCultureFact]
    public void Subgroups_have_their_own_results_and_a_test_between_them()
    {
        var result = Sample("bcg-vaccine.yaml").Analyse("allocation");
        result.Subgroups.Select(subgroup => subgroup.Result.StudyCount).Sum().ShouldBe(13);
        result.Subgroups.ShouldAllBe(subgroup => subgroup.Result.Excluded.Count == 0);
        result.SubgroupTest!.Value.DegreesOfFreedom.ShouldBe(2);
        result.SubgroupTest.Value.Statistic.ShouldBe(1.8614, 0.0001);
    }

    [EveryCultureFact]
    public void Codes_that_do_not_exist_are_all_reported_with_their_place()
    {
        var review = Parsed("""
            schema: metaspine/review/1
            studies:
              - id: a
                outcomes: [{id: pain, type: dichotomous, results: [{events: 1, total: 2}]}]
            analyses:
              - id: first
                outcome: pain
                measure: PLOO
                method: RELM
                test: hk
            """);
        var faults = Should.Throw<StudyFileException>(() => review.Analyse("first")).Faults;
        faults.Select(fault => fault.ToString()).ShouldBe(
        [
            "review.yaml:8:14: measure of the analysis first: there is no measure 'PLOO'; did you mean PLO?",
            "review.yaml:9:13: method of the analysis first: there is no method 'RELM'; did you mean REML?",
        ]);
        Should.Throw<ArgumentException>(() => review.Analyse("frist")).Message.ShouldContain("did you mean first?");
    }

    [EveryCultureFact]
    public void Each_study_that_cannot_take_part_says_why_and_what_would_help()
    {
        var review = Parsed("""
            schema: metaspine/review/1
            studies:
              - id: counts
                outcomes: [{id: pain, type: dichotomous, results: [{events: 8, total: 10}]}]
              - id: percent
                outcomes: [{id: pain, type: dichotomous, results: [{reported_percent: 80, total: 10}]}]
              - id: times
                timepoints: {early: {months: 1}, late: {months: 12}}
                outcomes:
                  - {id: pain, type: dichotomous, results: [{timepoint: early, events: 1, total: 4}, {timepoint: late, events: 2, total: 4}]}
              - id: rival
                outcomes: [{id: pain, type: dichotomous, results: [{events: 9, total: 10}]}]
            analyses:
              - {id: pain, outcome: pain, measure: PLO, exclude: [{study: rival, reason: another operation}]}
            """);
        var reasons = review.Analyse("pain").NotPooled.ToDictionary(study => study.StudyId, study => study.Reason, StringComparer.Ordinal);
        reasons.Keys.Order(StringComparer.Ordinal).ShouldBe(["percent", "rival", "times"]);
        reasons["percent"].ShouldContain("it reports 80%, but the number of events is not reported");
        reasons["rival"].ShouldBe("excluded by the analysis: another operation");
        reasons["times"].ShouldContain("it reports 2 results (early, late)");

        var latest = review.Analyse(review.Analyses[0] with { Timepoint = new TimepointChoice { Take = TimepointRule.Latest } });
        latest.Pooled!.Effects.Data["xi"].ShouldBe([8, 2]);
    }

    [EveryCultureFact]
    public void Standard_deviations_follow_from_standard_errors_and_intervals_and_the_result_says_so()
    {
        // SD 10, n 25: SE 2; the 95% t interval of a mean of 50 is 50 -/+ 2.0638985616 x 2.
        var review = Parsed("""
            schema: metaspine/review/1
            studies:
              - {id: sd, outcomes: [{id: score, type: continuous, results: [{mean: 50, sd: 10, n: 25}]}]}
              - {id: se, outcomes: [{id: score, type: continuous, results: [{mean: 50, se: 2, n: 25}]}]}
              - {id: ci, outcomes: [{id: score, type: continuous, results: [{mean: 50, ci: {low: 45.8722028768, high: 54.1277971232}, n: 25}]}]}
            """);
        var result = review.Analyse("score");
        result.Measure.Code.ShouldBe("MN");
        result.Pooled!.Effects.Data["sdi"].ShouldAllBe(sd => Math.Abs(sd - 10) < 1e-8);
        result.Notes.ShouldContain("SD from the standard error: SE x sqrt(n): se.");
        result.Notes.ShouldContain("SD from the 95% interval of the mean: t with n - 1 degrees of freedom: ci.");
    }
}
