namespace MetaSpine;

/// <summary>The part of a fit that does not depend on what the coefficients mean: tau^2, heterogeneity and likelihoods.</summary>
internal sealed record ModelSummary(
    double Tau2,
    double? Tau2StandardError,
    Interval? Tau2Bounds,
    double I2,
    Interval? I2Interval,
    double H2,
    Interval? H2Interval,
    ChiSquaredTest Q,
    ModelFit Fit,
    double KnappHartungFactor,
    Provenance Provenance)
{
    public static ModelSummary Of<TProfile>(in TProfile profile, ReadOnlySpan<double> y, PoolingOptions options)
        where TProfile : IProfile, allows ref struct
    {
        var freedom = profile.K - profile.P;
        var random = options.Method != PoolingMethod.EE;
        if (freedom == 0)
        {
            return new ModelSummary(
                0, null, null, 0, null, 1, null, new ChiSquaredTest(0, 0, 1), FitAt(profile, 0, PoolingMethod.ML, random), 1,
                new Provenance(options.Method.ToString(), 0, true, "one study leaves nothing to estimate"));
        }

        var atZero = profile.At(0);
        var q = new ChiSquaredTest(atZero.Rss, freedom, ChiSquared.Upper(atZero.Rss, freedom));
        var typical = freedom / atZero.TrP;
        var tau2 = Tau2Estimator.Estimate(profile, options.Method, y);
        var interval = Tau2Interval(profile, tau2.Tau2, options);
        return new ModelSummary(
            tau2.Tau2,
            random ? tau2.StandardError : null,
            interval,
            random ? Share(tau2.Tau2, typical) : Math.Max(0, 100 * (q.Statistic - freedom) / q.Statistic),
            Map(interval, t => Share(t, typical)),
            random ? tau2.Tau2 / typical + 1 : q.Statistic / freedom,
            Map(interval, t => t / typical + 1),
            q,
            FitAt(profile, tau2.Tau2, options.Method, random),
            profile.At(tau2.Tau2).Rss / freedom,
            new Provenance(options.Method.ToString(), tau2.Iterations, true, tau2.StoppedBecause));
    }

    /// <summary>The interval of tau^2 that the options ask for; null under equal effects and without residual degrees of freedom.</summary>
    public static Interval? Tau2Interval<TProfile>(in TProfile profile, double tau2, PoolingOptions options)
        where TProfile : IProfile, allows ref struct
    {
        if (options.Method == PoolingMethod.EE || profile.K == profile.P)
        {
            return null;
        }

        return options.Tau2Interval == Tau2IntervalMethod.ProfileLikelihood
            ? Tau2Intervals.LikelihoodInterval(profile, tau2, Restricted(options.Method), options.Level)
            : Tau2Intervals.QProfileInterval(profile, options.Level);
    }

    /// <summary>Whether the profile likelihood of a method is the restricted one; a method without a likelihood has no such interval.</summary>
    public static bool Restricted(PoolingMethod method) => method switch
    {
        PoolingMethod.REML => true,
        PoolingMethod.ML => false,
        _ => throw new ArgumentException($"A profile-likelihood interval needs the method ML or REML, not {method}; the Q-profile interval suits every method."),
    };

    private static double Share(double tau2, double typical) => 100 * tau2 / (tau2 + typical);

    private static Interval? Map(Interval? interval, Func<double, double> map) =>
        interval is { } i ? i with { Lower = map(i.Lower), Upper = map(i.Upper) } : null;

    /// <summary>The likelihoods and criteria at a value of tau^2.</summary>
    public static ModelFit FitAt<TProfile>(in TProfile profile, double tau2, PoolingMethod method, bool random)
        where TProfile : IProfile, allows ref struct
    {
        var (k, p) = (profile.K, profile.P);
        var terms = profile.LikelihoodAt(tau2);
        var full = terms.Full(k);
        var restricted = k > p ? terms.Restricted(k, p, profile.LogDetXX) : double.NaN;
        var (likelihood, n) = method == PoolingMethod.REML ? (restricted, k - p) : (full, k);
        var parameters = random ? p + 1 : p;
        var corrected = Math.Max(n, parameters + 2);
        return new ModelFit(
            full,
            restricted,
            -2 * likelihood + 2 * parameters,
            -2 * likelihood + parameters * Math.Log(n),
            -2 * likelihood + 2.0 * parameters * corrected / (corrected - parameters - 1));
    }
}
