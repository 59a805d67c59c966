using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine plot</c>: every picture but the forest plot, which has a command of its own.</summary>
internal static class PlotCommand
{
    private const string Funnel = "funnel";
    private const string Caterpillar = "caterpillar";

    private static readonly (string Name, CaterpillarRows Rows)[] Rows = [("effects", CaterpillarRows.Effects), ("predictions", CaterpillarRows.Predictions)];

    private static readonly PlotKind[] Kinds =
    [
        new(Funnel, "estimates against their precision, with the regions of p", (analysis, look) => look.DrawFunnel(Pooled(analysis, Funnel))),
        new("doi", "estimates against their weighted ranks, with the LFK index", (analysis, look) =>
            DoiPlot.Draw(Pooled(analysis, "doi"), new() { Theme = look.Theme, Title = look.Title })),
        new("pcurve", "the significant p-values by size", (analysis, look) =>
            PCurvePlot.Draw(Pooled(analysis, "pcurve").PCurveAnalysis(), new() { Theme = look.Theme, Title = look.Title })),
        new("specification", "the estimates of every defensible analysis, and the choices behind each", (analysis, look) =>
            SpecificationPlot.Draw(Multiverse.Run(analysis), new() { Theme = look.Theme, Title = look.Title })),
        new("bubble", "a meta-regression on a number, with its bands", (analysis, look) =>
            BubblePlot.Draw(analysis.Regression ?? throw new InputException($"{analysis.Title}: {analysis.Problem ?? "there is no meta-regression; ask for one with --formula"}"), new() { Theme = look.Theme, Title = look.Title, Moderator = look.Moderator })),
        new("radial", "standardised estimates against their precision (Galbraith)", (analysis, look) =>
            RadialPlot.Draw(Pooled(analysis, "radial"), new() { Theme = look.Theme, Title = look.Title })),
        new(Caterpillar, "all effects with their intervals in order of size, or what the model predicts", (analysis, look) =>
            CaterpillarPlot.Draw(analysis.Overall!, new() { Theme = look.Theme, Title = look.Title, Show = look.Rows })),
        new("orchard", "all effects, larger where more precise, around their mean, by the categories of a meta-regression", (analysis, look) =>
            OrchardPlot.Draw(analysis, new() { Theme = look.Theme, Title = look.Title, Moderator = look.Moderator })),
        new("labbe", "the one group's outcome against the other's (L'Abbé)", (analysis, look) =>
            LabbePlot.Draw(Pooled(analysis, "labbe"), new() { Theme = look.Theme, Title = look.Title })),
        new("baujat", "what each study adds to heterogeneity and to the result", (analysis, look) =>
            BaujatPlot.Draw(Pooled(analysis, "baujat"), new() { Theme = look.Theme, Title = look.Title })),
        new("qq", "residuals against the normal distribution", (analysis, look) =>
            NormalQuantilePlot.Draw(Pooled(analysis, "qq"), new() { Theme = look.Theme, Title = look.Title })),
        new("drapery", "the p-value of every possible effect", (analysis, look) =>
            DraperyPlot.Draw(Pooled(analysis, "drapery"), new() { Theme = look.Theme, Title = look.Title })),
        new("profile", "the likelihood of τ²", (analysis, look) =>
            ProfilePlot.Draw(Pooled(analysis, "profile"), new() { Theme = look.Theme, Title = look.Title })),
        new("influence", "residual, pull and weight of each study, with limits", (analysis, look) =>
            InfluencePlot.Draw((analysis.Regression as ModelResult ?? Pooled(analysis, "influence")).Influence(), new() { Theme = look.Theme, Title = look.Title })),
        new("gosh", "effect and I² of all subsets of the studies", (analysis, look) =>
            GoshPlot.Draw(Subsets(Pooled(analysis, "gosh"), look.Progress), new() { Theme = look.Theme, Title = look.Title, Highlight = look.Highlight })),
    ];

