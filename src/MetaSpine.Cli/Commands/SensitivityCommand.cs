using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine sensitivity</c>: what a result rests on.</summary>
internal static class SensitivityCommand
{
    private static readonly (string Name, StudyOrder Order)[] Orders =
        [("precision", StudyOrder.Precision), ("given", StudyOrder.AsGiven), ("size", StudyOrder.Size)];

    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new OutputOptions();
        var order = new Option<string?>("--order") { Description = $"How studies are added up: {string.Join(", ", Orders.Select(known => known.Name))}. Default: precision.", HelpName = "ORDER" };
        var command = new Command("sensitivity", "Question a result: without each study, in all subsets, with outliers allowed for.");
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        command.Add(order);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var format = output.Format(parsed);
            var analysis = input.IsTable(parsed) ? input.TableAnalysis(parsed, terminal) : PlotCommand.OnlyOne(input.Analyses(parsed));
            var result = analysis.Overall ?? throw new InputException($"{analysis.Title}: {analysis.Problem ?? "there is no pooled result of all studies to question"}");
            var options = new SensitivityOptions
            {
                Title = input.IsTable(parsed) ? null : analysis.Title,
                Order = parsed.GetValue(order) is { } name ? Find(name) : StudyOrder.Precision,
            };
            using var progress = new ProgressLine(terminal, "Sensitivity");
            var report = Usage.Checked(() => SensitivityReport.Of(result, options, progress));
            progress.Dispose();
            output.Write(parsed, terminal, format switch
            {
                OutputFormat.Markdown => Report.Markdown(report),
                OutputFormat.Html => Report.Html(report),
                OutputFormat.Json => Report.Json(report),
                OutputFormat.Csv => Report.Csv(report),
                _ => Report.Text(report, terminal.Width),
            });
        });
        return command;
    }

    private static StudyOrder Find(string name) =>
        Array.Find(Orders, known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } found
            ? found.Order
            : throw new UsageException($"there is no order '{name}'; there are {string.Join(", ", Orders.Select(known => known.Name))}");
}
