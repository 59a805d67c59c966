using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine measures</c>: the registry.</summary>
internal static class MeasuresCommand
{
    public static Command Create(Terminal terminal)
    {
        var output = new OutputOptions();
        var command = new Command("measures", "List the effect-size measures and the columns that each needs.");
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var table = Registry();
            output.Write(parsed, terminal, output.Format(parsed) switch
            {
                OutputFormat.Markdown => table.ToMarkdown(),
                OutputFormat.Html => table.ToHtml(),
                OutputFormat.Json => table.ToJson(),
                OutputFormat.Csv => table.ToCsv(),
                _ => table.ToText(terminal.Width),
            });
        });
        return command;
    }

    private static Table Registry() => new(
        [new("code"), new("measure"), new("columns"), new("variances")],
        [.. Measures.All.Select(measure => (string[])[
            measure.Code,
            measure.Name,
            string.Join(" or ", measure.Family.Alternatives.Select(set => string.Join(' ', set.Select(input => input.Column)))),
            string.Join(' ', measure.Variances)])]);
}

/// <summary><c>metaspine schema</c>: the JSON Schemas of the file kinds, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        var kind = new Argument<string>("KIND") { Description = "study or review" };
        kind.AcceptOnlyFromAmong("study", "review");
        var command = new Command("schema", "Print the JSON Schema of study or review files, by which editors complete and check them.") { kind };
        command.SetAction(parsed => terminal.Out.WriteLine(
            StudyFile.JsonSchema(parsed.GetValue(kind) == "study" ? StudyFileKind.Study : StudyFileKind.Review).TrimEnd()));
        return command;
    }
}

/// <summary><c>metaspine batch</c>: requests as JSON lines.</summary>
internal static class BatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("batch", "Answer requests from other programs: one JSON object a line from standard input, one a line to standard output.");
        command.SetAction(_ => Batch.Run(terminal.In, terminal.Out));
        return command;
    }
}
