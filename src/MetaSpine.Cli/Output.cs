using System.CommandLine;
using System.Text;

namespace MetaSpine.Cli;

/// <summary>The forms that results are written in.</summary>
internal enum OutputFormat
{
    Text,
    Markdown,
    Html,
    Json,
    Csv,
}

/// <summary>The options <c>--format</c> and <c>-o</c>, and writing as they say.</summary>
internal sealed class OutputOptions
{
    private static readonly (OutputFormat Format, string Name, string Extension)[] Formats =
    [
        (OutputFormat.Text, "text", ".txt"), (OutputFormat.Markdown, "markdown", ".md"), (OutputFormat.Html, "html", ".html"),
        (OutputFormat.Json, "json", ".json"), (OutputFormat.Csv, "csv", ".csv"),
    ];

    private readonly Option<string?> _format = new("--format", "-f")
    {
        Description = $"{string.Join(", ", Formats.Select(format => format.Name))}. Default: as the output file's name ends, else text.",
        HelpName = "FORMAT",
    };

    private readonly Option<string?> _file = new("--output", "-o") { Description = "Write to a file.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_file);
    }

    public OutputFormat Format(ParseResult parsed)
    {
        if (parsed.GetValue(_format) is { } name)
        {
            return Formats.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known
                ? known.Format
                : throw new UsageException($"there is no format '{name}'; there are {string.Join(", ", Formats.Select(format => format.Name))}");
        }

        var extension = Path.GetExtension(parsed.GetValue(_file) ?? "");
        return Formats.FirstOrDefault(format => format.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase)).Format;
    }

    /// <summary>Writes the text to the file that was named, else to standard output.</summary>
    public void Write(ParseResult parsed, Terminal terminal, string text) => Write(terminal, parsed.GetValue(_file), text);

    public static void Write(Terminal terminal, string? path, string text)
    {
        if (path is null or "-")
        {
            terminal.Out.Write(text);
            return;
        }

        try
        {
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be written: {error.Message}");
        }
    }
}
