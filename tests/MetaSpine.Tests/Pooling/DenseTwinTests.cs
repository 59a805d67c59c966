namespace MetaSpine.Tests;

/// <summary>The fast kernels against the slow twin on seeded random problems, with and without moderators.</summary>
public sealed class DenseTwinTests
{
    /// <summary>The twin inverts k x k and p x p matrices; with variances over three orders of magnitude it keeps about ten digits.</summary>
    private const double Tolerance = 1e-9;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [EveryCultureTheory]
    [MemberData(nameof(Seeds))]
    public void Every_estimator_agrees(int seed)
    {
        var (y, v, rows) = Problem(seed);
        var twin = new DenseTwin(y, v, rows);

        Near(Fit(PoolingMethod.DL).Tau2, twin.DerSimonianLaird());
        Near(Fit(PoolingMethod.HE).Tau2, twin.Hedges());
        Near(Fit(PoolingMethod.SJ).Tau2, twin.SidikJonkman());
        Near(Fit(PoolingMethod.EE).Q.Statistic, twin.Q(0));

        var pm = Fit(PoolingMethod.PM).Tau2;
        var freedom = y.Length - (rows?[0].Length ?? 1);
        (pm == 0 ? twin.Q(0) <= freedom * (1 + Tolerance) : Math.Abs(twin.Q(pm) / freedom - 1) < Tolerance).ShouldBeTrue();

        foreach (var method in new[] { PoolingMethod.REML, PoolingMethod.ML })
        {
            var restricted = method == PoolingMethod.REML;
            var fit = Fit(method);
            var likelihood = restricted ? fit.Fit.RestrictedLogLikelihood : fit.Fit.LogLikelihood;
            Near(likelihood, twin.LogLikelihood(fit.Tau2, restricted));
            var score = twin.Score(fit.Tau2, restricted);
            (fit.Tau2 == 0 ? score <= Tolerance / v.Min() : Math.Abs(score) <= Tolerance * y.Length / (v.Min() + fit.Tau2)).ShouldBeTrue($"the score at {fit.Tau2} is {score}");

            // No other tau^2 has a higher likelihood: the maximum is global.
            for (var t = 1e-6; t < 1e4; t *= 1.1)
            {
                twin.LogLikelihood(t, restricted).ShouldBeLessThanOrEqualTo(likelihood + Tolerance * Math.Max(1, Math.Abs(likelihood)), $"{method} at {t} beats {fit.Tau2}");
            }

            var (coefficients, covariance) = twin.Solve(fit.Tau2);
            if (fit is PooledResult pooled)
            {
                Near(pooled.Estimate, coefficients[0]);
                Near(pooled.StandardError, Math.Sqrt(covariance[0, 0]));
            }
            else if (fit is RegressionResult regression)
            {
                for (var i = 0; i < coefficients.Count; i++)
                {
                    regression.Coefficients[i].Estimate.ShouldBe(coefficients[i], Tolerance * (1 + Math.Abs(coefficients[i])));
                    Near(regression.Coefficients[i].StandardError, Math.Sqrt(covariance[i, i]));
                    for (var j = 0; j < coefficients.Count; j++)
                    {
                        regression.Covariance[i][j].ShouldBe(covariance[i, j], Tolerance * Math.Sqrt(covariance[i, i] * covariance[j, j]));
                    }
                }
            }
        }

        ModelResult Fit(PoolingMethod method)
        {
            var options = new PoolingOptions { Method = method, Test = PoolingTest.Z };
            var effects = Measures.GEN.Compute(new EffectData { ["yi"] = y, ["vi"] = v });
            return rows is null
                ? MetaAnalysis.Pool(effects, options)
                : MetaAnalysis.Regress(effects, DesignMatrix.FromRows([.. rows[0].Select((_, i) => $"x{i}")], rows), options);
        }
    }

    /// <summary>The precise study outweighs the others by twelve orders of magnitude; S1 - S2/S1 in doubles would keep four digits, decimals keep them all.</summary>
    [EveryCultureFact]
    public void A_study_that_outweighs_all_keeps_the_others_digits()
    {
        double[] y = [3, 4, 4.5, 3.5];
        double[] v = [1e-12, 1, 1, 2];
        decimal s1 = 1e12m + 2.5m, s2 = 1e24m / s1, rest = 2.25m / s1;
        var trace = (double)(1e12m - s2 + 2.5m - rest);
        var q = (double)(1m + 2.25m + 0.125m - (1m + 1.5m + 0.25m) * (2.75m / s1));
        MetaAnalysis.Pool(y, v, new PoolingOptions { Method = PoolingMethod.DL }).Tau2.ShouldBe(Math.Max(0, (q - 3) / trace), 1e-13);
    }

    private static (double[] Y, double[] V, double[][]? Rows) Problem(int seed)
    {
        var random = new Random(seed);
        var k = 4 + random.Next(20);
        var tau = random.Next(3) == 0 ? 0 : Math.Exp(2 * random.NextDouble() - 1);
        var v = Enumerable.Range(0, k).Select(_ => Math.Pow(10, 3 * random.NextDouble() - 2)).ToArray();
        var y = v.Select(variance => 1 + Normal() * Math.Sqrt(variance) + tau * Normal()).ToArray();
        var p = seed % 4;
        var rows = p == 0 ? null : Enumerable.Range(0, k).Select(_ => (double[])[1, .. Enumerable.Range(1, Math.Min(p, k - 3)).Select(_ => Normal())]).ToArray();
        return (y, v, rows);

        double Normal() => NormalDistribution.Quantile(random.NextDouble());
    }

    private static void Near(double actual, double expected) =>
        Math.Abs(actual - expected).ShouldBeLessThanOrEqualTo(Tolerance * Math.Max(Math.Abs(expected), 1e-3), FormattableString.Invariant($"{actual:R} against {expected:R}"));
}
