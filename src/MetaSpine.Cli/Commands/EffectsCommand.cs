using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine effects</c>: the effect sizes of the studies.</summary>
internal static class EffectsCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new OutputOptions();
        var command = new Command("effects", "Compute the effect size of each study.");
        input.AddEffectsTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var format = output.Format(parsed);
            var effects = input.IsTable(parsed) ? [input.Table(parsed, terminal)] : OfReview(input.Analyses(parsed));
            if (effects.Count > 1 && format is OutputFormat.Json or OutputFormat.Csv)
            {
                throw new UsageException("the review has several analyses; choose one with --analysis to write its effect sizes in this format");
            }

            output.Write(parsed, terminal, effects.Select(each => Show(each, format, terminal.Width)));
        });
        return command;
    }

    private static List<EffectSizes> OfReview(IReadOnlyList<AnalysisResult> results)
    {
        var effects = results.Select(result => result.Overall?.Effects).OfType<EffectSizes>().ToList();
        return effects.Count > 0 ? effects : throw new InputException(string.Join('\n', results.Select(result => $"{result.Title}: {result.Problem}")));
    }

    private static string Show(EffectSizes effects, OutputFormat format, int width) => format switch
    {
        OutputFormat.Markdown => Report.Markdown(effects),
        OutputFormat.Html => Report.Html(effects),
        OutputFormat.Json => Report.Json(effects),
        OutputFormat.Csv => Report.Csv(effects),
        _ => Report.Text(effects, width),
    };
}
