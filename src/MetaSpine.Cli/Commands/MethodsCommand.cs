using System.CommandLine;
using System.Text;

namespace MetaSpine.Cli;

/// <summary><c>metaspine methods</c>: everything that can be chosen by a code, with its reference.</summary>
internal static class MethodsCommand
{
    public static Command Create(Terminal terminal)
    {
        var code = new Argument<string?>("CODE") { Description = "One method or measure.", Arity = ArgumentArity.ZeroOrOne };
        var output = new OutputOptions();
        var command = new Command("methods", "List the measures, models, estimators, tests and intervals, with their references.") { code };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var found = parsed.GetValue(code) is { } given
                ? Usage.Checked(() => MethodCatalogue.Find(given))
                : [.. MethodCatalogue.Groups.SelectMany(group => group.Methods.Select(method => (group, method)))];
            var table = new Table(
                [new("kind"), new("option"), new("code"), new("name"), new("reference")],
                [.. found.Select(item => (string[])[item.Group.Kind, item.Group.Option, item.Method.Code, item.Method.Name, item.Method.Source])]);
            output.Write(parsed, terminal, output.Format(parsed) switch
            {
                OutputFormat.Markdown => table.ToMarkdown(),
                OutputFormat.Html => table.ToHtml(),
                OutputFormat.Json => table.ToJson(),
                OutputFormat.Csv => table.ToCsv(),
                _ => Text(found, terminal),
            });
        });
        return command;
    }

    private static string Text(IReadOnlyList<(MethodGroup Group, MethodName Method)> found, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var group in found.GroupBy(item => item.Group))
        {
            var heading = group.Key.Option.StartsWith('-') ? $"{group.Key.Kind} ({group.Key.Option})" : $"{group.Key.Kind} ({group.Key.Option} of an analysis in a review file)";
            text.Append(text.Length == 0 ? "" : "\n").Append(terminal.Coloured ? Paint.Heading(heading) : heading).Append('\n');
            var width = group.Max(item => item.Method.Code.Length);
            foreach (var (_, method) in group)
            {
                text.Append(terminal.Wrapped($"  {method.Code.PadRight(width)} ", $"{method.Name}{(method.Source.Length == 0 ? "" : $"; {method.Source}")}", width + 6));
            }
        }

        return text.ToString();
    }
}
