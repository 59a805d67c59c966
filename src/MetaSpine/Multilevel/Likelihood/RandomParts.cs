namespace MetaSpine;

/// <summary>Makes the terms of random effects into what the likelihood needs of them.</summary>
internal static class RandomParts
{
    private const double EarthRadius = 6371;

    /// <summary>Stands in no name that a file can hold.</summary>
    private const char KeySeparator = (char)31;

    /// <param name="term">A term; nested levels give a part each.</param>
    /// <param name="column">A grouping or an inner variable by its name, a value for each effect that was given.</param>
    /// <param name="rows">The effects in the model.</param>
    /// <param name="unit">A typical standard deviation of true effects.</param>
    public static IEnumerable<RandomPart> Of(RandomTerm term, Func<string, Predictor> column, int[] rows, double unit)
    {
        if (term.Inner.Count > 0)
        {
            var (outer, count) = Numbered(Keys(term.Grouping, column, rows), sorted: false);
            yield return Inside(term, column, rows, unit, outer, count.Count);
            yield break;
        }

        for (var depth = 1; depth <= term.Grouping.Count; depth++)
        {
            var name = string.Join("/", term.Grouping.Take(depth));
            var keys = Keys([.. term.Grouping.Take(depth)], column, rows);
            var (levels, names) = Numbered(keys, sorted: false);
            if (term.Correlation is { } known && depth == term.Grouping.Count)
            {
                var width = names.Count;
                yield return new(name, new int[rows.Length], [width], Array.ConvertAll(levels, level => new[] { (level, 1.0) }), ScaledCorrelation.Known(FactorOf(known, names, name), width, unit));
            }
            else
            {
                yield return new(name, levels, Widths(names.Count, 1), Array.ConvertAll(levels, _ => new[] { (0, 1.0) }), ScaledCorrelation.Independent([""], 1, unit));
            }
        }
    }

    private static RandomPart Inside(RandomTerm term, Func<string, Predictor> column, int[] rows, double unit, int[] outer, int count)
    {
        var name = term.ToString()[2..];
        switch (term.Structure)
        {
            case CovarianceStructure.GEN or CovarianceStructure.GDIAG:
                var slopes = term.Inner.Select(column).ToArray();
                var width = slopes.Length + 1;
                var entries = Array.ConvertAll(rows, row => Enumerable.Range(0, width).Select(i => (i, i == 0 ? 1.0 : slopes[i - 1].Number(row))).ToArray());
                return new(name, outer, Widths(count, width), entries, term.Structure == CovarianceStructure.GEN
                    ? new FreeFactor(["intercept", .. term.Inner], unit)
                    : ScaledCorrelation.Independent(["intercept", .. term.Inner], width, unit));
            case CovarianceStructure.CAR or >= CovarianceStructure.SPEXP and <= CovarianceStructure.SPSPH:
                return ByDistance(term, column, rows, unit, outer, count, name);
            default:
                var (inner, names) = Numbered(Keys(term.Inner, column, rows), sorted: true);
                return new(name, outer, Widths(count, names.Count), Array.ConvertAll(inner, i => new[] { (i, 1.0) }), ByInner(term.Structure, names, unit));
        }
    }

    private static CovarianceFactor ByInner(CovarianceStructure structure, IReadOnlyList<string> names, double unit)
    {
        var n = names.Count;
        double[] steps = [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(0, n) select (double)Math.Abs(i - j)];
        return structure switch
        {
            CovarianceStructure.ID => ScaledCorrelation.Independent([""], n, unit),
            CovarianceStructure.DIAG => ScaledCorrelation.Independent(names, n, unit),
            CovarianceStructure.CS => ScaledCorrelation.By(CorrelationKernel.CompoundSymmetry(n), [""], n, steps, unit),
            CovarianceStructure.HCS => ScaledCorrelation.By(CorrelationKernel.CompoundSymmetry(n), names, n, steps, unit),
            CovarianceStructure.AR => ScaledCorrelation.By(CorrelationKernel.Autoregressive, [""], n, steps, unit),
            CovarianceStructure.HAR => ScaledCorrelation.By(CorrelationKernel.Autoregressive, names, n, steps, unit),
            _ => new FreeFactor(names, unit),
        };
    }

