namespace MetaSpine.Tests.Studies;

/// <summary>Parts, percentages and means beside the whole that they are of: its own number, else its group's, else its arm's.</summary>
public sealed class WholeTests
{
    private const string Walks = "outcomes[0].results[0]";

    // 24 of 29 are 83%, of 50 they are not; 27 of 59 are not 48%.
    [EveryCultureTheory]
    [InlineData("total: 29, group: all, arm: a, events: 24", "83", 30, 50, null)]
    [InlineData("group: all, arm: a, events: 24", "83", 29, 50, null)]
    [InlineData("group: all, events: 24", "83", 29, 50, null)]
    [InlineData("arm: a, events: 24", "83", 50, 29, null)]
    [InlineData("group: all, events: 27", "48", 59, 56,
        Walks + ".reported_percent: error percent: Walks: 27 of 59 is 45.76%, but the report prints 48%; no count of 59 is 48%, so it has another denominator or a misprint")]
    [InlineData("arm: a, events: 10", "90", 56, 10, Walks + ".reported_percent: error percent: Walks: 10 of 10 is 100%, but the report prints 90%; 90% of 10 would be 9")]
    [InlineData("total: 0, events: 0", "90", 56, 10, null)]
    [InlineData("total: 29, events: 24", "8e1", 56, 10, null)]
    public void A_percentage_is_of_the_nearest_whole(string result, string percent, int group, int arm, string? finding) => finding.ShouldBeFoundIn(
        $"groups: {{all: {{n: {group}}}}}\narms: {{a: {{n: {arm}}}}}\noutcomes: [{{id: x, label: Walks, type: dichotomous, results: [{{{result}, reported_percent: {percent}}}]}}]");

    // 32 whole numbers have the mean 5.19; 33 and 35 do not.
    [EveryCultureTheory]
    [InlineData("n: 32, group: all, arm: a", 33, 35, null)]
    [InlineData("group: all, arm: a", 32, 35, null)]
    [InlineData("group: all", 32, 35, null)]
    [InlineData("arm: a", 33, 32, null)]
    [InlineData("n: 0", 33, 35, null)]
    [InlineData("n: 33", 35, 35, Walks + ".mean: error grim: Score: 5.19 cannot be the mean of 33 whole numbers; the nearest means are 5.18 and 5.21")]
    [InlineData("group: all", 33, 32, Walks + ".mean: warning grim: Score: 5.19 cannot be the mean of 33 whole numbers; the nearest means are 5.18 and 5.21; the number of values is not given and was taken to be 33")]
    public void A_mean_is_of_the_nearest_number(string result, int group, int arm, string? finding) => finding.ShouldBeFoundIn(
        $"groups: {{all: {{n: {group}}}}}\narms: {{a: {{n: {arm}}}}}\noutcomes: [{{id: x, label: Score, type: continuous, scale: {{values: integer}}, results: [{{{result}, mean: 5.19}}]}}]");

    [EveryCultureTheory]
    [InlineData("reported_sensitivity: 68.8", null)]
    [InlineData("reported_sensitivity: 70", Walks + ".reported_sensitivity: error diagnostic: sensitivity: 22 of 32 is 68.75%, but the report prints 70%; no count of 32 is 70%, so it has another denominator or a misprint")]
    [InlineData("reported_specificity: 75", null)]
    [InlineData("reported_specificity: 60", Walks + ".reported_specificity: error diagnostic: specificity: 3 of 4 is 75%, but the report prints 60%; no count of 4 is 60%, so it has another denominator or a misprint")]
    public void Accuracy_is_of_its_column(string result, string? finding) =>
        finding.ShouldBeFoundIn($"outcomes: [{{id: x, type: diagnostic, results: [{{tp: 22, fn: 10, tn: 3, fp: 1, {result}}}]}}]");

