using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Selection models: published numbers, a slow twin, derivatives, bounds, profiles, and what is refused.</summary>
public sealed class SelectionModelTests
{
    private static readonly SelectionOptions Greater = new() { Side = SelectionSide.Greater, Intervals = false };

    public static TheoryData<string> Functions => [.. Every.Keys];

    private static readonly Dictionary<string, SelectionFunction> Every = new()
    {
        ["beta"] = SelectionFunction.Beta(),
        ["beta, narrow"] = SelectionFunction.Beta(.01, .9),
        ["half-normal"] = SelectionFunction.HalfNormal(),
        ["half-normal after"] = SelectionFunction.HalfNormal(.05),
        ["negative exponential"] = SelectionFunction.NegativeExponential(.01),
        ["negative exponential power"] = SelectionFunction.NegativeExponentialPower(),
        ["logistic"] = SelectionFunction.Logistic(.02),
        ["power"] = SelectionFunction.Power(.05),
    };

    private static PooledResult BangertDrowns
    {
        get
        {
            using var file = JsonDocument.Parse(File.ReadAllText(TestFiles.Path("Reference/univariate/bangertdrowns2004-gen.json")));
            var data = file.RootElement.GetProperty("data");
            return MetaAnalysis.Pool(ReferenceCase.Numbers(data.GetProperty("yi")), ReferenceCase.Numbers(data.GetProperty("vi")));
        }
    }

    private static PooledResult Hackshaw => DiagnosticsCase.Load("hackshaw1998").Pool(PoolingMethod.ML);

    /// <summary>metafor 5.0.1 on Hackshaw 1998 with steps 0.025, 0.10, 0.50 and with truncation at 0; its optimiser's own tolerance.</summary>
    [CostlyFact]
    public void The_step_function_of_Vevea_and_Hedges_on_Hackshaw_1998_agrees_with_metafor()
    {
        var step = Hackshaw.Selection(SelectionFunction.Step(.025, .1, .5), Greater);
        step.Estimate.ShouldBe(0.00199771017960596, 1e-5);
        step.Tau2.Estimate.ShouldBe(0.00962301491438541, 1e-5);
        step.Steps.Select(s => s.Weight).ShouldBe([1, 0.494645596570806, 0.213630790075141, 0.0618456898215634], 1e-4);
        step.Coefficients[0].StandardError!.Value.ShouldBe(0.0889240561601774, 1e-4);
        step.Parameters.Select(p => p.StandardError!.Value).ShouldBe([0.315224014301146, 0.168707016308377, 0.0688952155233133], 1e-4);
        step.SelectionTest!.Value.Statistic.ShouldBe(6.40198208433408, 1e-6);
        var truncated = Hackshaw.Selection(SelectionFunction.Truncation(), Greater);
        truncated.Estimate.ShouldBe(0.142716007402981, 1e-5);
        truncated.Tau2.Estimate.ShouldBe(0.0267713387111373, 1e-5);
        truncated.Parameters[0].Estimate.ShouldBe(0.381842415161668, 1e-4);
    }

    /// <summary>metafor 3.8.1, selmodel(rma(yi, vi, method = "ML"), type = "stepfun", steps, delta) with the 14 weights that its help page gives; to its optimiser's tolerance.</summary>
    [CostlyTheory]
    [InlineData(false, false, 0.156338745, 0.047917077, 0.017044356)]
    [InlineData(true, false, 0.083820857, 0.057479023, 0.020858625)]
    [InlineData(false, true, 0.187291454, 0.046354637, 0.015347707)]
    [InlineData(true, true, 0.151029771, 0.040885326, 0.009207518)]
    public void The_weights_of_Vevea_and_Woods_2005_on_Hackshaw_1998_agree_with_metafor(bool severe, bool twoTailed, double estimate, double error, double tau2)
    {
        var fit = Hackshaw.Selection(SelectionFunction.VeveaWoods(severe, twoTailed), Greater);
        fit.Estimate.ShouldBe(estimate, 2e-6);
        fit.Coefficients[0].StandardError!.Value.ShouldBe(error, 2e-6);
        fit.Tau2.Estimate.ShouldBe(tau2, 2e-6);
        fit.SelectionTest.ShouldBeNull();
    }

