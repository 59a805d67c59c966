using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine rob</c>: judgements of the risk of bias as a table, as pictures and as a file for robvis.</summary>
internal static class RobCommand
{
    private static readonly (string Name, RiskColours? Colours)[] Looks = [("cochrane", RiskColours.Cochrane), ("colourblind", RiskColours.ColourBlind), ("theme", null)];

    private static readonly string[] Pictures = [".svg", ".png", ".pdf"];

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string?>("FILE") { Description = "A study or review file (.yaml), or a table as robvis reads it (.csv: Study, D1, ..., Overall).", Arity = ArgumentArity.ZeroOrOne };
        var tool = new Option<string?>("--tool") { Description = $"Only the judgements with this tool; of a table, the tool that it is: {string.Join(", ", RiskOfBiasTools.All.Select(known => known.Code))}.", HelpName = "CODE" };
        var outcome = new Option<string?>("--outcome") { Description = "Only the judgements about this outcome, with those about the study as a whole.", HelpName = "ID" };
        var summary = new Option<bool>("--summary") { Description = "Draw the share of the studies at each level for each domain, in place of the traffic lights." };
        var weights = new Option<string?>("--weights-of") { Description = "Draw the summary with each study counted by its weight in this analysis of the review; of a table, by its column (--weights-of Weight).", HelpName = "ID" };
        var colours = new Option<string?>("--colours", "--colors") { Description = $"The colours of the judgements: {string.Join(", ", Looks.Select(look => look.Name))}. Default: cochrane.", HelpName = "NAME" };
        var theme = new Option<string?>("--theme") { Description = $"The rest of the picture: {string.Join(", ", PlotTheme.All.Select(known => known.Name))}, each also with -dark.", HelpName = "NAME" };
        var title = new Option<string?>("--title") { Description = "A heading of the picture. Default: none.", HelpName = "TEXT" };
        var tools = new Option<bool>("--tools") { Description = "List the tools whose rules are known." };
        var output = new OutputOptions();
        var command = new Command("rob", "Show judgements of the risk of bias beside what their tools' rules give; -o FILE.svg (.png, .pdf) draws traffic lights, -o FILE.csv writes a table for robvis.") { file, tool, outcome, summary, weights, colours, theme, title, tools };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(tools))
            {
                output.Write(parsed, terminal, ToolList(output.Format(parsed), terminal.Width));
                return;
            }

            var path = parsed.GetValue(file) ?? throw new UsageException("name a file, or ask for --tools");
            var judged = Judged.Read(path, parsed.GetValue(tool), terminal);
            var chosen = new Choice(judged.Tool ?? parsed.GetValue(tool), parsed.GetValue(outcome), Weights(judged, parsed.GetValue(weights)));
            var target = parsed.GetValue<string?>("--output");
            if (target is not null && Pictures.Contains(Path.GetExtension(target), StringComparer.OrdinalIgnoreCase))
            {
                var look = new RiskOfBiasPlotOptions
                {
                    Tool = chosen.Tool, Outcome = chosen.Outcome, Weights = chosen.Weights, Title = parsed.GetValue(title), Colours = Look(parsed.GetValue(colours)),
                    Theme = parsed.GetValue(theme) is { } named ? Usage.Checked(() => PlotTheme.Find(named)) : PlotTheme.Default,
                };
                var isSummary = parsed.GetValue(summary) || chosen.Weights is not null;
                new PictureConverter().Save(target, Checked(() => isSummary ? RiskOfBiasPlot.Summary(judged.Studies, look) : RiskOfBiasPlot.TrafficLights(judged.Studies, look)));
                return;
            }

            // What only a picture can show is not passed over in silence.
            string? alone = parsed.GetValue(summary) ? summary.Name : new[] { colours, theme, title }.FirstOrDefault(option => parsed.GetValue(option) is not null)?.Name;
            if (alone is not null)
            {
                throw new UsageException($"{alone} is for pictures; name one to write, such as -o lights.svg");
            }

            output.Write(parsed, terminal, Checked(() => Text(judged.Studies, chosen, output.Format(parsed), terminal.Width)));
        });
        return command;
    }

    private static string Text(IReadOnlyList<Study> studies, Choice chosen, OutputFormat format, int width) => format switch
    {
        OutputFormat.Csv => RobvisTable.Write(studies, chosen.Tool, chosen.Outcome, chosen.Weights),
        OutputFormat.Json => Report.Json(RiskOfBiasReport.Of(studies, chosen.Tool, chosen.Outcome)),
        OutputFormat.Markdown => Report.Markdown(RiskOfBiasReport.Of(studies, chosen.Tool, chosen.Outcome)),
        OutputFormat.Html => Report.Html(RiskOfBiasReport.Of(studies, chosen.Tool, chosen.Outcome)),
        _ => Report.Text(RiskOfBiasReport.Of(studies, chosen.Tool, chosen.Outcome), width),
    };

    private static IReadOnlyDictionary<string, double>? Weights(Judged judged, string? id) => id is null ? null
        : judged.Review is { } review ? Usage.Checked(() => review.Analyse(id).StudyWeights())
        : !id.Equals("weight", StringComparison.OrdinalIgnoreCase) ? throw new UsageException($"--weights-of {id}: a table has no analyses; its weights stand in a column Weight (--weights-of Weight)")
        : judged.Weights.Count > 0 ? judged.Weights : throw new InputException("the table has no column Weight");

    private static RiskColours? Look(string? name) => name is null ? RiskColours.Cochrane
        : Array.Find(Looks, look => look.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known ? known.Colours
        : throw new UsageException($"there are no colours '{name}'; there are {string.Join(", ", Looks.Select(look => look.Name))}");

    /// <summary>What the files do not hold is a fault of the input, not of the command line.</summary>
    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw new InputException(Usage.Sentence(error));
        }
    }

    private static string ToolList(OutputFormat format, int width)
    {
        var table = new Table(
            [new("tool"), new("name"), new("version"), new("for"), new("domains"), new("reference")],
            [.. RiskOfBiasTools.All.Select(known => (string[])[known.Code, known.Name, known.Version, known.For, string.Join("; ", known.Domains.Select(domain => $"{domain.Code} {domain.Name}")), known.Reference])]);
        return format switch
        {
            OutputFormat.Markdown => table.ToMarkdown(),
            OutputFormat.Html => table.ToHtml(),
            OutputFormat.Json => table.ToJson(),
            OutputFormat.Csv => table.ToCsv(),
            _ => new Table([new("Tool"), new("For"), new("Version")], [.. RiskOfBiasTools.All.Select(known => (string[])[known.Code, known.For, known.Version])]).ToText(width),
        };
    }

    private sealed record Choice(string? Tool, string? Outcome, IReadOnlyDictionary<string, double>? Weights);

    /// <summary>The studies of a file with their judgements.</summary>
    private sealed record Judged(IReadOnlyList<Study> Studies, string? Tool, Review? Review, IReadOnlyDictionary<string, double> Weights)
    {
        public static Judged Read(string path, string? tool, Terminal terminal)
        {
            if (!FileKinds.IsTable(path))
            {
                var loaded = StudyFile.Load(path);
                var review = loaded.Review ?? loaded.Study!.AsReview();
                return new Judged([.. review.Studies], null, review, new Dictionary<string, double>());
            }

            var table = RobvisTable.ReadCsv(path, tool);
            foreach (var note in table.Notes)
            {
                terminal.Note(note);
            }

            return new Judged(table.Studies, table.Tool, null, table.Weights);
        }
    }
}
