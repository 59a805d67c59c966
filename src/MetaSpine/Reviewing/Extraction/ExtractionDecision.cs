namespace MetaSpine;

/// <summary>What is kept of a difference between two extractions, and why.</summary>
/// <param name="Study">The study's id; empty where there is only one.</param>
/// <param name="Path">The field, as <see cref="FieldDifference.Path"/> has it.</param>
/// <param name="Kept"><c>A</c> or <c>B</c> for what that file gives, which may be nothing; anything else is the value itself.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtractionDecision(string Study, string Path, string Kept, string? Reason)
{
    /// <summary>What the first file was said to give, by which a decision on other files is found out; <see langword="null"/> where that is not known.</summary>
    public string? A { get; init; }

    /// <summary>The same of the second.</summary>
    public string? B { get; init; }

    /// <summary>Where the decision is written.</summary>
    public SourcePosition Position { get; init; }
}

/// <summary>A study as two extractions give it together.</summary>
/// <param name="Id">The study's id.</param>
/// <param name="FileName">The name of the file that it came from, without its folder.</param>
/// <param name="Text">The text of its file.</param>
/// <param name="Study">What the text says.</param>
/// <param name="KeepsLayout">Whether comments and layout of the first extraction are kept; where its text cannot be edited in place, it is written anew.</param>
public sealed record ReconciledStudy(string Id, string FileName, string Text, Study Study, bool KeepsLayout);
