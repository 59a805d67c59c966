using System.CommandLine;

namespace MetaSpine.Cli;

/// <summary><c>metaspine diff</c>: what changed between two states of a review, and what that did to its results.</summary>
internal static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var earlier = new Argument<string>("OLD") { Description = "The earlier review or study file (.yaml)." };
        var later = new Argument<string>("NEW") { Description = "The later one." };
        var analysis = new Option<string?>("--analysis", "-a") { Description = "Only this analysis.", HelpName = "ID" };
        var output = new OutputOptions();
        var command = new Command("diff", "Say which studies and numbers of a review changed, and what each change did to the pooled results.") { earlier, later, analysis };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var (old, now) = (parsed.GetValue(earlier)!, parsed.GetValue(later)!);
            var (before, after) = Loaded(old, now);
            var diff = Usage.Checked(() => ReviewDiff.Of(before, after, parsed.GetValue(analysis), old, now));
            output.Write(parsed, terminal, ScreeningCommand.Shown(diff, output.Format(parsed), terminal.Width));
        });
        return command;
    }

    /// <summary>Both files, or the faults of both.</summary>
    private static (Review Earlier, Review Later) Loaded(string earlier, string later)
    {
        var (isFirst, isSecond) = (StudyFile.TryLoad(earlier, out var first, out var faults), StudyFile.TryLoad(later, out var second, out var more));
        return isFirst && isSecond
            ? (first!.Review ?? first.Study!.AsReview(), second!.Review ?? second.Study!.AsReview())
            : throw new StudyFileException([.. faults, .. more]);
    }
}
