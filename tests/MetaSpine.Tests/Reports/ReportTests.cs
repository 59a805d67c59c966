using System.Globalization;
using System.Text.Json;

namespace MetaSpine.Tests;

public sealed class ReportTests
{
    private static readonly ReferenceCase Bcg = ReferenceCase.Load("bcg-or");

    private static PooledResult Pooled => MetaAnalysis.Pool(Bcg.Effects);

    private static RegressionResult Regression => MetaAnalysis.Regress(
        Bcg.Effects,
        DesignMatrix.WithIntercept(Predictor.Numeric("ablat", [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33])));

    [EveryCultureFact]
    public void A_pooled_result_reads_like_a_paper()
    {
        var text = Report.Text(Pooled);
        OneLine(text).ShouldContain(
            "The pooled odds ratio of 13 studies (357,347 participants) was 0.47 (95% CI 0.32 to 0.71; t(12) = -3.99, p = 0.002). "
            + "The true odds ratio of a new, similar study is expected between 0.13 and 1.79 (95% prediction interval). "
            + "Heterogeneity: τ² = 0.34 (95% CI 0.13 to 1.18); I² = 92.1% (95% CI 81.7 to 97.6); Q(12) = 163.16, p < 0.001.");
        text.ShouldContain("doi:10.3102/10769986030003261");
        text.Split('\n').ShouldAllBe(line => line.Length <= 80);
        Snapshot.Verify(text, "txt");
    }

    [EveryCultureFact]
    public void Proportions_are_percentages_and_are_not_tested_against_an_arbitrary_value()
    {
        var effects = Measures.PLO.Compute(new EffectData(["Oda 2006", "Kim 2011", "Ito 2012"]) { ["xi"] = [16, 39, 32], ["ni"] = [18, 57, 32] });
        var text = OneLine(Report.Text(MetaAnalysis.Pool(effects)));
        text.ShouldMatch(@"The pooled proportion of 3 studies \(107 participants\) was \d+\.\d% \(95% CI \d+\.\d to \d+\.\d%\)\.");
        text.ShouldNotContain("t(2)", Case.Sensitive, "the p-value of a proportion tests nothing");
        text.ShouldContain("0.5 added to each count because one is zero: Ito 2012.");
    }

    [EveryCultureFact]
    public void A_single_study_is_not_called_pooled()
    {
        var text = OneLine(Report.Text(MetaAnalysis.Pool(Measures.MD.Compute(new EffectData(["Only"])
        {
            ["m1i"] = [12.2], ["sd1i"] = [3], ["n1i"] = [20], ["m2i"] = [10], ["sd2i"] = [3], ["n2i"] = [20],
        }))));
        text.ShouldContain("Mean difference, a single study");
        text.ShouldContain("The mean difference of the only study was 2.2 (95% CI 0.3 to 4.1;");
        text.ShouldNotContain("Heterogeneity:");
        text.ShouldNotContain("random effects");
        text.ShouldNotContain("Knapp");
    }

    [EveryCultureFact]
    public void The_same_report_is_markdown() => Snapshot.Verify(Report.Markdown(Pooled), "md");

    [EveryCultureFact]
    public void Equal_effects_do_not_claim_a_tau2()
    {
        var text = OneLine(Report.Text(MetaAnalysis.Pool(Bcg.Effects, PoolingOptions.Default with { Method = PoolingMethod.EE, Test = PoolingTest.Z })));
        text.ShouldContain("z = -10.32, p < 0.001");
        text.ShouldContain("Heterogeneity: I² = 92.6%; Q(12) = 163.16, p < 0.001.");
        text.ShouldNotContain("prediction interval");
    }

    [EveryCultureTheory]
    [InlineData(PoolingTest.Z, PredictionMethod.Standard, "estimate ± z × √(SE² + τ²);")]
    [InlineData(PoolingTest.KnappHartung, PredictionMethod.Standard, "t with 12 degrees of freedom;")]
    [InlineData(PoolingTest.KnappHartung, PredictionMethod.Riley, "t with 11 degrees of freedom;")]
    [InlineData(PoolingTest.KenwardRoger, PredictionMethod.Standard, "t with 10.56 degrees of freedom;")]
    [InlineData(PoolingTest.Z, PredictionMethod.Simple, "estimate ± z × τ;")]
    public void The_formula_of_the_prediction_interval_is_the_one_that_was_used(PoolingTest test, PredictionMethod prediction, string formula) =>
        OneLine(Report.Text(MetaAnalysis.Pool(Bcg.Effects, PoolingOptions.Default with { Test = test, Prediction = prediction }))).ShouldContain(formula);

