using System.Text.Json;
using MetaSpine.Tests.Studies;

namespace MetaSpine.Tests;

/// <summary>Models of dependent effects as review files and tables ask for them.</summary>
public sealed class MultilevelAnalysisTests
{
    private const string Studies =
        """
        studies:
          - id: a
            groups: {men: {label: Men}, women: {label: Women}}
            moderators: {region: north, dose: 1}
            outcomes: [{id: pain, type: estimate, results: [{group: men, measure: MD, value: 0.1, se: 0.2}, {group: women, measure: MD, value: 0.9, se: 0.25}]}]
          - id: b
            groups: {men: {label: Men}, women: {label: Women}}
            moderators: {region: north, dose: 2}
            outcomes: [{id: pain, type: estimate, results: [{group: men, measure: MD, value: 0.6, se: 0.2}, {group: women, measure: MD, value: 1.4, se: 0.15}]}]
          - id: c
            moderators: {region: south, dose: 3}
            outcomes: [{id: pain, type: estimate, results: [{measure: MD, value: -0.2, se: 0.3}]}]
          - id: d
            groups: {men: {label: Men}, women: {label: Women}}
            moderators: {region: south, dose: 4}
            outcomes: [{id: pain, type: estimate, results: [{group: men, measure: MD, value: 0.5, se: 0.12}, {group: women, measure: MD, value: 0.2, se: 0.3}]}]
          - id: e
            groups: {men: {label: Men}, women: {label: Women}}
            moderators: {region: west, dose: 5}
            outcomes: [{id: pain, type: estimate, results: [{group: men, measure: MD, value: 1.5, se: 0.2}, {group: women, measure: MD, value: 0.7, se: 0.2}]}]
        """;

    private static readonly double[] Y = [0.1, 0.9, 0.6, 1.4, -0.2, 0.5, 0.2, 1.5, 0.7];
    private static readonly double[] Errors = [0.2, 0.25, 0.2, 0.15, 0.3, 0.12, 0.3, 0.2, 0.2];
    private static readonly string[] Study = ["a", "a", "b", "b", "c", "d", "d", "e", "e"];
    private static readonly string?[] Group = ["Men", "Women", "Men", "Women", null, "Men", "Women", "Men", "Women"];
    private static readonly Predictor[] Columns = [Predictor.Categorical("study", Study), Predictor.Numeric("effect", [1, 2, 3, 4, 5, 6, 7, 8, 9]), Predictor.Categorical("group", Group)];

    private static EffectSizes Effects => Measures.GEN.Compute(new EffectData { ["yi"] = Y, ["sei"] = Errors });

    private static SamplingCovariance Correlated(double rho) => SamplingCovariance.FromRows(
        [.. Study.Select((a, i) => (double[])[.. Study.Select((b, j) => i == j ? Errors[i] * Errors[i] : a == b ? rho * Errors[i] * Errors[j] : 0)])]);

    /// <summary>Study and effect need no moderator of their names, and the numbers are those of the library.</summary>
    [EveryCultureFact]
    public void Effects_of_studies_are_pooled_with_correlated_errors_and_by_clusters()
    {
        var result = Read("random: study/effect, cluster: study, rho: 0.6").Analyse("x");
        result.Problem.ShouldBeNull();
        var expected = MultilevelAnalysis.Pool(Effects, [RandomTerm.Parse("study/effect")], Columns, Correlated(0.6));
        var pooled = result.Multilevel.ShouldNotBeNull();
        pooled.Estimate.ShouldBe(expected.Estimate, 1e-12);
        pooled.StandardError.ShouldBe(expected.StandardError, 1e-12);

        // Their derivatives are differences, and follow the last digits of where the search ends.
        pooled.DegreesOfFreedom!.Value.ShouldBe(expected.DegreesOfFreedom!.Value, 1e-5);
        pooled.Components.Select(c => c.Term).ShouldBe(["study", "study/effect"]);
        result.Overall.ShouldBeSameAs(pooled);
        result.Pooled.ShouldBeNull();
        var robust = result.Further!.MultilevelRobust.ShouldNotBeNull();
        robust.Type.ShouldBe(RobustType.CR2);
        robust.Coefficients[0].StandardError.ShouldBe(expected.Robust(Study).Coefficients[0].StandardError, 1e-12);
        result.Notes.ShouldContain("The sampling errors of effects with the same study are taken to be correlated by 0.6, which is an assumption of the analysis (rho).");
        var independent = Read("random: study/effect").Analyse("x");
        Math.Abs(independent.Multilevel!.Estimate - pooled.Estimate).ShouldBeGreaterThan(1e-4);
        independent.Further.ShouldBeNull();
    }

