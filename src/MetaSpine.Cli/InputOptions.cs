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

    /// <summary>Whether the input is a table, and not a study or review file.</summary>
    public bool IsTable(ParseResult parsed)
    {
        var file = parsed.GetValue(_file)!;
        return file == "-" || FileKinds.IsTable(file);
    }

    /// <summary>The pooling options that the command line names.</summary>
    public PoolingOptions Pooling(ParseResult parsed)
    {
        var usual = PoolingOptions.Default;
        return usual with
        {
            Method = parsed.GetValue(_method) is { } method ? Usage.Checked(() => MethodNames.Method(method)) : usual.Method,
            Test = parsed.GetValue(_test) is { } test ? Usage.Checked(() => MethodNames.Test(test)) : usual.Test,
            Level = Level(parsed) ?? usual.Level,
        };
    }

    /// <summary>The effect sizes of a table of studies. Columns that were taken under another name than the input's are named on standard error.</summary>
    public EffectSizes Table(ParseResult parsed, Terminal terminal)
    {
        if ((parsed.GetValue(_analysis) ?? parsed.GetValue(_outcome)) is { } id)
        {
            throw new UsageException($"a table has no analyses or outcomes, so none called '{id}'");
        }

        var file = parsed.GetValue(_file)!;
        var table = file == "-" ? StudyTable.ReadCsv(terminal.In, "(standard input)") : StudyTable.ReadCsv(file);
        table = Usage.Checked(() => table.WithColumns(Map(parsed)));
        var measure = parsed.GetValue(_measure) is { } code ? Usage.Checked(() => Measures.Find(code)) : OnlyCandidate(table);
        var data = table.Data(measure);
        var renamed = table.Match(measure)!.Where(match => match.Input != match.Column).Select(match => $"{match.Input} from {match.Column}").ToList();
        if (renamed.Count > 0)
        {
            terminal.Error.WriteLine($"columns: {string.Join(", ", renamed)}");
        }

        return measure.Compute(data);
    }

    /// <summary>The analyses of a review (or of a single study) that were asked for, under the options that the command line names.</summary>
    public IReadOnlyList<AnalysisResult> Analyses(ParseResult parsed)
    {
        if (Map(parsed).Count > 0)
        {
            throw new UsageException("--map names the columns of a table; a study or review file has none");
        }

        var file = StudyFile.Load(parsed.GetValue(_file)!);
        var review = file.Review ?? file.Study!.AsReview();
        var results = (parsed.GetValue(_analysis), parsed.GetValue(_outcome)) switch
        {
            ({ } id, _) => [Usage.Checked(() => review.Analyse(id))],
            (null, { } outcome) when review.Analyses.Any(analysis => analysis.Outcome == outcome) =>
                [.. review.Analyses.Where(analysis => analysis.Outcome == outcome).Select(review.Analyse)],
            (null, { } outcome) => [Usage.Checked(() => review.Analyse(outcome))],
            _ => review.AnalyseAll(),
        };
        return results.Count > 0 ? Overridden(parsed, review, results) : throw new InputException($"{parsed.GetValue(_file)} has no outcomes to analyse");
    }

    private IReadOnlyList<AnalysisResult> Overridden(ParseResult parsed, Review review, IReadOnlyList<AnalysisResult> results)
    {
        var (measure, method, test, level) = (parsed.GetValue(_measure), parsed.GetValue(_method), parsed.GetValue(_test), Level(parsed));
        if ((measure ?? method ?? test) is null && level is null)
        {
            return results;
        }

        _ = (measure is null ? null : Usage.Checked(() => Measures.Find(measure)), Pooling(parsed));
        return [.. results.Select(result => review.Analyse(result.Analysis with
        {
            Measure = measure ?? result.Analysis.Measure,
            Method = method ?? result.Analysis.Method,
            Test = test ?? result.Analysis.Test,
            Level = level ?? result.Analysis.Level,
        }))];
    }

    private static Measure OnlyCandidate(StudyTable table) => table.Candidates switch
    {
        [var only] => only,
        [] => throw new InputException(
            $"{table.Name}: no measure can be computed from the columns {string.Join(", ", table.ColumnNames)}. "
            + "See metaspine measures for the columns that each needs, and say which is which with --map, such as --map ai=tpos"),
        var several => throw new UsageException(
            $"{table.Name} has the columns of several measures; choose one with --measure: {string.Join(", ", several.Select(measure => measure.Code))} (metaspine measures says what they are)"),
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

    private double? Level(ParseResult parsed) => parsed.GetValue(_level) is not { } text
        ? null
        : double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var level) && level is > 0 and < 100
            ? level < 1 ? level : level / 100
            : throw new UsageException($"--level {text}: expected a percentage between 0 and 100, such as 95");
}

/// <summary>What kind of file a name stands for.</summary>
internal static class FileKinds
{
    private static readonly string[] Tables = [".csv", ".tsv", ".txt"];
    private static readonly string[] Studies = [".yaml", ".yml"];

    /// <summary>Whether the name is that of a table, and not of a study or review file.</summary>
    /// <exception cref="InputException">It is neither.</exception>
    public static bool IsTable(string file)
    {
        var extension = Path.GetExtension(file);
        return Tables.Contains(extension, StringComparer.OrdinalIgnoreCase)
            || (Studies.Contains(extension, StringComparer.OrdinalIgnoreCase) || Directory.Exists(file) || !File.Exists(file)
                ? false
                : throw new InputException($"{file}: expected a table ({string.Join(", ", Tables)}) or a study or review file ({string.Join(", ", Studies)})"));
    }
}

/// <summary>Turns what the library says about a wrong name into a usage error.</summary>
internal static class Usage
{
    /// <summary>The message without the name of the parameter, which means nothing on a command line.</summary>
    public static string Sentence(ArgumentException error) =>
        error.ParamName is null ? error.Message : error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);

    public static T Checked<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(Sentence(error));
        }
    }
}