    [EveryCultureFact]
    public void A_fixed_tau2_is_not_called_an_estimate()
    {
        var text = OneLine(Report.Text(MetaAnalysis.Pool(Bcg.Effects, PoolingOptions.Default with { FixedTau2 = 0.25 })));
        text.ShouldContain("τ² = 0.25 (fixed); I² =");
        text.ShouldContain("Odds ratio, random-effects model, τ² fixed");
        text.ShouldContain("Model: random effects; τ² fixed at 0.25.");
    }

    [EveryCultureFact]
    public void Studies_without_an_estimate_are_listed_with_the_reason()
    {
        var effects = Measures.OR.Compute(new EffectData(["A", "B", "C"])
        {
            ["ai"] = [1, double.NaN, 3], ["n1i"] = [10, 10, 10], ["ci"] = [2, 2, 4], ["n2i"] = [10, 10, 10],
        });
        Report.Text(MetaAnalysis.Pool(effects)).ShouldContain("Not pooled\n- B: ai is missing\n");
        Report.Text(effects).ShouldContain("Without an estimate\n- B: ai is missing\n");
    }

    [EveryCultureFact]
    public void A_series_without_failures_shows_its_exact_interval_beside_the_corrected_one()
    {
        var effects = Measures.PLO.Compute(new EffectData(["Oda 2006", "Missing"]) { ["xi"] = [32, double.NaN], ["ni"] = [32, 20] });
        Report.Text(effects).ShouldContain("Oda 2006   32/32  4.174           98.5  79.9 to 99.9  89.1 to 100.0\n");
    }

    [EveryCultureFact]
    public void Inputs_without_a_customary_form_stand_in_columns_of_their_own()
    {
        var effects = Measures.Find("ARAW").Compute(new EffectData(["A", "B"]) { ["ai"] = [0.87, 0.9], ["mi"] = [20, 21], ["ni"] = [120, 85] });
        Report.Text(effects).ShouldContain("Study    ai  mi   ni  ");
        Report.Text(effects).ShouldContain("A      0.87  20  120  ");
    }

    [EveryCultureFact]
    public void A_meta_regression_shows_its_coefficients_and_what_remains()
    {
        var text = Report.Text(Regression);
        OneLine(text).ShouldContain("Test of the moderators: F(1, 11) = 17.60, p = 0.001. They explain 85.1% of the between-study variance (R²).");
        OneLine(text).ShouldContain("Residual heterogeneity: τ² = 0.050");
        text.ShouldContain("ablat        -0.0315  0.0075  -4.19  0.001  -0.0481 to -0.0150  0.9690");
    }

    [EveryCultureFact]
    public void Json_keeps_every_digit()
    {
        var json = JsonDocument.Parse(Report.Json(Pooled)).RootElement;
        json.GetProperty("estimate").GetDouble().ShouldBe(Pooled.Estimate);
        json.GetProperty("natural").GetProperty("predictionInterval").GetProperty("upper").GetDouble().ShouldBe(Pooled.Natural.PredictionInterval!.Value.Upper);
        json.GetProperty("q").GetProperty("pValue").GetDouble().ShouldBe(Pooled.Q.PValue);
        json.GetProperty("studies")[12].GetProperty("weight").GetDouble().ShouldBe(Pooled.Studies[12].Weight);
        json.GetProperty("studies")[0].GetProperty("adjustment").ValueKind.ShouldBe(JsonValueKind.Null);

        var regression = JsonDocument.Parse(Report.Json(Regression)).RootElement;
        regression.GetProperty("coefficients")[1].GetProperty("estimate").GetDouble().ShouldBe(Regression.Coefficients[1].Estimate);
        regression.GetProperty("covariance")[0][1].GetDouble().ShouldBe(Regression.Covariance[0][1]);
        regression.GetProperty("r2").GetDouble().ShouldBe(Regression.R2!.Value);
    }