    [EveryCultureTheory]
    [InlineData("random: study/effect, method: ML, test: z", PoolingMethod.ML, MultilevelTest.Z)]
    [InlineData("random: [study/effect], test: contain, level: 0.9", PoolingMethod.REML, MultilevelTest.Containment)]
    [InlineData("random: [study, effect], test: T, robust: CR1, cluster: study", PoolingMethod.REML, MultilevelTest.T)]
    [InlineData("random: {term: study/effect}", PoolingMethod.REML, MultilevelTest.Satterthwaite)]
    [InlineData("random: study/effect, profile: metafor", PoolingMethod.REML, MultilevelTest.Z)]
    public void Codes_reach_the_model(string keys, PoolingMethod method, MultilevelTest test)
    {
        var review = Read(keys);
        review.CheckAnalyses().ShouldBeEmpty();
        var pooled = review.Analyse("x").Multilevel.ShouldNotBeNull();
        (pooled.Options.Method, pooled.Options.Test).ShouldBe((method, test));
        pooled.Options.Level.ShouldBe(keys.Contains("level", StringComparison.Ordinal) ? 0.9 : 0.95);
        var expected = MultilevelAnalysis.Pool(Effects, [RandomTerm.Parse("study/effect")], Columns, null, pooled.Options);
        pooled.Estimate.ShouldBe(expected.Estimate, 1e-8);
        pooled.Interval.Lower.ShouldBe(expected.Interval.Lower, 1e-7);
    }

    [EveryCultureFact]
    public void Groups_inside_studies_have_a_structure()
    {
        var review = Read("random: [{term: group | study, structure: hcs}]");
        var result = review.Analyse("x");
        result.Multilevel!.Random.Single().Structure.ShouldBe(CovarianceStructure.HCS);
        result.Multilevel.Excluded.ShouldHaveSingleItem().Reason.ShouldBe("its 'group' is missing");
        result.Multilevel.Components.Select(c => c.Name).ShouldBe(["Men", "Women", ""]);
        var expected = MultilevelAnalysis.Pool(Effects, [RandomTerm.Parse("group | study", CovarianceStructure.HCS)], Columns);
        result.Multilevel.Estimate.ShouldBe(expected.Estimate, 1e-10);
    }

