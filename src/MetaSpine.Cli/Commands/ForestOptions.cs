using System.CommandLine;

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

    private readonly Option<string?> _sort = Choice("--sort", "The order of the studies", Orders.Select(order => order.Name));

    private readonly Option<string?> _style = Choice("--prediction-style", "How the prediction interval is drawn", Styles.Select(style => style.Name));

    private readonly Option<string?> _sequence = Choice("--sequence", "The results of some of the studies in place of the studies", [LeaveOneOut, Cumulative]);

    private readonly Option<string?> _left = new("--favours-left") { Description = "What smaller values mean, such as \"Favours treatment\".", HelpName = "TEXT" };

    private readonly Option<string?> _right = new("--favours-right") { Description = "What larger values mean.", HelpName = "TEXT" };

    private readonly Option<string?> _treatment = new("--treatment-heading") { Description = "The heading of the first group. Default: Treatment.", HelpName = "TEXT" };

    private readonly Option<string?> _control = new("--control-heading") { Description = "The heading of the second group. Default: Control.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _title, _theme, _columns, _sort, _style, _sequence, _left, _right, _treatment, _control })
        {
            command.Add(option);
        }
    }

    /// <summary>Everything but the columns, which the studies have a say in.</summary>
    public ForestPlotOptions Read(ParseResult parsed)
    {
        var standard = ForestPlotOptions.Default;
        var style = Styles[Index(parsed, _style, Styles.Select(style => style.Name))].Style;
        return standard with
        {
            Title = parsed.GetValue(_title),
            Theme = parsed.GetValue(_theme) is { } theme ? Usage.Checked(() => PlotTheme.Find(theme)) : standard.Theme,
            Order = Orders[Index(parsed, _sort, Orders.Select(order => order.Name))].Order,
            ShowPredictionInterval = style is not null,
            Prediction = style ?? standard.Prediction,
            FavoursLeft = parsed.GetValue(_left),
            FavoursRight = parsed.GetValue(_right),
            TreatmentHeading = parsed.GetValue(_treatment) ?? standard.TreatmentHeading,
            ControlHeading = parsed.GetValue(_control) ?? standard.ControlHeading,
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

    /// <summary>Which sequence was asked for; null for none.</summary>
    public string? Sequence(ParseResult parsed) =>
        parsed.GetValue(_sequence) is null ? null : new[] { LeaveOneOut, Cumulative }[Index(parsed, _sequence, [LeaveOneOut, Cumulative])];

    private static Option<string?> Choice(string name, string description, IEnumerable<string> choices) =>
        new(name) { Description = $"{description}: {string.Join(", ", choices)}.", HelpName = "NAME" };

    /// <summary>Which of some names was given; the first where none was.</summary>
    private static int Index(ParseResult parsed, Option<string?> option, IEnumerable<string> names)
    {
        var known = names.ToList();
        return parsed.GetValue(option) is not { } name ? 0
            : known.FindIndex(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index
            : throw new UsageException($"{option.Name} {name}: expected {string.Join(", ", known[..^1])} or {known[^1]}");
    }
}
