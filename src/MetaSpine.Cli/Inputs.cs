using System.CommandLine;
using System.Globalization;

namespace MetaSpine.Cli;

/// <summary>The options that say how studies are read and pooled, shared by the commands that do so.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string> _file = new("FILE") { Description = "A table of studies (.csv; - reads it from standard input), or a study or review file (.yaml)." };

    private readonly Option<string?> _analysis = new("--analysis", "-a") { Description = "Only this analysis of a review.", HelpName = "ID" };

    private readonly Option<string?> _outcome = new("--outcome") { Description = "Only the analyses of this outcome.", HelpName = "ID" };

    private readonly Option<string?> _measure = new("--measure", "-m")
    {
        Description = "The effect-size measure, such as OR, SMD or PLO; metaspine measures lists them.", HelpName = "CODE",
    };

    private readonly Option<string[]> _map = new("--map")
    {
        Description = "Take an input from a column of another name: --map ai=tpos n1i=tn. label=NAME names the studies.",
        HelpName = "INPUT=COLUMN", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _method = new("--method")
    {
        Description = $"{string.Join(", ", MethodNames.Methods.Select(method => method.Code))}. Default: REML.", HelpName = "CODE",
    };

    private readonly Option<string?> _test = new("--test")
    {
        Description = $"{string.Join(", ", MethodNames.Tests.Select(test => test.Code))}. Default: knha, Knapp-Hartung.", HelpName = "CODE",
    };

    private readonly Option<string?> _level = new("--level") { Description = "The level of all intervals in percent. Default: 95.", HelpName = "PERCENT" };

    public void AddEffectsTo(Command command)
    {
        command.Add(_file);
        command.Add(_analysis);
        command.Add(_outcome);
        command.Add(_measure);
        command.Add(_map);
    }

    public void AddPoolingTo(Command command)
    {
        AddEffectsTo(command);
        command.Add(_method);
        command.Add(_test);
        command.Add(_level);
    }

    public string File(ParseResult parsed) => parsed.GetValue(_file)!;

    public string? Analysis(ParseResult parsed) => parsed.GetValue(_analysis);

    public string? Outcome(ParseResult parsed) => parsed.GetValue(_outcome);

    public Measure? Measure(ParseResult parsed) => Known(parsed.GetValue(_measure), Measures.Find);

    /// <summary>The pooling options that the command line names, over those given.</summary>
    public PoolingOptions Pooling(ParseResult parsed, PoolingOptions options) => options with
    {
        Method = parsed.GetValue(_method) is { } method ? Usage.Checked(() => MethodNames.Method(method)) : options.Method,
        Test = parsed.GetValue(_test) is { } test ? Usage.Checked(() => MethodNames.Test(test)) : options.Test,
        Level = parsed.GetValue(_level) is { } level ? Level(level) : options.Level,
    };

    /// <summary>The effect sizes of a table of studies.</summary>
    public EffectSizes Table(ParseResult parsed, Terminal terminal)
    {
        var file = File(parsed);
        var table = file == "-" ? StudyTable.ReadCsv(terminal.In, "(standard input)") : StudyTable.ReadCsv(file);
        table = Usage.Checked(() => table.WithColumns(Map(parsed)));
        var measure = Measure(parsed) ?? OnlyCandidate(table);
        return measure.Compute(table.Data(measure));
    }

    private static Measure OnlyCandidate(StudyTable table) => table.Candidates switch
    {
        [var only] => only,
        [] => throw new InputException(
            $"{table.Name}: no measure can be computed from the columns {string.Join(", ", table.ColumnNames)}. "
            + "See metaspine measures for the columns that each needs, and say which is which with --map, such as --map ai=tpos"),
        var several => throw new UsageException(
            $"{table.Name} has the columns of several measures; choose one with --measure: {string.Join(", ", several.Select(measure => measure.ToString()))}"),
    };

    private Dictionary<string, string> Map(ParseResult parsed)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in parsed.GetValue(_map) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            map[equals > 0 ? pair[..equals] : throw new UsageException($"--map {pair}: expected INPUT=COLUMN, such as ai=tpos")] = pair[(equals + 1)..];
        }

        return map;
    }

    private static double Level(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var level) && level is > 0 and < 100
            ? level < 1 ? level : level / 100
            : throw new UsageException($"--level {text}: expected a percentage between 0 and 100, such as 95");

    private static T? Known<T>(string? code, Func<string, T> find)
        where T : class => code is null ? null : Usage.Checked(() => find(code));
}

/// <summary>Turns what the library says about a wrong name into a usage error.</summary>
internal static class Usage
{
    public static T Checked<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }
}
