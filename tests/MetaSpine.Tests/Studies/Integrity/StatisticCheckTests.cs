using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine.Tests.Studies;

/// <summary>p-values against their statistics: by hand, and on statistics that people copied from papers (statcheck's file).</summary>
public sealed partial class StatisticCheckTests
{
    private const string Copied = "../../../shared/inputs/integrity/statcheck_manually_extracted_stats.csv";

    // R: 2*pt(-2.2, 28), pf(5.16, 1, 15, lower=FALSE), pchisq(6.53, 1, lower=FALSE), 2*pnorm(-2.17) at the ends of the rounding.
    [EveryCultureTheory]
    [InlineData(TestStatistic.T, "2.20", 28, double.NaN, 0.035835659, 0.036619115)]
    [InlineData(TestStatistic.T, "-2.20", 28, double.NaN, 0.035835659, 0.036619115)]
    [InlineData(TestStatistic.F, "5.16", 1, 15, 0.038186354, 0.038348594)]
    [InlineData(TestStatistic.ChiSquared, "6.53", 1, double.NaN, 0.010577222, 0.010636855)]
    [InlineData(TestStatistic.Q, "6.53", 1, double.NaN, 0.010577222, 0.010636855)]
    [InlineData(TestStatistic.Z, "2.17", 0, double.NaN, 0.029630116, 0.030387685)]
    [InlineData(TestStatistic.R, ".30", 48, double.NaN, 0.031260993, 0.037549642)]
    [InlineData(TestStatistic.F, "<1", 1, 30, 0.32530862, 1)]
    public void The_range_of_p_is_that_of_the_rounding(TestStatistic statistic, string value, double df, double df2, double low, double high)
    {
        var (from, to) = StatisticCheck.PValues(statistic, value, df, df2);
        from.ShouldBe(low, 5e-9, "R prints eight digits");
        to.ShouldBe(high, 5e-9);
    }

    [Theory]
    [InlineData(TestStatistic.T, 2)]
    [InlineData(TestStatistic.Z, 2)]
    [InlineData(TestStatistic.R, 2)]
    [InlineData(TestStatistic.F, 1)]
    [InlineData(TestStatistic.ChiSquared, 1)]
    [InlineData(TestStatistic.Q, 1)]
    public void One_side_halves_p_where_a_statistic_has_sides(TestStatistic statistic, double factor)
    {
        var both = StatisticCheck.PValues(statistic, ".30", 48, 20);
        StatisticCheck.PValues(statistic, ".30", 48, 20, oneSided: true).ShouldBe((both.Low / factor, both.High / factor));
    }

    [Fact]
    public void Open_and_extreme_values_bound_p_on_one_side()
    {
        // R: 2*pnorm(-1.96), and 2*pt(-r*sqrt(10/(1-r^2)), 10) for the lower end of the rounding of 1.00.
        var (low, high) = StatisticCheck.PValues(TestStatistic.Z, ">-1.96", double.NaN);
        low.ShouldBe(0);
        high.ShouldBe(0.04999579, 5e-9, "R prints seven digits");
        (low, high) = StatisticCheck.PValues(TestStatistic.R, "1.00", 10);
        low.ShouldBe(0);
        high.ShouldBe(2.440496e-11, 1e-6 * 2.440496e-11, "R prints seven digits");
        StatisticCheck.PValues(TestStatistic.R, "1.000000000000000000000000", 10).ShouldBe((0, 0), "a double does not tell its ends from 1");
        StatisticCheck.PValues(TestStatistic.T, "0.0", 10).High.ShouldBe(1, "0 lies within the rounding");
    }

    [Fact]
    public void The_decision_is_taken_at_the_level_that_is_given()
    {
        StatisticCheck.Check(TestStatistic.T, "2.20", 28, "0.01", alpha: 0.03).Severity.ShouldBe(IntegritySeverity.Error, "0.036 is not significant at 0.03");
        StatisticCheck.Check(TestStatistic.T, "2.20", 28, "0.01", alpha: 0.036).Severity.ShouldBe(IntegritySeverity.Warning, "the rounding leaves it open");
        StatisticCheck.Check(TestStatistic.T, "2.20", 28, "0.01").Severity.ShouldBe(IntegritySeverity.Warning, "both are significant");
    }

    [EveryCultureTheory]
    [InlineData("0.036", true, null)]
    [InlineData("0.037", true, null)]
    [InlineData("<0.05", true, null)]
    [InlineData(".04", true, null)]
    [InlineData("0.03", false, IntegritySeverity.Warning)]
    [InlineData("<0.01", false, IntegritySeverity.Warning)]
    [InlineData(">0.05", false, IntegritySeverity.Error)]
    [InlineData("0.06", false, IntegritySeverity.Error)]
    [InlineData("0.018", false, IntegritySeverity.Warning)]
    [InlineData("0.000", false, IntegritySeverity.Warning)]
    public void Severity_follows_the_decision(string p, bool agrees, IntegritySeverity? severity)
    {
        var check = StatisticCheck.Check(TestStatistic.T, "2.20", 28, p);
        check.Agrees.ShouldBe(agrees, check.Sentence);
        if (severity is { } expected)
            check.Severity.ShouldBe(expected, check.Sentence);
    }

