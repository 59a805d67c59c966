namespace MetaSpine;

/// <summary>A study or review file, or another file, cannot be used. Its message prints the faults of the file, one a line, the first 250 of them.</summary>
public sealed class StudyFileException : Exception
{
    /// <summary>Creates the exception from the faults that were found.</summary>
    /// <param name="faults">All faults, in the order of the file; at least one.</param>
    public StudyFileException(IReadOnlyList<FileFault> faults)
        : base(Wording.Lines(faults)) => Faults = faults;

    /// <summary>Every fault of the file (and, for a review, of the study files that it names).</summary>
    public IReadOnlyList<FileFault> Faults { get; }
}
