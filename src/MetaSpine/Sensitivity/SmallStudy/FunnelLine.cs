namespace MetaSpine;

/// <summary>A straight line through a funnel plot, by weighted least squares: y = intercept + slope x.</summary>
/// <param name="Slope">The slope.</param>
/// <param name="Intercept">The intercept.</param>
/// <param name="SlopeVariance">The slope's variance where the weights are inverse variances.</param>
/// <param name="InterceptVariance">That of the intercept.</param>
/// <param name="Rss">The weighted residual sum of squares.</param>
internal readonly record struct FunnelLine(double Slope, double Intercept, double SlopeVariance, double InterceptVariance, double Rss)
{
    /// <summary>A predictor that varies less than this, relative to itself, is constant but for rounding.</summary>
    private const double Constant = 1e-10;

    /// <summary>Whether a line has no direction: the predictor is the same everywhere.</summary>
    public static bool IsFlat(ReadOnlySpan<double> x)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var value in x)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return !(most - least > Constant * Math.Max(Math.Abs(least), Math.Abs(most)));
    }

    /// <summary>Fits the line, with everything centred, so that the precision does not depend on the scale.</summary>
    public static FunnelLine Fit(ReadOnlySpan<double> y, ReadOnlySpan<double> x, ReadOnlySpan<double> weights)
    {
        var (meanX, meanY, sum) = (Mean(x, weights), Mean(y, weights), Sum(weights));
        double xx = 0, xy = 0, rss = 0;
        for (var i = 0; i < y.Length; i++)
        {
            xx += weights[i] * (x[i] - meanX) * (x[i] - meanX);
            xy += weights[i] * (x[i] - meanX) * (y[i] - meanY);
        }

        var slope = xy / xx;
        for (var i = 0; i < y.Length; i++)
        {
            var residual = y[i] - meanY - slope * (x[i] - meanX);
            rss += weights[i] * residual * residual;
        }

        return new FunnelLine(slope, meanY - slope * meanX, 1 / xx, 1 / sum + meanX * meanX / xx, rss);
    }

    public static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        // Around the first value, so that a common shift costs no digits.
        double sum = 0, total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * (values[i] - values[0]);
            total += weights[i];
        }

        return values[0] + sum / total;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
