namespace MetaSpine;

/// <summary>The generalised Q statistic y'P(tau^2)y as a function of tau^2: convex and falling, so each target has one solution at most.</summary>
internal static class QProfile
{
    /// <summary>The tau^2 at which Q(tau^2) equals the target; 0 where Q(0) is already at or below it.</summary>
    public static (double Tau2, int Iterations) Solve<TProfile>(in TProfile profile, double target)
        where TProfile : IProfile, allows ref struct
    {
        if (!(profile.At(0).Rss > target))
        {
            return (0, 1);
        }

        // Q(t) is at most RSS/(t + min v) with the unweighted RSS: at this bound it is at or below the target.
        var bound = profile.UnweightedRss / target;
        return ProfileEquation.Solve(profile, new Equation(target), 0, bound, 0);
    }

    /// <summary>1/target - 1/Q: nearly linear in tau^2, so that Newton's method is fast from any start.</summary>
    private readonly struct Equation(double target) : IProfileEquation
    {
        public (double Value, double Slope) At<TProfile>(in TProfile profile, double tau2)
            where TProfile : IProfile, allows ref struct
        {
            var fit = profile.At(tau2);
            return (1 / target - 1 / fit.Rss, -fit.PPy / (fit.Rss * fit.Rss));
        }
    }
}
