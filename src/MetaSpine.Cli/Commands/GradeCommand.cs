using System.CommandLine;
using System.Globalization;

namespace MetaSpine.Cli;

/// <summary><c>metaspine grade</c>: how certain the results of a review are.</summary>
internal static class GradeCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A review or study file (.yaml)." };
        var analysis = new Option<string?>("--analysis", "-a") { Description = "Only this analysis. Default: those that the file judges under grade, else all.", HelpName = "ID" };
        var baseline = new Option<string?>("--baseline") { Description = "The risk without the intervention, of so many people per 1000, in place of those in the file: --baseline 20,150.", HelpName = "NUMBERS" };
        var output = new OutputOptions();
        var command = new Command("grade", "Judge certainty by GRADE: a summary of findings, with what the numbers suggest beside what was chosen.") { file, analysis, baseline };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (FileKinds.IsTable(path))
            {
                throw new UsageException($"{path} is a table; certainty needs a review file, which says what was studied and how");
            }

            var loaded = StudyFile.Load(path);
            var review = loaded.Review ?? loaded.Study!.AsReview();
            review = parsed.GetValue(baseline) is { } risks ? At(review, Baselines(risks), parsed.GetValue(analysis)) : review;
            var found = parsed.GetValue(analysis) is { } id
                ? Usage.Checked(() => CertaintyReport.Of([review.AssessCertainty(review.Analyse(id))]))
                : CertaintyReport.Of(review);
            if (found.Assessments.Count == 0)
            {
                throw new InputException($"{path} has no analyses whose certainty could be judged");
            }

            output.Write(parsed, terminal, output.Format(parsed) switch
            {
                OutputFormat.Markdown => Report.Markdown(found),
                OutputFormat.Html => Report.Html(found),
                OutputFormat.Json => Report.Json(found),
                OutputFormat.Csv => Report.Csv(found),
                _ => Report.Text(found, terminal.Width),
            });
        });
        return command;
    }

    /// <summary>The review with other baseline risks for every result that is shown: those that it judges, and those that it does not.</summary>
    private static Review At(Review review, IReadOnlyList<BaselineRisk> baselines, string? asked)
    {
        var others = (asked is not null ? [asked] : review.Grades.Count > 0 ? Array.Empty<string>() : review.AnalyseAll().Select(result => result.Analysis.Id))
            .Where(id => review.Grades.All(grade => grade.Analysis != id)).Select(id => new Grade { Analysis = id });
        return review with { Grades = [.. review.Grades.Concat(others).Select(grade => grade with { Baselines = [.. baselines] })] };
    }

    private static List<BaselineRisk> Baselines(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var risk) && risk is > 0 and < 1000
            ? new BaselineRisk { Per1000 = risk, Label = $"{part} per 1000" }
            : throw new UsageException($"--baseline {text}: expected risks per 1000 people, above 0 and below 1000, such as 20 or 20,150"))];
}