    public static Command Create(Terminal terminal)
    {
        var input = new InputOptions();
        var kind = new Argument<string>("KIND") { Description = string.Join("; ", Kinds.Select(known => $"{known.Name}: {known.Shows}")) + "." };
        kind.HelpName = kind.Name;
        kind.CompletionSources.Add([.. Kinds.Select(known => known.Name)]);
        var theme = new Option<string?>("--theme") { Description = $"The colours: {string.Join(", ", PlotTheme.All.Select(known => known.Name))}, each also with -dark.", HelpName = "NAME" };
        var title = new Option<string?>("--title") { Description = "A heading. Default: none.", HelpName = "TEXT" };
        var moderator = new Option<string?>("--moderator") { Description = "The moderator of a bubble or orchard plot, where the model has several.", HelpName = "NAME" };
        var highlight = new Option<string?>("--highlight") { Description = "The study whose subsets a GOSH plot tells apart.", HelpName = "STUDY" };
        var show = NameOption.Of("--show", "The rows of a caterpillar plot", Rows.Select(rows => rows.Name));
        var funnel = new FunnelOptions();
        var file = new Option<string?>("--output", "-o") { Description = "The file to write: .svg, .html (a page with the numbers of the study under the pointer), or .png and .pdf where rsvg-convert or Chromium is installed. Default: SVG to standard output.", HelpName = "FILE" };
        var command = new Command("plot", "Draw another picture of a table, or of one analysis of a review.");
        command.Add(kind);
        input.AddPoolingTo(command);
        input.AddModelsTo(command);
        command.Add(theme);
        command.Add(title);
        command.Add(moderator);
        command.Add(highlight);
        command.Add(show);
        funnel.AddTo(command);
        command.Add(file);
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(kind)!;
            var asked = Array.Find(Kinds, known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"there is no plot '{name}'; there are forest (a command of its own), {string.Join(", ", Kinds.Select(known => known.Name))}{NameOption.Meant(name, Kinds.Select(known => known.Name))}");
            if (asked.Name != Caterpillar && parsed.GetValue(show) is not null)
            {
                throw new UsageException($"{show.Name} is for plot {Caterpillar}, not {asked.Name}");
            }

            if (asked.Name != Funnel)
            {
                funnel.Refuse(parsed, asked.Name);
            }

            var (colours, heading) = (parsed.GetValue(theme) is { } named ? Usage.Checked(() => PlotTheme.Find(named)) : PlotTheme.Default, parsed.GetValue(title));
            using var progress = new ProgressLine(terminal, "Subsets");
            var look = new PlotLook(colours, heading, parsed.GetValue(moderator), parsed.GetValue(highlight), Rows[NameOption.Index(parsed, show, Rows.Select(rows => rows.Name))].Rows, result => funnel.Draw(parsed, result, colours, heading), progress);
            var analysis = input.IsTable(parsed) ? input.TableAnalysis(parsed, terminal) : OnlyOne(input.Analyses(parsed));
            var drawing = Usage.Checked(() => asked.Draw(analysis, look));
            progress.Dispose();
            if (parsed.GetValue(file) is { } page && page.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            {
                OutputOptions.Save(page, PlotPage.Html(drawing));
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

    /// <summary>The one analysis that was asked for.</summary>
    public static AnalysisResult OnlyOne(IReadOnlyList<AnalysisResult> results) => results switch
    {
        [{ IsPooled: true } only] => only,
        [var only] => throw new InputException($"{only.Title}: {only.Problem}"),
        _ => throw new UsageException($"there are several analyses; choose one with --analysis: {string.Join(", ", results.Select(result => result.Analysis.Id))}"),
    };

    private static PooledResult Pooled(AnalysisResult analysis, string kind) =>
        analysis.Pooled ?? throw new InputException($"{analysis.Title}: {analysis.Problem ?? $"plot {kind} shows results of independent effects by inverse variance; leave --model or --random out"}");

    /// <summary>All subsets where that takes no more than seconds; where tau^2 is found by iteration and studies are many, random ones.</summary>
    private static GoshResult Subsets(PooledResult pooled, IProgress<double> progress)
    {
        const int MostIterated = 17, Draws = 1 << MostIterated;
        var isClosed = pooled.Options.Method is PoolingMethod.EE or PoolingMethod.DL;
        return pooled.Gosh(isClosed || pooled.StudyCount <= MostIterated ? null : new GoshOptions { Subsets = GoshSubsets.Random, Draws = Draws }, progress);
    }

    private sealed record PlotLook(PlotTheme Theme, string? Title, string? Moderator, string? Highlight, CaterpillarRows Rows, Func<PooledResult, Drawing> DrawFunnel, IProgress<double> Progress);

    private sealed record PlotKind(string Name, string Shows, Func<AnalysisResult, PlotLook, Drawing> Draw);
}
