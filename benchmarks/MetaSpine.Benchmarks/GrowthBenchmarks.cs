using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>
/// What one effect per study costs against the number of studies: each step of the table multiplies them by 10, and linear growth
/// the time by 10. From estimates and variances in memory to a whole result.
/// </summary>
public class GrowthBenchmarks
{
    private EffectSizes _effects = null!;
    private PooledResult _pooled = null!;

    [Params(10, 100, 1_000, 10_000, 100_000, 1_000_000)]
    public int Studies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _effects = Problem.Effects(Studies);
        _pooled = MetaAnalysis.Pool(_effects);
    }

    /// <summary>REML with the z test and a Wald interval of tau^2, so that nothing but the estimate is iterated.</summary>
    [Benchmark]
    public PooledResult REML() => Pool(PoolingTest.Z, Tau2IntervalMethod.Wald);

    /// <summary>The same with the Knapp-Hartung test.</summary>
    [Benchmark]
    public PooledResult KnappHartung() => Pool(PoolingTest.KnappHartung, Tau2IntervalMethod.Wald);

    /// <summary>The Q-profile interval alone.</summary>
    [Benchmark]
    public Interval? QProfile() => _pooled.Tau2IntervalBy(Tau2IntervalMethod.QProfile);

    /// <summary>The defaults: REML, Knapp-Hartung and Q-profile.</summary>
    [Benchmark]
    public PooledResult Defaults() => MetaAnalysis.Pool(_effects);

    private PooledResult Pool(PoolingTest test, Tau2IntervalMethod interval) =>
        MetaAnalysis.Pool(_effects, new PoolingOptions { Test = test, Tau2Interval = interval });
}
