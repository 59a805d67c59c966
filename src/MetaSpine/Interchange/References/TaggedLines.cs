namespace MetaSpine;

/// <summary>The lines of a tagged format, with their numbers; a line that no record has is a fault and passed over.</summary>
internal sealed class TaggedLines(TextReader text, ReferenceFaults faults)
{
    private const int LongestLine = 1_000_000;

    private readonly BoundedLines _lines = new(text, LongestLine, endsAtReturn: true);
    private int _number;

    /// <summary>Where the last line begins.</summary>
    public SourcePosition Position => faults.At(_number);

    /// <summary>The next line, without white space at its end; false at the end of the text.</summary>
    public bool TryRead(out string line)
    {
        while (_lines.TryRead(out line, out var tooLong))
        {
            _number++;
            if (tooLong)
            {
                faults.Add(Position, "the line has more than a million characters and was passed over: a reference has no such field");
            }
            else if (line.Contains('\0', StringComparison.Ordinal))
            {
                faults.Add(Position, "the line holds a NUL character and was passed over: the file is damaged, or no text from here on");
            }
            else
            {
                line = line.TrimStart('\uFEFF').TrimEnd();
                return true;
            }
        }

        return false;
    }
}
