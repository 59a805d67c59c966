using System.CommandLine;
using System.Globalization;

namespace MetaSpine.Cli;

/// <summary>The options that say how a table is read, shared by the commands that read one.</summary>
internal sealed class TableInputOptions
{
    private readonly Option<string[]> _map = new("--map")
    {
        Description = "Take an input from a column of another name: --map ai=tpos n1i=tn. label=NAME names the studies.",
        HelpName = "INPUT=COLUMN", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Only the rows whose column has this value: --where outcome=pain.", HelpName = "COLUMN=VALUE", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _layout = new("--layout")
    {
        Description = $"How rows stand for studies: {string.Join(", ", TableLayouts.All.Select(layout => layout.Code))}. Default: as the header says.", HelpName = "CODE",
    };

    private readonly Option<string?> _decimal = new("--decimal") { Description = "The decimal mark of the table: . or ,. Default: a point.", HelpName = "MARK" };

    private readonly Option<string?> _intervention = new("--intervention") { Description = "The arm that is compared, in a table with one row per arm.", HelpName = "NAME" };

    private readonly Option<string?> _control = new("--control")
    {
        Description = "The arm that it is compared with. Default: recognised by its name (control, placebo, usual care ...).", HelpName = "NAME",
    };

    private readonly Option<string?> _scale = new("--effect-scale")
    {
        Description = "Whether ready estimates are as readers meet them (natural: an odds ratio) or as they are pooled (analysis: its logarithm).", HelpName = "SCALE",
    };

    private readonly Option<string?> _level = new("--interval-level") { Description = "The level in percent of the intervals of ready estimates. Default: 95.", HelpName = "PERCENT" };

    private Option[] All => [_map, _where, _layout, _decimal, _intervention, _control, _scale, _level];

    public void AddTo(Command command) => Array.ForEach(All, command.Add);

    /// <summary>Refuses what says nothing about a study or review file.</summary>
    public void RefuseFor(ParseResult parsed, string file)
    {
        if (All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} says how a table is read; {file} is a study or review file");
        }
    }

    /// <summary>Reads the table, from standard input where its name is -, and says on standard error what had to be decided.</summary>
    public StudyTable Read(ParseResult parsed, string file, Terminal terminal)
    {
        var options = Options(parsed);
        var table = Usage.Checked(() => file == "-" ? StudyTable.ReadCsv(terminal.In, "(standard input)", options) : StudyTable.ReadCsv(file, options));
        if (table.Layout != TableLayout.Wide)
        {
            terminal.Note($"layout: {TableLayouts.Of(table.Layout).Code}, {TableLayouts.Of(table.Layout).Name}");
        }

        foreach (var note in table.Notes)
        {
            terminal.Note($"note: {note}");
        }

        return table;
    }

    /// <summary>The data of a measure. Columns that are taken under another name than the input's, and what is assumed, are said on standard error.</summary>
    public static TableData Data(StudyTable table, Measure measure, Terminal terminal)
    {
        var data = table.Read(measure);
        var renamed = table.Match(measure)!.Where(match => match.Input != match.Column).Select(match => $"{match.Input} from {match.Column}").ToList();
        if (renamed.Count > 0)
        {
            terminal.Note($"columns: {string.Join(", ", renamed)}");
        }

        foreach (var note in data.Notes)
        {
            terminal.Note($"note: {note}");
        }

        return data;
    }

    private TableOptions Options(ParseResult parsed) => new()
    {
        Columns = Pairs(parsed, _map, "INPUT=COLUMN, such as ai=tpos"),
        Where = Pairs(parsed, _where, "COLUMN=VALUE, such as outcome=pain"),
        Layout = parsed.GetValue(_layout) is { } layout ? Usage.Checked(() => TableLayouts.Find(layout)) : null,
        DecimalMark = parsed.GetValue(_decimal) switch
        {
            null or "." or "point" => '.',
            "," or "comma" => ',',
            var other => throw new UsageException($"--decimal {other}: expected . or ,"),
        },
        Intervention = parsed.GetValue(_intervention),
        Control = parsed.GetValue(_control),
        Scale = parsed.GetValue(_scale)?.ToLowerInvariant() switch
        {
            null => null,
            "natural" => EstimateScale.Natural,
            "analysis" => EstimateScale.Analysis,
            var other => throw new UsageException($"--effect-scale {other}: expected natural or analysis"),
        },
        IntervalLevel = Percentage.Read(parsed, _level) ?? TableOptions.Default.IntervalLevel,
    };

    private static Dictionary<string, string> Pairs(ParseResult parsed, Option<string[]> option, string expected)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(option) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs[equals > 0 ? pair[..equals] : throw new UsageException($"{option.Name} {pair}: expected {expected}")] = pair[(equals + 1)..];
        }

        return pairs;
    }
}

/// <summary>Levels as people give them on a command line.</summary>
internal static class Percentage
{
    /// <summary>The level as a proportion; null where the option is not given.</summary>
    public static double? Read(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text
        ? null
        : double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var level) && level is > 0 and < 100
            ? level < 1 ? level : level / 100
            : throw new UsageException($"{option.Name} {text}: expected a percentage between 0 and 100, such as 95");
}
