using System.CommandLine;
using System.Globalization;

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
        var order = new Option<string?>("--order") { Description = $"How studies are added up: {string.Join(", ", Orders.Select(known => known.Name))}, or by a column of the table or a moderator of the review, the smallest first, such as year. Default: precision.", HelpName = "ORDER" };
        var subsets = new Option<string?>("--subsets") { Description = "So many subsets of the studies are pooled: all of them where there are no more, else random ones. Default: 32768.", HelpName = "COUNT" };
        var command = new Command("sensitivity", "Question a result: without each study, in all subsets, with outliers allowed for.");
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        command.Add(order);
        command.Add(subsets);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var format = output.Format(parsed);
            var analysis = input.IsTable(parsed) ? input.TableAnalysis(parsed, terminal) : PlotCommand.OnlyOne(input.Analyses(parsed));
            var result = analysis.Overall ?? throw new InputException($"{analysis.Title}: {analysis.Problem ?? "there is no pooled result of all studies to question"}");
            var options = Usage.Checked(() => Ordered(SensitivityOptions.For(analysis), analysis, parsed.GetValue(order))) with
            {
                Title = input.IsTable(parsed) ? null : analysis.Title,
                Subsets = parsed.GetValue(subsets) is { } count ? Count(count) : SensitivityOptions.Default.Subsets,
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

    private static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        ? count
        : throw new UsageException($"--subsets {text}: expected a whole number from 1, such as 1000000");

    /// <summary>The options with the order that was asked for: one that every result has, else a column of the studies.</summary>
    private static SensitivityOptions Ordered(SensitivityOptions options, AnalysisResult analysis, string? name)
    {
        if (name is null)
        {
            return options;
        }

        var known = Array.Find(Orders, order => order.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known.Name is not null)
        {
            return options with { Order = known.Order };
        }

        try
        {
            return options with { Column = analysis.Column(name) };
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"there is no order '{name}'; there are {string.Join(", ", Orders.Select(order => order.Name))}, and {Usage.Sentence(error)}");
        }
    }
}
