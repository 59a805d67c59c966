namespace MetaSpine;

/// <summary>The beta distribution with real shapes above 0.</summary>
internal static class BetaDistribution
{
    /// <summary>The probability of a value up to x.</summary>
    public static double Lower(double x, double a, double b) => Tails(x, a, b).Lower;

    /// <summary>The probability of a value beyond x.</summary>
    public static double Upper(double x, double a, double b) => Tails(x, a, b).Upper;

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p, double a, double b) => Proportion(FDistribution.Quantile(p, 2 * a, 2 * b), a, b);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p, double a, double b) => Proportion(FDistribution.UpperQuantile(p, 2 * a, 2 * b), a, b);

    private static Tails Tails(double x, double a, double b)
    {
        Require.PositiveFinite(a);
        Require.PositiveFinite(b);
        return new BetaTails(a, b).AtProportion(Math.Clamp(x, 0, 1));
    }

    private static double Proportion(double f, double a, double b) => 1 / (1 + b / a / f);
}
