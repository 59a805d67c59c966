using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class PlotCommandTests
{
    private static readonly string Review = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");

    [EveryCultureTheory]
    [InlineData("doi", "Doi plot of the risk ratio")]
    [InlineData("pcurve", "p-curve")]
    [InlineData("specification", "Specification curve of the risk ratio or odds ratio")]
    [InlineData("funnel", "Funnel plot of the risk ratio")]
    public void A_review_is_drawn_in_one_call(string kind, string title)
    {
        var run = Run("plot", kind, Review, "-a", "risk-ratio");
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldStartWith("<svg ");
        run.Out.ShouldContain($">{title}</title>");
    }

    [EveryCultureFact]
    public void A_caterpillar_shows_effects_or_predictions()
    {
        Run("plot", "caterpillar", Review, "-a", "risk-ratio").Out.ShouldContain(">13 studies, by size</text>");
        Run("plot", "caterpillar", Review, "-a", "risk-ratio", "--show", "predictions").Out.ShouldContain("predicted true effect");
        Run("plot", "caterpillar", Review, "-a", "risk-ratio", "--show", "x").Error.ShouldContain("--show x: expected effects or predictions");
        Run("plot", "doi", Review, "-a", "risk-ratio", "--show", "effects").Error.ShouldContain("--show is for plot caterpillar, not doi");
    }

    [EveryCultureFact]
    public void An_orchard_has_a_row_for_each_category()
    {
        Run("plot", "orchard", Review, "-a", "risk-ratio").Out.ShouldContain(">Orchard plot of the risk ratio</title>");
        var run = Run("plot", "orchard", Review, "-a", "risk-ratio", "--formula", "~ allocation");
        run.Out.ShouldContain(">Orchard plot of the risk ratio by allocation</title>", customMessage: run.Error);
        run.Out.ShouldContain(">random: k = 7, ");
        Run("plot", "orchard", Review, "-a", "risk-ratio", "--moderator", "allocation").Error.ShouldContain("has no meta-regression, so that there is none on allocation");
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

    [EveryCultureTheory]
    [InlineData("standard-error", "Standard error")]
    [InlineData("variance", "Sampling variance")]
    [InlineData("precision", "Precision (1/standard error)")]
    [InlineData("inverse-variance", "1/sampling variance")]
    [InlineData("size", "Sample size")]
    [InlineData("root-size", "Square root of the sample size")]
    [InlineData("log-size", "Logarithm of the sample size")]
    [InlineData("inverse-size", "1/sample size")]
    [InlineData("inverse-root-size", "1/square root of the sample size")]
    public void A_funnel_stands_on_any_vertical_axis(string axis, string title)
    {
        var run = Run("plot", "funnel", Review, "-a", "risk-ratio", "--y-axis", axis);
        run.Status.ShouldBe(0, run.Error);
        run.Out.ShouldContain($">{title}</text>");
    }

    [EveryCultureFact]
    public void A_funnel_has_limits_in_place_of_the_regions_of_p_when_asked()
    {
        Run("plot", "funnel", Review, "-a", "risk-ratio").Out.ShouldContain("0.01 &lt; p ≤ 0.05");
        var limits = Run("plot", "funnel", Review, "-a", "risk-ratio", "--limits").Out;
        limits.ShouldContain("Pseudo 95% confidence limits");
        limits.ShouldNotContain("p ≤ 0.05");
        Run("plot", "funnel", Review, "-a", "risk-ratio", "--y-axis", "sizes").Error.ShouldContain("--y-axis sizes: expected standard-error, variance");
        Run("plot", "funnel", Review, "-a", "risk-ratio", "--y-axis", "size", "--limits").Error.ShouldContain("--limits: they are known by standard errors");
        Run("plot", "radial", Review, "-a", "risk-ratio", "--y-axis", "size").Error.ShouldContain("--y-axis is for plot funnel, not radial");
    }

    [EveryCultureFact]
    public void A_plot_is_a_page_too()
    {
        var file = Path.Combine(Path.GetTempPath(), $"metaspine-{Guid.NewGuid():N}.html");
        try
        {
            Run("plot", "radial", Review, "-a", "risk-ratio", "-o", file).Status.ShouldBe(0);
            var page = File.ReadAllText(file);
            page.ShouldStartWith("<!doctype html>");
            page.ShouldContain("<title>Aronson 1948: risk ratio 0.41 [0.13, 1.26], weight 5.1%</title>");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [EveryCultureFact]
    public void A_bubble_plot_says_why_there_is_no_meta_regression()
    {
        Run("plot", "bubble", Review, "-a", "risk-ratio").Error.ShouldContain("there is no meta-regression; ask for one with --formula");
        var file = Path.Combine(Path.GetTempPath(), $"metaspine-{Guid.NewGuid():N}.csv");
        File.WriteAllText(file, "study,ai,n1i,ci,n2i,year\na,18,889,37,889,1980\nb,23,641,21,641,1981\n");
        try
        {
            Run("plot", "bubble", file, "-m", "OR", "--formula", "~ year").Error.ShouldContain("2 studies with all their values cannot carry 2 coefficients");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [EveryCultureFact]
    public void A_forest_shows_other_models_of_the_same_studies()
    {
        var run = Run("forest", Review, "-a", "risk-ratio", "--also-show", "ee,Mantel-Haenszel,DL", "--axis-range", "0.25,4");
        run.Status.ShouldBe(0, run.Error);
        // metafor 3.8.1: rma(..., method = "EE") and rma.mh(..., measure = "RR") on dat.bcg.
        string Row(string model) => string.Join(' ', run.Out.Split('\n').SkipWhile(line => !line.EndsWith($">{model}</text>", StringComparison.Ordinal)).Skip(1).Take(3).Select(line => line.Split('>')[1].Split('<')[0]));
        Row("Equal effects").ShouldBe("0.65 [0.60, 0.70]");
        Row("Mantel-Haenszel").ShouldBe("0.64 [0.59, 0.69]");
        run.Out.ShouldContain(">Random effects (DL, Knapp-Hartung)</text>");
        foreach (var (arguments, message) in new[]
        {
            ("--also-show EEX", "did you mean EE?"), ("--also-show EE --sequence cumulative", "leave --sequence out"),
            ("--axis-range 3,1", "--axis-range 3,1: expected the lower end"), ("--axis-range=-1,2", "above 0 for a ratio"), ("--also-show peto", "Peto"),
        })
        {
            var wrong = Run(["forest", Review, "-a", "risk-ratio", .. arguments.Split(' ')]);
            (wrong.Status, wrong.Out).ShouldBe((2, ""), arguments);
            wrong.Error.ShouldContain(message);
        }
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = new StringReader(""), Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
