using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary>Options that take one of a few names.</summary>
internal static class NameOption
{
    public static Option<string?> Of(string name, string description, IEnumerable<string> choices) =>
        new(name) { Description = $"{description}: {string.Join(", ", choices)}.", HelpName = "NAME" };

    /// <summary>Which of some names was given; the first where none was.</summary>
    public static int Index(ParseResult parsed, Option<string?> option, IEnumerable<string> names)
    {
        var known = names.ToList();
        return parsed.GetValue(option) is not { } name ? 0
            : known.FindIndex(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index
            : throw new UsageException($"{option.Name} {name}: expected {string.Join(", ", known[..^1])} or {known[^1]}");
    }
}
