using System.Text;

namespace MetaSpine.Cli;

/// <summary>Where the tool reads and writes, and what the place can show.</summary>
internal sealed class Terminal
{
    private const int PipedWidth = 80;
    private const int NarrowestScreen = 60;
    private const int WidestText = 120;
    private const string Bold = "\e[1m";
    private const string Red = "\e[31m";
    private const string Plain = "\e[0m";

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>The characters that a line of output may have.</summary>
    public int Width { get; init; } = PipedWidth;

    /// <summary>Whether standard output shows colours.</summary>
    public bool Coloured { get; init; }

    /// <summary>Whether standard error shows colours.</summary>
    public bool ErrorColoured { get; init; }

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
        };
    }

    /// <summary>The text with its title, which ends at the line under it, set off where colours can be shown.</summary>
    public string Titled(string text)
    {
        var end = text.IndexOf("\n═", StringComparison.Ordinal);
        return Coloured && end > 0 ? $"{Bold}{text[..end]}{Plain}{text[end..]}" : text;
    }

    /// <summary>Reports what went wrong.</summary>
    public void Fail(string message) => Error.WriteLine($"{(ErrorColoured ? $"{Red}error:{Plain}" : "error:")} {message}");

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