    // R: pf(1, 1, 30, lower=FALSE) = 0.3253, and the p-values above.
    [EveryCultureTheory]
    [InlineData(TestStatistic.F, "1.203", 2, 56, "<.001", "F(2, 56) = 1.203 gives p = 0.308, but the report prints p < .001; only one of the two is significant at 0.05")]
    [InlineData(TestStatistic.F, " <1 ", 1, 30, "0.01", "F(1, 30) <1 gives p = 0.325 to 1, but the report prints p = 0.01; only one of the two is significant at 0.05")]
    [InlineData(TestStatistic.T, "2.20", 28, double.NaN, "0.03", "t(28) = 2.20 gives p = 0.0358 to 0.0366, but the report prints p = 0.03")]
    [InlineData(TestStatistic.T, "2.20", 28, double.NaN, "0.036", "t(28) = 2.20 gives p = 0.0358 to 0.0366, as printed: p = 0.036")]
    [InlineData(TestStatistic.Z, "2.17", 0, double.NaN, "0.03", "z = 2.17 gives p = 0.0296 to 0.0304, as printed: p = 0.03")]
    public void A_sentence_says_what_was_found(TestStatistic statistic, string value, double df, double df2, string p, string sentence) =>
        StatisticCheck.Check(statistic, value, df, p, df2).Sentence.ShouldBe(sentence);

    [Fact]
    public void A_p_value_at_the_level_itself_is_significant()
    {
        var (low, high) = StatisticCheck.PValues(TestStatistic.F, "5.16", 1, 15);
        StatisticCheck.Check(TestStatistic.F, "5.16", 1, ">0.04", 15, alpha: high).Severity.ShouldBe(IntegritySeverity.Error, "all of the range is significant");
        StatisticCheck.Check(TestStatistic.F, "5.16", 1, "<0.03", 15, alpha: low).Severity.ShouldBe(IntegritySeverity.Warning, "one end of the range is significant");
        StatisticCheck.Check(TestStatistic.F, "5.16", 1, "<0.03", 15, alpha: low * (1 - 1e-9)).Severity.ShouldBe(IntegritySeverity.Error, "none of the range is significant");
    }

    [Fact]
    public void One_side_is_tried_before_a_decision_is_called_wrong()
    {
        var check = StatisticCheck.Check(TestStatistic.T, "2.0", 14, "<.03");
        (check.Agrees, check.Severity).ShouldBe((false, IntegritySeverity.Warning));
        check.Sentence.ShouldContain("it fits a one-sided test");
        StatisticCheck.Check(TestStatistic.T, "2.0", 14, "<.03", oneSided: true).Agrees.ShouldBeTrue();
        // R: pf(c(4.45, 4.55), 1, 14, lower=FALSE) = 0.0534, 0.0511, whose half would be below 0.03; 2 * pt(-2.0, 14) has been halved already.
        StatisticCheck.Check(TestStatistic.F, "4.5", 1, "<.03", 14).Severity.ShouldBe(IntegritySeverity.Error, "F has no sides");
        StatisticCheck.Check(TestStatistic.T, "2.0", 14, ".016", oneSided: true).Sentence.ShouldEndWith("but the report prints p = .016");
    }

    [EveryCultureTheory]
    [InlineData("1e999")]
    [InlineData("nr")]
    [InlineData("")]
    [InlineData("2,20")]
    [InlineData("<<1")]
    public void What_is_no_number_is_refused(string value) =>
        Should.Throw<FormatException>(() => StatisticCheck.Check(TestStatistic.T, value, 28, "0.03"));

