namespace MetaSpine.Tests.Studies;

/// <summary>How findings print, where they stand, in which order, and what a waiver does to them.</summary>
public sealed class IntegrityFindingTests
{
    [EveryCultureTheory]
    [InlineData("groups: {a: {n: 4}}\npopulation: {enrolled: 3}", "s:3:17: error subgroup-size: the group 'a' (4) cannot be more than all who were enrolled (3)")]
    [InlineData("groups: {a: {n: 4}}\npopulation: {enrolled: 3}\nintegrity: {waive: [{rule: subgroup-size, reason: counted twice}]}",
        "s:3:17: waived subgroup-size: the group 'a' (4) cannot be more than all who were enrolled (3) (waived: counted twice)")]
    [InlineData("arms: {a: {n: 4}}\npopulation: {enrolled: 3}", "s:3:7: warning subgroup-size: the arms hold 4 patients together, but 3 were enrolled; in a crossover that is as it should be")]
    [InlineData("integrity: {waive: [{rule: percent, reason: a misprint}]}", "s:3:21: note waiver: the waiver of percent has nothing to waive")]
    public void A_finding_prints_its_place_weight_rule_and_reason(string yaml, string line) => Findings.Of(yaml).ShouldHaveSingleItem().ToString().ShouldBe(line);

    // A waiver is idle unless a finding has both its rule and its path.
    [EveryCultureTheory]
    [InlineData("rule: subgroup-size", true, false)]
    [InlineData("rule: subgroup-size, path: groups.a", true, false)]
    [InlineData("rule: subgroup-size, path: groups.b", false, true)]
    [InlineData("rule: percent", false, true)]
    [InlineData("rule: percent, path: groups.a", false, true)]
    public void A_waiver_needs_the_rule_and_the_path(string waiver, bool isWaived, bool isIdle)
    {
        var findings = Findings.Of($"groups: {{a: {{n: 4}}}}\npopulation: {{enrolled: 3}}\nintegrity: {{waive: [{{{waiver}, reason: counted twice}}]}}");
        (findings[0].IsWaived, findings.Skip(1).Any(f => f.Rule == IntegrityRules.Waiver)).ShouldBe((isWaived, isIdle));
    }

    [EveryCultureFact]
    public void Findings_stand_in_the_order_of_the_file() => Findings.Of("""
        tests:
          - {about: second, statistic: z, value: 9, p: 0.5}
          - {about: third, statistic: z, value: 9, p: 0.5}
        outcomes: [{id: x, type: ordinal, results: [{total: 3, counts: {a: 1, b: 1}}, {total: 2, counts: {a: 1, b: 2}}]}, {id: y, type: time_to_event, results: [{events: 3, n: 2}]}]
        population: {enrolled: 1, female: 2}
        """).Select(f => f.Path).ShouldBe(["tests[0].p", "tests[1].p", "outcomes[0].results[0].counts", "outcomes[0].results[1].counts", "outcomes[1].results[0].events", "population.female"]);

    // The number stands on line 5: two lines of heading come first.
    [EveryCultureTheory]
    [InlineData("continuous", "{n: 28, mean: 5.19, sd: 1.0}", "values: integer", 21)]
    [InlineData("continuous", "{n: 35, mean: 5.23, sd: 2.55}", "values: integer", 31)]
    [InlineData("continuous", "{n: 20, mean: 11.0, sd: 2.0}", "low: 0, high: 10", 21)]
    [InlineData("continuous", "{n: 20, mean: 5.0, sd: 9.0}", "low: 0, high: 10", 30)]
    [InlineData("continuous", "{n: 20, mean: 5.0, sd: 9.0, range: {low: 0, high: 10}}", "", 30)]
    [InlineData("continuous", "{n: 20, median: 12, mean: 5.0}", "low: 0, high: 10", 23)]
    [InlineData("continuous", "{n: 20, mean: 5.0, ci: {low: 1.0, high: 7.0}}", "", 30)]
    [InlineData("estimate", "{measure: OR, value: 3.59, ci: {low: 1.23, high: 10.50}, p: 0.19}", "", 67)]
    [InlineData("dichotomous", "{events: 12, total: 51, reported_percent: 75}", "", 49)]
    public void A_finding_stands_where_its_number_does(string type, string result, string scale, int column)
    {
        var yaml = $"outcomes:\n  - {{id: x, type: {type}{(scale == "" ? "" : $", scale: {{{scale}}}")}, results: [\n      {result}]}}";
        Findings.Of(yaml).ShouldHaveSingleItem().Position.ShouldBe(new("s", 5, column));
    }

    [EveryCultureFact]
    public void What_was_amended_in_code_stands_at_the_result_that_holds_it()
    {
        var study = Findings.Parse("outcomes:\n  - {id: x, type: continuous, scale: {values: integer}, results: [\n      {n: 32, mean: 5.19}]}");
        IntegrityCheck.Run(study).ShouldBeEmpty();
        var result = (ContinuousResult)study.Outcomes[0].Results[0];
        SourcePosition Place(ContinuousResult amended) =>
            IntegrityCheck.Run(study with { Outcomes = [study.Outcomes[0] with { Results = [amended] }] }).ShouldHaveSingleItem().Position;
        Place(result with { Mean = new("5.20") }).ShouldBe(new("s", 5, 7));
        Place(result with { Ci = new() { Low = new("4.0"), High = new("7.0") } }).ShouldBe(new("s", 5, 7));
        Place(new() { N = 32, Mean = new("5.20") }).ToString().ShouldBe("(made in code)");
    }
}
