using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>What a review's analysis can ask for beside its main result, and the subgroups of every model.</summary>
public sealed class ReviewFurtherTests
{
    private static readonly Review Vaccine = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));

    private static Analysis Asked => Vaccine.Analyses.Single(analysis => analysis.Id == "risk-ratio") with { Measure = "OR" };

    private static PooledResult Pooled => Vaccine.Analyse(Asked).Pooled!;

    private static string[] Allocation => [.. Vaccine.Studies.Select(study => study.FindModerator("allocation")!.Text)];

    /// <summary>Seven trials with all three ways of allocation, for which resampling is quick.</summary>
    private static Review Seven => Vaccine with { Studies = [.. Vaccine.Studies.Skip(4).Take(7)] };

    private static Predictor Latitude => Predictor.Numeric("latitude", [.. Vaccine.Studies.Select(study => study.FindModerator("latitude")!.Number!.Value)]);

    [EveryCultureFact]
    public void The_beta_binomial_and_the_exact_model_are_those_of_the_library()
    {
        var data = Pooled.Effects.Data;
        var beta = Vaccine.Analyse(Asked with { Method = null, Model = "beta-binomial", Level = 0.9 });
        beta.Problem.ShouldBeNull();
        beta.BetaBinomial!.Effect.ShouldBe(BetaBinomial.Fit(Measures.OR, data, 0.9).Effect);
        beta.Overall.ShouldBe(beta.BetaBinomial);
        var exact = Vaccine.Analyse(Asked with { Method = null, Model = "exact" });
        exact.Exact!.Interval.ShouldBe(ExactOddsRatio.Pool(data).Interval);
        exact.IsPooled.ShouldBeTrue();

        var json = JsonDocument.Parse(Report.Json([beta, exact])).RootElement;
        json[0].GetProperty("betaBinomial").GetProperty("standardError").GetDouble().ShouldBe(beta.BetaBinomial.Effect.StandardError);
        json[1].GetProperty("exact").GetProperty("natural").GetProperty("estimate").GetDouble().ShouldBe(Math.Exp(exact.Exact.Estimate));
        Report.Text(beta, 1000).ShouldContain("Heterogeneity: intraclass correlation 0.051; likelihood-ratio test against binomial counts χ²(1) = 3369.25, p < 0.001.");
        Should.Throw<StudyFileException>(() => Vaccine.Analyse(Asked with { Measure = "RR", Method = null, Model = "exact" })).Faults.Single().Message
            .ShouldEndWith(": exact does not pool RR; it pools OR");
    }

    /// <summary>Each subgroup is its studies pooled alone, and the test is the weighted sum of squares about the weighted mean.</summary>
    [EveryCultureTheory]
    [InlineData("mantel-haenszel")]
    [InlineData("peto")]
    [InlineData("glmm")]
    [InlineData("beta-binomial")]
    public void Every_model_for_counts_compares_subgroups(string model)
    {
        var result = Vaccine.Analyse(Asked with { Method = null, Model = model, Subgroup = "allocation" });
        result.Problem.ShouldBeNull();
        result.Subgroups.Select(group => group.Name).ShouldBe(["random", "alternate", "systematic"]);
        double weights = 0, sum = 0, squares = 0;
        foreach (var group in result.Subgroups)
        {
            var alone = new Review { Studies = [.. Vaccine.Studies.Where((_, row) => Allocation[row] == group.Name)] };
            var pooled = alone.Analyse(Asked with { Method = null, Model = model }).Overall!;
            group.Result.Estimate.ShouldBe(pooled.Estimate);
            group.Result.StandardError.ShouldBe(pooled.StandardError);
            group.Result.StudyCount.ShouldBe(pooled.StudyCount);
            group.Result.Excluded.ShouldBeEmpty();
            var weight = 1 / (pooled.StandardError!.Value * pooled.StandardError.Value);
            (weights, sum, squares) = (weights + weight, sum + weight * pooled.Estimate, squares + weight * pooled.Estimate * pooled.Estimate);
        }

        // The difference of two sums of about 1000 leaves 12 digits.
        result.SubgroupTest!.Value.Statistic.ShouldBe(squares - sum * sum / weights, 1e-9);
        result.SubgroupTest.Value.DegreesOfFreedom.ShouldBe(2);
        if (model == "mantel-haenszel")
        {
            // From metafor 3.8.1's rma.mh for each subgroup, in the 12 digits that R printed.
            result.SubgroupTest.Value.Statistic.ShouldBe(21.549878413, 1e-9);
        }

        Report.Text(result, 1000).ShouldContain(model == "glmm" ? "Subgroups by allocation, each with its own τ². Test of equal effects: Q(2) = " : "Subgroups by allocation. Test of equal effects: Q(2) = ");
        Report.Csv([result]).ShouldContain("risk-ratio,alternate,pooled,");
    }

    [EveryCultureFact]
    public void Exact_subgroups_have_no_test_and_say_why()
    {
        var result = Vaccine.Analyse(Asked with { Method = null, Model = "exact", Subgroup = "allocation" });
        result.Subgroups.Count.ShouldBe(3);
        result.SubgroupTest.ShouldBeNull();
        result.Notes.ShouldContain(note => note.StartsWith("There is no test between the subgroups", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void A_subgroup_that_a_model_cannot_pool_is_named_with_the_reason()
    {
        var data = new EffectData(["a", "b", "c", "d"]) { ["ai"] = [1, 2, 0, 5], ["n1i"] = [10, 10, 10, 20], ["ci"] = [3, 1, 0, 8], ["n2i"] = [10, 10, 10, 20] };
        var result = Subgroups.Pool(data, ["x", "x", "none", null], part => MantelHaenszel.Pool(Measures.OR, part), "dose");
        result.Groups.Single().Name.ShouldBe("x");
        result.Test.ShouldBeNull();
        result.Notes.Single().ShouldStartWith("The subgroup none cannot be pooled: ");
        result.Excluded.Select(study => (study.Label, study.Reason)).ShouldBe([("c", "the subgroup none cannot be pooled"), ("d", "its dose is missing")]);
        Should.Throw<PoolingException>(() => Subgroups.Pool(data, ["a", "b", "none", "none"], _ => throw new PoolingException("no events.")))
            .Message.ShouldBe("The subgroup a cannot be pooled: no events. The subgroup b cannot be pooled: no events. The subgroup none cannot be pooled: no events.");
        Should.Throw<ArgumentException>(() => Subgroups.Pool(data, ["a"], _ => throw new PoolingException(""))).Message.ShouldContain("There are 1 categories for 4 studies");
    }

    [EveryCultureFact]
    public void What_is_known_of_the_subgroups_reaches_the_notes()
    {
        var result = Vaccine.Analyse(Asked with { Subgroup = "allocation" });
        result.Notes.ShouldContain(note => note.Contains("(alternate, systematic); a common τ² makes the comparison steadier", StringComparison.Ordinal));
        Report.Text(result, 1000).ShouldContain("(alternate, systematic); a common τ² makes the comparison steadier");
    }

    [EveryCultureFact]
    public void Further_inference_is_that_of_the_library()
    {
        var clusters = Allocation[4..11];
        var result = Seven.Analyse(Asked with
        {
            Moderators = ["latitude"], Cluster = "allocation", Robust = "CR1",
            Also = ["Permutation", "bootstrap", "henmi-copas", "profile-likelihood", "bootstrap"],
        });
        result.Problem.ShouldBeNull();
        var (pooled, further) = (result.Pooled!, result.Further!);
        further.Robust!.Coefficients.ShouldBe(pooled.Robust(clusters, RobustType.CR1).Coefficients);
        further.Permutation!.Coefficients[0].ShouldBe(pooled.Permute().Coefficients[0]);
        further.Bootstrap!.Estimate.ShouldBe(pooled.Bootstrap().Estimate);
        further.HenmiCopas!.Interval.ShouldBe(pooled.HenmiCopasInterval().Interval);
        further.Profiles.Single().Interval.ShouldBe(pooled.ProfileLikelihoodInterval().Interval);

        var (regression, beside) = (result.Regression!, result.RegressionFurther!);
        beside.Robust!.Coefficients.ShouldBe(regression.Robust(clusters, RobustType.CR1).Coefficients);
        beside.Permutation!.ModeratorsPValue.ShouldBe(regression.Permute().ModeratorsPValue);
        beside.Profiles[1].Interval.ShouldBe(regression.ProfileLikelihoodInterval(1).Interval);
        (beside.Bootstrap, beside.HenmiCopas).ShouldBe((null, null));

        var json = JsonDocument.Parse(Report.Json([result])).RootElement[0];
        json.GetProperty("further").GetProperty("bootstrap").GetProperty("tau2").GetProperty("percentile").GetProperty("upper").GetDouble().ShouldBe(further.Bootstrap.Tau2.Percentile.Upper);
        json.GetProperty("regressionFurther").GetProperty("profiles")[1].GetProperty("pValue").GetDouble().ShouldBe(beside.Profiles[1].PValue);
        var rows = Report.Csv([result]).Split("\r\n").Select(line => line.Split(',')).ToList();
        rows.Select(row => row.ElementAtOrDefault(2)).Distinct().ShouldBe(
        [
            "row", "study", "pooled", "prediction", "robust", "permutation", "bootstrap-percentile", "bootstrap-bca", "henmi-copas", "profile-likelihood",
            "coefficient", "coefficient-robust", "coefficient-permutation", "coefficient-profile-likelihood", null,
        ]);
        rows.Single(row => row.ElementAtOrDefault(2) == "henmi-copas")[Array.IndexOf(rows[0], "natural_upper")]
            .ShouldBe(Math.Exp(further.HenmiCopas.Interval.Upper).ToString("R", System.Globalization.CultureInfo.InvariantCulture));

        // Interval and test as clubSandwich 0.5.8 gives them (CR1, naive-t) after metafor 3.8.1.
        var text = Report.Text(result, 1000);
        text.ShouldContain("With standard errors that allow effects of one cluster to depend on each other (CR1, 3 clusters), the pooled odds ratio of 7 studies was 0.52 (95% CI 0.37 to 0.75; t(2) = -7.86, p = 0.016).");
        text.ShouldContain("(CR1, 3 clusters), the test of the moderators is F(1, 1) = ");
    }

    [EveryCultureFact]
    public void Without_a_cluster_for_every_study_there_are_no_robust_errors_and_the_studies_are_named()
    {
        var some = Vaccine with { Studies = [.. Vaccine.Studies.Select((study, i) => i == 3 ? study with { Moderators = [.. study.Moderators.Where(m => m.Name != "allocation")] } : study)] };
        var result = some.Analyse(Asked with { Cluster = "allocation" });
        result.Pooled.ShouldNotBeNull();
        result.Further!.Robust.ShouldBeNull();
        result.Problem.ShouldBe("Cluster-robust standard errors cannot be computed: allocation is missing for Hart & Sutherland 1977; give each a cluster, one of its own where it stands alone.");
    }

    [EveryCultureFact]
    public void A_location_scale_model_is_that_of_the_library()
    {
        foreach (var asked in new[] { Asked with { Formula = "~ latitude" }, Asked with { Moderators = ["latitude"] } })
        {
            var result = Vaccine.Analyse(asked with { Scale = "~ latitude", ScaleLink = "identity", Method = "ML" });
            result.Problem.ShouldBeNull();
            var formula = Formula.Parse("~ latitude");
            var fit = LocationScale.Fit(result.Pooled!.Effects, formula, formula, [Latitude], new PoolingOptions { Method = PoolingMethod.ML }, ScaleLink.Identity);
            result.LocationScale!.Coefficients.Select(c => c.Estimate).ShouldBe(fit.Coefficients.Select(c => c.Estimate));
            result.LocationScale.ScaleCoefficients.Select(c => c.Estimate).ShouldBe(fit.ScaleCoefficients.Select(c => c.Estimate));
        }

        var alone = Vaccine.Analyse(Asked with { Scale = "~ latitude" });
        alone.LocationScale!.Coefficients.Count.ShouldBe(1);
        Report.Text(alone, 1000).ShouldContain("depends on a constant, and ln τ² on latitude.");
        JsonDocument.Parse(Report.Json([alone])).RootElement[0].GetProperty("locationScale").GetProperty("scaleCoefficients")[1].GetProperty("estimate").GetDouble()
            .ShouldBe(alone.LocationScale.ScaleCoefficients[1].Estimate);
        Report.Csv([alone]).ShouldContain("risk-ratio,,scale,latitude,");
    }

    [EveryCultureFact]
    public void A_study_without_a_moderator_is_pooled_and_named_beside_the_models_that_need_it()
    {
        var some = Vaccine with { Studies = [.. Vaccine.Studies.Select((study, i) => i == 3 ? study with { Moderators = [.. study.Moderators.Where(m => m.Name != "latitude")] } : study)] };
        var result = some.Analyse(Asked with { Formula = "~ year", Scale = "~ latitude" });
        result.Regression!.StudyCount.ShouldBe(13);
        result.LocationScale!.Studies.Count.ShouldBe(12);
        var text = Report.Text(result, 1000);
        text.ShouldContain("Not in the location-scale model: Hart & Sutherland 1977 (the moderator 'latitude' is missing).");
        text.ShouldNotContain("Not in the meta-regression");
        Report.Text(some.Analyse(Asked with { Moderators = ["latitude"] }), 1000).ShouldContain("Not in the meta-regression: Hart & Sutherland 1977 (the moderator 'latitude' is missing).");
    }

    [EveryCultureFact]
    public void What_few_studies_do_not_allow_is_said_and_the_rest_is_there()
    {
        var two = Vaccine with { Studies = [.. Vaccine.Studies.Take(2)] };
        var result = two.Analyse(Asked with { Also = ["bootstrap", "profile-likelihood"], Scale = "~ latitude" });
        result.Further!.Bootstrap.ShouldBeNull();
        result.Further.Profiles.Count.ShouldBe(1);
        result.Problem.ShouldNotBeNull();
        result.Problem.ShouldContain("The location-scale model cannot be fitted: ");
        result.Problem.ShouldContain("The bootstrap cannot be made: A bootstrap needs at least three studies");
    }

    [EveryCultureTheory]
    [InlineData("also: [permutaion]", "also of the analysis first: there is no further inference 'permutaion'; did you mean permutation?")]
    [InlineData("also: [bootstrap], test: kr", "also of the analysis first: bootstrap refits the model many times, with the test z, t, knha or adhoc, not kr")]
    [InlineData("also: [bootstrap], profile: revman5", "also of the analysis first: bootstrap takes I^2 from tau^2; the profile revman5 takes it from Q")]
    [InlineData("also: [bootstrap], model: exact", "also of the analysis first: it goes with inverse variance and not with the model exact; leave one of the two out")]
    [InlineData("cluster: dose, model: glmm", "cluster of the analysis first: it goes with inverse variance and not with the model glmm; leave one of the two out")]
    [InlineData("cluster: dose, robust: CR4", "robust of the analysis first: there is no cluster-robust covariance 'CR4'; did you mean CR0?")]
    [InlineData("robust: CR2", "robust of the analysis first: there are no clusters; name their moderator under cluster")]
    [InlineData("scale: ~ dose, scale_link: logit", "scale_link of the analysis first: there is no link of tau^2 'logit'; known here: log, identity")]
    [InlineData("scale_link: log", "scale_link of the analysis first: there is no scale; write the moderators of tau^2 as scale: ~ name")]
    [InlineData("scale: ~ dose, method: DL", "scale of the analysis first: a location-scale model is fitted by REML or ML, not DL")]
    [InlineData("scale: ~ dose, test: wider", "scale of the analysis first: a location-scale model is tested by z, t, knha or adhoc, not wider")]
    [InlineData("scale: ~ does", "scale of the analysis first: Column 3 of the formula '~ does': there is no moderator 'does'; did you mean dose?")]
    [InlineData("method: GENQ", "method of the analysis first: the generalised Q estimator (GENQ) needs weights; name their moderator under weights")]
    [InlineData("method: DL, test: kr", "test of the analysis first: The Kenward-Roger test is defined for an estimated REML model")]
    [InlineData("method: DL, tau2_interval: PL", "tau2_interval of the analysis first: A profile-likelihood interval needs the method ML or REML, not DL")]
    [InlineData("model: beta-binomial, test: z", "test of the analysis first: the model beta-binomial has no choice of it; leave it out")]
    [InlineData("subgroup: dose, subgroup_tau2: common, model: peto", "subgroup_tau2 of the analysis first: it goes with inverse variance and not with the model peto")]
    public void What_makes_no_sense_is_refused_with_its_place(string keys, string message)
    {
        var fault = Should.Throw<StudyFileException>(() => Parsed(keys).Analyse("first")).Faults.Single();
        fault.Message.ShouldStartWith(message);
        (fault.Position.File, fault.Position.Line).ShouldBe(("review.yaml", 7));
    }

    [EveryCultureFact]
    public void A_permutation_test_of_an_arbitrary_value_is_refused()
    {
        var asked = Asked with { Measure = "PLO", Arm = "bcg", Also = ["permutation"] };
        Should.Throw<StudyFileException>(() => Seven.Analyse(asked)).Faults.Single().Message.ShouldContain("would test an arbitrary value");
        var result = Seven.Analyse(asked with { Moderators = ["latitude"] });
        result.Further!.Permutation.ShouldBeNull();
        result.RegressionFurther!.Permutation.ShouldNotBeNull();
    }

    [EveryCultureFact]
    public void A_cluster_that_no_study_has_is_a_fault_of_the_file()
    {
        var fault = Should.Throw<StudyFileException>(() => Parsed("cluster: doze")).Faults.Single();
        fault.Message.ShouldBe("no study of the review has the moderator 'doze'; did you mean dose?");
        Should.Throw<ArgumentException>(() => Vaccine.Analyse(Asked with { Cluster = "alocation" })).Message.ShouldContain("did you mean allocation?");
    }

    [EveryCultureFact]
    public void Predictions_over_the_uncertainty_of_tau2_and_shares_beyond_a_threshold_are_those_of_the_library()
    {
        var result = Seven.Analyse(Asked with { Also = ["nagashima"], Threshold = 0.8 });
        result.Problem.ShouldBeNull();
        var pooled = result.Pooled!;
        result.Further!.Nagashima!.Interval.ShouldBe(pooled.NagashimaPredictionInterval()!.Value);
        var share = result.Further.Share!;
        share.Below.ShouldBe(pooled.ShareBelow(Math.Log(0.8))!.Value);

        var json = JsonDocument.Parse(Report.Json([result])).RootElement[0].GetProperty("further");
        json.GetProperty("share").GetProperty("shareBelow").GetDouble().ShouldBe(share.Below);
        json.GetProperty("nagashima").GetProperty("natural").GetProperty("lower").GetDouble().ShouldBe(Math.Exp(result.Further.Nagashima.Interval.Lower));
        var text = Report.Text(result, 1000);
        text.ShouldContain($"the true odds ratio is expected below 0.8 in {(100 * share.Below).ToString("F1", System.Globalization.CultureInfo.InvariantCulture)}% and above it in");
        text.ShouldContain("By Nagashima et al., with τ² as uncertain as it is, the true odds ratio of a new, similar study is expected between");
        Report.Csv([result]).ShouldContain(FormattableString.Invariant($"risk-ratio,,share-below,0.8,{share.Below:R},"));

        Fault(Asked with { Method = "EE", Threshold = 0.8 }).ShouldContain("threshold of the analysis risk-ratio: under equal effects");
        Fault(Asked with { Threshold = -1 }).ShouldContain("OR cannot be -1; write the value as readers see it");
        Fault(Asked with { Method = null, Tau2 = 0.1, Also = ["nagashima"] }).ShouldContain("without a fixed tau^2");
        Fault(Asked with { Method = null, Model = "peto", Threshold = 0.8 }).ShouldContain("not with the model peto");

        static string Fault(Analysis analysis) => Should.Throw<StudyFileException>(() => Seven.Analyse(analysis)).Faults.Single().Message;
    }

    [EveryCultureFact]
    public void The_keys_survive_writing()
    {
        var review = Parsed("cluster: dose, robust: CR1S, scale: ~ dose, scale_link: identity, also: [permutation, henmi-copas], threshold: 0.9");
        var again = Review.Parse(review.ToYaml(), "again.yaml");
        again.ShouldBe(review);
        var analysis = again.Analyses.Single();
        (analysis.Cluster, analysis.Robust, analysis.Scale, analysis.ScaleLink).ShouldBe(("dose", "CR1S", "~ dose", "identity"));
        analysis.Also.ShouldBe(["permutation", "henmi-copas"]);
        analysis.Threshold.ShouldBe(0.9);
    }

    private static Review Parsed(string keys) => Review.Parse($$$"""
        schema: metaspine/review/1
        studies:
          - {id: a, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 1}, outcomes: [{{{Outcome(2, 3)}}}]}
          - {id: b, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 2}, outcomes: [{{{Outcome(4, 1)}}}]}
          - {id: c, arms: {t: {role: intervention}, c: {role: control}}, moderators: {dose: 4}, outcomes: [{{{Outcome(1, 5)}}}]}
        analyses:
          - {id: first, outcome: stiff, measure: OR, {{{keys}}}}
        """, "review.yaml");

    private static string Outcome(int treated, int control) =>
        FormattableString.Invariant($"{{id: stiff, type: dichotomous, results: [{{arm: t, events: {treated}, total: 10}}, {{arm: c, events: {control}, total: 10}}]}}");
}
