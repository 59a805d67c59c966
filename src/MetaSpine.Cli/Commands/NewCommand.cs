using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine new</c>: a file to begin with, whose comments say what goes where.</summary>
internal static class NewCommand
{
    private static readonly string[] Kinds = ["study", "review", "table"];

    public static Command Create(Terminal terminal)
    {
        var kind = NameArgument.Of("KIND", "study, review or table", Kinds);
        var file = new Option<string?>("--output", "-o") { Description = "The file to write, which must not be there yet. Default: standard output.", HelpName = "FILE" };
        var command = new Command("new", "Write a commented file to begin with: a study, a review, or a table.") { kind, file };
        command.SetAction(parsed =>
        {
            var asked = NameArgument.Value(parsed, kind, "new", Kinds);
            var text = (asked switch { "study" => StarterFiles.Study, "review" => StarterFiles.Review, _ => StarterFiles.Table }).ReplaceLineEndings("\n");
            if (parsed.GetValue(file) is not { } path || path == "-")
            {
                terminal.Out.Write(text);
                return;
            }

            OutputOptions.SaveNew(path, text);
            terminal.Out.WriteLine(asked == "table"
                ? $"{path} is written; its numbers are made up. Try: metaspine pool {path} --measure OR"
                : $"{path} is written; its numbers are made up. Try: metaspine check {path} && metaspine pool {path}");
        });
        return command;
    }
}
