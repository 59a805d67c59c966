namespace MetaSpine;

/// <summary>Whether the reported numbers speak against a symmetric distribution, at the 5% level.</summary>
/// <remarks>
/// J. Shi, D. Luo, X. Wan, Y. Liu, J. Liu, Z. Bian and T. Tong (2023), Detecting the skewness of data from the five-number summary and
/// its application in meta-analysis, Statistical Methods in Medical Research 32, 1338-1360, doi:10.1177/09622802231172043.
/// </remarks>
public sealed record SkewnessTest
{
    private SkewnessTest(double statistic, double criticalValue) => (Statistic, CriticalValue) = (statistic, criticalValue);

    /// <summary>How far the median is from the middle of range and quartiles, relative to them; from 0.</summary>
    public double Statistic { get; }

    /// <summary>From where on the numbers count as skewed; depends on the participants and on which numbers are known.</summary>
    public double CriticalValue { get; }

    /// <summary>Whether the statistic reaches the critical value.</summary>
    public bool IsSkewed => Statistic >= CriticalValue;

    /// <summary>Tests the numbers of a group.</summary>
    public static SkewnessTest Of(FiveNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        double n = numbers.N;
        double byRange = numbers.HasRange ? Asymmetry(numbers.Minimum!.Value, numbers.Median, numbers.Maximum!.Value) : 0;
        double byQuartiles = numbers.HasQuartiles ? Asymmetry(numbers.FirstQuartile!.Value, numbers.Median, numbers.ThirdQuartile!.Value) : 0;
        return (numbers.HasRange, numbers.HasQuartiles) switch
        {
            (true, false) => new SkewnessTest(byRange, 1 / Math.Log(n + 9) + 2.5 / (n + 1)),
            (false, _) => new SkewnessTest(byQuartiles, 2.65 / Math.Sqrt(n) - 6 / (n * n)),
            _ => new SkewnessTest(
                Math.Max(2.65 * Math.Log(.6 * n) / Math.Sqrt(n) * byRange, byQuartiles), 3 / Math.Sqrt(n) - 40 / (n * n * n)),
        };
    }

    private static double Asymmetry(double low, double median, double high) =>
        high > low ? Math.Abs(low + high - 2 * median) / (high - low) : 0;
}
