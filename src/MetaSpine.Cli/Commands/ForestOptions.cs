using System.CommandLine;
using System.Globalization;

namespace MetaSpine.Cli;

/// <summary>The options that say what a forest plot looks like.</summary>
internal sealed class ForestOptions
{
    public const string LeaveOneOut = "leave-one-out";
    public const string Cumulative = "cumulative";

    private static readonly (string Name, ForestOrder Order)[] Orders =
        [("given", ForestOrder.AsGiven), ("estimate", ForestOrder.Estimate), ("weight", ForestOrder.Weight), ("name", ForestOrder.Name)];

    private static readonly (string Name, PredictionStyle? Style)[] Styles =
        [("bar", PredictionStyle.Bar), ("line", PredictionStyle.Line), ("distribution", PredictionStyle.Distribution), ("none", null)];

    private static readonly (string Name, EffectArrangement? Arrangement)[] Arrangements = [("auto", null), ("flat", EffectArrangement.Flat), ("nested", EffectArrangement.Nested), ("aggregated", EffectArrangement.Aggregated)];

    private static readonly (string Name, ClusterSummary Summary)[] Summaries =
        [("aggregated", ClusterSummary.Aggregated), ("predicted", ClusterSummary.Predicted), ("none", ClusterSummary.None)];

    private readonly Option<string?> _title = new("--title") { Description = "A heading. Default: none.", HelpName = "TEXT" };

    private readonly Option<string?> _theme = new("--theme")
    {
        Description = $"{string.Join(", ", PlotTheme.All.Select(theme => theme.Name))}; with -dark after it for screens.", HelpName = "NAME",
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "The columns from left to right, with commas between: data, picture, effect, weight, risk-of-bias, and any column of the table or moderator of the review. Default: those of the theme.",
        HelpName = "NAMES",
    };

    private readonly Option<string?> _arrangement = NameOption.Of("--arrange", "How dependent effects stand together, beside --random", Arrangements.Select(arrangement => arrangement.Name));

    private readonly Option<string?> _summary = NameOption.Of("--cluster-summary", "What stands for a cluster: its effects by themselves, the prediction by all", Summaries.Select(summary => summary.Name));

    private readonly Option<string?> _names = new("--effect-names") { Description = "The column or moderator that names the effects of a cluster, such as outcome.", HelpName = "NAME" };

    private readonly Option<string?> _sort = NameOption.Of("--sort", "The order of the studies", Orders.Select(order => order.Name));

    private readonly Option<string?> _style = NameOption.Of("--prediction-style", "How the prediction interval is drawn", Styles.Select(style => style.Name));

    private readonly Option<string?> _sequence = NameOption.Of("--sequence", "The results of some of the studies in place of the studies", [LeaveOneOut, Cumulative]);

    private readonly Option<string?> _also = new("--also-show")
    {
        Description = "Other models of the same studies, a hollow diamond each: codes of --method (EE is tested by z), mantel-haenszel, peto, with commas between.", HelpName = "CODES",
    };

    private readonly Option<string?> _range = new("--axis-range") { Description = "The ends of the axis as people read them, such as 0.1,10. Default: by the data.", HelpName = "LOWER,UPPER" };

    private readonly Option<string?> _left = new("--favours-left") { Description = "What smaller values mean, such as \"Favours treatment\".", HelpName = "TEXT" };

    private readonly Option<string?> _right = new("--favours-right") { Description = "What larger values mean.", HelpName = "TEXT" };

    private readonly Option<string?> _treatment = new("--treatment-heading") { Description = "The heading of the first group. Default: Treatment.", HelpName = "TEXT" };

    private readonly Option<string?> _control = new("--control-heading") { Description = "The heading of the second group. Default: Control.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _title, _theme, _columns, _sort, _arrangement, _summary, _names, _style, _sequence, _also, _range, _left, _right, _treatment, _control })
        {
            command.Add(option);
        }
    }

