using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>
/// The parts that texts of any format are built of, found by their looks alone: so that one mutator serves all formats, and also texts that earlier changes have
/// broken. Each finder gives the first part at or after a place, or null.
/// </summary>
internal static partial class Structure
{
    public delegate (int Start, int End)? Finder(string text, int at);

    public static (int Start, int End)? Number(string text, int at) => Matched(Numbers().Match(text, at));

    public static (int Start, int End)? Token(string text, int at) => Matched(Tokens().Match(text, at));

    /// <summary>What stands between separators, as a cell of a table or an item of a list.</summary>
    public static (int Start, int End)? Cell(string text, int at)
    {
        var start = 1 + text.AsSpan(0, at).LastIndexOfAny(",;\t|\n");
        var length = text.AsSpan(at).IndexOfAny(",;\t|\n");
        return (start, length < 0 ? text.Length : at + length);
    }

    /// <summary>A line with its end.</summary>
    public static (int Start, int End)? Line(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return (1 + text.AsSpan(0, at).LastIndexOf('\n'), end < 0 ? text.Length : end + 1);
    }

    /// <summary>A line with the lines below it that are indented further: a key of YAML with all it holds, a field of RIS with its continuation.</summary>
    public static (int Start, int End)? Block(string text, int at)
    {
        var (start, end) = Line(text, at)!.Value;
        var indent = Indent(text, start);
        while (end < text.Length && Indent(text, end) > indent)
        {
            end = Line(text, end)!.Value.End;
        }

        return (start, end);
    }

    /// <summary>A bracket with its partner and all between them.</summary>
    public static (int Start, int End)? Bracketed(string text, int at)
    {
        var start = text.AsSpan(at).IndexOfAny('{', '[', '(');
        if (start < 0)
        {
            return null;
        }

        var (open, close) = text[at + start] switch { '{' => ('{', '}'), '[' => ('[', ']'), _ => ('(', ')') };
        var depth = 0;
        for (var i = at + start; i < text.Length; i++)
        {
            depth += text[i] == open ? 1 : text[i] == close ? -1 : 0;
            if (depth == 0)
            {
                return (at + start, i + 1);
            }
        }

        return null;
    }

    /// <summary>An element of XML, up to the first end tag of its name.</summary>
    public static (int Start, int End)? Element(string text, int at)
    {
        if (Tags().Match(text, at) is not { Success: true } tag)
        {
            return null;
        }

        var end = tag.Value.EndsWith("/>", StringComparison.Ordinal) ? -1 : text.IndexOf($"</{tag.Groups["name"].Value}>", tag.Index, StringComparison.Ordinal);
        return (tag.Index, end < 0 ? tag.Index + tag.Length : end + tag.Groups["name"].Length + 3);
    }

    private static int Indent(string text, int at) => text.AsSpan(at).IndexOfAnyExcept(' ') is >= 0 and var indent ? indent : text.Length - at;

    private static (int Start, int End)? Matched(Match match) => match.Success ? (match.Index, match.Index + match.Length) : null;

    [GeneratedRegex(@"-?[0-9]+(\.[0-9]+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex("""[\p{L}\p{N}_.-]+|"[^"\n]*"|[^\s]""")]
    private static partial Regex Tokens();

    [GeneratedRegex("<(?<name>[A-Za-z_:]+)[^<>]*>")]
    private static partial Regex Tags();
}
