namespace MetaSpine;

/// <summary>
/// The profile-likelihood interval of tau^2: the values that the likelihood-ratio test does not reject (Hardy and Thompson 1996,
/// doi:10.1002/(SICI)1097-0258(19960330)15:6&lt;619::AID-SIM188&gt;3.0.CO;2-A). Not rejected is 0 by the same bound, chi-squared with one degree of freedom.
/// </summary>
internal sealed class Tau2Profile(CountSearch search, CountMaximum best, CountMaximum equal, QuadratureRule rule)
{
    /// <summary>A difference of log-likelihoods that shows in no digit of the bounds.</summary>
    private const double Met = 1e-10;

    private CountState _near = best.State;

    public Interval Interval(double level)
    {
        var bound = best.Value - ChiSquared.Quantile(level, 1) / 2;
        var tau = Math.Abs(best.State.Shared[search.Problem.Tau]);
        return new Interval(Lower(bound, tau), Upper(bound, tau), level);
    }

    private double Lower(double bound, double tau)
    {
        if (tau == 0 || equal.Value >= bound)
        {
            return 0;
        }

        _near = best.State;
        return RootFinding.TryFind(new Excess(this, bound), Math.Min(1e-4, tau / 2), tau, out var root) ? root * root : 0;
    }

    private double Upper(double bound, double tau)
    {
        _near = best.State;
        var (inside, outside) = (tau, Math.Max(2 * tau, 0.25));
        while (At(outside) > bound)
        {
            (inside, outside) = (outside, 2 * outside);
            if (outside > CountSearch.Largest)
            {
                return double.PositiveInfinity;
            }
        }

        return RootFinding.TryFind(new Excess(this, bound), inside, outside, out var root) ? root * root : outside * outside;
    }

    private double At(double tau)
    {
        if (tau == 0)
        {
            return equal.Value;
        }

        var maximum = search.At(_near, tau, rule);
        _near = maximum.State;
        return maximum.Value;
    }

    private readonly struct Excess(Tau2Profile profile, double bound) : IFunction
    {
        public double Value(double tau) => profile.At(tau) - bound is var excess && Math.Abs(excess) < Met ? 0 : excess;
    }
}
