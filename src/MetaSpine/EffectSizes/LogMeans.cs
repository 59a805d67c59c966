using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>The delta method for the logarithm of a mean, and the normal theory of the logarithm of a standard deviation.</summary>
internal static class LogMeans
{
    /// <summary>The variance of a log mean: the squared coefficient of variation over the sample size.</summary>
    public static double Variance(double mean, double sd, double n) => Square(sd / mean) / n;

    /// <summary>What second-order terms add to <see cref="Variance"/>.</summary>
    public static double SecondOrder(double mean, double sd, double n) => Square(Variance(mean, sd, n)) / 2;

    /// <summary>What a log standard deviation falls short on average.</summary>
    public static double SpreadBias(double n) => 1 / (2 * (n - 1));

    public static double SpreadVariance(double n) => 1 / (2 * (n - 1));

    /// <summary>The variance of a log standard deviation with second-order terms.</summary>
    public static double SpreadVariance2(double n) => n / (2 * Square(n - 1));
}
