using System.Globalization;

namespace MetaSpine.Tests;

/// <summary>Every number that a result shows, by name, so that a test can look at all of them.</summary>
internal static class PublicNumbers
{
    public static IEnumerable<(string Name, double Value)> Of(PooledResult result) =>
    [
        ("estimate", result.Estimate), ("standard error", result.StandardError), ("statistic", result.Statistic), ("p", result.PValue),
        .. Maybe("degrees of freedom", result.DegreesOfFreedom), .. Of("interval", result.Interval), .. Of("prediction interval", result.PredictionInterval),
        ("natural estimate", result.Natural.Estimate), .. Of("natural interval", result.Natural.Interval), .. Of("natural prediction interval", result.Natural.PredictionInterval),
        .. Maybe("share below 0", result.ShareBelow(0)), .. Common(result),
    ];

    public static IEnumerable<(string Name, double Value)> Of(RegressionResult result) =>
    [
        .. result.Coefficients.SelectMany(Of), .. result.Covariance.SelectMany(row => row).Select(value => ("covariance", value)),
        .. Of("moderators", result.Moderators), .. Maybe("R2", result.R2), .. Common(result),
    ];

    public static IEnumerable<(string Name, double Value)> Of(StratifiedResult result) =>
    [
        ("estimate", result.Estimate), ("standard error", result.StandardError), ("statistic", result.Statistic), ("p", result.PValue),
        .. Of("interval", result.Interval), ("natural estimate", result.Natural.Estimate), .. Of("natural interval", result.Natural.Interval),
        ("I2", result.I2), .. Maybe("H2", result.H2), .. Of("Q", result.Q), .. Of("CMH", result.CochranMantelHaenszel), .. Of("Cochran", result.Cochran),
        .. Of("Breslow-Day", result.BreslowDay), .. Of("Tarone", result.Tarone), .. result.Studies.Select(study => ("weight", study.Weight)),
    ];

    public static IEnumerable<(string Name, double Value)> Of(CountModelResult result) =>
    [
        .. result.Coefficients.SelectMany(Of), .. result.Covariance.SelectMany(row => row).Select(value => ("covariance", value)),
        .. Of("prediction interval", result.PredictionInterval), ("tau2", result.Tau2), .. Maybe("se(tau2)", result.Tau2StandardError),
        .. Of("tau2 interval", result.Tau2Interval), .. Maybe("baseline variance", result.BaselineVariance), .. Maybe("correlation", result.Correlation),
        .. Maybe("I2", result.I2), .. Maybe("H2", result.H2), .. Of("Wald", result.HeterogeneityWald), .. Of("LRT", result.HeterogeneityLikelihoodRatio),
        .. Of("tau2 test", result.Tau2Test), .. Of("moderators", result.Moderators), .. Of("moderators LRT", result.ModeratorsLikelihoodRatio),
        ("log-likelihood", result.Fit.LogLikelihood), ("AIC", result.Fit.Aic), ("BIC", result.Fit.Bic), ("AICc", result.Fit.Aicc),
        ("natural estimate", result.Natural.Estimate), .. Of("natural interval", result.Natural.Interval),
    ];

    public static IEnumerable<(string Name, double Value)> Of(BetaBinomialResult result) =>
    [
        .. Of(result.Effect), .. Maybe("baseline", result.Baseline), ("intraclass correlation", result.IntraclassCorrelation), .. Of("dispersion", result.DispersionTest),
        ("log-likelihood", result.Fit.LogLikelihood), ("AIC", result.Fit.Aic), ("BIC", result.Fit.Bic), ("AICc", result.Fit.Aicc),
        ("natural estimate", result.Natural.Estimate), .. Of("natural interval", result.Natural.Interval),
    ];

