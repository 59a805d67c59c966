using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>The whole way of a review: a folder of studies in YAML, the effect sizes, the pooled results, their text and their picture.</summary>
[MemoryDiagnoser]
public class PathBenchmarks
{
    private readonly string _review = Path.Combine(Root(), "samples", "spinal-metastases", "review.yaml");
    private Review _read = null!;
    private PooledResult _pooled = null!;

    [GlobalSetup]
    public void Setup() => (_read, _pooled) = (Review.Load(_review), Review.Load(_review).Analyse("regained-ambulation").Pooled!);

    /// <summary>Twenty-eight files, each checked as it is read.</summary>
    [Benchmark]
    public Review Read() => Review.Load(_review);

    [Benchmark]
    public object Analyse() => _read.Analyse("regained-ambulation");

    [Benchmark]
    public string Say() => _pooled.ToString();

    [Benchmark]
    public string Draw() => ForestPlot.Draw(_pooled).ToSvg();

    /// <summary>From the files to the text and the picture.</summary>
    [Benchmark(Baseline = true)]
    public int Whole()
    {
        var pooled = Review.Load(_review).Analyse("regained-ambulation").Pooled!;
        return pooled.ToString().Length + ForestPlot.Draw(pooled).ToSvg().Length;
    }

    /// <summary>The repository, in which the benchmark's own folders lie.</summary>
    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MetaSpine.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The benchmarks run within the repository: its samples are what they read.");
        }

        return folder.FullName;
    }
}
