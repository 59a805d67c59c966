namespace MetaSpine.Tests.Studies;

/// <summary>The findings on whole studies; the numbers are of published series.</summary>
public sealed class IntegrityCheckTests
{
    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void The_founding_series_passes_every_check() =>
        IntegrityCheck.Run(Study.Load(Samples.Path("cervical-pedicle-screws.yaml"))).ShouldBeEmpty();

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("{of: all, parts: {upper: 4, subaxial: 28}}", 32, null)]
    [InlineData("{of: all, parts: {posterior: 25, combined: 7}}", 32, null)]
    [InlineData("{of: all, parts: {a: 16, b: 30, c: 11}}", 57, null)]
    [InlineData("{of: all, parts: {a: 212, b: 47, c: 23}}", 282, null)]
    [InlineData("{of: all, parts: {a: 40, b: nr}}", 57, null)]
    [InlineData("{of: all, parts: {a: 65, b: 19, c: 1, d: 1}}", 80, "65 + 19 + 1 + 1 add up to 86, but the whole is 80; perhaps some patients count in several parts")]
    [InlineData("{of: all, parts: {a: 65, b: 10}}", 80, "65 + 10 add up to 75, but the whole is 80; perhaps some patients are in none")]
    [InlineData("{unit: percent, parts: {a: 33, b: 33, c: 33}}", 3, null)]
    [InlineData("{unit: percent, parts: {a: 33.3, b: 33.3, c: 33.3}}", 3, null)]
    [InlineData("{unit: percent, parts: {a: 64, b: 30, c: 8}}", 3, "64% + 30% + 8% make 102%, which rounding does not explain")]
    [InlineData("{unit: percent, parts: {a: 25.1, b: 25.1, c: 25.1, d: 24.9}}", 3, null)]
    [InlineData("{unit: percent, parts: {a: 33.3, b: 33.3, c: 33.1}}", 3, "make 99.7%")]
    public void Parts_add_up_to_their_whole(string partition, int n, string? sentence) => Expect(
        $"groups: {{all: {{n: {n}}}}}\npartitions: [{partition.Replace("{of", "{by: x, of").Replace("{unit", "{by: x, unit")}]",
        IntegrityRules.PartSum, "partitions[0].parts", sentence);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("29", "24", "83", null)]
    [InlineData("16", "10", "62", null)]
    [InlineData("16", "10", "63", null)]
    [InlineData("80", "20", "25.0", null)]
    [InlineData("343", "271", "79.0", null)]
    [InlineData("345", "271", "79.0", "271 of 345 is 78.551%, but the report prints 79.0%; no count of 345 is 79.0%*")]
    [InlineData("59", "27", "48", "27 of 59 is 45.76%, but the report prints 48%; no count of 59 is 48%, so it has another denominator*")]
    [InlineData("544", "224", "35", "224 of 544 is 41.18%, but the report prints 35%; 35% of 544 would be 188 to 193")]
    [InlineData("76", "nr", "98", "no count of 76 is 98%, so it has another denominator or a misprint")]
    [InlineData("56", "nr", "48", null)]
    public void Percentages_come_from_their_counts(string total, string events, string percent, string? sentence) => Expect(
        $"outcomes: [{{id: x, type: dichotomous, results: [{{events: {events}, total: {total}, reported_percent: {percent}}}]}}]",
        IntegrityRules.Percent, "outcomes[0].results[0].reported_percent", sentence);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Sensitivity_comes_from_its_table() => Expect(
        "outcomes: [{id: x, type: diagnostic, results: [{tp: 22, fn: 10, tn: 3, fp: 1, reported_sensitivity: 68.8, reported_specificity: 76}]}]",
        IntegrityRules.Percent, "outcomes[0].results[0].reported_specificity", "specificity: 3 of 4 is 75*but the report prints 76%*");

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("groups: {all: {n: 32}, a: {n: 29, within: all}}", "", null)]
    [InlineData("groups: {all: {n: 32}, a: {n: 33, within: all}}", "groups.a.n", "the group 'a' (33) cannot be more than the group 'all' that it is within (32)")]
    [InlineData("groups: {a: {n: 33}}\npopulation: {enrolled: 32}", "groups.a.n", "cannot be more than all who were enrolled (32)")]
    [InlineData("population: {enrolled: 32, analysed: 33}", "population.analysed", "those analysed (33) cannot be more than those enrolled (32)")]
    [InlineData("arms: {a: {n: 20}, b: {n: 20}}\npopulation: {enrolled: 32}", "arms", "the arms hold 40 patients together, but 32 were enrolled")]
    [InlineData("groups: {a: {n: 5}}\noutcomes: [{id: x, type: dichotomous, results: [{group: a, events: 3, total: 6}]}]", "outcomes[0].results[0].total",
        "the denominator of 'x' (6) cannot be more than the group 'a' (5)")]
    [InlineData("arms: {a: {n: 5}}\noutcomes: [{id: x, type: continuous, results: [{arm: a, n: 6}]}]", "outcomes[0].results[0].n",
        "the denominator of 'x' (6) cannot be more than the arm 'a' (5)")]
    [InlineData("outcomes: [{id: x, type: time_to_event, results: [{events: 7, n: 6}]}]", "outcomes[0].results[0].events",
        "the events of 'x' (7) cannot be more than those followed (6)")]
    public void No_part_is_larger_than_its_whole(string yaml, string path, string? sentence) =>
        Expect(yaml, IntegrityRules.SubgroupSize, path, sentence);

    [CulturedTheory(["", "de-DE", "tr-TR"])]
    [InlineData("continuous", "{median: 5, iqr: {low: 3, high: 8}, range: {low: 1, high: 9}, mean: 5.5, ci: {low: 4, high: 7}}", "", null)]
    [InlineData("continuous", "{median: 9, iqr: {low: 3, high: 8}}", "", "the median (9) is above the third quartile (8)")]
    [InlineData("continuous", "{median: 0, range: {low: 1, high: 8}}", "", "the minimum (1) is above the median (0)")]
    [InlineData("continuous", "{mean: 10, range: {low: 1, high: 8}}", "", "the mean (10) is above the maximum (8)")]
    [InlineData("continuous", "{mean: 10, ci: {low: 1, high: 8}}", ".ci", "the mean (10) is above the upper limit (8)")]
    [InlineData("estimate", "{value: 3.59, ci: {low: 1.23, high: 10.50}}", ".ci", null)]
    [InlineData("estimate", "{value: 0.59, ci: {low: 1.23, high: 10.50}}", ".ci", "the lower limit (1.23) is above the estimate (0.59)")]
    [InlineData("estimate", "{ci: {low: 2, high: 1}}", ".ci", "the lower limit (2) is above the upper limit (1)")]
    [InlineData("time_to_event", "{survival_at: [{months: 3, proportion: 0.63}, {months: 24, proportion: 0.16}, {months: 6, proportion: 0.47}]}", "", null)]
    [InlineData("time_to_event", "{survival_at: [{months: 3, proportion: 0.63}, {months: 6, proportion: 0.74}]}", ".survival_at",
        "survival rises from 0.63 at 3 months to 0.74 at 6 months")]
    [InlineData("time_to_event", "{hr: 0.7, ci: {low: -0.1, high: 1.2}}", ".ci", "the lower limit of a hazard ratio (-0.1) is negative")]
    [InlineData("time_to_event", "{survival_at: [{months: 3, at_risk: 20}, {months: 6, at_risk: 21}]}", ".survival_at", "the number at risk rises from 20")]
    public void Numbers_stand_in_their_order(string type, string result, string path, string? sentence) =>
        Expect($"outcomes: [{{id: x, type: {type}, results: [{result}]}}]", IntegrityRules.Ordering, $"outcomes[0].results[0]{path}", sentence);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void Steps_of_a_scale_add_up_to_their_total() => Expect(
        "outcomes: [{id: x, type: ordinal, results: [{total: 34, counts: {better: 13, same: 19, worse: 3}}]}]",
        IntegrityRules.PartSum, "outcomes[0].results[0].counts", "x: the parts 13 + 19 + 3 add up to 35*");

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_waiver_keeps_the_finding_and_gives_its_reason()
    {
        var finding = IntegrityCheck.Run(Study.Load(Samples.Path("spinal-metastases/studies/spine1999.yaml"))).ShouldHaveSingleItem();
        finding.Severity.ShouldBe(IntegritySeverity.Error);
        finding.WaivedBecause!.ShouldContain("per operation");
        (finding.Reported, finding.Computed).ShouldBe(("80", "65 + 19 + 1 + 1 = 86"));
        finding.ToString().ShouldContain(": waived part-sum: ");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_waiver_without_a_finding_is_noted()
    {
        var finding = Run("integrity: {waive: [{rule: percent, path: \"outcomes[1]\", reason: a misprint}]}").ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.Path).ShouldBe((IntegrityRules.Waiver, IntegritySeverity.Note, "integrity.waive[0]"));
        finding.Sentence.ShouldBe("the waiver of percent at outcomes[1] has nothing to waive");
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_waiver_of_one_path_leaves_its_neighbour_alone() =>
        Run("population: {enrolled: 3}\ngroups:\n  a: {n: 4}\n  ab: {n: 5}\nintegrity: {waive: [{rule: subgroup-size, path: groups.a, reason: counted twice}]}")
            .Select(f => (f.Path, f.IsWaived)).ShouldBe([("groups.a.n", true), ("groups.ab.n", false)]);

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void A_finding_names_its_line_and_what_would_fit()
    {
        var finding = Run("outcomes:\n  - id: x\n    type: dichotomous\n    results:\n      - {events: 12, total: 51, reported_percent: 75}").ShouldHaveSingleItem();
        finding.Position.ShouldBe(new("s", 7, 51));
        (finding.StudyId, finding.Reported, finding.Computed, finding.Admissible).ShouldBe(("x", "75%", "12/51 = 23.53%", "38"));
    }

    [CulturedFact(["", "de-DE", "tr-TR"])]
    public void No_sentence_accuses_anybody()
    {
        foreach (var finding in Samples.All().SelectMany(path => IntegrityCheck.Run(StudyFile.Load(path))))
            foreach (var word in new[] { "fraud", "misconduct", "fabricat", "fake", "manipulat" })
                finding.Sentence.ShouldNotContain(word);
    }

    private static IReadOnlyList<IntegrityFinding> Run(string yaml) => IntegrityCheck.Run(Study.Parse($"schema: metaspine/study/1\nid: x\n{yaml}", "s"));

    private static void Expect(string yaml, string rule, string path, string? sentence)
    {
        var findings = Run(yaml);
        if (sentence is null)
        {
            findings.ShouldBeEmpty();
            return;
        }
        var finding = findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Path).ShouldBe((rule, path));
        FaultAssertions.Matches(finding.Sentence, "*" + sentence).ShouldBeTrue(finding.Sentence);
    }
}
