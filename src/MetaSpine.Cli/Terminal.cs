using System.Text;

namespace MetaSpine.Cli;

/// <summary>Where the tool reads and writes, and what the place can show.</summary>
internal sealed class Terminal
{
    private const int PipedWidth = 80;
    private const int NarrowestScreen = 60;
    private const int WidestText = 120;

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>The characters that a line of output may have.</summary>
    public int Width { get; init; } = PipedWidth;

    /// <summary>Whether standard output shows colours.</summary>
    public bool Coloured { get; set; }

    /// <summary>Whether standard error shows colours.</summary>
    public bool ErrorColoured { get; set; }

    /// <summary>Whether someone watches standard error, so that progress can be shown there.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The process's own streams, in UTF-8. Colours only on a terminal, and not where NO_COLOR is set (no-color.org).</summary>
    public static Terminal Open()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        var colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal
        {
            In = new StreamReader(Console.OpenStandardInput(), utf8),
            Out = new StreamWriter(Console.OpenStandardOutput(), utf8),
            Error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            Width = Console.IsOutputRedirected ? PipedWidth : Math.Clamp(ScreenWidth(), NarrowestScreen, WidestText),
            Coloured = colours && !Console.IsOutputRedirected,
            ErrorColoured = colours && !Console.IsErrorRedirected,
            IsWatched = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    /// <summary>The same place, where what is told goes to standard error and standard output is for a result.</summary>
    public Terminal Beside() => new()
    {
        In = In, Out = Error, Error = Error, Width = Width, Coloured = ErrorColoured, ErrorColoured = ErrorColoured, IsWatched = IsWatched,
    };

    /// <summary>A text result as the place shows it: headings, pooled rows and problems set off where colours can be shown.</summary>
    public string Shown(string text) => Coloured ? Paint.Text(text) : text;

    /// <summary>Words behind a beginning, in lines that fit and go on with an indent.</summary>
    public string Wrapped(string begin, string words, int indent)
    {
        var (text, column) = (new StringBuilder(begin), begin.Length);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var wraps = column + 1 + word.Length > Width;
            text.Append(wraps ? $"\n{new string(' ', indent)}" : " ").Append(word);
            column = (wraps ? indent : column + 1) + word.Length;
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Colours whatever the place is, or never; null leaves it to the place.</summary>
    public void UseColours(bool? always) => (Coloured, ErrorColoured) = (always ?? Coloured, always ?? ErrorColoured);

    /// <summary>Says what had to be decided or assumed, apart from the results.</summary>
    public void Note(string message) => Error.WriteLine(ErrorColoured ? Paint.Note(Clean(message)) : Clean(message));

    /// <summary>Reports what went wrong.</summary>
    public void Fail(string message) => Error.WriteLine($"{(ErrorColoured ? Paint.Error("error:") : "error:")} {Clean(message)}");

    /// <summary>A message may quote a file: what would steer the terminal is shown as a character that cannot be read.</summary>
    private static string Clean(string message) =>
        message.Any(IsControl) ? string.Concat(message.Select(character => IsControl(character) ? '\uFFFD' : character)) : message;

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\r' or '\t');

    private static int ScreenWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return PipedWidth;
        }
    }
}
