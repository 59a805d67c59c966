namespace MetaSpine;

/// <summary>One thing that is wrong in a study or review file.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Message">What was found, what was expected and, where it can be told, what to write instead.</param>
public sealed record FileFault(SourcePosition Position, string Message)
{
    /// <summary>Returns <c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Position}: {Message}";
}
