using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine convert</c>: references from one format to another.</summary>
internal static class ConvertCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string[]>("FILE")
        {
            Description = "Files of references, or - for standard input; their formats are known by their content, their letters may be UTF-8, UTF-16 or Windows-1252.", Arity = ArgumentArity.OneOrMore,
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
        var format = Format(output, to);
        var references = new References(files, terminal);
        Write(references.Read(), output, format, terminal);
        terminal.Note(FormattableString.Invariant($"{references.Count} {(references.Count == 1 ? "reference" : "references")} written"));
        return references.HasFaults ? Tool.BadInput : Tool.Done;
    }

    /// <summary>The format to write, as said or as the file's name ends.</summary>
    /// <exception cref="UsageException">It is neither said nor to be seen, or there is none of this name.</exception>
    internal static ReferenceFormat Format(string? output, string? to) => Usage.Checked(() => to is not null ? ReferenceFile.FormatOfCode(to)
        : output is null or "-" ? throw new UsageException("say in which format to write: --to FORMAT, or -o FILE whose name ends as one")
        : ReferenceFile.FormatOfName(output));

    /// <summary>Writes references to a file or to standard output, and tells what the format has no place for.</summary>
    internal static void Write(IEnumerable<Reference> references, string? output, ReferenceFormat format, Terminal terminal)
    {
        var leftOut = new Dictionary<string, int>(StringComparer.Ordinal);
        IEnumerable<Reference> Told() => references.Select(reference =>
        {
            foreach (var place in ReferenceFile.LeftOut(reference, format))
            {
                leftOut[place] = leftOut.GetValueOrDefault(place) + 1;
            }

            return reference;
        });
        if (output is null or "-")
        {
            ReferenceFile.Write(Told(), terminal.Out, format);
        }
        else
        {
            OutputOptions.Save(output, writer => ReferenceFile.Write(Told(), writer, format));
        }

        if (leftOut.Count > 0)
        {
            terminal.Note($"left out, as the format has no place for it: {Shown(leftOut)}");
        }
    }

    /// <summary>What was left out and in how many records, the most frequent first.</summary>
    private static string Shown(Dictionary<string, int> leftOut)
    {
        const int Most = 12;
        var parts = leftOut.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal).Select(item => FormattableString.Invariant($"{item.Key} ({item.Value})")).ToList();
        return string.Join(", ", parts.Take(Most)) + (parts.Count > Most ? FormattableString.Invariant($" and {parts.Count - Most} more") : "");
    }
}
