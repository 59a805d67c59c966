namespace MetaSpine;

/// <summary>Normal data after a Box-Cox transformation, fitted to reported quantiles.</summary>
/// <remarks>
/// G. E. P. Box and D. R. Cox (1964), Journal of the Royal Statistical Society B 26, 211-252, doi:10.1111/j.2517-6161.1964.tb00553.x.
/// The power is at least 0, since below it the mean may be infinite.
/// </remarks>
/// <param name="Power">The power; 0 for the logarithm.</param>
/// <param name="Unit">The median, in units of which the data are transformed so that no power overflows.</param>
/// <param name="Location">The mean of the transformed data.</param>
/// <param name="Scale">The standard deviation of the transformed data.</param>
/// <param name="IsAtLimit">Whether the power ended at the upper end of its range.</param>
internal sealed record BoxCoxFit(double Power, double Unit, double Location, double Scale, bool IsAtLimit)
{
    /// <summary>The power that makes the numbers most symmetric about their median (McGrath et al. 2020, doi:10.1177/0962280219889080).</summary>
    public static BoxCoxFit Symmetric(FiveNumbers numbers)
    {
        const double highest = 3;
        numbers.RequirePositive("Box-Cox");
        numbers.RequireDistinct("Box-Cox");
        var relative = Relative(numbers);
        var power = ShapeSearch.Minimum(
            candidate => Transformed(relative, candidate) is { } x ? Skewness(x) : double.PositiveInfinity, 0, highest, 60);
        var transformed = Transformed(relative, power)!;
        return new(power, numbers.Median, QuantileFormulas.LuoMean(transformed), QuantileFormulas.WanSd(transformed), power > highest - 1e-6);
    }

    /// <summary>The most likely power, and then the most likely mean and SD (Cai, Zhou and Pan 2021, doi:10.1177/09622802211047348).</summary>
    /// <remarks>
    /// The likelihood is that of the numbers themselves, so it has the Jacobian of the transformation: without it, as estmeansd has
    /// it, a power could raise the likelihood by shrinking the unit, and the result would depend on the unit of measurement.
    /// </remarks>
    public static BoxCoxFit MostLikely(FiveNumbers numbers)
    {
        const double highest = 10;
        numbers.RequirePositive("The maximum-likelihood method");
        numbers.RequireDistinct("The maximum-likelihood method");

        var relative = Relative(numbers);
        var logs = 0.0;
        foreach (var x in relative.Values)
        {
            logs += Math.Log(x);
        }

        var power = ShapeSearch.Minimum(Deviance, 0, highest, 200);
        var transformed = Transformed(relative, power)!;
        var (location, scale) = OrderStatistics.MostLikelyNormal(
            transformed, QuantileFormulas.LuoMean(transformed), QuantileFormulas.WanSd(transformed));
        return new(power, numbers.Median, location, scale, power > highest - 1e-6);

        double Deviance(double candidate) => Transformed(relative, candidate) is { } x
            ? -(OrderStatistics.LogLikelihood(x, QuantileFormulas.LuoMean(x), QuantileFormulas.WanSd(x)) + (candidate - 1) * logs)
            : double.PositiveInfinity;
    }

    /// <summary>The mean and the standard deviation of the data themselves.</summary>
    /// <remarks>
    /// The normal distribution is cut where the transformation ends, and as far on the other side, as McGrath et al. do; by the
    /// double exponential rule (Takahasi and Mori 1974, doi:10.2977/prims/1195192451), which the cut does not disturb.
    /// </remarks>
    public (double Mean, double Sd) Moments()
    {
        if (Power < 1e-8)
        {
            var logNormal = Unit * Math.Exp(Location + .5 * Scale * Scale);
            return (logNormal, logNormal * Math.Sqrt(QuantileFormulas.Expm1(Scale * Scale)));
        }

        // The data grow no faster than exp(Scale z), whose second moment has its weight around 2 Scale.
        double end = Math.Min((Location + 1 / Power) / Scale, 12 + 2 * Scale), origin = Inverse(0);
        double mass = 0, first = 0, second = 0;
        for (var i = -240; i <= 240; i++)
        {
            var t = i / 64.0;
            var s = .5 * Math.PI * Math.Sinh(t);
            var z = end * Math.Tanh(s);
            var weight = Math.Cosh(t) / (Math.Cosh(s) * Math.Cosh(s)) * NormalDistribution.Density(z);
            var difference = Inverse(z) - origin;
            mass += weight;
            first += weight * difference;
            second += weight * difference * difference;
        }

        var mean = first / mass;
        return (Unit * (origin + mean), Unit * Math.Sqrt(second / mass - mean * mean));
    }

    /// <summary>The value of the data whose transform lies z standard deviations above the mean.</summary>
    private double Inverse(double z) => Math.Exp(QuantileFormulas.Log1p(Math.Max(-1, Power * (Location + Scale * z))) / Power);

    private static FiveNumbers Relative(FiveNumbers numbers) => numbers.Select(x => x / numbers.Median);

    /// <summary>The transformed numbers; null where they overflow or cannot be told apart.</summary>
    private static FiveNumbers? Transformed(FiveNumbers relative, double power) =>
        power * Math.Log(relative.Values[^1]) > 600 ? null
        : relative.Select(x => power < 1e-8 ? Math.Log(x) : QuantileFormulas.Expm1(power * Math.Log(x)) / power);

    private static double Skewness(FiveNumbers x)
    {
        var sum = 0.0;
        for (int low = 0, high = x.Values.Length - 1; low < high; low++, high--)
        {
            var ratio = (x.Values[high] - x.Median) / (x.Median - x.Values[low]) - 1;
            sum += ratio * ratio;
        }

        return sum;
    }
}