    public static IEnumerable<(string Name, double Value)> Of(LocationScaleResult result) =>
    [
        .. result.Coefficients.SelectMany(Of), .. result.Covariance.SelectMany(row => row).Select(value => ("covariance", value)),
        .. result.ScaleCoefficients.SelectMany(c => new[] { ($"scale {c.Name}", c.Estimate) }
            .Concat(Maybe($"scale {c.Name} standard error", c.StandardError)).Concat(Maybe($"scale {c.Name} p", c.PValue)).Concat(Of($"scale {c.Name} interval", c.Interval))),
        .. (result.ScaleCovariance ?? []).SelectMany(row => row).Select(value => ("scale covariance", value)), .. result.StudyTau2.Select(value => ("tau2", value)),
        .. Of("moderators", result.Moderators), .. result.ScaleModerators is { } test ? Of("scale moderators", test) : [], .. Of("constant tau2", result.ConstantTau2), .. Of("Q", result.Q),
        ("log-likelihood", result.Fit.LogLikelihood), ("AIC", result.Fit.Aic), ("BIC", result.Fit.Bic), ("AICc", result.Fit.Aicc),
        .. result.Q.DegreesOfFreedom > 0 ? [("restricted log-likelihood", result.Fit.RestrictedLogLikelihood)] : Array.Empty<(string, double)>(),
        .. result.Studies.Select(study => ("weight", study.Weight)),
    ];

    /// <summary>Fails where a number is not finite, where a p-value is none, or where a note shows what is no number.</summary>
    public static void ShouldBeFinite(this IEnumerable<(string Name, double Value)> numbers, IEnumerable<string> notes, string what)
    {
        foreach (var (name, value) in numbers)
        {
            double.IsFinite(value).ShouldBeTrue($"{what}: {name} is {value.ToString(CultureInfo.InvariantCulture)}");
            if (name.EndsWith(" p", StringComparison.Ordinal) || name == "p")
            {
                value.ShouldBeInRange(0, 1, $"{what}: {name}");
            }
        }

        foreach (var note in notes)
        {
            note.ShouldNotContain("NaN", Case.Sensitive, what);
            note.ShouldNotContain("∞", Case.Sensitive, what);
            note.ShouldNotContain("Infinity", Case.Sensitive, what);
        }
    }

    private static IEnumerable<(string Name, double Value)> Common(ModelResult result) =>
    [
        ("tau2", result.Tau2), .. Maybe("se(tau2)", result.Tau2StandardError), .. Of("tau2 interval", result.Tau2Interval),
        ("I2", result.I2), .. Of("I2 interval", result.I2Interval), ("H2", result.H2), .. Of("H2 interval", result.H2Interval), .. Of("Q", result.Q),
        ("log-likelihood", result.Fit.LogLikelihood), ("AIC", result.Fit.Aic), ("BIC", result.Fit.Bic), ("AICc", result.Fit.Aicc),
        // Without residual degrees of freedom there is no restricted likelihood, and its documentation says NaN.
        .. result.Q.DegreesOfFreedom > 0 ? [("restricted log-likelihood", result.Fit.RestrictedLogLikelihood)] : Array.Empty<(string, double)>(),
        .. result.Studies.SelectMany(study => new[] { ("weight", study.Weight), ("study estimate", study.Effect.Estimate), ("study variance", study.Effect.Variance) }),
    ];

    private static IEnumerable<(string Name, double Value)> Of(Coefficient c) =>
    [
        ($"{c.Name} estimate", c.Estimate), ($"{c.Name} standard error", c.StandardError), ($"{c.Name} statistic", c.Statistic), ($"{c.Name} p", c.PValue),
        .. Maybe($"{c.Name} degrees of freedom", c.DegreesOfFreedom), .. Of($"{c.Name} interval", c.Interval),
    ];

    private static IEnumerable<(string Name, double Value)> Of(string name, ModeratorTest test) =>
        [($"{name} statistic", test.Statistic), ($"{name} p", test.PValue), .. Maybe($"{name} degrees of freedom", test.ResidualDegreesOfFreedom)];

    private static IEnumerable<(string Name, double Value)> Of(string name, ChiSquaredTest? test) =>
        test is { } t ? [($"{name} statistic", t.Statistic), ($"{name} p", t.PValue)] : [];

    private static IEnumerable<(string Name, double Value)> Of(string name, Interval? interval) =>
        interval is { } i ? [($"{name} lower", i.Lower), ($"{name} upper", i.Upper)] : [];

    private static IEnumerable<(string Name, double Value)> Maybe(string name, double? value) => value is { } v ? [(name, v)] : [];
}
