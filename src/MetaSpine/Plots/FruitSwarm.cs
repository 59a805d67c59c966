namespace MetaSpine;

/// <summary>Moves the points of a row up and down so that they do not lie on each other. It is the same every time: nothing is random.</summary>
internal static class FruitSwarm
{
    /// <summary>Between neighbours, in pixels.</summary>
    private const double Gap = 0.6;

    /// <summary>Each point as near to the middle as those placed before it leave room, the largest first; null where that takes more room than there is.</summary>
    /// <param name="x">Where they are along the row.</param>
    /// <param name="radius">How large they are.</param>
    /// <param name="clear">From the middle of the row to where it is free, at each point.</param>
    /// <param name="room">From the middle of the row to its edge.</param>
    public static double[]? Apart(IReadOnlyList<double> x, IReadOnlyList<double> radius, IReadOnlyList<double> clear, double room)
    {
        var offsets = new double[x.Count];
        var placed = new List<int>();
        foreach (var i in Enumerable.Range(0, x.Count).OrderByDescending(i => radius[i]).ThenBy(i => x[i]).ThenBy(i => i))
        {
            double Reach(int j) => radius[i] + radius[j] + Gap;
            var least = clear[i] > 0 ? clear[i] + radius[i] : 0;
            var near = placed.FindAll(j => Math.Abs(x[j] - x[i]) < Reach(j));

            // The nearest free place touches a neighbour, above or below it; neither side comes first always.
            var side = placed.Count % 2 == 0 ? 1 : -1;
            offsets[i] = near.SelectMany(j =>
            {
                var height = Math.Sqrt(Reach(j) * Reach(j) - (x[j] - x[i]) * (x[j] - x[i]));
                return new[] { offsets[j] - height, offsets[j] + height };
            }).Append(least).Append(-least).Where(y => Math.Abs(y) >= least).OrderBy(Math.Abs).ThenBy(y => side * y)
                .First(y => near.TrueForAll(j => double.Hypot(x[j] - x[i], offsets[j] - y) >= Reach(j) - 1e-9));
            if (Math.Abs(offsets[i]) + radius[i] > room)
            {
                return null;
            }

            placed.Add(i);
        }

        return offsets;
    }

    /// <summary>Points too many to lie apart, spread the wider the denser they are: the row has the outline of their distribution, evenly filled (van der Corput's sequence).</summary>
    /// <param name="x">Where they are along the row.</param>
    /// <param name="radius">How large they are.</param>
    /// <param name="room">From the middle of the row to its edge.</param>
    public static double[] Spread(IReadOnlyList<double> x, IReadOnlyList<double> radius, double room)
    {
        var (n, mean) = (x.Count, x.Average());
        var width = Math.Max(2, 0.9 * Math.Sqrt(x.Average(value => (value - mean) * (value - mean))) * Math.Pow(n, -0.2));
        double[] density = [.. x.Select(at => x.Sum(other => Math.Exp(-(at - other) * (at - other) / (2 * width * width))))];
        var (densest, offsets) = (density.Max(), new double[n]);
        foreach (var (i, rank) in Enumerable.Range(0, n).OrderBy(i => x[i]).ThenBy(i => i).Select((i, rank) => (i, rank)))
        {
            offsets[i] = (2 * VanDerCorput(rank + 1) - 1) * (room - radius[i]) * density[i] / densest;
        }

        return offsets;
    }

    /// <summary>The digits of a number in base 2, mirrored at the point.</summary>
    private static double VanDerCorput(int number)
    {
        double value = 0;
        for (var digit = 0.5; number > 0; digit /= 2, number /= 2)
        {
            value += digit * (number % 2);
        }

        return value;
    }
}
