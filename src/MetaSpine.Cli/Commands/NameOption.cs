using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary>Options that take one of a few names.</summary>
internal static class NameOption
{
    public static Option<string?> Of(string name, string description, IEnumerable<string> choices)
    {
        var option = new Option<string?>(name) { Description = $"{description}: {string.Join(", ", choices)}.", HelpName = "NAME" };
        option.CompletionSources.Add([.. choices]);
        return option;
    }

    /// <summary>The end of a message about a name that there is not: the one that was meant, where one is near.</summary>
    public static string Meant(string name, IEnumerable<string> known) => NearestName.Of(name, known) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>Which of some names was given; the first where none was.</summary>
    public static int Index(ParseResult parsed, Option<string?> option, IEnumerable<string> names)
    {
        var known = names.ToList();
        return parsed.GetValue(option) is not { } name ? 0
            : known.FindIndex(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index
            : throw new UsageException($"{option.Name} {name}: expected {string.Join(", ", known[..^1])} or {known[^1]}{Meant(name, known)}");
    }
}
