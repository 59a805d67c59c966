using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine new</c>: a file to begin with, whose comments say what goes where.</summary>
internal static class NewCommand
{
    private static readonly string[] Kinds = ["study", "review", "table"];

    public static Command Create(Terminal terminal)
    {
        var kind = new Argument<string>("KIND") { Description = "study, review or table" };
        kind.HelpName = kind.Name;
        kind.CompletionSources.Add(Kinds);
        var file = new Option<string?>("--output", "-o") { Description = "The file to write, which must not be there yet. Default: standard output.", HelpName = "FILE" };
        var command = new Command("new", "Write a commented file to begin with: a study, a review, or a table.") { kind, file };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(kind) is { } asked && !Kinds.Contains(asked))
            {
                throw new UsageException($"there is no new '{asked}'; there are {string.Join(", ", Kinds)}{NameOption.Meant(asked, Kinds)}");
            }

            var text = (parsed.GetValue(kind) switch { "study" => StarterFiles.Study, "review" => StarterFiles.Review, _ => StarterFiles.Table }).ReplaceLineEndings("\n");
            if (parsed.GetValue(file) is not { } path || path == "-")
            {
                terminal.Out.Write(text);
                return;
            }

            OutputOptions.SaveNew(path, text);
            terminal.Out.WriteLine(parsed.GetValue(kind) == "table"
                ? $"{path} is written; its numbers are made up. Try: metaspine pool {path} --measure OR"
                : $"{path} is written; its numbers are made up. Try: metaspine check {path} && metaspine pool {path}");
        });
        return command;
    }
}
