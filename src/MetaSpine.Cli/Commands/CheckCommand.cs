using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine check</c>: can the files be read, and can the numbers in them be right?</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Study and review files (.yaml) and tables (.csv).", Arity = ArgumentArity.OneOrMore };
        var references = new Option<string[]>("--references")
        {
            Description = "Files of references (RIS, .nbib and others): warn of each study whose report was retracted, corrected or questioned. Reports are known by PMID, PMCID or DOI.",
            HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
        };
        var input = new TableInputOptions();
        var output = new OutputOptions();
        var command = new Command("check", "Check files: their structure, whether their numbers can be right, and whether their reports still stand.") { files, references };
        input.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var libraries = parsed.GetValue(references) ?? [];
            var (status, studies, findings) = (Tool.Done, new List<Study>(), new List<IntegrityFinding>());

            // A table of the findings takes the output; what else is told goes beside it.
            var told = output.IsPlain(parsed) ? terminal : terminal.Beside();
            foreach (var file in parsed.GetValue(files)!)
            {
                try
                {
                    status = Math.Max(status, Check(file, parsed, input, libraries.Length > 0 ? studies : null, findings, told));
                }
                catch (Exception error) when (error is StudyFileException or InputException)
                {
                    terminal.Fail(error.Message);
                    status = Tool.BadInput;
                }
            }

            status = libraries.Length == 0 ? status : Math.Max(status, CheckNotices(studies, libraries, told));
            if (!output.IsPlain(parsed))
            {
                var table = IntegrityTable.Of(findings);
                output.Write(parsed, terminal, output.Format(parsed) switch
                {
                    OutputFormat.Markdown => table.ToMarkdown(),
                    OutputFormat.Html => table.ToHtml(),
                    OutputFormat.Json => table.ToJson(),
                    OutputFormat.Csv => table.ToCsv(),
                    _ => table.ToText(),
                });
            }

            return status;
        });
        return command;
    }

    /// <summary>Checks a file. Its studies are added to the list, where they are to be held against references; else what they say themselves is told.</summary>
    private static int Check(string file, ParseResult parsed, TableInputOptions input, List<Study>? studies, List<IntegrityFinding> all, Terminal terminal)
    {
        if (FileKinds.IsTable(file))
        {
            if (studies is not null)
            {
                throw new UsageException($"--references holds studies by their PMID or DOI against a library; {file} is a table, which names neither");
            }

            terminal.Out.WriteLine($"{file}: {Describe(input.Read(parsed, file, terminal))}");
            return Tool.Done;
        }

        input.RefuseFor(parsed, file);
        var loaded = StudyFile.Load(file);
        var findings = loaded.Review is { } review ? IntegrityCheck.Run(review) : IntegrityCheck.Run(loaded.Study!);
        all.AddRange(findings);
        foreach (var finding in findings)
        {
            terminal.Out.WriteLine(Painted(finding.ToString(), finding.IsWaived ? null : finding.Severity, terminal));
        }

        IReadOnlyList<Study> read = loaded.Review is { } whole ? whole.Studies : [loaded.Study!];
        studies?.AddRange(read);
        Tell(studies is null ? NoticeCheck.Run(read) : [], terminal);
        foreach (var finding in read.SelectMany(study => study.RiskOfBias.Select(given => RiskOfBiasAssessment.Of(study, given))).SelectMany(assessment => assessment.Findings))
        {
            terminal.Out.WriteLine(Painted(finding.ToString(), finding.Severity, terminal));
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

        var others = findings.Count(finding => !finding.IsWaived && finding.Severity != IntegritySeverity.Error);
        terminal.Out.WriteLine($"{file}: {Describe(loaded)}; {(contradictions == 0 ? "no contradictions" : Count(contradictions, "contradiction"))}"
            + (others == 0 ? "" : FormattableString.Invariant($", {others} more to look at")));
        return contradictions == 0 && faults.Count == 0 ? Tool.Done : Tool.BadInput;
    }

    /// <summary>Holds the studies against the references, and says for how many that could be done: no warning is no news only of these.</summary>
    private static int CheckNotices(List<Study> studies, string[] files, Terminal terminal)
    {
        var references = new References(files, terminal);
        var report = NoticeCheck.Run(studies.DistinctBy(study => (study.Position.File is { } file ? Path.GetFullPath(file) : null, study.Id)), references.Read());
        Tell(report.Findings, terminal);
        var missing = string.Concat(new[] { ("not among them", report.NotFound), ("without PMID, PMCID and DOI", report.WithoutNumber) }
            .Where(group => group.Item2.Count > 0).Select(group => $"; {group.Item1}: {string.Join(", ", group.Item2)}"));
        var all = report.Found.Count + report.NotFound.Count + report.WithoutNumber.Count;
        terminal.Out.WriteLine(FormattableString.Invariant(
            $"{string.Join(", ", files)}: {Count(references.Count, "reference")}, {report.Found.Count} of {Count(all, "study", "studies")} found{missing}; {(report.Findings.Count == 0 ? "no notices" : Count(report.Findings.Count, "notice"))}"));
        return references.HasFaults ? Tool.BadInput : Tool.Done;
    }

    private static void Tell(IEnumerable<NoticeFinding> findings, Terminal terminal)
    {
        foreach (var finding in findings)
        {
            terminal.Out.WriteLine(Painted(finding.ToString(), IntegritySeverity.Warning, terminal));
        }
    }

    /// <summary>A finding, its place and its rule in the colour of its weight; a waived one in none.</summary>
    private static string Painted(string text, IntegritySeverity? severity, Terminal terminal)
    {
        var end = text.IndexOf(": ", StringComparison.Ordinal);
        return !terminal.Coloured || severity is null || end < 0 ? text
            : (severity == IntegritySeverity.Error ? Paint.Error(text[..end]) : Paint.Warning(text[..end])) + text[end..];
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
