namespace MetaSpine;

/// <summary>
/// One analysis of many: the numbers of <see cref="MetaAnalysis.Pool(EffectSizes, PoolingOptions?)"/> by the same steps, without the intervals of tau^2 and the
/// likelihoods, and without a word or an object beside them. Serves any number of threads.
/// </summary>
internal sealed class BulkKernel
{
    private readonly PoolingOptions _options;
    private readonly double[] _critical;
    private readonly double _normal;

    /// <param name="options">How.</param>
    /// <param name="longest">The most studies of an analysis: the critical values of t are kept for so many degrees of freedom.</param>
    public BulkKernel(PoolingOptions options, int longest)
    {
        _options = options;
        _normal = ReferenceDistribution.Normal(options.Level).Critical;
        _critical = new double[longest];
        Array.Fill(_critical, double.NaN);
    }

    /// <summary>The numbers of a study that has none beside it.</summary>
    public BulkFit Single(double estimate, double variance) =>
        Tested(new BulkFit { StudyCount = 1, Estimate = estimate, H2 = 1, QPValue = 1 }, variance, null, 0);

    /// <summary>The numbers of a fit to at least two studies.</summary>
    public BulkFit Of(int studies, in InterceptFit fit)
    {
        var freedom = studies - 1;
        var factor = Inference.Factor(_options, freedom, fit.Rss / freedom, fit.Variance, fit.ClassicVariance);
        var (variance, ofTest) = Inference.Scale(_options.Test, _options.Level, freedom, factor * fit.Variance, fit.Variance);
        var (i2, h2) = fit.Heterogeneity(freedom, _options);
        return Tested(
            new BulkFit { StudyCount = studies, Estimate = fit.Estimate, Tau2 = fit.Tau2, I2 = i2, H2 = h2, Q = fit.Q, QPValue = ChiSquared.Upper(fit.Q, freedom) },
            variance, ofTest, freedom);
    }

    private BulkFit Tested(BulkFit fit, double variance, double? freedom, int residual)
    {
        var reference = new ReferenceDistribution(freedom, _options.Level);
        var error = Math.Sqrt(variance);
        var (statistic, pValue) = reference.Test(fit.Estimate, error);
        return fit with
        {
            StandardError = error,
            Statistic = statistic,
            DegreesOfFreedom = freedom ?? double.NaN,
            PValue = pValue,
            Interval = reference.Around(fit.Estimate, error, Critical(freedom)),
            Prediction = residual == 0 || _options.Method == PoolingMethod.EE ? BulkFit.NoInterval : Predicted(fit, error, freedom, residual),
        };
    }

    private Interval Predicted(in BulkFit fit, double error, double? ofTest, int residual)
    {
        var freedom = PredictionIntervals.Freedom(ofTest, residual, _options, _options.Prediction);
        var spread = Math.Sqrt(PredictionIntervals.Variance(error, fit.Tau2, _options.Prediction));
        return new ReferenceDistribution(freedom, _options.Level).Around(fit.Estimate, spread, Critical(freedom));
    }

    /// <summary>Whole degrees of freedom are known after their first use; two threads that come first write the same number.</summary>
    private double Critical(double? freedom)
    {
        if (freedom is not { } df)
        {
            return _normal;
        }

        ref var known = ref _critical[(int)df];
        return double.IsNaN(known) ? known = new ReferenceDistribution(df, _options.Level).Critical : known;
    }
}

/// <summary>The numbers of one analysis.</summary>
internal readonly record struct BulkFit
{
    public static readonly Interval NoInterval = new(double.NaN, double.NaN, double.NaN);

    public int StudyCount { get; init; }

    public double Estimate { get; init; }

    public double StandardError { get; init; }

    public double Statistic { get; init; }

    public double DegreesOfFreedom { get; init; }

    public double PValue { get; init; }

    public Interval Interval { get; init; }

    public Interval Prediction { get; init; }

    public double Tau2 { get; init; }

    public double I2 { get; init; }

    public double H2 { get; init; }

    public double Q { get; init; }

    public double QPValue { get; init; }

    /// <summary>Of an analysis that cannot be pooled.</summary>
    public static BulkFit None { get; } = new()
    {
        Estimate = double.NaN, StandardError = double.NaN, Statistic = double.NaN, DegreesOfFreedom = double.NaN, PValue = double.NaN, Interval = NoInterval,
        Prediction = NoInterval, Tau2 = double.NaN, I2 = double.NaN, H2 = double.NaN, Q = double.NaN, QPValue = double.NaN,
    };
}