    private static RandomPart ByDistance(RandomTerm term, Func<string, Predictor> column, int[] rows, double unit, int[] outer, int count, string name)
    {
        var coordinates = term.Inner.Select(column).ToArray();
        var places = Array.ConvertAll(rows, row => Array.ConvertAll(coordinates, coordinate => coordinate.Number(row)));
        var distinct = Enumerable.Range(0, count).Select(_ => new List<double[]>()).ToArray();
        var entries = new (int, double)[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            var known = distinct[outer[i]];
            var at = known.FindIndex(place => place.AsSpan().SequenceEqual(places[i]));
            if (at < 0)
            {
                at = known.Count;
                known.Add(places[i]);
            }

            entries[i] = [(at, 1.0)];
        }

        var distances = Array.ConvertAll(distinct, level => (double[])[.. from a in level from b in level select Distance(term.Distance, a, b)]);
        double[] between = [.. distances.SelectMany(level => level).Where(distance => distance > 0).Order()];
        var start = between.Length == 0 ? 1 : between[between.Length / 4];
        var kernel = term.Structure switch
        {
            CovarianceStructure.CAR => CorrelationKernel.ContinuousAutoregressive,
            CovarianceStructure.SPEXP => CorrelationKernel.Exponential(start),
            CovarianceStructure.SPGAU => CorrelationKernel.Gaussian(start),
            CovarianceStructure.SPLIN => CorrelationKernel.Linear(start),
            CovarianceStructure.SPRAT => CorrelationKernel.Rational(start),
            _ => CorrelationKernel.Spherical(start),
        };
        int[] widths = Array.ConvertAll(distinct, level => level.Count);
        return new(name, outer, widths, entries, ScaledCorrelation.By(kernel, widths, level => distances[level], unit));
    }

    private static double Distance(SpatialDistance measure, double[] a, double[] b)
    {
        var differences = a.Zip(b, (x, y) => Math.Abs(x - y));
        switch (measure)
        {
            case SpatialDistance.Manhattan:
                return differences.Sum();
            case SpatialDistance.Maximum:
                return differences.Max();
            case SpatialDistance.GreatCircle:
                var (latitude, other) = (a[0] * Math.PI / 180, b[0] * Math.PI / 180);
                var (rise, turn) = (Math.Sin((other - latitude) / 2), Math.Sin((b[1] - a[1]) * Math.PI / 360));
                return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, rise * rise + Math.Cos(latitude) * Math.Cos(other) * turn * turn)));
            default:
                return Math.Sqrt(differences.Sum(difference => difference * difference));
        }
    }

    /// <summary>The factor of known correlations, of those levels that occur.</summary>
    private static double[] FactorOf(KnownCorrelation known, IReadOnlyList<string> names, string grouping)
    {
        var places = known.Levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal);
        var missing = names.Where(name => !places.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new PoolingException($"The known correlations of '{grouping}' lack {Wording.List(missing)}: give a row for every level.");
        }

        var n = names.Count;
        double[] factor = [.. from a in names from b in names select known.Values[places[a]][places[b]]];
        return DenseCholesky.FactorSemidefinite(factor, n)
            ? factor
            : throw new PoolingException($"The known correlations of '{grouping}' are impossible: their matrix is not positive semidefinite. Check the matrix.");
    }

    private static string[] Keys(IReadOnlyList<string> names, Func<string, Predictor> column, int[] rows)
    {
        var columns = names.Select(column).ToArray();
        return Array.ConvertAll(rows, row => string.Join(KeySeparator, columns.Select(c => c.Category(row))));
    }

    /// <summary>Numbers the distinct names: in the order of their appearance, or sorted as numbers where all are, else as text.</summary>
    private static (int[] Numbers, IReadOnlyList<string> Names) Numbered(string[] keys, bool sorted)
    {
        var names = keys.Distinct(StringComparer.Ordinal).ToList();
        if (sorted)
        {
            var numbers = names.ConvertAll(name => double.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
            names = numbers.Exists(double.IsNaN)
                ? [.. names.Order(StringComparer.Ordinal)]
                : [.. names.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        }

        var places = names.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        return (Array.ConvertAll(keys, key => places[key]), names);
    }

    private static int[] Widths(int count, int width)
    {
        var widths = new int[count];
        Array.Fill(widths, width);
        return widths;
    }
}
