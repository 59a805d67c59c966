namespace MetaSpine.Tests.Studies;

/// <summary>Numbers that stand in their order, that are equal, and that do not.</summary>
public sealed class OrderingRuleTests
{
    private const string Result = "outcomes[0].results[0]";

    [EveryCultureTheory]
    [InlineData("age: {median: 60, range: {low: 60, high: 60}}", null)]
    [InlineData("age: {median: 50, range: {low: 60, high: 70}}", "population.age: error ordering: age: the minimum (60) is above the median (50)")]
    [InlineData("follow_up_months: {median: 80, iqr: {low: 60, high: 70}}", "population.follow_up_months: error ordering: follow-up: the median (80) is above the third quartile (70)")]
    public void Ages_and_times_stand_in_their_order(string population, string? finding) => finding.ShouldBeFoundIn($"population: {{{population}}}");

    [EveryCultureTheory]
    [InlineData("low: 0, high: 10", "range: {low: 0, high: 10}", null, null)]
    [InlineData("low: 0, high: 10", "median: -3, change_from_baseline: yes", null, null)]
    [InlineData("low: 0, high: 10", "median: -3, change_from_baseline: no", "error ordering: x: the median (-3) lies outside the scale, from 0 to 10", "0 to 10")]
    [InlineData("low: 0, high: 10", "median: -3", "error ordering: x: the median (-3) lies outside the scale, from 0 to 10", "0 to 10")]
    [InlineData("low: 0, high: 10", "iqr: {low: -1, high: 5}", "error ordering: x: the first quartile (-1) lies outside the scale, from 0 to 10", "0 to 10")]
    [InlineData("low: 0, high: 10", "iqr: {low: 1, high: 11}", "error ordering: x: the third quartile (11) lies outside the scale, from 0 to 10", "0 to 10")]
    [InlineData("low: 0, high: 10", "range: {low: -1, high: 5}", "error ordering: x: the minimum (-1) lies outside the scale, from 0 to 10", "0 to 10")]
    [InlineData("low: 0, high: 10", "mean: 9, ci: {low: 7, high: 11}", "note ordering: x: the upper limit of the mean (11) lies outside the scale, from 0 to 10", "0 to 10")]
    [InlineData("low: 0", "median: -3", "error ordering: x: the median (-3) lies outside the scale, from 0 to any", "0 to any")]
    [InlineData("high: 10", "median: 11", "error ordering: x: the median (11) lies outside the scale, from any to 10", "any to 10")]
    public void Values_lie_on_their_scale(string scale, string result, string? finding, string? admissible)
    {
        var yaml = $"outcomes: [{{id: x, type: continuous, scale: {{{scale}}}, results: [{{{result}}}]}}]";
        (finding is null ? null : $"{Result}: {finding}").ShouldBeFoundIn(yaml);
        Findings.Of(yaml).SingleOrDefault()?.Admissible.ShouldBe(admissible);
    }

    [EveryCultureTheory]
    [InlineData("hr: 0.4, ci: {low: 0.0, high: 4.0}", null)]
    [InlineData("hr: 2.0, ci: {low: 0.3, high: 0.9}", Result + ".ci: error ordering: x: the hazard ratio (2.0) is above the upper limit (0.9)")]
    [InlineData("hr: 0.2, ci: {low: 0.3, high: 0.9}", Result + ".ci: error ordering: x: the lower limit (0.3) is above the hazard ratio (0.2)")]
    [InlineData("median_survival: 6, median_ci: {low: 6, high: 9}", null)]
    [InlineData("median_survival: 5, median_ci: {low: 6, high: 9}", Result + ".median_ci: error ordering: x: the lower limit (6) is above the median survival (5)")]
    [InlineData("survival_at: [{months: 3, proportion: 0.63, at_risk: 20}, {months: 6, proportion: 0.63, at_risk: 20}]", null)]
    [InlineData("survival_at: [{months: 6, proportion: 0.64}, {months: 3, proportion: 0.63}]", Result + ".survival_at: error ordering: x: survival rises from 0.63 at 3 months to 0.64 at 6 months")]
    [InlineData("survival_at: [{proportion: 0.64}, {months: 3, proportion: 0.63}, {months: 6, proportion: 0.63}]", null)]
    public void Survival_falls_and_its_intervals_hold_it(string result, string? finding) => finding.ShouldBeFoundIn($"outcomes: [{{id: x, type: time_to_event, results: [{{{result}}}]}}]");

    [EveryCultureTheory]
    [InlineData(12, 12, null)]
    [InlineData(12, 11, Result + ".occurrences: error ordering: x: 12 patients with the event cannot have fewer occurrences of it (11)")]
    public void Whoever_has_an_event_has_it_once_at_least(int events, int occurrences, string? finding) =>
        finding.ShouldBeFoundIn($"outcomes: [{{id: x, type: dichotomous, results: [{{events: {events}, occurrences: {occurrences}, total: 46}}]}}]");
}
