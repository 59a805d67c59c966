namespace MetaSpine.Cli;

/// <summary>Sets off what matters in a text, by the few colours that every terminal has in its owner's choice of shades.</summary>
internal static class Paint
{
    private const string Bold = "\e[1m", Dim = "\e[2m", Red = "\e[31m", Yellow = "\e[33m", Plain = "\e[0m";

    /// <summary>What went wrong.</summary>
    public static string Error(string text) => Of(Red, text);

    /// <summary>What should be looked at.</summary>
    public static string Warning(string text) => Of(Yellow, text);

    /// <summary>What only those who wonder read.</summary>
    public static string Note(string text) => Of(Dim, text);

    /// <summary>A heading.</summary>
    public static string Heading(string text) => Of(Bold, text);

    /// <summary>
    /// A text result: titles (above a double line), headings of tables and of lists, and last rows of tables (below their second
    /// line) are bold; the list of what could not be pooled is headed in yellow.
    /// </summary>
    public static string Text(string text) => string.Join("\n\n", text.Split("\n\n").Select(Block));

    private static string Block(string block)
    {
        var lines = block.Split('\n');
        var (first, title) = (Array.FindIndex(lines, line => IsRule(line, '─')), Array.FindIndex(lines, line => IsRule(line, '═')));
        var second = first < 0 ? -1 : Array.FindIndex(lines, first + 1, line => IsRule(line, '─'));
        for (var i = 0; i < lines.Length; i++)
        {
            var isHeading = i < title || i == first - 1 || (second >= 0 && i > second) || (i == 0 && lines.Length > 1 && lines[1].StartsWith("- ", StringComparison.Ordinal));
            lines[i] = !isHeading ? lines[i] : lines[i].StartsWith("Not pooled", StringComparison.Ordinal) ? Warning(lines[i]) : Heading(lines[i]);
        }

        return string.Join('\n', lines);
    }

    private static bool IsRule(string line, char mark) => line.Length > 0 && line[0] == mark && line.AsSpan().IndexOfAnyExcept(mark, ' ') < 0;

    private static string Of(string colour, string text) => text.Length == 0 ? text : $"{colour}{text}{Plain}";
}
