using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine import</c>: a review of Review Manager becomes a review file, or is compared with its stored results.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A review of RevMan 5 (.rm5), its data and analyses (.csv), or the data package of RevMan Web (.zip)." };
        var agreement = new Option<bool>("--agreement") { Description = "Write no review: compute every result that RevMan stored again, and compare." };
        var output = new OutputOptions();
        var command = new Command("import", "Make a review file of a review in Review Manager, with the settings that give RevMan's results.") { file, agreement };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var source = RevManReview.Load(parsed.GetValue(file)!);
            if (parsed.GetValue(agreement))
            {
                Compare(source.Agreement(), parsed, output, terminal);
                return;
            }

            if (output.IsFormatGiven(parsed))
            {
                throw new UsageException("a review is written as YAML; --format goes with --agreement");
            }

            Write(source, output.File(parsed), terminal);
        });
        return command;
    }

    private static void Compare(RevManAgreement agreement, ParseResult parsed, OutputOptions output, Terminal terminal) => output.Write(parsed, terminal, output.Format(parsed) switch
    {
        OutputFormat.Markdown => agreement.ToMarkdown(),
        OutputFormat.Html => agreement.ToHtml(),
        OutputFormat.Json => Report.Json(agreement),
        OutputFormat.Csv => Report.Csv(agreement),
        _ => Report.Text(agreement, terminal.Width),
    });

    private static void Write(RevManReview source, string? path, Terminal terminal)
    {
        var review = source.ToReview();
        foreach (var note in source.Notes)
        {
            terminal.Note(note);
        }

        if (path is null or "-")
        {
            terminal.Out.Write(review.ToYaml());
            return;
        }

        OutputOptions.SaveNew(path, review.ToYaml());
        terminal.Out.WriteLine(FormattableString.Invariant(
            $"{path} is written: {review.Studies.Count} {(review.Studies.Count == 1 ? "study" : "studies")}, {review.Analyses.Count} {(review.Analyses.Count == 1 ? "analysis" : "analyses")}. {source.Agreement().Summary}"));
        terminal.Out.WriteLine($"Try: metaspine pool {path}");
    }
}