    [EveryCultureFact]
    public void A_number_that_there_is_not_is_null_in_json_and_empty_in_csv()
    {
        var single = MetaAnalysis.Pool(Measures.GEN.Compute(new EffectData { ["yi"] = [1], ["vi"] = [4] }));
        JsonDocument.Parse(Report.Json(single)).RootElement.GetProperty("predictionInterval").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonDocument.Parse(Report.Json(single)).RootElement.GetProperty("fit").GetProperty("restrictedLogLikelihood").ValueKind.ShouldBe(JsonValueKind.Null);
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [1, double.NaN], ["vi"] = [4, 1] });
        Report.Csv(effects).Split("\r\n")[2].ShouldBe("Study 2,,,,,,,,,yi is missing");
        Report.Csv(effects).ShouldNotContain("NaN");
    }

    [EveryCultureFact]
    public void Csv_reads_back_as_the_same_numbers()
    {
        var rows = Report.Csv(Pooled).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        rows.Count.ShouldBe(1 + 13 + 2);
        var estimate = Array.IndexOf(rows[0], "estimate");
        double.Parse(rows[^2][estimate], CultureInfo.InvariantCulture).ShouldBe(Pooled.Estimate);
        double.Parse(rows[1][estimate], CultureInfo.InvariantCulture).ShouldBe(Pooled.Studies[0].Effect.Estimate);

        // A table of effect sizes is a table of studies: it can be read and pooled again.
        var again = StudyTable.ReadCsv(new StringReader(Report.Csv(Bcg.Effects)), "again.csv");
        MetaAnalysis.Pool(Measures.GEN.Compute(again.Data(Measures.GEN))).Estimate.ShouldBe(Pooled.Estimate);
    }

    [EveryCultureFact]
    public void Results_show_themselves()
    {
        Pooled.ToString().ShouldBe(Report.Text(Pooled));
        Pooled.ToMarkdown().ShouldBe(Report.Markdown(Pooled));
        Pooled.ToHtml().ShouldBe(Report.Html(Pooled));
        Regression.ToString().ShouldBe(Report.Text(Regression));
        Bcg.Effects.ToString().ShouldBe(Report.Text(Bcg.Effects));
    }

    [EveryCultureFact]
    public void Html_is_well_formed_and_encodes_what_users_name()
    {
        var effects = Measures.GEN.Compute(new EffectData(["<script>alert(1)</script>", "A & B"]) { ["yi"] = [1, 2], ["vi"] = [1, 1] });
        foreach (var html in new[] { MetaAnalysis.Pool(effects).ToHtml(), effects.ToHtml(), Regression.ToHtml() })
        {
            html.ShouldNotContain("<script");
            html.ShouldNotContain("<style");
            System.Xml.Linq.XElement.Parse(html).Name.LocalName.ShouldBe("div");
        }
    }

    /// <summary>Under equal effects I² is 0 by assumption, and says nothing beside the test of heterogeneity.</summary>
    [EveryCultureFact]
    public void A_count_model_of_equal_effects_shows_its_test_of_heterogeneity_alone()
    {
        var data = new EffectData { ["ai"] = [4, 6, 3, 9], ["n1i"] = [20, 30, 20, 40], ["ci"] = [8, 9, 9, 2], ["n2i"] = [20, 31, 22, 40] };
        string Text(PoolingMethod method) => OneLine(CountModels.Fit(Measures.OR, data, new() { Method = method }).ToString());
        Text(PoolingMethod.EE).ShouldContain("Heterogeneity: likelihood-ratio test");
        Text(PoolingMethod.EE).ShouldNotContain("I²");
        Text(PoolingMethod.ML).ShouldContain("I² =");
    }

    [EveryCultureFact]
    public void A_review_shows_what_could_not_be_pooled_and_why()
    {
        var review = StudyFile.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "cervical-pedicle-screws.yaml")).Study!.AsReview();
        var survival = review.Analyse("survival_months");
        OneLine(survival.ToString()).ShouldContain("Not pooled - Oda 2006: the mean 12.2 comes without a spread");

        var json = JsonDocument.Parse(Report.Json([survival, review.Analyse("regained_ambulation")])).RootElement;
        json[0].GetProperty("pooled").ValueKind.ShouldBe(JsonValueKind.Null);
        json[0].GetProperty("notPooled")[0].GetProperty("reason").GetString()!.ShouldContain("spread");
        json[1].GetProperty("pooled").GetProperty("studyCount").GetInt32().ShouldBe(1);
        Report.Csv([survival, review.Analyse("regained_ambulation")]).ShouldContain("regained_ambulation,,study,Oda 2006,");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
