using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine forest</c>: the forest plot of a pooled result.</summary>
internal static class ForestCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var file = new Option<string?>("--output", "-o") { Description = "The file to write, an SVG. Default: standard output.", HelpName = "FILE" };
        var title = new Option<string?>("--title") { Description = "A heading. Default: none.", HelpName = "TEXT" };
        var command = new Command("forest", "Draw the forest plot of a table, or of one analysis of a review.");
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        command.Add(file);
        command.Add(title);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file);
            if (path is not (null or "-") && !path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"{path}: the plot is written as SVG; name the file {Path.ChangeExtension(path, ".svg")}");
            }

            var options = ForestPlotOptions.Default with { Title = parsed.GetValue(title) };
            var drawing = (input.IsTable(parsed), input.AsksForAnalysis(parsed)) switch
            {
                (true, false) => ForestPlot.Draw(MetaAnalysis.Pool(input.Table(parsed, terminal), input.Pooling(parsed)), options),
                (true, true) => ForestPlot.Draw(OnlyOne([input.TableAnalysis(parsed, terminal)]), options),
                _ => ForestPlot.Draw(OnlyOne(input.Analyses(parsed)), options),
            };
            if (path is null or "-")
            {
                terminal.Out.Write(drawing.ToSvg());
            }
            else
            {
                OutputOptions.Save(path, drawing.ToSvg());
            }
        });
        return command;
    }

    private static AnalysisResult OnlyOne(IReadOnlyList<AnalysisResult> results) => results switch
    {
        [{ IsPooled: true } only] => only,
        [var only] => throw new InputException($"{only.Title}: {only.Problem}"),
        _ => throw new UsageException($"there are several analyses; choose one with --analysis: {string.Join(", ", results.Select(result => result.Analysis.Id))}"),
    };
}
