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

    /// <summary>Whether a format was asked for by name.</summary>
    public bool IsFormatGiven(ParseResult parsed) => parsed.GetValue(_format) is not null;

    /// <summary>The file that was named; null where none was.</summary>
    public string? File(ParseResult parsed) => parsed.GetValue(_file);

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

    /// <summary>Whether lines of text can go to standard output as they come.</summary>
    public bool IsPlain(ParseResult parsed) => Format(parsed) == OutputFormat.Text && parsed.GetValue(_file) is null or "-";

    /// <summary>Writes one text for each result to the file that was named, else to standard output; HTML as one page.</summary>
    public void Write(ParseResult parsed, Terminal terminal, params IEnumerable<string> texts)
    {
        var file = parsed.GetValue(_file);
        var text = Format(parsed) switch
        {
            OutputFormat.Html => $"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>MetaSpine</title>\n<body>\n{string.Concat(texts)}</body>\n</html>\n",
            OutputFormat.Text when file is null => string.Join('\n', texts.Select(terminal.Shown)),
            _ => string.Join('\n', texts),
        };
        if (file is null or "-")
        {
            terminal.Out.Write(text);
        }
        else
        {
            Save(file, text);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Save(string file, string text) => Save(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));

    /// <summary>Writes a file that must not be there yet.</summary>
    /// <exception cref="UsageException">It is there, or cannot be written.</exception>
    public static void SaveNew(string file, string text)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException) when (System.IO.File.Exists(file) || Directory.Exists(file))
        {
            throw new UsageException($"{file} is there already, and is left as it is: name another file");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"{file} cannot be written: {error.Message}");
        }
    }

    /// <summary>Makes a folder, where it is not there yet.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"{folder} cannot be made: {error.Message}");
        }
    }

    /// <inheritdoc cref="Save(string, string)"/>
    public static void Save(string file, byte[] bytes) => Try(file, () => System.IO.File.WriteAllBytes(file, bytes));

    /// <summary>
    /// Writes a file of any size, in UTF-8. The text is gathered in a temporary file first, so that the file may be one of those it is made
    /// from, and what was there stays where the text cannot be made.
    /// </summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Save(string file, Action<TextWriter> write)
    {
        using var gathered = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using (var writer = new StreamWriter(gathered, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" })
        {
            write(writer);
        }

        gathered.Position = 0;
        Try(file, () =>
        {
            using var stream = System.IO.File.Create(file);
            gathered.CopyTo(stream);
        });
    }

    private static void Try(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"{file} cannot be written: {error.Message}");
        }
    }
}
