using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class FlowCommandTests : IDisposable
{
    private const string Flow = "schema: metaspine/review/1\nflow: {database_results: 100, duplicates: 20, records_screened: 80, records_excluded: 70, dbr_sought_reports: 10}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void A_flow_is_drawn_and_checked()
    {
        var run = Run("flow", Written("r.yaml", Flow));
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("│ Records screened (n = 80)");
        run.Out.ShouldContain("No rule is broken");
        var broken = Run("flow", Written("b.yaml", Flow.Replace("sought_reports: 10", "sought_reports: 12", StringComparison.Ordinal)));
        broken.Status.ShouldBe(1);
        broken.Out.ReplaceLineEndings(" ").ShouldContain("P4: Records screened (80) less records excluded (70) give 10, but 12 reports");
    }

    [EveryCultureTheory]
    [InlineData("f.svg", "<svg ")]
    [InlineData("f.mmd", "flowchart TD")]
    [InlineData("f.csv", "records_screened,node9,box4,")]
    [InlineData("f.txt", "┌───")]
    [InlineData("f.md", "```mermaid")]
    [InlineData("f.html", "<!doctype html>")]
    [InlineData("f.json", "\"consistent\": false")]
    public void The_name_of_the_file_says_the_form_and_a_broken_rule_ends_with_1(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        var run = Run("flow", Written("b.yaml", Flow.Replace("sought_reports: 10", "sought_reports: 12", StringComparison.Ordinal)), "-o", path);
        run.Status.ShouldBe(1);
        run.Out.ShouldBeEmpty();
        File.ReadAllText(path).ShouldContain(content);
        run.Error.Contains("b.yaml:2:111: error P4 sought:", StringComparison.Ordinal).ShouldBe(Path.GetExtension(name) is ".svg" or ".mmd" or ".csv", run.Error);
    }

    [EveryCultureFact]
    public void A_template_that_was_written_is_read()
    {
        var template = Path.Combine(_folder, "t.csv");
        Run("flow", Written("r.yaml", Flow), "-o", template).Status.ShouldBe(0);
        var run = Run("flow", template, "--format", "mermaid");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("Records screened (n\u00A0=\u00A080)");
    }

    [EveryCultureFact]
    public void Decisions_fill_in_what_is_not_given()
    {
        var decisions = Written("d.csv", "id,Ann\n1,include\n2,exclude\n3,exclude\n");
        var run = Run("flow", "--decisions", decisions);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("Records excluded (n = 2)");
        run.Out.ShouldContain("Records screened: 3, from the decisions");
        var differing = Run("flow", Written("r.yaml", Flow), "--decisions", decisions);
        differing.Status.ShouldBe(1);
        differing.Out.ReplaceLineEndings(" ").ShouldContain("Records screened: 80 is given, but the decisions on titles and abstracts");
    }

    private const string Rayyan =
        "TY  - JOUR\nTI  - First\nDB  - MEDLINE\nN1  - RAYYAN-INCLUSION: {\"Ann\"=>\"Included\", \"Ben\"=>\"Included\"}\nER  - \n\nTY  - JOUR\nTI  - Second\nDB  - Embase\nN1  - RAYYAN-INCLUSION: {\"Ann\"=>\"Excluded\", \"Ben\"=>\"Included\"} | RAYYAN-EXCLUSION-REASONS: wrong outcome\nER  - \n\n"
        + "TY  - JOUR\nTI  - Third\nDB  - Embase\nN1  - RAYYAN-INCLUSION: {\"Ann\"=>\"Excluded\", \"Ben\"=>\"Excluded\"}\nER  - \n";

    [EveryCultureFact]
    public void References_are_counted_and_their_labels_are_decisions()
    {
        var file = Written("rayyan.ris", Rayyan);
        var run = Run("flow", "--references", file, "--decisions", file);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("MEDLINE (n = 1)");
        run.Out.ShouldContain("Embase (n = 2)");
        run.Out.ShouldContain("Records screened (n = 3)");
        run.Out.ShouldContain("leave 1 record open");
        var agreement = Run("screening", file);
        agreement.Status.ShouldBe(0, agreement.Error);
        agreement.Out.ShouldContain("Ann and Ben agree on 66.7% of 3 records");
        Run("screening", file, "--conflicts", "-f", "csv").Out.ShouldContain("title_abstract,Second,exclude,include,");
        var unlabelled = Run("screening", Written("plain.ris", "TY  - JOUR\nTI  - First\nER  - \n"));
        unlabelled.Status.ShouldBe(1);
        unlabelled.Error.ShouldContain("no reference has a decision");
        Run("flow", Written("r.yaml", Flow), "--references", file).ShouldSatisfyAllConditions(
            differing => differing.Status.ShouldBe(1), differing => differing.Out.ReplaceLineEndings(" ").ShouldContain("100 is given, but"));
    }

    [EveryCultureFact]
    public void Check_holds_the_flow_of_a_review_against_the_rules_too()
    {
        Run("check", Written("r.yaml", Flow)).ShouldSatisfyAllConditions(run => run.Status.ShouldBe(0, run.Error), run => run.Out.ShouldContain("no contradictions"));
        var run = Run("check", Written("b.yaml", Flow.Replace("sought_reports: 10", "sought_reports: 12", StringComparison.Ordinal)));
        run.Status.ShouldBe(1);
        run.Out.ShouldContain("b.yaml:2:111: error P4 sought:");
        run.Out.ShouldContain("1 contradiction");
    }

    [EveryCultureFact]
    public void What_cannot_be_done_is_said()
    {
        Run("flow").ShouldSatisfyAllConditions(run => run.Status.ShouldBe(2), run => run.Error.ShouldContain("name a review file"));
        Run("flow", Written("r.yaml", Flow), "-o", "f.doc").ShouldSatisfyAllConditions(run => run.Status.ShouldBe(2), run => run.Error.ShouldContain("f.doc: a flow diagram is written as"));
        Run("flow", Written("r.yaml", Flow), "--format", "doc").ShouldSatisfyAllConditions(run => run.Status.ShouldBe(2), run => run.Error.ShouldContain("there is no format 'doc'"));
        Run("flow", Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml")).ShouldSatisfyAllConditions(run => run.Status.ShouldBe(1), run => run.Error.ShouldContain("the review has no counts"));
        Run("flow", Written("x.csv", "a,b\n1,2\n")).ShouldSatisfyAllConditions(run => run.Status.ShouldBe(1), run => run.Error.ShouldContain("no PRISMA2020 template"));
    }

    [EveryCultureFact]
    public void Screening_measures_agreement_and_lists_conflicts()
    {
        var file = Written("d.csv", "id,Ann,Ben\n1,yes,yes\n2,no,no\n3,no,yes\n");
        var run = Run("screening", file);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain("Ann and Ben agree on 66.7% of 3 records");
        run.Error.ShouldContain("reviewers: Ann, Ben");
        Run("screening", file, "--conflicts", "--format", "csv").Out.ShouldBe("Stage,Record,Ann,Ben,In the end\r\ntitle_abstract,3,exclude,include,\r\n");
        Run("screening", file, "--level", "90").Out.ShouldContain("90% CI");
        Run("screening", file, "-f", "json").Out.ShouldContain("\"code\": \"ac1\"");
        Run("screening", file, "--reviewers", "Ann,Bn").ShouldSatisfyAllConditions(wrong => wrong.Status.ShouldBe(2), wrong => wrong.Error.ShouldContain("Bn"));
        Run("screening", Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml")).ShouldSatisfyAllConditions(none => none.Status.ShouldBe(1), none => none.Error.ShouldContain("the review has no decisions"));
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
