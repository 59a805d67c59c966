using MetaSpine.Tests.Studies;

namespace MetaSpine.Tests;

public sealed class ReviewDiffTests
{
    private static readonly Review Bcg = Review.Load(Samples.Path("bcg-vaccine.yaml"));

    [EveryCultureFact]
    public void Each_step_is_the_pooled_result_of_the_studies_after_it_and_the_steps_add_up()
    {
        var changed = Bcg.FindStudy("comstock1969")!;
        var better = Review.Parse(File.ReadAllText(Samples.Path("bcg-vaccine.yaml")).Replace("events: 5, non_events: 2493", "events: 9, non_events: 2489", StringComparison.Ordinal)).FindStudy("comstock1969")!;
        better.ShouldNotBe(changed);
        var earlier = Bcg with { Studies = Bcg.Studies.Where(study => study.Id != "comstock1976").ToValueList() };
        var later = Bcg with
        {
            Studies = Bcg.Studies.Where(study => study.Id != "aronson1948").Select(study => study.Id == "comstock1969" ? better : study).ToValueList(),
            Analyses = Bcg.Analyses.Select(analysis => analysis.Id == "risk-ratio" ? analysis with { Method = "DL" } : analysis).ToValueList(),
        };
        var diff = ReviewDiff.Of(earlier, later);
        diff.Added.Select(study => study.Id).ShouldBe(["comstock1976"]);
        diff.Removed.Select(study => study.Id).ShouldBe(["aronson1948"]);
        diff.Changed.Single().Differences.Select(field => (field.Path, field.A, field.B)).ShouldBe(
            [("outcomes[tuberculosis].results[arm=bcg].events", "5", "9"), ("outcomes[tuberculosis].results[arm=bcg].non_events", "2493", "2489")]);

        var change = diff.Analyses.Single(item => item.Id == "risk-ratio");
        change.Settings.Single().ShouldSatisfyAllConditions(field => field.Path.ShouldBe("method"), field => field.A.ShouldBe("REML"), field => field.B.ShouldBe("DL"));
        change.Steps.Select(step => step.Cause).ShouldBe([ChangeCause.Removed, ChangeCause.Changed, ChangeCause.Added, ChangeCause.Settings]);

        // The same data sets by hand.
        double Pool(Func<Study, Study?> take, string method) =>
            (Bcg with { Studies = Bcg.Studies.Select(take).OfType<Study>().ToValueList() }).Analyse(Bcg.FindAnalysis("risk-ratio")! with { Method = method }).Overall!.Estimate;
        double[] expected =
        [
            Pool(study => study.Id == "comstock1976" ? null : study, "REML"),
            Pool(study => study.Id is "comstock1976" or "aronson1948" ? null : study, "REML"),
            Pool(study => study.Id is "comstock1976" or "aronson1948" ? null : study.Id == "comstock1969" ? better : study, "REML"),
            Pool(study => study.Id == "aronson1948" ? null : study.Id == "comstock1969" ? better : study, "REML"),
            Pool(study => study.Id == "aronson1948" ? null : study.Id == "comstock1969" ? better : study, "DL"),
        ];
        change.Earlier!.Overall!.Estimate.ShouldBe(expected[0]);
        change.Steps.Select(step => step.Result!.Overall!.Estimate).ShouldBe(expected[1..]);
        change.Steps.Select(step => step.Change!.Value).ShouldBe(expected.Skip(1).Zip(expected, (after, before) => after - before));

        // Four differences of numbers near 1, each rounded once.
        change.Steps.Sum(step => step.Change!.Value).ShouldBe(change.Change!.Value, 1e-14);
        diff.HasChanges.ShouldBeTrue();
    }

    [EveryCultureFact]
    public void A_review_is_no_different_from_itself()
    {
        var diff = ReviewDiff.Of(Bcg, Bcg);
        diff.HasChanges.ShouldBeFalse();
        diff.Analyses.Count.ShouldBe(3);
        diff.Analyses.ShouldAllBe(change => change.Steps.Count == 0 && change.Change == 0 && !change.IsConclusionChanged);
        diff.ToString().ShouldContain("Nothing that is pooled differs");
    }

