namespace MetaSpine;

/// <summary>The references of a file, and what was wrong with it.</summary>
/// <param name="References">The references, in the order of the file.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Faults">What could not be read, with file, line and column; empty where everything could.</param>
/// <param name="Notes">What a reader should know of the file as a whole, such as letters that were read as Windows-1252.</param>
public sealed record ReferenceLibrary(
    ValueList<Reference> References, ReferenceFormat Format, ValueList<FileFault> Faults, ValueList<string> Notes);
