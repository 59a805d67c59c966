using System.Globalization;
using System.Text;

namespace MetaSpine.Tests;

/// <summary>The page on measures for users: its tables are the registry's.</summary>
public sealed class MeasurePageTests
{
    private const string Mark = "<!-- From here on the registry speaks: MeasurePageTests writes and checks it. -->";

    [Fact]
    public void The_page_holds_the_registry()
    {
        var file = Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "measures.md");
        var page = File.ReadAllText(file).ReplaceLineEndings("\n");
        var expected = $"{page.Split(Mark)[0]}{Mark}\n\n{Tables()}";
        var received = TestFiles.Path("EffectSizes/measures.received.md");
        if (page != expected)
        {
            File.WriteAllText(received, expected);
            Assert.Fail($"The page does not hold the registry. Look at {received}; if it is right, replace {file} by it.");
        }

        File.Delete(received);
    }

    [Fact]
    public void The_page_explains_every_variance()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "measures.md")).Split(Mark)[0];
        foreach (var type in Enum.GetNames<VarianceType>())
        {
            page.Split('\n').ShouldContain(line => line.StartsWith('|') && line.Split('|')[1].Split(',', StringSplitOptions.TrimEntries).Contains(type), type);
        }
    }

    [Fact]
    public void The_page_explains_every_scale()
    {
        var page = File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "measures.md")).Split(Mark)[0];
        Measures.All.Select(measure => measure.Scale.Name).Distinct().Where(scale => !page.Contains($"\n| {scale} | ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Tables()
    {
        var page = new StringBuilder();
        foreach (var family in Measures.All.GroupBy(measure => measure.Family))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {char.ToUpperInvariant(family.Key.Name[0])}{family.Key.Name[1..]}\n\nColumns: ");
            page.AppendJoin(", or ", family.Key.Alternatives.Select(set => string.Join(", ", set.Select(input => $"`{input.Column}`")))).Append("\n\n");
            foreach (var input in family.Key.Alternatives.SelectMany(set => set).Distinct())
            {
                page.Append(CultureInfo.InvariantCulture, $"* `{input.Column}`: {input.Meaning}\n");
            }

            page.Append("\n| code | measure | scale | read as | no effect | variances | zeros +1/2 | source |\n|---|---|---|---|---|---|---|---|\n");
            foreach (var measure in family)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {measure.Code} | {measure.Name} | {measure.Scale.Name} | {measure.ReadAs} | {measure.NullValue} | {string.Join(", ", measure.Variances)} | {(measure.CorrectsZeros ? "yes" : "")} | {measure.Reference.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }
}
