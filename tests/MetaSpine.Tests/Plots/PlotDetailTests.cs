namespace MetaSpine.Tests;

/// <summary>What makes a picture read well with few studies and with many, with large weights and with tiny ones.</summary>
public sealed class PlotDetailTests
{
    private const double Precise = 1e-9;

    /// <summary>Proportions, every other one of none, and so adjusted.</summary>
    private static PooledResult Proportions(int count) => MetaAnalysis.Pool(Measures.PLO.Compute(
        new EffectData([.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"Trial {i}"))])
        {
            ["xi"] = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 0.0 : 17)], ["ni"] = [.. Enumerable.Repeat(20.0, count)],
        }));

    [EveryCultureFact]
    public void A_footer_names_few_studies_and_counts_many()
    {
        string Footer(int count) => Texts(ForestPlot.Draw(Proportions(count))).Single(text => text.Text.StartsWith("0.5 added", StringComparison.Ordinal)).Text;

        Footer(4).ShouldBe("0.5 added to each count because one is zero: Trial 0, Trial 2");
        Footer(60).ShouldBe("0.5 added to each count because one is zero: 30 studies");
    }

    [EveryCultureFact]
    public void A_little_weight_is_not_shown_as_none()
    {
        var result = MetaAnalysis.Pool([0.1, 0.2, 0.3], [1e-6, 1e-6, 1], new() { Method = PoolingMethod.EE });

        Texts(ForestPlot.Draw(result)).ShouldContain(text => text.Text == "<0.1%");
        FunnelPlot.Draw(result).Scene.Marks.OfType<CircleMark>().ShouldContain(mark => mark.Study!.Tip!.EndsWith("weight <0.1%"));
        PlotText.Weight(0).ShouldBe("0.0%");
        PlotText.Weight(0.0005).ShouldBe("0.1%");
    }

    [EveryCultureFact]
    public void The_axis_over_a_tall_plot_is_labelled_to_its_ends()
    {
        var texts = Texts(ForestPlot.Draw(Proportions(60)));
        var rows = texts.Where(text => text.Anchor == TextAnchor.Middle && double.TryParse(text.Text, System.Globalization.CultureInfo.InvariantCulture, out _)).GroupBy(text => text.Y).ToList();

        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(row => string.Join(" ", row.Select(text => text.Text)) == "0.0 0.2 0.4 0.6 0.8 1.0");
    }

    [EveryCultureFact]
    public void The_arrow_of_what_a_side_means_stands_beside_a_word()
    {
        var texts = Texts(ForestPlot.Draw(ForestSamples.Bcg(), new() { FavoursLeft = "Favours a treatment", FavoursRight = "Favours control, which is explained at length for the reader" }));

        texts.Count(text => text.Text.Contains('→')).ShouldBe(1);
        texts.ShouldNotContain(text => text.Text == "→" || text.Text == "←" || text.Text.Contains('\u00A0'));
    }

    [EveryCultureFact]
    public void Two_decimals_of_a_ratio_stand_in_every_picture()
    {
        var two = MetaAnalysis.Pool(Measures.OR.Compute(new EffectData { ["ai"] = [18, 23], ["n1i"] = [889, 641], ["ci"] = [37, 21], ["n2i"] = [889, 641] }));
        two.Natural.Interval.Upper.ShouldBeGreaterThan(100);

        ForestPlot.Draw(two).Description.ShouldContain("Random effects 0.72 [0.00, 146.35]");
        FunnelPlot.Draw(two).Description.ShouldContain("odds ratio 0.72 [0.00, 146.35]");
        Texts(SpecificationPlot.Draw(Multiverse.Run(two))).ShouldContain(text => text.Text.StartsWith("Reference: 0.72 [0.00, 146.35]", StringComparison.Ordinal));
        Texts(ProfilePlot.Draw(two)).ShouldContain(text => text.Text == "Estimate " + PlotNumbers.Variance(two.Tau2));
    }

    /// <summary>With two studies the likelihood rises steeply from 0 and falls for ever; the curve still has its top where the estimate is.</summary>
    [EveryCultureFact]
    public void A_profile_reaches_its_top_at_the_estimate()
    {
        var marks = ProfilePlot.Draw(MetaAnalysis.Pool([-0.74, 0.094], [0.085, 0.094])).Scene.Marks;
        var curve = marks.OfType<CurveMark>().Single();
        var top = curve.Points.MinBy(point => point.Y);

        top.X.ShouldBe(marks.OfType<LineMark>().Single(line => line.Colour == PlotTheme.Default.Pooled && line.X1 == line.X2 && line.Y2 - line.Y1 > 100).X1, Precise);
        top.Y.ShouldBe(marks.OfType<LineMark>().Where(line => line.X1 == line.X2).Min(line => Math.Min(line.Y1, line.Y2)), Precise);
        curve.Points.Zip(curve.Points.Skip(1)).ShouldAllBe(pair => pair.First.X < pair.Second.X);
    }

    /// <summary>A name in a font that nobody measured may turn out narrower; it still stands beside its point.</summary>
    [EveryCultureFact]
    public void A_name_at_the_left_of_a_point_ends_there()
    {
        var marks = new List<Mark> { new LineMark(103, 0, 200, 40, "#000000", 1) };
        PointLabels.Place([new PointLabel(100, 20, 4, "سعيد 2015")], new Box(0, 0, 200, 40), marks, PlotTheme.Default);

        var name = marks.OfType<TextMark>().Single();
        name.Anchor.ShouldBe(TextAnchor.End);
        name.X.ShouldBe(93, Precise);
    }

    /// <summary>A line with three points has one degree of freedom, and a band that no axis holds.</summary>
    [EveryCultureFact]
    public void A_band_beyond_the_axis_is_said_to_be_there()
    {
        string Band(int count) => Texts(BubblePlot.Draw(PlotSamples.Regression(PlotSamples.Pooled(count).Effects, PlotSamples.Trials(count)["latitude"]))).Single(text => text.Text.Contains("prediction band")).Text;

        Band(13).ShouldBe("95% prediction band");
        Texts(BubblePlot.Draw(MetaAnalysis.Regress(
            MetaAnalysis.Pool([0.1, 0.5, 0.2], [0.01, 0.01, 0.01]).Effects, DesignMatrix.WithIntercept(Predictor.Numeric("year", [1980, 1981, 1982])))))
            .ShouldContain(text => text.Text.StartsWith("95% prediction band, beyond", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void A_p_curve_says_that_all_are_below_a_hundredth() =>
        Texts(PCurvePlot.Draw(PCurve.Analyse([.. Enumerable.Repeat(9.0, 4)]))).ShouldContain(text => text.Text == "100%");

    private static List<TextMark> Texts(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>()];
}
