using System.Text.RegularExpressions;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary>The page about tables shows files and what the tool prints for them: both are run here.</summary>
public sealed partial class TablePageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void The_examples_work_as_printed()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "tables.md")).ReplaceLineEndings("\n");
        var examples = Example().Matches(page);
        examples.Count.ShouldBe(TableLayouts.All.Count);
        foreach (Match example in examples)
        {
            var (name, command) = (example.Groups["name"].Value, example.Groups["command"].Value);
            var path = Path.Combine(_folder, name);
            File.WriteAllText(path, example.Groups["csv"].Value);
            var words = command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(word => word == name ? path : word);
            var (output, error) = (new StringWriter(), new StringWriter());
            Tool.Run([.. words], new Terminal { In = TextReader.Null, Out = output, Error = error }).ShouldBe(0, error.ToString());
            $"{error}{output}".ReplaceLineEndings("\n").ShouldStartWith(example.Groups["printed"].Value, Case.Sensitive, command);
        }
    }

    /// <summary>What the table of cells says of each.</summary>
    [EveryCultureTheory]
    [InlineData("1,234.5", "Real", 1234.5)]
    [InlineData("1,234", "Count", 1234)]
    [InlineData("−0.5", "Real", -0.5)]
    [InlineData("83%", "Proportion", 0.83)]
    public void The_cells_are_read_as_the_page_says(string text, string kind, double value)
    {
        File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "tables.md")).ShouldContain($"`{text}`");
        TableNumber.Read(new(text, default), "", Enum.Parse<NumberKind>(kind), '.', []).ShouldBe(value);
    }

    [GeneratedRegex(@"`(?<name>[\w-]+\.csv)`[^`]*```csv\n(?<csv>.*?)```\n\n```console\n\$ metaspine (?<command>[^\n]*)\n(?<printed>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
