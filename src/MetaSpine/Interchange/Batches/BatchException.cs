namespace MetaSpine;

/// <summary>A request, or one fit of it, that cannot be answered.</summary>
/// <param name="code">A fixed word for programs: <c>wrong-type</c>.</param>
/// <param name="message">A sentence for people.</param>
/// <param name="path">Where in the request: <c>fits[3].mods.X[0]</c>; null where it is the whole.</param>
internal sealed class BatchException(string code, string message, string? path = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Path { get; } = path;
}