    [CostlyFact]
    public void A_sweep_has_the_models_one_at_a_time()
    {
        var sweep = Hackshaw.SelectionModelsOf();
        sweep.Refused.ShouldBeEmpty();
        sweep.Fits.Select(fit => fit.Function).ShouldBe(SelectionSweep.Usual);
        foreach (var fit in sweep.Fits)
        {
            fit.Estimate.ShouldBe(Hackshaw.Selection(fit.Function).Estimate, fit.Function.Name);
        }

        // Two studies allow for the given weights alone, and one for no model of a mean and tau^2.
        var two = MetaAnalysis.Pool([.1, .3], [.1, .1]).SelectionModelsOf();
        two.Fits.Count.ShouldBe(2);
        two.Refused.Count.ShouldBe(7);
        Should.Throw<PoolingException>(() => MetaAnalysis.Pool([.1], [.1]).SelectionModelsOf()).Message.ShouldContain("at least 2 studies");
    }

    /// <summary>
    /// weightr 2.0.2 on Bangert-Drowns 2004 with one cut at 0.025; its likelihoods leave constants out, so that their difference is compared, and its
    /// optimiser stops within 1e-3 standard errors.
    /// </summary>
    [CostlyFact]
    public void The_three_parameter_model_agrees_with_weightr()
    {
        var fit = BangertDrowns.Selection(SelectionFunction.Step(.025), Greater);
        fit.Unadjusted[0].ShouldBe(0.220712562304867, 1e-5);
        fit.UnadjustedTau2.ShouldBe(0.0470518298020251, 1e-5);
        fit.Estimate.ShouldBe(0.147652401921759, 4e-5);
        fit.Tau2.Estimate.ShouldBe(0.027556555459019, 1e-5);
        fit.Steps[1].Weight.ShouldBe(0.466436387782084, 2e-4);
        (fit.LogLikelihood - fit.UnadjustedLogLikelihood).ShouldBe(-25.8468852729305 + 26.4286573869607, 1e-8);
    }

    /// <summary>Both rules are good to some 1e-12 of each integral.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void The_likelihood_is_what_its_definition_says(string name)
    {
        foreach (var side in Enum.GetValues<SelectionSide>())
        {
            var result = Bcg.Pool(studies: 7);
            var function = Every[name];
            var fit = result.Selection(function, new SelectionOptions { Side = side, Intervals = false });
            double[] parameters = [.. fit.Parameters.Select(p => p.Estimate)];
            var weight = SelectionTwin.Weight(function, parameters);
            var data = ModelData.Of(result);
            fit.LogLikelihood.ShouldBe(SelectionTwin.LogLikelihood(data.Y, data.V, side, function, parameters, fit.Estimate, fit.Tau2.Estimate), 1e-9, $"{side}");
            foreach (var p in new[] { 1e-7, .003, .04, .06, .5, .95, 1 })
            {
                fit.WeightAt(p).ShouldBe(weight(p), 1e-12 * Math.Max(1, weight(p)));
            }
        }
    }

    /// <summary>Central differences of steps of 1e-4 of the parameters' units are good to some 1e-7 of them.</summary>
    [CostlyTheory]
    [InlineData(SelectionSide.Greater)]
    [InlineData(SelectionSide.Less)]
    [InlineData(SelectionSide.Both)]
    public void Derivatives_are_those_of_the_likelihood(SelectionSide side)
    {
        var data = ModelData.Of(Bcg.Regress(Bcg.Latitude));
        foreach (var function in Every.Values.Concat([SelectionFunction.Step(.025, .5), SelectionFunction.Truncation(-.3)]))
        {
            var weights = SelectionWeights.Of(function, side, data.Y, data.V);
            var likelihood = new SelectionLikelihood(data, weights);
            double[] at = [.3, -.9, .4, .. Enumerable.Range(0, weights.Parameters).Select(d => .7 + .8 * d)];
            var (gradient, hessian) = likelihood.Derivatives(at);
            for (var a = 0; a < at.Length; a++)
            {
                double[] up = [.. at], down = [.. at];
                (up[a], down[a]) = (at[a] + 1e-4, at[a] - 1e-4);
                gradient[a].ShouldBe((likelihood.Value(up) - likelihood.Value(down)) / 2e-4, 1e-6 * (1 + Math.Abs(gradient[a])), $"{function} {a}");
                var (above, below) = (likelihood.Derivatives(up).Gradient, likelihood.Derivatives(down).Gradient);
                for (var b = 0; b < at.Length; b++)
                {
                    hessian[a * at.Length + b].ShouldBe((above[b] - below[b]) / 2e-4, 1e-6 * (1 + Math.Abs(hessian[a * at.Length + b])), $"{function} {a} {b}");
                }
            }
        }
    }

