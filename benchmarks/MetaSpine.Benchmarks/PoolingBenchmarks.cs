using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>What a pooled result costs against the number of studies: whole results, with their intervals and notes.</summary>
[MemoryDiagnoser]
public class PoolingBenchmarks
{
    private EffectSizes _effects = null!;

    [Params(13, 2_000, 100_000)]
    public int Studies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _effects = Problem.Effects(Studies);
    }

    [Benchmark(Baseline = true)]
    public PooledResult DL() => Pool(PoolingMethod.DL);

    [Benchmark]
    public PooledResult REML() => Pool(PoolingMethod.REML);

    [Benchmark]
    public PooledResult PM() => Pool(PoolingMethod.PM);

    private PooledResult Pool(PoolingMethod method) => MetaAnalysis.Pool(_effects, new PoolingOptions { Method = method });
}
