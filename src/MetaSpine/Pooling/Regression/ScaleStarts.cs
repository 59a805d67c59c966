namespace MetaSpine;

/// <summary>
/// Where the climbs of a location-scale likelihood begin. It may have many maxima: a tau^2 that is large in one outlying study alone, at the end of some
/// direction of the design, is often one. So the likelihood is looked at along many directions, gently and steeply, at many levels, and
/// climbed from where it is highest.
/// </summary>
/// <param name="likelihood">The likelihood, its design of the scale orthonormal.</param>
/// <param name="design">The rows of that design.</param>
/// <param name="rows">The studies.</param>
/// <param name="x">The design of the mean, row by row.</param>
/// <param name="constant">The constant tau^2 of the highest likelihood.</param>
internal sealed class ScaleStarts(ScaleLikelihood likelihood, double[][] design, UsableRows rows, double[] x, double constant)
{
    /// <summary>Directions and random starts for each coefficient but the first, and the most studies times directions: many studies leave few maxima.</summary>
    private const int DirectionsEach = 25, MostWork = 20_000;

    /// <summary>Random starts around a maximum.</summary>
    private const int MostHops = 30;

    private const ulong Seed = 20261128;

    private static readonly double[] Levels = [0.01, 0.03, 0.1, 0.3, 1, 3, 10], Shares = [0.3, 0.6, 0.98, 2];

    private static readonly double[] PeakLevels = [0.01, 0.1, 0.3, 1, 3, 10, 30, 100], Steepness = [0.5, 1, 2, 5, 15, 50, 150];

    /// <summary>How far below, in units of ln tau^2, the studies outside a set may lie; and so many studies make the sets.</summary>
    private static readonly double[] Drops = [3, 8, 20, 80];

    private const int Outlying = 8;

    private static readonly double[] RandomSizes = [0.3, 1, 3, 8];

    private readonly int _q = likelihood.Q;

    private readonly double _typical = Typical(rows), _centre = Math.Max(constant, 1e-3 * Typical(rows));

    /// <summary>By how much each study's squared residual exceeds its variance.</summary>
    private readonly double[] _excess = Excess(rows, x, likelihood.P, constant);

    private readonly double[] _ones = [.. Enumerable.Range(0, likelihood.Q).Select(column => design.Average(row => row[column]))];

    private readonly RandomStream _random = new(Seed, 0);

    private readonly int _directions = Math.Min(DirectionsEach * (likelihood.Q - 1), MostWork / rows.Count);

    private bool IsIdentity => likelihood.Link == ScaleLink.Identity;

    /// <summary>Constants; a rise and a fall along each column, little and much; peaks at the ends of directions; outlying studies apart; random points; and no heterogeneity at all.</summary>
    public IEnumerable<double[]> All()
    {
        foreach (var factor in new[] { 1, 0.1, 10 })
        {
            yield return Constant(factor);
        }

        for (var column = 0; column < _q; column++)
        {
            double[] along = [.. design.Select(row => row[column])];
            foreach (var side in new[] { -1, 1 })
            {
                foreach (var share in Shares)
                {
                    yield return Highest(Levels.Select(level => Sloped(level * Math.Max(_centre, _typical), share, side, along)));
                }
            }
        }

        foreach (var start in Directions().SelectMany(Peaks))
        {
            yield return start;
        }

        foreach (var subset in Subsets())
        {
            yield return Highest(Drops.Select(drop => Apart(subset, drop)));
        }

        for (var chance = 0; chance < _directions && _q > 1; chance++)
        {
            yield return Beside(Constant(1), RandomSizes[chance % RandomSizes.Length]);
        }

        if (IsIdentity)
        {
            yield return new double[_q];
        }
    }

    /// <summary>Starts from which a still higher maximum may be reached: the one found at other levels of tau^2, and points around it.</summary>
    public IEnumerable<double[]> Around(double[] maximum)
    {
        foreach (var factor in PeakLevels)
        {
            yield return AtLevel(maximum, factor);
        }

        for (var hop = 0; hop < Math.Min(MostHops, _directions / 2); hop++)
        {
            yield return Beside(maximum, RandomSizes[hop % RandomSizes.Length]);
        }
    }

    private double[] Constant(double factor) => Nearest(_ => IsIdentity ? factor * _centre : Math.Log(factor * _centre));

    /// <summary>A random point at about so many units from another: of ln tau^2, or for the identity link of the other's own size.</summary>
    private double[] Beside(double[] point, double size)
    {
        var unit = IsIdentity ? Math.Max(Math.Sqrt(Dot(point, point) / _q), 1e-3 * _typical) : 1;
        return Allowed([.. point.Zip(RandomDirection(), (a, b) => a + size * unit * b)]);
    }

    private double[] Highest(IEnumerable<double[]> starts) => starts.MaxBy(start => likelihood.Value(start))!;

    /// <summary>A tau^2 that moves away from a level along a direction: a share of 1 brings it to 0 where it falls, or on the log scale changes it by a factor of 30.</summary>
    private double[] Sloped(double level, double share, int side, double[] along)
    {
        // A direction that falls nowhere (a constant) is taken whole.
        var fall = along.Max(value => -side * value);
        var reach = IsIdentity && fall > 0 ? fall : along.Max(Math.Abs);
        return Nearest(i => IsIdentity ? level * (1 + share * side * along[i] / reach) : Math.Log(level) + Math.Log(30) * share * side * along[i] / reach);
    }

