using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>The library's own rules: folders depend in one direction, files stay small, names are unique.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>The way of a number through the house; a folder may use itself and what stands before it.</summary>
    private static readonly string[] Order =
        ["Numerics", "Studies", "EffectSizes", "Pooling", "Multilevel", "Analyses", "Sensitivity", "Reviewing", "Plots", "Reports", "Interchange"];

    private static readonly Source[] Sources =
    [
        .. Directory.GetFiles(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine"), path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(path => new Source(path)),
    ];

    [Fact]
    public void Every_file_stands_in_a_folder_of_the_house() =>
        Sources.Where(source => !Order.Contains(source.Folder)).Select(source => source.Path).ShouldBeEmpty();

    [Fact]
    public void Folders_depend_on_those_before_them_only()
    {
        var home = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in Sources)
        {
            foreach (var type in source.Types.Select(type => type.Name.Split('<')[0]))
            {
                // A partial type's home is where its data stand; later folders may add ways of showing it.
                home[type] = home.TryGetValue(type, out var known) && Rank(known) <= Rank(source.Folder) ? known : source.Folder;
            }
        }

        home.Count.ShouldBeGreaterThan(100, "the scan finds the library's types");
        var upward = from source in Sources
                     from name in source.UsedTypes
                     where home.TryGetValue(name, out var folder) && Rank(folder) > Rank(source.Folder)
                     select $"{source.Path} uses {name} of {home[name]}";
        upward.ShouldBeEmpty();
    }

    [Fact]
    public void Type_names_are_unique_but_for_partial_declarations()
    {
        var twice = Sources.SelectMany(source => source.Types.Select(type => (type.Name, type.IsPartial, source.Path)))
            .GroupBy(item => item.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1 && group.Any(item => !item.IsPartial))
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(item => item.Path))}");
        twice.ShouldBeEmpty();
    }

    [Fact]
    public void No_file_has_more_than_500_lines_and_the_median_is_small()
    {
        var lengths = Sources.Select(source => source.Lines).Order().ToList();
        Sources.Where(source => source.Lines > 500).Select(source => source.Path).ShouldBeEmpty();
        lengths[lengths.Count / 2].ShouldBeLessThanOrEqualTo(130);
    }

    [Fact]
    public void Everything_public_stands_in_one_namespace() =>
        typeof(Measure).Assembly.GetExportedTypes().Where(type => type.Namespace != "MetaSpine").ShouldBeEmpty();

    [Fact]
    public void Public_classes_are_sealed_static_or_abstract() =>
        typeof(Measure).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
            .ShouldBeEmpty();

    [Fact]
    public void Public_properties_of_results_cannot_be_changed()
    {
        var changeable = from type in typeof(Measure).Assembly.GetExportedTypes()
                         where !type.IsAssignableTo(typeof(Exception))
                         from property in type.GetProperties()
                         where property.SetMethod is { IsPublic: true } setter
                             && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
                         select $"{type.Name}.{property.Name}";
        changeable.ShouldBeEmpty();
    }

    private static int Rank(string folder) => Array.IndexOf(Order, folder);

    /// <summary>A source file without its comments and strings.</summary>
    private sealed partial class Source
    {
        public Source(string path)
        {
            Path = path;
            Folder = path.Split('/')[0];
            var text = File.ReadAllText(System.IO.Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", path));
            Lines = text.Count(c => c == '\n');
            var code = CommentOrString().Replace(text, " ").Replace("MetaSpine.", "", StringComparison.Ordinal);
            Types = [.. Declaration().Matches(code).Select(match => (match.Groups["name"].Value, match.Value.Contains("partial", StringComparison.Ordinal)))];
            UsedTypes =
            [
                .. TypeUse().Matches(code).Select(match => match.Groups["name"].Value)
                    .Except(NestedDeclaration().Matches(code).Select(match => match.Groups["name"].Value), StringComparer.Ordinal),
            ];
        }

        public string Path { get; }

        public string Folder { get; }

        public int Lines { get; }

        public IReadOnlyList<(string Name, bool IsPartial)> Types { get; }

        public IReadOnlyList<string> UsedTypes { get; }

        [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\"\"\".*?\"\"\"|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])'""", RegexOptions.Singleline)]
        private static partial Regex CommentOrString();

        /// <summary>A type of the library's namespace, with its generic parameters if any.</summary>
        [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*(?:<[^>]*>)?)", RegexOptions.Multiline)]
        private static partial Regex Declaration();

        /// <summary>A type inside another: its name means that one within the file.</summary>
        [GeneratedRegex(@"^\s+(?:(?:public|internal|private|protected|sealed|static|abstract|readonly|ref)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
        private static partial Regex NestedDeclaration();

        /// <summary>A name where only a type can stand: created, tested for, inherited, a type argument, before a variable, or before a static member.</summary>
        [GeneratedRegex(@"(?<![.\w])(?:(?<=(?:new|is|as)\s|typeof\(|:\s|<)(?<name>[A-Z]\w*)|(?<name>[A-Z]\w*)(?=(?:<[^;(){}]*>)?[?\[\]]*\s+(?!(?:is|as|and|or|not|when|in|with|switch|where)\b)[a-z_]\w*\b|\.[A-Z]|<))")]
        private static partial Regex TypeUse();
    }
}
