using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine compare</c>: where two people's extractions differ, and the file that brings them together.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var (a, b) = (Input("A", "The first person's extraction: a study file, a review file, or a folder of study files."), Input("B", "The second person's, of the same kind."));
        var decisions = new Option<string?>("--decisions") { Description = "Write the reconciled file, by the list that --format csv wrote, its columns kept (A, B or the value) and reason filled in.", HelpName = "FILE" };
        var by = new Option<string?>("--by") { Description = "Who decided.", HelpName = "NAME" };
        var date = new Option<string?>("--date") { Description = "When, as 2026-01-31. Default: not recorded.", HelpName = "DATE" };
        var output = new OutputOptions();
        var command = new Command("compare", "Compare two extractions of a study field by field; write the reconciled file once each difference is decided.") { a, b, decisions, by, date };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var (first, second) = (parsed.GetValue(a)!, parsed.GetValue(b)!);
            if ((parsed.GetValue(decisions) is null) != (parsed.GetValue(by) is null))
            {
                throw new UsageException("--decisions FILE and --by NAME go together: the reconciled file records who decided");
            }

            if (parsed.GetValue(decisions) is null && parsed.GetValue(date) is not null)
            {
                throw new UsageException("--date says when differences were decided; it goes with --decisions and --by");
            }

            var comparison = ExtractionComparison.Load(first, second);
            if (parsed.GetValue(decisions) is { } file)
            {
                var reconciled = comparison.Reconcile(comparison.Differences.Count == 0 ? [] : DecisionTable.Load(file), parsed.GetValue(by)!, parsed.GetValue(date));
                Save(output.File(parsed), reconciled, [first, second], terminal);
                return;
            }

            output.Write(parsed, terminal, ScreeningCommand.Shown(comparison, output.Format(parsed), terminal.Width));
        });
        return command;
    }

    private static Argument<string> Input(string name, string description) => new(name) { Description = description };

    private static void Save(string? output, IReadOnlyList<ReconciledStudy> studies, string[] inputs, Terminal terminal)
    {
        if (output is not null && inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(output)))
        {
            throw new UsageException($"{output} is one of the extractions, which stay as they are: name another file with -o");
        }

        if (!Directory.Exists(inputs[0]))
        {
            foreach (var study in studies.Where(study => !study.KeepsLayout))
            {
                terminal.Note(Rewritten(study));
            }

            if (output is null or "-")
            {
                terminal.Out.Write(studies[0].Text);
                return;
            }

            OutputOptions.Save(output, studies[0].Text);
            return;
        }

        if (output is null or "-")
        {
            throw new UsageException("two folders give a folder of reconciled files: name it with -o");
        }

        OutputOptions.CreateFolder(output);
        foreach (var study in studies)
        {
            OutputOptions.Save(Path.Combine(output, study.FileName), study.Text);
            if (!study.KeepsLayout)
            {
                terminal.Note(Rewritten(study));
            }
        }
    }

    private static string Rewritten(ReconciledStudy study) => $"{study.FileName}: what was decided could not be written into the text of the first extraction, so the file is written anew, without its comments";
}
