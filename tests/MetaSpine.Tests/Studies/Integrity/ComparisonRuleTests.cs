namespace MetaSpine.Tests.Studies;

/// <summary>Estimates with their intervals and the arms that they compare, deviations of arms, and the tests printed beside them.</summary>
public sealed class ComparisonRuleTests
{
    private const string Result = "outcomes[0].results[0]";

    [EveryCultureTheory]
    [InlineData("measure: OR, value: 6.2", "note", "odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2; it may be adjusted, or of another table")]
    [InlineData("measure: OR, value: 6.2, covariates: [age]", "note", "odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2, which is adjusted")]
    [InlineData("measure: OR, value: 6.2, covariates: [age], adjusted: no", "warning", "odds ratio of 42/50 against 29/51 is 4.0, but the report prints 6.2")]
    [InlineData("measure: OR, value: 6.2, scale: analysis", null, null)]
    [InlineData("measure: RD, value: 0.37, scale: analysis", "note", "risk difference of 42/50 against 29/51 is 0.27, but the report prints 0.37; it may be adjusted, or of another table")]
    [InlineData("measure: HR, value: 6.2", null, null)]
    [InlineData("measure: RR, value: 3.0, timepoint: late", "note", "risk ratio of 50/50 against 29/51 is 1.8, but the report prints 3.0; it may be adjusted, or of another table")]
    public void A_comparison_is_of_its_arms(string result, string? severity, string? sentence) => (severity is null ? null : $"outcomes[2].results[0].value: {severity} ratio-counts: Odds: the crude {sentence}").ShouldBeFoundIn($$$"""
        timepoints: {late: {months: 12}}
        arms: {surgery: {n: 50}, radiotherapy: {n: 51}}
        outcomes:
          - {id: walks, type: dichotomous, results: [{arm: surgery, events: 42}, {arm: radiotherapy, events: 29}, {arm: surgery, timepoint: late, events: 50}, {arm: radiotherapy, timepoint: late, events: 29}]}
          - {id: pain, type: continuous, results: []}
          - {id: x, label: Odds, type: estimate, results: [{comparison: {intervention: surgery, control: radiotherapy}, of: walks, {{{result}}}}]}
        """);

    [EveryCultureTheory]
    [InlineData("measure: COR, value: 0.50, ci: {low: 0.31, high: 0.69}", "the middle on Fisher's z of the interval 0.31 to 0.69 is 0.526, but the estimate is 0.50")]
    [InlineData("measure: COR, value: 0.90, ci: {low: 0.80, high: 1.10}", "0.90 (0.80 to 1.10) is no correlation with its interval: correlations lie from -1 to 1")]
    [InlineData("measure: MD, value: 1.0, ci: {low: 1.0, high: 9.0}", "the middle of the interval 1.0 to 9.0 is 5.00, but the estimate is 1.0")]
    [InlineData("measure: MD, value: 9.0, ci: {low: 1.0, high: 9.0}", "the middle of the interval 1.0 to 9.0 is 5.00, but the estimate is 9.0")]
    [InlineData("measure: OR, value: 3.0, ci: {low: 0.0, high: 4.0}", "the geometric middle of the interval 0.0 to 4.0 is 0.00, but the estimate is 3.0")]
    public void An_estimate_is_in_the_middle_of_its_interval(string result, string sentence) =>
        $"{Result}.ci: warning interval: Effect: {sentence}".ShouldBeFoundIn($"outcomes: [{{id: x, label: Effect, type: estimate, results: [{{{result}}}]}}]");

    private const string Spread = "outcomes[0].results[1].sd: warning se-as-sd: Pain, a and b: the SDs are 2.1 and 0.35, but 0.35 times the square root of 36 is 2.1: 0.35 may be a standard error";

    [EveryCultureTheory]
    [InlineData("{arm: a, n: 36, sd: 2.1}, {arm: b, n: 36, sd: 0.35}", Spread)]
    [InlineData("{arm: a, n: 36, sd: 2.1}, {arm: b, n: 36, sd: 0.35, change_from_baseline: no}", Spread)]
    [InlineData("{arm: a, n: 36, sd: 2.1}, {n: 36, sd: 0.35}", null)]
    [InlineData("{arm: a, n: 0, sd: 2.1}, {arm: b, n: 36, sd: 0.35}", null)]
    public void Deviations_of_arms_are_alike(string results, string? finding) =>
        finding.ShouldBeFoundIn($"arms: {{a: {{n: 36}}, b: {{n: 36}}}}\noutcomes: [{{id: x, label: Pain, type: continuous, results: [{results}]}}]");

    // R: 2 * pnorm(-2.17), 2 * pt(-2.20, 28), and 2 * pt(-r * sqrt(df / (1 - r^2)), df) at the ends of the rounding; pnorm(2 * qnorm(.0015) / sqrt(2)).
    [EveryCultureTheory]
    [InlineData("tests: [{statistic: z, value: 2.17, p: 0.5}]",
        "tests[0].p: error statistic: test: z = 2.17 gives p = 0.0296 to 0.0304, but the report prints p = 0.5; only one of the two is significant at 0.05")]
    [InlineData("tests: [{statistic: t, value: 2.20, df: 28, p: 0.5}]",
        "tests[0].p: error statistic: test: t(28) = 2.20 gives p = 0.0358 to 0.0366, but the report prints p = 0.5; only one of the two is significant at 0.05")]
    [InlineData("tests: [{about: age, statistic: r, value: .30, df: 48, p: 0.5}]",
        "tests[0].p: error statistic: age: r(48) = .30 gives p = 0.0313 to 0.0375, but the report prints p = 0.5; only one of the two is significant at 0.05")]
    [InlineData("tests: [{statistic: r, value: 1.00, df: 10, p: 0.5}]",
        "tests[0].p: error statistic: test: r(10) = 1.00 gives p = 0 to 2.44e-11, but the report prints p = 0.5; only one of the two is significant at 0.05")]
    [InlineData("rater_agreement: [{kappa: 0.5, both: 0, only_first: 0, only_second: 9, neither: 0}]",
        "rater_agreement[0].kappa: error kappa: agreement: the table 0, 0, 9, 0 gives a kappa of 0.0, but the report prints 0.5")]
    [InlineData("rater_agreement: [{kappa: 0.5, both: 0, only_first: 9, only_second: 0, neither: 0}]",
        "rater_agreement[0].kappa: error kappa: agreement: the table 0, 9, 0, 0 gives a kappa of 0.0, but the report prints 0.5")]
    [InlineData("design: {type: randomised_trial}\nbaseline_p: {age: 0.001}", null)]
    [InlineData("design: {type: randomised_trial}\nbaseline_p: {age: 0.001, sex: 0.001}", "baseline_p: note baseline: the 2 baseline p-values are lower together than chance makes those of independent variables "
        + "(p = 1.35e-5 or less): the groups are less alike; variables that go together, exact tests and stratified allocation do that too")]
    public void What_is_printed_beside_the_results_is_of_one_piece(string yaml, string? finding) => finding.ShouldBeFoundIn(yaml);

    [Fact]
    public void Degrees_of_freedom_that_no_file_may_give_are_let_be_in_code()
    {
        var study = Findings.Parse("tests: [{statistic: F, value: 2, df: 1, df2: 28, p: 0.9}, {statistic: t, value: 2, df: 28, p: 0.9}]");
        IntegrityCheck.Run(study).Count.ShouldBe(2);
        IntegrityCheck.Run(study with { Tests = [study.Tests[0] with { Df2 = new("0") }, study.Tests[1] with { Df = new("0") }] }).ShouldBeEmpty();
    }
}
