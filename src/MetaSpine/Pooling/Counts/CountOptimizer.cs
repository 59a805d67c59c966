namespace MetaSpine;

/// <summary>A maximum of the likelihood over the free shared parameters and all own ones.</summary>
internal sealed record CountMaximum(CountState State, CountSlope At, int Evaluations, bool Converged)
{
    public double Value => At.Value;
}

/// <summary>Newton's method with exact derivatives: the curvature is made positive where it is not, steps are short, and no step goes down.</summary>
internal static class CountOptimizer
{
    private const int Limit = 100;

    /// <summary>No parameter here is on a scale where a longer step at once is sensible.</summary>
    private const double LongestStep = 2;

    public static CountMaximum Maximise(CountProblem problem, CountState start, int[] free, QuadratureRule rule)
    {
        var at = problem.At(start, rule);
        var (state, evaluations, polished) = (start, 1, 0);
        while (evaluations < Limit)
        {
            var (step, promise) = Step(at, free);
            if (double.IsNaN(promise))
            {
                return new CountMaximum(state, at, evaluations, false);
            }

            if (!(promise > 1e-22 * (1 + Math.Abs(at.Value))) || polished > 4)
            {
                return new CountMaximum(state, at, evaluations, true);
            }

            // Here a gain is too small to be seen in the likelihood, so that comparing values would only compare rounding.
            if (promise < 1e-9 * (1 + Math.Abs(at.Value)))
            {
                polished++;
                state = Moved(state, at, free, step, 1);
                at = problem.At(state, rule);
                evaluations++;
                continue;
            }

            var length = Math.Min(1, LongestStep / step.Concat(at.OwnStep).Max(Math.Abs));
            while (true)
            {
                var next = Moved(state, at, free, step, length);
                var there = problem.At(next, rule);
                evaluations++;
                if (there.Value > at.Value)
                {
                    (state, at) = (next, there);
                    break;
                }

                length /= 4;
                if (length < 1e-10 || evaluations >= Limit)
                {
                    return new CountMaximum(state, at, evaluations, promise < 1e-8);
                }
            }
        }

        return new CountMaximum(state, at, evaluations, false);
    }

    /// <summary>The step, and twice the gain that the quadratic approximation promises; NaN where the information is past computing with.</summary>
    private static (double[] Step, double Promise) Step(CountSlope at, int[] free)
    {
        var slope = Array.ConvertAll(free, i => at.Slope[i]);
        var promise = at.OwnGain;
        if (free.Length == 0)
        {
            return ([], promise);
        }

        var information = SmallMatrix.Part(at.Information, free);
        var step = SmallMatrix.Solve(information, slope);
        var largest = Enumerable.Range(0, free.Length).Max(i => Math.Abs(information[i, i]));
        for (var shift = 1e-4 * largest + 1e-10; step is null && double.IsFinite(shift); shift *= 4)
        {
            for (var i = 0; i < free.Length; i++)
            {
                information[i, i] += shift;
            }

            step = SmallMatrix.Solve(information, slope);
        }

        if (step is null)
        {
            return ([], double.NaN);
        }

        for (var i = 0; i < free.Length; i++)
        {
            promise += slope[i] * step[i];
        }

        return (step, promise);
    }

    private static CountState Moved(CountState state, CountSlope at, int[] free, double[] step, double length)
    {
        var shared = (double[])state.Shared.Clone();
        var own = (double[])state.Own.Clone();
        for (var i = 0; i < free.Length; i++)
        {
            shared[free[i]] += length * step[i];
        }

        for (var study = 0; study < own.Length; study++)
        {
            var move = at.OwnStep[study];
            for (var i = 0; i < free.Length; i++)
            {
                move += at.OwnFollow[study][free[i]] * step[i];
            }

            own[study] += length * move;
        }

        return new CountState(shared, own);
    }
}
