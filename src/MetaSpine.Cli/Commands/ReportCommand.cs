using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine report</c>: a whole review on one page.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string>("FILE") { Description = "A review or study file (.yaml)." };
        var file = new Option<string?>("--output", "-o") { Description = "The file to write: .html (one page), or .md with the pictures beside it. Default: HTML to standard output.", HelpName = "FILE" };
        var command = new Command("report", "Write a whole review as one page: studies, checks, analyses, pictures, methods.") { input, file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file);
            var isMarkdown = path?.EndsWith(".md", StringComparison.OrdinalIgnoreCase) == true;
            if (path is not (null or "-") && !isMarkdown && !path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException($"{path}: a report is written as HTML or Markdown; name the file {Path.ChangeExtension(path, ".html")}");
            }

            if (FileKinds.IsTable(parsed.GetValue(input)!))
            {
                throw new UsageException($"{parsed.GetValue(input)} is a table; a report needs a review file, such as metaspine new review writes. metaspine pool shows what a table gives");
            }

            var loaded = StudyFile.Load(parsed.GetValue(input)!);
            var review = loaded.Review ?? loaded.Study!.AsReview();
            using var progress = new ProgressLine(terminal, "Report");
            var report = ReviewReport.Of(review, new ReviewReportOptions { Inputs = InputFile.Of(review) }, progress);
            progress.Dispose();
            if (path is null or "-")
            {
                terminal.Out.Write(report.ToHtml());
                return;
            }

            OutputOptions.Save(path, isMarkdown ? report.ToMarkdown() : report.ToHtml());
            if (isMarkdown)
            {
                foreach (var (name, drawing) in report.Pictures)
                {
                    OutputOptions.Save(Path.Combine(Path.GetDirectoryName(path) ?? "", name + ".svg"), drawing.ToSvg());
                }
            }
        });
        return command;
    }
}