    /// <summary>metafor 3.8.1, confint; six digits printed, and its root search leaves 1e-4.</summary>
    [CostlyFact]
    public void Profile_intervals_agree_with_metafor()
    {
        var step = Hackshaw.Selection(SelectionFunction.Step(.025, .5), Greater with { Intervals = true });
        Same(step.Tau2, 0, 0.085382);
        Same(step.Parameters[0], 0.118205, 2.275220);
        Same(step.Parameters[1], 0.018903, 1.384883);
        var smooth = Hackshaw.Selection(SelectionFunction.NegativeExponential(), Greater with { Intervals = true });
        Same(smooth.Tau2, 0.000402, 0.106762);
        smooth.Parameters[0].Interval!.Value.Upper.ShouldBe(6.155470, 1e-3);
        smooth.Parameters[0].Interval!.Value.Lower.ShouldBeLessThan(0.277678);
        smooth.Coefficients[0].Interval!.Value.Contains(smooth.Estimate).ShouldBeTrue();

        static void Same(SelectionEstimate actual, double lower, double upper)
        {
            actual.Interval!.Value.Lower.ShouldBe(lower, 1e-4);
            actual.Interval!.Value.Upper.ShouldBe(upper, 1e-3 * upper);
        }
    }

    /// <summary>The end of a profile interval, from the definition: the highest likelihood with the effect held there, by a search over the rest.</summary>
    [CostlyFact]
    public void The_profile_of_the_effect_falls_by_half_the_quantile()
    {
        var result = Bcg.Pool();
        var fit = result.Selection(SelectionFunction.Step(.05), new SelectionOptions { Side = SelectionSide.Less });
        var data = ModelData.Of(result);
        foreach (var end in new[] { fit.Interval!.Value.Lower, fit.Interval.Value.Upper })
        {
            var likelihood = new SelectionLikelihood(data, SelectionWeights.Of(fit.Function, fit.Side, data.Y, data.V));
            var highest = double.NegativeInfinity;
            for (var t = 0; t < 60; t++)
            {
                for (var d = 0; d < 60; d++)
                {
                    highest = Math.Max(highest, likelihood.Value([end / likelihood.Units[0], .02 * t / likelihood.Units[1], Math.Exp(-5 + .15 * d)]));
                }
            }

            // The grid's steps are up to a fifth of the standard errors, half of whose square is lost.
            highest.ShouldBe(fit.LogLikelihood - ChiSquared.Quantile(.95, 1) / 2, 2e-2);
        }
    }

    /// <summary>metafor 3.8.1, selmodel and confint of a model with the latitude; its optimiser leaves 1e-5, its root search 1e-4.</summary>
    [CostlyFact]
    public void Moderators_and_selection_are_estimated_together()
    {
        var fit = Bcg.Regress(Bcg.Latitude).Selection(SelectionFunction.Step(.05), new SelectionOptions { Side = SelectionSide.Less });
        fit.Coefficients.Select(c => c.Estimate).ShouldBe([0.28420787566112, -0.02953768522278], 1e-5);
        fit.Coefficients.Select(c => c.StandardError!.Value).ShouldBe([0.21950298809797, 0.00568538172311], 1e-4);
        fit.Tau2.Estimate.ShouldBe(0.03422063053981, 1e-5);
        fit.LogLikelihood.ShouldBe(-7.68548003431700, 1e-8);
        fit.HeterogeneityTest!.Value.Statistic.ShouldBe(3.04277030, 1e-6);
        fit.SelectionTest!.Value.Statistic.ShouldBe(0.00037102, 1e-6);
        var weight = fit.Parameters[0];
        weight.Estimate.ShouldBe(0.98279938298275, 1e-4);
        weight.Interval!.Value.Lower.ShouldBe(0.161965, 1e-4);
        weight.Interval!.Value.Upper.ShouldBe(5.880663, 1e-3);
        fit.Notes[1].ShouldStartWith("Adjusted for selection (step function (0.05)), intercept is 0.284 (without selection ");
    }

    /// <summary>No weights but 1 leave the likelihood as it is.</summary>
    [CostlyFact]
    public void Given_weights_of_one_change_nothing()
    {
        var fit = Hackshaw.Selection(SelectionFunction.FixedSteps([.025, .5], [2, 2, 2]), Greater);
        fit.LogLikelihood.ShouldBe(fit.UnadjustedLogLikelihood, 1e-10);
        fit.Estimate.ShouldBe(fit.Unadjusted[0], 1e-8);
        fit.SelectionTest.ShouldBeNull();
        fit.Notes.ShouldContain(note => note.StartsWith("The weights were given", StringComparison.Ordinal));
    }

