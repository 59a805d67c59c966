using System.Reflection;

namespace MetaSpine.NotebookTests;

/// <summary>The checkout that is tested.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "ProjectDirectory").Value!, "..", ".."));

    public static string Samples { get; } = Path.Combine(Root, "samples");

    /// <summary>Runs something in an empty directory in which the samples can be found as from the root.</summary>
    public static async Task<string> InEmptyDirectory(Func<string, Task<string>> run)
    {
        var directory = Directory.CreateTempSubdirectory("metaspine-").FullName;
        var before = Environment.CurrentDirectory;
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(directory, "samples"), Samples);
            Environment.CurrentDirectory = directory;
            return await run(directory);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            File.Delete(Path.Combine(directory, "samples"));
            Directory.Delete(directory, recursive: true);
        }
    }
}
