using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary><c>metaspine import</c> and <c>export</c>.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void A_review_of_RevMan_is_pooled_with_its_numbers()
    {
        var (source, target) = (Written(), Path.Combine(_folder, "review.yaml"));
        var run = Run("import", source, "-o", target);
        (run.Status, run.Error).ShouldBe((0, ""));
        run.Out.ShouldBe($"{target} is written: 5 studies, 1 analysis. Of 24 stored results of 1 analysis, 24 come out again within 1e-8 of their size.{Environment.NewLine}Try: metaspine pool {target}{Environment.NewLine}");
        Run("check", target).Status.ShouldBe(0);
        var pooled = Run("pool", target, "--analysis", "1.1");
        pooled.Status.ShouldBe(0, pooled.Error);
        pooled.Out.ShouldContain("0.29 to 1.05");
        Review.Load(target).Analyse("1.1").Overall!.Natural.Estimate.ShouldBe(RevManFiles.Number(RevManFiles.Stored["OR MH F"][0][0]), 1e-12);
        Run("import", source).Out.ShouldBe(File.ReadAllText(target));
    }

    [EveryCultureFact]
    public void A_file_that_is_there_is_left_as_it_is()
    {
        var target = Path.Combine(_folder, "review.yaml");
        File.WriteAllText(target, "mine");
        var run = Run("import", Written(), "-o", target);
        (run.Status, run.Error.Trim()).ShouldBe((2, $"error: {target} is there already, and is left as it is: name another file"));
        File.ReadAllText(target).ShouldBe("mine");
    }

    [EveryCultureTheory]
    [InlineData("text", "Of 24 stored results of 1 analysis, 24 come out again")]
    [InlineData("markdown", "| 1.1 Death | 24 | 24 | 0 | 0 |")]
    [InlineData("html", "<!doctype html>")]
    [InlineData("csv", "1.1,Death,,A,standard error,0.6391332155246818,0.639133215524681")]
    [InlineData("json", "\"sameAsStored\": 0")]
    public void The_agreement_comes_in_every_form(string format, string content)
    {
        var run = Run("import", Written(), "--agreement", "--format", format);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain(content);
    }

    [EveryCultureFact]
    public void What_cannot_be_is_said()
    {
        var broken = Path.Combine(_folder, "broken.rm5");
        File.WriteAllText(broken, "<COCHRANE_REVIEW>");
        var run = Run("import", broken, "-o", Path.Combine(_folder, "out.yaml"));
        run.Status.ShouldBe(1);
        run.Error.ShouldStartWith($"error: {broken}:1:18: the file ends too early");
        File.Exists(Path.Combine(_folder, "out.yaml")).ShouldBeFalse();
        Run("import", Path.Combine(_folder, "none.rm5")).Error.Trim().ShouldBe($"error: {Path.Combine(_folder, "none.rm5")}: there is no such file");
        Run("import", Written(), "--format", "json").ShouldSatisfyAllConditions(r => r.Status.ShouldBe(2), r => r.Error.ShouldContain("--format goes with --agreement"));
    }

    [EveryCultureFact]
    public void A_review_goes_out_to_RevMan_Web()
    {
        var (review, folder) = (Path.Combine(_folder, "review.yaml"), Path.Combine(_folder, "out"));
        Run("import", Written(), "-o", review).Status.ShouldBe(0);
        var run = Run("export", review, "-o", folder);
        run.Status.ShouldBe(0, run.Error);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["study-arms.csv", "study-information.csv", "study-results.csv"]);
        File.ReadAllText(Path.Combine(folder, "study-results.csv")).ShouldContain("A,Death,Dichotomous,,Drug,,50,4,");
        Run("export", review, "-o", folder).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(2), r => r.Error.ShouldContain("is there already, and is left as it is: name another folder"));
        Run("export", review).Status.ShouldBe(2);
    }

    [EveryCultureFact]
    public void Help_has_examples_and_shells_complete_the_commands()
    {
        Run("import", "--help").Out.ShouldContain("metaspine import review.rm5 -o review.yaml");
        Run("export", "--help").Out.ShouldContain("metaspine export review.yaml -o revman");
        string Suggested(string line) => Run(FormattableString.Invariant($"[suggest:{line.Length}]"), line).Out;
        Suggested("metaspine imp").ShouldContain("import");
        Suggested("metaspine exp").ShouldContain("export");
        Suggested("metaspine import f.rm5 --agr").ShouldContain("--agreement");
        Suggested("metaspine import f.rm5 --agreement --format ").ShouldContain("markdown");
    }

    private string Written()
    {
        var path = Path.Combine(_folder, "review.rm5");
        File.WriteAllText(path, RevManFiles.Rm5(RevManFiles.Outcome("DICH_OUTCOME", "EFFECT_MEASURE=\"OR\" METHOD=\"MH\" RANDOM=\"NO\" TOTALS=\"YES\"", "OR MH F", RevManFiles.Rows("DICH_DATA", "OR MH F",
            ("A", "EVENTS_1=\"4\" TOTAL_1=\"50\" EVENTS_2=\"9\" TOTAL_2=\"48\"", true), ("B", "EVENTS_1=\"0\" TOTAL_1=\"30\" EVENTS_2=\"3\" TOTAL_2=\"31\"", true),
            ("C", "EVENTS_1=\"12\" TOTAL_1=\"120\" EVENTS_2=\"15\" TOTAL_2=\"118\"", true)))));
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = new StringReader(""), Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
