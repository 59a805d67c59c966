using System.CommandLine;
using System.Globalization;

namespace MetaSpine.Cli;

/// <summary><c>metaspine sensitivity</c>: what a result rests on.</summary>
internal static class SensitivityCommand
{
    private static readonly (string Name, StudyOrder Order)[] Orders =
        [("precision", StudyOrder.Precision), ("given", StudyOrder.AsGiven), ("size", StudyOrder.Size)];

    /// <summary>The orders that every result has.</summary>
    public static IEnumerable<string> OrderNames => Orders.Select(order => order.Name);

    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var output = new OutputOptions();
        var order = new Option<string?>("--order") { Description = $"How studies are added up: {string.Join(", ", Orders.Select(known => known.Name))}, or by a column of the table or a moderator of the review, the smallest first, such as year. Default: precision.", HelpName = "ORDER" };
        var subsets = new Option<string?>("--subsets") { Description = "So many subsets of the studies are pooled: all of them where there are no more, else random ones. Default: 32768.", HelpName = "COUNT" };
        var smallest = new Option<string?>("--smallest-effect") { Description = "The smallest effect that matters, as people read the measure: 0.8 for a risk ratio. Equivalence, a new study's chance to be beyond it, and trial sequential analysis need it.", HelpName = "VALUE" };
        var leaveOut = new Option<string[]>("--leave-out") { Description = "Studies that could as well be left out, as a choice of the multiverse: a column of the table or a moderator of the review with its value, such as design=cohort.", HelpName = "COLUMN=VALUE" };
        var only = new Option<string[]>("--only") { Description = "Only the findings with these names, with every table: leave-one-out, selection, copas, sequential, multiverse ...; a wrong name lists them.", HelpName = "NAME" };
        var all = new Option<bool>("--all") { Description = "Every table, not only the sentences, of every finding." };
        var command = new Command("sensitivity", "Question a result: without each study, for small studies, under selection, over all choices of the analysis.");
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        command.Add(order);
        command.Add(subsets);
        command.Add(smallest);
        command.Add(leaveOut);
        command.Add(only);
        command.Add(all);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var format = output.Format(parsed);
            var analysis = input.IsTable(parsed) ? input.TableAnalysis(parsed, terminal) : PlotCommand.OnlyOne(input.Analyses(parsed));
            var result = analysis.Overall ?? throw new InputException($"{analysis.Title}: {analysis.Problem ?? "there is no pooled result of all studies to question"}");
            var options = Usage.Checked(() => Multiversed(Ordered(SensitivityOptions.For(analysis), analysis, parsed.GetValue(order)), analysis, parsed.GetValue(leaveOut) ?? [])) with
            {
                SmallestEffect = parsed.GetValue(smallest) is { } effect ? Effect(effect) : null,
                Only = [.. (parsed.GetValue(only) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
                AllTables = parsed.GetValue(all),
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

    private static double Effect(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var effect) && double.IsFinite(effect)
        ? effect
        : throw new UsageException($"--smallest-effect {text}: expected a number, such as 0.8");

    /// <summary>The options with more studies that the multiverse leaves out: those with a value in a column.</summary>
    private static SensitivityOptions Multiversed(SensitivityOptions options, AnalysisResult analysis, string[] pairs)
    {
        if (options.Multiverse is not { } choices)
        {
            return options;
        }

        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || at == pair.Length - 1)
            {
                throw new UsageException($"--leave-out {pair}: expected a column and a value, such as design=cohort");
            }

            var (column, value) = (pair[..at].Trim(), pair[(at + 1)..].Trim());
            var categories = analysis.Categories(column);
            var rows = categories.Select(category => value.Equals(category, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (!rows.Contains(true))
            {
                throw new UsageException($"--leave-out {pair}: no study has the {column} '{value}'; there are {string.Join(", ", categories.OfType<string>().Distinct())}");
            }

            choices = choices with { Exclusions = [.. choices.Exclusions, MultiverseExclusion.Rows($"{column} {value}", rows)] };
        }

        return options with { Multiverse = choices };
    }

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
            throw new UsageException($"there is no order '{name}'; there are {string.Join(", ", Orders.Select(order => order.Name))}, and {Usage.Sentence(error)}{(error.Message.Contains("did you mean", StringComparison.Ordinal) ? "" : NameOption.Meant(name, Orders.Select(order => order.Name)))}");
        }
    }
}
