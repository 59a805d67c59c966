using System.Text;

namespace MetaSpine;

/// <summary>One field of a CSV record, without its quotes, and where it stands.</summary>
internal readonly record struct CsvField(string Text, SourcePosition Position);

/// <summary>
/// Reads separated values as RFC 4180 describes them, one record at a time: quoted fields may hold separators, line ends and
/// doubled quotes. The separator (comma, semicolon or tab) is the one that the header line has most of.
/// </summary>
internal sealed class CsvReader
{
    private const int LongestField = 1_000_000;
    private const int LongestHeader = 100_000;

    private readonly TextReader _reader;
    private readonly string _file;
    private readonly string _start;
    private int _startNext;
    private int _line = 1;
    private int _column = 1;

    /// <param name="reader">The text; a byte order mark at its start is skipped.</param>
    /// <param name="file">The name for error messages.</param>
    public CsvReader(TextReader reader, string file)
    {
        _reader = reader;
        _file = file;
        _start = FirstLine(reader);
        Separator = DetectSeparator(_start);
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
            var fields = new List<CsvField>();
            while (true)
            {
                fields.Add(ReadField());
                if (Peek() != Separator)
                {
                    break;
                }

                Next();
            }

            EndLine();
            if (fields.Any(field => field.Text.Length > 0))
            {
                return fields;
            }
        }

        return null;
    }

    private CsvField ReadField()
    {
        var position = Position;
        var text = new StringBuilder();
        if (Peek() == '"')
        {
            Quoted(text, position);
        }

        while (Peek() is var next && next >= 0 && next != Separator && next is not ('\r' or '\n'))
        {
            Append(text, Next(), position);
        }

        return new CsvField(text.ToString().Trim(), position);
    }

    private void Quoted(StringBuilder text, SourcePosition start)
    {
        Next();
        while (true)
        {
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

            Append(text, next, start);
        }
    }

    private static void Append(StringBuilder text, int character, SourcePosition start)
    {
        text.Append(character switch
        {
            0 => throw Fault(start, "found a NUL character: this is not a text file"),
            '\uFFFD' => throw Fault(start, "found a character that is not UTF-8: save the file as UTF-8 (\"CSV UTF-8\" in spreadsheets)"),
            _ => (char)character,
        });
        if (text.Length > LongestField)
        {
            throw Fault(start, "found a field of more than a million characters: a quote may be missing, or this is no table");
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

    private int Peek() => _startNext < _start.Length ? _start[_startNext] : _reader.Peek();

    private int Next()
    {
        var next = _startNext < _start.Length ? _start[_startNext++] : _reader.Read();
        var endsLine = next == '\n' || (next == '\r' && Peek() != '\n');
        (_line, _column) = endsLine ? (_line + 1, 1) : (_line, _column + 1);
        return next;
    }

    private static StudyFileException Fault(SourcePosition position, string message) => new([new FileFault(position, message)]);

    private static string FirstLine(TextReader reader)
    {
        var line = new StringBuilder();
        if (reader.Peek() == '\uFEFF')
        {
            reader.Read();
        }

        while (line.Length < LongestHeader && reader.Read() is var next && next >= 0)
        {
            line.Append((char)next);
            if (next is '\n' or '\r' && line.ToString().AsSpan().Trim().Length > 0)
            {
                break;
            }
        }

        return line.ToString();
    }

    private static char DetectSeparator(string header)
    {
        Span<char> separators = [',', ';', '\t'];
        Span<int> counts = stackalloc int[separators.Length];
        var quoted = false;
        foreach (var character in header)
        {
            quoted ^= character == '"';
            if (!quoted && separators.IndexOf(character) is >= 0 and var found)
            {
                counts[found]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return separators[best];
    }
}
