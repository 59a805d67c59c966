using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>The estimators of tau^2 alone: O(k) time, no allocation.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private double[] _estimates = null!;
    private double[] _variances = null!;

    [Params(13, 2_000)]
    public int Studies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _variances = [.. Enumerable.Range(0, Studies).Select(_ => Math.Exp(2 * random.NextDouble() - 4))];
        _estimates = [.. _variances.Select(v => 0.3 + Math.Sqrt(v + 0.1) * Math.Sqrt(12) * (random.NextDouble() - 0.5))];
    }

    [Benchmark(Baseline = true)]
    public double DL() => Estimate(PoolingMethod.DL);

    [Benchmark]
    public double REML() => Estimate(PoolingMethod.REML);

    [Benchmark]
    public double ML() => Estimate(PoolingMethod.ML);

    [Benchmark]
    public double PM() => Estimate(PoolingMethod.PM);

    private double Estimate(PoolingMethod method) => Tau2Estimator.Estimate(new InterceptProfile(_estimates, _variances), method, _estimates).Tau2;
}
