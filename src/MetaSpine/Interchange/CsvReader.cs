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

    /// <summary>The separators that are recognised.</summary>
    public const string Separators = ",;\t|";

    private readonly TextReader _reader;
    private readonly string _file;
    private string _start;
    private int _startNext;
    private int _line = 1;
    private int _column = 1;

    /// <param name="reader">The text; a byte order mark at its start is skipped.</param>
    /// <param name="file">The name for error messages.</param>
    /// <param name="separator">The separator; null where it is to be recognised.</param>
    public CsvReader(TextReader reader, string file, char? separator = null)
    {
        _reader = reader;
        _file = file;
        _start = FirstLine(reader);
        if (_start.StartsWith("PK\u0003\u0004", StringComparison.Ordinal))
        {
            throw Fault(new(file, 1, 1), "this is a workbook (or another zip file), not a text: save its sheet as CSV, in UTF-8");
        }

        if (_start.AsSpan().Trim() is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var named] && Separators.Contains(named))
        {
            _line += _start.Count(c => c == '\n');
            separator ??= named;
            _start = FirstLine(reader);
        }

        Separator = separator ?? DetectSeparator(_start);
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
        var text = new StringBuilder();
        while (Peek() is ' ' or '\t' or '\u00a0' && Peek() != Separator)
        {
            Append(text, Next(), position);
        }

        if (Peek() == '"')
        {
            text.Clear();
            Quoted(text, Position);
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
            0 => throw Fault(start, "found a NUL character: this is not a text file, or it is UTF-16 without a mark at its start; save it as UTF-8"),
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

        var isBlank = true;
        while (line.Length < LongestHeader && reader.Read() is var next && next >= 0)
        {
            line.Append((char)next);
            isBlank &= char.IsWhiteSpace((char)next);
            if (next is '\n' or '\r' && !isBlank)
            {
                break;
            }
        }

        return line.ToString();
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
