namespace MetaSpine.Tests;

/// <summary>Contrasts, tests of terms, variance inflation and marginal means, against metafor's anova, vif and predict.</summary>
public sealed class ContrastTests
{
    private const string Model = "~ ablat + year + alloc";

    [EveryCultureTheory]
    [InlineData(PoolingTest.KnappHartung, "knha")]
    [InlineData(PoolingTest.Z, "z")]
    public void Pairwise_differences_of_a_category_are_those_of_metafor(PoolingTest test, string name)
    {
        var expected = RegressionPeers.Root.GetProperty("contrasts").GetProperty(name);
        var pairs = RegressionPeers.Fit(Model, test).PairwiseDifferences("alloc");
        pairs.Contrasts.Select(c => c.Name).ShouldBe(["random - alternate", "systematic - alternate", "systematic - random"]);
        RegressionPeers.Agree("estimate", [.. pairs.Contrasts.Select(c => c.Estimate)], RegressionPeers.Numbers(expected.GetProperty("estimate")), 1e-8);
        RegressionPeers.Agree("se", [.. pairs.Contrasts.Select(c => c.StandardError)], RegressionPeers.Numbers(expected.GetProperty("se")), 1e-8);
        RegressionPeers.Agree("p", [.. pairs.Contrasts.Select(c => c.PValue)], RegressionPeers.Numbers(expected.GetProperty("p")), 1e-8);
        pairs.Joint.ShouldBeNull();
    }

    [EveryCultureTheory]
    [InlineData(Multiplicity.Bonferroni, "bonferroni")]
    [InlineData(Multiplicity.Holm, "holm")]
    [InlineData(Multiplicity.BenjaminiHochberg, "bh")]
    public void Adjusted_p_values_are_those_of_R(Multiplicity adjustment, string name)
    {
        var pairs = RegressionPeers.Fit(Model).PairwiseDifferences("alloc", adjustment);
        RegressionPeers.Agree(name, [.. pairs.Contrasts.Select(c => c.AdjustedPValue)], RegressionPeers.Numbers(RegressionPeers.Root.GetProperty("adjusted").GetProperty(name)), 1e-8);
    }

    /// <summary>R: p.adjust(c(.01, .02, .03, .04, .005), ...).</summary>
    [EveryCultureFact]
    public void Adjustment_of_a_textbook_list()
    {
        double[] p = [.01, .02, .03, .04, .005];
        RegressionPeers.Agree("holm", MultiplicityAdjustment.Adjust(p, Multiplicity.Holm), [.04, .06, .06, .06, .025], 1e-15);
        RegressionPeers.Agree("bh", MultiplicityAdjustment.Adjust(p, Multiplicity.BenjaminiHochberg), [.025, 1 / 30.0, .0375, .04, .025], 1e-15);
        RegressionPeers.Agree("bonferroni", MultiplicityAdjustment.Adjust(p, Multiplicity.Bonferroni), [.05, .1, .15, .2, .025], 1e-15);
        RegressionPeers.Agree("none", MultiplicityAdjustment.Adjust(p, Multiplicity.None), p, 0);
    }

    [EveryCultureFact]
    public void Terms_are_tested_as_metafor_tests_them()
    {
        var tests = RegressionPeers.Root.GetProperty("tests");
        var result = RegressionPeers.Fit(Model);
        result.TermTests.Select(test => test.Term).ShouldBe(["ablat", "year", "alloc"]);
        result.TermTests[2].Test.Statistic.ShouldBe(tests.GetProperty("alloc").GetProperty("stat").GetDouble(), 1e-8);
        result.TermTests[2].Test.PValue.ShouldBe(tests.GetProperty("alloc").GetProperty("p").GetDouble(), 1e-8);
        result.TermTests[0].Test.PValue.ShouldBe(result.Coefficients[1].PValue, 1e-12);
        result.Test("ablat", "year").Statistic.ShouldBe(tests.GetProperty("two").GetProperty("stat").GetDouble(), 1e-7);
        result.Test("ablat", "year", "alloc").Statistic.ShouldBe(result.Moderators.Statistic, 1e-9);
        RegressionPeers.Fit(Model, PoolingTest.Z).TermTests[2].Test.Statistic.ShouldBe(tests.GetProperty("alloc_z").GetProperty("stat").GetDouble(), 1e-8);
        Should.Throw<ArgumentException>(() => result.Test("aloc")).Message.ShouldContain("There is no coefficient 'aloc'");
    }

    [EveryCultureFact]
    public void Combinations_are_tested_by_name_and_together()
    {
        var result = RegressionPeers.Fit(Model);
        var set = result.Contrasts([LinearCombination.Of("random", ("allocrandom", 1)), LinearCombination.Of("systematic", ("allocsystematic", 1))]);
        set.Joint!.Value.Statistic.ShouldBe(result.TermTests[2].Test.Statistic, 1e-12);
        set.Contrasts[0].Estimate.ShouldBe(result.Coefficients[3].Estimate);
        Should.Throw<ArgumentException>(() => result.Contrasts([LinearCombination.Of("x", ("allocrandm", 1))])).Message.ShouldContain("did you mean allocrandom?");
        Should.Throw<ArgumentException>(() => result.Contrasts([])).Message.ShouldContain("There is no contrast to test.");
    }

