using System.Text.RegularExpressions;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary>The page for people who come from RevMan shows commands and what they print: they are run here, one after the other.</summary>
public sealed partial class RevManPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void The_examples_work_as_printed()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "from-revman.md")).ReplaceLineEndings("\n");
        var examples = Example().Matches(page);
        examples.Count.ShouldBe(page.Split("```console").Length - 1);
        examples.Count.ShouldBe(4);
        foreach (Match example in examples)
        {
            var command = example.Groups["command"].Value;
            var (output, error) = (new StringWriter(), new StringWriter());
            Tool.Run([.. command.Split(' ').Select(Located)], new Terminal { In = TextReader.Null, Out = output, Error = error }).ShouldBe(0, error.ToString());
            $"{error}{output}".ReplaceLineEndings("\n").Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                .ShouldStartWith(example.Groups["printed"].Value, Case.Sensitive, command);
        }
    }

    private string Located(string word) =>
        word.StartsWith("samples/", StringComparison.Ordinal) ? Path.Combine(TestFiles.RepositoryRoot, word)
        : word.EndsWith(".yaml", StringComparison.Ordinal) ? Path.Combine(_folder, word)
        : word;

    [GeneratedRegex(@"```console\n\$ metaspine (?<command>[^\n]*)\n(?<printed>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
