using System.Reflection;
using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>The pages for people who come from elsewhere name what there is.</summary>
public sealed partial class DocumentationTests
{
    private static readonly ILookup<string, Type> Types = typeof(MetaAnalysis).Assembly.GetExportedTypes().ToLookup(type => type.Name, StringComparer.Ordinal);

    [Theory]
    [InlineData("from-r.md")]
    public void Every_type_and_member_of_the_second_column_exists(string page)
    {
        var named = File.ReadLines(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", page))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => Columns().Split(line))
            .Where(cells => cells.Length > 2)
            .SelectMany(cells => Name().Matches(cells[2]))
            .Select(match => (Type: match.Groups[1].Value, Member: match.Groups[2].Value))
            .ToList();
        named.Count.ShouldBeGreaterThan(40);
        named.Where(name => !Exists(name.Type, name.Member)).ShouldBeEmpty();
    }

    private static bool Exists(string type, string member) => Types[type].Any(found =>
        member.Length == 0 || found.GetMember(member, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy).Length > 0);

    /// <summary>A cell ends at a bar that is not escaped.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Columns();

    /// <summary><c>`Type`</c>, <c>`Type.Member`</c> or <c>`Type.Member(...)`</c>.</summary>
    [GeneratedRegex(@"`([A-Z]\w+)(?:\.(\w+))?[^`]*`")]
    private static partial Regex Name();
}
