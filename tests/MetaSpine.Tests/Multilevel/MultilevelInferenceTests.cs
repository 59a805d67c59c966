using System.Globalization;
using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>What models of dependent effects say beyond their coefficients: shares per level, intervals and tests of variances, bootstrap and robust variance estimation.</summary>
public sealed class MultilevelInferenceTests
{
    private static MultilevelPooledResult Schools => (MultilevelPooledResult)MultilevelCase.Load("konstantopoulos2011-3level").Fit("REML", "z", "residual");

    /// <summary>Computed in R by the formulas of metafor's page on I^2 for multilevel models, at metafor's variances.</summary>
    [Fact]
    public void I2_has_a_part_for_each_level()
    {
        var shares = Schools.Heterogeneity()!;
        shares.Total.ShouldBe(95.1873137225, 1e-5);
        shares.Levels.Select(level => level.I2).ShouldBeNear([63.3248378206, 31.8624759019], 1e-6, "I^2");
        shares.Levels.ShouldAllBe(level => level.R2 == null);
    }

    [Fact]
    public void R2_has_a_part_for_each_level()
    {
        var years = MultilevelCase.Load("konstantopoulos2011-3level-year").Fit("ML", "z", "residual").Heterogeneity()!;
        var without = MultilevelCase.Load("konstantopoulos2011-3level").Fit("ML", "z", "residual");
        years.Levels[0].R2!.Value.ShouldBe(100 * (1 - years.Levels[0].Variance / without.Components[0].Value), 1e-4);
        years.Levels[1].R2!.Value.ShouldBe(0);
    }

    [Fact]
    public void Prediction_intervals_say_for_which_level()
    {
        var result = Schools;
        var predictions = result.PredictionIntervals();
        predictions.Select(prediction => prediction.What).ShouldBe(["the average of a new district", "a new school of a new district"]);
        predictions[1].Interval.ShouldBe(result.PredictionInterval!.Value);
        predictions[0].Interval.Upper.ShouldBe(result.Estimate + 1.959963984540054 * Math.Sqrt(result.Components[0].Value + result.StandardError * result.StandardError), 1e-12);
    }

    /// <summary>metafor's confint with a tolerance of 1e-10; the upper bound of the inner variance, at which its optimiser fails, from its default.</summary>
    [Fact]
    public void Profile_intervals_of_variances_agree_with_metafor()
    {
        var profiles = Schools.ProfileComponents();
        profiles[0].Interval.Lower.ShouldBe(0.0222396906884, 1e-8);
        profiles[0].Interval.Upper.ShouldBe(0.207241619223, 1e-7);
        profiles[1].Interval.Lower.ShouldBe(0.016265255017, 1e-8);
        profiles[1].Interval.Upper.ShouldBe(0.0628, 5e-5);
        profiles.ShouldAllBe(profile => !profile.IsOpenAbove && !profile.IsOpenBelow);
    }

    /// <summary>
    /// metafor's confint with a tolerance of 1e-11 by its optimiser BFGS, which comes to 1e-10 from the highest likelihood: that much of the fall of 1.92 moves a bound by 1e-9 of its value,
    /// and the one beside 0, where the likelihood is steep in the variance and flat in the deviation, by more.
    /// </summary>
    [Fact]
    public void Profile_intervals_of_an_unstructured_matrix_agree_with_metafor()
    {
        var profiles = MultilevelCase.Load("berkey1998-bivariate-un").Fit("REML", "z", "residual").ProfileComponents();
        profiles.Select(profile => profile.Component.Name).ShouldBe(["AL", "PD", "AL, PD"]);
        profiles.SelectMany(profile => new[] { profile.Interval.Lower, profile.Interval.Upper })
            .ShouldBeNear([.00949644574234, .206776600913, 5.46766490191e-05, .111439625131, -.599618156933, 1], 2e-6, "bounds");
        profiles.Select(profile => profile.IsOpenAbove).ShouldBe([false, false, true]);
    }

