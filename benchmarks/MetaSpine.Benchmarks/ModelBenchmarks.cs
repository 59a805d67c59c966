using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>What a whole result costs under each kind of model, on thirteen trials with two moderators.</summary>
[MemoryDiagnoser]
public class ModelBenchmarks
{
    private EffectData _tables = null!;
    private EffectSizes _effects = null!;
    private PooledResult _pooled = null!;
    private DesignMatrix _design = null!;
    private RegressionResult _regression = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(13);
        double[] Each(Func<double> value) => [.. Enumerable.Range(0, 13).Select(_ => value())];
        var sizes = Each(() => random.Next(40, 400));
        _tables = new EffectData
        {
            ["ai"] = [.. sizes.Select(n => Math.Floor(n * (0.02 + 0.1 * random.NextDouble())))], ["n1i"] = sizes,
            ["ci"] = [.. sizes.Select(n => Math.Floor(n * (0.05 + 0.2 * random.NextDouble())))], ["n2i"] = sizes,
        };
        _effects = Measures.OR.Compute(_tables);
        _pooled = MetaAnalysis.Pool(_effects);
        _design = DesignMatrix.WithIntercept(Predictor.Numeric("year", Each(() => random.Next(1950, 2000))), Predictor.Numeric("latitude", Each(() => random.Next(10, 60))));
        _regression = MetaAnalysis.Regress(_effects, _design);
    }

    [Benchmark(Baseline = true)]
    public PooledResult InverseVariance() => MetaAnalysis.Pool(_effects);

    [Benchmark]
    public EffectSizes EffectSizesOnly() => Measures.OR.Compute(_tables);

    [Benchmark]
    public RegressionResult Regression() => MetaAnalysis.Regress(_effects, _design);

    [Benchmark]
    public StratifiedResult MantelHaenszelMethod() => MantelHaenszel.Pool(Measures.OR, _tables);

    [Benchmark]
    public StratifiedResult Peto() => PetoMethod.Pool(_tables);

    [Benchmark]
    public CountModelResult MixedLogistic() => CountModels.Fit(Measures.OR, _tables);

    [Benchmark]
    public PermutationResult Permutations() => _pooled.Permute();

    [Benchmark]
    public PermutationResult PermutedModerators() => _regression.Permute();

    [Benchmark]
    public BootstrapResult Bootstrap() => _pooled.Bootstrap();

    [Benchmark]
    public GoshResult AllSubsets() => _pooled.Gosh();

    [Benchmark]
    public object LeaveOneOut() => _pooled.LeaveOneOut();

    [Benchmark]
    public object Influence() => _pooled.Influence();
}
