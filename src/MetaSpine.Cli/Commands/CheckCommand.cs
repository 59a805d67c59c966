using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine check</c>: are the files sound?</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "Study and review files (.yaml) and tables (.csv).", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check files: their structure, and whether the numbers in them can be right.") { files };
        command.SetAction(parsed =>
        {
            var status = Tool.Done;
            foreach (var file in parsed.GetValue(files)!)
            {
                try
                {
                    terminal.Out.WriteLine($"{file}: {Check(file)}");
                }
                catch (StudyFileException error)
                {
                    terminal.Fail(error.Message);
                    status = Tool.BadInput;
                }
            }

            return status;
        });
        return command;
    }

    private static string Check(string file)
    {
        var table = StudyTable.ReadCsv(file);
        foreach (var measure in table.Candidates)
        {
            table.Data(measure);
        }

        return $"{table.Count} studies; {(table.Candidates.Count == 0 ? "no measure can be computed from its columns" : $"measures: {string.Join(", ", table.Candidates.Select(m => m.Code))}")}";
    }
}
