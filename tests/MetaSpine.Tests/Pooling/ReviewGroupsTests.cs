namespace MetaSpine.Tests;

/// <summary>Groups as rows of their own (<c>group: each</c>), and ready estimates pooled as the measure that they are of.</summary>
public sealed class ReviewGroupsTests
{
    private const string Studies =
        """
        studies:
          - id: a
            groups: {men: {label: Men}, women: {label: Women}}
            arms: {drug: {role: intervention}, none: {role: control}}
            outcomes:
              - id: death
                type: dichotomous
                results:
                  - {group: men, arm: drug, events: 4, total: 50}
                  - {group: men, arm: none, events: 9, total: 48}
                  - {group: women, arm: drug, events: 3, total: 40}
                  - {group: women, arm: none, events: 5, total: 41}
          - id: b
            groups: {men: {label: Men}}
            arms: {drug: {role: intervention}, none: {role: control}}
            outcomes:
              - id: death
                type: dichotomous
                results: [{group: men, arm: drug, events: 12, total: 120}, {group: men, arm: none, events: 15, total: 118}]
          - id: c
            arms: {drug: {role: intervention}, none: {role: control}}
            outcomes:
              - id: death
                type: dichotomous
                results: [{arm: drug, events: 7, total: 90}, {arm: none, events: 8, total: 88}]
        """;

    [EveryCultureTheory]
    [InlineData("measure: OR, method: DL, test: z")]
    [InlineData("measure: OR, model: mantel-haenszel")]
    public void Each_group_is_a_row_and_they_are_pooled_apart(string settings)
    {
        var review = Read($"{{id: x, outcome: death, {settings}, group: each, subgroup: group}}");
        review.CheckAnalyses().ShouldBeEmpty();
        var result = review.Analyse("x");
        result.Overall!.Effects.Studies.Select(study => study.Label).ShouldBe(["a, Men", "a, Women", "b", "c"]);
        result.Subgroups.Select(group => (group.Name, group.Result.StudyCount)).ShouldBe([("Men", 2), ("Women", 1), ("not reported", 1)]);
        var data = new EffectData(["1", "2", "3", "4"]) { ["ai"] = [4, 3, 12, 7], ["n1i"] = [50, 40, 120, 90], ["ci"] = [9, 5, 15, 8], ["n2i"] = [48, 41, 118, 88] };
        var expected = result.Stratified is null ? MetaAnalysis.Pool(Measures.OR.Compute(data), new() { Method = PoolingMethod.DL }).Estimate : MantelHaenszel.Pool(Measures.OR, data).Estimate;
        result.Overall.Estimate.ShouldBe(expected, 1e-14);
    }

    [EveryCultureFact]
    public void Without_it_a_study_of_several_groups_must_be_told_which() =>
        Read("{id: x, outcome: death, measure: OR}").Analyse("x").NotPooled.ShouldHaveSingleItem().StudyId.ShouldBe("a");

    [EveryCultureFact]
    public void A_subgroup_by_group_needs_each() =>
        Should.Throw<StudyFileException>(() => Read("{id: x, outcome: death, measure: OR, subgroup: group}")).Message.ShouldContain("no study of the review has the moderator 'group'");

    [EveryCultureFact]
    public void Ready_estimates_are_pooled_as_the_measure_that_they_are_of()
    {
        const string yaml =
            """
            schema: metaspine/review/1
            analyses: [{id: x, outcome: death, measure: OR, method: EE, test: z, profile: revman5}, {id: y, outcome: death, measure: SMD, profile: revman5}]
            studies:
              - {id: a, outcomes: [{id: death, type: estimate, results: [{measure: OR, scale: analysis, value: -0.4, se: 0.2}]}]}
              - {id: b, outcomes: [{id: death, type: estimate, results: [{measure: OR, value: 0.8, se: 0.3}]}]}
              - {id: c, outcomes: [{id: death, type: estimate, results: [{measure: RR, value: 0.8, se: 0.3}]}]}
            """;
        var review = Review.Parse(yaml);
        review.CheckAnalyses().ShouldBeEmpty();
        var result = review.Analyse("x");
        result.NotPooled.ShouldHaveSingleItem().Reason.ShouldBe("it is an estimate of RR, not of OR");
        double[] w = [1 / 0.04, 1 / 0.09];
        result.Pooled!.Natural.Estimate.ShouldBe(Math.Exp((-0.4 * w[0] + Math.Log(0.8) * w[1]) / (w[0] + w[1])), 1e-15);
        result.ToString().ShouldContain("odds ratio");
        review.Analyse("y").NotPooled.Count.ShouldBe(3);
    }

    private static Review Read(string analysis) => Review.Parse($"schema: metaspine/review/1\nanalyses: [{analysis}]\n{Studies}");
}
