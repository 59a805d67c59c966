using System.CommandLine;
using System.CommandLine.Completions;

namespace MetaSpine.Cli;

/// <summary>What a shell can offer for the values of options: codes from the registries, and the names that stand in the file given.</summary>
internal static class Completions
{
    /// <summary>Adds the values to the options of all commands, by the options' names.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var command in root.Subcommands)
        {
            foreach (var option in command.Options)
            {
                if (Values(command.Name, option.Name) is { } values)
                {
                    option.CompletionSources.Add(context => Try(() => values(context)));
                }
            }

            foreach (var argument in command.Arguments.Where(argument => argument.Name == "CODE"))
            {
                // Help would otherwise name every code in place of the argument.
                argument.HelpName = argument.Name;
                var groups = command.Name == "measures" ? MethodCatalogue.Groups.Take(1) : MethodCatalogue.Groups;
                argument.CompletionSources.Add(_ => groups.SelectMany(Codes).DistinctBy(item => item.Label));
            }
        }
    }

    private static Func<CompletionContext, IEnumerable<CompletionItem>>? Values(string command, string option) => option switch
    {
        "--to" when command is "convert" or "dedup" => _ => Plain(ReferenceFile.FormatCodes),
        "--profile" => _ => PoolingProfiles.All.Select(profile => new CompletionItem(profile.Code)),
        "--layout" => _ => TableLayouts.All.Select(Item),
        "--format" => _ => Plain("text", "markdown", "html", "json", "csv"),
        "--effect-scale" => _ => Plain("natural", "analysis"),
        "--analysis" => context => InReview(context, review => review.Analyses.Select(analysis => analysis.Id)),
        "--outcome" => context => InReview(context, review => review.Analyses.Select(analysis => analysis.Outcome).OfType<string>()),
        "--theme" => _ => Plain(PlotTheme.All.SelectMany(theme => new[] { theme.Name, theme.Name + "-dark" })),
        "--order" => context => Plain(SensitivityCommand.OrderNames).Concat(Moderators(context)),
        "--moderator" => Moderators,
        "--cluster" => context => Moderators(context).Concat(Plain("study")),
        "--random" => context => Plain("study/effect", "study").Concat(Moderators(context)),
        "--test" => _ => MethodNames.Tests.Concat(MultilevelNames.Tests).DistinctBy(test => test.Code).Select(Item),
        "--weights" => context => Plain("equal").Concat(Moderators(context)),
        "--highlight" => context => InFile(context, table => table.Labels, review => review.Studies.Select(study => study.DisplayName)),
        "--subgroup" => context => Moderators(context).Concat(InReview(context, review => review.Studies.Any(study => study.RiskOfBias.Count > 0) ? ["risk_of_bias"] : [])),
        "--tool" => _ => RiskOfBiasTools.All.Select(tool => new CompletionItem(tool.Code, detail: tool.Name)),
        "--colours" => _ => Plain("cochrane", "colourblind", "theme"),
        "--weights-of" => context => InReview(context, review => review.Analyses.Select(analysis => analysis.Id)),
        "--exclude-risk-of-bias" => context => InReview(context, review => review.Studies.SelectMany(study => study.RiskOfBias).Select(judged => judged.Overall).OfType<string>()),
        "--where" => context => InFile(context, table => table.ColumnNames.Select(name => name + "="), _ => []),
        _ => MethodCatalogue.Groups.FirstOrDefault(group => group.Option == option) is { } group ? _ => Codes(group) : null,
    };

    private static IEnumerable<CompletionItem> Moderators(CompletionContext context) =>
        InFile(context, table => table.ColumnNames, review => review.Studies.SelectMany(study => study.Moderators.Select(moderator => moderator.Name)));

    private static IEnumerable<CompletionItem> Codes(MethodGroup group) => group.Methods.Select(Item);

    private static CompletionItem Item(MethodName method) => new(method.Code, detail: method.Name);

    private static IEnumerable<CompletionItem> Plain(params IEnumerable<string> texts) =>
        texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Select(text => new CompletionItem(text));

    private static IEnumerable<CompletionItem> InReview(CompletionContext context, Func<Review, IEnumerable<string>> names) => InFile(context, _ => [], names);

    private static IEnumerable<CompletionItem> InFile(CompletionContext context, Func<StudyTable, IEnumerable<string>> columns, Func<Review, IEnumerable<string>> names)
    {
        var file = context.ParseResult.GetValue<string>("FILE");
        if (!File.Exists(file))
        {
            return [];
        }

        return FileKinds.IsTable(file)
            ? Plain(columns(StudyTable.ReadCsv(file, new() { Layout = TableLayout.Wide })))
            : StudyFile.Load(file) is var loaded ? Plain(names(loaded.Review ?? loaded.Study!.AsReview())) : [];
    }

    /// <summary>A shell that completes a line wants names, and no message about a file that is still being written.</summary>
    private static List<CompletionItem> Try(Func<IEnumerable<CompletionItem>> values)
    {
        try
        {
            return [.. values()];
        }
        catch (Exception error) when (error is StudyFileException or InputException or ArgumentException or InvalidOperationException or IOException)
        {
            return [];
        }
    }
}