    [Fact]
    public void What_is_no_statistic_is_refused()
    {
        foreach (var freedom in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => StatisticCheck.Check(TestStatistic.ChiSquared, "2", freedom, "0.03")).Message.ShouldStartWith("Degrees of freedom are above 0. (Parameter 'df')");
            Should.Throw<ArgumentOutOfRangeException>(() => StatisticCheck.Check(TestStatistic.F, "2", 1, "0.03", freedom)).Message.ShouldStartWith("An F ratio has two degrees of freedom, above 0. (Parameter 'df2')");
        }
        Should.Throw<ArgumentOutOfRangeException>(() => StatisticCheck.Check(TestStatistic.R, "1.6", 10, "0.03"));
        Should.Throw<FormatException>(() => StatisticCheck.Check(TestStatistic.Z, "2", 0, "1.5"));
    }

    [Fact]
    public void Copied_statistics_disagree_where_a_person_says_so()
    {
        var path = TestFiles.Path(Copied);
        Assert.SkipUnless(File.Exists(path), "statcheck's file of copied statistics is not here");
        var rows = Rows(File.ReadAllText(path));
        rows.Count.ShouldBe(227);
        // Two F ratios stand without degrees of freedom.
        var checkable = rows.Where(row => row["test_type"] == "z" || row["df1"] + row["df2"] != "" || InParentheses().IsMatch(row["raw_result"])).ToList();
        checkable.Count.ShouldBe(225);
        var found = checkable.Select(row => (Row: row, Check: Check(row))).Where(r => !r.Check.Agrees).ToList();
        string Report(bool decides) => string.Join('\n', found.Where(f => f.Check.Severity == IntegritySeverity.Error == decides).Select(f => f.Check.Sentence));

        // Twice the example that the paper itself calls a decision error (F), and a p of .05, which counts as significant, of a chi-squared just below its limit.
        Report(decides: true).ShouldBe("""
            F(2, 56) = 1.203 gives p = 0.308, but the report prints p < .001; only one of the two is significant at 0.05
            F(2, 56) = 1.203 gives p = 0.308, but the report prints p < .001; only one of the two is significant at 0.05
            chi2(1) = 3.67 gives p = 0.0552 to 0.0556, but the report prints p = .05; only one of the two is significant at 0.05
            """.ReplaceLineEndings("\n").TrimEnd());

        // The first is the table's own slip: its text has p = .0001. The others were recomputed with R (pchisq, pnorm, pf, pt).
        Report(decides: false).ShouldBe("""
            Q(1) = 14.59 gives p = 0.000133 to 0.000134, but the report prints p = 0.001
            Q(16) = 26.05 gives p = 0.0533 to 0.0534, but the report prints p = .10
            z = 3.16 gives p = 0.00155 to 0.0016, but the report prints p < .001; it fits a one-sided test
            F(1, 186) = 5.73 gives p = 0.0176 to 0.0177, but the report prints p = .01
            t(94.95) = 0.84 gives p = 0.4 to 0.406, but the report prints p = .189
            t(14) = 2.0 gives p = 0.0596 to 0.0715, but the report prints p < .03; it fits a one-sided test; only one of the two is significant at 0.05
            t(14) = 2.0 gives p = 0.0596 to 0.0715, but the report prints p < .03; it fits a one-sided test; only one of the two is significant at 0.05
            t(18) = 2.80 gives p = 0.0117 to 0.012, but the report prints p = .006; it fits a one-sided test
            t(19) = 3.66 gives p = 0.00165 to 0.00168, but the report prints p < .001; it fits a one-sided test
            F(1, 86) = 10.33 gives p = 0.00184 to 0.00185, but the report prints p = .01
            """.ReplaceLineEndings("\n").TrimEnd());

        // A person judged 24 rows: the same four disagree.
        var judged = checkable.Where(row => row["error"] != "").ToList();
        judged.Count.ShouldBe(24);
        judged.ShouldAllBe(row => Check(row).Agrees == (row["error"] == "0"));
    }

    private static NumberCheck Check(Dictionary<string, string> row)
    {
        var statistic = row["test_type"] switch { "t" => TestStatistic.T, "z" => TestStatistic.Z, "r" => TestStatistic.R, "F" or "" => TestStatistic.F, "Chi2" => TestStatistic.ChiSquared, _ => TestStatistic.Q };
        // Three rows leave the degrees of freedom to the text, and t and r have theirs in the second column.
        var inText = InParentheses().Match(row["raw_result"]);
        var (df1, df2) = (Number(row["df1"]), Number(row["df2"]));
        if (double.IsNaN(df1) && double.IsNaN(df2))
            (df1, df2) = (Number(inText.Groups[1].Value), Number(inText.Groups[2].Value));
        var value = AsPrinted(row["raw_result"], row["test_value"]);
        var p = row["p_comparison"].Trim('"') is "ns" ? ">.05" : row["p_comparison"].Trim('"', '=') + AsPrinted(row["raw_result"], row["p"]);
        return StatisticCheck.Check(statistic, row["test_comparison"].Trim('"', '=') + value, double.IsNaN(df1) ? df2 : df1, p, df2);
    }

    /// <summary>The table drops trailing zeros, which carry the precision: the text still has them.</summary>
    private static string AsPrinted(string text, string number) =>
        Digits().Matches(text).Select(m => m.Value).FirstOrDefault(m => Number(m) == Math.Abs(Number(number))) ?? number;

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    private static List<Dictionary<string, string>> Rows(string text)
    {
        var records = Field().Matches(text).Select(m => (Value: m.Groups["q"].Success ? m.Groups["q"].Value.Replace("\"\"", "\"") : m.Groups["p"].Value, End: m.Groups["end"].Value));
        var (rows, row) = (new List<string[]>(), new List<string>());
        foreach (var (value, end) in records)
        {
            row.Add(value);
            if (end == ";")
                continue;
            rows.Add([.. row]);
            row.Clear();
        }
        return [.. rows.Skip(1).Where(r => r.Length == rows[0].Length).Select(r => rows[0].Zip(r).ToDictionary(z => z.First.TrimStart('\ufeff'), z => z.Second))];
    }

    [GeneratedRegex(@"(?:""(?<q>(?:[^""]|"""")*)""|(?<p>[^;\r\n]*))(?<end>;|\r?\n|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex Field();

    [GeneratedRegex(@"\(\s*([0-9]+)(?:,\s*([0-9]+))?\s*\)")]
    private static partial Regex InParentheses();

    [GeneratedRegex(@"[0-9]*\.[0-9]+|[0-9]+")]
    private static partial Regex Digits();
}