    [EveryCultureTheory]
    [InlineData("{of: all, parts: {a: 40, b: 19}}", null)]
    [InlineData("{of: all, total: 57, parts: {a: 40, b: 17}}", null)]
    [InlineData("{total: 57, parts: {a: 40, b: 17}}", null)]
    [InlineData("{of: all, parts: {a: 40, b: 17}}", "partitions[0].parts: error part-sum: side: the parts 40 + 17 add up to 57, but the whole is 59; perhaps some patients are in none of the parts")]
    [InlineData("{total: 56, parts: {a: 40, b: 17}}", "partitions[0].parts: error part-sum: side: the parts 40 + 17 add up to 57, but the whole is 56; perhaps some patients count in several parts")]
    [InlineData("{unit: percent, parts: {a: 64, b: nr}}", null)]
    [InlineData("{unit: percent, parts: {a: 64, b: 36.5}}", null)]
    [InlineData("{unit: percent, parts: {a: 64, b: 36.6}}", "partitions[0].parts: error part-sum: side: 64% + 36.6% make 100.6%, which rounding does not explain")]
    public void Parts_are_of_the_nearest_whole(string partition, string? finding) =>
        finding.ShouldBeFoundIn($"groups: {{all: {{n: 59}}}}\npartitions: [{partition.Replace("{of", "{by: side, of").Replace("{total", "{by: side, total").Replace("{unit", "{by: side, unit")}]");

    [EveryCultureFact]
    public void Percentages_may_be_off_by_half_a_unit_each() =>
        Findings.Of("partitions: [{by: side, unit: percent, parts: {a: 64, b: 30, c: 8}}]").ShouldHaveSingleItem().Admissible.ShouldBe("98.5% to 101.5%");

    [EveryCultureTheory]
    [InlineData("total: 34, group: all, arm: a, counts: {better: 14, worse: 20}", 35, 36, null)]
    [InlineData("group: all, arm: a, counts: {better: 14, worse: 20}", 34, 35, null)]
    [InlineData("group: all, counts: {better: 14, worse: 20}", 34, 35, null)]
    [InlineData("arm: a, counts: {better: 14, worse: 20}", 35, 34, null)]
    [InlineData("total: 34", 35, 36, null)]
    [InlineData("group: all, counts: {better: 14, worse: 21}", 34, 35,
        Walks + ".counts: error part-sum: Frankel: the parts 14 + 21 add up to 35, but the whole is 34; perhaps some patients count in several parts")]
    [InlineData("arm: a, counts: {better: 14, worse: 21}", 35, 34,
        Walks + ".counts: error part-sum: Frankel: the parts 14 + 21 add up to 35, but the whole is 34; perhaps some patients count in several parts")]
    [InlineData("total: 34, transitions: [{from: A, to: B, n: 14}, {from: B, to: B, n: 20}]", 35, 36, null)]
    [InlineData("total: 34, transitions: [{from: A, to: B, n: 14}, {from: B, to: B}]", 35, 36, null)]
    [InlineData("total: 34, transitions: [{from: A, to: B, n: 14}, {from: B, to: B, n: 19}]", 35, 36,
        Walks + ".transitions: error part-sum: Frankel: the parts 14 + 19 add up to 33, but the whole is 34; perhaps some patients are in none of the parts")]
    public void Steps_are_of_the_nearest_whole(string result, int group, int arm, string? finding) => finding.ShouldBeFoundIn(
        $"groups: {{all: {{n: {group}}}}}\narms: {{a: {{n: {arm}}}}}\noutcomes: [{{id: x, label: Frankel, type: ordinal, results: [{{{result}}}]}}]");

    [EveryCultureTheory]
    [InlineData("ordinal", "group: all, total: 6", Walks + ".total: error subgroup-size: the denominator of 'x' (6) cannot be more than the group 'all' (5)")]
    [InlineData("time_to_event", "arm: a, n: 6", Walks + ".n: error subgroup-size: the denominator of 'x' (6) cannot be more than the arm 'a' (5)")]
    [InlineData("time_to_event", "arm: a, n: 5, events: 5", null)]
    public void No_part_is_more_than_its_whole(string type, string result, string? finding) => finding.ShouldBeFoundIn(
        $"groups: {{all: {{n: 5}}}}\narms: {{a: {{n: 5}}}}\noutcomes: [{{id: x, label: Walks, type: {type}, results: [{{{result}}}]}}]");

    [EveryCultureTheory]
    [InlineData(12, 8, null)]
    [InlineData(12, 9, Walks + ": error part-sum: Walks: the parts 12 + 9 add up to 21, but the whole is 20; perhaps some patients count in several parts")]
    [InlineData(21, null, Walks + ".events: error subgroup-size: the events of 'x' (21) cannot be more than their total (20)")]
    [InlineData(null, 21, Walks + ".non_events: error subgroup-size: those without the event of 'x' (21) cannot be more than their total (20)")]
    public void Counts_that_no_file_may_give_are_found_in_code(int? events, int? others, string? finding)
    {
        var study = Findings.Parse("outcomes: [{id: x, label: Walks, type: dichotomous, results: [{total: 20}]}]");
        var amended = (DichotomousResult)study.Outcomes[0].Results[0] with { Events = events, NonEvents = others };
        var findings = IntegrityCheck.Run(study with { Outcomes = [study.Outcomes[0] with { Results = [amended] }] });
        findings.Select(Findings.Line).ShouldBe(finding is null ? [] : [finding]);
    }

    [EveryCultureTheory]
    [InlineData("enrolled: 32, female: 32", null)]
    [InlineData("enrolled: 32, female: 33", "population.female: error subgroup-size: the women (33) cannot be more than all patients (32)")]
    [InlineData("enrolled: 40, analysed: 20, female: 30", null)]
    [InlineData("analysed: 20, female: 30", "population.female: error subgroup-size: the women (30) cannot be more than all patients (20)")]
    public void Women_are_of_all_patients(string population, string? finding) => finding.ShouldBeFoundIn($"population: {{{population}}}");
}
