namespace MetaSpine;

/// <summary>The mean and the standard deviation of a group of which a paper gives the median with quartiles, range, or both.</summary>
public static class MeansFromMedians
{
    /// <summary>Estimates both by one method.</summary>
    /// <remarks>Every method is deterministic: what R packages simulate is integrated here.</remarks>
    /// <param name="numbers">The reported numbers.</param>
    /// <param name="method">The method. <value>Default <see cref="MedianMethod.LuoShi"/>, which is for data that are not skewed.</value></param>
    /// <exception cref="ArgumentException">The method needs numbers that are not there, or numbers above 0 or without ties.</exception>
    public static ConvertedMean Convert(FiveNumbers numbers, MedianMethod method = MedianMethod.LuoShi)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return method switch
        {
            MedianMethod.LuoShi => Normal(numbers, QuantileFormulas.LuoMean(numbers), QuantileFormulas.ShiSd(numbers),
                $"normal data; mean of {Sources.Luo}; SD of {(numbers.HasRange && numbers.HasQuartiles ? Sources.Shi : Sources.Wan)}"),
            MedianMethod.LuoWan => Normal(numbers, QuantileFormulas.LuoMean(numbers), QuantileFormulas.WanSd(numbers),
                $"normal data; mean of {Sources.Luo}; SD of {Sources.Wan}"),
            MedianMethod.Wan => Normal(numbers, QuantileFormulas.WanMean(numbers), QuantileFormulas.WanSd(numbers),
                $"normal data; mean and SD of {Sources.Wan}"),
            MedianMethod.Hozo => Normal(numbers, QuantileFormulas.HozoMean(numbers), QuantileFormulas.HozoSd(numbers),
                $"rules of thumb of {Sources.Hozo}"),
            MedianMethod.Bland => Normal(numbers, QuantileFormulas.WanMean(numbers), QuantileFormulas.BlandSd(numbers),
                $"mean and SD of {Sources.Bland}"),
            MedianMethod.WalterYao => Normal(numbers, numbers.Median, QuantileFormulas.WalterYaoSd(numbers),
                $"normal data; the median as the mean; SD of {Sources.Walter}"),
            MedianMethod.LogNormal => LogNormal(numbers),
            MedianMethod.QuantileEstimation => Quantiles(numbers),
            MedianMethod.BoxCox => Power(numbers, BoxCoxFit.Symmetric(numbers),
                $"normal data after a Box-Cox transformation that makes the numbers symmetric ({Sources.McGrath})"),
            MedianMethod.MaximumLikelihood => Power(numbers, BoxCoxFit.MostLikely(numbers),
                $"normal data after the most likely Box-Cox transformation ({Sources.Cai})"),
            _ => throw Given.Fault(nameof(method), $"There is no method numbered {(int)method}."),
        };
    }

    /// <summary>Estimates the mean by one method and the standard deviation by another.</summary>
    /// <param name="numbers">The reported numbers.</param>
    /// <param name="mean">The method for the mean.</param>
    /// <param name="sd">The method for the standard deviation.</param>
    /// <exception cref="ArgumentException">A method needs numbers that are not there, or numbers above 0 or without ties.</exception>
    public static ConvertedMean Convert(FiveNumbers numbers, MedianMethod mean, MedianMethod sd)
    {
        if (mean == sd)
        {
            return Convert(numbers, mean);
        }

        ConvertedMean first = Convert(numbers, mean), second = Convert(numbers, sd);
        return first with
        {
            Sd = second.Sd,
            Assumptions = [$"mean: {first.Assumptions[0]}", $"SD: {second.Assumptions[0]}", Underrated],
            Warnings = [.. first.Warnings, .. second.Warnings.Where(warning => !first.Warnings.Contains(warning))],
        };
    }

    private const string Underrated =
        $"a sampling variance computed from such a mean and SD as if they were reported is somewhat too small ({Sources.McGrathErrors})";

    private static ConvertedMean Normal(FiveNumbers numbers, double mean, double sd, string assumption)
    {
        var skewness = SkewnessTest.Of(numbers);
        return new ConvertedMean
        {
            Mean = mean,
            Sd = sd,
            N = numbers.N,
            Skewness = skewness,
            Assumptions = [assumption, Underrated],
            Warnings = !skewness.IsSkewed ? []
                : [Skewed(skewness, "this method is for symmetric data: leave the study out, or see what a method for skewed data gives")],
        };
    }

    private static ConvertedMean LogNormal(FiveNumbers numbers)
    {
        numbers.RequirePositive("The log-normal distribution");
        var logs = numbers.Select(Math.Log);
        var skewness = SkewnessTest.Of(logs);
        var (mean, sd) = QuantileFormulas.LogNormal(logs);
        return new ConvertedMean
        {
            Mean = mean,
            Sd = sd,
            N = numbers.N,
            Skewness = skewness,
            Assumptions = [$"log-normal data; mean and SD of {Sources.ShiLogNormal}", Underrated],
            Warnings = !skewness.IsSkewed ? [] : [Skewed(skewness, "so they are after taking logarithms: the data are not log-normal")],
        };
    }

    private static ConvertedMean Quantiles(FiveNumbers numbers)
    {
        var fits = QuantileEstimation.Fit(numbers);
        var best = fits[0];
        var skewness = SkewnessTest.Of(numbers);
        return new ConvertedMean
        {
            Mean = best.Mean,
            Sd = best.Sd,
            N = numbers.N,
            Skewness = skewness,
            Assumptions = [$"a {best.Name} distribution, the closest of {fits.Count} tried ({Sources.McGrath})", Underrated],
            Warnings = best.Family == QuantileFamily.Normal && skewness.IsSkewed
                ? [Skewed(skewness, "but the normal distribution is the closest that can be fitted to them")]
                : best.Mean > numbers.Values[^1]
                    ? [$"The fitted mean is above {Given.Text(numbers.Values[^1])}, the largest number reported, and rests on a tail that nobody saw: pool the median instead."]
                    : [],
        };
    }

    private static ConvertedMean Power(FiveNumbers numbers, BoxCoxFit fit, string assumption)
    {
        var (mean, sd) = fit.Moments();
        return new ConvertedMean
        {
            Mean = mean,
            Sd = sd,
            N = numbers.N,
            Skewness = SkewnessTest.Of(numbers),
            Assumptions = [$"{assumption}, power {Given.Text(Math.Round(fit.Power, 4))}", Underrated],
            Warnings = fit.IsAtLimit
                ?
                [
                    $"The power ended at {Given.Text(fit.Power)}, the end of its range: the numbers are skewed to the left more than the "
                        + "method can follow.",
                ]
                : [],
        };
    }

    private static string Skewed(SkewnessTest test, string advice) =>
        $"The numbers are skewed (statistic {Given.Text(Math.Round(test.Statistic, 3))}, critical value "
            + $"{Given.Text(Math.Round(test.CriticalValue, 3))}, {Sources.ShiSkewness}); {advice}.";
}
