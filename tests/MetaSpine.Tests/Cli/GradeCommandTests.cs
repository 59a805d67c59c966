using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class GradeCommandTests
{
    private static readonly string Sample = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-certainty.yaml");

    [EveryCultureFact]
    public void A_review_becomes_a_summary_of_findings_in_every_form()
    {
        var text = Run("grade", Sample);
        text.Status.ShouldBe(0, text.Error);
        text.Out.ShouldContain("RR 0.49 (0.33 to 0.73)  ⊕⊕○○ Low");
        text.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        Run("grade", Sample, "-f", "markdown").Out.ShouldContain("| 2.4 (1.7 to 3.6) |");
        Run("grade", Sample, "-f", "html").Out.ShouldContain("<table");
        Run("grade", Sample, "-f", "csv").Out.ShouldStartWith("analysis,row,name,");
        Run("grade", Sample, "-f", "json").Out.ShouldContain("\"certainty\": \"low\"");
    }

    [EveryCultureFact]
    public void Baselines_and_analyses_are_chosen()
    {
        var chosen = Run("grade", Sample, "-a", "not-high", "--baseline", "20,150");
        chosen.Status.ShouldBe(0, chosen.Error);
        chosen.Out.ShouldContain("Per 1000: 20 without");
        chosen.Out.ShouldContain("Per 1000: 150 without");
        chosen.Out.ShouldNotContain("low risk");
        Run("grade", Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"), "-a", "risk-ratio", "--baseline", "10").Out.ShouldContain("* proposed");
    }

    [EveryCultureFact]
    public void What_is_asked_wrongly_is_answered()
    {
        Run("grade", Sample, "--baseline", "2000").Error.ShouldContain("above 0 and below 1000");
        Run("grade", Sample, "-a", "not-hihg").Error.ShouldContain("did you mean not-high?");
        Run("grade", "trials.csv").Error.ShouldContain("certainty needs a review file");
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = Tool.Run(arguments, new Terminal { In = TextReader.Null, Out = output, Error = error });
        return (status, output.ToString(), error.ToString());
    }
}
