using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>An equation in tau^2 on each of eight problems.</summary>
internal interface IEightEquation
{
    /// <summary>The values, positive below the solutions, and the slopes at a value of tau^2 for each.</summary>
    (Vector512<double> Value, Vector512<double> Slope) At(IEightProfile problems, Vector512<double> tau2);
}

/// <summary><see cref="ProfileEquation"/> on eight problems side by side, each by the same steps as by itself.</summary>
internal static class EightEquation
{
    /// <summary>The tau^2 at which each Q equals the target.</summary>
    public static Vector512<double> PauleMandel(IEightProfile problems, in EightSpread atZero, double target) =>
        WhereAbove(atZero, target, Solve(problems, new QEquation(target), default, problems.UnweightedRss / Vector512.Create(target), default));

    /// <summary>The fixed points of the iterated DerSimonian-Laird estimator.</summary>
    public static Vector512<double> IteratedDerSimonianLaird(IEightProfile problems, in EightSpread atZero, double freedom) =>
        WhereAbove(atZero, freedom, Solve(problems, new FixedPoint(freedom), default, problems.UnweightedRss / Vector512.Create(freedom), default));

    public static Vector512<double> Solve<TEquation>(IEightProfile problems, TEquation equation, Vector512<double> lower, Vector512<double> upper, Vector512<double> start)
        where TEquation : struct, IEightEquation
    {
        var (t, before, two) = (start, Vector512.Create(double.NaN), Vector512.Create(2.0));
        Vector512<double> solution = default, isSolved = default;
        for (var iterations = 1; ; iterations++)
        {
            var (value, slope) = equation.At(problems, t);
            var isBelow = Vector512.GreaterThan(value, default);
            lower = Vector512.ConditionalSelect(isBelow, t, lower);
            upper = Vector512.ConditionalSelect(isBelow, upper, t);
            var step = -value / slope;
            var next = t + step;
            var isInside = iterations % 8 == 0 ? default : Vector512.GreaterThanOrEqual(next, lower) & Vector512.LessThanOrEqual(next, upper);
            next = Vector512.ConditionalSelect(isInside, next, lower + (upper - lower) / two);
            step = Vector512.ConditionalSelect(isInside, step, Vector512.Create(double.NaN));
            var following = Vector512.Abs(step * (step / before) * (step / before));
            var isNext = Vector512.LessThanOrEqual(Vector512.Abs(next - t), Vector512.Create(ProfileEquation.Settled) * next)
                | Vector512.LessThanOrEqual(upper - lower, Vector512.Create(ProfileEquation.Settled) * lower)
                | Vector512.LessThanOrEqual(Vector512.Abs(step), Vector512.Create(ProfileEquation.Sharp) * next)
                & Vector512.LessThanOrEqual(following, Vector512.Create(ProfileEquation.Rounding) * next);
            solution = Vector512.ConditionalSelect(Vector512.AndNot(isNext, isSolved), next, solution);
            isSolved |= isNext;
            if (isSolved.ExtractMostSignificantBits() == (1 << EightLanes.Lanes) - 1)
            {
                return solution;
            }

            (t, before) = (next, step);
        }
    }

    private static Vector512<double> WhereAbove(in EightSpread atZero, double target, Vector512<double> solution) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(atZero.Rss, Vector512.Create(target)), solution, default);

    /// <summary>1/target - 1/Q.</summary>
    private readonly struct QEquation(double target) : IEightEquation
    {
        public (Vector512<double> Value, Vector512<double> Slope) At(IEightProfile problems, Vector512<double> tau2)
        {
            var fit = problems.At(tau2);
            return (Vector512.Create(1 / target) - Vector512<double>.One / fit.Rss, -fit.PPy / (fit.Rss * fit.Rss));
        }
    }

    private readonly struct FixedPoint(double freedom) : IEightEquation
    {
        public (Vector512<double> Value, Vector512<double> Slope) At(IEightProfile problems, Vector512<double> tau2)
        {
            var fit = problems.At(tau2);
            return (fit.Rss - Vector512.Create(freedom) - tau2 * fit.TrP, tau2 * fit.TrPP - fit.TrP - fit.PPy);
        }
    }
}
