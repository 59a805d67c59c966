using FsCheck;
using FsCheck.Fluent;

namespace MetaSpine.Tests.Studies;

/// <summary>Whatever stands in a file, reading it ends soon, in a study, a review or a list of faults.</summary>
public sealed class HostileFileTests
{
    private static readonly string Good = File.ReadAllText(Samples.Path("cervical-pedicle-screws.yaml"));

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Any_text_ends_in_a_study_or_in_faults() => Check.One(Config, Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Ends(text ?? "")));

    [Fact]
    public void Any_heap_of_yaml_signs_ends_in_a_study_or_in_faults() => Check.One(Config, Prop.ForAll(
        Gen.Elements("a", ":", " ", "-", "?", "[", "]", "{", "}", ",", "\n", "\n  ", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\t", "---", "...", "\r", "1", "<<", "\u2028")
            .ArrayOf(40).Select(string.Concat).ToArbitrary(), Ends));

    [Fact]
    public void Any_change_of_a_good_file_ends_in_a_study_or_in_faults() => Check.One(Config, Prop.ForAll(
        (from at in Gen.Choose(0, Good.Length - 1)
         from length in Gen.Choose(0, 12)
         from put in Gen.Elements("", "\n", "\t", ":", "- ", "'", "\"", "}", "{", "[", ",", "#", "|", "&a ", "*a", "\0", "-1", "1e9", "é", "  ", "null", "~")
         select Good[..at] + put + Good[Math.Min(Good.Length, at + length)..]).ToArbitrary(), Ends));

    [Theory]
    [InlineData("a: ", 200_000)]
    [InlineData("- ", 200_000)]
    [InlineData("\"", 200_001)]
    [InlineData("[[]", 100_000)]
    [InlineData("? ", 200_000)]
    [InlineData("#\n", 200_000)]
    [InlineData("!", 200_000)]
    [InlineData("&a ", 100_000)]
    [InlineData(" ", 400_000)]
    [InlineData("\n", 400_000)]
    [InlineData("'a' ", 100_000)]
    [InlineData("{a,", 100_000)]
    [InlineData("x", 400_000)]
    public void Repetition_ends_soon(string piece, int times)
    {
        Ends(string.Concat(Enumerable.Repeat(piece, times))).ShouldBeTrue();
    }

    [Theory]
    [InlineData("k{0}: 1\n")]
    [InlineData("outcomes{0}: [1, 2]\n")]
    public void Very_many_unknown_keys_come_to_an_end(string line)
    {
        Ends("schema: metaspine/study/1\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => string.Format(null, line, i)))).ShouldBeTrue();
    }

    [Fact]
    public void Very_many_groups_come_to_an_end()
    {
        var groups = string.Concat(Enumerable.Range(1, 20_000).Select(i => $"  g{i}: {{n: 1, within: g{i - 1}}}\n"));
        Ends($"schema: metaspine/study/1\nid: x\ngroups:\n  g0: {{n: 1, within: g20000}}\n{groups}").ShouldBeTrue();
    }

    // Either a file without faults or faults without a file; a fault has a message and no trace of the program's inside.
    private static bool Ends(string text)
    {
        var read = StudyFile.TryParse(text, "s", null, out var file, out var faults);
        if (read)
            IntegrityCheck.Run(file!).ShouldNotBeNull();
        return read == (faults.Count == 0) && read == file is not null
            && faults.All(f => f.Message.Length > 0 && !f.Message.Contains("   at ", StringComparison.Ordinal) && !f.Message.Contains("Exception", StringComparison.Ordinal));
    }
}
