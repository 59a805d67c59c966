using System.Text;

namespace MetaSpine.Tests;

/// <summary>The sound texts that broken ones are made of.</summary>
internal static class FuzzSamples
{
    /// <summary>The largest file of others that is one: those of megabytes would leave no time for more inputs.</summary>
    private const int Largest = 60_000;

    /// <summary>The samples of a format: those kept beside this file, those made, and of a long run the real files of others where they are there.</summary>
    public static IReadOnlyList<string> Of(FuzzFormat format, bool isLong) =>
        [.. Kept(format.Name), .. format.Made(), .. isLong && format.Shared is { } folder ? FilesOfOthers(folder) : []];

    public static IEnumerable<string> Kept(string name)
    {
        var folder = TestFiles.Path($"Fuzzing/Samples/{name}");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText) : [];
    }

    /// <summary>A run over subsets as it is saved on the way and at its end.</summary>
    public static IEnumerable<string> Checkpoints()
    {
        var saved = new List<GoshCheckpoint>();
        MetaAnalysis.Pool([.1, .5, -.2, .9], [.04, .02, .09, .1], new() { Method = PoolingMethod.DL }).Gosh(new() { Checkpoints = new Immediate(saved) });
        foreach (var checkpoint in saved)
        {
            using var stream = new MemoryStream();
            checkpoint.Save(stream);
            yield return Encoding.Latin1.GetString(stream.ToArray());
        }
    }

    private static IEnumerable<string> FilesOfOthers(string name)
    {
        for (var folder = new DirectoryInfo(TestFiles.RepositoryRoot).Parent; folder is not null; folder = folder.Parent)
        {
            var inputs = new DirectoryInfo(Path.Combine(folder.FullName, "shared", "inputs", name));
            if (inputs.Exists)
            {
                return inputs.EnumerateFiles().Where(file => file.Length < Largest && file.Extension != ".zip").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => File.ReadAllText(file.FullName));
            }
        }

        return [];
    }

    private sealed class Immediate(List<GoshCheckpoint> saved) : IProgress<GoshCheckpoint>
    {
        public void Report(GoshCheckpoint value) => saved.Add(value);
    }
}
