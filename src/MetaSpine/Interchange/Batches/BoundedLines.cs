using System.Text;

namespace MetaSpine;

/// <summary>Reads lines in bounded memory: a line that is too long is passed over.</summary>
internal sealed class BoundedLines(TextReader reader, int longest)
{
    private readonly char[] _buffer = new char[16384];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;

    /// <summary>The next line without its end; false at the end of the text.</summary>
    public bool TryRead(out string line, out bool tooLong)
    {
        _line.Clear();
        tooLong = false;
        var any = false;
        while (Fill())
        {
            any = true;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf('\n');
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
