namespace MetaSpine;

/// <summary>A maximum of a likelihood, in scaled units.</summary>
/// <param name="At">The parameters.</param>
/// <param name="Value">The log-likelihood.</param>
/// <param name="Held">The parameters that a bound (or an order) holds.</param>
/// <param name="Iterations">Newton steps.</param>
/// <param name="Converged">Whether the gradient vanishes along the bounds.</param>
internal sealed record SelectionMaximum(double[] At, double Value, bool[] Held, int Iterations, bool Converged);

/// <summary>Maximises a likelihood within the bounds of its parameters.</summary>
internal sealed class SelectionSearch
{
    /// <summary>A rise of the log-likelihood beyond rounding.</summary>
    private const double Higher = 1e-10;

    /// <summary>A maximum takes some ten or twenty; a ridge without one is not worth more.</summary>
    private const int MostSteps = 100;

    private const int FaceStarts = 8;

    private readonly ILikelihood _likelihood;
    private readonly List<(double[] Slope, double Limit)> _constraints = [];

    /// <param name="likelihood">What is maximised.</param>
    /// <param name="lowest">The smallest values of the parameters, scaled.</param>
    /// <param name="highest">The largest.</param>
    /// <param name="fallingFrom">The parameters from this one on must not rise; null for none.</param>
    public SelectionSearch(ILikelihood likelihood, double[] lowest, double[] highest, int? fallingFrom = null)
    {
        (_likelihood, Smallest, Largest) = (likelihood, lowest, highest);
        for (var a = 0; a < Size; a++)
        {
            if (double.IsFinite(lowest[a]))
            {
                Add((a, 1), lowest[a]);
            }

            if (double.IsFinite(highest[a]))
            {
                Add((a, -1), -highest[a]);
            }
        }

        for (var a = fallingFrom ?? Size; a + 1 < Size; a++)
        {
            Add((a, 1), 0, (a + 1, -1));
        }

        void Add((int At, double Value) first, double limit, (int At, double Value)? second = null)
        {
            var slope = new double[Size];
            slope[first.At] = first.Value;
            if (second is { } other)
            {
                slope[other.At] = other.Value;
            }

            _constraints.Add((slope, limit));
        }
    }

    public int Size => _likelihood.Size;

    public double[] Smallest { get; }

    public double[] Largest { get; }

    /// <summary>The maximum that Newton's method finds from a start, which is brought within the bounds first.</summary>
    /// <param name="start">All parameters.</param>
    /// <param name="isFixed">Those that stay as they are.</param>
    public SelectionMaximum From(double[] start, Func<int, bool>? isFixed = null)
    {
        double[] all = Within(start);
        int[] free = [.. Enumerable.Range(0, Size).Where(a => isFixed?.Invoke(a) != true && Smallest[a] < Largest[a])];
        var kept = new List<(double[] Slope, double Limit)>();
        foreach (var (slope, limit) in _constraints)
        {
            double[] reduced = Array.ConvertAll(free, a => slope[a]);
            if (reduced.Any(value => value != 0))
            {
                kept.Add((reduced, limit - Enumerable.Range(0, Size).Except(free).Sum(a => slope[a] * all[a])));
            }
        }

        double[] Full(double[] x)
        {
            double[] full = [.. all];
            for (var n = 0; n < free.Length; n++)
            {
                full[free[n]] = Math.Clamp(x[n], Smallest[free[n]], Largest[free[n]]);
            }

            return full;
        }

        (double[] Gradient, double[] Hessian) Reduced(double[] x)
        {
            var (gradient, hessian) = _likelihood.Derivatives(Full(x));
            return (Array.ConvertAll(free, a => gradient[a]), [.. from a in free from b in free select hessian[a * Size + b]]);
        }

        var newton = new ActiveSetNewton(
            free.Length, x => _likelihood.Value(Full(x)), Reduced, [.. kept.Select(item => item.Slope)], [.. kept.Select(item => item.Limit)], MostSteps);
        var found = newton.From(Array.ConvertAll(free, a => all[a]));
        var (at, held) = (Full(found.At), new bool[Size]);
        foreach (var index in found.Active)
        {
            var (slope, limit) = kept[index];
            for (var n = 0; n < free.Length; n++)
            {
                if (slope[n] != 0)
                {
                    held[free[n]] = true;
                    at[free[n]] = slope.Count(value => value != 0) == 1 ? limit / slope[n] : at[free[n]];
                }
            }
        }

        for (var a = 0; a < Size; a++)
        {
            held[a] |= !free.Contains(a);
        }

        return new SelectionMaximum(at, _likelihood.Value(at), held, found.Iterations, found.Converged);
    }

    /// <summary>The highest of the maxima that are found from several starts, or the highest point reached where none is; null where the likelihood cannot be computed at any of them.</summary>
    public SelectionMaximum? Best(IEnumerable<double[]> starts, Func<int, bool>? isFixed = null)
    {
        SelectionMaximum? best = null;
        foreach (var start in starts)
        {
            if (_likelihood.Value(Within(start)) == double.NegativeInfinity)
            {
                continue;
            }

            var found = From(start, isFixed);
            if (best is null || IsBetter(found, best))
            {
                best = found;
            }
        }

        return best;
    }

    /// <summary>
    /// The highest of the maxima that are reached from the starts and from the maxima on each face of the bounds: there may be one with tau^2 = 0 and
    /// another, higher, at another bound, with no way up from any start inside.
    /// </summary>
    /// <param name="starts">All parameters of each start.</param>
    /// <param name="most">Only so many of the starts are gone up from, those with the highest values (the first always).</param>
    /// <param name="firstBounded">The first of the parameters that have a face.</param>
    public SelectionMaximum? Highest(IReadOnlyList<double[]> starts, int most, int firstBounded)
    {
        var best = Best([starts[0], .. Promising(starts.Skip(1)).Take(most - 1)]);
        for (var a = firstBounded; best is not null && a < Size; a++)
        {
            if (!best.Held[a] && OnFace(a, best, starts) is { } face && From(face.At) is var found && IsBetter(found, best))
            {
                best = found;
            }
        }

        return best;
    }

    /// <summary>The maximum with one parameter at its smallest value, from the most promising starts; null where there is no such value or the likelihood is 0 there.</summary>
    public SelectionMaximum? OnFace(int a, SelectionMaximum best, IReadOnlyList<double[]> starts) => double.IsFinite(Smallest[a])
        ? Best(Promising(starts.Prepend(best.At).Select(start => start.Select((value, b) => b == a ? Smallest[a] : value).ToArray())).Take(FaceStarts), b => b == a)
        : null;

    /// <summary>A maximum is better than a place where the search was stopped, whatever its height; of two maxima the higher one is.</summary>
    private static bool IsBetter(SelectionMaximum found, SelectionMaximum best) =>
        found.Converged == best.Converged ? found.Value > best.Value + Higher : found.Converged;

    private IEnumerable<double[]> Promising(IEnumerable<double[]> starts) => starts.OrderByDescending(start => _likelihood.Value(Within(start)));

    private double[] Within(double[] start) => [.. start.Select((value, a) => Math.Clamp(value, Smallest[a], Largest[a]))];
}
