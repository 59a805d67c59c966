using System.Text.Json;
using MetaSpine.Cli;

namespace MetaSpine.Tests;

/// <summary><c>metaspine sensitivity</c>, and the pictures of what it says.</summary>
public sealed class SensitivityCommandTests : IDisposable
{
    private const string Trials = "study,ai,n1i,ci,n2i\nAronson,4,123,11,139\nFerguson,6,306,29,303\nRosenthal,3,231,11,220\nHart,62,13598,248,12867\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    private static string Review => Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");

    private string Table
    {
        get
        {
            var path = Path.Combine(_folder, "bcg.csv");
            File.WriteAllText(path, Trials);
            return path;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CostlyFact]
    public void A_table_is_questioned_as_the_library_does()
    {
        var result = MetaAnalysis.Pool(Measures.OR.Compute(new EffectData(["Aronson", "Ferguson", "Rosenthal", "Hart"])
        {
            ["ai"] = [4, 6, 3, 62], ["n1i"] = [123, 306, 231, 13598], ["ci"] = [11, 29, 11, 248], ["n2i"] = [139, 303, 220, 12867],
        }));
        var run = Run("sensitivity", Table, "--measure", "OR");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldBe(SensitivityReport.Of(result).ToString());
        Run("sensitivity", Table, "-m", "OR", "--order", "GIVEN", "-f", "csv").Out.ShouldBe(Report.Csv(SensitivityReport.Of(result, new SensitivityOptions { Order = StudyOrder.AsGiven })));
    }

    [CostlyFact]
    public void An_analysis_of_a_review_is_chosen_and_named()
    {
        var file = Path.Combine(_folder, "page.md");
        var run = Run("sensitivity", Review, "-a", "risk-ratio", "-o", file);
        run.Status.ShouldBe(0, run.Error);
        File.ReadAllText(file).ShouldStartWith("## Risk of tuberculosis with and without the vaccine: sensitivity of the risk ratio\n");
        Run("sensitivity", Review).Error.ShouldContain("choose one with --analysis");
    }

    [CostlyFact]
    public void Another_model_is_questioned_where_that_is_defined()
    {
        var run = Run("sensitivity", Table, "-m", "OR", "--model", "mantel-haenszel", "-f", "json");
        run.Status.ShouldBe(0, run.Error);
        var findings = JsonDocument.Parse(run.Out).RootElement.GetProperty("findings").EnumerateArray().ToList();
        findings.Where(finding => finding.GetProperty("result").ValueKind == JsonValueKind.Object && !finding.TryGetProperty("isByInverseVariance", out _))
            .Select(finding => finding.GetProperty("name").GetString()).ShouldBe(["leave-one-out", "influence", "cumulative", "e-value", "multiverse"]);
        findings.Single(finding => finding.GetProperty("name").GetString() == "trim-and-fill").GetProperty("isByInverseVariance").GetBoolean().ShouldBeTrue();
    }

    [CostlyFact]
    public void What_cannot_be_done_is_said()
    {
        var run = Run("sensitivity", Table, "-m", "OR", "--order", "studies");
        (run.Status, run.Error.Trim()).ShouldBe(
            (2, "error: there is no order 'studies'; there are precision, given, size, and no study has the moderator or column 'studies'; known here: study, ai, n1i, ci, n2i"));
        run = Run("sensitivity", Table, "-m", "OR", "--subsets", "0");
        (run.Status, run.Error.Trim()).ShouldBe((2, "error: --subsets 0: expected a whole number from 1, such as 1000000"));
    }

    [CostlyFact]
    public void The_multiverse_and_the_smallest_effect_are_asked_for()
    {
        var run = Run("sensitivity", Review, "-a", "risk-ratio", "--only", "multiverse,smallest-effect", "--smallest-effect", "0.8", "--leave-out", "allocation=random", "-f", "json");
        run.Status.ShouldBe(0, run.Error);
        var findings = JsonDocument.Parse(run.Out).RootElement.GetProperty("findings");
        findings.GetArrayLength().ShouldBe(2);
        findings[0].GetProperty("name").GetString().ShouldBe("smallest-effect");
        findings[1].GetProperty("result").GetProperty("rows")[0].TryGetProperty("allocation_random", out _).ShouldBeTrue();
        Run("sensitivity", Review, "-a", "risk-ratio", "--leave-out", "allocation").Error.ShouldContain("expected a column and a value");
        Run("sensitivity", Review, "-a", "risk-ratio", "--leave-out", "allocation=rando").Error.ShouldContain("there are random, alternate, systematic");
        Run("sensitivity", Review, "-a", "risk-ratio", "--leave-out", "alocation=random").Error.ShouldContain("did you mean allocation?");
        var unknown = Run("sensitivity", Review, "-a", "risk-ratio", "--only", "multivers");
        (unknown.Status, unknown.Error.Trim()).ShouldBe((2, "error: The page has no finding 'multivers'; did you mean multiverse?"));
        Run("sensitivity", Review, "-a", "risk-ratio", "--smallest-effect", "x").Status.ShouldBe(2);
        Run("sensitivity", Review, "-a", "risk-ratio", "--smallest-effect", "1").Error.ShouldContain("other than that of no effect");
    }

    [CostlyFact]
    public void Any_column_orders_and_clusters_are_left_out()
    {
        var table = Path.Combine(_folder, "teams.csv");
        File.WriteAllText(table, "study,ai,n1i,ci,n2i,team,when\nAronson,4,123,11,139,x,2001-05\nFerguson,6,306,29,303,x,1999-12\nRosenthal,3,231,11,220,y,\nHart,62,13598,248,12867,z,1990-01\n");
        var missing = Run("sensitivity", table, "-m", "OR", "--order", "when");
        (missing.Status, missing.Error.Trim()).ShouldBe((2, "error: Rosenthal (row 3) has no value of 'when', so its place in the order is not known."));
        var rows = Run("sensitivity", table, "-m", "OR", "--cluster", "team", "--subsets", "7", "-f", "csv").Out.Split("\r\n");
        rows.Where(row => row.StartsWith("leave-one-cluster-out,", StringComparison.Ordinal)).Select(row => row.Split(',')[1]).Distinct().ShouldBe(["x", "y", "z"]);

        // The year of publication needs no moderator of its own.
        var page = Run("sensitivity", Review, "-a", "latitude", "--order", "year", "--subsets", "50");
        page.Status.ShouldBe(0, page.Error);
        page.Out.ShouldContain("Added up in this order (year)");
        page.Out.IndexOf("Aronson 1948  ", page.Out.IndexOf("Added up", StringComparison.Ordinal), StringComparison.Ordinal).ShouldBeGreaterThan(0);
        page.Out.ShouldContain("The meta-regression without each study");
    }

    [CostlyFact]
    public void Both_pictures_are_drawn()
    {
        var gosh = Run("plot", "gosh", Table, "-m", "OR", "--highlight", "Hart");
        gosh.Status.ShouldBe(0, gosh.Error);
        gosh.Out.ShouldContain("With Hart");
        Run("plot", "gosh", Table, "-m", "OR", "--highlight", "Hert").Error.ShouldContain("Hart");
        Run("plot", "influence", Table, "-m", "OR").Out.ShouldContain("DFFITS");
        Run("plot", "influence", Review, "-a", "latitude").Out.ShouldContain("Leverage");
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = TextReader.Null, Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
