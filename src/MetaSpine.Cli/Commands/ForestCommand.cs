using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine forest</c>: the forest plot of a pooled result.</summary>
internal static class ForestCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var look = new ForestOptions();
        var file = new Option<string?>("--output", "-o") { Description = "The file to write: .svg, .html (a page that answers to clicks), or .png and .pdf where rsvg-convert or Chromium is installed. Default: SVG to standard output.", HelpName = "FILE" };
        var command = new Command("forest", "Draw the forest plot of a table, or of one analysis of a review.");
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
                (true, true) => PlotCommand.OnlyOne([input.TableAnalysis(parsed, studies.Terminal)]),
                _ => PlotCommand.OnlyOne(input.Analyses(parsed)),
            };
            var overall = analysis?.Overall ?? MetaAnalysis.Pool(input.Table(parsed, studies.Terminal), input.Pooling(parsed));
            options = look.Clustered(parsed, options, analysis) with { Columns = look.Columns(parsed, () => studies.Columns(analysis?.Analysis.Outcome)), AlsoShow = look.AlsoShow(parsed, overall) };
            var drawing = Usage.Checked(() => look.Sequence(parsed) switch
            {
                ForestOptions.LeaveOneOut => ForestPlot.LeaveOneOut(LeaveOneOut(overall), overall, options),
                ForestOptions.Cumulative => ForestPlot.Cumulative(Cumulative(overall), overall, options),
                _ when analysis is not null => ForestPlot.Draw(analysis, options),
                _ => ForestPlot.Draw(overall, options),
            });
            if (parsed.GetValue(file) is { } page && page.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            {
                if (look.Sequence(parsed) is not null)
                {
                    throw new UsageException($"{page}: a page shows all studies together; write the sequence as .svg, .png or .pdf");
                }

                OutputOptions.Save(page, analysis is null ? ForestPage.Html(overall, options) : ForestPage.Html(analysis, options));
            }
            else if (parsed.GetValue(file) is { } path and not "-")
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
}
