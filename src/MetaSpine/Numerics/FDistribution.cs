namespace MetaSpine;

/// <summary>The F distribution with real degrees of freedom above 0, of which the second may be infinite.</summary>
internal static class FDistribution
{
    /// <summary>The probability of a value up to f.</summary>
    public static double Lower(double f, double df1, double df2) =>
        double.IsPositiveInfinity(df2) ? ChiSquared.Lower(df1 * f, df1) : Ratio(df1, df2).At(Math.Max(f, 0)).Lower;

    /// <summary>The probability of a value beyond f.</summary>
    public static double Upper(double f, double df1, double df2) =>
        double.IsPositiveInfinity(df2) ? ChiSquared.Upper(df1 * f, df1) : Ratio(df1, df2).At(Math.Max(f, 0)).Upper;

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p, double df1, double df2) =>
        double.IsPositiveInfinity(df2) ? ChiSquared.Quantile(p, df1) / df1 : TailInversion.Quantile(Ratio(df1, df2), p);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p, double df1, double df2) =>
        double.IsPositiveInfinity(df2) ? ChiSquared.UpperQuantile(p, df1) / df1 : TailInversion.UpperQuantile(Ratio(df1, df2), p);

    private static BetaTails Ratio(double df1, double df2)
    {
        Require.PositiveFinite(df1);
        Require.PositiveFinite(df2);
        return new BetaTails(.5 * df1, .5 * df2);
    }
}
