namespace MetaSpine;

/// <summary>An estimate of tau^2 with its standard error, and how it was reached.</summary>
internal readonly record struct Tau2Estimate(double Tau2, double StandardError, int Iterations, string StoppedBecause);

/// <summary>
/// The estimators of tau^2 (Viechtbauer 2005, doi:10.3102/10769986030003261; Veroniki et al. 2016, doi:10.1002/jrsm.1164),
/// each truncated at 0, with the standard errors that metafor gives.
/// </summary>
internal static class Tau2Estimator
{
    private const string ClosedForm = "closed form";
    private const string Truncated = "closed form, truncated at 0";

    /// <param name="profile">The data.</param>
    /// <param name="options">The method, or the value at which tau^2 is fixed.</param>
    /// <param name="y">The estimates.</param>
    /// <param name="weights">The weights of the generalised Q estimators; empty for the others.</param>
    /// <param name="excess">By how much the Q of <see cref="PoolingMethod.DL"/> is larger than around the model's own mean.</param>
    public static Tau2Estimate Estimate<TProfile>(in TProfile profile, PoolingOptions options, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, double excess = 0)
        where TProfile : IProfile, allows ref struct => options switch
        {
            { Method: PoolingMethod.EE } => new(0, double.NaN, 0, "0 by assumption"),
            { FixedTau2: { } given } => new(given, double.NaN, 0, "fixed by the user"),
            { Method: PoolingMethod.GENQ } => GeneralisedQ(profile, weights),
            { Method: PoolingMethod.GENQM } => profile.Generalised(weights).MedianEstimate(),
            { Method: PoolingMethod.DL } => DerSimonianLaird(profile, excess),
            { Method: var method } => Estimate(profile, method, y),
        };

    public static Tau2Estimate Estimate<TProfile>(in TProfile profile, PoolingMethod method, ReadOnlySpan<double> y)
        where TProfile : IProfile, allows ref struct => method switch
        {
            PoolingMethod.DL => DerSimonianLaird(profile, 0),
            PoolingMethod.HE => Hedges(profile),
            PoolingMethod.HS => HunterSchmidt(profile, false),
            PoolingMethod.HSk => HunterSchmidt(profile, true),
            PoolingMethod.SJ => SidikJonkman(profile, y),
            PoolingMethod.REML => Likelihood(profile, true),
            PoolingMethod.ML => Likelihood(profile, false),
            PoolingMethod.PM or PoolingMethod.EB or PoolingMethod.SJIT => PauleMandel(profile, profile.K - profile.P),
            PoolingMethod.DLIT => IteratedDerSimonianLaird(profile),
            PoolingMethod.PMM => PauleMandel(profile, ChiSquared.Quantile(0.5, profile.K - profile.P)),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such estimator of tau^2."),
        };

    private static Tau2Estimate DerSimonianLaird<TProfile>(in TProfile profile, double excess)
        where TProfile : IProfile, allows ref struct
    {
        var fit = profile.At(0);
        return WithError((fit.Rss + excess - (profile.K - profile.P)) / fit.TrP, fit, fit.TrP, profile);
    }

    private static Tau2Estimate HunterSchmidt<TProfile>(in TProfile profile, bool corrected)
        where TProfile : IProfile, allows ref struct
    {
        var fit = profile.At(0);
        var factor = corrected ? (double)profile.K / (profile.K - profile.P) : 1;
        return WithError((fit.Rss * factor - profile.K) / fit.SumW, fit, fit.SumW / factor, profile);
    }

    /// <summary>The error of a moment estimator that divides Q by <paramref name="divisor"/>.</summary>
    private static Tau2Estimate WithError<TProfile>(double raw, in Moments fit, double divisor, in TProfile profile)
        where TProfile : IProfile, allows ref struct
    {
        var t = Math.Max(0, raw);
        var error = Math.Sqrt(2 * (profile.K - profile.P) + 4 * t * fit.TrP + 2 * t * t * fit.TrPP) / divisor;
        return new Tau2Estimate(t, error, 0, raw < 0 ? Truncated : ClosedForm);
    }

