using System.CommandLine;

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
        var streams = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false };
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                terminal.Fail(error.Message);
            }

            terminal.Error.WriteLine($"Try: {CommandPath(parsed.CommandResult)} --help");
            return BadUsage;
        }

        try
        {
            return parsed.Invoke(streams);
        }
        catch (UsageException error)
        {
            terminal.Fail(error.Message);
            return BadUsage;
        }
        catch (Exception error) when (error is StudyFileException or EffectDataException or PoolingException or InputException)
        {
            terminal.Fail(error.Message);
            return BadInput;
        }
    }

    private static RootCommand Root(Terminal terminal) => new("Pool, check and show published studies.")
    {
        PoolCommand.Create(terminal),
        EffectsCommand.Create(terminal),
        CheckCommand.Create(terminal),
        MeasuresCommand.Create(terminal),
        SchemaCommand.Create(terminal),
        BatchCommand.Create(terminal),
    };

    private static string CommandPath(System.CommandLine.Parsing.CommandResult command) =>
        command.Command is RootCommand ? "metaspine" : $"metaspine {command.Command.Name}";
}

/// <summary>The command line asks for something that there is not: exit status 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The input cannot be used: exit status 1.</summary>
internal sealed class InputException(string message) : Exception(message);
