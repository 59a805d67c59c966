using System.Reflection;

namespace MetaSpine.Tests;

/// <summary>The files that tests read, where they lie in the sources: nothing is copied beside the binaries.</summary>
internal static class TestFiles
{
    private static readonly string ProjectDirectory = typeof(TestFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "ProjectDirectory").Value!;

    /// <summary>The root of the checkout, where the solution file lies.</summary>
    public static string RepositoryRoot { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(ProjectDirectory, "..", ".."));

    /// <summary>The full path of a file that is named relative to the test project, with forward slashes.</summary>
    public static string Path(string relativePath) =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(ProjectDirectory, relativePath));
}
