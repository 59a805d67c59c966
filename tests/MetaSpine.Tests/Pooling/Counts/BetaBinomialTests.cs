using MathNet.Numerics;

namespace MetaSpine.Tests;

public sealed class BetaBinomialTests
{
    private static readonly EffectData OneGroup = new() { ["xi"] = [10, 24, 5, 16, 40, 7, 30, 11], ["ni"] = [25, 30, 28, 40, 60, 33, 41, 37] };

    private static readonly EffectData TwoGroups = new()
    {
        ["ai"] = [3, 0, 4, 12, 1, 0], ["n1i"] = [40, 25, 60, 80, 50, 30], ["ci"] = [5, 2, 1, 6, 9, 0], ["n2i"] = [60, 24, 55, 90, 48, 31],
    };

    [EveryCultureFact]
    public void One_group_agrees_with_a_general_optimiser()
    {
        // R 4.2.2: optim and nlm on the likelihood written with lbeta; its Hessian is by differences.
        var result = BetaBinomial.Fit(Measures.PLO, OneGroup);
        result.Effect.Estimate.ShouldBe(-0.13713837274, 1e-6);
        result.Effect.StandardError.ShouldBe(0.301749353708, 1e-5);
        result.IntraclassCorrelation.ShouldBe(0.15989247, 1e-6);
        result.Fit.LogLikelihood.ShouldBe(-27.28721577909, 1e-9);
        result.Baseline.ShouldBeNull();
        result.Natural.Estimate.ShouldBe(1 / (1 + Math.Exp(-result.Effect.Estimate)), 1e-15);
        result.DispersionTest.PValue.ShouldBeLessThan(0.001);
    }

    [EveryCultureFact]
    public void Two_groups_agree_with_a_general_optimiser_and_keep_the_study_without_events()
    {
        var result = BetaBinomial.Fit(Measures.OR, TwoGroups);
        result.Studies.Count.ShouldBe(6);
        result.Effect.Estimate.ShouldBe(-0.282135425506, 1e-6);
        result.Effect.StandardError.ShouldBe(0.543384447270, 1e-4);
        result.Baseline!.Value.ShouldBe(-2.512805521154, 1e-6);
        Math.Log(result.IntraclassCorrelation / (1 - result.IntraclassCorrelation)).ShouldBe(-3.319896530775, 1e-5);
        result.Fit.LogLikelihood.ShouldBe(-26.144144901322, 1e-9);
        (2 * (result.Fit.LogLikelihood - -29.643491106)).ShouldBe(result.DispersionTest.Statistic, 1e-8);
    }

    [EveryCultureFact]
    public void Likelihood_is_that_written_with_beta_functions_and_sums_to_1()
    {
        foreach (var (logit, gamma) in new[] { (-2.0, 0.3), (0.4, 2.0), (3.0, 0.01) })
        {
            double sum = 0;
            var mu = 1 / (1 + Math.Exp(-logit));
            for (var x = 0; x <= 23; x++)
            {
                var value = BetaBinomialLikelihood.At(x, 23, logit, gamma).Value;
                value.ShouldBe(
                    SpecialFunctions.BinomialLn(23, x) + SpecialFunctions.BetaLn(x + mu / gamma, 23 - x + (1 - mu) / gamma) - SpecialFunctions.BetaLn(mu / gamma, (1 - mu) / gamma), 1e-11);
                sum += Math.Exp(value);
            }

            sum.ShouldBe(1, 1e-13);
        }
    }

    [EveryCultureFact]
    public void Derivatives_are_those_of_differences()
    {
        const double h = 1e-5;
        var at = BetaBinomialLikelihood.At(7, 30, -0.8, 0.2);
        BetaBinomialTerms Near(double logit, double log) => BetaBinomialLikelihood.At(7, 30, -0.8 + logit, 0.2 * Math.Exp(log));
        at.Mean.ShouldBe((Near(h, 0).Value - Near(-h, 0).Value) / (2 * h), 1e-7);
        at.Dispersion.ShouldBe((Near(0, h).Value - Near(0, -h).Value) / (2 * h), 1e-7);
        at.MeanMean.ShouldBe((Near(h, 0).Mean - Near(-h, 0).Mean) / (2 * h), 1e-7);
        at.MeanDispersion.ShouldBe((Near(0, h).Mean - Near(0, -h).Mean) / (2 * h), 1e-7);
        at.DispersionDispersion.ShouldBe((Near(0, h).Dispersion - Near(0, -h).Dispersion) / (2 * h), 1e-7);
    }

    [EveryCultureFact]
    public void Counts_that_vary_no_more_than_binomial_ones_give_the_binomial_fit()
    {
        var result = BetaBinomial.Fit(Measures.PLO, new EffectData { ["xi"] = [10, 20, 30], ["ni"] = [40, 80, 120] });
        result.IntraclassCorrelation.ShouldBe(0);
        result.Effect.Estimate.ShouldBe(Math.Log(60.0 / 180), 1e-12);
        result.Effect.StandardError.ShouldBe(Math.Sqrt(1 / 60.0 + 1 / 180.0), 1e-12);
        result.DispersionTest.PValue.ShouldBe(1);
    }

    [EveryCultureFact]
    public void Swapping_the_groups_turns_the_sign()
    {
        var swapped = BetaBinomial.Fit(Measures.OR, new EffectData { ["ai"] = TwoGroups["ci"], ["n1i"] = TwoGroups["n2i"], ["ci"] = TwoGroups["ai"], ["n2i"] = TwoGroups["n1i"] });
        swapped.Effect.Estimate.ShouldBe(-BetaBinomial.Fit(Measures.OR, TwoGroups).Effect.Estimate, 1e-9);
    }

    [EveryCultureFact]
    public void What_the_counts_do_not_determine_is_refused()
    {
        Should.Throw<PoolingException>(() => BetaBinomial.Fit(Measures.PLO, new EffectData { ["xi"] = [0, 0], ["ni"] = [10, 20] })).Message.ShouldContain("no finite estimate");
        Should.Throw<PoolingException>(() => BetaBinomial.Fit(Measures.OR, StratifiedPropertyTests.Data([[3, 20, 0, 20], [2, 20, 0, 20]]))).Message.ShouldContain("no finite estimate");
        Should.Throw<ArgumentException>(() => BetaBinomial.Fit(Measures.IRR, new EffectData { ["x1i"] = [1], ["t1i"] = [1], ["x2i"] = [1], ["t2i"] = [1] })).Message.ShouldContain("PLO and OR");
    }
}
