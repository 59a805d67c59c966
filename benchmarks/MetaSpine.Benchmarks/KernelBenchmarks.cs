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
    public void Setup() => (_estimates, _variances) = Problem.Of(Studies);

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
