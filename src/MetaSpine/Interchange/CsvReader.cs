using System.Text;

namespace MetaSpine;

/// <summary>One field of a CSV record, without its quotes, and where it stands.</summary>
internal readonly record struct CsvField(string Text, SourcePosition Position);

/// <summary>
/// Reads separated values as RFC 4180 describes them, one record at a time: quoted fields may hold separators, line ends and
/// doubled quotes. The separator is the one that a line <c>sep=;</c> before the header names, else the one that the header has
/// most of. What is no table ends in a message before it fills the memory.
/// </summary>
internal sealed class CsvReader
{
    private const int LongestField = 1_000_000;
    private const int LongestHeader = 100_000;
    private const int MostFields = 20_000;
    private const string LineEnds = "\r\n", NotText = "\0\uFFFD";

    /// <summary>The separators that are recognised.</summary>
    public const string Separators = ",;\t|";

    private readonly TextReader _reader;
    private readonly string _file;
    private readonly StringBuilder _text = new();
    private readonly char[] _buffer = new char[LongestHeader];
    private readonly string _ends;
    private int _next;
    private int _count;
    private int _line = 1;
    private int _column = 1;

    /// <param name="reader">The text; a byte order mark at its start is skipped.</param>
    /// <param name="file">The name for error messages.</param>
    /// <param name="separator">The separator; null where it is to be recognised.</param>
    public CsvReader(TextReader reader, string file, char? separator = null)
    {
        _reader = reader;
        _file = file;
        if (Peek() == '\uFEFF')
        {
            _next++;
        }

        var start = FirstLine();
        if (start.StartsWith("PK\u0003\u0004", StringComparison.Ordinal))
        {
            throw Fault(new(file, 1, 1), "this is a workbook (or another zip file), not a text: save its sheet as CSV, in UTF-8");
        }

        if (start.AsSpan().Trim() is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var named] && Separators.Contains(named))
        {
            for (var i = 0; i < start.Length; i++)
            {
                Next();
            }

            separator ??= named;
            start = FirstLine();
        }

        Separator = separator ?? DetectSeparator(start);
        _ends = $"{Separator}{LineEnds}{NotText}";
    }

    /// <summary>The separator in use.</summary>
    public char Separator { get; }

    private SourcePosition Position => new(_file, _line, _column);

    /// <summary>The next record that is not an empty line; null at the end.</summary>
    /// <exception cref="StudyFileException">A quote is not closed, or the file is not text.</exception>
    public IReadOnlyList<CsvField>? Read()
    {
        while (Peek() >= 0)
        {
            if (Peek() is '\r' or '\n')
            {
                EndLine();
                continue;
            }

            var fields = new List<CsvField>();
            while (true)
            {
                fields.Add(ReadField());
                if (fields.Count > MostFields)
                {
                    throw Fault(fields[^1].Position, FormattableString.Invariant($"found more than {MostFields} fields in one row: this is no table of studies"));
                }

                if (Peek() != Separator)
                {
                    break;
                }

                Next();
            }

            EndLine();
            if (fields.Exists(field => field.Text.Length > 0))
            {
                return fields;
            }
        }

        return null;
    }

    private CsvField ReadField()
    {
        var position = Position;
        _text.Clear();
        while (Peek() is ' ' or '\t' or '\u00a0' && Peek() != Separator)
        {
            Append([(char)Next()], position);
        }

        if (Peek() == '"')
        {
            _text.Clear();
            Quoted(Position);
        }

        Run(_ends, position);
        return new CsvField(_text.ToString().Trim(), position);
    }

    private void Quoted(SourcePosition start)
    {
        Next();
        while (true)
        {
            Run($"\"{LineEnds}{NotText}", start);
            var next = Next();
            if (next < 0)
            {
                throw Fault(start, "the quote that opens here is never closed");
            }

            if (next == '"')
            {
                if (Peek() != '"')
                {
                    return;
                }

                Next();
            }

            Append([(char)next], start);
        }
    }

    /// <summary>Takes the characters up to one of those that end them, or to the end of the text.</summary>
    private void Run(string ends, SourcePosition start)
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_next, _count - _next);
            var length = rest.IndexOfAny(ends) is >= 0 and var end ? end : rest.Length;
            Append(rest[..length], start);
            (_next, _column) = (_next + length, _column + length);
            if (length < rest.Length)
            {
                RequireText(rest[length], start);
                return;
            }
        }
    }

    private void Append(ReadOnlySpan<char> characters, SourcePosition start)
    {
        _text.Append(characters);
        if (_text.Length > LongestField)
        {
            throw Fault(start, "found a field of more than a million characters: a quote may be missing, or this is no table");
        }
    }

    private static void RequireText(char character, SourcePosition start)
    {
        if (NotText.Contains(character))
        {
            throw Fault(start, character == 0
                ? "found a NUL character: this is not a text file, or it is UTF-16 without a mark at its start; save it as UTF-8"
                : "found a character that is not UTF-8: save the file as UTF-8 (\"CSV UTF-8\" in spreadsheets)");
        }
    }

    private void EndLine()
    {
        if (Peek() == '\r')
        {
            Next();
        }

        if (Peek() == '\n')
        {
            Next();
        }
    }

    private int Peek()
    {
        if (_next == _count)
        {
            (_next, _count) = (0, 0);
            More();
        }

        return _next < _count ? _buffer[_next] : -1;
    }

    private int Next()
    {
        var next = Peek();
        if (next >= 0)
        {
            _next++;
        }

        var endsLine = next == '\n' || (next == '\r' && Peek() != '\n');
        (_line, _column) = endsLine ? (_line + 1, 1) : (_line, _column + 1);
        return next;
    }

    private bool More()
    {
        var read = _reader.Read(_buffer, _count, _buffer.Length - _count);
        _count += read;
        return read > 0;
    }

    private static StudyFileException Fault(SourcePosition position, string message) => new([new FileFault(position, message)]);

    /// <summary>The first line that is not blank, with what stands before it, as far as the buffer goes; it is still to be read.</summary>
    private string FirstLine()
    {
        var isBlank = true;
        var at = _next;
        while (at < _count || More())
        {
            var next = _buffer[at++];
            isBlank &= char.IsWhiteSpace(next);
            if (next is '\n' or '\r' && !isBlank)
            {
                break;
            }
        }

        return new string(_buffer, _next, at - _next);
    }

    private static char DetectSeparator(string header)
    {
        Span<int> counts = stackalloc int[Separators.Length];
        var quoted = false;
        foreach (var character in header)
        {
            quoted ^= character == '"';
            if (!quoted && Separators.IndexOf(character, StringComparison.Ordinal) is >= 0 and var found)
            {
                counts[found]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Separators[best];
    }
}
