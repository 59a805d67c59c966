using MathNet.Numerics.Distributions;

namespace MetaSpine;

internal static class NormalDistribution
{
    public static double Lower(double x) => Normal.CDF(0, 1, x);

    public static double Quantile(double p) => Normal.InvCDF(0, 1, p);

    public static double UpperQuantile(double p) => -Quantile(p);
}
