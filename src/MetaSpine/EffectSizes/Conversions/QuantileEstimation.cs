using MathNet.Numerics;

namespace MetaSpine;

/// <summary>A family of distributions that quantile estimation tries.</summary>
public enum QuantileFamily
{
    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Log-normal; values from 0.</summary>
    LogNormal,

    /// <summary>Gamma; values from 0.</summary>
    Gamma,

    /// <summary>Weibull; values from 0.</summary>
    Weibull,

    /// <summary>Beta; values between 0 and 1.</summary>
    Beta,
}

/// <summary>A distribution of a family, fitted to reported quantiles.</summary>
/// <param name="Family">The family.</param>
/// <param name="Shape">The SD of the logarithm (log-normal), the shape (gamma, Weibull), the first shape (beta); the mean for the normal.</param>
/// <param name="Scale">The median (log-normal), the scale (gamma, Weibull), the second shape (beta); the SD for the normal.</param>
/// <param name="Objective">The sum of squared differences between its quantiles and the reported ones.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Sd">The standard deviation.</param>
/// <param name="Median">The median.</param>
/// <param name="MedianDensity">The density at the median.</param>
public sealed record QuantileFit(
    QuantileFamily Family, double Shape, double Scale, double Objective, double Mean, double Sd, double Median, double MedianDensity)
{
    internal string Name => Family switch
    {
        QuantileFamily.LogNormal => "log-normal",
        QuantileFamily.Weibull => "Weibull",
        QuantileFamily.Gamma => "gamma",
        QuantileFamily.Beta => "beta",
        _ => "normal",
    };
}

/// <summary>Quantile estimation: the distribution whose quantiles come closest to the reported ones.</summary>
/// <remarks>
/// S. McGrath, X. Zhao, R. Steele, B. D. Thombs, A. Benedetti and the DEPRESSD Collaboration (2020), Estimating the sample mean and
/// standard deviation from commonly reported quantiles in meta-analysis, Statistical Methods in Medical Research 29, 2520-2537,
/// doi:10.1177/0962280219889080. Minimum and maximum stand for the quantiles 1/n and 1 - 1/n. The scale of each family but the beta
/// is a linear least-squares coefficient, so that one parameter is left to search, over the whole of its plausible range: no starting
/// values, no bounds that depend on the unit, and the same digits on every machine.
/// </remarks>
public static class QuantileEstimation
{
    /// <summary>The fitted distributions, the closest first.</summary>
    /// <param name="numbers">The reported numbers; with one below 0, or a median of 0, only the normal distribution is fitted.</param>
    public static ValueList<QuantileFit> Fit(FiveNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var p = Probabilities(numbers);
        var fits = new List<QuantileFit> { Normal(numbers.Values, p) };

        // With a median of 0 values from 0 come the closer the longer their tail, without end.
        if (numbers.Values[0] >= 0 && numbers.Median > 0)
        {
            double spread = QuantileFormulas.WanSd(numbers) / QuantileFormulas.LuoMean(numbers);
            fits.Add(LogNormal(numbers.Values, p, spread));
            fits.Add(Gamma(numbers.Values, p, spread));
            fits.Add(Weibull(numbers.Values, p, spread));
            if (numbers.Values[^1] <= 1)
            {
                fits.Add(BetaQuantileFit.Of(numbers, p));
            }
        }

        // The order of the families decides between equals; a fit whose moments overflow is none.
        return fits.Where(fit => double.IsFinite(fit.Objective) && double.IsFinite(fit.Sd) && fit.Sd > 0)
            .OrderBy(fit => fit.Objective).ToValueList();
    }

    private static double[] Probabilities(FiveNumbers numbers)
    {
        var end = 1.0 / numbers.N;
        return !numbers.HasRange ? [.25, .5, .75] : !numbers.HasQuartiles ? [end, .5, 1 - end] : [end, .25, .5, .75, 1 - end];
    }

