using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary>Arguments that are one of a few names.</summary>
internal static class NameArgument
{
    public static Argument<string> Of(string name, string description, string[] choices)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = name };
        argument.CompletionSources.Add(choices);
        return argument;
    }

    /// <summary>The name that was given.</summary>
    /// <exception cref="UsageException">There is no such name; the message has the one that was meant, where one is near.</exception>
    public static string Value(ParseResult parsed, Argument<string> argument, string what, string[] choices)
    {
        var asked = parsed.GetValue(argument)!;
        return choices.Contains(asked) ? asked
            : throw new UsageException($"there is no {what} '{asked}'; there are {string.Join(", ", choices)}{NameOption.Meant(asked, choices)}");
    }
}
