using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

/// <summary>Pictures and pages have the true minus sign; text, Markdown, CSV and JSON the hyphen, which other programs read as a sign.</summary>
public sealed class MinusSignTests
{
    private static readonly Regex Hyphen = new(@"(?<=^|[\s(\[=<>;,])-\.?\d", RegexOptions.Multiline);

    private static readonly PooledResult Difference = ForestSamples.Bcg(Measures.RD);

    [EveryCultureTheory]
    [InlineData("t(12) = -3.95", "t(12) = −3.95")]
    [InlineData("-0.5 (95% CI -1.0 to -.25)", "−0.5 (95% CI −1.0 to −.25)")]
    [InlineData("[-1, -2]; p < 0.001", "[−1, −2]; p &lt; 0.001")]
    [InlineData("Smith 1990-1995, COVID-19, CD4-2, --level 95, 10.1000/x-1, - one", "Smith 1990-1995, COVID-19, CD4-2, --level 95, 10.1000/x-1, - one")]
    public void A_hyphen_that_begins_a_number_is_a_minus_in_a_page(string text, string expected) => HtmlText.Encode(text).ShouldBe(expected);

    [EveryCultureFact]
    public void Every_form_of_a_result_keeps_to_its_sign()
    {
        Regex.IsMatch(Difference.ToHtml(), @">[^<]*−\d").ShouldBeTrue();
        Regex.Matches(Difference.ToHtml(), ">([^<]+)<").ShouldAllBe(match => !Hyphen.IsMatch(match.Groups[1].Value));
        foreach (var text in new[] { Difference.ToString(), Difference.ToMarkdown(), Report.Csv(Difference), Report.Json(Difference), CertaintyReport.Of(Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-certainty.yaml"))).ToString() })
        {
            text.ShouldNotContain("−");
            text.ShouldContain("-");
        }
    }

    [EveryCultureFact]
    public void No_picture_writes_a_hyphen_for_a_minus()
    {
        Drawing[] drawings =
        [
            ForestPlot.Draw(Difference, new() { Theme = PlotTheme.Jama }), ForestPlot.LeaveOneOut(Difference.LeaveOneOut(), Difference), FunnelPlot.Draw(Difference), RadialPlot.Draw(Difference),
            DoiPlot.Draw(Difference), DraperyPlot.Draw(Difference), NormalQuantilePlot.Draw(Difference), InfluencePlot.Draw(Difference.Influence()), LabbePlot.Draw(Difference),
            BaujatPlot.Draw(Difference), ProfilePlot.Draw(MetaAnalysis.Pool(Difference.Effects, new() { Method = PoolingMethod.ML }), new() { Parameter = ProfileParameter.Estimate }),
            BubblePlot.Draw(PlotSamples.Regression(Difference.Effects, [.. PlotSamples.Latitudes.Select(latitude => latitude - 40)])), SpecificationPlot.Draw(Multiverse.Run(Difference)),
        ];
        drawings.Count(drawing => Words(drawing).Any(text => text.Contains('−'))).ShouldBeGreaterThan(10);
        drawings.SelectMany(Words).Where(text => Hyphen.IsMatch(text)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Words(Drawing drawing) =>
    [
        drawing.Title, drawing.Description, .. drawing.Scene.Marks.OfType<TextMark>().Select(mark => mark.Text), .. drawing.Scene.Marks.Select(mark => mark.Study?.Tip).OfType<string>(),
    ];
}
