namespace MetaSpine.Tests;

/// <summary>Likelihood ratios and multimodel inference, against metafor's anova and fits of all subsets.</summary>
public sealed class ModelComparisonTests
{
    private static RegressionResult Fit(string formula, PoolingMethod method = PoolingMethod.ML) => RegressionPeers.Fit(formula, PoolingTest.Z, method);

    [EveryCultureFact]
    public void The_likelihood_ratio_is_that_of_metafor()
    {
        var expected = RegressionPeers.Root.GetProperty("lrt");
        var comparison = ModelComparison.LikelihoodRatio(Fit("~ ablat"), Fit("~ ablat + year + alloc"));
        comparison.Statistic.ShouldBe(expected.GetProperty("stat").GetDouble(), 1e-8);
        comparison.DegreesOfFreedom.ShouldBe(expected.GetProperty("df").GetInt32());
        comparison.PValue.ShouldBe(expected.GetProperty("p").GetDouble(), 1e-8);
        comparison.R2!.Value.ShouldBe(expected.GetProperty("r2").GetDouble(), 1e-6);
    }

    /// <summary>A pooled result is the regression on the intercept; and a model may be written in another basis of the same columns.</summary>
    [EveryCultureFact]
    public void Nesting_is_judged_by_the_columns_and_not_by_their_names()
    {
        var options = new PoolingOptions { Method = PoolingMethod.ML, Test = PoolingTest.Z };
        var pooled = MetaAnalysis.Pool(RegressionPeers.Effects, options);
        ModelComparison.LikelihoodRatio(pooled, Fit("~ ablat")).Statistic
            .ShouldBe(ModelComparison.LikelihoodRatio(Fit("~ 1"), Fit("~ ablat")).Statistic, 1e-12);
        ModelComparison.LikelihoodRatio(Fit("~ ablat"), Fit("~ poly(ablat, 2)")).DegreesOfFreedom.ShouldBe(1);
        ModelComparison.LikelihoodRatio(Fit("~ alloc"), Fit("~ 0 + alloc + ablat")).DegreesOfFreedom.ShouldBe(1);
    }

    /// <summary>Under equal effects twice the difference of the log-likelihoods is that of the residual sums of squares, and there is no tau^2 to explain.</summary>
    [EveryCultureFact]
    public void Under_equal_effects_the_likelihood_ratio_is_the_fall_of_Q()
    {
        var (reduced, full) = (Fit("~ ablat", PoolingMethod.EE), Fit("~ ablat + alloc", PoolingMethod.EE));
        var comparison = ModelComparison.LikelihoodRatio(reduced, full);
        comparison.Statistic.ShouldBe(reduced.Q.Statistic - full.Q.Statistic, 1e-10);
        comparison.DegreesOfFreedom.ShouldBe(2);
        comparison.PValue.ShouldBe(Math.Exp(-comparison.Statistic / 2), 1e-12);
        comparison.R2.ShouldBeNull();
        (comparison.Reduced, comparison.Full).ShouldBe((reduced, full));
    }

