namespace MetaSpine;

/// <summary>
/// Profile-likelihood intervals: the values of a parameter at which the likelihood, maximised over all others, stays within the quantile of
/// chi-squared (Venzon and Moolgavkar 1988, Journal of the Royal Statistical Society C 37:87, doi:10.2307/2347496, for the idea; the search is our own).
/// </summary>
internal sealed class SelectionProfiles
{
    private const int MostSteps = 30;

    /// <summary>A bracket that is so narrow, in first steps, is an end as good as anybody reads it.</summary>
    private const double Narrow = 1e-6;

    /// <summary>How many times the first step, which is about the half-width of a usual interval, an end may be away.</summary>
    private const double Farthest = 200;

    /// <summary>How near the drop of the log-likelihood must come to its target.</summary>
    private const double Near = 1e-7;

    private readonly SelectionSearch _search;
    private readonly SelectionMaximum _best;
    private readonly IReadOnlyList<double[]> _starts;
    private readonly double _target;

    public SelectionProfiles(SelectionSearch search, SelectionMaximum best, IReadOnlyList<double[]> starts, double level)
    {
        (_search, _best, _starts, Highest) = (search, best, starts, best);
        _target = best.Value - ChiSquared.Quantile(level, 1) / 2;
    }

    /// <summary>The highest point that any profile met: above <c>best</c> where the search had missed the maximum.</summary>
    public SelectionMaximum Highest { get; private set; }

    /// <summary>The interval of a parameter, in scaled units; infinite where the likelihood does not fall by enough before its bound.</summary>
    /// <param name="a">The parameter.</param>
    /// <param name="error">Its standard error, or a guess of it.</param>
    /// <param name="isEnd">Whether a bound is the end of what is possible, so that it is the interval's end.</param>
    public (double Lower, double Upper) Interval(int a, double error, Func<double, bool> isEnd)
    {
        var lower = End(a, -error);
        var upper = End(a, error);
        return (double.IsNaN(lower) ? Bound(_search.Smallest[a], double.NegativeInfinity) : lower, double.IsNaN(upper) ? Bound(_search.Largest[a], double.PositiveInfinity) : upper);

        double Bound(double bound, double otherwise) => isEnd(bound) ? bound : otherwise;
    }

    /// <summary>The end on one side; NaN where the likelihood stays above the target up to the bound.</summary>
    private double End(int a, double step)
    {
        var bound = step < 0 ? _search.Smallest[a] : _search.Largest[a];
        var first = Math.Abs(step);
        var (inside, insideValue, warm) = (_best.At[a], _best.Value, _best.At);
        if (inside == bound)
        {
            return double.NaN;
        }

        // Outwards until the likelihood is below the target; at a bound all starts are tried, so that no local maximum ends the interval.
        double outside, outsideValue;
        while (true)
        {
            outside = inside + step;
            var isLast = step < 0 ? outside <= bound : outside >= bound;
            outside = isLast ? bound : outside;
            var found = At(a, outside, warm, isLast);
            outsideValue = found.Value;
            if (outsideValue < _target)
            {
                break;
            }

            if (isLast || Math.Abs(outside - _best.At[a]) > Farthest * first)
            {
                return double.NaN;
            }

            (inside, insideValue, warm) = (outside, outsideValue, found.At);
            step *= 1.6;
        }

        // The drop is about quadratic, so that its root is about linear.
        for (var n = 0; n < MostSteps; n++)
        {
            var (low, high) = (Root(insideValue), Root(outsideValue));
            var share = n % 6 == 5 || !double.IsFinite(high) ? .5 : Math.Clamp((Root(_target) - low) / (high - low), .02, .98);
            var middle = inside + share * (outside - inside);
            var found = At(a, middle, warm, false);
            if (Math.Abs(found.Value - _target) < Near || Math.Abs(outside - inside) <= Narrow * first)
            {
                return middle;
            }

            if (found.Value > _target)
            {
                (inside, insideValue, warm) = (middle, found.Value, found.At);
            }
            else
            {
                (outside, outsideValue) = (middle, found.Value);
            }
        }

        return (inside + outside) / 2;

        double Root(double value) => Math.Sqrt(Math.Max(0, _best.Value - value));
    }

    private SelectionMaximum At(int a, double value, double[] warm, bool thorough)
    {
        var found = _search.Best(thorough ? [Moved(warm), .. _starts.Select(Moved)] : [Moved(warm)], b => b == a)
            ?? new SelectionMaximum(Moved(warm), double.NegativeInfinity, new bool[_search.Size], 0, false);
        Highest = found.Converged && found.Value > Highest.Value + 1e-8 ? found : Highest;
        return found;

        double[] Moved(double[] start)
        {
            double[] moved = [.. start];
            moved[a] = value;
            return moved;
        }
    }
}
