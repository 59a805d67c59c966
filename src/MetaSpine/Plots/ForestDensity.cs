namespace MetaSpine;

/// <summary>The distribution of a new study's true effect as a shape over the axis.</summary>
internal static class ForestDensity
{
    private const int Steps = 160;

    /// <summary>The interval itself is drawn, and as much again on either side.</summary>
    private const double Reach = 2;

    /// <summary>So much of the interval may rise above the picture.</summary>
    private const double Spike = 0.1;

    /// <summary>
    /// The density along the axis as drawn, so that areas are probabilities to the eye, on a log axis as on a linear one: heights
    /// as shares of the highest within the interval. Its scale is that of the interval, its form t or normal as the interval's.
    /// </summary>
    /// <param name="result">A result with a prediction interval.</param>
    /// <param name="interval">The interval, on the analysis scale.</param>
    /// <param name="axis">The axis.</param>
    public static IReadOnlyList<(double X, double Height)> Of(IPooledEffect result, Interval interval, Axis axis)
    {
        var (centre, half) = ((interval.Lower + interval.Upper) / 2, (interval.Upper - interval.Lower) / 2);
        if (!(half > 0) || !double.IsFinite(half))
        {
            return [];
        }

        var freedom = result is PooledResult pooled ? PredictionIntervals.Freedom(pooled, pooled.Options.Prediction) : result.DegreesOfFreedom;
        var scale = half / new ReferenceDistribution(freedom, interval.Level).Around(0, 1).Upper;
        var points = new List<(double X, double Height)>();
        var within = new List<(double Height, double Width)>();
        double From(int step) => centre + Reach * half * (2.0 * step / Steps - 1);
        for (var step = 0; step < Steps; step++)
        {
            var (from, to) = (axis.Beyond(result.Effects.BackTransform(From(step))), axis.Beyond(result.Effects.BackTransform(From(step + 1))));
            var x = (from + to) / 2;

            // Beyond the end of a bounded scale, and beyond the axis, there is nothing to draw.
            if (!(to - from > 1e-9) || x < axis.X(axis.Lower) || x > axis.X(axis.Upper))
            {
                continue;
            }

            var value = (From(step) + From(step + 1)) / 2;
            var height = Kernel((value - centre) / scale, freedom) / (to - from);
            points.Add((x, height));
            if (value >= interval.Lower && value <= interval.Upper)
            {
                within.Add((height, to - from));
            }
        }

        var highest = Highest(within);
        return highest > 0 ? points.ConvertAll(point => (point.X, Math.Min(1, point.Height / highest))) : [];
    }

    /// <summary>
    /// The greatest height; where that stands at an end, as at the end of a bounded scale, towards which a density can grow without limit, the one that
    /// no more than <see cref="Spike"/> of the width exceeds, so that a spike does not flatten the rest.
    /// </summary>
    private static double Highest(List<(double Height, double Width)> heights)
    {
        var highest = heights.Select(part => part.Height).DefaultIfEmpty(0).Max();
        if (heights.Count == 0 || (highest > heights[0].Height && highest > heights[^1].Height))
        {
            return highest;
        }

        var left = Spike * heights.Sum(part => part.Width);
        return heights.OrderByDescending(part => part.Height).First(part => (left -= part.Width) < 0).Height;
    }

    /// <summary>The density of t, or of the normal distribution, up to a factor.</summary>
    private static double Kernel(double z, double? freedom) =>
        freedom is { } df ? Math.Exp(-(df + 1) / 2 * Math.Log(1 + z * z / df)) : Math.Exp(-z * z / 2);
}