    [EveryCultureFact]
    public void Moderators_make_a_regression()
    {
        var result = Read("random: study/effect, moderators: [dose], cluster: study, predict: [dose = 2.5]").Analyse("x");
        var regression = result.MultilevelRegression.ShouldNotBeNull();
        var expected = MultilevelAnalysis.Regress(
            Effects, [RandomTerm.Parse("study/effect")], Columns, DesignMatrix.WithIntercept(Predictor.Numeric("dose", [1, 1, 2, 2, 3, 4, 4, 5, 5])));
        regression.Coefficients.Select(c => c.Estimate).ShouldBeNear(expected.Coefficients.Select(c => c.Estimate), 1e-9, "dose");
        result.RegressionFurther!.MultilevelRobust!.Coefficients.Count.ShouldBe(2);
        result.RegressionFurther.Predictions.ShouldHaveSingleItem().Estimate.ShouldBe(regression.Coefficients[0].Estimate + 2.5 * regression.Coefficients[1].Estimate, 1e-12);
        result.Multilevel.ShouldNotBeNull();
        var json = JsonDocument.Parse(Report.Json([result])).RootElement[0];
        json.GetProperty("multilevelRegression").GetProperty("coefficients")[1].GetProperty("estimate").GetDouble().ShouldBe(regression.Coefficients[1].Estimate);
        json.GetProperty("further").GetProperty("multilevelRobust").GetProperty("clusterCount").GetInt32().ShouldBe(5);
        json.GetProperty("multilevel").GetProperty("components")[1].GetProperty("term").GetString().ShouldBe("study/effect");
        json.GetProperty("multilevel").GetProperty("heterogeneity").GetProperty("i2").GetDouble().ShouldBe(result.Multilevel.Heterogeneity()!.Total);
        json.GetProperty("multilevel").GetProperty("predictionIntervals")[1].GetProperty("term").GetString().ShouldBe("study/effect");
        Report.Text(result).ReplaceLineEndings(" ").ShouldContain(" for the average of a new study, and between ");
        var csv = Report.Csv([result]).Split("\r\n").Select(line => line.Split(',')).Where(cells => cells.Length > 2).Select(cells => cells[2]).Distinct();
        csv.ShouldBe(["row", "study", "pooled", "prediction", "robust", "component", "i2", "prediction-level", "coefficient", "coefficient-component", "coefficient-i2", "coefficient-r2", "coefficient-robust", "predicted"], ignoreOrder: true);
    }

    /// <summary>Lines of the file: the analysis stands in line 2.</summary>
    [EveryCultureTheory]
    [InlineData("random: stduy/effect", "review.yaml:2:69: random of the analysis x: there is no moderator or column 'stduy' to group effects by; did you mean study?")]
    [InlineData("random: study//effect", "review.yaml:2:69: random of the analysis x: 'study//effect' is no term of random effects: *")]
    [InlineData("random: [study, {term: group | study, structure: UM}]", "review.yaml:2:77: random of the analysis x: there is no structure 'UM'*")]
    [InlineData("random: [{term: study, structure: UN}]", "review.yaml:2:70: random of the analysis x: a structure says how*'study' has no bar")]
    [InlineData("random: [{term: dose | study, structure: CAR, distance: manhatan}]", "review.yaml:2:70: random of the analysis x: there is no distance 'manhatan'; did you mean manhattan?")]
    [InlineData("random: [{term: dose | study, distance: manhattan}]", "review.yaml:2:70: random of the analysis x: a distance goes with a spatial structure: *")]
    [InlineData("random: [{term: dose | study, structure: SPEXP, distance: great-circle}]", "review.yaml:2:70: random of the analysis x: a great-circle distance needs latitude + longitude before the bar")]
    [InlineData("random: [{term: region | study, structure: CAR}]", "review.yaml:2:70: random of the analysis x: the structure CAR needs numbers, but 'region' holds text")]
    [InlineData("random: study, test: knha", "review.yaml:2:82: test of the analysis x: there is no test of dependent effects 'knha'; known here: satterthwaite, z, t, contain, kenward-roger")]
    [InlineData("random: study, method: DL", "review.yaml:2:84: method of the analysis x: models of dependent effects are fitted by REML or ML, not DL")]
    [InlineData("random: study, rho: 0.5", "review.yaml:2:81: rho of the analysis x: it is the correlation within clusters; name them under cluster, as cluster: study")]
    [InlineData("cluster: study, rho: 0.5", "review.yaml:2:82: rho of the analysis x: it correlates the errors of dependent effects; write their model too, as random: study/effect")]
    [InlineData("random: study, subgroup: region", "review.yaml:2:86: subgroup of the analysis x: dependent effects are not pooled apart*")]
    [InlineData("random: study, also: [terms]", "review.yaml:2:82: also of the analysis x: terms are those of a meta-regression; write its moderators or its formula")]
    [InlineData("random: study, also: [bootstrap]", "review.yaml:2:82: also of the analysis x: it belongs to effects that are independent*")]
    [InlineData("random: study, tau2: 0.1", "review.yaml:2:82: tau2 of the analysis x: it belongs to effects that are independent*")]
    public void What_is_wrong_is_said_with_its_place(string keys, string message)
    {
        var review = Read(keys);
        var fault = Should.Throw<StudyFileException>(() => review.Analyse("x")).Faults.ShouldHaveSingleItem();
        fault.ShouldMatchPattern(message);
        review.CheckAnalyses().ShouldBe([fault]);
    }

