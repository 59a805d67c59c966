using System.Text;

namespace MetaSpine;

/// <summary>Text as LaTeX writes it: <c>{\"o}</c>, <c>\&amp;</c>, <c>$\alpha$</c>, braces that keep capitals.</summary>
internal sealed class LatexText
{
    /// <summary>Groups within groups are read to this depth; braces further in are left as they are.</summary>
    private const int Deepest = 100;

    private readonly string _text;
    private int _next;

    private LatexText(string text) => _text = text;

    /// <summary>The text that is meant. A command that is not known stays as it is written; an empty line becomes an end of line, other white space one space.</summary>
    public static string Decode(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) >= 0)
        {
            text = new LatexText(text).Group(0, isMath: false);
        }

        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n").Select(BibliographicText.Line).OfType<string>();
        return string.Join('\n', lines);
    }

    /// <summary>An address or an identifier, in which LaTeX's signs stand for themselves, but some programs mask them all the same.</summary>
    public static string DecodeVerbatim(string text)
    {
        foreach (var (sign, command) in Masks)
        {
            text = text.Replace(command, sign.ToString(), StringComparison.Ordinal).Replace("\\" + sign, sign.ToString(), StringComparison.Ordinal);
        }

        return text.Replace(Backslash, "\\", StringComparison.Ordinal).Trim();
    }

    /// <summary>The text as LaTeX reads it, with letters beyond ASCII as they are.</summary>
    public static string Encode(string text)
    {
        var latex = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' or '%' or '$' or '#' or '_' => latex.Append('\\').Append(c),
                '{' or '}' or '~' or '^' => latex.Append(Array.Find(Masks, mask => mask.Sign == c).Command),
                '\\' => latex.Append(Backslash),
                '\n' => latex.Append("\n\n"),
                '-' when latex.Length > 0 && latex[^1] == '-' => latex.Append("{}-"),
                '`' or '\'' when latex.Length > 0 && latex[^1] == c => latex.Append("{}").Append(c),
                _ => latex.Append(c),
            };
        }

        return latex.ToString();
    }

    /// <summary>An address or an identifier with only its braces and backslashes masked, which would end the field or begin a command.</summary>
    public static string EncodeVerbatim(string text)
    {
        var latex = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c == '\\' ? latex.Append(Backslash) : c is '{' or '}' ? latex.Append(Array.Find(Masks, mask => mask.Sign == c).Command) : latex.Append(c);
        }

        return latex.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("\\{}$~-`'^_");

    private const string Backslash = "\\textbackslash{}";

    private static readonly (char Sign, string Command)[] Masks =
    [
        ('{', "\\textbraceleft{}"), ('}', "\\textbraceright{}"), ('~', "\\textasciitilde{}"), ('^', "\\textasciicircum{}"),
        ('&', "\\&"), ('%', "\\%"), ('$', "\\$"), ('#', "\\#"), ('_', "\\_"),
    ];

    /// <summary>Reads to the end of a group, or of the text.</summary>
    private string Group(int depth, bool isMath)
    {
        var text = new StringBuilder();
        while (_next < _text.Length)
        {
            var c = _text[_next++];
            switch (c)
            {
                case '}' when depth > 0:
                    return text.ToString();
                case '{' when depth < Deepest:
                    text.Append(Group(depth + 1, isMath));
                    break;
                case '{' or '}':
                    break;
                case '$':
                    isMath = !isMath;
                    break;
                case '~':
                    text.Append(' ');
                    break;
                case '^' or '_' when isMath:
                    break;
                case '-' when Takes("--"):
                    text.Append('—');
                    break;
                case '-' when Takes("-"):
                    text.Append('–');
                    break;
                case '`' when Takes("`"):
                    text.Append('“');
                    break;
                case '\'' when Takes("'"):
                    text.Append('”');
                    break;
                case '\\' when _next < _text.Length:
                    text.Append(Command(depth));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        return text.ToString();
    }

    private string Command(int depth)
    {
        var start = _next;
        while (_next < _text.Length && char.IsAsciiLetter(_text[_next]))
        {
            _next++;
        }

        var isWord = _next > start;
        _next = isWord ? _next : start + 1;
        var name = _text[start.._next];
        var isFormula = name is "(" or ")" or "[" or "]" or "left" or "right";
        if (isFormula)
        {
            return "";
        }

        if (LatexLetters.IsAccent(name) && (!isWord || _next >= _text.Length || !char.IsAsciiLetter(_text[_next])))
        {
            return LatexLetters.WithAccent(name[0], Argument(depth));
        }

        if (LatexLetters.Sign(name) is { } sign)
        {
            // A space behind the name of a command only ends the name.
            if (isWord)
            {
                SkipSpace();
                _ = Takes("{}");
            }

            return sign;
        }

        if (!IsStyle(name))
        {
            return "\\" + name;
        }

        SkipSpace();
        return "";
    }

    /// <summary>What an accent stands on: a group, a command such as <c>\i</c>, or one letter.</summary>
    private string Argument(int depth)
    {
        SkipSpace();
        if (_next >= _text.Length || depth >= Deepest)
        {
            return "";
        }

        var c = _text[_next++];
        return c == '{' ? Group(depth + 1, isMath: false) : c == '\\' && _next < _text.Length ? Command(depth + 1) : c == '}' ? Back() : c.ToString();

        string Back()
        {
            _next--;
            return "";
        }
    }

    /// <summary>Whether a command only changes the look of the text.</summary>
    private static bool IsStyle(string name) => name is "textit" or "textbf" or "textrm" or "textsf" or "texttt" or "textsc" or "textsl" or "textup" or "textmd" or "textnormal" or "textsuperscript"
        or "textsubscript" or "emph" or "mkbibemph" or "mkbibbold" or "mkbibquote" or "underline" or "ensuremath" or "mathrm" or "mathit" or "mathbf" or "mathsf" or "mathcal" or "mathbb" or "text" or "mbox" or "url"
        or "href" or "it" or "em" or "bf" or "rm" or "sf" or "tt" or "sc" or "sl" or "itshape" or "bfseries" or "upshape" or "protect" or "relax" or "nobreak" or "uppercase" or "lowercase" or "noopsort";

    private bool Takes(string rest)
    {
        var has = string.CompareOrdinal(_text, _next, rest, 0, rest.Length) == 0;
        _next += has ? rest.Length : 0;
        return has;
    }

    private void SkipSpace()
    {
        while (_next < _text.Length && _text[_next] is ' ' or '\t')
        {
            _next++;
        }
    }
}
