using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>What many analyses of ten studies cost, in one call and one by one, and whether in proportion to their number.</summary>
[MemoryDiagnoser]
public class BulkBenchmarks
{
    private const int Studies = 10;

    private double[] _estimates = null!;
    private double[] _variances = null!;
    private int[] _offsets = null!;

    [Params(PoolingMethod.DL, PoolingMethod.REML)]
    public PoolingMethod Method { get; set; }

    [Params(1_000, 100_000, 1_000_000)]
    public int Analyses { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_estimates, _variances) = Problem.Of(Studies * Analyses);
        _offsets = [.. Enumerable.Range(0, Analyses + 1).Select(i => Studies * i)];
    }

    /// <summary>On all processors.</summary>
    [Benchmark]
    public PooledColumns Many() => MetaAnalysis.PoolMany(_estimates, _variances, _offsets, new PoolingOptions { Method = Method });

    /// <summary>On one.</summary>
    [Benchmark]
    public PooledColumns ManyOnOneThread() => MetaAnalysis.PoolMany(_estimates, _variances, _offsets, new PoolingOptions { Method = Method }, threads: 1);

    /// <summary>A whole result for each, with its intervals of tau^2.</summary>
    [Benchmark(Baseline = true)]
    public double OneByOne()
    {
        double sum = 0;
        for (var i = 0; i < Analyses; i++)
        {
            sum += MetaAnalysis.Pool(_estimates[(Studies * i)..(Studies * (i + 1))], _variances[(Studies * i)..(Studies * (i + 1))], new PoolingOptions { Method = Method }).Estimate;
        }

        return sum;
    }
}
