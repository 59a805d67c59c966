namespace MetaSpine;

/// <summary>The tests and intervals of a fit's coefficients, from their covariance and the reference distribution that the options ask for.</summary>
internal sealed class Inference
{
    private readonly PoolingTest _test;
    private readonly double _level;
    private readonly double _freedom;
    private readonly double[] _covariance;
    private readonly double[] _unscaled;
    private readonly KenwardRoger? _kenwardRoger;

    private Inference(PoolingTest test, double level, double freedom, double factor, double[] covariance, KenwardRoger? kenwardRoger)
    {
        _test = test;
        _level = level;
        _freedom = freedom;
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

        var factor = options.Test switch
        {
            PoolingTest.KnappHartungIqwig => IsNarrower(options.Level, freedom, residualVariance * covariance[0], classicVariance) ? Math.Max(1, residualVariance) : residualVariance,
            _ => Factor(options.Test, residualVariance),
        };
        return new Inference(options.Test, options.Level, freedom, factor, covariance, kenwardRoger);
    }

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
        if (_test == PoolingTest.KnappHartungWider && IsNarrower(_level, _freedom, _covariance[diagonal], _unscaled[diagonal]))
        {
            return ReferenceDistribution.Normal(_level).Coefficient(name, estimate, Math.Sqrt(_unscaled[diagonal]));
        }

        double? freedom = _test == PoolingTest.Z ? null : _kenwardRoger?.DegreesOfFreedom(index) ?? _freedom;
        var tested = new ReferenceDistribution(freedom, _level).Coefficient(name, estimate, Math.Sqrt(_covariance[diagonal]));
        return _kenwardRoger is null || double.IsFinite(tested.Interval.Lower)
            ? tested
            : throw new PoolingException(FormattableString.Invariant($"The Kenward-Roger test of '{name}' has {freedom:G2} degrees of freedom, too few for an interval: these studies differ too much in precision; choose the test knha."));
    }

    /// <summary>Tests some coefficients together: the Wald statistic b'C^-1 b, by Cholesky factors of their part of the covariance.</summary>
    public ModeratorTest Joint(double[] coefficients, int[] tested)
    {
        var (p, m) = (Size, tested.Length);
        var wald = WaldTest.Statistic(Array.ConvertAll(tested, i => coefficients[i]), (i, j) => _covariance[tested[i] * p + tested[j]]) ?? double.NaN;
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