    /// <summary>Random intercepts and a slope of one outcome are the unstructured matrix in other numbers: the intercept is the other outcome.</summary>
    [Fact]
    public void The_profile_of_a_random_intercept_is_that_of_the_outcome_that_it_is()
    {
        var test = MultilevelCase.Load("berkey1998-bivariate-un");
        var profiles = test.Fit("REML", "z", "residual").ProfileComponents();
        foreach (var (outcome, other, place) in new[] { ("AL", "PD", 0), ("PD", "AL", 1) })
        {
            var slope = Predictor.Numeric("slope", [.. Enumerable.Range(0, 10).Select(row => test.Column("outcome").Category(row) == other ? 1.0 : 0)]);
            var result = MultilevelAnalysis.Regress(test.Effects, [RandomTerm.Parse("slope | trial", CovarianceStructure.GEN)], [test.Column("trial"), slope], test.Design, test.Covariance);
            var intercept = result.ProfileComponents()[0];
            intercept.Component.Name.ShouldBe("intercept");
            new[] { intercept.Interval.Lower, intercept.Interval.Upper }.ShouldBeNear([profiles[place].Interval.Lower, profiles[place].Interval.Upper], 2e-6, outcome);
        }
    }

    /// <summary>At each bound the likelihood, maximised by a search of its own, has fallen by half the quantile of chi-squared.</summary>
    [Fact]
    public void At_the_bounds_of_a_profile_the_likelihood_has_fallen_by_the_quantile()
    {
        var test = MultilevelCase.Load("berkey1998-bivariate-hcs");
        var model = test.Fit("ML", "z", "residual");
        var profiles = model.ProfileComponents();
        profiles.Count.ShouldBe(3);
        for (var i = 0; i < 3; i++)
        {
            foreach (var bound in new[] { profiles[i].Interval.Lower, profiles[i].Interval.Upper })
            {
                if (bound is 0 or 1 or -1)
                {
                    continue;
                }

                var term = test.Random[0] with { Fixed = [.. Enumerable.Range(0, 3).Select(j => j == i ? bound : (double?)null)] };
                var held = MultilevelAnalysis.Regress(test.Effects, [term], test.Groupings, test.Design, test.Covariance, new MultilevelOptions { Method = PoolingMethod.ML, Test = MultilevelTest.Z });
                (2 * (model.Fit.LogLikelihood - held.Fit.LogLikelihood)).ShouldBe(3.841458820694124, 1e-6, $"{profiles[i].Component.Name} {profiles[i].Component.Kind} at {bound}");
            }
        }
    }

    /// <summary>The log-likelihoods of metafor's fits with and without districts: -7.95872403371 and -16.84549945261.</summary>
    [Fact]
    public void A_variance_is_tested_at_its_boundary()
    {
        var test = Schools.TestVariance("district");
        test.Statistic.ShouldBe(2 * (16.84549945261 - 7.95872403371), 1e-8);
        test.PValue.ShouldBe(ChiSquared.Upper(test.Statistic, 1) / 2, 1e-15);
        Should.Throw<ArgumentException>(() => Schools.TestVariance("distrikt")).Message.ShouldStartWith("The model has no term 'distrikt'; did you mean district?");
    }

    /// <summary>With 11 clusters there are 1,024 arrangements of signs up to a turn of all: the slow twin refits each by weighted least squares.</summary>
    [Fact]
    public void The_wild_bootstrap_takes_every_arrangement_of_signs_where_there_are_few()
    {
        var result = Schools;
        var test = result.WildBootstrapTest();
        test.IsExact.ShouldBeTrue();
        test.Draws.ShouldBe(1024);
        var model = result.Model;
        var groups = Enumerable.Range(0, 56).GroupBy(i => model.Parts[0].Levels[i]).Select(group => group.ToArray()).ToArray();
        var inverses = groups.Select(group => MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(group.Length, group.Length, model.Marginal(group)).Inverse()).ToArray();
        double Statistic(Func<int, double> y)
        {
            var weights = inverses.Select(inverse => inverse.ColumnSums()).ToArray();
            var total = weights.Sum(w => w.Sum());
            var estimate = groups.Zip(weights, (group, w) => group.Select((i, at) => w[at] * y(i)).Sum()).Sum() / total;
            var meat = groups.Zip(weights, (group, w) => Math.Pow(group.Select((i, at) => w[at] * (y(i) - estimate)).Sum(), 2)).Sum();
            return estimate * estimate * total * total / meat;
        }

        var observed = Statistic(i => model.Y[i]);
        test.Statistic.ShouldBe(observed, 1e-9 * observed);
        var count = 0;
        for (var arrangement = 0; arrangement < 1024; arrangement++)
        {
            var signs = Enumerable.Range(0, 11).Select(c => (arrangement >> c & 1) == 0 ? 1.0 : -1).ToArray();
            count += Statistic(i => signs[model.Parts[0].Levels[i]] * model.Y[i]) >= observed * (1 - 1e-10) ? 1 : 0;
        }

        test.PValue.ShouldBe(count / 1024.0, 1e-15);
    }

