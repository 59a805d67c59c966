using System.Text;

namespace MetaSpine;

/// <summary>Reads lines in bounded memory: a line that is too long is passed over.</summary>
/// <param name="reader">The text.</param>
/// <param name="longest">The most characters that a line may have.</param>
/// <param name="endsAtReturn">Whether a carriage return ends a line too, with a line feed behind it or without.</param>
internal sealed class BoundedLines(TextReader reader, int longest, bool endsAtReturn = false)
{
    private readonly char[] _buffer = new char[16384];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;
    private bool _afterReturn;

    /// <summary>The next line without its end; false at the end of the text.</summary>
    public bool TryRead(out string line, out bool tooLong)
    {
        _line.Clear();
        tooLong = false;
        var any = false;
        while (Fill())
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            if (_afterReturn && rest[0] == '\n')
            {
                (_afterReturn, _start) = (false, _start + 1);
                continue;
            }

            (_afterReturn, any) = (false, true);
            var length = endsAtReturn ? rest.IndexOfAny('\n', '\r') : rest.IndexOf('\n');
            var taken = rest[..(length < 0 ? rest.Length : length)];
            tooLong |= _line.Length + taken.Length > longest;
            if (tooLong)
            {
                _line.Clear();
            }
            else
            {
                _line.Append(taken);
            }

            _start += taken.Length + (length < 0 ? 0 : 1);
            if (length >= 0)
            {
                _afterReturn = rest[length] == '\r';
                break;
            }
        }

        line = _line.ToString();
        return any;
    }

    private bool Fill()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, reader.Read(_buffer));
        }

        return _start < _end;
    }
}
