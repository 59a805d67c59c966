using MathNet.Numerics;

namespace MetaSpine.Tests;

/// <summary>Where few quadrature points go wrong: counts of zero under a large tau^2, whose integrand is a normal density cut off by a wall.</summary>
public sealed class CountQuadratureTests
{
    /// <summary>Proportions from none to all, and rare events of which the search once lost its way in the test of a proportion of one half.</summary>
    public static TheoryData<double[], double[]> Proportions => new()
    {
        { [0, 50, 1, 39, 20, 0, 10], [50, 50, 40, 40, 40, 10, 10] },
        { [0, 0, 1, 0, 0], [100, 200, 150, 90, 1000] },
    };

    /// <summary>The likelihood by 24,001 equal steps, its maximum by central differences: nothing is shared with the fit.</summary>
    [EveryCultureTheory]
    [MemberData(nameof(Proportions))]
    public void The_automatic_choice_ends_at_the_maximum_of_the_exact_likelihood(double[] x, double[] n)
    {
        var result = CountModels.Fit(Measures.PLO, new EffectData { ["xi"] = x, ["ni"] = n });
        var (b, tau) = (result.Estimate, Math.Sqrt(result.Tau2));
        LogLikelihood(x, n, b, tau).ShouldBe(result.Fit.LogLikelihood, 1e-9);

        // At the maximum the slope is 0; a step of 1e-3 leaves some 1e-7 of third derivative.
        const double Step = 1e-3;
        ((LogLikelihood(x, n, b + Step, tau) - LogLikelihood(x, n, b - Step, tau)) / (2 * Step)).ShouldBe(0, 1e-6);
        ((LogLikelihood(x, n, b, tau + Step) - LogLikelihood(x, n, b, tau - Step)) / (2 * Step)).ShouldBe(0, 1e-6);
        result.Tau2Interval!.Value.Contains(result.Tau2).ShouldBeTrue();
    }

    /// <summary>R 4.2.2, sums over 80,001 points of the whole line, maximal over the mean: -3.23741023 at tau = 1 and -3.29399215 at tau = 2.</summary>
    [EveryCultureFact]
    public void Rare_proportions_have_an_estimate()
    {
        var result = CountModels.Fit(Measures.PLO, new EffectData { ["xi"] = [0, 0, 1, 0, 0], ["ni"] = [100, 200, 150, 90, 1000] });
        Math.Sqrt(result.Tau2).ShouldBeInRange(1, 2);
        result.Fit.LogLikelihood.ShouldBeInRange(-3.23741023, -3.2);
        double.IsFinite(result.ModeratorsLikelihoodRatio.Statistic).ShouldBeTrue();
    }

    /// <summary>Two hundred points of Gauss and Hermite are not enough for these rates; the equal steps that follow are.</summary>
    [EveryCultureFact]
    public void Equal_steps_succeed_where_Gauss_and_Hermite_fail()
    {
        var data = new EffectData { ["xi"] = [0, 5, 1_000_000, 1, 3], ["ti"] = [1e-3, 1e6, 1e3, 1e9, 2] };
        var chosen = CountModels.Fit(Measures.IRLN, data, new CountModelOptions { Tau2Interval = false });
        var few = CountModels.Fit(Measures.IRLN, data, new CountModelOptions { Tau2Interval = false, Points = 200 });
        chosen.Points.ShouldBeGreaterThan(200);
        Math.Abs(chosen.Tau2 - few.Tau2).ShouldBeGreaterThan(0.1, "this is the failure");
        double[] x = [.. data["xi"]], t = [.. data["ti"]];
        double exact = 0;
        for (var i = 0; i < x.Length; i++)
        {
            exact += LogMean(u => chosen.Estimate + Math.Sqrt(chosen.Tau2) * u is var log ? x[i] * (log + Math.Log(t[i])) - t[i] * Math.Exp(log) - SpecialFunctions.GammaLn(x[i] + 1) : 0, 400_000);
        }

        chosen.Fit.LogLikelihood.ShouldBe(exact, 1e-7);
    }

    private static double LogLikelihood(double[] x, double[] n, double b, double tau) => x.Zip(n, (events, total) => LogMean(
        u => b + tau * u is var logit ? SpecialFunctions.BinomialLn((int)total, (int)events) + events * logit - total * (logit > 0 ? logit + Math.Log(1 + Math.Exp(-logit)) : Math.Log(1 + Math.Exp(logit))) : 0, 24_000)).Sum();

    private static double LogMean(Func<double, double> log, int steps)
    {
        const double End = 12;
        var (step, top) = (2 * End / steps, double.NegativeInfinity);
        var values = new double[steps + 1];
        for (var i = 0; i <= steps; i++)
        {
            var u = -End + i * step;
            values[i] = log(u) - u * u / 2;
            top = Math.Max(top, values[i]);
        }

        return top + Math.Log(values.Sum(value => Math.Exp(value - top)) * step / Math.Sqrt(2 * Math.PI));
    }
}
