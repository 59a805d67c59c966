namespace MetaSpine;

/// <summary>
/// Restricted cubic splines: cubic between the knots and linear beyond the outer ones, in the truncated power basis of
/// Harrell (2015), Regression Modeling Strategies, 2nd ed., section 2.4.5, doi:10.1007/978-3-319-19425-7, whose cubic columns are divided by the squared
/// distance of the outer knots so that all have the unit of x.
/// </summary>
internal sealed record RestrictedCubicSpline : Basis
{
    /// <summary>Below this many studies the outer knots are the fifth smallest and the fifth largest value (section 2.4.6).</summary>
    private const int ManyValues = 100;
    private const int OuterRank = 5;
    private const int MostKnots = 7;
    private readonly double[] _knots;
    private readonly string _name;

    public RestrictedCubicSpline(string name, double[] knots)
    {
        if (knots.Length < 3)
        {
            throw new ArgumentException("a restricted cubic spline needs at least 3 knots.");
        }

        for (var i = 1; i < knots.Length; i++)
        {
            if (!(knots[i] > knots[i - 1]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"the knots {string.Join(", ", knots.Select(knot => FormattableString.Invariant($"{knot:G6}")))} do not increase; choose knots yourself, as in rcs(x, c(10, 20, 40)), or use fewer."));
            }
        }

        (_name, _knots) = (name, knots);
    }

    public IReadOnlyList<double> Knots => _knots;

    public override IReadOnlyList<string> Suffixes => [.. Enumerable.Range(0, _knots.Length - 1).Select(primes => _name + new string('\'', primes))];

    /// <summary>Knots at Harrell's quantiles (table 2.3): evenly between the 5th and 95th percentile; with 3 knots the 10th and 90th, with 7 the 2.5th and 97.5th.</summary>
    public static RestrictedCubicSpline WithKnotCount(string name, double[] x, int count)
    {
        if (count > MostKnots)
        {
            throw new ArgumentException("give 3 to 7 knots by number; more must be named, as in rcs(x, c(...)).");
        }

        var outer = count switch { 3 => .1, 7 => .025, _ => .05 };
        var sorted = Sorted(x);
        if (sorted.Length < 2 * OuterRank)
        {
            throw new ArgumentException(FormattableString.Invariant($"{sorted.Length} values are too few to place knots by quantiles; name the knots, as in rcs(x, c(10, 20, 40))."));
        }

        double[] knots = [.. Enumerable.Range(0, count).Select(i => Quantile(sorted, outer + i * (1 - 2 * outer) / (count - 1)))];
        if (sorted.Length < ManyValues)
        {
            (knots[0], knots[^1]) = (sorted[OuterRank - 1], sorted[^OuterRank]);
        }

        return new RestrictedCubicSpline(name, knots);
    }

    public override double[] At(double x)
    {
        var (first, inner, last) = (_knots[0], _knots[^2], _knots[^1]);
        var unit = (last - first) * (last - first);
        var values = new double[_knots.Length - 1];
        values[0] = x;
        for (var j = 1; j < values.Length; j++)
        {
            var knot = _knots[j - 1];
            values[j] = (Cube(x - knot) - Cube(x - inner) * (last - knot) / (last - inner) + Cube(x - last) * (inner - knot) / (last - inner)) / unit;
        }

        return values;
    }

    private static double Cube(double beyond) => beyond <= 0 ? 0 : beyond * beyond * beyond;
}
