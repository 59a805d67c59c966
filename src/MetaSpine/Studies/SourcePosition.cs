namespace MetaSpine;

/// <summary>A place in a file that a person wrote: what an error message points at.</summary>
/// <param name="File">The file's name as it was given; <see langword="null"/> for something made in code.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
public readonly record struct SourcePosition(string? File, int Line, int Column)
{
    /// <summary>Returns <c>file:line:column</c>, the form that editors and terminals make clickable.</summary>
    public override string ToString() => File is null ? "(made in code)" : Line < 1 ? File : $"{File}:{Line}:{Column}";
}
