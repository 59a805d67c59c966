namespace MetaSpine.Tests;

/// <summary>
/// Coefficients, tests, intervals, likelihoods and measures of heterogeneity against the textbook's matrices in 77 digits, at the tau^2 that the library
/// found. METASPINE_DIFFERENTIAL=10000 in the environment makes so many problems of each kind.
/// </summary>
public sealed class InferenceDifferentialTests
{
    /// <summary>What the distributions promise for probabilities that are not tiny, and for their critical values.</summary>
    private const double Tail = 2e-14;

    public static TheoryData<string> Kinds => PoolingProblem.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_number_is_that_of_the_textbook(string kind)
    {
        var faults = new List<string>();
        var random = new Random(1);
        foreach (var (name, problem) in PoolingProblem.Of(kind))
        {
            var judge = problem.Judge(name);
            var options = Options(problem, random);
            ModelResult result;
            try
            {
                result = problem.Fit(options);
            }
            catch (PoolingException refusal) when (options.Test == PoolingTest.KenwardRoger)
            {
                refusal.Message.ShouldContain("choose", customMessage: name);
                continue;
            }

            var textbook = new TextbookInference(options, result.Tau2);
            var what = $"{options.Test}{(options.Weights is null ? "" : " with weights")}";
            if (result is PooledResult pooled)
            {
                Coefficient(judge, textbook, what, 0, pooled.Estimate, pooled.StandardError, pooled.Statistic, pooled.DegreesOfFreedom, pooled.PValue, pooled.Interval);
                Predictions(judge, textbook, pooled);
            }
            else if (result is RegressionResult regression)
            {
                Regression(judge, textbook, what, regression);
            }

            Heterogeneity(judge, textbook, result);
            Likelihoods(judge, textbook, result);
            Shares(judge, textbook, result);
            faults.AddRange(judge.Faults);
        }

        faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_interval_of_tau2_is_that_of_the_textbook(string kind)
    {
        var faults = new List<string>();
        foreach (var (name, problem) in PoolingProblem.Of(kind, 2))
        {
            var judge = problem.Judge(name);
            foreach (var method in new[] { PoolingMethod.REML, PoolingMethod.ML, PoolingMethod.DL })
            {
                Intervals(judge, problem.Fit(new PoolingOptions { Method = method }));
            }

            faults.AddRange(judge.Faults);
        }

        faults.ShouldBeEmpty();
    }

    /// <summary>Any test, any estimator that goes with it, and sometimes weights of the user's own.</summary>
    private static PoolingOptions Options(PoolingProblem problem, Random random)
    {
        var tests = Enum.GetValues<PoolingTest>();
        var test = tests[random.Next(tests.Length)];
        test = problem.X is not null && test is PoolingTest.KnappHartungWider or PoolingTest.KnappHartungIqwig ? PoolingTest.KnappHartung : test;
        var methods = Enum.GetValues<PoolingMethod>().Except([PoolingMethod.GENQ, PoolingMethod.GENQM]).ToArray();
        return test == PoolingTest.KenwardRoger
            ? new PoolingOptions { Test = test }
            : new PoolingOptions
            {
                Test = test, Method = methods[random.Next(methods.Length)], Level = random.Next(2) == 0 ? .95 : .8,
                Weights = random.Next(5) == 0 ? problem.Given : null, Weighted = random.Next(6) > 0,
            };
    }

    private static void Coefficient(
        Judge judge, TextbookInference textbook, string what, int i, double estimate, double error, double statistic, double? freedom, double pValue, Interval interval)
    {
        judge.Number($"estimate {what}", estimate, data => textbook.Estimate(data, i));
        judge.Number($"se {what}", error, data => Real.Sqrt(textbook.Variance(data, i).Variance));
        judge.Number($"df {what}", freedom ?? 0, data => textbook.Variance(data, i).Freedom ?? 0);
        if (error > 0)
        {
            judge.Number($"statistic {what}", statistic, data => textbook.Statistic(data, i));
            judge.Number($"p {what}", pValue, data => textbook.PValue(data, i), slack: Size(pValue));
        }

        Bound("lower", interval.Lower, -1);
        Bound("upper", interval.Upper, 1);

        void Bound(string side, double actual, int sign) => judge.Number(
            $"{side} {what}", actual, data => textbook.Bound(data, i, sign).Bound, data => Real.Abs(textbook.Estimate(data, i)) + textbook.Bound(data, i, sign).Margin, Tail);
    }

    private static void Predictions(Judge judge, TextbookInference textbook, PooledResult result)
    {
        foreach (var method in Enum.GetValues<PredictionMethod>())
        {
            if (result.PredictionIntervalBy(method) is { } interval)
            {
                Bound("lower", interval.Lower, -1);
                Bound("upper", interval.Upper, 1);
            }
            else
            {
                judge.That(result.Options.Method == PoolingMethod.EE, $"no prediction interval {method}");
            }

            void Bound(string side, double actual, int sign) => judge.Number(
                $"prediction {method} {side}", actual, data => textbook.Prediction(data, method, sign).Bound,
                data => Real.Abs(textbook.Estimate(data, 0)) + textbook.Prediction(data, method, sign).Margin, Tail);
        }
    }

    private static void Regression(Judge judge, TextbookInference textbook, string what, RegressionResult result)
    {
        for (var i = 0; i < result.Coefficients.Count; i++)
        {
            var c = result.Coefficients[i];
            Coefficient(judge, textbook, $"{what} of a regression", i, c.Estimate, c.StandardError, c.Statistic, c.DegreesOfFreedom, c.PValue, c.Interval);
        }

        var first = judge.Twin.HasIntercept && judge.Twin.P > 1 ? 1 : 0;
        var tested = Enumerable.Range(first, judge.Twin.P - first).ToArray();
        if (result.Coefficients.Any(c => c.StandardError == 0) || result.Moderators.ResidualDegreesOfFreedom < 4)
        {
            return;
        }

        // Kenward and Roger's covariance is inverted as it is, which loses digits with the inflation of its variances.
        var slack = textbook.Options.Test == PoolingTest.KenwardRoger ? 1e-15 * (double)textbook.Inflation(judge.Twin, tested) : 0;
        judge.Number($"joint statistic {what}", result.Moderators.Statistic, data => textbook.Joint(data, tested).Statistic, slack: slack);
        judge.Number($"joint p {what}", result.Moderators.PValue, data => textbook.Joint(data, tested).PValue, slack: Size(result.Moderators.PValue) + slack * (1 + result.Moderators.Statistic));
    }

    /// <summary>A p-value's relative error grows with its logarithm.</summary>
    private static double Size(double pValue) => Tail - 5e-16 * Math.Log(Math.Max(pValue, 1e-300));

    private static void Heterogeneity(Judge judge, TextbookInference textbook, ModelResult result)
    {
        judge.Number("Q", result.Q.Statistic, data => data.At(0).Q);
        judge.Number("p of Q", result.Q.PValue, data => ChiSquared.Upper((double)data.At(0).Q, data.Freedom), slack: Size(result.Q.PValue));
        if (textbook.Options.Method == PoolingMethod.EE)
        {
            judge.Truncated("I2 of Q", result.I2, data => data.At(0).Q.Sign == 0 ? Real.Zero : 100 * (data.At(0).Q - data.Freedom) / data.At(0).Q);
            judge.Number("H2 of Q", result.H2, data => data.At(0).Q / data.Freedom);
        }
        else
        {
            judge.Number("I2", result.I2, data => 100 * result.Tau2 / (result.Tau2 + TextbookInference.Typical(data)));
            judge.Number("H2", result.H2, data => result.Tau2 / TextbookInference.Typical(data) + 1);
        }
    }

    private static void Likelihoods(Judge judge, TextbookInference textbook, ModelResult result)
    {
        var parameters = judge.Twin.P + (textbook.Options.Method == PoolingMethod.EE ? 0 : 1);
        var isRestricted = textbook.Options.Method == PoolingMethod.REML;
        var n = isRestricted ? judge.Twin.Freedom : judge.Twin.K;
        judge.Number("log-likelihood", result.Fit.LogLikelihood, data => LogLikelihood(data, false), Terms);
        judge.Number("restricted log-likelihood", result.Fit.RestrictedLogLikelihood, data => LogLikelihood(data, true), Terms);
        judge.Number("AIC", result.Fit.Aic, data => 2 * (parameters - LogLikelihood(data, isRestricted)), Terms);
        judge.Number("BIC", result.Fit.Bic, data => parameters * Real.Log(n) - 2 * LogLikelihood(data, isRestricted), Terms);
        var corrected = Math.Max(n, parameters + 2);
        judge.Number("AICc", result.Fit.Aicc, data => (Real)(2 * parameters * corrected) / (corrected - parameters - 1) - 2 * LogLikelihood(data, isRestricted), Terms);

        Real LogLikelihood(TextbookTwin data, bool restricted) => TextbookTau2.LogLikelihood(data, result.Tau2, restricted, textbook.Fit(data).Residuals(result.Tau2));

        // The logarithms are of either sign; each has rounding of its own size.
        Real Terms(TextbookTwin data) => 10 + 2 * data.V.Sum(v => Math.Abs(Math.Log((double)v + result.Tau2))) + textbook.Fit(data).Residuals(result.Tau2);
    }

    private static void Shares(Judge judge, TextbookInference textbook, ModelResult result)
    {
        for (var i = 0; i < result.Studies.Count; i++)
        {
            var study = i;
            judge.Number("weight", result.Studies[i].Weight, data => textbook.Fit(data).W[study] / textbook.Fit(data).SumW);
        }
    }

    private static void Intervals(Judge judge, ModelResult result)
    {
        var (freedom, t, error) = (judge.Twin.Freedom, result.Tau2, result.Tau2StandardError!.Value);
        var q = result.Tau2IntervalBy(Tau2IntervalMethod.QProfile)!.Value;
        double high = ChiSquared.UpperQuantile(.025, freedom), low = ChiSquared.Quantile(.025, freedom);
        judge.Root("Q-profile lower", q.Lower, (data, tau2) => data.At(tau2).Q - high, Tail * high);
        judge.Root("Q-profile upper", q.Upper, (data, tau2) => data.At(tau2).Q - low, Tail * low);

        var z = NormalDistribution.UpperQuantile(.025);
        var wald = result.Tau2IntervalBy(Tau2IntervalMethod.Wald)!.Value;
        judge.Truncated("Wald lower", wald.Lower, _ => t - (Real)z * error);
        judge.Number("Wald upper", wald.Upper, _ => t + (Real)z * error);
        if (t > 0)
        {
            var root = result.Tau2IntervalBy(Tau2IntervalMethod.WaldSquareRoot)!.Value;
            var tau = Real.Sqrt(t);
            var bound = Real.Max(Real.Zero, tau - z * error / (2 * tau));
            judge.Number("Wald.sqrt lower", root.Lower, _ => bound * bound, _ => tau * tau);
            judge.Number("Wald.sqrt upper", root.Upper, _ => (tau + z * error / (2 * tau)) * (tau + z * error / (2 * tau)));
            if (result.Tau2IntervalBy(Tau2IntervalMethod.WaldLog) is { } log)
            {
                // The exponential turns the last digit of its argument into as many relative ones as the argument is large.
                var exponent = z * error / t;
                judge.Number("Wald.log lower", log.Lower, _ => t * Real.Exp(-exponent), slack: exponent * 1e-15);
                judge.Number("Wald.log upper", log.Upper, _ => t * Real.Exp(exponent), slack: exponent * 1e-15);
            }
        }

        if (result.Tau2IntervalBy(Tau2IntervalMethod.HigginsThompson) is { } ht && judge.Twin.P == 1)
        {
            judge.Truncated("Higgins-Thompson lower", ht.Lower, data => HigginsThompson(data, -z));
            judge.Truncated("Higgins-Thompson upper", ht.Upper, data => HigginsThompson(data, z));
        }

        if (result.Options.Method is PoolingMethod.REML or PoolingMethod.ML)
        {
            var restricted = result.Options.Method == PoolingMethod.REML;
            var drop = ChiSquared.UpperQuantile(.05, 1) / 2;
            var l = result.Tau2IntervalBy(Tau2IntervalMethod.ProfileLikelihood)!.Value;
            var rounding = 1e-15 * (10 + judge.Twin.V.Sum(v => Math.Abs(Math.Log((double)v + l.Upper))) + judge.Twin.V.Sum(v => Math.Abs(Math.Log((double)v + l.Lower))));
            judge.Root("likelihood lower", l.Lower, (data, tau2) => Top(data) - drop - TextbookTau2.LogLikelihood(data, tau2, restricted), rounding);
            judge.Root("likelihood upper", l.Upper, (data, tau2) => TextbookTau2.LogLikelihood(data, tau2, restricted) - Top(data) + drop, rounding);

            Real Top(TextbookTwin data) => TextbookTau2.LogLikelihood(data, t, restricted);
        }
    }

    /// <summary>Higgins and Thompson (2002, doi:10.1002/sim.1186): ln H with the error of their equations for Q above and up to k, as a value of tau^2.</summary>
    private static Real HigginsThompson(TextbookTwin data, double z)
    {
        var (k, q) = (data.K, data.At(0).Q);
        var error = q > k
            ? (Real.Log(q) - Real.Log(k - 1)) / (2 * (Real.Sqrt(2 * q) - Real.Sqrt(2 * k - 3)))
            : Real.Sqrt((1 - Real.One / (3 * (k - 2) * (k - 2))) / (2 * (k - 2)));
        return TextbookInference.Typical(data) * (q / (k - 1) * Real.Exp(2 * z * error) - 1);
    }
}
