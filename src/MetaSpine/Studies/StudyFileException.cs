namespace MetaSpine;

/// <summary>A study or review file cannot be used. Its message prints every fault of the file, one a line.</summary>
public sealed class StudyFileException : Exception
{
    /// <summary>Creates the exception from the faults that were found.</summary>
    /// <param name="faults">All faults, in the order of the file; at least one.</param>
    public StudyFileException(IReadOnlyList<FileFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Every fault of the file (and, for a review, of the study files that it names).</summary>
    public IReadOnlyList<FileFault> Faults { get; }
}
