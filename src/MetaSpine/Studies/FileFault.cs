namespace MetaSpine;

/// <summary>One thing that is wrong in a study or review file.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Message">What was found, what was expected and, where it can be told, what to write instead. Beyond 4,000 characters, as where a hostile file has names of megabytes, it is cut off.</param>
public sealed record FileFault(SourcePosition Position, string Message)
{
    /// <summary>What was found, what was expected and, where it can be told, what to write instead.</summary>
    public string Message { get; init; } = Wording.Bounded(Message);

    /// <summary>Returns <c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Position}: {Message}";
}
