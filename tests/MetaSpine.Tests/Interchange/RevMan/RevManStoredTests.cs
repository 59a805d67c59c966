namespace MetaSpine.Tests;

/// <summary>
/// Every kind of analysis with results that were computed apart, by RevMan's formulas written in R (stored-results.R). Tolerance
/// 1e-8 of the size is the agreement that users are told of; the two sides differ by rounding alone, some 1e-15.
/// </summary>
public sealed class RevManStoredTests
{
    private static readonly (string, string, bool)[] Tables =
    [
        ("A", "EVENTS_1=\"4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", true), ("B", "EVENTS_1=\"0\" TOTAL_1=\"30\" EVENTS_2=\"3\" TOTAL_2=\"31\"", true),
        ("C", "EVENTS_1=\"12\" TOTAL_1=\"120\" EVENTS_2=\"15\" TOTAL_2=\"118\"", true), ("D", "EVENTS_1=\"0\" TOTAL_1=\"20\" EVENTS_2=\"0\" TOTAL_2=\"22\"", false),
    ];

    private static readonly (string Study, string Data, bool)[] Means =
    [
        ("A", "MEAN_1=\"5.0\" SD_1=\"4.7\" TOTAL_1=\"13\" MEAN_2=\"6.5\" SD_2=\"3.8\" TOTAL_2=\"13\"", true), ("B", "MEAN_1=\"4.9\" SD_1=\"1.71\" TOTAL_1=\"30\" MEAN_2=\"6.1\" SD_2=\"2.3\" TOTAL_2=\"50\"", true),
        ("C", "MEAN_1=\"22.5\" SD_1=\"3.44\" TOTAL_1=\"35\" MEAN_2=\"24.9\" SD_2=\"10.65\" TOTAL_2=\"35\"", true), ("D", "MEAN_1=\"12.5\" SD_1=\"1.47\" TOTAL_1=\"20\" MEAN_2=\"12.3\" SD_2=\"1.66\" TOTAL_2=\"20\"", true),
        ("E", "MEAN_1=\"6.5\" SD_1=\"0.76\" TOTAL_1=\"8\" MEAN_2=\"7.38\" SD_2=\"1.41\" TOTAL_2=\"8\"", true),
    ];

    public static TheoryData<string> Keys => [.. RevManFiles.Stored.Keys.Where(key => key is not ("between" or "MD sub1" or "MD sub2" or "REML HKSJ"))];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_stored_result_comes_out_again(string key)
    {
        var source = RevManFiles.Read(Rm5(key));
        var agreement = source.Agreement();
        agreement.Different.Select(check => check.ToString()).ShouldBeEmpty();

        // Effect, limits, z and p, Q with df, p and I2; five for each study with an effect; tau2 under random effects.
        agreement.Checks.Count.ShouldBe(9 + 5 * (RevManFiles.Stored[key].Count - 1) + (key.EndsWith('R') ? 1 : 0));
        agreement.Same.ShouldBe(agreement.Checks.Count);
        agreement.Unchecked.ShouldBeEmpty();

        // What the review file gives, and not only what it was made of.
        var review = Review.Parse(source.ToReview().ToYaml());
        review.ShouldBe(source.ToReview());
        review.CheckAnalyses().ShouldBeEmpty();
        IntegrityCheck.Run(review).ShouldBeEmpty();
        review.Analyse("1.1").Overall!.Natural.Estimate.ShouldBe(RevManFiles.Number(RevManFiles.Stored[key][0][0]), 1e-12);
    }