    [EveryCultureFact]
    public void Nothing_is_explained_where_there_is_no_tau2()
    {
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = [0.1, 0.2, 0.15, 0.12, 0.18], ["vi"] = [1, 1, 1, 1, 1] });
        var options = new PoolingOptions { Method = PoolingMethod.ML, Test = PoolingTest.Z };
        var comparison = ModelComparison.LikelihoodRatio(
            MetaAnalysis.Pool(effects, options), MetaAnalysis.Regress(effects, "~ x", [Predictor.Numeric("x", [1, 2, 3, 4, 6])], options));
        comparison.R2.ShouldBe(0);
        comparison.Statistic.ShouldBeGreaterThan(0);
    }

    [EveryCultureFact]
    public void Models_that_cannot_be_compared_are_refused_with_the_reason()
    {
        string Message(ModelResult reduced, ModelResult full) => Should.Throw<ArgumentException>(() => ModelComparison.LikelihoodRatio(reduced, full)).Message;
        Message(Fit("~ ablat", PoolingMethod.REML), Fit("~ ablat + year", PoolingMethod.REML)).ShouldContain("fit both models by ML");
        Message(Fit("~ ablat", PoolingMethod.DL), Fit("~ ablat + year", PoolingMethod.ML)).ShouldContain("not DL and ML");
        Message(Fit("~ ablat", PoolingMethod.DL), Fit("~ ablat + year", PoolingMethod.DL)).ShouldContain("not DL and DL");
        Message(Fit("~ ablat", PoolingMethod.REML), Fit("~ ablat + year")).ShouldContain("not REML and ML");
        Message(Fit("~ ablat"), Fit("~ ablat + year", PoolingMethod.REML)).ShouldContain("not ML and REML");
        Message(Fit("~ ablat + year"), Fit("~ ablat")).ShouldContain("not nested");
        Message(Fit("~ alloc"), Fit("~ ablat + year")).ShouldContain("not nested");
        Message(Fit("~ ablat"), Fit("~ ablat")).ShouldContain("not nested");
        var year = RegressionPeers.Numbers("year");
        year[0] = double.NaN;
        var fewer = MetaAnalysis.Regress(
            RegressionPeers.Effects, "~ ablat + year", [RegressionPeers.Moderators[0], Predictor.Numeric("year", year)], new PoolingOptions { Method = PoolingMethod.ML });
        Message(Fit("~ ablat"), fewer).ShouldContain("different studies (13 and 12)");
    }

    [EveryCultureFact]
    public void All_subsets_are_those_of_metafor_weighed_by_AICc()
    {
        var result = Multimodel.AllSubsets(RegressionPeers.Effects, Formula.Parse("~ ablat + year + alloc"), RegressionPeers.Moderators);
        result.Models.Count.ShouldBe(8);
        var models = RegressionPeers.Root.GetProperty("subsets").EnumerateArray().Select(subset => (
            Terms: RegressionPeers.Texts(subset.GetProperty("terms")),
            Aicc: subset.GetProperty("aicc").GetDouble(),
            Names: RegressionPeers.Texts(subset.GetProperty("names")),
            B: RegressionPeers.Numbers(subset.GetProperty("b")),
            Se: RegressionPeers.Numbers(subset.GetProperty("se")))).OrderBy(model => model.Aicc).ToList();
        double[] weights = [.. models.Select(model => Math.Exp(-model.Aicc / 2) / models.Sum(other => Math.Exp(-other.Aicc / 2)))];
        for (var i = 0; i < 8; i++)
        {
            result.Models[i].Terms.ShouldBe(models[i].Terms);
            result.Models[i].Aicc.ShouldBe(models[i].Aicc, 1e-8);
            result.Models[i].Weight.ShouldBe(weights[i], 1e-9);
        }

        foreach (var (name, theirs) in new[] { ("(Intercept)", "intrcpt"), ("ablat", "ablat"), ("allocrandom", "allocrandom") })
        {
            double Of(int i, double[] values) => Array.IndexOf(models[i].Names, theirs) is >= 0 and var at ? values[at] : 0;
            var mean = Enumerable.Range(0, 8).Sum(i => weights[i] * Of(i, models[i].B));
            var variance = Enumerable.Range(0, 8).Sum(i => weights[i] * (Math.Pow(Of(i, models[i].Se), 2) + Math.Pow(Of(i, models[i].B) - mean, 2)));
            var averaged = result.Coefficients.Single(c => c.Name == name);
            averaged.Estimate.ShouldBe(mean, 1e-6 * (1 + Math.Abs(mean)));
            averaged.StandardError.ShouldBe(Math.Sqrt(variance), 1e-6 * (1 + Math.Sqrt(variance)));
        }

        result.Importance[0].Importance.ShouldBe(Enumerable.Range(0, 8).Where(i => models[i].Terms.Contains("ablat")).Sum(i => weights[i]), 1e-9);
    }

    [EveryCultureFact]
    public void An_interaction_stays_with_its_parts_and_missing_moderators_leave_all_models()
    {
        var year = RegressionPeers.Numbers("year");
        year[0] = double.NaN;
        var result = Multimodel.AllSubsets(
            RegressionPeers.Effects, Formula.Parse("~ ablat * year"), [RegressionPeers.Moderators[0], Predictor.Numeric("year", year)]);
        result.Models.Count.ShouldBe(5);
        result.Models.ShouldAllBe(model => model.Result.StudyCount == 12);
        result.Excluded.Single().Reason.ShouldBe("the moderator 'year' is missing");
        result.Models.Sum(model => model.Weight).ShouldBe(1, 1e-12);
        Should.Throw<ArgumentException>(() => Multimodel.AllSubsets(RegressionPeers.Effects, Formula.Parse("~ ablat"), RegressionPeers.Moderators, PoolingOptions.Default))
            .Message.ShouldContain("not REML");
    }

    /// <summary>AICc under equal effects is that of a weighted regression, and without an intercept the empty model is none of them.</summary>
    [EveryCultureFact]
    public void Without_an_intercept_every_model_has_a_term()
    {
        var options = new PoolingOptions { Method = PoolingMethod.EE, Test = PoolingTest.Z, Level = 0.9 };
        var result = Multimodel.AllSubsets(RegressionPeers.Effects, Formula.Parse("~ 0 + ablat + year"), RegressionPeers.Moderators, options);
        result.StudyCount.ShouldBe(13);
        result.Models.Select(model => string.Join(" ", model.Terms)).Order(StringComparer.Ordinal).ShouldBe(["ablat", "ablat year", "year"]);
        foreach (var model in result.Models)
        {
            var m = model.Terms.Count;
            model.Aicc.ShouldBe(-2 * model.Result.Fit.LogLikelihood + 2.0 * m * 13 / (13 - m - 1), 1e-10);
            model.Difference.ShouldBe(model.Aicc - result.Models.Min(other => other.Aicc), 1e-12);
        }

        foreach (var (coefficient, (term, importance)) in result.Coefficients.Zip(result.Importance))
        {
            coefficient.Name.ShouldBe(term);
            coefficient.Importance.ShouldBe(importance);
            coefficient.Statistic.ShouldBe(coefficient.Estimate / coefficient.StandardError, 1e-12);
            coefficient.Interval.Upper.ShouldBe(coefficient.Estimate + 1.6448536269514722 * coefficient.StandardError, 1e-12);
        }

        string[] names = [.. Enumerable.Range(1, 13).Select(i => $"x{i}")];
        Should.Throw<ArgumentException>(() => Multimodel.AllSubsets(RegressionPeers.Effects, Formula.Parse(string.Join("+", names)), []))
            .Message.ShouldStartWith("13 terms make too many models to average sensibly; choose at most 12 beforehand.");
    }
}
