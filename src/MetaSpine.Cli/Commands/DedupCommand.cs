using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine dedup</c>: one record for each report.</summary>
internal static class DedupCommand
{
    /// <summary>As <see cref="OutputFormat"/> lists them.</summary>
    private static readonly string[] Forms = ["text", "markdown", "html", "json", "csv"];

    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string[]>("FILE") { Description = "Files of references, or - for standard input; their formats are known by their content.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o") { Description = "Write one record for each report to a file. Default: only the summary is shown.", HelpName = "FILE" };
        var to = new Option<string?>("--to") { Description = $"The format to write: {string.Join(", ", ReferenceFile.FormatCodes)}. Default: as the output file's name ends.", HelpName = "FORMAT" };
        var review = new Option<string?>("--review") { Description = "Write the pairs that need a person to a table (.csv, .json, .md, .html or .txt).", HelpName = "FILE" };
        var report = new Option<string?>("--report") { Description = "Write each merge with its rule and the agreement of the fields to such a table.", HelpName = "FILE" };
        var versions = new Option<bool>("--merge-versions") { Description = "Take versions of one Cochrane review or one preprint for duplicates. Default: each is a report of its own." };
        var score = new Option<string?>("--score") { Description = "Measure sensitivity and specificity: the label, note or kept field by which every member of a group of duplicates is marked.", HelpName = "LABEL" };
        var format = NameOption.Of("--format", "The form of the summary", Forms);
        var command = new Command("dedup", "Find duplicate references: one record for each report, a reason for each merge, and the pairs that need a person.") { input, output, to, review, report, versions, score, format };
        command.SetAction(parsed =>
        {
            var (path, form) = (parsed.GetValue(output), (OutputFormat)NameOption.Index(parsed, format, Forms));
            ReferenceFormat? written = path is null && parsed.GetValue(to) is null ? null : ConvertCommand.Format(path, parsed.GetValue(to));
            var references = new References(parsed.GetValue(input)!, terminal);
            using var progress = new ProgressLine(terminal, "Comparing");
            var found = Deduplication.Of(references.Read(), new() { MergeVersions = parsed.GetValue(versions) }, progress);
            progress.Dispose();
            if (written is { } known)
            {
                ConvertCommand.Write(found.Unique, path, known, terminal);
            }

            Save(parsed.GetValue(review), found.QuestionTable);
            Save(parsed.GetValue(report), found.MergeTable);
            var summary = ScreeningCommand.Shown(found, form, terminal.Width);
            var isTaken = written is not null && path is null or "-";
            (isTaken ? terminal.Error : terminal.Out).Write(form == OutputFormat.Text && !isTaken ? terminal.Shown(summary) : summary);
            if (parsed.GetValue(score) is { } label)
            {
                Tell(found, label, terminal);
            }

            return references.HasFaults ? Tool.BadInput : Tool.Done;
        });
        return command;
    }

    private static void Save(string? path, Func<Table> table)
    {
        if (path is not null)
        {
            OutputOptions.Save(path, Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".csv" => table().ToCsv(), ".json" => table().ToJson(), ".md" => table().ToMarkdown(), ".html" or ".htm" => table().ToHtml(), ".txt" => table().ToText(int.MaxValue),
                _ => throw new UsageException($"{path}: a table is written as .csv, .json, .md, .html or .txt; name the file so"),
            });
        }
    }

    private static void Tell(DeduplicationResult found, string label, Terminal terminal)
    {
        var accuracy = found.Accuracy(reference => IsLabelled(reference, label));
        if (accuracy.Sensitivity is null)
        {
            throw new InputException($"no record has the label '{label}': name the label, note or kept field that marks every member of a group of duplicates");
        }

        terminal.Note(accuracy.ToString());
        Each("missed", accuracy.Missed);
        Each("merged without a label", accuracy.Wrong);

        void Each(string what, IEnumerable<int> places)
        {
            foreach (var place in places)
            {
                terminal.Note(FormattableString.Invariant($"{what}: {found.References[place].Position}: {found.References[place].Title}"));
            }
        }
    }

    private static bool IsLabelled(Reference reference, string label) =>
        reference.Labels.Concat(reference.Notes).Concat(reference.Other.Select(field => field.Text)).Any(text => text.Trim().Equals(label, StringComparison.OrdinalIgnoreCase));
}