    [Fact]
    public void A_stored_result_that_is_wrong_is_found()
    {
        var text = Rm5("OR MH F");
        var right = RevManFiles.Stored["OR MH F"][0][0];
        var agreement = RevManFiles.Read(text.Replace(right, "0.5509582", StringComparison.Ordinal)).Agreement();
        var check = agreement.Different.ShouldHaveSingleItem();
        (check.Analysis, check.Study, check.Quantity, check.Stored).ShouldBe(("1.1", null, RevManQuantity.Effect, 0.5509582));
        check.Difference!.Value.ShouldBe(RevManFiles.Number(right) - 0.5509582, 1e-15);
        agreement.Summary.ShouldBe("Of 24 stored results of 1 analysis, 23 come out again within 1e-8 of their size; 1 differs.");
        agreement.ToString().ShouldMatch(@"1\.1 +effect +0\.5509582 +0\.55095816 +-4\.0e-8 !");
    }

    [Theory]
    [InlineData("YES")]
    [InlineData("SUB")]
    [InlineData("NO")]
    public void Subgroups_have_their_own_totals_and_are_compared(string totals)
    {
        var source = RevManFiles.Read(RevManFiles.Rm5(Subgroups(totals, "MEAN_1=\"12.5\" ", "STD-D")));
        var agreement = source.Agreement();
        agreement.Different.Select(check => check.ToString()).ShouldBeEmpty();
        var pooled = agreement.Checks.Where(check => check.Study is null).ToList();
        pooled.Count(check => check.Subgroup == "MD sub1").ShouldBe(totals == "NO" ? 0 : 10);
        pooled.Count(check => check.Subgroup == "MD sub2").ShouldBe(totals == "NO" ? 0 : 10);
        pooled.Count(check => check.Quantity == RevManQuantity.Between).ShouldBe(totals == "NO" ? 0 : 1);
        pooled.Count(check => check.Subgroup is null).ShouldBe(totals switch { "YES" => 13, "SUB" => 3, _ => 0 });

        var review = Review.Parse(source.ToReview().ToYaml());
        var result = review.Analyse("1.1");
        result.Subgroups.Select(group => group.Name).ShouldBe(["MD sub1", "MD sub2"]);
        (review.Analyses[0].Notes?.Contains("RevMan shows no total", StringComparison.Ordinal)).ShouldBe(totals == "NO");
        (review.Analyses[0].Notes?.Contains("totals of the subgroups only", StringComparison.Ordinal)).ShouldBe(totals == "SUB");
    }

    /// <summary>RevMan lets a study stand in several subgroups: of men and of women.</summary>
    [Fact]
    public void A_study_may_stand_in_two_subgroups()
    {
        var source = RevManFiles.Read(RevManFiles.Rm5(Subgroups("YES", "MEAN_1=\"12.5\" ", "STD-A")));
        var review = Review.Parse(source.ToReview().ToYaml());
        var result = review.Analyse("1.1");
        result.Pooled!.Studies.Select(study => study.Effect.Label).ShouldBe(["A, MD sub1", "A, MD sub2", "B", "C", "E"]);
        result.Pooled.Estimate.ShouldBe(RevManFiles.Number(RevManFiles.Stored["MD IV R"][0][0]), 1e-12);
        source.Agreement().Different.ShouldBeEmpty();
    }

    [Fact]
    public void A_row_that_RevMan_does_not_estimate_is_not_pooled()
    {
        var rows = RevManFiles.Rows("CONT_DATA", "MD IV F", [.. Means, ("A", "MEAN_1=\"1\" SD_1=\"0\" TOTAL_1=\"9\" MEAN_2=\"2\" SD_2=\"1\" TOTAL_2=\"9\"", false)]).ToList();
        var source = RevManFiles.Read(RevManFiles.Rm5(RevManFiles.Outcome("CONT_OUTCOME", "EFFECT_MEASURE=\"MD\" RANDOM=\"NO\" TOTALS=\"YES\"", "MD IV F", [.. rows[..5], rows[5].Replace("STD-A", "STD-F", StringComparison.Ordinal)])));
        source.Agreement().Different.ShouldBeEmpty();
        var result = Review.Parse(source.ToReview().ToYaml()).Analyse("1.1");
        result.NotPooled.ShouldHaveSingleItem().Reason.ShouldBe("excluded by the analysis: RevMan holds its effect to be not estimable");
    }

