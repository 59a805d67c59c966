using System.CommandLine;
using System.CommandLine.Invocation;

namespace MetaSpine.Cli;

/// <summary>The command line: parses it, runs the command and turns every failure into a message and an exit status.</summary>
internal static class Tool
{
    /// <summary>Exit statuses.</summary>
    public const int Done = 0, BadInput = 1, BadUsage = 2;

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
        var parsed = Root(terminal).Parse(arguments);
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

    private static RootCommand Root(Terminal terminal) => new(
        """
        Pool, check and show published studies.

        Examples:
          metaspine pool trials.csv --measure OR
          metaspine pool review.yaml --analysis pain -o pain.md
          metaspine effects trials.csv --measure SMD --format csv
          metaspine forest review.yaml --analysis pain -o pain.svg
        """)
    {
        PoolCommand.Create(terminal),
        EffectsCommand.Create(terminal),
        ForestCommand.Create(terminal),
        PlotCommand.Create(terminal),
        ReportCommand.Create(terminal),
        CheckCommand.Create(terminal),
        MeasuresCommand.Create(terminal),
        SchemaCommand.Create(terminal),
        BatchCommand.Create(terminal),
    };

    /// <summary>Says what cannot be understood: the first stray word with the nearest name, or else every fault.</summary>
    private static int Refuse(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        string[] path = command is RootCommand ? [] : [command.Name];
        if (parsed.UnmatchedTokens.Count > 0)
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
                terminal.Fail(error.Message.ReplaceLineEndings(" "));
            }
        }

        terminal.Error.WriteLine($"Try: {string.Join(' ', ["metaspine", .. path, "--help"])}");
        return BadUsage;
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
