using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine export</c>: a review's studies as the tables that RevMan Web imports.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A review or study file (.yaml)." };
        var folder = new Option<string>("--output", "-o") { Description = "The folder to write to, which must not hold files of these names yet.", HelpName = "FOLDER", Required = true };
        var command = new Command("export", "Write a review's studies as the tables that RevMan Web imports: information, arms, results, risk of bias.") { file, folder };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var loaded = StudyFile.Load(path);
            var notes = new List<string>();
            var files = RevManWebFiles.Of(loaded.Review ?? loaded.Study!.AsReview(), notes);
            var target = parsed.GetValue(folder)!;
            var taken = files.Select(item => Path.Combine(target, item.Name)).FirstOrDefault(name => File.Exists(name) || Directory.Exists(name));
            if (taken is not null)
            {
                throw new UsageException($"{taken} is there already, and is left as it is: name another folder");
            }

            OutputOptions.CreateFolder(target);
            foreach (var item in files)
            {
                var name = Path.Combine(target, item.Name);
                OutputOptions.SaveNew(name, item.Text);
                terminal.Out.WriteLine($"{name} is written");
            }

            foreach (var note in notes.Distinct())
            {
                terminal.Note(note);
            }
        });
        return command;
    }
}
