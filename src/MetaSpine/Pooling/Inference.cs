namespace MetaSpine;

/// <summary>The reference distribution of a fit's tests and intervals, and the factor of its covariance.</summary>
internal readonly record struct Inference(PoolingTest Test, int Freedom, double Factor, double Level)
{
    /// <summary>
    /// Knapp and Hartung (2003), Statistics in Medicine 22:2693, doi:10.1002/sim.1482. With a single study there is no
    /// residual variance: z.
    /// </summary>
    public static Inference For(PoolingOptions options, int freedom, double weightedResidualVariance)
    {
        if (freedom == 0)
        {
            return new Inference(PoolingTest.Z, 0, 1, options.Level);
        }

        var factor = options.Test switch
        {
            PoolingTest.KnappHartung => weightedResidualVariance,
            PoolingTest.KnappHartungFloor => Math.Max(1, weightedResidualVariance),
            _ => 1,
        };
        return new Inference(options.Test, freedom, factor, options.Level);
    }

    public int? DegreesOfFreedom => Test == PoolingTest.Z ? null : Freedom;

    /// <summary>Tests one coefficient against 0.</summary>
    public Coefficient Coefficient(string name, double estimate, double variance)
    {
        var error = Math.Sqrt(Factor * variance);
        var statistic = estimate / error;
        var tail = (1 - Level) / 2;
        var critical = Test == PoolingTest.Z ? NormalDistribution.UpperQuantile(tail) : StudentT.UpperQuantile(tail, Freedom);
        return new Coefficient(
            name, estimate, error, statistic, DegreesOfFreedom,
            Test == PoolingTest.Z ? NormalDistribution.TwoSided(statistic) : StudentT.TwoSided(statistic, Freedom),
            new Interval(estimate - critical * error, estimate + critical * error, Level));
    }

    /// <summary>Tests m coefficients from their Wald statistic b'C^-1 b, with C scaled.</summary>
    public ModeratorTest Joint(double wald, int m) => Test == PoolingTest.Z
        ? new ModeratorTest(wald, m, null, ChiSquared.Upper(wald, m))
        : new ModeratorTest(wald / m, m, Freedom, FDistribution.Upper(wald / m, m, Freedom));
}
