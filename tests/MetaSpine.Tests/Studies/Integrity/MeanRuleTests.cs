namespace MetaSpine.Tests.Studies;

/// <summary>Which of the checks of means and deviations a study asks for, and of whom.</summary>
public sealed class MeanRuleTests
{
    private const string Result = "outcomes[0].results[0]";

    [EveryCultureTheory]
    // A change of zeros and ones is -1, 0 or 1, and no proportion: ups and downs give deviations that zeros and ones do not have.
    [InlineData("values: binary", "n: 20, mean: .10, sd: .45, change_from_baseline: yes", null)]
    [InlineData("values: binary", "n: 20, mean: -.10, sd: .45, change_from_baseline: yes", null)]
    [InlineData("values: binary", "n: 20, mean: .10, sd: .20, change_from_baseline: no",
        Result + ".sd: error debit: x: the SD of 20 zeros and ones with the mean .10 is 0.31, but the report prints .20")]
    [InlineData("values: binary", "n: 20, mean: 0.00, sd: 0.05", Result + ".sd: error debit: x: the SD of 20 zeros and ones with the mean 0.00 is 0.00, but the report prints 0.05")]
    [InlineData("values: binary", "n: 20, mean: 1.00, sd: 0.05", Result + ".sd: error debit: x: the SD of 20 zeros and ones with the mean 1.00 is 0.00, but the report prints 0.05")]
    // 1 and 2 deviate by 0.7, and nothing is less.
    [InlineData("values: integer", "n: 2, mean: 1.5, sd: 0.7", null)]
    [InlineData("values: integer", "n: 2, mean: 1.5, sd: 0.5", Result + ".sd: error grimmer: x: the SD 0.5 cannot belong to 2 whole numbers with the mean 1.5; the nearest SD is 0.7")]
    [InlineData("values: integer", "n: 1, mean: 1, sd: 0.5", null)]
    // R: sqrt(.5 * .5 * 20 / 19) = 0.513; sqrt(1 * 4 * 20 / 19) = 2.05, for a mean that is printed as an end of the range.
    [InlineData("", "n: 20, mean: 5, sd: 3.0, range: {low: 5, high: 5}", Result + ".sd: error bounds: x: the SD of 20 values from 5 to 5 with the mean 5 is at most 0.51, but the report prints 3.0")]
    [InlineData("", "n: 20, mean: 5, sd: 4.0, range: {low: 5, high: 9}", Result + ".sd: error bounds: x: the SD of 20 values from 5 to 9 with the mean 5 is at most 2.05, but the report prints 4.0")]
    [InlineData("", "n: 20, mean: 9, sd: 4.0, range: {low: 5, high: 9}", Result + ".sd: error bounds: x: the SD of 20 values from 5 to 9 with the mean 9 is at most 2.05, but the report prints 4.0")]
    [InlineData("low: 0", "n: 20, mean: 5.0, sd: 20.0", null)]
    [InlineData("high: 10", "n: 20, mean: 5.0, sd: 20.0", null)]
    [InlineData("low: 0, high: 10", "n: 20, mean: 11.0, sd: 2.0", Result + ".mean: error bounds: x: 11.0 cannot be the mean of values on a scale from 0 to 10")]
    public void Means_and_deviations_are_possible(string scale, string result, string? finding) =>
        finding.ShouldBeFoundIn($"outcomes: [{{id: x, type: continuous, scale: {{{scale}}}, results: [{{{result}}}]}}]");

    // "38" to "79" lie at least 40 apart: 40 / sqrt(2 * 19) = 6.49.
    [EveryCultureTheory]
    [InlineData("analysed: 20", 20, "6.49")]
    [InlineData("enrolled: 20", 20, "6.49")]
    [InlineData("enrolled: 40, analysed: 20", 20, "6.49")]
    [InlineData("enrolled: 20, analysed: 9", 9, "10.00")]
    public void An_age_is_of_those_analysed(string population, int n, string least) =>
        $"population.age.sd: warning bounds: age: the SD of {n} values from 38 to 79, both of which occur, is at least {least}, but the report prints 0.9; the number of values is not given and was taken to be {n}"
            .ShouldBeFoundIn($"population: {{{population}, age: {{mean: 61, sd: 0.9, range: {{low: 38, high: 79}}}}}}");
}