    [EveryCultureFact]
    public void A_conclusion_that_changes_is_said_with_what_changed_it()
    {
        string Review(string studies) => $"schema: metaspine/review/1\nanalyses: [{{id: pain, outcome: pain, measure: OR, method: EE, test: z}}]\nstudies:\n{studies}";
        string Study(string id, int a, int b) =>
            $"  - {{id: {id}, arms: {{t: {{role: intervention}}, c: {{role: control}}}}, outcomes: [{{id: pain, type: dichotomous, results: [{{arm: t, events: {a}, total: 100}}, {{arm: c, events: {b}, total: 100}}]}}]}}\n";
        var diff = ReviewDiff.Of(MetaSpine.Review.Parse(Review(Study("s1", 30, 20))), MetaSpine.Review.Parse(Review(Study("s1", 30, 20) + Study("s2", 40, 20))));
        diff.Analyses.Single().IsConclusionChanged.ShouldBeTrue();
        var text = diff.ToString().ReplaceLineEndings(" ");
        text.ShouldContain("The conclusion changes in pain.");
        text.ShouldContain("before, the interval included no effect (1); after, it lies above no effect (1)");
    }

    [EveryCultureFact]
    public void An_analysis_that_only_one_review_has_is_said_and_one_that_neither_has_is_refused()
    {
        var without = Bcg with { Analyses = [Bcg.Analyses[0]] };
        var change = ReviewDiff.Of(Bcg, without, "latitude").Analyses.Single();
        (change.IsInEarlier, change.IsInLater, change.Later, change.Steps.Count).ShouldBe((true, false, null, 0));
        ReviewDiff.Of(Bcg, without).ToString().ReplaceLineEndings(" ").ShouldContain("The later review has no such analysis. It gave: risk ratio 0.49");
        ReviewDiff.Of(without, Bcg).ToString().ReplaceLineEndings(" ").ShouldContain("Only the later review has this analysis. It gives: risk ratio 0.49");
        Should.Throw<ArgumentException>(() => ReviewDiff.Of(Bcg, without, "lattitude")).Message.ShouldContain("did you mean latitude?");

        // A review without analyses pools each outcome by its usual measure.
        ReviewDiff.Of(Bcg with { Analyses = [] }, Bcg).Analyses.Select(item => (item.Id, item.IsInEarlier)).ShouldBe([("tuberculosis", true), ("risk-ratio", false), ("latitude", false), ("allocation", false)]);
    }

    [EveryCultureFact]
    public void What_cannot_be_pooled_on_the_way_is_part_of_the_answer()
    {
        var bare = Bcg with { Studies = Bcg.Studies.Select(study => study with { Moderators = [] }).ToValueList() };
        var change = ReviewDiff.Of(Bcg, bare, "allocation").Analyses.Single();
        change.Later.ShouldBeNull();
        change.LaterProblem!.ShouldContain("moderator 'allocation'");
        change.Steps.Single().ShouldSatisfyAllConditions(step => step.Cause.ShouldBe(ChangeCause.Changed), step => step.Problem!.ShouldContain("moderator 'allocation'"), step => step.Change.ShouldBeNull());
        ReviewDiff.Of(Bcg, Bcg with { Studies = [] }, "risk-ratio").ToString().ReplaceLineEndings(" ").ShouldContain("There is no pooled result in the later review. No study reports this outcome.");

        // Another measure has another scale: nothing can be subtracted.
        var other = Bcg with { Analyses = [Bcg.Analyses[0] with { Measure = "OR" }] };
        ReviewDiff.Of(Bcg, other, "risk-ratio").Analyses.Single().Steps.Single().ShouldSatisfyAllConditions(step => step.Cause.ShouldBe(ChangeCause.Settings), step => step.Change.ShouldBeNull());
        Should.Throw<ArgumentException>(() => ReviewDiff.Of(Bcg, Bcg with { Studies = [Bcg.Studies[0], Bcg.Studies[0]] })).Message.ShouldContain("two studies 'aronson1948'");
    }

    [EveryCultureFact]
    public void Every_form_has_the_steps()
    {
        var diff = ReviewDiff.Of(Bcg with { Studies = Bcg.Studies.Skip(1).ToValueList() }, Bcg, "risk-ratio");
        Report.Csv(diff).Split("\r\n").Select(row => string.Join(',', row.Split(',').Take(4))).ShouldBe(
            ["analysis,step,studies,k", "risk-ratio,before,,12", "risk-ratio,added,Aronson 1948,13", "risk-ratio,after,,13", ""]);
        Report.Json(diff).ShouldContain("\"cause\": \"added\"");
        diff.ToMarkdown().ShouldContain("| added: Aronson 1948 | 13 | 0.49 (");
        diff.ToHtml().ShouldContain("added: Aronson 1948");
    }
}