    /// <summary>Everything but the columns, which the studies have a say in.</summary>
    public ForestPlotOptions Read(ParseResult parsed)
    {
        var standard = ForestPlotOptions.Default;
        var style = Styles[NameOption.Index(parsed, _style, Styles.Select(style => style.Name))].Style;
        return standard with
        {
            Title = parsed.GetValue(_title),
            Theme = parsed.GetValue(_theme) is { } theme ? Usage.Checked(() => PlotTheme.Find(theme)) : standard.Theme,
            Order = Orders[NameOption.Index(parsed, _sort, Orders.Select(order => order.Name))].Order,
            ShowPredictionInterval = style is not null,
            Prediction = style ?? standard.Prediction,
            AxisRange = parsed.GetValue(_range) is { } range ? Range(range) : null,
            FavoursLeft = parsed.GetValue(_left),
            FavoursRight = parsed.GetValue(_right),
            TreatmentHeading = parsed.GetValue(_treatment) ?? standard.TreatmentHeading,
            ControlHeading = parsed.GetValue(_control) ?? standard.ControlHeading,
        };
    }

    /// <summary>How dependent effects stand together.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The other options.</param>
    /// <param name="analysis">The analysis, which knows the names of effects; null for a table of studies.</param>
    public ForestPlotOptions Clustered(ParseResult parsed, ForestPlotOptions options, AnalysisResult? analysis)
    {
        var asked = new[] { _arrangement, _summary, _names }.FirstOrDefault(option => parsed.GetValue(option) is not null);
        if (asked is null)
        {
            return options;
        }

        if (analysis?.Multilevel is null)
        {
            throw new UsageException($"{asked.Name} is for dependent effects; say how they depend on each other, as --random study/effect");
        }

        return Sequence(parsed) is not null ? throw new UsageException($"{asked.Name} is for a plot of studies; leave --sequence out") : options with
        {
            Arrangement = Arrangements[NameOption.Index(parsed, _arrangement, Arrangements.Select(arrangement => arrangement.Name))].Arrangement,
            ClusterSummary = Summaries[NameOption.Index(parsed, _summary, Summaries.Select(summary => summary.Name))].Summary,
            EffectNames = parsed.GetValue(_names) is { } names ? Usage.Checked(() => analysis.Column(names)) : null,
        };
    }

    /// <summary>The columns that were named; null where none were.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="others">What can be named beside the columns of every plot.</param>
    public IReadOnlyList<ForestColumn>? Columns(ParseResult parsed, Func<IReadOnlyDictionary<string, Func<ForestColumn>>> others)
    {
        if (parsed.GetValue(_columns) is not { } names)
        {
            return null;
        }

        var known = others();
        return [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Usage.Checked(() => ForestColumn.Find(name, known)))];
    }

    /// <summary>The other models that were named; none for a sequence, which is of one model.</summary>
    public IReadOnlyList<IPooledEffect> AlsoShow(ParseResult parsed, IPooledEffect overall) => (parsed.GetValue(_also), parsed.GetValue(_sequence)) switch
    {
        (null, _) => [],
        (_, not null) => throw new UsageException("--also-show is for a plot of studies; leave --sequence out"),
        var (names, _) => ForestModels.Of(names, overall),
    };

    private static (double Lower, double Upper) Range(string text)
    {
        double[] ends = [.. text.Split(',').Select(end => double.TryParse(end, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)];
        return ends is [var lower, var upper] && lower < upper && double.IsFinite(upper - lower)
            ? (lower, upper)
            : throw new UsageException($"--axis-range {text}: expected the lower end and the upper one with a comma between, such as 0.1,10");
    }

    /// <summary>Which sequence was asked for; null for none.</summary>
    public string? Sequence(ParseResult parsed) =>
        parsed.GetValue(_sequence) is null ? null : new[] { LeaveOneOut, Cumulative }[NameOption.Index(parsed, _sequence, [LeaveOneOut, Cumulative])];
}
