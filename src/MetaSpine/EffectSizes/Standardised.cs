using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>A distance in units of a standard deviation: what the standardised means, differences and changes have in common.</summary>
internal interface IStandardised
{
    /// <summary>The distance d, without correction.</summary>
    double Distance { get; }

    /// <summary>The degrees of freedom m of the standard deviation.</summary>
    double Freedom { get; }

    /// <summary>The variance of d where there is no distance, the standard deviation taken as known.</summary>
    double NullVariance { get; }

    /// <summary>The number of participants whose spread the standard deviation is.</summary>
    double SpreadSize { get; }
}

/// <summary>
/// The estimate g = J(m) d (Hedges 1981, doi:10.3102/10769986006002107) and its variances (Viechtbauer 2007,
/// doi:10.3102/1076998606298034; Borenstein et al. 2009, Introduction to Meta-Analysis, equation 4.24 for LS2).
/// </summary>
internal static class Standardised
{
    public static double Bias(double freedom, EffectSizeOptions options) =>
        !options.Correct ? 1 : options.ApproximateCorrection ? SmallSample.ApproximateJ(freedom) : SmallSample.J(freedom);

    public static double Estimate<T>(T s, EffectSizeOptions options)
        where T : struct, IStandardised => Bias(s.Freedom, options) * s.Distance;

    public static VarianceRule<T> LargeSample<T>()
        where T : struct, IStandardised => new(VarianceType.LS, (s, g) => Variance(s, g));

    public static VarianceRule<T> LargeSample2<T>()
        where T : struct, IStandardised => new(VarianceType.LS2, (s, _, options) => Square(Bias(s.Freedom, options)) * Variance(s, s.Distance));

    public static VarianceRule<T> Unbiased<T>()
        where T : struct, IStandardised => Unbiased<T>(s => s.NullVariance);

    /// <summary>The unbiased variance, with an unbiased estimate of the null variance where that is one itself.</summary>
    public static VarianceRule<T> Unbiased<T>(Func<T, double> nullVariance)
        where T : struct, IStandardised => new(VarianceType.UB, (s, g, options) =>
            nullVariance(s) + (options.Correct ? SmallSample.UnbiasedShare(s.Freedom) : 2 / s.Freedom) * g * g);

    /// <summary>The large-sample form with the mean of all estimates, weighted by size, in place of the study's own.</summary>
    public static VarianceRule<T> Averaged<T>()
        where T : struct, IStandardised, IStudyRow<T> => new(VarianceType.AV, all =>
        {
            var mean = all.Mean((_, g) => g, s => s.Size);
            return (s, _) => Variance(s, mean);
        });

    /// <summary>The exact variance where there is no distance: d over the root of its null variance is a t statistic.</summary>
    public static VarianceRule<T> Null<T>()
        where T : struct, IStandardised => new(VarianceType.H0, (s, _, options) =>
            s.Freedom > 2 ? Square(Bias(s.Freedom, options)) * s.NullVariance * s.Freedom / (s.Freedom - 2) : double.NaN);

    private static double Variance<T>(T s, double g)
        where T : struct, IStandardised => s.NullVariance + g * g / (2 * s.SpreadSize);
}
