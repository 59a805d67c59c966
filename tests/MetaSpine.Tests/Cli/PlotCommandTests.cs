using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class PlotCommandTests
{
    private static readonly string Review = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");

    [EveryCultureTheory]
    [InlineData("doi", "Doi plot of the risk ratio")]
    [InlineData("pcurve", "p-curve")]
    [InlineData("specification", "Specification curve of the risk ratio")]
    [InlineData("funnel", "Funnel plot of the risk ratio")]
    public void A_review_is_drawn_in_one_call(string kind, string title)
    {
        var run = Run("plot", kind, Review, "-a", "risk-ratio");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldStartWith("<svg ");
        run.Out.ShouldContain($">{title}</title>");
    }

    [EveryCultureFact]
    public void A_funnel_shows_what_trim_and_fill_adds_when_asked()
    {
        Run("plot", "funnel", Review, "-a", "risk-ratio").Out.ShouldNotContain("Filled in");
        Run("plot", "funnel", Review, "-a", "risk-ratio", "--fill").Out.ShouldContain("Filled in (");
        var wrong = Run("plot", "doi", Review, "-a", "risk-ratio", "--fill");
        wrong.Status.ShouldBe(2);
        wrong.Error.ShouldContain("--fill is for plot funnel, not doi");
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = new StringReader(""), Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
