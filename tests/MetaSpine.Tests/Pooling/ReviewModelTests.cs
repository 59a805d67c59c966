using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>What a review's analysis can ask for beside the inverse-variance model, and what its report then says.</summary>
public sealed class ReviewModelTests
{
    private static readonly Review Vaccine = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));

    private static Analysis Asked => Vaccine.Analyses.Single(analysis => analysis.Id == "risk-ratio") with { Measure = "OR", Method = null, Test = null };

    private static JsonElement Expected(string measure, string method) => new CountCase("mantel-haenszel", "bcg").Fits
        .First(fit => fit.GetProperty("measure").GetString() == measure && fit.GetProperty("method").GetString() == method).GetProperty("expect");

    [EveryCultureTheory]
    [InlineData("OR", "mantel-haenszel", "MH")]
    [InlineData("RR", "MH", "MH")]
    [InlineData("OR", "peto", "Peto")]
    public void The_counts_are_pooled_as_the_reference_has_them(string measure, string model, string method)
    {
        var result = Vaccine.Analyse(Asked with { Measure = measure, Model = model });
        result.Problem.ShouldBeNull();
        result.IsPooled.ShouldBeTrue();
        result.Pooled.ShouldBeNull();
        var expect = Expected(measure, method);
        result.Stratified!.Estimate.ShouldBe(expect.GetProperty("beta").GetDouble(), 1e-9);
        result.Stratified.Q.Statistic.ShouldBe(expect.GetProperty("QE").GetDouble(), 1e-7);
        result.Stratified.StudyCount.ShouldBe(13);
    }

    [EveryCultureTheory]
    [InlineData("CM.AL", CountModel.CMAL)]
    [InlineData("um.fs", CountModel.UMFS)]
    [InlineData(null, CountModel.CMEL)]
    public void A_model_for_counts_is_that_of_the_library(string? code, CountModel model)
    {
        var result = Vaccine.Analyse(Asked with { Model = "glmm", Glmm = code });
        result.Problem.ShouldBeNull();
        var counts = result.CountModel!;
        counts.Options.Model.ShouldBe(model);
        counts.Estimate.ShouldBe(CountModels.Fit(Measures.OR, counts.Effects.Data, new CountModelOptions { Model = model, Tau2Interval = false }).Estimate, 1e-12);
    }

    /// <summary>Every form of the report shows the result, its tests, and where the numbers come from.</summary>
    [EveryCultureFact]
    public void Reports_show_what_was_pooled_from_counts()
    {
        var stratified = Vaccine.Analyse(Asked with { Model = "mantel-haenszel" });
        var text = Report.Text(stratified, 1000);
        text.ShouldContain("odds ratio, common effect by Mantel-Haenszel");
        text.ShouldContain("The pooled odds ratio of 13 studies (357,347 participants) was 0.62 (95% CI 0.57 to 0.68; z = -11.54, p < 0.001).");
        text.ShouldContain("Heterogeneity: I² = 92.7%; Q(12) = 163.94, p < 0.001.");
        text.ShouldContain("Cochran-Mantel-Haenszel test of no effect: χ²(1) = 135.69, p < 0.001; Breslow-Day test of equal odds ratios: χ²(12) = 171.77");
        text.ShouldContain("Where the numbers come from");
        text.ShouldContain("doi:10.1093/jnci/22.4.719");
        Report.Markdown(stratified).ShouldContain("Pooled");
        Report.Html(stratified).ShouldContain("Mantel-Haenszel");
        JsonDocument.Parse(Report.Json([stratified])).RootElement[0].GetProperty("stratified").GetProperty("breslowDay").GetProperty("statistic").GetDouble().ShouldBe(171.765366579396, 1e-9);
        Report.Csv([stratified]).Split('\n').ShouldContain(line => line.StartsWith("risk-ratio,,pooled,Mantel-Haenszel,-0.47341098838", StringComparison.Ordinal));

        var model = Vaccine.Analyse(Asked with { Model = "glmm", Glmm = "CM.AL" });
        text = Report.Text(model, 1000);
        text.ShouldContain("odds ratio, random effects, CM.AL");
        text.ShouldContain("The true odds ratio of a new, similar study is expected between");
        text.ShouldContain("Heterogeneity: τ² = 0.29 (95% CI ");
        text.ShouldContain("quadrature points");
        text.ShouldContain("doi:10.1002/sim.4040");
        var json = JsonDocument.Parse(Report.Json([model])).RootElement[0].GetProperty("countModel");
        json.GetProperty("estimate").GetDouble().ShouldBe(model.CountModel!.Estimate);
        json.GetProperty("fit").GetProperty("logLikelihood").GetDouble().ShouldBe(model.CountModel.Fit.LogLikelihood);
        Report.Csv([model]).ShouldContain("risk-ratio,,prediction,");
        ForestPlot.Draw(model).Description.ShouldContain("Random effects (CM.AL); overall effect: z = ");
    }

    [EveryCultureFact]
    public void What_a_model_cannot_do_is_a_problem_with_its_reason()
    {
        Should.Throw<StudyFileException>(() => Vaccine.Analyse(Asked with { Measure = "AS", Model = "mantel-haenszel" })).Faults.Single().Message
            .ShouldEndWith(": mantel-haenszel does not pool AS; it pools OR, RR, RD, IRR, IRD");
        var regression = Vaccine.Analyse(Asked with { Model = "peto", Formula = "~ latitude" });
        regression.Stratified.ShouldNotBeNull();
        regression.Problem.ShouldBe("A meta-regression is not computed by the model peto; leave the model out for inverse variance.");
        Report.Text(regression, 1000).ShouldContain("not computed by the model peto");

        var silent = Parsed("{id: first, outcome: pain, measure: OR, model: mantel-haenszel}").Analyse("first");
        silent.IsPooled.ShouldBeFalse();
        silent.Problem!.ShouldContain("in no study is there an event");
    }

    [EveryCultureFact]
    public void A_formula_gives_the_meta_regression_that_the_library_gives()
    {
        var asked = Vaccine.Analyses.Single(analysis => analysis.Id == "latitude");
        var listed = Vaccine.Analyse(asked).Regression!;
        var result = Vaccine.Analyse(asked with { Moderators = [], Formula = $"~ {asked.Moderators[0]}" });
        result.Regression!.Coefficients[1].Estimate.ShouldBe(listed.Coefficients[1].Estimate, 1e-12);
        result.Regression.R2!.Value.ShouldBe(listed.R2!.Value, 1e-9);
        Report.Text(result, 1000).ShouldContain($"Formula of the meta-regression: ~ {asked.Moderators[0]}.");
        Should.Throw<FormulaException>(() => new Review { Studies = Vaccine.Studies }.Analyse(new Analysis { Id = "x", Outcome = asked.Outcome, Measure = "RR", Formula = "~ ablatt" }))
            .Message.ShouldContain("there is no moderator 'ablatt'");
    }

    [EveryCultureFact]
    public void A_formula_gives_the_meta_regression_of_a_model_for_counts()
    {
        var result = Vaccine.Analyse(Asked with { Model = "glmm", Formula = "~ latitude" });
        result.Problem.ShouldBeNull();
        var data = result.CountModel!.Effects.Data;
        double[] latitudes = [.. Vaccine.Studies.Select(study => study.FindModerator("latitude")!.Number!.Value)];
        var fit = CountModels.Fit(Measures.OR, data, new CountModelOptions { Tau2Interval = false }, Formula.Parse("~ latitude").Design(Predictor.Numeric("latitude", latitudes)));
        result.CountRegression!.Coefficients.Select(c => c.Estimate).ShouldBe(fit.Coefficients.Select(c => c.Estimate));
        var text = Report.Text(result, 1000);
        text.ShouldContain("was regressed on latitude. Test of the moderators: χ²(1) = ");
        text.ShouldContain("Residual heterogeneity: τ² = ");
        text.ShouldContain("Formula of the meta-regression: ~ latitude.");
        JsonDocument.Parse(Report.Json([result])).RootElement[0].GetProperty("countRegression").GetProperty("coefficients")[1].GetProperty("estimate").GetDouble().ShouldBe(fit.Coefficients[1].Estimate);
        Vaccine.Analyse(Asked with { Model = "mantel-haenszel", Formula = "~ latitude" }).Problem.ShouldBe("A meta-regression is not computed by the model mantel-haenszel; leave the model out for inverse variance.");
    }

    [EveryCultureFact]
    public void A_common_tau2_is_shared_by_the_subgroups()
    {
        var asked = Vaccine.Analyses.Single(analysis => analysis.Id == "allocation");
        var result = Vaccine.Analyse(asked with { SubgroupTau2 = "common" });
        result.Subgroups.Select(subgroup => subgroup.Result.Tau2).Distinct().Count().ShouldBe(1);
        result.SubgroupTau2.ShouldBe(SubgroupTau2.Common);
        Report.Text(result, 1000).ShouldContain("with one τ² for all. Test of equal effects: Q(2) = ");
        Vaccine.Analyse(asked).Subgroups.Select(subgroup => subgroup.Result.Tau2).Distinct().Count().ShouldBe(3);
    }

    [EveryCultureFact]
    public void Medians_are_pooled_as_means_only_where_the_analysis_says_how()
    {
        var review = Review.Parse("""
            schema: metaspine/review/1
            studies:
              - {id: a, outcomes: [{id: score, type: continuous, results: [{mean: 50, sd: 10, n: 25}]}]}
              - {id: b, outcomes: [{id: score, type: continuous, results: [{median: 48, iqr: {low: 41, high: 56}, n: 40}]}]}
              - {id: c, outcomes: [{id: score, type: continuous, results: [{median: 47, n: 40}]}]}
            analyses:
              - {id: refused, outcome: score, measure: MN}
              - {id: taken, outcome: score, measure: MN, medians: luo-shi}
              - {id: quantiles, outcome: score, measure: MN, medians: QE}
            """, "review.yaml");
        var refused = review.Analyse("refused");
        refused.Pooled!.StudyCount.ShouldBe(1);
        refused.NotPooled.Single(study => study.StudyId == "b").Reason.ShouldContain("a median is not pooled as a mean, unless the analysis says how");
        var taken = review.Analyse("taken");
        taken.Pooled!.StudyCount.ShouldBe(2);
        var converted = MeansFromMedians.Convert(FiveNumbers.FromQuartiles(41, 48, 56, 40), MedianMethod.LuoShi);
        taken.Pooled.Effects.Data["mi"][1].ShouldBe(converted.Mean);
        taken.Pooled.Effects.Data["sdi"][1].ShouldBe(converted.Sd);
        taken.Notes.ShouldContain(note => note.StartsWith("mean and SD estimated from the median", StringComparison.Ordinal));
        taken.NotPooled.Single().Reason.ShouldContain("no median with quartiles (iqr) or range");
        review.Analyse("quantiles").Pooled!.Effects.Data["mi"][1].ShouldNotBe(converted.Mean);
    }

    [EveryCultureTheory]
    [InlineData("model: mantel", "model of the analysis first: there is no model 'mantel'")]
    [InlineData("model: glmm, glmm: CM.LE", "glmm of the analysis first: there is no model for counts 'CM.LE'; did you mean CM.EL?")]
    [InlineData("glmm: CM.EL", "glmm of the analysis first: it says which model for counts; write model: glmm too")]
    [InlineData("model: glmm, method: REML", "method of the analysis first: a model for counts is fitted by ML or under equal effects (EE)")]
    [InlineData("model: peto, method: EE", "method of the analysis first: the model peto has no choice of it; leave it out")]
    [InlineData("model: peto, prediction: t", "prediction of the analysis first: the model peto has no choice of it; leave it out")]
    [InlineData("medians: lou-shi", "medians of the analysis first: there is no way from medians to means 'lou-shi'; did you mean luo-shi?")]
    [InlineData("subgroup_tau2: common", "subgroup_tau2 of the analysis first: there are no subgroups")]
    [InlineData("subgroup: dose, subgroup_tau2: shared", "subgroup_tau2 of the analysis first: there is no choice of tau^2 for subgroups 'shared'; known here: separate, common")]
    [InlineData("formula: ~ dose +", "formula of the analysis first: Column")]
    [InlineData("formula: ~ does", "formula of the analysis first: Column 3 of the formula '~ does': there is no moderator 'does'; did you mean dose?")]
    [InlineData("formula: ~ dose, moderators: [dose]", "formula of the analysis first: it stands in place of moderators; keep one of the two")]
    public void What_cannot_be_understood_is_reported_with_its_place(string keys, string message)
    {
        var review = Parsed($"{{id: first, outcome: stiff, measure: OR, {keys}}}");
        var fault = Should.Throw<StudyFileException>(() => review.Analyse("first")).Faults.Single();
        fault.Message.ShouldStartWith(message);
        fault.Position.Line.ShouldBe(7);
        fault.Position.File.ShouldBe("review.yaml");
    }

    private static Review Parsed(string analysis) => Review.Parse($$$"""
        schema: metaspine/review/1
        studies:
          - {id: a, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 1}, outcomes: [{{{Outcomes(2, 3)}}}]}
          - {id: b, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 2}, outcomes: [{{{Outcomes(4, 1)}}}]}
          - {id: c, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 4}, outcomes: [{{{Outcomes(1, 5)}}}]}
        analyses:
          - {{{analysis}}}
        """, "review.yaml");

    private static string Outcomes(int treated, int control) =>
        "{id: pain, type: dichotomous, results: [{arm: t, events: 0, total: 10}, {arm: c, events: 0, total: 10}]}, "
        + FormattableString.Invariant($"{{id: stiff, type: dichotomous, results: [{{arm: t, events: {treated}, total: 10}}, {{arm: c, events: {control}, total: 10}}]}}");
}
