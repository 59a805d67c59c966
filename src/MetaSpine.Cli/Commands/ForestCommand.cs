using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine forest</c>: the forest plot of a pooled result.</summary>
internal static class ForestCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var look = new ForestOptions();
        var file = new Option<string?>("--output", "-o") { Description = "The file to write: .svg, or .png and .pdf where rsvg-convert or Chromium is installed. Default: SVG to standard output.", HelpName = "FILE" };
        var command = new Command(
            "forest",
            """
            Draw the forest plot of a table, or of one analysis of a review.

            Examples:
              metaspine forest trials.csv --measure RR -o trials.svg
              metaspine forest review.yaml -a pain --theme bmj --sort estimate -o pain.pdf
              metaspine forest trials.csv -m RR --columns year,data,picture,effect
            """);
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        command.Add(file);
        look.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = look.Read(parsed);
            var studies = new ForestStudies(parsed.GetValue<string>("FILE")!, input.IsTable(parsed), terminal);
            var analysis = (input.IsTable(parsed), input.AsksForAnalysis(parsed)) switch
            {
                (true, false) => null,
                (true, true) => OnlyOne([input.TableAnalysis(parsed, studies.Terminal)]),
                _ => OnlyOne(input.Analyses(parsed)),
            };
            var overall = analysis?.Overall ?? MetaAnalysis.Pool(input.Table(parsed, studies.Terminal), input.Pooling(parsed));
            options = options with { Columns = look.Columns(parsed, () => studies.Columns(analysis?.Analysis.Outcome)) };
            var drawing = look.Sequence(parsed) switch
            {
                ForestOptions.LeaveOneOut => ForestPlot.LeaveOneOut(LeaveOneOut(overall), overall, options),
                ForestOptions.Cumulative => ForestPlot.Cumulative(Cumulative(overall), overall, options),
                _ when analysis is not null => ForestPlot.Draw(analysis, options),
                _ => ForestPlot.Draw(overall, options),
            };
            if (parsed.GetValue(file) is { } path and not "-")
            {
                new PictureConverter().Save(path, drawing);
            }
            else
            {
                terminal.Out.Write(drawing.ToSvg());
            }
        });
        return command;
    }

    private static OmissionResult LeaveOneOut(IPooledEffect overall) => overall switch
    {
        PooledResult pooled => pooled.LeaveOneOut(),
        StratifiedResult stratified => stratified.LeaveOneOut(),
        CountModelResult counts => counts.LeaveOneOut(),
        _ => throw NotRefitted(overall),
    };

    private static CumulativeResult Cumulative(IPooledEffect overall) => overall switch
    {
        PooledResult pooled => pooled.Cumulative(),
        StratifiedResult stratified => stratified.Cumulative(),
        CountModelResult counts => counts.Cumulative(),
        _ => throw NotRefitted(overall),
    };

    private static UsageException NotRefitted(IPooledEffect overall) => new($"the model {overall.ModelName} is not fitted to parts of the studies; draw it without --sequence");

    private static AnalysisResult OnlyOne(IReadOnlyList<AnalysisResult> results) => results switch
    {
        [{ IsPooled: true } only] => only,
        [var only] => throw new InputException($"{only.Title}: {only.Problem}"),
        _ => throw new UsageException($"there are several analyses; choose one with --analysis: {string.Join(", ", results.Select(result => result.Analysis.Id))}"),
    };
}