    [EveryCultureFact]
    public void The_intercept_is_a_coefficient_like_the_others_and_what_cannot_be_tested_says_why()
    {
        var result = RegressionPeers.Fit(Model);
        ContrastSet Of(params IReadOnlyList<(string, double)> weights) => result.Contrasts([LinearCombination.Of("sum", weights)]);
        Of(("(Intercept)", 2)).Contrasts[0].Estimate.ShouldBe(2 * result.Coefficients[0].Estimate, 1e-14);
        Of([.. result.Coefficients.Select(c => (c.Name, 1.0))]).Contrasts[0].Estimate.ShouldBe(result.Coefficients.Sum(c => c.Estimate), 1e-13);
        Should.Throw<ArgumentException>(() => result.Test()).Message.ShouldStartWith("Name the coefficients or terms to test.");
        Should.Throw<ArgumentException>(() => Of(("ablat", 1), ("year", double.NaN))).Message.ShouldBe("The weight of 'year' in 'sum' is not a finite number.");
        Should.Throw<ArgumentException>(() => Of(("ablat", 1), ("ablat", -1))).Message.ShouldBe("All weights of 'sum' are 0.");
        var at = ModeratorValues.Of(("ablat", 30), ("year", 1970), ("alloc", "random"));
        (string Name, Action Call)[] missing =
        [
            ("name", () => LinearCombination.Of(null!, ("ablat", 1))), ("weights", () => LinearCombination.Of("sum", null!)), ("names", () => result.Test(null!)),
            ("combinations", () => result.Contrasts((IReadOnlyList<LinearCombination>)null!)), ("first", () => result.Difference(null!, at)), ("second", () => result.Difference(at, null!)),
            ("at", () => result.Predict(null!, null)), ("at", () => result.PredictAll(null!)),
        ];
        foreach (var (name, call) in missing)
        {
            Should.Throw<ArgumentNullException>(call).ParamName.ShouldBe(name);
        }
    }

    [EveryCultureFact]
    public void Variance_inflation_is_that_of_metafor()
    {
        var expected = RegressionPeers.Root.GetProperty("vif");
        var result = RegressionPeers.Fit(Model);
        RegressionPeers.Agree("coefficients", [.. result.CoefficientInflations.Select(v => v.Factor)], RegressionPeers.Numbers(expected.GetProperty("single")), 1e-7);
        RegressionPeers.Agree("terms", [.. result.VarianceInflations.Select(v => v.Factor)], RegressionPeers.Numbers(expected.GetProperty("term")), 1e-7);
        result.VarianceInflations[2].PerCoefficient.ShouldBe(Math.Pow(result.VarianceInflations[2].Factor, 0.25), 1e-12);
        RegressionPeers.Fit("~ ablat").VarianceInflations.Single().Factor.ShouldBe(1, 1e-14);
    }

    [EveryCultureTheory]
    [InlineData(MarginalWeights.Equal, "equal")]
    [InlineData(MarginalWeights.Proportional, "proportional")]
    public void Marginal_means_average_the_reference_grid(MarginalWeights weights, string name)
    {
        var expected = RegressionPeers.Root.GetProperty("marginal").GetProperty(name);
        var means = RegressionPeers.Fit("~ alloc + region + year").MarginalMeans("alloc", weights);
        means.Select(mean => mean.Category).ShouldBe(RegressionPeers.Texts(expected.GetProperty("levels")));
        RegressionPeers.Agree("estimate", [.. means.Select(mean => mean.Estimate)], RegressionPeers.Numbers(expected.GetProperty("estimate")), 1e-8);
        RegressionPeers.Agree("se", [.. means.Select(mean => mean.StandardError)], RegressionPeers.Numbers(expected.GetProperty("se")), 1e-8);
        Should.Throw<ArgumentException>(() => RegressionPeers.Fit("~ alloc + year").MarginalMeans("year")).Message.ShouldContain("The model has no category 'year'");
    }

    /// <summary>A combination that is a coefficient has that coefficient's degrees of freedom; another coding of the same model changes no combination.</summary>
    [EveryCultureFact]
    public void Kenward_Roger_holds_for_combinations()
    {
        var result = RegressionPeers.Fit("~ ablat + alloc", PoolingTest.KenwardRoger);
        var other = RegressionPeers.Fit("~ ablat + relevel(alloc, \"random\")", PoolingTest.KenwardRoger);
        var difference = result.PairwiseDifferences("alloc").Contrasts.Single(c => c.Name == "systematic - random");
        difference.DegreesOfFreedom!.Value.ShouldBe(other.Coefficients[3].DegreesOfFreedom!.Value, 1e-7);
        difference.PValue.ShouldBe(other.Coefficients[3].PValue, 1e-8);
        result.TermTests[1].Test.PValue.ShouldBe(other.TermTests[1].Test.PValue, 1e-8);
        result.Test("ablat", "alloc").Statistic.ShouldBe(result.Moderators.Statistic, 1e-9);
        result.Predict(("ablat", 0), ("alloc", "alternate")).DegreesOfFreedom!.Value.ShouldBe(result.Coefficients[0].DegreesOfFreedom!.Value, 1e-9);
    }

    /// <summary>Raw powers of a calendar year are nearly one column and cost the test digits; six are left of those of orthogonal ones, the same model.</summary>
    [EveryCultureFact]
    public void Raw_powers_of_a_year_are_tested_and_predict_as_their_orthogonal_twins()
    {
        var orthogonal = RegressionPeers.Fit("~ poly(year, 2)");
        orthogonal.TermTests.Single().Test.Statistic.ShouldBe(orthogonal.Moderators.Statistic, 1e-9);
        var raw = RegressionPeers.Fit("~ poly(year, 2, raw = TRUE)");
        raw.TermTests.Single().Test.Statistic.ShouldBe(orthogonal.Moderators.Statistic, 1e-6 * orthogonal.Moderators.Statistic);
        raw.Predict(("year", 1970)).Estimate.ShouldBe(orthogonal.Predict(("year", 1970)).Estimate, 1e-6);
    }
}
