using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine screening</c>: how far reviewers agree, and on what they do not.</summary>
internal static class ScreeningCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string>("FILE")
        {
            Description = "Decisions: a table (.csv) with a row for each decision (record, reviewer, decision) or for each record (a column for each reviewer) or of counts; references (RIS and others) with the labels of Rayyan or ASReview; or a review file (.yaml).",
        };
        var reviewers = new Option<string[]>("--reviewers") { Description = "Only these reviewers, with commas between them; in a table with a row for each record, their columns.", HelpName = "NAMES" };
        var level = new Option<string?>("--level") { Description = "The level of the intervals in percent. Default: 95.", HelpName = "PERCENT" };
        var conflicts = new Option<bool>("--conflicts") { Description = "Only the list of the records that were judged differently." };
        var output = new OutputOptions();
        var command = new Command("screening", "Measure how far reviewers agree in screening: the table of their choices, kappa and its kin, and the conflicts.") { input, reviewers, level, conflicts };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            string[]? names = parsed.GetValue(reviewers) is { Length: > 0 } given ? [.. given.SelectMany(name => name.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))] : null;
            var share = Percentage.Read(parsed, level) ?? 0.95;
            var (decisions, counts) = Read(parsed.GetValue(input)!, names, terminal);
            if (parsed.GetValue(conflicts))
            {
                output.Write(parsed, terminal, Conflicts(Screening.Of(NotCounts(decisions), share), output.Format(parsed)));
                return;
            }

            output.Write(parsed, terminal, Shown(counts is not null ? counts.Agreement(share) : Screening.Of(decisions!, share), output.Format(parsed), terminal.Width));
        });
        return command;
    }

    /// <summary>The decisions of a file, or the table of two raters' choices that it holds.</summary>
    public static (IReadOnlyList<ScreeningDecision>? Decisions, AgreementTable? Counts) Read(string file, IReadOnlyList<string>? reviewers, Terminal terminal)
    {
        if (File.Exists(file) && Path.GetExtension(file).ToLowerInvariant() is not (".csv" or ".tsv" or ".txt" or ".yaml" or ".yml"))
        {
            var labels = ScreeningLabels.Read(new References([file], terminal).Read());
            return (Only(labels.Count > 0 ? labels
                : throw new InputException($"{file}: no reference has a decision among its labels and notes: expected those of Rayyan or ASReview, or notes such as Ann: include"), reviewers, file), null);
        }

        if (FileKinds.IsTable(file))
        {
            var table = ScreeningTable.Load(file, reviewers);
            foreach (var note in table.Notes)
            {
                terminal.Note(note);
            }

            return table.Counts is { } counts ? (null, counts) : (table.Decisions, null);
        }

        var review = StudyFile.Load(file).Review ?? throw new InputException($"{file}: this file holds a single study; decisions stand in a review file, under 'screening'");
        return (Only(review.Screening.Count > 0 ? review.Screening
            : throw new InputException($"{file}: the review has no decisions: list them under 'screening' ({{record: 1, reviewer: AB, decision: include}}), or give a table of them"), reviewers, file), null);
    }

    private static IReadOnlyList<ScreeningDecision> Only(IReadOnlyList<ScreeningDecision> decisions, IReadOnlyList<string>? reviewers, string file)
    {
        var missing = reviewers?.FirstOrDefault(name => decisions.All(decision => decision.Reviewer != name));
        return missing is not null ? throw new UsageException($"{file} has no reviewer '{missing}'; there are {string.Join(", ", decisions.Select(decision => decision.Reviewer).Distinct())}")
            : reviewers is null ? decisions : [.. decisions.Where(decision => decision.Reviewer == ScreeningDecision.Final || reviewers.Contains(decision.Reviewer))];
    }

    private static IReadOnlyList<ScreeningDecision> NotCounts(IReadOnlyList<ScreeningDecision>? decisions) =>
        decisions ?? throw new UsageException("a table of counts does not say which records were judged differently; --conflicts takes decisions on single records");

    private static string Conflicts(ScreeningResult result, OutputFormat format)
    {
        var table = result.ConflictTable();
        return format switch
        {
            OutputFormat.Csv => table.ToCsv(), OutputFormat.Json => table.ToJson(), OutputFormat.Html => table.ToHtml(), OutputFormat.Markdown => table.ToMarkdown(),
            _ => table.Rows.Count == 0 ? "No record was judged differently.\n" : table.ToText(int.MaxValue),
        };
    }

    internal static string Shown(Reportable result, OutputFormat format, int width) => format switch
    {
        OutputFormat.Csv => Report.Csv(result), OutputFormat.Json => Report.Json(result), OutputFormat.Html => Report.Html(result), OutputFormat.Markdown => Report.Markdown(result),
        _ => Report.Text(result, width),
    };
}
