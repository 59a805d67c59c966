using System.Globalization;
using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>The README shows what the library does today: its code compiles here, its output and its picture are computed again.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");

    private static AnalysisResult Ambulation() =>
        Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "spinal-metastases", "review.yaml")).Analyse("regained-ambulation");

    [EveryCultureFact]
    public void The_result_shown_is_the_result_computed() =>
        Ambulation().ToString().ReplaceLineEndings("\n").ShouldStartWith(Block("```\n", "Patients who could not walk"));

    [EveryCultureFact]
    public void The_picture_shown_is_the_picture_drawn() =>
        Snapshot.VerifyFile(ForestPlot.Draw(Ambulation()).ToSvg(), "src/MetaSpine/docs/forest.svg");

    [EveryCultureFact]
    public void The_script_shown_is_the_sample()
    {
        var sample = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "samples", "scripts", "pool.cs")).ReplaceLineEndings("\n");
        foreach (var line in Block("```csharp\n", "#:project").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            sample.ShouldContain(line);
        }
    }

    /// <summary>The ten lines, compiled. The test below compares them with the README.</summary>
    [EveryCultureFact]
    public void The_ten_lines_compile_and_say_the_same_as_the_readme()
    {
        // begin
        var trials = new EffectData(["Aronson 1948", "Ferguson 1949", "Rosenthal 1960"])
        {
            ["ai"] = [4, 6, 3], ["n1i"] = [123, 306, 231],      // events and participants, treated
            ["ci"] = [11, 29, 11], ["n2i"] = [139, 303, 220],   // events and participants, controls
        };
        var result = MetaAnalysis.Pool(Measures.RR.Compute(trials));
        // end

        result.Natural.Estimate.ShouldBe(Math.Exp(result.Estimate), 1e-15);
        $"{result.Natural.Estimate.ToString("F3", CultureInfo.InvariantCulture)}\n{result.ToString().ReplaceLineEndings("\n")}".ShouldStartWith(Block("```\n", "0.2"));
        var source = File.ReadAllText(TestFiles.Path("House/ReadmeTests.cs")).ReplaceLineEndings("\n");
        var compiled = Between().Match(source).Groups["code"].Value;
        Block("```csharp\n", "using MetaSpine;\n\nvar trials").Replace(" ", "", StringComparison.Ordinal)
            .ShouldContain(compiled.Replace(" ", "", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void Every_file_that_the_readme_and_the_pages_link_is_there()
    {
        foreach (var page in Directory.GetFiles(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs"), "*.md").Append(Path.Combine(TestFiles.RepositoryRoot, "README.md")))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups["path"].Value);
                (File.Exists(target) || Directory.Exists(target)).ShouldBeTrue($"{Path.GetFileName(page)} links {link.Groups["path"].Value}");
            }
        }
    }

    private static string Block(string fence, string begin)
    {
        var start = Readme.IndexOf(fence + begin, StringComparison.Ordinal) + fence.Length;
        start.ShouldBeGreaterThan(fence.Length, $"the README has a block that begins with {begin}");
        return Readme[start..Readme.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"// begin\n(?<code>.*?)\n\s*// end", RegexOptions.Singleline)]
    private static partial Regex Between();

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#]+)\)")]
    private static partial Regex Link();
}
