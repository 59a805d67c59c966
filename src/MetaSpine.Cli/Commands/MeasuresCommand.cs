using System.CommandLine;
using System.Text;

namespace MetaSpine.Cli;

/// <summary><c>metaspine measures</c>: the registry.</summary>
internal static class MeasuresCommand
{
    public static Command Create(Terminal terminal)
    {
        var code = new Argument<string?>("CODE") { Description = "One measure, in full.", Arity = ArgumentArity.ZeroOrOne };
        var output = new OutputOptions();
        var command = new Command("measures", "List the measures and the columns that each needs.") { code };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var one = parsed.GetValue(code) is { } given ? Usage.Checked(() => Measures.Find(given)) : null;
            var table = Registry(one is null ? Measures.All : [one]);
            output.Write(parsed, terminal, output.Format(parsed) switch
            {
                OutputFormat.Markdown => table.ToMarkdown(),
                OutputFormat.Html => table.ToHtml(),
                OutputFormat.Json => table.ToJson(),
                OutputFormat.Csv => table.ToCsv(),
                _ => one is null ? ByData(terminal) : InFull(one, terminal),
            });
        });
        return command;
    }

    private static Table Registry(IEnumerable<Measure> measures) => new(
        [new("code"), new("measure"), new("read as"), new("columns"), new("variances"), new("reference")],
        [.. measures.Select(measure => (string[])[
            measure.Code, measure.Name, measure.ReadAs, Columns(measure.Family), string.Join(' ', measure.Variances), measure.Reference])]);

    /// <summary>The measures under the data that they need.</summary>
    private static string ByData(Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var family in Measures.All.GroupBy(measure => measure.Family))
        {
            text.Append(terminal.Wrapped($"{family.Key.Name}:", Columns(family.Key), 4));
            foreach (var measure in family)
            {
                text.Append(terminal.Wrapped($"  {measure.Code,-7}", measure.Name, 10));
            }

            text.Append('\n');
        }

        return text.Append("metaspine measures CODE shows one in full.\n").ToString();
    }

    private static string InFull(Measure measure, Terminal terminal)
    {
        var text = new StringBuilder($"{measure.Code}: {measure.Name}\n\n");
        foreach (var set in measure.Family.Alternatives)
        {
            text.Append(ReferenceEquals(set, measure.Family.Alternatives[0]) ? "columns\n" : "or\n");
            foreach (var input in set)
            {
                text.Append(terminal.Wrapped($"  {input.Column,-5}", input.Meaning, 8));
            }
        }

        return text.Append('\n').Append(terminal.Wrapped("read as:   ", $"{measure.ReadAs}, from the {measure.Scale.Name} scale", 12))
            .Append(terminal.Wrapped("variances: ", string.Join(", ", measure.Variances), 12))
            .Append(terminal.Wrapped("reference: ", measure.Reference, 12)).ToString();
    }

    private static string Columns(MeasureFamily family) =>
        string.Join(" or ", family.Alternatives.Select(set => string.Join(' ', set.Select(input => input.Column))));
}
