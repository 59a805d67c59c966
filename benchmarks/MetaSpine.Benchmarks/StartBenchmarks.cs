using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace MetaSpine.Benchmarks;

/// <summary>
/// The tool from its start to its end, each time a process of its own: that which METASPINE names, or `metaspine` on the path. Installed from the package it is
/// compiled ahead; a build of the solution is not.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 20)]
public class StartBenchmarks
{
    private readonly string _tool = Environment.GetEnvironmentVariable("METASPINE") ?? "metaspine";
    private readonly string _sample = Path.Combine(PathBenchmarks.Root(), "samples", "bcg-vaccine.yaml");

    [Benchmark]
    public int Pool() => Run("pool", _sample);

    [Benchmark]
    public int Check() => Run("check", _sample);

    [Benchmark]
    public int Help() => Run("--help");

    private int Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(_tool, arguments) { RedirectStandardOutput = true })!;
        var length = process.StandardOutput.ReadToEnd().Length;
        process.WaitForExit();
        return process.ExitCode == 0 ? length : throw new InvalidOperationException($"{_tool} ended with {process.ExitCode}.");
    }
}
