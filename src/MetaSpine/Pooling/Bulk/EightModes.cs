using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>
/// <see cref="ModeSearch"/> on eight problems side by side, as far as it goes for nearly all: to the only mode, or to 0, by the same steps and shown to be the only one by the
/// same bounds. Those that may have several modes are left to the search itself.
/// </summary>
internal static class EightModes
{
    /// <summary>So often an interval is halved here.</summary>
    private const int Halvings = 4;

    /// <summary>The highest modes, and all bits set where they are known.</summary>
    public static (Vector512<double> Tau2, Vector512<double> IsKnown) Highest(IEightProfile problems, bool restricted)
    {
        var bound = Vector512.Max(default, UpperBound(problems));
        var hasRoom = Vector512.GreaterThan(bound, default);
        var (zero, top) = (At(problems, default, restricted), At(problems, bound, restricted));
        var isMode = Vector512.AndNot(zero.IsRising, top.IsRising) & hasRoom;
        var isFalling = Vector512.AndNot(hasRoom, zero.IsRising | top.IsRising);
        var isKnown = Vector512.Equals(bound, default) | isFalling;
        isKnown = Vector512.AndNot(isKnown, MayTurn(problems, zero, top, isFalling, restricted, rising: false, Halvings));
        if (!Any(isMode))
        {
            return (default, isKnown);
        }

        var start = zero.Next;
        var isWithin = Vector512.GreaterThan(start, default) & Vector512.LessThan(start, bound);
        start = Vector512.ConditionalSelect(isWithin, start, bound / Vector512.Create(2.0)) & isMode;
        var mode = At(problems, EightEquation.Solve(problems, new ScoreEquation(restricted), default, bound & isMode, start), restricted);
        var mayTurn = MayTurn(problems, zero, mode, isMode, restricted, rising: true, Halvings) | MayTurn(problems, mode, top, isMode, restricted, rising: false, Halvings);
        return (mode.Tau2, isKnown | Vector512.AndNot(isMode, mayTurn));
    }

    /// <summary>Where, of the problems whose score has one sign at two points or is 0 there, it is not shown to have that sign between them.</summary>
    private static Vector512<double> MayTurn(IEightProfile problems, in Point a, in Point b, Vector512<double> among, bool restricted, bool rising, int halvings)
    {
        var open = Vector512.AndNot(among, IsFree(problems, a, b, rising));
        if (!Any(open) || halvings == 0)
        {
            return open;
        }

        var (from, to) = (a.Tau2 + problems.SmallestVariance, b.Tau2 + problems.SmallestVariance);
        var middle = At(problems, a.Tau2 + from * (Vector512.Sqrt(to / from) - Vector512<double>.One), restricted);
        var turns = rising ? Vector512.AndNot(open, middle.IsRising) : open & middle.IsRising;
        open = Vector512.AndNot(open, turns);
        return turns | MayTurn(problems, a, middle, open, restricted, rising, halvings - 1) | MayTurn(problems, middle, b, open, restricted, rising, halvings - 1);
    }

    private static bool Any(Vector512<double> mask) => mask.ExtractMostSignificantBits() != 0;

    /// <inheritdoc cref="LikelihoodTau2.UpperBound"/>
    private static Vector512<double> UpperBound(IEightProfile problems)
    {
        var c = problems.UnweightedRss / Vector512.Create((double)problems.Freedom);
        var spread = problems.LargestVariance - problems.SmallestVariance;
        return Vector512.Create(0.625) * (c + Vector512.Sqrt(c * (c + Vector512.Create(4.0) * spread))) - problems.SmallestVariance;
    }

    private static Point At(IEightProfile problems, Vector512<double> tau2, bool restricted)
    {
        var fit = problems.At(tau2);
        var (cost, costFall) = restricted ? (fit.TrP, fit.TrPP) : (fit.SumW, fit.SumW2);
        var scale = tau2 + problems.LargestVariance;
        return new Point(
            tau2, fit.PPy * scale, cost * scale, fit.PPy - Vector512.Create(2.0) * fit.PPPy * scale, cost - costFall * scale, Vector512.GreaterThan(fit.PPy, cost));
    }

    /// <summary>Whether two points are as good as one, or the lower of gain and cost stays the lower between them.</summary>
    private static Vector512<double> IsFree(IEightProfile problems, in Point a, in Point b, bool rising)
    {
        var (width, from, to) = (b.Tau2 - a.Tau2, a.Tau2 + problems.SmallestVariance, b.Tau2 + problems.SmallestVariance);
        var (low, lowB) = rising ? (a.Cost, b.Cost) : (a.Gain, b.Gain);
        var (high, highB, slope, slopeB) = rising ? (a.Gain, b.Gain, a.GainSlope, b.GainSlope) : (a.Cost, b.Cost, a.CostSlope, b.CostSlope);
        var meet = Vector512.ConditionalSelect(
            Vector512.GreaterThan(slopeB, slope),
            Vector512.Min(Vector512.Max((highB - high - slopeB * width) / (slope - slopeB), default), width),
            width / Vector512.Create(2.0));
        return Vector512.LessThanOrEqual(to - from, Vector512.Create(ModeSearch.Narrow) * from)
            | Vector512.LessThan(low + (lowB - low) / width * meet, high + slope * meet);
    }

    /// <summary>The points of <see cref="ModeSearch"/>; whether the score is above 0.</summary>
    private readonly record struct Point(
        Vector512<double> Tau2, Vector512<double> Gain, Vector512<double> Cost, Vector512<double> GainSlope, Vector512<double> CostSlope, Vector512<double> IsRising)
    {
        public Vector512<double> Next => Tau2 + (Gain - Cost) * Gain / (CostSlope * Gain - Cost * GainSlope);
    }

    private readonly struct ScoreEquation(bool restricted) : IEightEquation
    {
        public (Vector512<double> Value, Vector512<double> Slope) At(IEightProfile problems, Vector512<double> tau2)
        {
            var fit = problems.At(tau2);
            var (cost, costFall) = restricted ? (fit.TrP, fit.TrPP) : (fit.SumW, fit.SumW2);
            return ((fit.PPy - cost) / fit.PPy, (costFall - cost / fit.PPy * Vector512.Create(2.0) * fit.PPPy) / fit.PPy);
        }
    }
}
