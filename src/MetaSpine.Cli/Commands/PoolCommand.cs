using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine pool</c>: studies in, pooled results out.</summary>
internal static class PoolCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new OutputOptions();
        var command = new Command("pool", "Pool a table of studies, or run the analyses of a review.");
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var format = output.Format(parsed);
            var isTable = input.IsTable(parsed);
            if (isTable && !input.AsksForAnalysis(parsed))
            {
                var options = input.Pooling(parsed);
                output.Write(parsed, terminal, Show(MetaAnalysis.Pool(input.Table(parsed, terminal), options), format, terminal.Width));
                return Tool.Done;
            }

            IReadOnlyList<AnalysisResult> results = isTable ? [input.TableAnalysis(parsed, terminal)] : input.Analyses(parsed);
            if (results.FirstOrDefault(result => result.IsPooled && (result.RegressionFurther?.Predictions.Count ?? 0) < input.Predictions(parsed)) is { } failed)
            {
                throw new InputException($"{failed.Title}: {failed.Problem}");
            }

            output.Write(parsed, terminal, Show(results, format, terminal.Width));
            return results.Any(result => result.IsPooled) ? Tool.Done : Tool.BadInput;
        });
        return command;
    }

    private static string Show(PooledResult result, OutputFormat format, int width) => format switch
    {
        OutputFormat.Markdown => Report.Markdown(result),
        OutputFormat.Html => Report.Html(result),
        OutputFormat.Json => Report.Json(result),
        OutputFormat.Csv => Report.Csv(result),
        _ => Report.Text(result, width),
    };

    private static IEnumerable<string> Show(IReadOnlyList<AnalysisResult> results, OutputFormat format, int width) => format switch
    {
        OutputFormat.Markdown => results.Select(Report.Markdown),
        OutputFormat.Html => results.Select(Report.Html),
        OutputFormat.Json => [Report.Json(results)],
        OutputFormat.Csv => [Report.Csv(results)],
        _ => results.Select(result => Report.Text(result, width)),
    };
}
