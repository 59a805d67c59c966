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
    /// <summary>The summary of a fit; Q is larger by an excess where it is taken around another estimate than the model's own.</summary>
    public static ModelSummary Of<TProfile>(in TProfile profile, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, PoolingOptions options, double excess = 0)
        where TProfile : IProfile, allows ref struct
    {
        var freedom = profile.K - profile.P;
        var random = options.Method != PoolingMethod.EE;
        if (freedom == 0)
        {
            return new ModelSummary(
                0, null, null, 0, null, 1, null, new ChiSquaredTest(0, 0, 1), FitAt(profile, 0, weights, PoolingMethod.ML, random && options.FixedTau2 is null), 1,
                new Provenance(options.Method.ToString(), 0, true, "one study leaves nothing to estimate"));
        }

        var atZero = profile.At(0);
        var q = new ChiSquaredTest(atZero.Rss + excess, freedom, ChiSquared.Upper(atZero.Rss + excess, freedom));
        var typical = freedom / atZero.TrP;
        var tau2 = Tau2Estimator.Estimate(profile, options, y, weights, excess);
        var interval = Tau2Interval(profile, tau2.Tau2, tau2.StandardError, weights, options);
        var fromQ = !random || options.I2From == HeterogeneityBasis.Q;
        var basis = fromQ && random && freedom > 1 && profile.P == 1
            ? Tau2Intervals.HigginsThompsonInterval(q.Statistic, profile.K, typical, options.Level)
            : fromQ ? null : interval;
        return new ModelSummary(
            tau2.Tau2,
            double.IsNaN(tau2.StandardError) ? null : tau2.StandardError,
            interval,
            fromQ ? ShareOfQ(q.Statistic, freedom) : Share(tau2.Tau2, typical),
            Map(basis, t => Share(t, typical)),
            fromQ ? q.Statistic / freedom : tau2.Tau2 / typical + 1,
            Map(basis, t => t / typical + 1),
            q,
            FitAt(profile, tau2.Tau2, weights, options.Method, random && options.FixedTau2 is null),
            profile.At(tau2.Tau2).Rss / freedom,
            new Provenance(options.Method.ToString(), tau2.Iterations, true, tau2.StoppedBecause));
    }

    /// <summary>
    /// The interval of tau^2 that the options ask for; null under equal effects, for a fixed tau^2, without residual degrees of
    /// freedom, and where the method is undefined for these studies (Higgins-Thompson up to two, Wald on a transformed scale at 0).
    /// </summary>
    public static Interval? Tau2Interval<TProfile>(in TProfile profile, double tau2, double standardError, ReadOnlySpan<double> weights, PoolingOptions options)
        where TProfile : IProfile, allows ref struct
    {
        if (options.Method == PoolingMethod.EE || options.FixedTau2 is not null || profile.K == profile.P)
        {
            return null;
        }

        switch (options.Tau2Interval)
        {
            case Tau2IntervalMethod.ProfileLikelihood:
                return Tau2Intervals.LikelihoodInterval(profile, tau2, Restricted(options.Method), options.Level);
            case Tau2IntervalMethod.HigginsThompson:
                var fit = profile.At(0);
                return profile.P > 1 || profile.K < 3
                    ? null
                    : Tau2Intervals.HigginsThompsonInterval(fit.Rss, profile.K, (profile.K - profile.P) / fit.TrP, options.Level);
            case Tau2IntervalMethod.WaldLog or Tau2IntervalMethod.WaldSquareRoot when tau2 == 0:
                return null;
            case Tau2IntervalMethod.Wald or Tau2IntervalMethod.WaldLog or Tau2IntervalMethod.WaldSquareRoot:
                return Tau2Intervals.WaldInterval(tau2, standardError, options.Tau2Interval, options.Level);
            case Tau2IntervalMethod.GeneralisedQ:
                return profile.Generalised(weights).Interval(options.Level);
            default:
                return Tau2Intervals.QProfileInterval(profile, options.Level);
        }
    }

    /// <summary>Whether the profile likelihood of a method is the restricted one; a method without a likelihood has no such interval.</summary>
    public static bool Restricted(PoolingMethod method) => method switch
    {
        PoolingMethod.REML => true,
        PoolingMethod.ML => false,
        _ => throw new ArgumentException($"A profile-likelihood interval needs the method ML or REML, not {method}; the Q-profile interval suits every method."),
    };

    /// <summary>I^2 in percent from Q.</summary>
    public static double ShareOfQ(double q, double freedom) => q == 0 ? 0 : Math.Clamp(100 * (q - freedom) / q, 0, 100);

    /// <summary>I^2 in percent from tau^2 and the typical sampling variance; rounding takes it no further than 100.</summary>
    public static double Share(double tau2, double typical) => Math.Min(100, 100 * tau2 / (tau2 + typical));

    private static Interval? Map(Interval? interval, Func<double, double> map) =>
        interval is { } i ? i with { Lower = map(i.Lower), Upper = map(i.Upper) } : null;

    /// <summary>The likelihoods and criteria at a value of tau^2.</summary>
    public static ModelFit FitAt<TProfile>(in TProfile profile, double tau2, ReadOnlySpan<double> weights, PoolingMethod method, bool estimated)
        where TProfile : IProfile, allows ref struct
    {
        var (k, p) = (profile.K, profile.P);
        var terms = profile.LikelihoodAt(tau2);
        if (!weights.IsEmpty)
        {
            terms = terms with { Rss = profile.ResidualsAt(Weighting.Given(weights), tau2) };
        }

        var full = terms.Full(k);
        var restricted = k > p ? terms.Restricted(k, p, profile.LogDetXX) : double.NaN;
        return ModelFit.Of(full, restricted, method == PoolingMethod.REML, k, p, estimated ? p + 1 : p);
    }
}
