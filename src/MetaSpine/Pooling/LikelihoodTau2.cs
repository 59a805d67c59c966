namespace MetaSpine;

/// <summary>ML and REML estimates of tau^2 as the highest of their modes, all of which are found.</summary>
internal static class LikelihoodTau2
{
    /// <summary>The mode, the moments there, and how often the data were gone through.</summary>
    public static (double Tau2, Moments Fit, int Iterations) Maximise<TProfile>(in TProfile profile, bool restricted)
        where TProfile : IProfile, allows ref struct
    {
        var search = new ModeSearch(restricted);
        search.Complete(profile, UpperBound(profile));
        return (search.Best, search.Fit, search.Iterations);
    }

    public static double LogLikelihood<TProfile>(in TProfile profile, double tau2, bool restricted)
        where TProfile : IProfile, allows ref struct
    {
        var terms = profile.LikelihoodAt(tau2);
        return restricted ? terms.Restricted(profile.K, profile.P, profile.LogDetXX) : terms.Full(profile.K);
    }

    /// <summary>Twice the derivative of the log-likelihood in tau^2.</summary>
    public static double Score(in Moments fit, bool restricted) => fit.PPy - Cost(fit, restricted).Value;

    /// <summary>What the score takes off y'PPy, and by how much that falls.</summary>
    public static (double Value, double Fall) Cost(in Moments fit, bool restricted) => restricted ? (fit.TrP, fit.TrPP) : (fit.SumW, fit.SumW2);

    /// <summary>
    /// Beyond this the score is negative: y'PPy is at most RSS/(t + min v)^2 with the unweighted RSS, and tr P (and so sum w) at
    /// least (k - p)/(t + max v). With equal variances this is the root itself, so that the bound is taken a quarter wider, out of the reach of rounding.
    /// </summary>
    private static double UpperBound<TProfile>(in TProfile profile)
        where TProfile : IProfile, allows ref struct
    {
        var c = profile.UnweightedRss / (profile.K - profile.P);
        var spread = profile.LargestVariance - profile.SmallestVariance;
        return 0.625 * (c + Math.Sqrt(c * (c + 4 * spread))) - profile.SmallestVariance;
    }
}