    [Fact]
    public void The_wild_bootstrap_is_the_same_for_the_same_seed_and_near_the_exact_one()
    {
        var test = Schools.WildBootstrapTest(draws: 999);
        test.IsExact.ShouldBeFalse();
        test.PValue.ShouldBe(Schools.WildBootstrapTest(draws: 999).PValue);
        test.PValue.ShouldBe(Schools.WildBootstrapTest().PValue, .03);
    }

    /// <summary>The result without a cluster is that of the data without it.</summary>
    [Fact]
    public void Each_cluster_is_left_out_in_turn()
    {
        var result = Schools;
        var omitted = result.LeaveOneClusterOut(cancellation: TestContext.Current.CancellationToken);
        omitted.Clusters.Count.ShouldBe(11);
        omitted.Clusters.Sum(cluster => cluster.EffectCount).ShouldBe(56);
        var test = MultilevelCase.Load("konstantopoulos2011-3level");
        var district = test.Column("district");
        var kept = Enumerable.Range(0, 56).Where(row => district.Category(row) != "27").ToArray();
        var rest = MultilevelAnalysis.Pool(
            Measures.GEN.Compute(new EffectData { ["yi"] = [.. kept.Select(row => test.Effects.Studies[row].Estimate)], ["vi"] = [.. kept.Select(row => test.Effects.Studies[row].Variance)] }),
            test.Random, [.. test.Groupings.Where(g => g.Name is "district" or "school").Select(g => Predictor.Categorical(g.Name, [.. kept.Select(g.Category)]))], null, result.Options);
        var without = omitted.Clusters.Single(cluster => cluster.Cluster == "27");
        without.Result!.Estimate.ShouldBe(rest.Estimate, 1e-9);
        without.Shift.ShouldBe(result.Estimate - rest.Estimate, 1e-9);
        without.CookDistance.ShouldBe(Math.Pow(without.Shift / result.StandardError, 2), 1e-9);
    }

    /// <summary>The model with the standard error as moderator, fitted as such.</summary>
    [Fact]
    public void Asymmetry_is_tested_with_the_model_of_the_dependence()
    {
        var (result, test) = (Schools, MultilevelCase.Load("konstantopoulos2011-3level"));
        var asymmetry = result.TestAsymmetry();
        var design = DesignMatrix.FromRows(["a", "b"], [.. test.Effects.Studies.Select(study => (double[])[1, Math.Sqrt(study.Variance)])]);
        var direct = MultilevelAnalysis.Regress(test.Effects, test.Random, test.Groupings, design, null, result.Options).Robust();
        asymmetry.Regression.Coefficients.Select(c => c.PValue).ShouldBeNear(direct.Coefficients.Select(c => c.PValue), 1e-9, "p");
        asymmetry.Slope.Name.ShouldBe("slope on the standard error");
    }

    /// <summary>A prediction is the combination of the coefficients; the mean of a model of categories is the coefficient of the model without an intercept.</summary>
    [Fact]
    public void Predictions_and_marginal_means_are_combinations_of_coefficients()
    {
        var test = MultilevelCase.Load("konstantopoulos2011-3level");
        string[] eras = [.. Enumerable.Range(0, 56).Select(row => test.Column("year").Number(row) < 1990 ? "early" : "late")];
        Predictor[] variables = [.. test.Groupings, Predictor.Categorical("era", eras)];
        var result = MultilevelAnalysis.Regress(test.Effects, test.Random, variables, "~ era");
        var means = MultilevelAnalysis.Regress(test.Effects, test.Random, variables, "~ 0 + era");
        var marginal = result.MarginalMeans("era");
        marginal.Select(mean => mean.Estimate).ShouldBeNear(means.Coefficients.Select(c => c.Estimate), 1e-9, "means");
        marginal.Select(mean => mean.StandardError).ShouldBeNear(means.Coefficients.Select(c => c.StandardError), 1e-9, "errors");
        marginal.Select(mean => mean.DegreesOfFreedom!.Value).ShouldBeNear(means.Coefficients.Select(c => c.DegreesOfFreedom!.Value), 1e-5, "degrees of freedom");
        var late = result.Predict(("era", "late"));
        late.Interval.ShouldBe(marginal[1].Interval);
        var width = (late.Interval.Upper - late.Estimate) / late.StandardError;
        late.PredictionInterval!.Value.Upper.ShouldBe(late.Estimate + width * Math.Sqrt(result.TotalVariance!.Value + late.StandardError * late.StandardError), 1e-12);
    }

