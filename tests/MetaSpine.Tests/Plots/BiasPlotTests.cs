namespace MetaSpine.Tests;

/// <summary>Doi plots, p-curves, filled funnels and specification curves show the numbers of their analyses.</summary>
public sealed class BiasPlotTests
{
    /// <summary>What the colours tell apart, the shapes do.</summary>
    [EveryCultureFact]
    public void Estimates_whose_interval_holds_no_effect_are_hollow_and_their_choices_low()
    {
        var theme = PlotTheme.Default;
        var marks = SpecificationPlot.Draw(PlotSamples.Specifications(40)).Scene.Marks;
        var dots = marks.OfType<CircleMark>().ToList();
        dots.Count(dot => dot.Fill == theme.Paper).ShouldBeGreaterThan(0);
        dots.ShouldAllBe(dot => dot.Fill == theme.Effect || (dot.Fill == theme.Paper && dot.Outline!.Colour == theme.Faint));
        double[] Heights(string colour) => [.. marks.OfType<BoxMark>().Where(box => box.Fill == colour).Select(box => box.Box.Height)];
        Heights(theme.Faint).Max().ShouldBeLessThan(0.6 * Heights(theme.Effect).Min());
    }

    private static PooledResult Bcg => ForestSamples.Bcg();

    [EveryCultureFact]
    public void Studies_stand_at_their_normal_scores_in_a_Doi_plot()
    {
        var data = Bcg.DoiPlotData();
        var drawing = DoiPlot.Draw(Bcg);
        var points = drawing.Scene.Marks.OfType<CircleMark>().Where(circle => circle.Study is not null).ToDictionary(circle => circle.Study!.Row);
        points.Count.ShouldBe(13);

        // Both axes are linear (the effect in its logarithm), so that the places of two studies give those of all.
        var (a, b) = (data.Points[0], data.Points[3]);
        double Share(double value, double from, double to) => (value - from) / (to - from);
        foreach (var (row, circle) in points)
        {
            var point = data.Points[row];
            Share(circle.X, points[0].X, points[3].X).ShouldBe(Share(point.Estimate, a.Estimate, b.Estimate), 1e-9);
            Share(circle.Y, points[0].Y, points[3].Y).ShouldBe(Share(Math.Abs(point.ZScore), Math.Abs(a.ZScore), Math.Abs(b.ZScore)), 1e-9);
        }

        var top = points.MinBy(pair => pair.Value.Y).Key;
        drawing.Scene.Marks.OfType<LineMark>().ShouldContain(line => line.X1 == line.X2 && Math.Abs(line.X1 - points[top].X) < 1e-9 && line.Colour == PlotTheme.Default.Pooled);
        drawing.Description.ShouldContain(FormattableString.Invariant($"LFK index {data.Index:0.00}").Replace('-', '−'));
    }

    [EveryCultureFact]
    public void The_expected_p_curves_are_those_of_R()
    {
        // R 4.2.2: d by uniroot at the power of a two-sided z test at 5%; differences of (pnorm(d - z) + pnorm(-z - d)) over that at z = qnorm(.975).
        double[] third = [0.442529915514, 0.195141722469, 0.144429188734, 0.117596906283, 0.100302267001];
        double[] eighty = [0.7366288374165, 0.1167336846599, 0.0668133525035, 0.0457242709010, 0.0340998545193];

        for (var i = 0; i < 5; i++)
        {
            PCurve.ExpectedShares(1.0 / 3)[i].ShouldBe(third[i], 1e-9);
            PCurve.ExpectedShares(.8)[i].ShouldBe(eighty[i], 1e-9);
            PCurve.ExpectedShares(.05)[i].ShouldBe(.2, 1e-9);
        }
    }

    [EveryCultureFact]
    public void A_p_curve_counts_the_p_values_in_each_hundredth()
    {
        // Two-sided p = 0.0455, 0.0357, 0.0278, 0.0164, 0.0027, 0.0001 and 0.3173.
        var curve = PCurve.Analyse([2, -2.1, 2.2, 2.4, -3, 4, 1]);
        curve.Bins.ShouldBe([2, 1, 1, 1, 1]);
        Bcg.PCurveAnalysis().Bins.Sum().ShouldBe(Bcg.PCurveAnalysis().SignificantCount);

        var texts = Texts(PCurvePlot.Draw(curve));
        texts.ShouldContain("33%");
        texts.Count(text => text == "17%").ShouldBe(4);
        texts.ShouldContain(text => text.StartsWith("Estimated power ", StringComparison.Ordinal));
    }

