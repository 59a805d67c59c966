using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>
/// What finding duplicates costs against the number of records, in a library that resembles real ones and in two that are made to be
/// slow: every record with one title, and every record with one identifier.
/// </summary>
public class DeduplicationBenchmarks
{
    private List<Reference> _library = null!;
    private List<Reference> _oneTitle = null!;
    private List<Reference> _oneDoi = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _library = SyntheticLibrary.Of(Records, seed: 1);
        _oneTitle = [.. _library.Select(reference => reference with { Title = "Surgery for spinal metastases: a systematic review", Doi = null, Pmid = null })];
        _oneDoi = [.. _library.Select(reference => reference with { Doi = "10.5555/supplement", Pmid = null })];
    }

    [Benchmark]
    public DeduplicationResult Library() => Deduplication.Of(_library);

    [Benchmark]
    public DeduplicationResult OneTitle() => Deduplication.Of(_oneTitle);

    [Benchmark]
    public DeduplicationResult OneDoi() => Deduplication.Of(_oneDoi);
}
