using MetaSpine.Cli;

namespace MetaSpine.Tests;

public sealed class ForestCommandTests : IDisposable
{
    private const string Table = "study,ai,n1i,ci,n2i,year,where\nAronson,4,123,11,139,1948,US\nFerguson,6,306,29,303,1949,\nRosenthal,3,231,11,220,1960,Chicago\nHart,62,13598,248,12867,1977,UK\n";

    private static readonly string Review = Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml");

    private readonly string _folder = Directory.CreateTempSubdirectory("metaspine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EveryCultureFact]
    public void A_reviewer_says_what_the_plot_looks_like()
    {
        var run = Run(
            "forest", Review, "-a", "risk-ratio", "--theme", "BMJ", "--columns", "Year, allocation, data, picture, effect", "--sort", "estimate", "--prediction-style", "line",
            "--favours-left", "Favours vaccine", "--favours-right", "Favours none", "--treatment-heading", "Vaccine", "--control-heading", "None");
        run.Status.ShouldBe(0, run.Error);
        foreach (var text in new[] { ">Year<", ">Allocation<", ">← Favours vaccine<", ">Favours none →<", ">Vaccine<", ">None<", ">to 0.73)<", PlotTheme.Bmj.Band })
        {
            run.Out.ShouldContain(text);
        }

        run.Out.ShouldNotContain(">Weight<");
        run.Out.IndexOf(">Ferguson & Simes 1949<".Replace("&", "&amp;"), StringComparison.Ordinal).ShouldBeLessThan(run.Out.IndexOf(">Aronson 1948<", StringComparison.Ordinal));
        Run("forest", Review, "-a", "risk-ratio", "--prediction-style", "none").Out.ShouldNotContain("prediction");
        Run("forest", Review, "-a", "risk-ratio", "--theme", "revman-dark").Out.ShouldContain(PlotTheme.RevMan.Dark.Paper);
    }

    [EveryCultureFact]
    public void Columns_of_a_table_can_be_shown_even_from_standard_input()
    {
        var fromFile = Run("forest", Written("t.csv", Table), "-m", "RR", "--columns", "year,where,picture,effect");
        fromFile.Status.ShouldBe(0, fromFile.Error);
        fromFile.Out.ShouldContain(">Chicago<");
        RunWith(Table, "forest", "-", "-m", "RR", "--columns", "year,where,picture,effect").Out.ShouldBe(fromFile.Out);
    }

    [EveryCultureTheory]
    [InlineData("leave-one-out", "Left out")]
    [InlineData("cumulative", "Study added")]
    public void A_sequence_of_results_stands_in_place_of_the_studies(string sequence, string heading)
    {
        Run("forest", Written("t.csv", Table), "-m", "RR", "--sequence", sequence).Out.ShouldContain($">{heading}<");
        Run("forest", Written("t.csv", Table), "-m", "OR", "--model", "peto", "--sequence", sequence).Out.ShouldContain(">Peto<");
        Run("forest", Written("t.csv", Table), "-m", "OR", "--model", "glmm", "--sequence", sequence).Out.ShouldContain($">{heading}<");
    }

    [EveryCultureTheory]
    [InlineData("There is no theme 'bmjj'; did you mean bmj?", "--theme", "bmjj")]
    [InlineData("There is no column 'yaer'; did you mean year?", "--columns", "yaer")]
    [InlineData("There is no column 'efect'; did you mean effect?", "--columns", "data,efect")]
    [InlineData("The columns name the picture twice", "--columns", "picture,picture")]
    [InlineData("--sort weigth: expected given, estimate, weight or name", "--sort", "weigth")]
    [InlineData("--prediction-style bars: expected bar, line, distribution or none", "--prediction-style", "bars")]
    [InlineData("--sequence x: expected leave-one-out or cumulative", "--sequence", "x")]
    [InlineData("No study has a judgement of its risk of bias", "--columns", "risk-of-bias")]
    public void What_is_not_known_is_a_usage_error_that_says_what_is(string message, params string[] options)
    {
        var run = Run(["forest", Review, "-a", "risk-ratio", .. options]);
        run.Status.ShouldBe(2, run.Error);
        run.Error.ShouldStartWith($"error: {message}");
        run.Out.ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void Dependent_effects_stand_with_their_studies()
    {
        var table = Written("e.csv", "study,yi,vi,scale\nA,0.1,0.04,arm\nA,0.5,0.03,leg\nB,0.7,0.02,arm\nB,0.2,0.05,arm\nC,-0.1,0.04,leg\nC,0.1,0.09,arm\n");
        string[] forest = ["forest", table, "-m", "GEN", "--random", "study/effect"];
        Run(forest).Out.ShouldContain(">Effect 4<");
        Run([.. forest, "--arrange", "aggregated"]).Out.ShouldContain(">Effects<");
        Run([.. forest, "--arrange", "flat"]).Out.ShouldNotContain("Small diamonds");
        Run([.. forest, "--effect-names", "scale", "--cluster-summary", "predicted"]).Out.ShouldContain(">Effect 2: arm<");
        Run([.. forest, "--cluster-summary", "none"]).Out.ShouldNotContain("Small diamonds");
        foreach (var (message, options) in new (string, string[])[]
        {
            ("--arrange nestd: expected auto, flat, nested or aggregated; did you mean nested?", ["--arrange", "nestd"]),
            ("no study has the moderator or column 'scael'; did you mean scale?", ["--effect-names", "scael"]),
            ("--arrange is for a plot of studies; leave --sequence out", ["--arrange", "nested", "--sequence", "cumulative"]),
        })
        {
            Run([.. forest, .. options]).Error.ShouldContain($"error: {message}");
        }

        Run("forest", table, "-m", "GEN", "--arrange", "nested").Error.ShouldContain("error: --arrange is for dependent effects; say how they depend on each other, as --random study/effect");
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (int Status, string Out, string Error) Run(params string[] arguments) => RunWith("", arguments);

    private static (int Status, string Out, string Error) RunWith(string input, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Tool.Run(arguments, new Terminal { In = new StringReader(input), Out = output, Error = error }), output.ToString(), error.ToString());
    }
}