    [CostlyFact]
    public void A_decreasing_step_function_never_favours_the_less_significant()
    {
        var free = Hackshaw.Selection(SelectionFunction.Step(.05, .1, .5), Greater);
        var ordered = Hackshaw.Selection(SelectionFunction.DecreasingStep(.05, .1, .5), Greater);
        free.Steps[1].Weight.ShouldBeGreaterThan(1);
        ordered.Steps.Zip(ordered.Steps.Skip(1)).ShouldAllBe(pair => pair.First.Weight >= pair.Second.Weight);
        ordered.Steps[1].Weight.ShouldBe(1);
        ordered.LogLikelihood.ShouldBeLessThan(free.LogLikelihood);
        ordered.LogLikelihood.ShouldBeGreaterThan(ordered.UnadjustedLogLikelihood);
    }

    [CostlyFact]
    public void Mirrored_estimates_give_mirrored_results()
    {
        var data = ModelData.Of(Hackshaw);
        var mirror = MetaAnalysis.Pool([.. data.Y.Select(y => -y)], data.V, new PoolingOptions { Method = PoolingMethod.ML });
        foreach (var function in new[] { SelectionFunction.Power(), SelectionFunction.Step(.05), SelectionFunction.Truncation() })
        {
            var (one, other) = (Hackshaw.Selection(function, Greater), mirror.Selection(function, Greater with { Side = SelectionSide.Less }));
            other.LogLikelihood.ShouldBe(one.LogLikelihood, 1e-9);
            other.Estimate.ShouldBe(-one.Estimate, 1e-7);
        }
    }

    [CostlyFact]
    public void Units_do_not_matter()
    {
        var data = ModelData.Of(Hackshaw);
        var scaled = MetaAnalysis.Pool([.. data.Y.Select(y => 1e6 * y)], [.. data.V.Select(v => 1e12 * v)], new PoolingOptions { Method = PoolingMethod.ML });
        var (one, other) = (Hackshaw.Selection(SelectionFunction.Beta(), Greater), scaled.Selection(SelectionFunction.Beta(), Greater));
        other.Estimate.ShouldBe(1e6 * one.Estimate, 1e-1);
        other.Parameters.Select(p => p.Estimate).ShouldBe(one.Parameters.Select(p => p.Estimate), 1e-6);
    }

    [CostlyFact]
    public void An_interval_without_studies_is_named_with_the_way_to_merge_it()
    {
        var fit = Bcg.Pool().Selection(SelectionFunction.Step(.001, .0011, .5), Greater with { Side = SelectionSide.Less });
        fit.Steps[1].Studies.ShouldBe(0);
        fit.Steps[1].Weight.ShouldBe(0);
        fit.Notes.ShouldContain("No study has a p-value from 0.001 to 0.0011, so the weight of this interval is estimated as 0; merge it with the next interval: SelectionFunction.Step(0.001, 0.5).");
    }

    [CostlyFact]
    public void Equal_effects_stay_equal()
    {
        var fit = Bcg.Pool(new PoolingOptions { Method = PoolingMethod.EE }).Selection(SelectionFunction.Step(.05));
        fit.Tau2.Estimate.ShouldBe(0);
        fit.HeterogeneityTest.ShouldBeNull();
        fit.Side.ShouldBe(SelectionSide.Less);
        fit.Notes[0].ShouldBe("Selection is assumed to favour small estimates, the side on which the pooled estimate lies.");
    }

    [CostlyFact]
    public void Too_few_studies_and_impossible_functions_are_refused()
    {
        Should.Throw<PoolingException>(() => Bcg.Pool(studies: 3).Selection(SelectionFunction.Beta())).Message.ShouldBe(
            "The selection model (beta) has 4 parameters and needs at least 4 studies; there are 3. A step function with one cut needs 3, given weights (FixedSteps) 2.");
        Should.Throw<ArgumentException>(() => SelectionFunction.Step(.5, .025)).Message.ShouldContain("0.025 does not fit");
        Should.Throw<ArgumentException>(() => SelectionFunction.Step()).Message.ShouldContain("at least one cut");
        Should.Throw<ArgumentException>(() => SelectionFunction.FixedSteps([.05], [1])).Message.ShouldContain("2 intervals");
        Should.Throw<ArgumentException>(() => SelectionFunction.FixedSteps([.05], [0, 1]));
        Should.Throw<ArgumentException>(() => SelectionFunction.HalfNormal(1));
        Should.Throw<ArgumentException>(() => SelectionFunction.Beta(0));
        Should.Throw<ArgumentException>(() => SelectionFunction.Truncation(double.NaN));
        Should.Throw<ArgumentException>(() => Bcg.Pool().Selection(SelectionFunction.Beta(), Greater with { Level = 1 }));
    }
}
