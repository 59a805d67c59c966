using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine pool</c>: studies in, pooled result out.</summary>
internal static class PoolCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new OutputOptions();
        var command = new Command("pool", "Pool the studies of a table, or run the analyses of a review.");
        input.AddPoolingTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = input.Pooling(parsed, PoolingOptions.Default);
            var result = MetaAnalysis.Pool(input.Table(parsed, terminal), options);
            output.Write(parsed, terminal, output.Format(parsed) switch
            {
                OutputFormat.Markdown => Report.Markdown(result),
                OutputFormat.Html => Report.Html(result),
                OutputFormat.Json => Report.Json(result),
                OutputFormat.Csv => Report.Csv(result),
                _ => terminal.Titled(Report.Text(result, terminal.Width)),
            });
        });
        return command;
    }
}

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
            var effects = input.Table(parsed, terminal);
            output.Write(parsed, terminal, output.Format(parsed) switch
            {
                OutputFormat.Markdown => Report.Markdown(effects),
                OutputFormat.Html => Report.Html(effects),
                OutputFormat.Json => Report.Json(effects),
                OutputFormat.Csv => Report.Csv(effects),
                _ => terminal.Titled(Report.Text(effects, terminal.Width)),
            });
        });
        return command;
    }
}
