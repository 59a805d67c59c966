using System.Text;

namespace MetaSpine;

/// <summary>Reads the fields of entries of BibTeX and remembers what <c>@string</c> defines.</summary>
internal sealed class BibTexFields(ReferenceFaults faults)
{
    /// <summary>Definitions may be made of one another: without a bound a few lines would grow beyond any memory.</summary>
    private const int LongestString = 100_000, MostStrings = 100_000;

    /// <summary>What names may stand for in a whole file: two letters for a text of that length would make terabytes of megabytes.</summary>
    private const long MostExpanded = 100_000_000;

    /// <summary>The names that BibTeX gives the months without a definition.</summary>
    public static readonly string[] Months = [.. BibliographicText.Months.Select(month => month.ToLowerInvariant())];

    private readonly Dictionary<string, string> _strings = new(StringComparer.OrdinalIgnoreCase);
    private BibTexRecord _record;
    private int _next;
    private long _expanded;

    /// <summary>How far lines and columns were counted, and the place there. Faults come in the order of the text.</summary>
    private int _counted;
    private SourcePosition _place;

    /// <summary>The key and the fields of an entry, in the order of the file; null where it is broken.</summary>
    public (string? Key, List<RawField> Fields)? Read(BibTexRecord record)
    {
        Begin(record);
        SkipSpace();
        var start = _next;
        var key = Until(",=").Trim();
        if (_next < Body.Length && Body[_next] == '=')
        {
            (_next, key) = (start, "");
        }
        else
        {
            Take(',');
        }

        var fields = new List<RawField>();
        for (SkipSpace(); _next < Body.Length; SkipSpace())
        {
            if (Take(','))
            {
                continue;
            }

            var nameAt = _next;
            var name = Until("=,\"{").Trim().ToLowerInvariant();
            if (!Take('='))
            {
                Fail(nameAt, $"found '{NumberText.Shorten(name)}' in this @{record.Type}, expected a field such as year = {{2006}}: the entry was left out");
                return null;
            }

            if (Value() is not { } value)
            {
                return null;
            }

            fields.Add(new(name, value));
            SkipSpace();
            if (_next < Body.Length && Body[_next] != ',')
            {
                Fail(_next, $"expected a comma behind the field '{NumberText.Shorten(name)}': it was read as if there were one");
            }
        }

        return (key.Length == 0 ? null : key, fields);
    }

    /// <summary>Takes a definition, <c>name = value</c>.</summary>
    public void Define(BibTexRecord record)
    {
        Begin(record);
        var name = Until("=").Trim();
        if (!Take('=') || name.Length == 0)
        {
            Fail(0, "expected @string{name = {text}}: the definition was left out");
        }
        else if (Value() is { } value)
        {
            if (_strings.Count >= MostStrings)
            {
                Fail(0, $"there are more than {MostStrings} definitions: that of '{NumberText.Shorten(name)}' was left out");
            }
            else if (value.Length > LongestString)
            {
                Fail(0, $"the text of '{NumberText.Shorten(name)}' is longer than any name of a journal: the definition was left out");
            }
            else
            {
                _strings[name] = value;
            }
        }
    }

    private void Begin(BibTexRecord record) => (_record, _next, _counted, _place) = (record, 0, 0, record.BodyStart);

    private string Body => _record.Body;

    /// <summary>The text of parts that <c>#</c> joins; null where they are broken.</summary>
    private string? Value()
    {
        var value = new StringBuilder();
        do
        {
            SkipSpace();
            var start = _next;
            if (_next >= Body.Length)
            {
                Fail(_next, "expected a text in braces, a text in quotation marks or a number: the entry was left out");
                return null;
            }

            if (Body[_next] is '{' or '"')
            {
                if (Delimited() is not { } text)
                {
                    Fail(start, "this text has no end: the entry was left out");
                    return null;
                }

                value.Append(text);
            }
            else
            {
                value.Append(Word());
            }

            if (value.Length > RecordText.Longest)
            {
                Fail(start, "this text is larger than any reference can be: the entry was left out");
                return null;
            }

            SkipSpace();
        }
        while (Take('#'));
        return value.ToString();
    }

    /// <summary>The text in braces or quotation marks, in which braces stand in pairs.</summary>
    private string? Delimited()
    {
        var end = Body[_next++] == '{' ? '}' : '"';
        var (start, depth) = (_next, 0);
        for (; _next < Body.Length; _next++)
        {
            if (depth == 0 && Body[_next] == end)
            {
                return Body[start.._next++];
            }

            depth += Body[_next] == '{' ? 1 : Body[_next] == '}' ? -1 : 0;
        }

        return null;
    }

    /// <summary>A number, or what a name stands for.</summary>
    private string Word()
    {
        var start = _next;
        while (_next < Body.Length && Body[_next] is not (',' or '#' or '}' or '{' or '"' or '=') && !char.IsWhiteSpace(Body[_next]))
        {
            _next++;
        }

        _next = _next == start ? start + 1 : _next;
        var word = Body[start.._next];
        if (word.All(char.IsAsciiDigit))
        {
            return word;
        }

        if (_strings.TryGetValue(word, out var text))
        {
            _expanded += text.Length;
            if (_expanded <= MostExpanded)
            {
                return text;
            }

            Fail(start, $"the names in this file stand for more than {MostExpanded / 1_000_000} million characters: from here on they are left as they are");
            return word;
        }

        if (Array.Find(Months, month => month.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        Fail(start, $"'{NumberText.Shorten(word)}' stands without braces, and no @string before it defines it: it was read as the text itself");
        return word;
    }

    private string Until(string signs)
    {
        var end = Body.AsSpan(_next).IndexOfAny(signs);
        var text = end < 0 ? Body[_next..] : Body.Substring(_next, end);
        _next += text.Length;
        return text;
    }

    private bool Take(char sign)
    {
        var has = _next < Body.Length && Body[_next] == sign;
        _next += has ? 1 : 0;
        return has;
    }

    private void SkipSpace()
    {
        while (_next < Body.Length && char.IsWhiteSpace(Body[_next]))
        {
            _next++;
        }
    }

    private void Fail(int at, string message)
    {
        at = Math.Clamp(at, _counted, Body.Length);
        for (; _counted < at; _counted++)
        {
            _place = Body[_counted] == '\n' ? _place with { Line = _place.Line + 1, Column = 1 } : _place with { Column = _place.Column + 1 };
        }

        faults.Add(_place, message);
    }
}