    /// <summary>robumeta 2.1 on its own data corrdat, intercept only.</summary>
    [Fact]
    public void Correlated_effects_agree_with_robumeta()
    {
        var peer = JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Multilevel/clubsandwich-corrdat.json"))).RootElement;
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = ReferenceCase.Numbers(peer.GetProperty("yi")), ["vi"] = ReferenceCase.Numbers(peer.GetProperty("vi")) });
        string[] clusters = [.. peer.GetProperty("studyid").EnumerateArray().Select(e => e.ToString())];
        var result = RobustVariance.FitCorrelated(effects, clusters);
        (result.StudyCount, result.ClusterCount).ShouldBe((172, 39));
        result.Tau2.ShouldBe(0.154619289610819, 1e-12);
        result.I2!.Value.ShouldBe(75.8781730073051, 1e-9);
        Same(result.Coefficients[0], [0.232314512913201, 0.0626354586509653, 3.70899356238083, 36.4418536893062, 0.000689860625301852, 0.10533737396205, 0.359291651864351]);
    }

    [Theory]
    [InlineData("corrdat_full_rho0", "corrdat", 0.0, "followup males binge college")]
    [InlineData("corrdat_full_rho0.8", "corrdat", 0.8, "followup males binge college")]
    [InlineData("corrdat_full_rho1", "corrdat", 1.0, "followup males binge college")]
    [InlineData("corrdat_followup", "corrdat", 1.0, "followup")]
    [InlineData("hierdat_full", "hierdat", null, "binge followup sreport age")]
    [InlineData("hierdat_int", "hierdat", null, "")]
    public void Every_model_of_robumeta_agrees(string name, string data, double? rho, string moderators)
    {
        var folder = Path.Combine(TestFiles.RepositoryRoot, "..", "shared", "reference", "peers");
        Assert.SkipUnless(Directory.Exists(folder), "the results of robumeta are not beside this checkout");
        var rows = File.ReadAllLines(Path.Combine(folder, "data", $"robumeta_{data}.csv")).Select(line => line.Split(',')).ToList();
        var head = rows[0].Select(column => column.Trim('"')).ToList();
        double[] Column(string column) => [.. rows.Skip(1).Select(row => double.Parse(row[head.IndexOf(column)], CultureInfo.InvariantCulture))];
        var peer = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "rve.json"))).RootElement.GetProperty(name);
        var expected = peer.GetProperty("reg").EnumerateArray().ToList();
        var columns = moderators.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var values = Array.ConvertAll(columns, Column);
        var effects = Measures.GEN.Compute(new EffectData { ["yi"] = Column("effectsize"), ["vi"] = Column("var") });
        var design = columns.Length == 0 ? null
            : DesignMatrix.FromRows(["intercept", .. columns], [.. Enumerable.Range(0, effects.Count).Select(i => (double[])[1, .. values.Select(column => column[i])])]);
        string[] clusters = [.. Column("studyid").Select(study => study.ToString(CultureInfo.InvariantCulture))];
        var result = rho is { } assumed ? RobustVariance.FitCorrelated(effects, clusters, design, assumed) : RobustVariance.FitHierarchical(effects, clusters, design);
        result.Tau2.ShouldBe(peer.GetProperty("tau2").GetDouble(), 1e-10);
        if (rho is null)
        {
            result.Omega2!.Value.ShouldBe(peer.GetProperty("omega2").GetDouble(), 1e-10);
        }

        foreach (var (coefficient, row) in result.Coefficients.Zip(expected))
        {
            Same(coefficient, [.. new[] { "b.r", "SE", "t", "dfs", "prob", "CI.L", "CI.U" }.Select(field => row.GetProperty(field).GetDouble())]);
        }
    }

    /// <summary>The files have 15 digits; degrees of freedom near 2 cost five of them.</summary>
    private static void Same(RobustCoefficient coefficient, double[] expected) =>
        new[] { coefficient.Estimate, coefficient.StandardError, coefficient.Statistic, coefficient.DegreesOfFreedom, coefficient.PValue, coefficient.Interval.Lower, coefficient.Interval.Upper }
            .ShouldBeNear(expected, 1e-8, coefficient.Name);
}
