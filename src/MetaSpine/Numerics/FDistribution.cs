namespace MetaSpine;

/// <summary>The F distribution with real degrees of freedom above 0, of which the second may be infinite.</summary>
internal static class FDistribution
{
    /// <summary>The probability of a value up to f.</summary>
    public static double Lower(double f, double df1, double df2) => Tails(f, df1, df2).Lower;

    /// <summary>The probability of a value beyond f.</summary>
    public static double Upper(double f, double df1, double df2) => Tails(f, df1, df2).Upper;

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p, double df1, double df2) => Invert(p, df1, df2, lower: true);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p, double df1, double df2) => Invert(p, df1, df2, lower: false);

    private static Tails Tails(double f, double df1, double df2)
    {
        Require.Positive(df1);
        Require.Positive(df2);
        f = Math.Max(f, 0);
        return double.IsPositiveInfinity(df2)
            ? IncompleteGamma.At(.5 * df1 * f, .5 * df1)
            : IncompleteBeta.AtRatio(f, .5 * df1, .5 * df2);
    }

    private static double Invert(double p, double df1, double df2, bool lower)
    {
        Require.Positive(df1);
        Require.Positive(df2);
        return double.IsPositiveInfinity(df2)
            ? (lower ? ChiSquared.Quantile(p, df1) : ChiSquared.UpperQuantile(p, df1)) / df1
            : TailInversion.Quantile(new Ratio(.5 * df1, .5 * df2), p, lower);
    }

    private readonly struct Ratio(double a, double b) : ITailFunction
    {
        public Tails At(double x) => IncompleteBeta.AtRatio(x, a, b);

        /// <summary>
        /// E. Paulson (1942), An approximate normalization of the analysis of variance distribution, Annals of Mathematical
        /// Statistics 13, 233-235, doi:10.1214/aoms/1177731608: the cube roots of both chi-squares are nearly normal.
        /// </summary>
        public double Guess(double z)
        {
            double skew1 = 1 / (9 * a), skew2 = 1 / (9 * b), mean1 = 1 - skew1, mean2 = 1 - skew2;
            var spread = z * Math.Sqrt(skew1 * mean2 * mean2 + skew2 * mean1 * mean1 - skew1 * skew2 * z * z);
            var root = (mean1 * mean2 + spread) / (mean2 * mean2 - skew2 * z * z);
            return root * root * root;
        }
    }
}
