namespace MetaSpine;

/// <summary>
/// Cuts a text of XML into its records, so that one that is broken does not take the others with it and none but one is in memory.
/// What a document type declares is passed over, never carried out: there are no entities but XML's own five.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="roots">The names that the root of such a text may have.</param>
/// <param name="names">The names of the elements that are records.</param>
internal sealed class XmlRecords(TextReader text, ReferenceFaults faults, string[] roots, string[] names)
{
    private const int LongestTag = 100_000, LongestName = 100;

    private readonly CharacterReader _reader = new(text);
    private readonly RecordText _record = new();
    private string? _open, _root;
    private bool _isRootClosed, _toldEntities;
    private SourcePosition _position;

    /// <summary>The records: each as a text of XML with the place of its first character.</summary>
    public IEnumerable<(string Xml, SourcePosition Position)> Read()
    {
        for (var next = _reader.Peek(); next != CharacterReader.End; next = _reader.Peek())
        {
            if (next != '<')
            {
                Keep(_reader.Read());
                continue;
            }

            var at = faults.At(_reader.Line, _reader.Column);
            _reader.Read();
            if (_reader.Peek() is '!' or '?')
            {
                SkipDeclaration();
                continue;
            }

            var tag = Tag();
            var name = Name(tag);
            if (tag[0] != '/' && names.Contains(name))
            {
                if (_open is not null)
                {
                    faults.Add(_position, $"the record has no </{_open}> before the next one begins: it was left out");
                }

                Begin(name, at);
            }

            Keep($"<{tag}>");
            if (name == _open && (tag[0] == '/' || tag[^1] == '/'))
            {
                if (_record.IsTooLong)
                {
                    faults.Add(_position, "the record is larger than any reference can be: it was left out");
                }
                else
                {
                    yield return (_record.ToString(), _position);
                }

                _open = null;
            }
            else if (_open is null)
            {
                if (_root is null && !roots.Contains(name))
                {
                    faults.Add(at, $"the file begins with <{name}>, expected <{roots[0]}>: only its elements <{string.Join("> and <", names)}> are read");
                }

                _root ??= name;
                _isRootClosed |= name == _root && (tag[0] == '/' || tag[^1] == '/');
            }
        }

        if (_open is not null)
        {
            faults.Add(_position, $"the file ends within the record, before </{_open}>: it may have been cut off, and the record was left out");
        }
        else if (_root is null || !_isRootClosed)
        {
            faults.Add(faults.At(_reader.Line, _reader.Column), $"the file ends before </{_root ?? names[0]}>: it may have been cut off");
        }
    }

    private void Begin(string name, SourcePosition at)
    {
        _record.Clear();
        (_open, _position) = (name, at);
    }

    private void Keep(int character)
    {
        if (_open is not null)
        {
            _record.Append(XmlText.IsAllowed((char)character) ? character : ' ');
        }
    }

    private void Keep(string characters)
    {
        foreach (var character in characters)
        {
            Keep(character);
        }
    }

    /// <summary>
    /// What stands between the angles of a tag. A quotation mark that is missing must not swallow the rest of the file: an opening
    /// angle, which no tag may hold, ends it as well.
    /// </summary>
    private string Tag()
    {
        var (tag, quote) = (new System.Text.StringBuilder(), '\0');
        for (var next = _reader.Peek(); next is not ('<' or CharacterReader.End) && tag.Length < LongestTag; next = _reader.Peek())
        {
            _reader.Read();
            if (quote == '\0' && next == '>')
            {
                break;
            }

            quote = quote != '\0' ? (next == quote ? '\0' : quote) : next is '"' or '\'' ? (char)next : '\0';
            tag.Append((char)next);
        }

        return tag.Length == 0 ? " " : tag.ToString();
    }

    private static string Name(string tag)
    {
        var start = tag[0] == '/' ? 1 : 0;
        var length = tag.AsSpan(start).IndexOfAny(" \t\n/>");
        return tag.Substring(start, Math.Min(length < 0 ? tag.Length - start : length, LongestName));
    }

    /// <summary>A comment, a CDATA section, an instruction or a document type; of these only the text of a section is kept.</summary>
    private void SkipDeclaration()
    {
        if (_reader.Peek() == '?')
        {
            SkipTo("?>", isKept: false);
            return;
        }

        _reader.Read();
        if (_reader.Peek() == '-')
        {
            SkipComment();
        }
        else if (_reader.Peek() == '[')
        {
            SkipTo("[CDATA[", isKept: false);
            SkipTo("]]>", isKept: true);
        }
        else
        {
            SkipDocumentType();
        }
    }

    private void SkipComment()
    {
        _reader.Read();
        _reader.Read();
        SkipTo("-->", isKept: false);
    }

    private void SkipTo(string end, bool isKept)
    {
        var matched = 0;
        while (matched < end.Length && _reader.Read() is var next && next != CharacterReader.End)
        {
            // The ends "]]>" and "-->" may have their first character once more before them.
            matched = next == end[matched] ? matched + 1 : next == end[0] && matched > 0 && next == end[matched - 1] ? matched : next == end[0] ? 1 : 0;
            if (isKept)
            {
                Keep(next switch { '<' => "&lt;", '&' => "&amp;", '>' => "&gt;", _ => ((char)next).ToString() });
            }
        }

        if (isKept && matched == end.Length && _open is not null)
        {
            _record.Drop("]]&gt;".Length);
        }
    }

    private void SkipDocumentType()
    {
        var (depth, word) = (0, new System.Text.StringBuilder());
        for (var next = _reader.Read(); next != CharacterReader.End; next = _reader.Read())
        {
            if (next is '"' or '\'')
            {
                SkipTo(((char)next).ToString(), isKept: false);
            }
            else if (next == '<' && _reader.Peek() == '!')
            {
                var at = faults.At(_reader.Line, _reader.Column - 1);
                _reader.Read();
                if (_reader.Peek() == '-')
                {
                    SkipComment();
                    continue;
                }

                depth++;
                if (_reader.Peek() == 'E' && StartsEntity() && !_toldEntities)
                {
                    _toldEntities = true;
                    faults.Add(at, "the file declares entities of its own (<!ENTITY): they are not read, and a record that uses one is left out");
                }
            }
            else if (next == '>' && depth-- == 0)
            {
                return;
            }
        }

        bool StartsEntity()
        {
            word.Clear();
            while (word.Length < "ENTITY".Length && _reader.Peek() is >= 'A' and <= 'Z')
            {
                word.Append((char)_reader.Read());
            }

            return word.ToString() == "ENTITY";
        }
    }
}