    /// <summary>For either end of a direction, the highest point at which tau^2 has its peak there, more or less steeply.</summary>
    private IEnumerable<double[]> Peaks(double[] along)
    {
        var half = (along.Max() - along.Min()) / 2;
        if (half <= 1e-9)
        {
            yield break;
        }

        foreach (var side in new[] { -1, 1 })
        {
            var peak = along.Max(value => side * value);
            yield return Highest(Steepness.SelectMany(steep =>
            {
                var shape = Nearest(i => IsIdentity ? 1 + steep * side * along[i] / half : Math.Log(30) * steep * (side * along[i] - peak) / half);
                return PeakLevels.Select(factor => AtLevel(shape, factor * Math.Max(_centre, _typical)));
            }));
        }
    }

    /// <summary>The design along its columns, and along random directions where there are more than two.</summary>
    private IEnumerable<double[]> Directions()
    {
        var columns = Enumerable.Range(0, _q).Select(column => Enumerable.Range(0, _q).Select(j => j == column ? 1.0 : 0).ToArray());
        var chance = Enumerable.Range(0, _q > 2 ? _directions / 2 : 0).Select(_ => RandomDirection());
        return columns.Concat(chance).Take(_directions).Select(Along);
    }

    /// <summary>Small sets of the studies that lie farthest from the mean in units of their own standard errors; small sets first.</summary>
    private IEnumerable<int[]> Subsets()
    {
        int[] worst = [.. Enumerable.Range(0, rows.Count).OrderByDescending(i => _excess[i] / rows.V[i]).Take(Outlying)];
        return Enumerable.Range(1, (1 << worst.Length) - 1)
            .Where(bits => int.PopCount(bits) < Math.Max(_q, 2))
            .OrderBy(int.PopCount)
            .Take(_directions)
            .Select(bits => worst.Where((_, i) => (bits >> i & 1) == 1).ToArray());
    }

    /// <summary>A tau^2 that is what each of some studies asks for, and falls far below in the others.</summary>
    private double[] Apart(int[] subset, double drop)
    {
        double[] target = [.. _excess.Select((excess, i) =>
        {
            var tau2 = Math.Max(excess, 0.01 * rows.V[i]);
            var isIn = subset.Contains(i);
            return IsIdentity ? isIn ? tau2 : 0 : isIn ? Math.Log(tau2) : Math.Log(_centre) - drop;
        })];
        var (coefficients, _) = new WeightedFit(target, [.. target.Select((_, i) => subset.Contains(i) ? 1 : Math.Exp(-Math.Min(drop, 14)))], [.. design.SelectMany(row => row)], _q).Solve();
        return Allowed(coefficients);
    }

    private static double Typical(UsableRows rows) => rows.Count / rows.V.Sum(v => 1 / v);

    private static double[] Excess(UsableRows rows, double[] x, int p, double tau2)
    {
        var fit = new WeightedFit(rows.Y, [.. rows.V.Select(v => 1 / (v + tau2))], x, p);
        return [.. fit.Residuals.Zip(rows.V, (r, v) => r * r - v)];
    }

    private double[] RandomDirection() => [.. Enumerable.Range(0, _q).Select(_ => _random.NextNormal())];

    private double[] Along(double[] direction) => Array.ConvertAll(design, row => Dot(row, direction));

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>The same coefficients with every tau^2 multiplied, as nearly as the design allows.</summary>
    private double[] AtLevel(double[] coefficients, double factor) => IsIdentity
        ? Array.ConvertAll(coefficients, value => factor * value)
        : [.. coefficients.Zip(_ones, (value, one) => value + Math.Log(factor) * one)];

    /// <summary>The coefficients whose predictor is nearest to the one wanted.</summary>
    private double[] Nearest(Func<int, double> wanted)
    {
        var start = new double[_q];
        for (var i = 0; i < rows.Count; i++)
        {
            var predictor = wanted(i);
            for (var j = 0; j < _q; j++)
            {
                start[j] += design[i][j] * predictor / rows.Count;
            }
        }

        return Allowed(start);
    }

    /// <summary>The nearest coefficients, for the identity link, that leave no tau^2 below 0, or near them: every step of the way there is allowed, and a start need be no more.</summary>
    private double[] Allowed(double[] start)
    {
        if (!IsIdentity || likelihood.Tau2(start).Min() >= 0)
        {
            return start;
        }

        double Closeness(double[] at) => -.5 * at.Zip(start, (a, b) => (a - b) * (a - b)).Sum();
        var flat = new double[_q * _q];
        for (var j = 0; j < _q; j++)
        {
            flat[j * _q + j] = -1;
        }

        var inside = likelihood.Tau2(_ones).Min() >= 0 ? _ones : new double[_q];
        return new ActiveSetNewton(_q, Closeness, at => ([.. start.Zip(at, (a, b) => a - b)], flat), design, mostSteps: 30).From(inside).At;
    }
}
