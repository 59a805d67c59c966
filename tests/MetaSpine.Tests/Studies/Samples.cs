namespace MetaSpine.Tests.Studies;

/// <summary>The sample files of the repository.</summary>
internal static class Samples
{
    internal static string Path(string name) => InRepository($"samples/{name}");

    internal static string InRepository(string name) => System.IO.Path.GetFullPath(System.IO.Path.Combine(TestFiles.RepositoryRoot, name));

    internal static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Path(""), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
