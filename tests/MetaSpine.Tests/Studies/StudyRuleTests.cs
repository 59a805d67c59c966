namespace MetaSpine.Tests.Studies;

/// <summary>What the parts of a study say about each other, with the whole of each message.</summary>
public sealed class StudyRuleTests
{
    private const string Groups = "groups: {all: {n: 32}, some: {n: 10, within: all}}\narms: {new: {n: 20}, old: {n: nr}}\ntimepoints: {y1: {}}\n";

    [EveryCultureTheory]
    [InlineData("partitions: [{by: level, of: al, parts: {a: 1}}]", "s:6:30: unknown group 'al'; known here: all, some")]
    [InlineData("partitions: [{by: level, parts: {a: 1}}]", "s:6:14: the whole of this partition is missing: name a group (of: all) or give a total")]
    [InlineData("partitions: [{by: level, total: 3, parts: {a: 1.5}}]", "s:6:47: found 1.5, expected a count; write unit: percent for a partition in percent")]
    [InlineData("partitions: [{by: level, unit: percent, parts: {a: 1.5}}]", null)]
    [InlineData("partitions: [{by: level, total: 3, parts: {a: 3.0, b: nr}}]", null)]
    [InlineData("tests: [{statistic: t, value: 2, p: 0.1}]", "s:6:9: the test has no df: t needs its degrees of freedom (nr where they are not reported)")]
    [InlineData("tests: [{statistic: F, value: 2, df: 1, p: 0.1}]", "s:6:9: the test has no df2: F needs two degrees of freedom (nr where they are not reported)")]
    [InlineData("tests: [{statistic: F, value: 2, df: nr, df2: ~, p: 0.1}]", null)]
    [InlineData("tests: [{statistic: z, value: 2, p: 0.1}]", null)]
    [InlineData("tests: [{statistic: t, value: 2, df: ~, p: 0.1}]", null)]
    [InlineData("tests: [{statistic: r, value: 1.01, df: 9, p: 0.1}]", "s:6:31: found 1.01, expected a correlation from -1 to 1")]
    [InlineData("tests: [{statistic: r, value: -1.01, df: 9, p: 0.1}]", "s:6:31: found -1.01, expected a correlation from -1 to 1")]
    [InlineData("tests: [{statistic: r, value: -1, df: 9, p: 0.1}, {statistic: r, value: nr, df: 9, p: 0.1}, {statistic: t, value: 5, df: 9, p: 0.1}]", null)]
    [InlineData("risk_of_bias: [{tool: rob2, outcome: pain}]", "s:6:38: unknown outcome 'pain': the study names no outcomes (add it under outcomes:)")]
    [InlineData("outcomes: [{type: rate}, {type: rate}]", "s:6:12: the key 'id' is missing: The name that analyses refer to.", "s:6:26: the key 'id' is missing: The name that analyses refer to.")]
    [InlineData("outcomes: [{id: , type: rate}]", "s:6:17: the key 'id' has no value: The name that analyses refer to.")]
    [InlineData("outcomes: [{id: a, type: rate}, {id: a, type: rate}]", "s:6:38: the outcome 'a' stands here and already on line 6; give its results under one entry")]
    [InlineData("outcomes: [{id: a, type: estimate, results: [{of: b}, {of: a}]}]", "s:6:51: unknown outcome 'b'; known here: a")]
    [InlineData("outcomes: [{id: a, type: continuous, scale: {low: 3, high: 3}}]", "s:6:51: the scale of 'a' begins at 3 and ends at 3, which is not above it")]
    [InlineData("outcomes: [{id: a, type: continuous, scale: {low: 3, high: 4}}, {id: b, type: continuous, scale: {low: 3}}, {id: c, type: continuous, scale: {low: 3, high: nr}}]", null)]
    public void A_study_is_told_what_does_not_fit(string line, params string[]? expected) => Check(line, expected);

    [EveryCultureTheory]
    [InlineData("dichotomous", "{group: all, events: 32}", null)]
    [InlineData("dichotomous", "{group: all, non_events: 33}", "s:6:74: found 33 non_events, which is more than the size of group 'all', 32")]
    [InlineData("dichotomous", "{arm: new, events: 21}", "s:6:68: found 21 events, which is more than the size of arm 'new', 20")]
    [InlineData("dichotomous", "{arm: old, events: 21}", null)]
    [InlineData("dichotomous", "{group: all, total: 40, events: 40}", null)]
    [InlineData("dichotomous", "{events: 3, non_events: 4, total: 7}", null)]
    [InlineData("dichotomous", "{events: 3, non_events: 3, total: 7}", "s:6:73: found 3 events and 3 non_events, which do not add up to the total, 7")]
    [InlineData("dichotomous", "{arm: new, comparison: {intervention: new, control: old}}", "s:6:55: a result belongs to one arm or to a comparison of two, not to both")]
    [InlineData("dichotomous", "{comparison: {intervention: new, control: new}}", "s:6:91: the arm 'new' is compared with itself")]
    [InlineData("dichotomous", "{comparison: {intervention: newer, control: xx}}", "s:6:77: unknown arm 'newer'; known here: new, old", "s:6:93: unknown arm 'xx'; known here: new, old")]
    [InlineData("dichotomous", "{timepoint: y2}", "s:6:61: unknown timepoint 'y2'; known here: y1")]
    [InlineData("dichotomous", "{arm: new}, {arm: new}", "s:6:61: the outcome 'a' has the same group, arm and timepoint here and on line 6; patients would count twice")]
    [InlineData("rate", "{}, {}", "s:6:46: the outcome 'a' has the same group, arm and timepoint here and on line 6; patients would count twice")]
    [InlineData("continuous", "{}, {}", "s:6:52: the outcome 'a' has the same group, arm and timepoint here and on line 6; patients would count twice")]
    [InlineData("continuous", "{change_from_baseline: yes}, {change_from_baseline: no}", null)]
    [InlineData("continuous", "{}, {arm: new}, {group: all}, {timepoint: y1}, {comparison: {intervention: new, control: old}}", null)]
    [InlineData("estimate", "{}, {}", null)]
    [InlineData("correlation", "{}, {}", null)]
    public void A_result_is_told_what_does_not_fit(string type, string results, params string[]? expected) =>
        Check($"outcomes: [{{id: a, type: {type}, results: [{results}]}}]", expected);

    [EveryCultureTheory]
    [InlineData(8, "g1 within g2 within g3 within g4 within g5 within g6 within g7 within g8 within g1")]
    [InlineData(9, "g1 within g2 within g3 within g4 within ... within g7 within g8 within g9 within g1")]
    public void A_long_circle_of_groups_is_shown_by_its_ends(int size, string circle)
    {
        var groups = string.Join(", ", Enumerable.Range(1, size).Select(i => $"g{i}: {{within: g{i % size + 1}}}"));
        Study.TryParse($"schema: metaspine/study/1\nid: x\ngroups: {{first: {{within: g1}}, {groups}}}\n", "s", out _, out var faults).ShouldBeFalse();
        faults.ShouldHaveSingleItem().Message.ShouldBe($"the group 'g1' is within itself: {circle}");
    }

    private static void Check(string line, string[]? expected)
    {
        StudyFile.TryParse($"schema: metaspine/study/1\nid: x\n{Groups}{line}\n", "s", null, out _, out var faults);
        faults.Select(f => f.ToString()).ShouldBe(expected ?? []);
    }
}
