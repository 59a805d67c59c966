namespace MetaSpine;

/// <summary>The chi-squared distribution with real degrees of freedom above 0.</summary>
internal static class ChiSquared
{
    /// <summary>The probability of a value up to x.</summary>
    public static double Lower(double x, double df) => Tails(x, df).Lower;

    /// <summary>The probability of a value beyond x.</summary>
    public static double Upper(double x, double df) => Tails(x, df).Upper;

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p, double df) => Invert(p, df, lower: true);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p, double df) => Invert(p, df, lower: false);

    private static Tails Tails(double x, double df)
    {
        Require.Positive(df);
        return IncompleteGamma.At(.5 * Math.Max(x, 0), .5 * df);
    }

    private static double Invert(double p, double df, bool lower)
    {
        Require.Positive(df);
        return 2 * TailInversion.Quantile(new Gamma(.5 * df), p, lower);
    }

    private readonly struct Gamma(double shape) : ITailFunction
    {
        public Tails At(double x) => IncompleteGamma.At(x, shape);

        /// <summary>
        /// E. B. Wilson and M. M. Hilferty (1931), The distribution of chi-square, Proceedings of the National Academy of Sciences
        /// 17, 684-688, doi:10.1073/pnas.17.12.684: the cube root is nearly normal. Where that fails, the value is near 0, and
        /// the first term of the series for the tail is nearly all of it.
        /// </summary>
        public double Guess(double z)
        {
            var root = 1 - 1 / (9 * shape) + z / (3 * Math.Sqrt(shape));
            return root > .1
                ? shape * root * root * root
                : Math.Exp((Math.Log(NormalDistribution.Lower(z)) + SaddlePoint.LogFactorial(shape)) / shape);
        }
    }
}
