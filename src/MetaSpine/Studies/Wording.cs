namespace MetaSpine;

/// <summary>How sentences for people are put together.</summary>
internal static class Wording
{
    private const int LongestMessage = 4000, MostLines = 250;

    /// <summary>"Gregor", "Gregor and Lucas", "Gregor, Lucas and Jane".</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    /// <summary>The message as far as anybody would read it: what it quotes of a file may be of any length.</summary>
    public static string Bounded(string message) => message.Length <= LongestMessage ? message : $"{message[..LongestMessage]}...";

    /// <summary>The first of many messages, one a line, and how many more there are.</summary>
    public static string Lines<T>(IReadOnlyList<T> messages) => string.Join(
        Environment.NewLine, messages.Take(MostLines).Select(message => $"{message}").Concat(messages.Count <= MostLines ? [] : [FormattableString.Invariant($"and {messages.Count - MostLines} more faults, not shown")]));

    /// <summary>The message without the name of the parameter, which means nothing to whoever wrote no code.</summary>
    public static string Sentence(ArgumentException error) =>
        error.ParamName is null ? error.Message : error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
}
