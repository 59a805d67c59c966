using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine flow</c>: the PRISMA 2020 flow diagram, and whether its counts can be right.</summary>
internal static class FlowCommand
{
    private static readonly string[] Pictures = [".svg", ".png", ".pdf"];

    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string?>("FILE") { Description = "Counts: a review file (.yaml) with 'flow', or a filled-in PRISMA2020 template (.csv).", Arity = ArgumentArity.ZeroOrOne };
        var decisions = new Option<string?>("--decisions") { Description = "Decisions of screening, a table or references with labels, from which counts that are not given are filled in.", HelpName = "FILE" };
        var references = new Option<string[]>("--references")
        {
            Description = "Files of references (RIS, .nbib and others) as the searches gave them, before duplicates were removed: records are counted by database, else by file.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
        };
        var format = NameOption.Of("--format", "The form", ["text", "markdown", "html", "json", "svg", "mermaid", "csv"]);
        var file = new Option<string?>("--output", "-o")
        {
            Description = "The file to write; its name says the form: .svg .png .pdf a picture, .mmd Mermaid, .csv the PRISMA2020 template, .txt .md .html .json the diagram with its rules. Default: text to standard output.",
            HelpName = "FILE",
        };
        var theme = new Option<string?>("--theme") { Description = $"The colours: {string.Join(", ", PlotTheme.All.Select(known => known.Name))}, each also with -dark.", HelpName = "NAME" };
        var title = new Option<string?>("--title") { Description = "A heading of the picture. Default: none.", HelpName = "TEXT" };
        var command = new Command("flow", "Draw the PRISMA 2020 flow diagram and check its counts; ends with 1 where they contradict each other.") { input, references, decisions, format, file, theme, title };
        command.SetAction(parsed =>
        {
            var (source, path) = (parsed.GetValue(input), parsed.GetValue(file) is "-" ? null : parsed.GetValue(file));
            var library = new References(parsed.GetValue(references) ?? [], terminal);
            var flow = Read(source, parsed.GetValue(references) is { Length: > 0 } ? library.Read() : null, parsed.GetValue(decisions), terminal);
            var form = Form(parsed.GetValue(format), path);
            var look = new PrismaFlowPlotOptions { Title = parsed.GetValue(title), Theme = parsed.GetValue(theme) is { } named ? Usage.Checked(() => PlotTheme.Find(named)) : PlotTheme.Default };
            if (form == "svg" && Pictures.Contains(Path.GetExtension(path)?.ToLowerInvariant()))
            {
                new PictureConverter().Save(path!, PrismaFlowPlot.Draw(flow.Counts, look));
            }
            else
            {
                Write(path, Shown(flow, form, look, path is null ? terminal.Width : 80), form == "text", terminal);
            }

            if (form is "svg" or "mermaid" or "csv")
            {
                Tell(flow, source ?? parsed.GetValue(decisions) ?? parsed.GetValue(references)![0], terminal.Error, terminal.ErrorColoured);
                foreach (var note in flow.Notes)
                {
                    terminal.Note(note);
                }
            }

            return flow.IsConsistent && !library.HasFaults ? Tool.Done : Tool.BadInput;
        });
        return command;
    }

    /// <summary>Writes what should be looked at, a line for each; returns how many contradictions there are.</summary>
    public static int Tell(PrismaFlow flow, string file, TextWriter writer, bool isColoured)
    {
        foreach (var finding in flow.Problems)
        {
            var text = finding.Position.File is null ? $"{file}: {finding}" : finding.ToString();
            var end = text.IndexOf(finding.Rule.Code, StringComparison.Ordinal);
            writer.WriteLine(!isColoured || finding.Verdict == FlowVerdict.Note ? text : (finding.Verdict == FlowVerdict.Error ? Paint.Error(text[..end]) : Paint.Warning(text[..end])) + text[end..]);
        }

        foreach (var difference in flow.Differences)
        {
            writer.WriteLine($"{file}: {(isColoured ? Paint.Error("error") : "error")} {difference}");
        }

        return flow.Problems.Count(finding => finding.Verdict == FlowVerdict.Error) + flow.Differences.Count;
    }

    private static PrismaFlow Read(string? source, IEnumerable<Reference>? references, string? decisions, Terminal terminal)
    {
        if (source is null && references is null && decisions is null)
        {
            throw new UsageException("name a review file (.yaml) with 'flow', or a filled-in PRISMA2020 template (.csv)");
        }

        var review = source is null || FileKinds.IsTable(source) ? null
            : StudyFile.Load(source).Review ?? throw new InputException($"{source}: this file holds a single study; the counts of a flow diagram stand in a review file, under 'flow'");
        if (decisions is null && review is not null)
        {
            return references is not null || review.Flow is not null || review.Screening.Count > 0 || review.Searches.Any(search => search.Records is not null) ? PrismaFlow.Of(review, references)
                : throw new InputException($"{source}: the review has no counts: write them under 'flow' (flow: {{records_screened: 824, records_excluded: 684}}), or give a filled-in PRISMA2020 template");
        }

        var counts = review?.Flow ?? (source is not null && review is null ? PrismaTemplate.Load(source) : new PrismaCounts());
        if (decisions is null)
        {
            return PrismaFlow.Fill(counts, references);
        }

        var read = ScreeningCommand.Read(decisions, null, terminal).Decisions ?? throw new InputException($"{decisions}: this is a table of counts; a flow diagram is filled in from decisions on single records");
        return PrismaFlow.Fill(counts, references, Screening.Of([.. read, .. review?.Screening ?? []]));
    }

    private static string Form(string? format, string? path)
    {
        var extension = Path.GetExtension(path)?.ToLowerInvariant();
        return format ?? extension switch
        {
            null or ".txt" => "text", ".md" => "markdown", ".html" or ".htm" => "html", ".json" => "json", ".mmd" or ".mermaid" => "mermaid", ".csv" => "csv",
            _ when Pictures.Contains(extension) => "svg",
            _ => throw new UsageException($"{path}: a flow diagram is written as .svg, .png, .pdf, .mmd, .csv, .txt, .md, .html or .json; name the file so, or say --format"),
        };
    }

    private static string Shown(PrismaFlow flow, string form, PrismaFlowPlotOptions look, int width) => form.ToLowerInvariant() switch
    {
        "text" => Report.Text(flow, width), "markdown" => Report.Markdown(flow), "json" => Report.Json(flow), "csv" => PrismaTemplate.Write(flow.Counts), "mermaid" => flow.ToMermaid(),
        "svg" => PrismaFlowPlot.Draw(flow.Counts, look).ToSvg(),
        "html" => $"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>PRISMA 2020 flow diagram</title>\n<body>\n{Report.Html(flow)}</body>\n</html>\n",
        var other => throw new UsageException($"there is no format '{other}'; there are text, markdown, html, json, svg, mermaid, csv"),
    };

    private static void Write(string? path, string text, bool isText, Terminal terminal)
    {
        if (path is null)
        {
            terminal.Out.Write(isText ? terminal.Shown(text) : text);
        }
        else
        {
            OutputOptions.Save(path, text);
        }
    }
}
