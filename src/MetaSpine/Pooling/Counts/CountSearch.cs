namespace MetaSpine;

/// <summary>Finds the highest maximum of a model's likelihood: from several starts, with variances of exactly 0 at the boundary.</summary>
internal sealed class CountSearch(CountProblem problem, bool correlated, double baseline, double[] ownStart)
{
    /// <summary>Starting standard deviations between studies on a log or logit scale, from small to extreme.</summary>
    private static readonly double[] Starts = [0.1, 0.3, 0.8, 2];

    /// <summary>
    /// The likelihood is even in a standard deviation, so that one that should be 0 comes out as rounding error; one that small
    /// changes no digit of anything.
    /// </summary>
    private const double Zero = 1e-6;

    /// <summary>No effects on a log or logit scale have as large a standard deviation: the likelihood rises without end.</summary>
    public const double Largest = 20;

    private int _evaluations;

    public CountProblem Problem => problem;

    public int Evaluations => _evaluations;

    /// <summary>All studies have the same effect.</summary>
    public CountMaximum EqualEffects(QuadratureRule rule)
    {
        var shared = new double[problem.SharedCount];
        shared[problem.Mu] = problem.RandomBaselines ? baseline : 0;
        var start = new CountState(shared, ownStart);
        var best = Maximise(start, Linear, rule);
        if (!problem.RandomBaselines)
        {
            return best;
        }

        var atZero = best;
        foreach (var sigma in Starts)
        {
            best = Better(best, Maximise(With(atZero.State, problem.Sigma, sigma), [.. Linear, problem.Sigma], rule));
        }

        return Math.Abs(best.State.Shared[problem.Sigma]) < Zero ? atZero : best;
    }

    /// <summary>The effects vary about the model's: from each peak of the likelihood over a grid of tau.</summary>
    public CountMaximum RandomEffects(CountMaximum equal, QuadratureRule rule)
    {
        var path = new CountMaximum[Starts.Length + 1];
        path[0] = equal;
        for (var i = 1; i < path.Length; i++)
        {
            path[i] = At(path[i - 1].State, Starts[i - 1], rule);
        }

        var best = equal;
        for (var i = 1; i < path.Length; i++)
        {
            if ((i > 1 && path[i - 1].Value > path[i].Value) || (i < path.Length - 1 && path[i + 1].Value > path[i].Value))
            {
                continue;
            }

            var peak = Refined(path[i].State, rule);
            best = peak.Value > best.Value && Math.Abs(peak.State.Shared[problem.Tau]) > Zero ? peak : best;
        }

        return best;
    }

    /// <summary>The nearest maximum from a state in which no variance is at its boundary that should leave it.</summary>
    public CountMaximum Refined(CountState start, QuadratureRule rule)
    {
        var sigma = problem.RandomBaselines && start.Shared[problem.Sigma] != 0;
        int[] free = [.. Linear, .. sigma ? [problem.Sigma] : Array.Empty<int>(), .. start.Shared[problem.Tau] != 0 ? [problem.Tau] : Array.Empty<int>()];
        if (!correlated || start.Shared[problem.Tau] == 0 || !sigma)
        {
            return Maximise(start, free, rule);
        }

        CountMaximum? best = null;
        foreach (var phi in start.Shared[problem.Phi] == 0 ? [-0.9, 0.0, 0.9] : new[] { start.Shared[problem.Phi] })
        {
            best = Better(best, Maximise(With(start, problem.Phi, phi), [.. free, problem.Phi], rule));
        }

        return best!;
    }

    /// <summary>The maximum over everything else at a value of tau.</summary>
    public CountMaximum At(CountState start, double tau, QuadratureRule rule)
    {
        var state = With(start, problem.Tau, tau);
        int[] free = problem.RandomBaselines ? [.. Linear, problem.Sigma] : Linear;
        if (problem.RandomBaselines && state.Shared[problem.Sigma] == 0)
        {
            state = With(state, problem.Sigma, Starts[0]);
        }

        return Maximise(state, correlated && tau != 0 ? [.. free, problem.Phi] : free, rule);
    }

    /// <summary>The parameters that are not at a boundary: those with a standard error.</summary>
    public int[] Interior(CountState state) =>
    [
        .. Linear,
        .. problem.RandomBaselines && state.Shared[problem.Sigma] != 0 ? [problem.Sigma] : Array.Empty<int>(),
        .. state.Shared[problem.Tau] != 0 ? [problem.Tau] : Array.Empty<int>(),
        .. correlated && state.Shared[problem.Tau] != 0 && state.Shared[problem.Sigma] != 0 ? [problem.Phi] : Array.Empty<int>(),
    ];

    private int[] Linear => [.. Enumerable.Range(0, problem.CoefficientCount), .. problem.RandomBaselines ? [problem.Mu] : Array.Empty<int>()];

    private CountMaximum Maximise(CountState start, int[] free, QuadratureRule rule)
    {
        var maximum = CountOptimizer.Maximise(problem, start, free, rule);
        _evaluations += maximum.Evaluations;
        return maximum;
    }

    private static CountMaximum Better(CountMaximum? a, CountMaximum b) => a is not null && a.Value >= b.Value ? a : b;

    private static CountState With(CountState state, int parameter, double value)
    {
        var shared = (double[])state.Shared.Clone();
        shared[parameter] = value;
        return state with { Shared = shared };
    }
}
