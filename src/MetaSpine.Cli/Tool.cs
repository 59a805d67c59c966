using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace MetaSpine.Cli;

/// <summary>The command line: parses it, runs the command and turns every failure into a message and an exit status.</summary>
internal static class Tool
{
    /// <summary>Exit statuses.</summary>
    public const int Done = 0, BadInput = 1, BadUsage = 2;

    /// <summary>
    /// The commands, in the order of the help. Those that the command line does not name are not made: with all their options they would
    /// take a third of the time of a short run.
    /// </summary>
    private static readonly OrderedDictionary<string, Func<Terminal, Command>> Commands = new(StringComparer.Ordinal)
    {
        ["pool"] = PoolCommand.Create,
        ["effects"] = EffectsCommand.Create,
        ["forest"] = ForestCommand.Create,
        ["plot"] = PlotCommand.Create,
        ["sensitivity"] = SensitivityCommand.Create,
        ["report"] = ReportCommand.Create,
        ["check"] = CheckCommand.Create,
        ["screening"] = ScreeningCommand.Create,
        ["flow"] = FlowCommand.Create,
        ["convert"] = ConvertCommand.Create,
        ["dedup"] = DedupCommand.Create,
        ["rob"] = RobCommand.Create,
        ["grade"] = GradeCommand.Create,
        ["compare"] = CompareCommand.Create,
        ["diff"] = DiffCommand.Create,
        ["measures"] = MeasuresCommand.Create,
        ["methods"] = MethodsCommand.Create,
        ["new"] = NewCommand.Create,
        ["import"] = ImportCommand.Create,
        ["export"] = ExportCommand.Create,
        ["schema"] = SchemaCommand.Create,
        ["batch"] = BatchCommand.Create,
        ["completion"] = CompletionCommand.Create,
    };

    public static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            var status = Invoke(arguments.Count == 0 ? ["--help"] : arguments, terminal);
            terminal.Out.Flush();
            return status;
        }
        catch (IOException)
        {
            // Whoever read the output has gone away, as head does: there is nobody left to tell.
            return BadInput;
        }
    }

    private static int Invoke(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var parsed = Parse(arguments, terminal);
        if (Stray(parsed) is { } stray)
        {
            return Refuse(parsed, terminal, $"there is no option '{stray}'{Nearest(parsed, stray)}");
        }

        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, terminal);
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException error)
        {
            terminal.Fail(error.Message);
            return BadUsage;
        }
        catch (ArgumentException error)
        {
            terminal.Fail(Usage.Sentence(error));
            return BadUsage;
        }
        catch (FormulaException error)
        {
            terminal.Fail(error.Message);
            return BadUsage;
        }
        catch (Exception error) when (error is StudyFileException or EffectDataException or PoolingException or InputException)
        {
            terminal.Fail(error.Message);
            return BadInput;
        }
        catch (Exception error) when (error is not IOException)
        {
            terminal.Fail($"this should not have happened, please report it with the file that caused it: {error.GetType().Name}: {error.Message}");
            return BadInput;
        }
    }

    /// <summary>The command line as the parser understands it. What is said of colours holds from here on.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = Root(arguments, terminal);
        var colour = new Option<string>("--color")
        {
            Description = "Colours: auto (on a terminal, unless NO_COLOR is set), always, never.", HelpName = "WHEN", Recursive = true,
        };
        colour.AcceptOnlyFromAmong("auto", "always", "never");
        root.Add(colour);
        CommandHelp.AddTo(root, terminal);
        if (arguments is [['[', ..], ..])
        {
            // A shell that completes a line asks by a directive. Nobody else needs the values that options can have.
            Completions.AddTo(root);
        }

        var parsed = root.Parse(arguments);
        terminal.UseColours(parsed.GetResult(colour)?.Tokens is [{ Value: "always" or "never" } when] ? when.Value == "always" : null);
        return parsed;
    }

    private static RootCommand Root(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = new RootCommand(
            """
            Pool, check and show published studies.

            Examples:
              metaspine new table -o trials.csv
              metaspine pool trials.csv --measure OR
              metaspine pool review.yaml --analysis pain -o pain.md
              metaspine effects trials.csv --measure SMD --format csv
              metaspine forest review.yaml --analysis pain -o pain.svg
            """);
        IEnumerable<Func<Terminal, Command>> chosen = arguments is [var first, ..] && Commands.TryGetValue(first, out var named) ? [named] : Commands.Values;
        foreach (var create in chosen)
        {
            root.Add(create(terminal));
        }

        return root;
    }

    /// <summary>Says what cannot be understood: the first stray word with the nearest name, or else every fault.</summary>
    private static int Refuse(ParseResult parsed, Terminal terminal, string? message = null)
    {
        var command = parsed.CommandResult.Command;
        string[] path = command is RootCommand ? [] : [command.Name];
        if (message is not null)
        {
            terminal.Fail(message);
        }
        else if (parsed.UnmatchedTokens.Count > 0)
        {
            var word = parsed.UnmatchedTokens[0];
            terminal.Fail(word.StartsWith('-') ? $"there is no option '{word}'{Suggestion(parsed, word)}"
                : path.Length == 0 ? $"there is no command '{word}'{Suggestion(parsed, word)}"
                : $"there is no place for the argument '{word}'");
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Fail(error.Message.Replace("\t", "", StringComparison.Ordinal).ReplaceLineEndings(" "));
            }
        }

        terminal.Error.WriteLine($"Try: {string.Join(' ', ["metaspine", .. path, "--help"])}");
        return BadUsage;
    }

    /// <summary>A word that was meant as an option, but is taken as a value since something before it waits for one.</summary>
    private static string? Stray(ParseResult parsed) => parsed.UnmatchedTokens.Any(word => word.StartsWith('-')) ? null
        : parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value.Length > 2 && token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    /// <summary>The option that begins most like the word, where enough of it is the same.</summary>
    private static string Nearest(ParseResult parsed, string word)
    {
        const int Enough = 4;
        var best = parsed.CommandResult.Command.Options.MaxBy(option => option.Name.AsSpan().CommonPrefixLength(word));
        return best is not null && best.Name.AsSpan().CommonPrefixLength(word) >= Enough ? $"; did you mean {best.Name}?" : "";
    }

    /// <summary>The parser's first suggestion for a word that it does not know: for each it writes an introduction and then a name a line.</summary>
    private static string Suggestion(ParseResult parsed, string word)
    {
        if (parsed.Action is not ParseErrorAction action)
        {
            return "";
        }

        action.ShowHelp = false;
        var written = new StringWriter();
        parsed.Invoke(new InvocationConfiguration { Output = written, Error = TextWriter.Null });
        var lines = written.ToString().Split('\n', StringSplitOptions.TrimEntries);
        var introduction = Array.FindIndex(lines, line => line.StartsWith($"'{word}'", StringComparison.Ordinal));
        return introduction >= 0 && lines[introduction + 1].Length > 0 ? $"; did you mean {lines[introduction + 1]}?" : "";
    }
}

/// <summary>The command line asks for something that there is not: exit status 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The input cannot be used: exit status 1.</summary>
internal sealed class InputException(string message) : Exception(message);
