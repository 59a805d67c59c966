namespace MetaSpine;

/// <summary>The search for all modes of the likelihood in tau^2, and the highest of them.</summary>
/// <remarks>
/// Twice the score is the gain y'PPy less the cost tr P (for ML the sum of w). On the contrasts that the coefficients leave, V + tau^2 has eigenvalues d + tau^2
/// with every d between the smallest and the largest variance, so that both are sums of powers of 1/(d + tau^2); times (tau^2 + max v) they still fall, and
/// are convex. Between two points, then, each lies below its chord and above its tangents, which shows most intervals to be free of roots; the others are
/// halved. Where the score changes from plus to minus a mode is solved by Newton's method. Of several modes (and 0) the one with the highest likelihood wins.
/// </remarks>
internal struct ModeSearch(bool restricted)
{
    /// <summary>Narrower than this, relative to tau^2 + min v, an interval is as good as a point: two roots within it bound a change of the likelihood that rounding hides.</summary>
    public const double Narrow = 1e-8;

    private int _modes;
    private double _likelihood;

    /// <summary>The highest mode.</summary>
    public double Best { get; private set; }

    /// <summary>The moments there.</summary>
    public Moments Fit { get; private set; }

    /// <summary>How often the data were gone through.</summary>
    public int Iterations { get; private set; }

    /// <summary>Finds the modes between 0 and a bound beyond which the score is negative.</summary>
    public void Complete<TProfile>(in TProfile profile, double bound)
        where TProfile : IProfile, allows ref struct
    {
        var zero = At(profile, 0);
        Fit = zero.Fit;
        _modes = zero.Sign > 0 ? 0 : 1;
        if (bound > 0)
        {
            Between(profile, zero, At(profile, bound));
        }
    }

    private Point At<TProfile>(in TProfile profile, double tau2, bool isRoot = false)
        where TProfile : IProfile, allows ref struct
    {
        Iterations++;
        var fit = profile.At(tau2);
        var (cost, costFall) = LikelihoodTau2.Cost(fit, restricted);
        var scale = tau2 + profile.LargestVariance;
        return new Point(
            tau2, fit, fit.PPy * scale, cost * scale, fit.PPy - 2 * fit.PPPy * scale, cost - costFall * scale, isRoot ? 0 : fit.PPy > cost ? 1 : -1);
    }

    private void Between<TProfile>(in TProfile profile, in Point a, in Point b)
        where TProfile : IProfile, allows ref struct
    {
        if (a.Sign > 0 && b.Sign < 0)
        {
            var mode = At(profile, Root(profile, a, b), isRoot: true);
            Consider(profile, mode);
            Between(profile, a, mode);
            Between(profile, mode, b);
            return;
        }

        var (from, to) = (a.Tau2 + profile.SmallestVariance, b.Tau2 + profile.SmallestVariance);
        if (to - from > Narrow * from && !IsFree(a, b))
        {
            var middle = At(profile, a.Tau2 + from * (Math.Sqrt(to / from) - 1));
            Between(profile, a, middle);
            Between(profile, middle, b);
        }
    }

    /// <summary>Whether the score has one sign between two points, where it has that sign or is 0.</summary>
    private static bool IsFree(in Point a, in Point b)
    {
        var width = b.Tau2 - a.Tau2;
        return (a.Sign + b.Sign) switch
        {
            < 0 => IsBelow(width, a.Gain, b.Gain, a.Cost, b.Cost, a.CostSlope, b.CostSlope),
            > 0 => IsBelow(width, a.Cost, b.Cost, a.Gain, b.Gain, a.GainSlope, b.GainSlope),
            _ => false,
        };
    }

    /// <summary>Whether the chord of one convex function is below the tangents of another: if so at the ends, then everywhere if also where the tangents meet.</summary>
    private static bool IsBelow(double width, double lowA, double lowB, double highA, double highB, double slopeA, double slopeB)
    {
        var meet = slopeB > slopeA ? Math.Clamp((highB - highA - slopeB * width) / (slopeA - slopeB), 0, width) : width / 2;
        return lowA + (lowB - lowA) / width * meet < highA + slopeA * meet;
    }

    private double Root<TProfile>(in TProfile profile, in Point a, in Point b)
        where TProfile : IProfile, allows ref struct
    {
        var start = a.Next;
        var (root, steps) = ProfileEquation.Solve(
            profile, new ScoreEquation(restricted), a.Tau2, b.Tau2, start > a.Tau2 && start < b.Tau2 ? start : a.Tau2 + (b.Tau2 - a.Tau2) / 2);
        Iterations += steps;
        return root;
    }

    private void Consider<TProfile>(in TProfile profile, in Point mode)
        where TProfile : IProfile, allows ref struct
    {
        _likelihood = _modes == 1 ? LikelihoodTau2.LogLikelihood(profile, Best, restricted) : _likelihood;
        var likelihood = _modes > 0 ? LikelihoodTau2.LogLikelihood(profile, mode.Tau2, restricted) : double.NaN;
        if (_modes++ == 0 || likelihood > _likelihood)
        {
            (Best, Fit, _likelihood) = (mode.Tau2, mode.Fit, likelihood);
        }
    }

    /// <summary>What is known of the likelihood at a value of tau^2.</summary>
    /// <param name="Tau2">Where.</param>
    /// <param name="Fit">The moments.</param>
    /// <param name="Gain">y'PPy, times the scale.</param>
    /// <param name="Cost">tr P, or the sum of w, times the scale.</param>
    /// <param name="GainSlope">The derivative of the gain.</param>
    /// <param name="CostSlope">The derivative of the cost.</param>
    /// <param name="Sign">Of the score; 0 at a root.</param>
    private readonly record struct Point(double Tau2, Moments Fit, double Gain, double Cost, double GainSlope, double CostSlope, int Sign)
    {
        /// <summary>Where Newton's method goes from here: the cost over the gain is nearly linear in tau^2.</summary>
        public double Next => Tau2 + (Gain - Cost) * Gain / (CostSlope * Gain - Cost * GainSlope);
    }

    /// <summary>1 less the cost over the gain: nearly linear in tau^2, so that Newton's method is fast from any start.</summary>
    private readonly struct ScoreEquation(bool restricted) : IProfileEquation
    {
        public (double Value, double Slope) At<TProfile>(in TProfile profile, double tau2)
            where TProfile : IProfile, allows ref struct
        {
            var fit = profile.At(tau2);
            var (cost, costFall) = LikelihoodTau2.Cost(fit, restricted);
            return ((fit.PPy - cost) / fit.PPy, (costFall - cost / fit.PPy * 2 * fit.PPPy) / fit.PPy);
        }
    }
}
