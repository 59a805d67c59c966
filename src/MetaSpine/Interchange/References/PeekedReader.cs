namespace MetaSpine;

/// <summary>A text whose beginning was looked at and stands to be read again.</summary>
internal sealed class PeekedReader : TextReader
{
    private readonly TextReader _rest;
    private readonly char[] _start;
    private readonly int _length;
    private int _next;

    /// <param name="text">The text, which is disposed with this one.</param>
    /// <param name="most">How many characters to look at.</param>
    public PeekedReader(TextReader text, int most)
    {
        _rest = text;
        _start = new char[most];
        _length = text.ReadBlock(_start, 0, most);
        _next = _length > 0 && _start[0] == '\uFEFF' ? 1 : 0;
    }

    /// <summary>The beginning, without a byte order mark.</summary>
    public string Start => new(_start, _start[..1] is ['\uFEFF'] ? 1 : 0, _length - (_start[..1] is ['\uFEFF'] ? 1 : 0));

    /// <inheritdoc/>
    public override int Peek() => _next < _length ? _start[_next] : _rest.Peek();

    /// <inheritdoc/>
    public override int Read() => _next < _length ? _start[_next++] : _rest.Read();

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (_next >= _length)
        {
            return _rest.Read(buffer);
        }

        var count = Math.Min(buffer.Length, _length - _next);
        _start.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
