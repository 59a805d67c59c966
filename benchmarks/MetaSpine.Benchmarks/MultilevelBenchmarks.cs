using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>What dependent effects cost against their number: ten effects per study, a variance between studies and one within, from estimates in memory to a whole result.</summary>
public class MultilevelBenchmarks
{
    private MultilevelProblem _problem = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Effects { get; set; }

    [GlobalSetup]
    public void Setup() => _problem = MultilevelProblem.Simulated(Effects);

    /// <summary>REML with z tests.</summary>
    [Benchmark]
    public MultilevelPooledResult REML() => _problem.Fit(MultilevelTest.Z);

    /// <summary>REML with Satterthwaite's degrees of freedom, the default.</summary>
    [Benchmark]
    public MultilevelPooledResult Defaults() => _problem.Fit(MultilevelTest.Satterthwaite);
}
