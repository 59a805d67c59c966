namespace MetaSpine;

/// <summary>
/// Cuts a text of BibTeX into its entries. What stands between them is a comment. An entry whose braces do not close ends where the next
/// line begins another.
/// </summary>
internal sealed class BibTexRecords(TextReader text, ReferenceFaults faults)
{
    private const int LongestName = 100;

    private readonly CharacterReader _reader = new(text);
    private readonly RecordText _body = new();
    private SourcePosition _start, _bodyStart;

    /// <summary>The entries, among them those that are none of a reference (<c>string</c>, <c>comment</c>, <c>preamble</c>).</summary>
    public IEnumerable<BibTexRecord> Read()
    {
        var (any, type) = (false, (string?)null);
        while (true)
        {
            type ??= Find();
            if (type is null)
            {
                break;
            }

            any = true;
            _reader.SkipSpace();
            if (_reader.Peek() is not ('{' or '('))
            {
                type = null;
                continue;
            }

            var (start, name) = (_start, type);
            var isBraced = _reader.Read() == '{';
            _bodyStart = faults.At(_reader.Line, _reader.Column);
            var (bodyStart, isWhole) = (_bodyStart, Body(isBraced, out type));
            if (!isWhole)
            {
                faults.Add(start, type is null ? $"the file ends within this @{name}, before its {(isBraced ? '}' : ')')}: it may have been cut off, and was left out"
                    : $"this @{name} has no closing {(isBraced ? "brace" : "bracket")} before the next entry begins: it was left out");
            }
            else if (_body.IsTooLong)
            {
                faults.Add(start, $"this @{name} is larger than any reference can be: it was left out");
            }
            else
            {
                yield return new(name, _body.ToString(), start, bodyStart);
            }
        }

        if (!any)
        {
            faults.Add(faults.At(1), "there is no entry in the file, such as @article{key, title = {...}}");
        }
    }

    /// <summary>The type of the next entry, behind its <c>@</c>; null where there is none.</summary>
    private string? Find()
    {
        for (var next = _reader.Peek(); next != CharacterReader.End; next = _reader.Peek())
        {
            var at = faults.At(_reader.Line, _reader.Column);
            _reader.Read();
            if (next == '@' && Name() is { Length: > 0 } name)
            {
                _start = at;
                return name;
            }
        }

        return null;
    }

    private string Name()
    {
        var name = new System.Text.StringBuilder();
        while (name.Length < LongestName && _reader.Peek() is var next && next != CharacterReader.End && char.IsAsciiLetter((char)next))
        {
            name.Append((char)_reader.Read());
        }

        return name.ToString().ToLowerInvariant();
    }

    /// <summary>Takes what stands between the braces of an entry.</summary>
    /// <param name="isBraced">Whether the entry stands in braces, not in round brackets.</param>
    /// <param name="nextType">The type of the entry that begins before this one's end.</param>
    /// <returns>Whether the end was found.</returns>
    private bool Body(bool isBraced, out string? nextType)
    {
        nextType = null;
        _body.Clear();
        var (depth, isQuoted, isLineStart) = (0, false, false);
        for (var next = _reader.Peek(); next != CharacterReader.End; next = _reader.Peek())
        {
            var at = faults.At(_reader.Line, _reader.Column);
            _reader.Read();
            if (next == '@' && isLineStart)
            {
                var name = Name();
                if (name.Length > 1 && _reader.Peek() == '{')
                {
                    (_start, nextType) = (at, name);
                    return false;
                }

                _body.Append('@');
                foreach (var letter in name)
                {
                    _body.Append(letter);
                }

                isLineStart = false;
                continue;
            }

            if (depth == 0 && !isQuoted && next == (isBraced ? '}' : ')'))
            {
                return true;
            }

            isQuoted ^= next == '"' && depth == 0 && !isBraced;
            depth += next == '{' ? 1 : next == '}' ? -1 : 0;
            isLineStart = next == '\n' || (isLineStart && char.IsWhiteSpace((char)next));
            _body.Append(next);
        }

        return false;
    }
}

/// <summary>An entry of BibTeX.</summary>
/// <param name="Type">What stands behind its <c>@</c>, in small letters.</param>
/// <param name="Body">What stands between its braces.</param>
/// <param name="Start">The place of its <c>@</c>.</param>
/// <param name="BodyStart">The place of the first character of its body.</param>
internal readonly record struct BibTexRecord(string Type, string Body, SourcePosition Start, SourcePosition BodyStart);
