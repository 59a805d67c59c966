namespace MetaSpine;

/// <summary>
/// Divides RIS into its records: from TY to ER. A line without a tag continues the field before it, also one that begins with the
/// letters ER. What databases write between records (their numbers, "Link to ...") belongs to none; a tag there belongs to the record
/// before, as Ovid's NL does.
/// </summary>
internal sealed class RisRecords(TextReader text, ReferenceFaults faults)
{
    private readonly TaggedLines _lines = new(text, faults);

    /// <summary>The record that was ended last, which fields may still follow.</summary>
    private TaggedRecord? _ended;

    /// <summary>The record that is being read: one that begins with TY, or fields between records.</summary>
    private TaggedRecord? _open;

    private bool _hasType, _afterBlank, _mayHaveOneSpace = true;

    public IEnumerable<TaggedRecord> Read()
    {
        while (_lines.TryRead(out var line))
        {
            if (!IsTag(line, _mayHaveOneSpace, out var tag, out var value))
            {
                if (_open is not null && (_hasType || !(_afterBlank || line.Length == 0)))
                {
                    _open.Continue(line);
                }

                _afterBlank = line.Length == 0;
                continue;
            }

            _afterBlank = false;
            if (tag == "TY")
            {
                _mayHaveOneSpace = line.StartsWith("TY -", StringComparison.Ordinal);
                foreach (var record in Missing("the record has no ER at its end: it was taken to end where the next begins"))
                {
                    yield return record;
                }

                (_open, _hasType) = (new(_lines.Position, faults), true);
                _open.Begin(tag, value, _lines.Position);
            }
            else if (tag != "ER")
            {
                _hasType &= _open is not null;
                _open ??= new(_lines.Position, faults);
                _open.Begin(tag, value, _lines.Position);
            }
            else if (_open is not null)
            {
                if (!_hasType)
                {
                    faults.Add(_open.Position, "the record does not begin with TY: it was read as one of no known type");
                }

                if (_ended is not null)
                {
                    yield return _ended;
                }

                (_ended, _open) = (_open, null);
            }
        }

        foreach (var record in Missing("the file ends within the record, before its ER: it may have been cut off"))
        {
            yield return record;
        }
    }

    /// <summary>Whether a text is RIS: one of its lines is a TY with a type.</summary>
    public static bool Begins(string start) => start.Split('\n', '\r').Any(line =>
        line.StartsWith("TY", StringComparison.Ordinal) && IsTag(line, mayHaveOneSpace: true, out _, out var type) && type.Length > 0);

    /// <summary>The records to hand out where a TY or the file's end stands in place of an ER.</summary>
    private IEnumerable<TaggedRecord> Missing(string problem)
    {
        var (ended, open) = (_ended, _open);
        (_ended, _open) = (null, null);
        var stands = open is not null && (_hasType || open.Fields.Any(field => field.Tag is "TI" or "T1"));
        if (open is not null && !stands)
        {
            if (ended is null)
            {
                faults.Add(open.Position, "these fields stand before the first TY, in no record, and were left out");
            }

            ended?.Append(open.Fields);
        }

        if (ended is not null)
        {
            yield return ended;
        }

        if (stands)
        {
            faults.Add(open!.Position, problem);
            yield return open;
        }
    }

    /// <summary>Whether a line has a tag: a capital, a capital or a digit, two spaces (one, where TY has one), a hyphen.</summary>
    public static bool IsTag(string line, bool mayHaveOneSpace, out string tag, out string value)
    {
        var hyphen = line.Length < 4 || !char.IsAsciiLetterUpper(line[0]) || !(char.IsAsciiLetterUpper(line[1]) || char.IsAsciiDigit(line[1])) || line[2] != ' ' ? 0
            : line[3] == ' ' && line.Length > 4 && line[4] == '-' ? 4
            : mayHaveOneSpace && line[3] == '-' && (line.Length == 4 || line[4] == ' ') ? 3 : 0;
        (tag, value) = hyphen == 0 ? ("", "") : (line[..2], line[(hyphen + 1)..]);
        return hyphen > 0;
    }
}
