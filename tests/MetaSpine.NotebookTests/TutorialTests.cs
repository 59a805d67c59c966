using Microsoft.DotNet.Interactive.Formatting;

namespace MetaSpine.NotebookTests;

/// <summary>The tutorials run as they stand, and every cell that ends in a value shows it.</summary>
public sealed class TutorialTests
{
    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Path.Combine(Repository.Samples, "notebooks"), "*.ipynb").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Every_cell_runs_and_shows_its_value(string name)
    {
        var cells = Notebook.CodeCells(Path.Combine(Repository.Samples, "notebooks", name));
        cells.Count.ShouldBeGreaterThan(3);
        cells[0].ShouldStartWith("#r \"nuget: MetaSpine\"");
        await Repository.InEmptyDirectory(async _ =>
        {
            var values = await Notebook.Run(cells, TestContext.Current.CancellationToken);
            var shown = values.OfType<object>().ToList();
            shown.Count.ShouldBeGreaterThan(3);
            foreach (var value in shown)
            {
                value.ToDisplayString("text/html").ShouldContain("<", customMessage: value.ToString());
            }

            return "";
        });
    }

    [Fact]
    public void Outputs_are_not_kept_in_the_notebooks()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Samples, "notebooks"), "*.ipynb"))
        {
            File.ReadAllText(path).ShouldNotContain("\"output_type\"", customMessage: Path.GetFileName(path));
        }
    }
}
