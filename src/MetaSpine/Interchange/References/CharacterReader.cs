namespace MetaSpine;

/// <summary>Reads a text one character at a time and knows the line and the column.</summary>
/// <param name="text">The text; any of <c>\n</c>, <c>\r</c> and <c>\r\n</c> ends a line, and comes out as <c>\n</c>.</param>
internal sealed class CharacterReader(TextReader text)
{
    /// <summary>What stands for the end of the text.</summary>
    public const int End = -1;

    private readonly char[] _buffer = new char[16384];
    private int _start, _end;
    private bool _afterReturn;

    /// <summary>The line of the next character, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The column of the next character, from 1.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>The next character, which stays; <see cref="End"/> behind the last.</summary>
    public int Peek()
    {
        if (_afterReturn && Fill() && _buffer[_start] == '\n')
        {
            _start++;
        }

        _afterReturn = false;
        return !Fill() ? End : _buffer[_start] == '\r' ? '\n' : _buffer[_start];
    }

    /// <summary>Takes the next character; <see cref="End"/> behind the last.</summary>
    public int Read()
    {
        var next = Peek();
        if (next == End)
        {
            return End;
        }

        _afterReturn = _buffer[_start++] == '\r';
        (Line, Column) = next == '\n' ? (Line + 1, 1) : (Line, Column + 1);
        return next;
    }

    /// <summary>Passes over white space.</summary>
    public void SkipSpace()
    {
        while (Peek() is var next && next != End && char.IsWhiteSpace((char)next))
        {
            Read();
        }
    }

    private bool Fill()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, text.Read(_buffer));
        }

        return _start < _end;
    }
}
