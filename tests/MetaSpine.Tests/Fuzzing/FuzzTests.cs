using System.Diagnostics;
using System.Globalization;
using System.Text;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary>
/// Inputs that are nearly sound, of every format: each is read, and pooled, or ends in faults that say where; none in a crash, without an end, or in memory out of proportion.
/// METASPINE_FUZZ=100000 reads so many inputs in place of a thousand, and METASPINE_FUZZ_SEED=7 begins at another seed than 1.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    /// <summary>What reading may allocate: some megabytes for tables of names and buffers, and for each byte of the input what its positions and texts take.</summary>
    private const long Allowance = 4_000_000, PerByte = 1_000;

    private const int Usual = 1000, OneCommandIn = 8, MostFailures = 10, MostShown = 4000;

    private static readonly bool IsLong = Setting("METASPINE_FUZZ") is not null;

    private static readonly int Count = Setting("METASPINE_FUZZ") ?? Usual, First = Setting("METASPINE_FUZZ_SEED") ?? 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    private (string Name, long Since, TimeSpan Processor) _now;

    public FuzzTests()
    {
        // A sample names its studies by their files, studies/*.yaml.
        Directory.CreateDirectory(Path.Combine(_folder, "studies"));
        Array.ForEach(["oda2006.yaml", "kim2011.yaml"], name => File.Copy(Path.Combine(TestFiles.RepositoryRoot, "samples", "spinal-metastases", "studies", name), Path.Combine(_folder, "studies", name)));
    }

    public static TheoryData<string> Formats => [.. FuzzFormat.All.Select(format => format.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_sample_is_read_as_it_stands(string name)
    {
        var format = Format(name);
        foreach (var sample in FuzzSamples.Of(format, isLong: false))
        {
            var bytes = (format.IsBinary ? Encoding.Latin1 : Encoding.UTF8).GetBytes(sample);
            Should.NotThrow(() => format.Reader(new(Written(format, 1, bytes), sample, bytes, 1)), sample);
        }
    }

    [CostlyTheory]
    [MemberData(nameof(Formats))]
    public async Task Inputs_end_in_what_they_hold_or_in_faults(string name)
    {
        var format = Format(name);
        var samples = FuzzSamples.Of(format, IsLong);
        var count = Math.Max(1, (int)((long)Count * format.Share / FuzzFormat.All.Sum(each => each.Share)));
        var failures = new List<string>();
        await Ended(Task.Run(
            () =>
            {
                for (var seed = First; seed < First + count && failures.Count < MostFailures; seed++)
                {
                    var (text, bytes) = new Mutator(new Random(seed), samples).Input(format.IsBinary);
                    Tried(format, bytes, text, seed, failures);
                }
            },
            TestContext.Current.CancellationToken));
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private void Tried(FuzzFormat format, byte[] bytes, string text, int seed, List<string> failures)
    {
        _now = (FormattableString.Invariant($"{(IsLong ? "METASPINE_FUZZ=1 " : "")}METASPINE_FUZZ_SEED={seed} ({format.Name})"), Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        try
        {
            Once(format, bytes, text, seed);
        }
        catch (Exception error)
        {
            var shown = Encoding.UTF8.GetString(bytes);
            failures.Add($"{_now.Name}: {error}\n--- the input, {bytes.Length} bytes:\n{(shown.Length > MostShown ? $"{shown[..MostShown]}..." : shown)}");
        }
    }

    /// <summary>Reads an input and does with it what its users do.</summary>
    private void Once(FuzzFormat format, byte[] bytes, string text, int seed)
    {
        var path = Written(format, seed, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Action? next = null;
        try
        {
            next = format.Reader(new(path, text, bytes, seed));
        }
        catch (StudyFileException error)
        {
            Oracle.Holds(error.Faults, path, bytes);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Allowance + (PerByte * Math.Max(bytes.Length, text.Length)), "reading allocates out of proportion");
        next?.Invoke();
        if (format.Commands.Length > 0 && seed % OneCommandIn == 0)
        {
            Commanded(format.Commands[seed / OneCommandIn % format.Commands.Length], path);
        }

        File.Delete(path);
    }

    private string Written(FuzzFormat format, int seed, byte[] bytes)
    {
        var path = Path.Combine(_folder, FormattableString.Invariant($"{seed}{format.Extension}"));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A command ends with one of its three statuses, says why where it is not done, and shows nothing of its inside.</summary>
    private static void Commanded(string command, string path)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = Tool.Run(command.Split(' ').Select(word => word.Replace("{0}", path, StringComparison.Ordinal)).ToList(), new Terminal { In = TextReader.Null, Out = output, Error = error });
        status.ShouldBeInRange(Tool.Done, Tool.BadUsage, command);
        var said = error.ToString();
        (status == Tool.Done || said.Length + output.ToString().Length > 0).ShouldBeTrue($"{command} says nothing");
        said.ShouldNotContain("this should not have happened", Case.Sensitive, command);
        said.ShouldNotContain("   at MetaSpine", Case.Sensitive, command);
    }

    /// <summary>
    /// Waits for the end, as long as each single input ends within a minute, which is a thousand times what the slowest takes. On a machine that has no time for us the minute is one of the
    /// processor's; ten by the clock are too many on any.
    /// </summary>
    private async Task Ended(Task task)
    {
        while (await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)) != task)
        {
            var (name, since, processor) = _now;
            var passed = since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since);
            (passed < TimeSpan.FromMinutes(1) || (passed < TimeSpan.FromMinutes(10) && Environment.CpuUsage.TotalTime - processor < TimeSpan.FromMinutes(1))).ShouldBeTrue($"{name} does not end");
        }

        await task;
    }

    private static FuzzFormat Format(string name) => FuzzFormat.All.Single(format => format.Name == name);

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
