namespace MetaSpine.Tests;

/// <summary>A result's numbers under the names of the reference files.</summary>
internal static class ResultFields
{
    public static double[] Of(ModelResult result, string name) => name switch
    {
        "k" => [result.StudyCount],
        "p" => [Coefficients(result).Count],
        "beta" => Each(result, c => c.Estimate),
        "se" => Each(result, c => c.StandardError),
        "stat" => Each(result, c => c.Statistic),
        "pval" => Each(result, c => c.PValue),
        "ci_lb" => Each(result, c => c.Interval.Lower),
        "ci_ub" => Each(result, c => c.Interval.Upper),
        "df" => [Coefficients(result)[0].DegreesOfFreedom!.Value],
        "tau2" => [result.Tau2],
        "se_tau2" => [result.Tau2StandardError!.Value],
        "QE" => [result.Q.Statistic],
        "QEp" => [result.Q.PValue],
        "QM" => [Joint(result).Statistic],
        "QMp" => [Joint(result).PValue],
        "R2" => [((RegressionResult)result).R2 ?? double.NaN],
        "I2" => [result.I2],
        "H2" => [result.H2],
        "ll" => [result.Fit.LogLikelihood],
        "ll_reml" => [result.Fit.RestrictedLogLikelihood],
        "AIC" => [result.Fit.Aic],
        "BIC" => [result.Fit.Bic],
        "AICc" => [result.Fit.Aicc],
        "tau2_ci" => Bounds(result.Tau2Interval),
        "I2_ci" => Bounds(result.I2Interval),
        "H2_ci" => Bounds(result.H2Interval),
        "tau2_ci_PL" => Bounds(result.Tau2IntervalBy(Tau2IntervalMethod.ProfileLikelihood)),
        "pi_lb" => [Predicted(result, PredictionMethod.Standard).Lower],
        "pi_ub" => [Predicted(result, PredictionMethod.Standard).Upper],
        "pi_lb_simple" => [Predicted(result, PredictionMethod.Simple).Lower],
        "pi_ub_simple" => [Predicted(result, PredictionMethod.Simple).Upper],
        "pi_lb_riley" => [Predicted(result, PredictionMethod.Riley).Lower],
        "pi_ub_riley" => [Predicted(result, PredictionMethod.Riley).Upper],
        "pi_lb_t" => [Predicted(result, PredictionMethod.T).Lower],
        "pi_ub_t" => [Predicted(result, PredictionMethod.T).Upper],
        _ => throw new InvalidOperationException($"The reference files name a field that no test compares: {name}"),
    };

    private static IReadOnlyList<Coefficient> Coefficients(ModelResult result) => result switch
    {
        RegressionResult regression => regression.Coefficients,
        PooledResult p => [new("estimate", p.Estimate, p.StandardError, p.Statistic, p.DegreesOfFreedom, p.PValue, p.Interval)],
        _ => throw new InvalidOperationException(),
    };

    private static double[] Each(ModelResult result, Func<Coefficient, double> field) => [.. Coefficients(result).Select(field)];

    private static ModeratorTest Joint(ModelResult result) => result switch
    {
        RegressionResult regression => regression.Moderators,
        PooledResult p => new(p.Statistic * p.Statistic, 1, p.DegreesOfFreedom, p.PValue),
        _ => throw new InvalidOperationException(),
    };

    private static Interval Predicted(ModelResult result, PredictionMethod method) => ((PooledResult)result).PredictionIntervalBy(method)!.Value;

    private static double[] Bounds(Interval? interval) => [interval!.Value.Lower, interval.Value.Upper];
}
