using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary>The pages name what there is.</summary>
public sealed partial class DocumentationTests
{
    private static readonly ILookup<string, Type> Types = typeof(MetaAnalysis).Assembly.GetExportedTypes().ToLookup(type => type.Name, StringComparer.Ordinal);

    private static readonly string Folder = Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs");

    [Theory]
    [InlineData("from-r.md")]
    [InlineData("from-revman.md")]
    public void Every_type_and_member_of_the_second_column_exists(string page)
    {
        var named = File.ReadLines(Path.Combine(Folder, page))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => Columns().Split(line))
            .Where(cells => cells.Length > 2)
            .SelectMany(cells => Name().Matches(cells[2]))
            .Select(match => (Type: match.Groups[1].Value, Member: match.Groups[2].Value))
            .ToList();
        named.Count.ShouldBeGreaterThan(40);
        named.Where(name => !Exists(name.Type, name.Member)).ShouldBeEmpty();
    }

    /// <summary>On every page, a member that is named with its type: a name before a point that is no type is a variable or a file.</summary>
    [Fact]
    public void Every_member_that_a_page_names_with_its_type_exists() =>
        Pages().SelectMany(page => Member().Matches(page.Text).Select(match => (page.Name, Type: match.Groups[1].Value, Member: match.Groups[2].Value)))
            .Where(name => Types.Contains(name.Type) && !Exists(name.Type, name.Member)).ShouldBeEmpty();

    [Fact]
    public void Every_option_that_a_page_names_is_one_of_the_tool()
    {
        HashSet<string> options = [.. Tool.Parse([], new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null }).RootCommandResult.Command.Subcommands
            .SelectMany(command => command.Options).SelectMany(option => option.Aliases.Append(option.Name))];
        options.Count.ShouldBeGreaterThan(60);
        Pages().Where(page => page.Name is "estimators.md" or "from-r.md" or "from-revman.md")
            .SelectMany(page => Option().Matches(page.Text).Select(match => match.Value)).Where(option => !options.Contains(option)).ShouldBeEmpty();
    }

    [Fact]
    public void The_readme_links_every_page()
    {
        var readme = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "README.md"));
        Pages().Select(page => page.Name).Where(name => !readme.Contains($"(src/MetaSpine/docs/{name}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>The limits on the page are the constants of the code.</summary>
    [Theory]
    [InlineData("GENQM", "GeneralisedQ", "Most")]
    [InlineData("30 studies under equal effects", "AllSubsets", "MostEqual")]
    [InlineData("24 under random effects", "AllSubsets", "MostRandom")]
    [InlineData("when asked for", "AllSubsets", "Most")]
    [InlineData("leaving out several", "Omission", "MostSubsets")]
    [InlineData("permutation tests in a batch", "DiagnosticsBatch", "MostArrangements")]
    [InlineData("multiverse", "Multiverse", "Most")]
    [InlineData("all subsets of moderators", "Multimodel", "MostTerms")]
    [InlineData("formula", "FormulaParser", "MostVariables")]
    [InlineData("formula", "FormulaParser", "MostTerms")]
    [InlineData("formula", "FormulaFunctions", "MostDegrees")]
    [InlineData("marginal means", "MarginalGrid", "MostCombinations")]
    [InlineData("Kenward-Roger", "CovarianceCorrection", "LargestBlock")]
    [InlineData("rank test", "KendallRank", "LargestExact")]
    [InlineData("p-uniform", "SignificantSample", "LargestExact")]
    [InlineData("tables from margins", "TablesFromMargins", "Limit")]
    [InlineData("YAML file", "YamlReader", "DeepestNesting")]
    [InlineData("YAML file", "Reading", "MostFaults")]
    [InlineData("YAML file", "StudyFilePattern", "MostFiles")]
    [InlineData("table (CSV)", "CsvReader", "MostFields")]
    [InlineData("Review Manager", "RevManPackage", "MostEntries")]
    [InlineData("reference", "TaggedRecord", "MostFields")]
    public void The_limits_are_those_of_the_code(string row, string type, string constant)
    {
        var found = typeof(MetaAnalysis).Assembly.GetTypes().Single(candidate => candidate.Name == type)
            .GetField(constant, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue();
        var limit = string.Format(CultureInfo.InvariantCulture, "{0:N0}", found);
        File.ReadLines(Path.Combine(Folder, "limits.md")).ShouldContain(line =>
            line.StartsWith("| ", StringComparison.Ordinal) && line.Contains(row, StringComparison.Ordinal) && Regex.IsMatch(line, $@"(?<![\d,]){limit}(?![\d,]\d)"), limit);
    }

    private static IEnumerable<(string Name, string Text)> Pages() =>
        Directory.GetFiles(Folder, "*.md").Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    private static bool Exists(string type, string member) => Types[type].Any(found =>
        member.Length == 0 || found.GetMember(member, BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.FlattenHierarchy).Length > 0);

    /// <summary>A cell ends at a bar that is not escaped.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Columns();

    /// <summary><c>`Type`</c>, <c>`Type.Member`</c> or <c>`Type.Member(...)`</c>.</summary>
    [GeneratedRegex(@"`([A-Z]\w+)(?:\.(\w+))?[^`]*`")]
    private static partial Regex Name();

    /// <summary><c>Type.Member</c> within code.</summary>
    [GeneratedRegex(@"(?<=`)([A-Z]\w+)\.([A-Z]\w+)(?=[`(<])")]
    private static partial Regex Member();

    /// <summary><c>--option</c>, but not the rule of a table.</summary>
    [GeneratedRegex(@"(?<=[`\s])--[a-z][\w-]*")]
    private static partial Regex Option();
}
