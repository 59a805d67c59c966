namespace MetaSpine;

/// <summary>Student's t distribution with real degrees of freedom above 0; infinite ones make it the normal distribution.</summary>
/// <remarks>The square of t is F with 1 and df degrees of freedom.</remarks>
internal static class StudentT
{
    /// <summary>Beyond this point the tail is a power of t, to the last bit, and the square is still far from overflow.</summary>
    private const double PowerLaw = 1e100;

    /// <summary>The probability of a value up to t.</summary>
    public static double Lower(double t, double df) => Upper(-t, df);

    /// <summary>The probability of a value beyond t.</summary>
    public static double Upper(double t, double df) =>
        double.IsPositiveInfinity(df) ? NormalDistribution.Upper(t)
        : t < 0 ? 1 - Upper(-t, df)
        : t > PowerLaw ? Upper(PowerLaw, df) * Math.Pow(PowerLaw / t, df)
        : .5 * FDistribution.Upper(t * t, 1, df);

    /// <summary>The probability of a value farther from 0 than t, on either side.</summary>
    public static double TwoSided(double t, double df) => Math.Min(1, 2 * Upper(Math.Abs(t), df));

    /// <summary>The point below which a value falls with probability p.</summary>
    public static double Quantile(double p, double df) => -UpperQuantile(p, df);

    /// <summary>The point beyond which a value falls with probability p.</summary>
    public static double UpperQuantile(double p, double df)
    {
        Require.Probability(p);
        return double.IsPositiveInfinity(df) ? NormalDistribution.UpperQuantile(p)
            : p > .5 ? -UpperQuantile(1 - p, df)
            : p > .25 ? Math.Sqrt(FDistribution.Quantile(1 - 2 * p, 1, df))
            : df < 4 && Upper(PowerLaw, df) is var known && p < known ? PowerLaw * Math.Pow(known / p, 1 / df)
            : Math.Sqrt(FDistribution.UpperQuantile(2 * p, 1, df));
    }
}