    [EveryCultureTheory]
    [InlineData("random: []", "")]
    [InlineData("random: [[study]]", "review.yaml:2:70: found a list, expected a term such as study/effect or outcome | study")]
    [InlineData("random: [{structure: UN}]", "review.yaml:2:70: the key 'term' is missing*")]
    [InlineData("random: {trem: study}", "*unknown key 'trem'; did you mean term?")]
    [InlineData("random: study, rho: 1.2", "review.yaml:2:81: found '1.2', expected a correlation from -1 to 1, such as 0.6")]
    [InlineData("random: study, cluster: registry", "review.yaml:2:85: no study of the review has the moderator 'registry'*")]
    public void A_file_that_cannot_be_read_says_where(string keys, string message)
    {
        if (message.Length == 0)
        {
            Read(keys).Analyses[0].Random.ShouldBeEmpty();
            return;
        }

        var faults = Should.Throw<StudyFileException>(() => Read(keys)).Faults;
        faults[^1].ShouldMatchPattern(message);
    }

    [EveryCultureFact]
    public void Terms_are_written_as_they_are_read()
    {
        foreach (var keys in new[] { "random: study/effect", "random: [study, {term: group | study, structure: UN}]", "random: study, cluster: study, rho: 0.6" })
        {
            var review = Read(keys);
            var again = Review.Parse(review.ToYaml());
            again.Analyses[0].ShouldBe(review.Analyses[0]);
        }

        Read("random: [study/effect]").ToYaml().ShouldContain("random: study/effect");
    }

    /// <summary>One effect for each study: its two variances cannot be told apart.</summary>
    [EveryCultureFact]
    public void A_model_that_no_data_can_tell_is_the_problem_of_the_analysis()
    {
        var review = Read("random: study/effect");
        var result = (review with { Analyses = [review.Analyses[0] with { Group = "men" }] }).Analyse("x");
        result.IsPooled.ShouldBeFalse();
        result.Problem.ShouldBe("The variances of 'study' and 'study/effect' cannot be told apart, because both group the effects alike: every level has one effect only. Leave one of them out: 'study' alone has the variance of both.");
        Report.Text(result).ShouldContain("cannot be told apart");
        var inside = Read("random: study/effect, cluster: effect").Analyse("x");
        inside.Multilevel.ShouldNotBeNull();
        inside.Problem.ShouldNotBeNull().ShouldStartWith("Cluster-robust standard errors cannot be computed: The model makes ");
    }