    private static Tau2Estimate Hedges<TProfile>(in TProfile profile)
        where TProfile : IProfile, allows ref struct => Moments(profile.TracesAt(Weighting.Unit));

    private static Tau2Estimate GeneralisedQ<TProfile>(in TProfile profile, ReadOnlySpan<double> weights)
        where TProfile : IProfile, allows ref struct => Moments(profile.TracesAt(Weighting.Given(weights)));

    /// <summary>The moment estimator for any fixed weights: y'Py set to its expectation, tr PV + tau^2 tr P.</summary>
    private static Tau2Estimate Moments(in Traces fit)
    {
        var raw = (fit.Rss - fit.PV) / fit.P;
        var t = Math.Max(0, raw);
        var error = Math.Sqrt(2 * fit.PVPV + 4 * t * fit.PVP + 2 * t * t * fit.PP) / fit.P;
        return new Tau2Estimate(t, error, 0, raw < 0 ? Truncated : ClosedForm);
    }

    private static Tau2Estimate SidikJonkman<TProfile>(in TProfile profile, ReadOnlySpan<double> y)
        where TProfile : IProfile, allows ref struct
    {
        var start = Variance(y);
        if (start == 0)
        {
            return new Tau2Estimate(0, 0, 0, "all estimates are equal");
        }

        var freedom = profile.K - profile.P;
        var fit = profile.TracesAt(Weighting.InverseVariance(start));
        var t = start * fit.Rss / freedom;
        var error = start / freedom * Math.Sqrt(2 * fit.PVPV + 4 * t * fit.PVP + 2 * t * t * fit.PP);
        return new Tau2Estimate(t, error, 0, ClosedForm);
    }

    private static Tau2Estimate PauleMandel<TProfile>(in TProfile profile, double target)
        where TProfile : IProfile, allows ref struct
    {
        var (t, iterations) = QProfile.Solve(profile, target);
        var error = Math.Sqrt(2.0 * profile.K * profile.K / (profile.K - profile.P)) / profile.At(t).SumW;
        return new Tau2Estimate(t, error, iterations, Reached(t));
    }

    /// <summary>The fixed point of tau^2 = (Q(tau^2) - (k - p)) / tr P(tau^2).</summary>
    private static Tau2Estimate IteratedDerSimonianLaird<TProfile>(in TProfile profile)
        where TProfile : IProfile, allows ref struct
    {
        var freedom = profile.K - profile.P;
        var (t, iterations) = profile.At(0).Rss > freedom
            ? ProfileEquation.Solve(profile, new FixedPoint(freedom), 0, profile.UnweightedRss / freedom, 0)
            : (0, 1);
        var fit = profile.At(t);
        return WithError(t, fit, fit.TrP, profile) with { Iterations = iterations, StoppedBecause = Reached(t) };
    }

    private readonly struct FixedPoint(int freedom) : IProfileEquation
    {
        public (double Value, double Slope) At<TProfile>(in TProfile profile, double tau2)
            where TProfile : IProfile, allows ref struct
        {
            var fit = profile.At(tau2);
            return (fit.Rss - freedom - tau2 * fit.TrP, tau2 * fit.TrPP - fit.TrP - fit.PPy);
        }
    }

    private static Tau2Estimate Likelihood<TProfile>(in TProfile profile, bool restricted)
        where TProfile : IProfile, allows ref struct
    {
        var (t, fit, iterations) = LikelihoodTau2.Maximise(profile, restricted);
        return new Tau2Estimate(t, Math.Sqrt(2 / (restricted ? fit.TrPP : fit.SumW2)), iterations, Reached(t));
    }

    private static string Reached(double tau2) => tau2 == 0 ? "at the boundary, 0" : "solved to rounding";

    /// <summary>The mean squared distance from the mean; differences of estimates that nearly agree are exact, their mean is not.</summary>
    private static double Variance(ReadOnlySpan<double> y)
    {
        double mean = 0, sum = 0;
        foreach (var value in y)
        {
            mean += (value - y[0]) / y.Length;
        }

        foreach (var value in y)
        {
            var distance = value - y[0] - mean;
            sum += distance * distance;
        }

        return sum / y.Length;
    }
}