    private static QuantileFit Normal(double[] values, double[] p)
    {
        var z = Array.ConvertAll(p, NormalDistribution.Quantile);
        double mean = 0, products = 0, squares = 0, objective = 0;
        for (var i = 0; i < z.Length; i++)
        {
            mean += values[i] / z.Length;
            products += z[i] * values[i];
            squares += z[i] * z[i];
        }

        var sd = products / squares;
        for (var i = 0; i < z.Length; i++)
        {
            objective += Square(mean + sd * z[i] - values[i]);
        }

        return new(QuantileFamily.Normal, mean, sd, objective, mean, sd, mean, NormalDistribution.Density(0) / sd);
    }

    private static QuantileFit LogNormal(double[] values, double[] p, double spread)
    {
        var z = Array.ConvertAll(p, NormalDistribution.Quantile);
        var (sigma, median, objective) = Search(values, spread, c => Array.ConvertAll(z, zi => Math.Exp(c * zi)), c => c);
        var mean = median * Math.Exp(.5 * sigma * sigma);
        return new(QuantileFamily.LogNormal, sigma, median, objective, mean, mean * Math.Sqrt(QuantileFormulas.Expm1(sigma * sigma)),
            median, NormalDistribution.Density(0) / (sigma * median));
    }

    private static QuantileFit Gamma(double[] values, double[] p, double spread)
    {
        var (shape, scale, objective) = Search(
            values, spread, k => Array.ConvertAll(p, pi => .5 * ChiSquared.Quantile(pi, 2 * k)), c => 1 / (c * c));
        var median = .5 * ChiSquared.Quantile(.5, 2 * shape);
        var density = Math.Exp((shape - 1) * Math.Log(median) - median - SpecialFunctions.GammaLn(shape)) / scale;
        return new(QuantileFamily.Gamma, shape, scale, objective, shape * scale, Math.Sqrt(shape) * scale, scale * median, density);
    }

    private static QuantileFit Weibull(double[] values, double[] p, double spread)
    {
        var e = Array.ConvertAll(p, pi => -Math.Log(1 - pi));
        var (k, scale, objective) = Search(values, spread, shape => Array.ConvertAll(e, ei => Math.Pow(ei, 1 / shape)), c => 1.2 / c);
        double log1 = SpecialFunctions.GammaLn(1 + 1 / k), log2 = SpecialFunctions.GammaLn(1 + 2 / k), mean = scale * Math.Exp(log1);
        var median = scale * Math.Pow(Math.Log(2), 1 / k);
        return new(QuantileFamily.Weibull, k, scale, objective, mean, mean * Math.Sqrt(QuantileFormulas.Expm1(log2 - 2 * log1)),
            median, .5 * k * Math.Log(2) / median);
    }

    /// <summary>The shape whose quantiles, times the scale that suits them best, come closest; searched by the coefficient of variation.</summary>
    private static (double Shape, double Scale, double Objective) Search(
        double[] values, double spread, Func<double, double[]> quantiles, Func<double, double> shapeOf)
    {
        // Skewed numbers have a tail that the usual SD misses; below a thousandth all families are normal in effect.
        double guess = Math.Max(spread, 1e-3), low = Math.Log(guess / 6), high = Math.Log(guess * 30);
        var shape = shapeOf(Math.Exp(ShapeSearch.Minimum(c => Scaled(shapeOf(Math.Exp(c))).Objective, low, high, 52)));
        var (scale, objective) = Scaled(shape);
        return (shape, scale, objective);

        (double Scale, double Objective) Scaled(double candidate)
        {
            var unit = quantiles(candidate);
            double products = 0, squares = 0, sum = 0;
            for (var i = 0; i < values.Length; i++)
            {
                products += unit[i] * values[i];
                squares += unit[i] * unit[i];
            }

            var best = products / squares;
            for (var i = 0; i < values.Length; i++)
            {
                sum += Square(best * unit[i] - values[i]);
            }

            return (best, double.IsNaN(sum) ? double.PositiveInfinity : sum);
        }
    }

    internal static double Square(double x) => x * x;
}
