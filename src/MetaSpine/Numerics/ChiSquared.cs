namespace MetaSpine;

/// <summary>The chi-squared distribution with real degrees of freedom above 0.</summary>
internal static class ChiSquared
{
    /// <summary>The probability of a value up to x.</summary>
    public static double Lower(double x, double df) => Half(df).At(.5 * Math.Max(x, 0)).Lower;

    /// <summary>The probability of a value beyond x.</summary>
    public static double Upper(double x, double df) => Half(df).At(.5 * Math.Max(x, 0)).Upper;

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p, double df) => 2 * TailInversion.Quantile(Half(df), p);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p, double df) => 2 * TailInversion.UpperQuantile(Half(df), p);

    /// <summary>Half of a chi-squared variable is a gamma variable.</summary>
    private static GammaTails Half(double df)
    {
        Require.PositiveFinite(df);
        return new GammaTails(.5 * df);
    }
}
