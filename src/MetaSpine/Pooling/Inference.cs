namespace MetaSpine;

/// <summary>The tests and intervals of a fit's coefficients, from their covariance and the reference distribution that the options ask for.</summary>
internal sealed class Inference
{
    private readonly PoolingTest _test;
    private readonly double _level;
    private readonly double _freedom;
    private readonly double _factor;
    private readonly double[] _covariance;
    private readonly double[] _unscaled;
    private readonly KenwardRoger? _kenwardRoger;

    private Inference(PoolingTest test, double level, double freedom, double factor, double[] covariance, KenwardRoger? kenwardRoger)
    {
        _test = test;
        _level = level;
        _freedom = freedom;
        _factor = factor;
        _unscaled = covariance;
        _kenwardRoger = kenwardRoger;
        _covariance = kenwardRoger?.Covariance ?? (factor == 1 ? covariance : Array.ConvertAll(covariance, value => factor * value));
    }

    /// <param name="options">The test and the level.</param>
    /// <param name="freedom">k - p. With 0 there is no residual variance to speak of: z.</param>
    /// <param name="residualVariance">The weighted residual variance, sum w r^2 / (k - p), of the inverse-variance fit.</param>
    /// <param name="covariance">The coefficients' covariance, p x p.</param>
    /// <param name="kenwardRoger">The Kenward-Roger correction, where the options ask for it.</param>
    /// <param name="classicVariance">The variance of the estimate under DerSimonian-Laird, where IQWiG's rule asks for it.</param>
    public static Inference For(
        PoolingOptions options, int freedom, double residualVariance, double[] covariance, KenwardRoger? kenwardRoger = null, double classicVariance = double.NaN)
    {
        if (freedom == 0)
        {
            return new Inference(PoolingTest.Z, options.Level, 0, 1, covariance, null);
        }

        return new Inference(options.Test, options.Level, freedom, Factor(options, freedom, residualVariance, covariance[0], classicVariance), covariance, kenwardRoger);
    }

    /// <summary>The same with IQWiG's rule, which compares with the interval under DerSimonian-Laird.</summary>
    public static double Factor(PoolingOptions options, int freedom, double residualVariance, double variance, double classicVariance) =>
        options.Test != PoolingTest.KnappHartungIqwig ? Factor(options.Test, residualVariance)
        : IsNarrower(options.Level, freedom, residualVariance * variance, classicVariance) ? Math.Max(1, residualVariance)
        : residualVariance;

    /// <summary>A coefficient's variance as the test scales it, and the degrees of freedom of its t distribution; null for the normal one.</summary>
    public static (double Variance, double? Freedom) Scale(PoolingTest test, double level, double freedom, double scaled, double unscaled) =>
        test == PoolingTest.KnappHartungWider && IsNarrower(level, freedom, scaled, unscaled) ? (unscaled, null) : (scaled, test == PoolingTest.Z ? null : freedom);

    /// <summary>
    /// The factor of the covariance, from the weighted residual variance: Knapp and Hartung (2003), Statistics in Medicine 22:2693,
    /// doi:10.1002/sim.1482.
    /// </summary>
    public static double Factor(PoolingTest test, double residualVariance) => test switch
    {
        PoolingTest.KnappHartung or PoolingTest.KnappHartungWider => residualVariance,
        PoolingTest.KnappHartungFloor => Math.Max(1, residualVariance),
        _ => 1,
    };

    /// <summary>The covariance as the test scales it, p x p.</summary>
    public double[] Covariance => _covariance;

    /// <summary>Tests one coefficient against 0.</summary>
    public Coefficient Coefficient(string name, double estimate, int index = 0)
    {
        var diagonal = index * (Size + 1);
        var (variance, freedom) = Scale(_test, _level, _kenwardRoger?.DegreesOfFreedom(index) ?? _freedom, _covariance[diagonal], _unscaled[diagonal]);
        var tested = new ReferenceDistribution(freedom, _level).Coefficient(name, estimate, Math.Sqrt(variance));
        return _kenwardRoger is null || double.IsFinite(tested.Interval.Lower)
            ? tested
            : throw new PoolingException(FormattableString.Invariant($"The Kenward-Roger test of '{name}' has {freedom:G2} degrees of freedom, too few for an interval: these studies differ too much in precision; choose the test knha."));
    }

    /// <summary>Tests some coefficients together by the Wald statistic b'C^-1 b.</summary>
    /// <param name="coefficients">All coefficients.</param>
    /// <param name="tested">Which of them.</param>
    /// <param name="unscaled">The statistic with the covariance that the test has not scaled, where it is known; otherwise it comes from Cholesky factors.</param>
    public ModeratorTest Joint(double[] coefficients, int[] tested, double? unscaled = null)
    {
        var (p, m) = (Size, tested.Length);
        // Coefficients of exactly 0 are no evidence against 0, even where all estimates agree and their errors are 0 too.
        var wald = (Array.TrueForAll(tested, i => coefficients[i] == 0) ? 0 : _factor == 0 ? double.PositiveInfinity : unscaled / _factor)
            ?? WaldTest.Statistic(Array.ConvertAll(tested, i => coefficients[i]), (i, j) => _covariance[tested[i] * p + tested[j]])
            ?? throw new PoolingException("The coefficients depend on each other too closely for a joint test: centre or rescale the moderators, use poly() or ns(), or choose another test.");
        if (_test == PoolingTest.Z)
        {
            return ReferenceDistribution.Normal(_level).Joint(wald, m);
        }

        var (scale, freedom) = _kenwardRoger?.Joint(tested) ?? (1, _freedom);
        return new ReferenceDistribution(freedom, _level).Joint(scale * wald, m);
    }

    private int Size => (int)Math.Sqrt(_covariance.Length);

    /// <summary>Whether a t interval with one variance is narrower than a z interval with another.</summary>
    private static bool IsNarrower(double level, double freedom, double tVariance, double zVariance)
    {
        var tail = (1 - level) / 2;
        return StudentT.UpperQuantile(tail, freedom) * Math.Sqrt(tVariance) < NormalDistribution.UpperQuantile(tail) * Math.Sqrt(zVariance);
    }
}
