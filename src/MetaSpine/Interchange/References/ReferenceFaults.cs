namespace MetaSpine;

/// <summary>Takes what is wrong with the records of a file, up to a number that a person can still read.</summary>
internal sealed class ReferenceFaults(string file)
{
    private const int Most = 1000;

    private readonly List<FileFault> _faults = [];

    /// <summary>The faults until now.</summary>
    public IReadOnlyList<FileFault> All => _faults;

    /// <summary>A place in the file; line and column from 1.</summary>
    public SourcePosition At(int line, int column = 1) => new(file, line, column);

    /// <summary>Adds a fault: what was found, what was expected, and what became of the record.</summary>
    public void Add(SourcePosition position, string message)
    {
        if (_faults.Count < Most)
        {
            _faults.Add(new(position, message));
        }
        else if (_faults.Count == Most)
        {
            _faults.Add(new(position, FormattableString.Invariant($"there are more than {Most} faults: from here on they are not listed")));
        }
    }
}