    /// <summary>A column of estimates named effect groups nothing: the rows are the effects.</summary>
    [EveryCultureFact]
    public void A_table_groups_by_its_columns_and_by_its_rows()
    {
        var lines = Y.Select((y, i) => FormattableString.Invariant($"{Study[i]},{Math.Round(y)},{Errors[i]}"));
        var table = StudyTable.ReadCsv(new StringReader("study,effect,sei\n" + string.Join('\n', lines)), "t.csv", new TableOptions { Columns = new Dictionary<string, string> { ["yi"] = "effect" } });
        var result = table.Analyse(new Analysis { Id = "t", Outcome = "t", Measure = "GEN", Random = [new() { Term = "study/effect" }], Cluster = "study", Rho = 0.6 });
        result.Problem.ShouldBeNull();
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [.. Y.Select(y => Math.Round(y))], ["sei"] = Errors });
        result.Multilevel!.Components[1].Levels.ShouldBe(9);
        result.Multilevel.Estimate.ShouldBe(MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study/effect")], Columns, Correlated(0.6)).Estimate, 1e-10);
        Should.Throw<StudyFileException>(() => table.Analyse(new Analysis { Id = "t", Outcome = "t", Measure = "GEN", Random = [new() { Term = "lab/effect" }] }))
            .Faults.Single().Message.ShouldStartWith("random of the analysis t: there is no moderator or column 'lab' to group effects by");
    }

    /// <summary>What has no meaning for dependent effects says so, and nothing breaks.</summary>
    [EveryCultureFact]
    public void Pages_and_pictures_take_dependent_effects()
    {
        var review = Read("random: study/effect, cluster: study, moderators: [region]");
        var result = review.Analyse("x");
        var picture = ForestPlot.Draw(result);
        picture.Description.ShouldContain("τ² = ");
        picture.ToSvg().ShouldContain("(study/effect)");
        picture.Description.ShouldStartWith("9 effects in 5 studies, ");
        var html = ReviewReport.Of(review).ToHtml();
        html.ShouldContain("a new effect of a new study");
        html.ShouldContain("Without each cluster of studies");
        html.ShouldContain(">9 in 5 studies<");
        var page = SensitivityReport.Of(result.Overall!, SensitivityOptions.For(result));
        page.Findings.Where(finding => finding.Result != null).Select(finding => finding.Name).ShouldBe(["leave-one-cluster-out", "cluster-robust", "variances", "small-study-test"]);
        page.Findings.Where(finding => finding.Result == null).ShouldAllBe(finding => finding.Problem != null);
        page.ToString().ShouldContain("With all 9 effects in 5 studies the mean difference is ");
        JsonDocument.Parse(Report.Json(page)).RootElement.GetProperty("effectCount").GetInt32().ShouldBe(9);
        var assumed = Read("random: study/effect, cluster: study, rho: 0.55").Analyse("x");
        var sweep = (CorrelationSweepResult)SensitivityReport.Of(assumed.Overall!, SensitivityOptions.For(assumed) with { Only = ["rho"] }).Findings.ShouldHaveSingleItem().Result!;
        sweep.Steps.Select(step => step.Correlation).ShouldBe([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9]);
        sweep.Steps[6].Result!.Coefficients[0].Estimate.ShouldBe(assumed.Multilevel!.Estimate, 1e-10);
        var script = RScript.For(result);
        script.ShouldContain("res <- rma.mv(yi, V, random=list(~ 1 | g1, ~ 1 | g2), data=dat, slab=study, method=\"REML\", test=\"t\", level=95)");
        script.ShouldContain("dat$g1 <- c(1, 1, 2, 2, 3, 4, 4, 5, 5)");
        script.ShouldContain("Not repeated here: the regression of the dependent effects, cluster-robust inference.");
        var structured = RScript.For(Read("random: [{term: group | study, structure: HCS}], cluster: study, rho: 0.5, test: contain").Analyse("x"));
        structured.ShouldContain("dat <- dat[c(1, 2, 3, 4, 6, 7, 8, 9), ]");
        structured.ShouldContain("random=list(~ i1 | g1), struct=c(\"HCS\")");
        structured.ShouldContain("V[c(1, 2), c(1, 2)] <- c(0.04");
        structured.ShouldContain("test=\"t\", dfs=\"contain\"");
    }

    /// <summary>Means of categories are those of the library; a row without its group needs no cluster; the end of a search is told.</summary>
    [EveryCultureFact]
    public void Means_of_categories_and_the_account_of_the_search_are_shown()
    {
        var result = Read("random: study/effect, moderators: [region], also: [terms], cluster: study").Analyse("x");
        result.Problem.ShouldBeNull();
        var means = result.RegressionFurther!.Means.ShouldHaveSingleItem();
        means.Means.Select(mean => mean.Estimate).ShouldBe(result.MultilevelRegression!.MarginalMeans("region").Select(mean => mean.Estimate));
        Report.Text(result).ReplaceLineEndings(" ").ShouldContain("The mean of each category of region, numbers at their mean");
        Report.Text(result).ReplaceLineEndings(" ").ShouldContain("Meta-regression of the dependent effects: converged after");
        JsonDocument.Parse(Report.Json([result])).RootElement[0].GetProperty("regressionFurther").GetProperty("means")[0].GetProperty("means").GetArrayLength().ShouldBe(3);
        Report.Csv([result]).ShouldContain(",marginal-mean,north,");
        var table = StudyTable.ReadCsv(new StringReader("study,yi,vi\na,1,0.1\na,2,0.1\nb,1,0.1\nb,2.2,0.1\n,3,0.1\nc,1.5,0.1\n"), "t.csv");
        var some = table.Analyse(new Analysis { Id = "t", Outcome = "t", Measure = "GEN", Random = [new() { Term = "study/effect" }], Cluster = "study", Rho = 0.3 });
        some.Multilevel!.Excluded.ShouldHaveSingleItem().Reason.ShouldBe("its 'study' is missing");
        some.Multilevel.Provenance.StoppedBecause.ShouldContain("; variance of study at its end, 0");
        SensitivityReport.Of(some.Multilevel, SensitivityOptions.For(some) with { Only = ["rho"] }).Findings.Single().Result.ShouldNotBeNull();
        table.Analyse(new Analysis { Id = "t", Outcome = "t", Measure = "GEN", Random = [new() { Term = "study/effect" }, new() { Term = "study" }] }).Problem
            .ShouldBe("'study' stands in two terms, but has one variance: leave it out of one of them.");
    }

    /// <summary>GRADE counts studies once, and the people of several effects not at all.</summary>
    [EveryCultureFact]
    public void Certainty_counts_studies_and_not_effects()
    {
        var review = Read("random: study/effect, cluster: study");
        var found = review.AssessCertainty(review.Analyse("x"));
        found.StudyCount.ShouldBe(5);
        found.StartSuggestion.ShouldStartWith("5 of 5 studies do not say their design");
        found.Participants.ShouldBeNull();
        found.Domains.Single(domain => domain.Reason == CertaintyReason.PublicationBias).Suggestion.Sentence.ShouldStartWith("With 5 clusters no test tells chance from bias");
        CertaintyReport.Of([found]).ToString().ShouldContain("9 effects in 5 studies: MD 0.65");
    }

    [Fact]
    public void The_test_of_Kenward_and_Roger_is_asked_for_by_name()
    {
        var result = Read("random: study/effect, test: kenward-roger").Analyse("x");
        var (usual, pooled) = (Read("random: study/effect").Analyse("x").Multilevel!, result.Multilevel!);
        (pooled.Options.Test, pooled.Estimate).ShouldBe((MultilevelTest.KenwardRoger, usual.Estimate));
        pooled.StandardError.ShouldBeGreaterThan(usual.StandardError);
        pooled.ToMarkdown().ShouldContain("t with the corrected covariance and degrees of freedom of Kenward and Roger");
        RScript.For(result).ShouldContain("# rma.mv has no test by Kenward and Roger: the estimate is the same, its standard error is not corrected, and its interval and p-value have k - p.");
    }

    private static Review Read(string keys) =>
        Review.Parse($"schema: metaspine/review/1\nanalyses: [{{id: x, outcome: pain, measure: MD, group: each, {keys}}}]\n{Studies}", "review.yaml");
}
