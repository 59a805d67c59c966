using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine check</c>: can the files be read, and can the numbers in them be right?</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Study and review files (.yaml) and tables (.csv).", Arity = ArgumentArity.OneOrMore };
        var input = new TableInputOptions();
        var command = new Command("check", "Check files: their structure, and whether their numbers can be right.") { files };
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            var status = Tool.Done;
            foreach (var file in parsed.GetValue(files)!)
            {
                try
                {
                    status = Math.Max(status, Check(file, parsed, input, terminal));
                }
                catch (Exception error) when (error is StudyFileException or InputException)
                {
                    terminal.Fail(error.Message);
                    status = Tool.BadInput;
                }
            }

            return status;
        });
        return command;
    }

    private static int Check(string file, ParseResult parsed, TableInputOptions input, Terminal terminal)
    {
        if (FileKinds.IsTable(file))
        {
            terminal.Out.WriteLine($"{file}: {Describe(input.Read(parsed, file, terminal))}");
            return Tool.Done;
        }

        input.RefuseFor(parsed, file);
        var loaded = StudyFile.Load(file);
        var findings = loaded.Review is { } review ? IntegrityCheck.Run(review) : IntegrityCheck.Run(loaded.Study!);
        foreach (var finding in findings)
        {
            terminal.Out.WriteLine(Painted(finding, terminal));
        }

        IReadOnlyList<FileFault> faults = loaded.Review is { } checkable ? checkable.CheckAnalyses() : [];
        if (faults.Count > 0)
        {
            terminal.Fail(string.Join('\n', faults));
        }

        var contradictions = findings.Count(finding => !finding.IsWaived && finding.Severity == IntegritySeverity.Error);
        if (loaded.Review is { Flow: not null } selected)
        {
            contradictions += FlowCommand.Tell(PrismaFlow.Of(selected), file, terminal.Out, terminal.Coloured);
        }

        terminal.Out.WriteLine($"{file}: {Describe(loaded)}; {(contradictions == 0 ? "no contradictions" : Count(contradictions, "contradiction"))}");
        return contradictions == 0 && faults.Count == 0 ? Tool.Done : Tool.BadInput;
    }

    private static string Painted(IntegrityFinding finding, Terminal terminal)
    {
        var text = finding.ToString();
        var end = text.IndexOf(": ", StringComparison.Ordinal);
        return !terminal.Coloured || finding.IsWaived || end < 0 ? text
            : (finding.Severity == IntegritySeverity.Error ? Paint.Error(text[..end]) : Paint.Warning(text[..end])) + text[end..];
    }

    /// <summary>What a table holds. Every number that a measure would take is read.</summary>
    private static string Describe(StudyTable table)
    {
        foreach (var measure in table.Candidates)
        {
            _ = table.Read(measure);
        }

        var measures = table.Candidates.Count == 0 ? "no measure can be computed from its columns" : $"measures: {string.Join(", ", table.Candidates.Select(measure => measure.Code))}";
        return $"{Count(table.Count, "study", "studies")}; {measures}";
    }

    private static string Describe(StudyFile file) => file.Review is { } review
        ? $"{Count(review.Studies.Count, "study", "studies")}, {Count(review.Analyses.Count, "analysis", "analyses")}"
        : Count(file.Study!.Outcomes.Count, "outcome");

    private static string Count(int count, string one, string? several = null) =>
        FormattableString.Invariant($"{count} {(count == 1 ? one : several ?? one + "s")}");
}
