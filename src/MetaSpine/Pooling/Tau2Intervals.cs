namespace MetaSpine;

/// <summary>Intervals for tau^2.</summary>
internal static class Tau2Intervals
{
    /// <summary>
    /// Viechtbauer (2007), Statistics in Medicine 26:37, doi:10.1002/sim.2514. Where even tau^2 = 0 gives too small a Q, no value
    /// is compatible with the data and both bounds are 0.
    /// </summary>
    public static Interval QProfileInterval<TProfile>(in TProfile profile, double level)
        where TProfile : IProfile, allows ref struct
    {
        var freedom = profile.K - profile.P;
        return new Interval(
            QProfile.Solve(profile, ChiSquared.UpperQuantile((1 - level) / 2, freedom)).Tau2,
            QProfile.Solve(profile, ChiSquared.Quantile((1 - level) / 2, freedom)).Tau2,
            level);
    }

    /// <summary>
    /// Hardy and Thompson (1996), Statistics in Medicine 15:619, doi:10.1002/(SICI)1097-0258(19960330)15:6&lt;619::AID-SIM188&gt;3.0.CO;2-A:
    /// the values of tau^2 whose profile log-likelihood is within half
    /// the chi-squared quantile of the maximum.
    /// </summary>
    public static Interval LikelihoodInterval<TProfile>(in TProfile profile, double estimate, bool restricted, double level)
        where TProfile : IProfile, allows ref struct
    {
        var cut = LikelihoodTau2.LogLikelihood(profile, estimate, restricted) - ChiSquared.UpperQuantile(1 - level, 1) / 2;

        double lower = 0;
        if (LikelihoodTau2.LogLikelihood(profile, 0, restricted) < cut)
        {
            lower = ProfileEquation.Solve(profile, new Drop(cut, restricted, -1), 0, estimate, estimate / 2).Tau2;
        }

        var inside = estimate;
        var outside = 2 * (estimate + profile.SmallestVariance);
        while (LikelihoodTau2.LogLikelihood(profile, outside, restricted) >= cut)
        {
            (inside, outside) = (outside, 2 * outside);
        }

        if (!double.IsFinite(outside))
        {
            // Estimates of wildly different orders: beside their log-likelihood a drop by the quantile is lost in rounding.
            return new Interval(lower, double.PositiveInfinity, level);
        }

        var upper = ProfileEquation.Solve(profile, new Drop(cut, restricted, 1), inside, outside, inside + (outside - inside) / 2).Tau2;
        return new Interval(lower, upper, level);
    }

    /// <summary>
    /// Higgins and Thompson (2002), Statistics in Medicine 21:1539: ln H -/+ z se(ln H), brought to tau^2 by the typical sampling
    /// variance.
    /// </summary>
    public static Interval HigginsThompsonInterval(double q, int k, double typicalVariance, double level)
    {
        var error = q > k
            ? (Math.Log(q) - Math.Log(k - 1)) / (Math.Sqrt(2 * q) - Math.Sqrt(2 * k - 3)) / 2
            : Math.Sqrt((1 - 1 / (3.0 * (k - 2) * (k - 2))) / (2.0 * (k - 2)));
        var margin = NormalDistribution.UpperQuantile((1 - level) / 2) * error;
        var h = Math.Sqrt(q / (k - 1));
        return new Interval(Bound(-margin), Bound(margin), level);

        double Bound(double shift) => typicalVariance * Math.Max(0, h * h * Math.Exp(2 * shift) - 1);
    }

    /// <summary>The estimate -/+ z standard errors, on the scale of tau^2, of its logarithm or of tau; null where a bound is beyond any number.</summary>
    public static Interval? WaldInterval(double tau2, double standardError, Tau2IntervalMethod scale, double level)
    {
        var margin = NormalDistribution.UpperQuantile((1 - level) / 2) * standardError;
        var tau = Math.Sqrt(tau2);
        var interval = scale switch
        {
            Tau2IntervalMethod.WaldLog => new Interval(tau2 * Math.Exp(-margin / tau2), tau2 * Math.Exp(margin / tau2), level),
            Tau2IntervalMethod.WaldSquareRoot => new Interval(Square(Math.Max(0, tau - margin / (2 * tau))), Square(tau + margin / (2 * tau)), level),
            _ => new Interval(Math.Max(0, tau2 - margin), tau2 + margin, level),
        };
        return double.IsFinite(interval.Upper) ? interval : null;

        static double Square(double x) => x * x;
    }

    /// <summary>Twice the log-likelihood above the cut, with the sign that makes it positive below the solution.</summary>
    private readonly struct Drop(double cut, bool restricted, int sign) : IProfileEquation
    {
        public (double Value, double Slope) At<TProfile>(in TProfile profile, double tau2)
            where TProfile : IProfile, allows ref struct =>
            (sign * 2 * (LikelihoodTau2.LogLikelihood(profile, tau2, restricted) - cut),
             sign * LikelihoodTau2.Score(profile.At(tau2), restricted));
    }
}