    private static string Rm5(string key) => RevManFiles.Rm5(key.Split(' ') switch
    {
        ["HR", "GIV", var model] => RevManFiles.Outcome("IV_OUTCOME", $"METHOD=\"IV\" RANDOM=\"{Random(model)}\" TOTALS=\"YES\"", key, RevManFiles.Rows("IV_DATA", key,
            ("A", "ESTIMATE=\"-0.4308\"", true), ("B", "ESTIMATE=\"-0.11\"", true), ("C", "ESTIMATE=\"0.25\"", true), ("D", "", true)), more: "<EFFECT_MEASURE>Hazard Ratio</EFFECT_MEASURE>"),
        ["HR", "OE", _] => RevManFiles.Outcome("IPD_OUTCOME", "TOTALS=\"YES\"", key, RevManFiles.Rows("IPD_DATA", key,
            ("A", "O_E=\"-5.2\" VAR=\"10.1\"", true), ("B", "O_E=\"3.1\" VAR=\"6.7\"", true), ("C", "O_E=\"-8.4\" VAR=\"14.9\"", true)), more: "<EFFECT_MEASURE>Hazard Ratio</EFFECT_MEASURE>"),
        ["MD" or "SMD", var method, var model] => RevManFiles.Outcome("CONT_OUTCOME", $"EFFECT_MEASURE=\"{key.Split(' ')[0]}\" METHOD=\"{method}\" RANDOM=\"{Random(model)}\" TOTALS=\"YES\"", key, RevManFiles.Rows("CONT_DATA", key, Means)),
        [var measure, var method, var model, ..] => RevManFiles.Outcome(
            "DICH_OUTCOME", $"EFFECT_MEASURE=\"{(method == "PETO" ? "PETO_OR" : measure)}\" METHOD=\"{method}\" RANDOM=\"{Random(model)}\" TOTALS=\"YES\" SWAP_EVENTS=\"{(key.EndsWith("swapped", StringComparison.Ordinal) ? "YES" : "NO")}\"",
            key, RevManFiles.Rows("DICH_DATA", key, [.. Tables.Select(row => (row.Item1, row.Item2, row.Item3 || measure == "RD"))])),
        _ => throw new ArgumentException(key),
    });

    private static string Random(string model) => model == "R" ? "YES" : "NO";

    /// <summary>Five studies in two subgroups; the fourth under another name where asked for.</summary>
    private static string Subgroups(string totals, string marked, string fourth)
    {
        var between = RevManFiles.Stored["between"][0];
        var total = totals == "YES" ? "MD IV R" : "";
        string Group(string key, int from, int to)
        {
            // Weights are shares of the total where there is one, else of the subgroup.
            var rows = RevManFiles.Rows("CONT_DATA", totals == "YES" ? "MD IV R" : key, totals == "YES" ? Means : Means[from..to]).ToList();
            var chosen = totals == "YES" ? rows[from..to] : rows;
            if (totals == "NO")
            {
                chosen = chosen.ConvertAll(row => System.Text.RegularExpressions.Regex.Replace(row, "WEIGHT=\"[^\"]*\"", "WEIGHT=\"0.0\""));
            }

            return RevManFiles.Outcome("CONT_SUBGROUP", "", key, chosen.ConvertAll(row => row.Contains(marked, StringComparison.Ordinal) ? row.Replace("STD-D", fourth, StringComparison.Ordinal) : row), labels: "");
        }

        return RevManFiles.Outcome("CONT_OUTCOME",
            $"EFFECT_MEASURE=\"MD\" RANDOM=\"YES\" TOTALS=\"{totals}\" SUBGROUPS=\"YES\" SUBGROUP_TEST=\"YES\" Q=\"{between[0]}\" P_Q=\"{between[1]}\" I2_Q=\"{between[2]}\"",
            total, [], more: Group("MD sub1", 0, 3) + Group("MD sub2", 3, 5));
    }
}
