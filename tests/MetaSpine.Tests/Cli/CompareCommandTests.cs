using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private const string Study = "schema: metaspine/study/1\nid: s1\npopulation: {enrolled: 32}   # page 2\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void Differences_are_listed_decided_and_written()
    {
        var (a, b) = (Written("a.yaml", Study), Written("b.yaml", Study.Replace("32", "33", StringComparison.Ordinal)));
        var listed = Run("compare", a, b);
        listed.Status.ShouldBe(0, listed.Error);
        listed.Out.ShouldContain("population.enrolled: 32 in A, 33 in B");
        var (list, output) = (Path.Combine(_folder, "d.csv"), Path.Combine(_folder, "s1.yaml"));
        Run("compare", a, b, "-o", list).Status.ShouldBe(0);
        var undecided = Run("compare", a, b, "--decisions", list, "--by", "EF", "-o", output);
        undecided.Status.ShouldBe(1);
        undecided.Error.ShouldContain("d.csv:2:");
        File.Exists(output).ShouldBeFalse();

        File.WriteAllText(list, File.ReadAllText(list).Replace(",,\r\n", ",B,page 3 says so\r\n", StringComparison.Ordinal));
        var decided = Run("compare", a, b, "--decisions", list, "--by", "EF", "-o", output);
        decided.Status.ShouldBe(0, decided.Error);
        File.ReadAllText(output).ShouldBe(Study.Replace("32", "33", StringComparison.Ordinal)
            + "\nreconciled:\n  by: EF\n  differences: [{path: population.enrolled, a: \"32\", b: \"33\", kept: \"33\", reason: page 3 says so}]\n");
        Run("check", output).Status.ShouldBe(0);
        Run("compare", a, b, "--decisions", list, "--by", "EF").Out.ShouldBe(File.ReadAllText(output));
    }

    [EveryCultureFact]
    public void An_extraction_is_never_overwritten_and_who_decided_is_never_left_out()
    {
        var (a, b) = (Written("a.yaml", Study), Written("b.yaml", Study));
        Run("compare", a, b, "--decisions", "d.csv").ShouldSatisfyAllConditions(run => run.Status.ShouldBe(2), run => run.Error.ShouldContain("--by NAME"));
        Run("compare", a, b, "--date", "2026-01-01").Status.ShouldBe(2);
        Run("compare", a, b, "--decisions", "d.csv", "--by", "EF", "-o", a).ShouldSatisfyAllConditions(run => run.Status.ShouldBe(2), run => run.Error.ShouldContain("is one of the extractions"));
        Run("compare", a, b, "--decisions", "d.csv", "--by", "EF", "--date", "today").ShouldSatisfyAllConditions(run => run.Status.ShouldBe(2), run => run.Error.ShouldContain("2026-01-31"));
        File.ReadAllText(a).ShouldBe(Study);
        Run("compare", a, b).Out.ReplaceLineEndings(" ").ShouldContain("They agree in all 1 field.");
        Run("compare", a).Status.ShouldBe(2);
    }

    [EveryCultureFact]
    public void Two_states_of_a_review_are_compared()
    {
        var bcg = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");
        var later = Written("n.yaml", File.ReadAllText(bcg).Replace("events: 4, non_events: 119", "events: 5, non_events: 118", StringComparison.Ordinal));
        var run = Run("diff", bcg, later, "-a", "risk-ratio");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("changed: Aronson 1948");
        Run("diff", bcg, later, "-a", "risk").ShouldSatisfyAllConditions(wrong => wrong.Status.ShouldBe(2), wrong => wrong.Error.ShouldContain("risk-ratio"));
        Run("diff", Written("x.yaml", ""), Written("y.yaml", "id: [")).ShouldSatisfyAllConditions(wrong => wrong.Status.ShouldBe(1), wrong => wrong.Error.ShouldContain("x.yaml:1:1"), wrong => wrong.Error.ShouldContain("y.yaml:"));
        Run("diff", bcg, later, "-f", "html").Out.ShouldStartWith("<!doctype html>");
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = new StringReader(""), Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
