namespace MetaSpine;

/// <summary>
/// ML and REML estimates of tau^2 as the highest of their modes. The score in tau^2 is scanned from 0 to a bound beyond which it is
/// negative for certain; every sign change from plus to minus is a mode, solved by Newton's method inside its bracket; of
/// several modes (and 0) the one with the highest likelihood wins.
/// </summary>
internal static class LikelihoodTau2
{
    /// <summary>
    /// The scan's step in (tau^2 + smallest v). The score is a sum of terms in 1/(v + tau^2), which change over factors of
    /// e and more in that quantity, so that steps of 1.6 are fine enough for two modes to show. That is an argument, not a bound; the
    /// tests compare with a finer grid.
    /// </summary>
    private const double Step = 1.6;

    public static (double Tau2, int Iterations) Maximise<TProfile>(in TProfile profile, bool restricted)
        where TProfile : IProfile, allows ref struct
    {
        var bound = UpperBound(profile);
        var iterations = 1;
        var score = Score(profile.At(0), restricted);
        var modes = score.Value > 0 ? 0 : 1;
        double best = 0, bestLikelihood = double.NaN;
        var floor = profile.SmallestVariance;
        double from = 0;
        while (from < bound)
        {
            var to = (from + floor) * Step - floor;
            var next = Score(profile.At(to), restricted);
            iterations++;
            if (score.Value > 0 && !(next.Value > 0))
            {
                var (mode, steps) = ProfileEquation.Solve(profile, new ScoreEquation(restricted), from, to, from + (to - from) / 2);
                iterations += steps;
                if (modes++ == 0)
                {
                    best = mode;
                }
                else
                {
                    bestLikelihood = double.IsNaN(bestLikelihood) ? LogLikelihood(profile, best, restricted) : bestLikelihood;
                    var likelihood = LogLikelihood(profile, mode, restricted);
                    (best, bestLikelihood) = likelihood > bestLikelihood ? (mode, likelihood) : (best, bestLikelihood);
                }
            }

            (from, score) = (to, next);
        }

        return (best, iterations);
    }

    public static double LogLikelihood<TProfile>(in TProfile profile, double tau2, bool restricted)
        where TProfile : IProfile, allows ref struct
    {
        var terms = profile.LikelihoodAt(tau2);
        return restricted ? terms.Restricted(profile.K, profile.P, profile.LogDetXX) : terms.Full(profile.K);
    }

    /// <summary>Twice the derivative of the log-likelihood in tau^2, and its own derivative.</summary>
    public static (double Value, double Slope) Score(in Moments fit, bool restricted) => restricted
        ? (fit.PPy - fit.TrP, fit.TrPP - 2 * fit.PPPy)
        : (fit.PPy - fit.SumW, fit.SumW2 - 2 * fit.PPPy);

    /// <summary>
    /// Beyond this the score is negative: y'PPy is at most RSS/(t + min v)^2 with the unweighted RSS, and tr P (and so sum w) at
    /// least (k - p)/(t + max v).
    /// </summary>
    private static double UpperBound<TProfile>(in TProfile profile)
        where TProfile : IProfile, allows ref struct
    {
        var c = profile.TracesAt(Weighting.Unit).Rss / (profile.K - profile.P);
        var spread = profile.LargestVariance - profile.SmallestVariance;
        return (c + Math.Sqrt(c * (c + 4 * spread))) / 2 - profile.SmallestVariance;
    }

    /// <summary>The score as an equation.</summary>
    private readonly struct ScoreEquation(bool restricted) : IProfileEquation
    {
        public (double Value, double Slope) At<TProfile>(in TProfile profile, double tau2)
            where TProfile : IProfile, allows ref struct => Score(profile.At(tau2), restricted);
    }
}
