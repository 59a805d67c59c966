using System.Text;

namespace MetaSpine;

/// <summary>
/// Cuts a text of JSON into its records, so that one that is broken does not take the others with it and none but one is in memory. They
/// are the objects of a list, of the list <c>items</c> of an object or of its <c>message</c> (Crossref's answers), or an object alone.
/// </summary>
internal sealed class JsonRecords(TextReader text, ReferenceFaults faults)
{
    private const int Remembered = 128, LongestKey = 100;

    private readonly CharacterReader _reader = new(text);
    private readonly RecordText _record = new();

    /// <summary>The containers that are open, the first of them.</summary>
    private readonly List<char> _open = [];
    private readonly string[] _keys = new string[3];
    private readonly StringBuilder _string = new();
    private int _depth, _recordDepth;
    private bool _isInRecord, _hasItems, _any;
    private char _before;
    private SourcePosition _start;

    /// <summary>The records: each as a text of JSON with the place of its first character.</summary>
    public IEnumerable<(string Json, SourcePosition Position)> Read()
    {
        while (_reader.Peek() != CharacterReader.End)
        {
            var at = faults.At(_reader.Line, _reader.Column);
            var next = (char)_reader.Read();
            if (char.IsWhiteSpace(next))
            {
                Keep(next);
                continue;
            }

            if (_depth == 1 && !_isInRecord && _open[0] == '[' && (_before is '[' or ',') && next is not ('{' or ']' or ','))
            {
                faults.Add(at, "found a value that is no object in the list of records, expected { ... }: it was left out");
            }

            if (next == '"')
            {
                TakeString();
            }
            else if (next is '{' or '[')
            {
                Open(next, at);
            }
            else
            {
                Keep(next);
                if ((next is '}' or ']') && Close(next))
                {
                    yield return (_record.ToString(), _start);
                }
                else if (next == ':' && (_depth is 1 or 2))
                {
                    _keys[_depth] = _string.ToString();
                }
            }

            _before = next;
        }

        if (_depth > 0)
        {
            faults.Add(_isInRecord ? _start : faults.At(_reader.Line, _reader.Column), $"the file ends before {(_isInRecord ? "the record's end: it may have been cut off, and the record was left out" : "its last bracket: it may have been cut off")}");
        }
        else if (!_any)
        {
            faults.Add(faults.At(1), "there is no record in the file, expected a list such as [{\"type\": \"article-journal\", ...}]");
        }
    }

    private void Open(char bracket, SourcePosition at)
    {
        // No object stands in an object without a name and a colon before it: the brace that should have closed the record is missing.
        if (bracket == '{' && _isInRecord && _hasItems && _before != ':' && _depth <= Remembered && _open[^1] == '{')
        {
            faults.Add(_start, "the record has no } at its end before the next one begins: it was left out");
            _isInRecord = false;
            _open.RemoveRange(_recordDepth, _open.Count - _recordDepth);
            _depth = _recordDepth;
        }

        var isItem = bracket == '{' && ((_depth == 1 && _open[0] == '[') || (_depth == 2 && _open[0] == '{' && _open[1] == '[' && _keys[1] == "items")
            || (_depth == 3 && _open[0] == '{' && _open[1] == '{' && _open[2] == '[' && _keys[1] == "message" && _keys[2] == "items"));
        if (isItem || (_depth == 0 && bracket == '{'))
        {
            _record.Clear();
            (_isInRecord, _hasItems, _recordDepth, _start, _any) = (true, isItem, _depth, at, true);
        }
        else if (_depth == 0)
        {
            (_isInRecord, _any) = (false, true);
        }

        if (_depth++ < Remembered)
        {
            _open.Add(bracket);
        }

        Keep(bracket);
    }

    /// <summary>Closes a container; whether it was a record.</summary>
    private bool Close(char bracket)
    {
        if (_depth == 0)
        {
            faults.Add(faults.At(_reader.Line, _reader.Column - 1), $"found {bracket} where nothing is open: it was passed over");
            return false;
        }

        if (--_depth < Remembered)
        {
            _open.RemoveAt(_depth);
        }

        if (!_isInRecord || _depth > _recordDepth)
        {
            return false;
        }

        _isInRecord = false;
        if (_record.IsTooLong)
        {
            faults.Add(_start, "the record is larger than any reference can be: it was left out");
        }

        return !_record.IsTooLong;
    }

    /// <summary>A text in quotation marks. It ends with its line at the latest, as JSON has no texts of several lines.</summary>
    private void TakeString()
    {
        Keep('"');
        _string.Clear();
        for (var next = _reader.Peek(); next is not ('\n' or CharacterReader.End); next = _reader.Peek())
        {
            Keep((char)_reader.Read());
            if (next == '"')
            {
                return;
            }

            if (_string.Length < LongestKey)
            {
                _string.Append((char)next);
            }

            if (next == '\\' && _reader.Peek() is not ('\n' or CharacterReader.End))
            {
                Keep((char)_reader.Read());
            }
        }
    }

    private void Keep(char character)
    {
        if (_isInRecord)
        {
            _record.Append(character);
        }
    }
}
