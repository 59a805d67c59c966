using BenchmarkDotNet.Attributes;

namespace MetaSpine.Benchmarks;

/// <summary>The distributions that every result asks: right to the last digits in both tails.</summary>
public class TailBenchmarks
{
    [Params(0.05, 1e-20)]
    public double P { get; set; }

    private double _normal;
    private double _student;
    private double _chiSquared;
    private double _f;

    [GlobalSetup]
    public void Setup()
    {
        (_normal, _student) = (NormalDistribution.UpperQuantile(P), StudentT.UpperQuantile(P, 12));
        (_chiSquared, _f) = (ChiSquared.UpperQuantile(P, 12), FDistribution.UpperQuantile(P, 2, 12));
    }

    [Benchmark]
    public double Normal() => NormalDistribution.Upper(_normal);

    [Benchmark]
    public double Student() => StudentT.Upper(_student, 12);

    [Benchmark]
    public double ChiSquare() => ChiSquared.Upper(_chiSquared, 12);

    [Benchmark]
    public double F() => FDistribution.Upper(_f, 2, 12);

    [Benchmark]
    public double NormalQuantile() => NormalDistribution.UpperQuantile(P);

    [Benchmark]
    public double StudentQuantile() => StudentT.UpperQuantile(P, 12);

    [Benchmark]
    public double ChiSquareQuantile() => ChiSquared.UpperQuantile(P, 12);

    [Benchmark]
    public double FQuantile() => FDistribution.UpperQuantile(P, 2, 12);
}