    [EveryCultureFact]
    public void A_funnel_shows_what_trim_and_fill_adds_and_the_effect_with_it()
    {
        var filled = Bcg.TrimAndFill();
        var drawing = FunnelPlot.Draw(filled);
        var hollow = drawing.Scene.Marks.OfType<CircleMark>().Where(circle => circle.Fill is null).ToList();

        // One more is the key of the legend.
        hollow.Count.ShouldBe(filled.MissingCount + 1);
        drawing.Description.ShouldEndWith(FormattableString.Invariant($"{PlotText.Pooled(filled.Adjusted)}."));
        Texts(FunnelPlot.Draw(Symmetric.TrimAndFill())).ShouldContain("Filled in (0)");
    }

    [EveryCultureFact]
    public void A_specification_curve_has_a_column_for_each_in_order_and_a_mark_for_each_choice()
    {
        var multiverse = PlotSamples.Specifications(40);
        var scene = SpecificationPlot.Draw(multiverse).Scene;
        var points = scene.Marks.OfType<CircleMark>().ToList();

        points.Count.ShouldBe(39);
        points.ShouldBe([.. points.OrderBy(point => point.X).ThenByDescending(point => point.Y)]);
        for (var i = 1; i < points.Count; i++)
        {
            points[i].Y.ShouldBeLessThanOrEqualTo(points[i - 1].Y);
        }

        // Eight choices have alternatives; the keys of the legend are two more boxes, and the bands are as wide as the picture.
        scene.Marks.OfType<BoxMark>().Count(box => box.Bounds.Width < 20).ShouldBe(8 * 40 + 2);
        Texts(scene).ShouldNotContain("Kept by everyone");
        scene.Marks.OfType<PolygonMark>().Count(mark => mark.Fill == PlotTheme.Default.Pooled).ShouldBe(2);
        Texts(scene).ShouldContain("Long intervals end at the edge of the picture.");
        SpecificationPlot.Draw(PlotSamples.Specifications(40, hasReference: false)).Scene.Marks.OfType<PolygonMark>().ShouldBeEmpty();
    }

    [EveryCultureFact]
    public void More_specifications_than_columns_are_thinned_and_the_picture_says_so()
    {
        var multiverse = PlotSamples.Specifications(4000);
        var drawing = SpecificationPlot.Draw(multiverse);
        var scene = drawing.Scene;

        scene.Marks.OfType<CircleMark>().Count().ShouldBe(279);
        scene.Marks.OfType<PolygonMark>().Count().ShouldBe(2);
        string.Join(' ', Texts(scene)).ShouldContain("Shown are 280 of 4,000 specifications, evenly spaced in the order, with the first, the last and the reference.");
        scene.Width.ShouldBeLessThan(900);
        var excluding = multiverse.Specifications.Count(s => s.NaturalUpper < 1 || s.NaturalLower > 1);
        Texts(scene).ShouldContain(FormattableString.Invariant($"The interval excludes no effect: {excluding} of 4000"));

        // Neighbours share marks, so that the picture stays light.
        scene.Marks.Count.ShouldBeLessThan(8000);
    }

    [EveryCultureFact]
    public void The_multiverse_of_a_result_has_the_result_as_its_reference()
    {
        var result = MetaAnalysis.Pool(ForestSamples.Bcg().Effects, new() { Method = PoolingMethod.HS, Test = PoolingTest.T, Level = 0.9 });
        var reference = Multiverse.Run(result).Reference!.Value;

        reference.Estimate.ShouldBe(result.Estimate, 1e-9);
        (reference.Lower, reference.Upper).ShouldBeClose((result.Interval.Lower, result.Interval.Upper), 1e-7);
        SpecificationPlot.Draw(Multiverse.Run(result)).Title.ShouldBe("Specification curve of the risk ratio or odds ratio");
        SpecificationPlot.Draw(Multiverse.Run(result, MultiverseOptions.Default)).Title.ShouldBe("Specification curve of the risk ratio");
    }

    private static PooledResult Symmetric => MetaAnalysis.Pool([-0.4, -0.2, 0, 0.2, 0.4], [0.04, 0.02, 0.01, 0.02, 0.04]);

    private static List<string> Texts(Drawing drawing) => Texts(drawing.Scene);

    private static List<string> Texts(Scene scene) => [.. scene.Marks.OfType<TextMark>().Select(mark => mark.Text)];
}
