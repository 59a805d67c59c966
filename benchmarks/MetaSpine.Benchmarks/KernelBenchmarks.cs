using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>The kernels alone: O(k) time, no allocation.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private double[] _estimates = null!;
    private double[] _variances = null!;

    [Params(13, 2_000)]
    public int Studies { get; set; }

    public static IEnumerable<PoolingMethod> Estimators =>
    [
        PoolingMethod.DL, PoolingMethod.DLIT, PoolingMethod.HE, PoolingMethod.HS, PoolingMethod.SJ, PoolingMethod.ML, PoolingMethod.REML, PoolingMethod.PM, PoolingMethod.PMM,
    ];

    [GlobalSetup]
    public void Setup() => (_estimates, _variances) = Problem.Of(Studies);

    /// <summary>An estimate of tau^2 with its standard error.</summary>
    [Benchmark]
    [ArgumentsSource(nameof(Estimators))]
    public double Tau2(PoolingMethod method) => Tau2Estimator.Estimate(new InterceptProfile(_estimates, _variances), method, _estimates).Tau2;

    /// <summary>All moments of a fit: what one evaluation of a likelihood or of Q costs.</summary>
    [Benchmark]
    public double Moments() => new InterceptProfile(_estimates, _variances).At(0.1).Rss;

    /// <summary>An estimate and its variance at a known tau^2.</summary>
    [Benchmark]
    public double Mean() => new InterceptProfile(_estimates, _variances).Estimate(0.1).Estimate;
}
