using System.Text;

namespace MetaSpine;

/// <summary>A tag and its text, whose lines are divided by <c>\n</c>.</summary>
internal readonly record struct TaggedField(string Tag, string Text, SourcePosition Position);

/// <summary>A record as a tagged format writes it: fields in their order. What is larger than any reference is cut, which is a fault.</summary>
internal sealed class TaggedRecord(SourcePosition position, ReferenceFaults faults)
{
    private const int LongestRecord = 10_000_000, MostFields = 100_000;

    private readonly List<TaggedField> _fields = [];
    private readonly StringBuilder _text = new();
    private string? _tag;
    private SourcePosition _at;
    private int _length, _blank;
    private bool _isFull;

    public SourcePosition Position => position;

    public IReadOnlyList<TaggedField> Fields
    {
        get
        {
            End();
            return _fields;
        }
    }

    public void Begin(string tag, string text, SourcePosition at)
    {
        End();
        if (Fits(text))
        {
            (_tag, _at, _blank) = (tag, at, 0);
            _text.Append(text.AsSpan().Trim());
        }
    }

    /// <summary>Adds a line to the field that was begun last; empty lines count only before another one.</summary>
    public void Continue(string line)
    {
        if (line.AsSpan().Trim() is { Length: > 0 } text)
        {
            if (_tag is not null && Fits(line))
            {
                _text.Append('\n', _text.Length == 0 ? 0 : _blank + 1).Append(text);
            }

            _blank = 0;
        }
        else
        {
            _blank = Math.Min(_blank + 1, 1);
        }
    }

    public void Append(IEnumerable<TaggedField> fields)
    {
        foreach (var (tag, text, at) in fields)
        {
            Begin(tag, text, at);
        }
    }

    private void End()
    {
        if (_tag is not null)
        {
            _fields.Add(new(_tag, _text.ToString(), _at));
            _text.Clear();
            _tag = null;
        }
    }

    private bool Fits(string text)
    {
        _length += _isFull ? 0 : text.Length + 1;
        if (!_isFull && (_length > LongestRecord || _fields.Count >= MostFields))
        {
            _isFull = true;
            faults.Add(position, "the record is larger than any reference can be: it was cut");
        }

        return !_isFull;
    }
}
