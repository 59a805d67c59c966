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
        var random = new Random(1);
        var variances = Enumerable.Range(0, Studies).Select(_ => Math.Exp(2 * random.NextDouble() - 4)).ToArray();
        var estimates = variances.Select(v => 0.3 + Math.Sqrt(v + 0.1) * Math.Sqrt(12) * (random.NextDouble() - 0.5)).ToArray();
        _effects = Measures.GEN.Compute(new EffectData { ["yi"] = estimates, ["vi"] = variances });
    }

    [Benchmark(Baseline = true)]
    public PooledResult DL() => Pool(PoolingMethod.DL);

    [Benchmark]
    public PooledResult REML() => Pool(PoolingMethod.REML);

    [Benchmark]
    public PooledResult PM() => Pool(PoolingMethod.PM);

    private PooledResult Pool(PoolingMethod method) => MetaAnalysis.Pool(_effects, new PoolingOptions { Method = method });
}
