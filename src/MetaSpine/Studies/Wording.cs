namespace MetaSpine;

/// <summary>How sentences for people are put together.</summary>
internal static class Wording
{
    /// <summary>"Gregor", "Gregor and Lucas", "Gregor, Lucas and Jane".</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    /// <summary>The message without the name of the parameter, which means nothing to whoever wrote no code.</summary>
    public static string Sentence(ArgumentException error) =>
        error.ParamName is null ? error.Message : error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
}
