using System.Reflection;

namespace MetaSpine.Tests.Studies;

/// <summary>The sample files of the repository.</summary>
internal static class Samples
{
    private static readonly string Root = System.IO.Path.GetFullPath(System.IO.Path.Combine(ProjectDirectory(), "../.."));

    internal static string Path(string name) => System.IO.Path.Combine(Root, "samples", name);

    internal static string InRepository(string name) => System.IO.Path.Combine(Root, name);

    internal static IEnumerable<string> All() =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, "samples"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string ProjectDirectory() => typeof(Samples).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "ProjectDirectory").Value!;
}
