using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine convert</c>: references from one format to another.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string[]>("FILE")
        {
            Description = "Files of references; their formats are known by their content, their letters may be UTF-8, UTF-16 or Windows-1252.", Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o") { Description = "Write to a file, in UTF-8.", HelpName = "FILE" };
        var to = new Option<string?>("--to")
        {
            Description = $"The format to write: {string.Join(", ", ReferenceFile.FormatCodes)}. Default: as the output file's name ends.", HelpName = "FORMAT",
        };
        var command = new Command("convert", "Convert references between the formats of databases and reference managers.") { input, output, to };
        command.SetAction(parsed => Convert(parsed.GetValue(input)!, parsed.GetValue(output), parsed.GetValue(to), terminal));
        return command;
    }

    private static int Convert(string[] files, string? output, string? to, Terminal terminal)
    {
        var format = Usage.Checked(() => to is not null ? ReferenceFile.FormatOfCode(to)
            : output is null or "-" ? throw new UsageException("say in which format to write: --to FORMAT, or -o FILE whose name ends as one")
            : ReferenceFile.FormatOfName(output));
        var libraries = References.Load(files, terminal);
        var text = new StringWriter { NewLine = "\n" };
        ReferenceFile.Write(libraries.SelectMany(library => library.References), text, format);
        if (output is null or "-")
        {
            terminal.Out.Write(text.ToString());
        }
        else
        {
            OutputOptions.Save(output, text.ToString());
        }

        var count = libraries.Sum(library => library.References.Count);
        terminal.Note(FormattableString.Invariant($"{count} {(count == 1 ? "reference" : "references")} written"));
        return libraries.All(library => library.Faults.Count == 0) ? Tool.Done : Tool.BadInput;
    }
}
