using Microsoft.DotNet.Interactive.Formatting;

namespace MetaSpine.NotebookTests;

/// <summary>
/// What .NET Interactive's own formatter makes of our results. It finds ours by name at run time, so nothing but this test would notice
/// a change of shape.
/// </summary>
public sealed class FormatterTests
{
    private static readonly Review Vaccine = Review.Load(Path.Combine(Repository.Samples, "bcg-vaccine.yaml"));

    public static TheoryData<string> Shown =>
        ["effects", "pooled", "regression", "analysis", "picture"];

    private static object Value(string what) => what switch
    {
        "effects" => Vaccine.Analyse("risk-ratio").Pooled!.Effects,
        "pooled" => Vaccine.Analyse("risk-ratio").Pooled!,
        "regression" => Vaccine.Analyse("latitude").Regression!,
        "analysis" => Vaccine.Analyse("allocation"),
        _ => ForestPlot.Draw(Vaccine.Analyse("risk-ratio")),
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void Html_is_ours(string what)
    {
        var value = Value(what);
        value.ToDisplayString("text/html").ShouldBe((string)value.GetType().GetMethod("ToHtml", Type.EmptyTypes)!.Invoke(value, null)!);
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Plain_text_is_ours(string what) => Value(what).ToDisplayString("text/plain").ShouldBe(Value(what).ToString());

    [Fact]
    public void Html_is_what_a_notebook_asks_for_first() =>
        Formatter.GetPreferredMimeTypesFor(typeof(PooledResult)).ShouldBe(["text/html"]);

    [Fact]
    public void A_list_of_results_shows_each_in_our_html()
    {
        var html = Vaccine.AnalyseAll().ToDisplayString("text/html");
        html.ShouldContain(Vaccine.Analyse("risk-ratio").ToHtml());
    }

    [Fact]
    public void A_hostile_name_stays_a_name()
    {
        var effects = new EffectData(["<script>alert(1)</script>", "b", "c"]) { ["yi"] = [1, 2, 3], ["vi"] = [1, 1, 1] };
        var html = MetaAnalysis.Pool(Measures.GEN.Compute(effects)).ToDisplayString("text/html");
        html.ShouldNotContain("<script>");
        html.ShouldContain("&lt;script&gt;");
    }
}
