using System.Xml.Linq;

namespace MetaSpine.Tests;

public sealed class ForestPlotTests
{
    private static readonly string Vermilion = PlotTheme.Default.Pooled;

    [EveryCultureFact]
    public void An_arrow_over_a_square_has_the_colour_of_the_paper()
    {
        var theme = PlotTheme.Jama;
        var marks = ForestPlot.Draw(MetaAnalysis.Pool(Measures.PR.Compute(new EffectData { ["xi"] = [0, 21, 2], ["ni"] = [20, 21, 22] })), new() { Theme = theme }).Scene.Marks;
        var squares = marks.OfType<BoxMark>().Where(box => box.Fill == theme.Effect).Select(box => box.Box).ToList();

        var arrows = marks.OfType<PolygonMark>().Where(mark => mark.Study is not null).ToList();
        arrows.Select(arrow => arrow.Fill).Distinct().ShouldBe([theme.Paper, theme.Ink], ignoreOrder: true);
        foreach (var arrow in arrows)
        {
            var (tip, isOver) = (arrow.Points[0], squares.Any(square => square.Grown(1).Contains(arrow.Points[0].X, arrow.Points[0].Y)));
            arrow.Fill.ShouldBe(isOver ? theme.Paper : theme.Ink, $"{tip}");
        }
    }

    [EveryCultureFact]
    public void Risk_ratios_of_the_bcg_trials() => Verify("BCG");

    [EveryCultureFact]
    public void Subgroups_with_their_own_summaries() => Verify("subgroups");

    [EveryCultureFact]
    public void Proportions_with_none_and_all() => Verify("PLO");

    [EveryCultureFact]
    public void Mean_differences() => Verify("means");

    private static void Verify(string sample, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify(ForestSamples.All[sample]().ToSvg(), "svg", method: method);

    [EveryCultureFact]
    public void The_numbers_are_those_of_the_result()
    {
        var texts = Texts(ForestPlot.Draw(ForestSamples.Bcg()));

        string.Join(' ', Row(texts, "Random effects")).ShouldBe("Random effects 1065 /191064 1510 /166283 0.49 [0.33, 0.73] 100.0%");
        string.Join(' ', Row(texts, "Aronson 1948")).ShouldBe("Aronson 1948 4 /123 11 /139 0.41 [0.13, 1.26] 5.1%");
        string.Join(' ', Row(texts, "95% prediction interval")).ShouldBe("95% prediction interval [0.14, 1.76]");
        texts.Select(text => text.Text).ShouldContain("Heterogeneity: τ² = 0.31, I² = 92% (82–98%), Q = 152.23 (df = 12), p < 0.001");
        texts.Select(text => text.Text).ShouldContain("Random effects (REML, Knapp-Hartung); overall effect: t = −3.95 (df = 12), p = 0.002");
    }

    [EveryCultureFact]
    public void Symbols_stand_where_the_axis_says()
    {
        var drawing = ForestPlot.Draw(ForestSamples.Bcg());
        var texts = Texts(drawing);
        double At(string tick) => texts.Single(text => text.Text == tick && text.Anchor == TextAnchor.Middle).X;
        var perE = (At("5") - At("0.1")) / Math.Log(50);
        double X(double log) => At("1") + perE * log;
        var pooled = ForestSamples.Bcg();

        var diamond = drawing.Scene.Marks.OfType<PolygonMark>().Single();
        diamond.Points.Min(p => p.X).ShouldBe(X(pooled.Interval.Lower), 0.01);
        diamond.Points.MinBy(p => p.Y).X.ShouldBe(X(pooled.Estimate), 0.01);
        diamond.Points.Max(p => p.X).ShouldBe(X(pooled.Interval.Upper), 0.01);
        var squares = drawing.Scene.Marks.OfType<BoxMark>().ToList();
        squares.Count.ShouldBe(13);
        for (var i = 0; i < squares.Count; i++)
        {
            ((squares[i].Box.Left + squares[i].Box.Right) / 2).ShouldBe(X(pooled.Studies[i].Effect.Estimate), 0.01);
            (squares[i].Box.Width * squares[i].Box.Height / (squares[0].Box.Width * squares[0].Box.Height)).ShouldBe(pooled.Studies[i].Weight / pooled.Studies[0].Weight, 1e-9);
        }
    }

    [EveryCultureFact]
    public void Proportions_are_read_on_their_own_scale_and_have_no_line_of_no_effect()
    {
        var drawing = ForestSamples.All["PLO"]();

        Texts(drawing).Where(text => text.Anchor == TextAnchor.Middle).Select(text => text.Text).ShouldContain("0.0");
        Row(Texts(drawing), "Oda 2006").ShouldContain("0.89");
        drawing.Scene.Marks.OfType<LineMark>().Where(line => line.X1 == line.X2 && line.Y2 - line.Y1 > 50).ShouldAllBe(line => line.Colour == Vermilion);
    }

    [EveryCultureFact]
    public void Small_proportions_get_more_decimals_and_their_own_axis()
    {
        var texts = Texts(ForestSamples.All["rare"]());

        Row(texts, "Alpha 2006").ShouldContain("0.003");
        texts.ShouldNotContain(text => text.Text == "1.0");
    }

    [EveryCultureFact]
    public void A_study_without_an_estimate_is_named_and_explained()
    {
        var drawing = ForestSamples.All["PLO"]();
        var row = Row(Texts(drawing), "Unknown 2016");

        row.ShouldBe(["Unknown 2016", "–", "/20", "not estimable"]);
        drawing.Description.ShouldContain("Not estimable: Unknown 2016, xi is missing");
        Texts(drawing).Single(text => text.Text == "Unknown 2016").Colour.ShouldBe(PlotTheme.Default.Faint);
    }

    [EveryCultureFact]
    public void Intervals_that_leave_the_axis_end_in_arrows()
    {
        var inside = ForestPlot.Draw(ForestSamples.Bcg());
        var clipped = ForestPlot.Draw(ForestSamples.Bcg(), new() { AxisRange = (0.2, 2) });

        Arrows(inside).ShouldBe(0);
        Arrows(clipped).ShouldBe(8);
    }

    [EveryCultureFact]
    public void One_imprecise_study_does_not_squeeze_the_others()
    {
        var drawing = ForestPlot.Draw(MetaAnalysis.Pool([0.1, 0.3, 0.2, 0.25, 0.2], [0.01, 0.02, 0.01, 0.015, 400], new() { Method = PoolingMethod.EE }));

        Arrows(drawing).ShouldBe(2);
        Texts(drawing).ShouldContain(text => text.Text == "0.4" && text.Anchor == TextAnchor.Middle);
    }

    [EveryCultureTheory]
    [InlineData(ForestOrder.AsGiven, "Oda 2006, Kim 2011, Chen 2013, None 2014, All 2015, Unknown 2016")]
    [InlineData(ForestOrder.Estimate, "None 2014, Chen 2013, Kim 2011, Oda 2006, All 2015, Unknown 2016")]
    [InlineData(ForestOrder.Weight, "Kim 2011, Chen 2013, Oda 2006, All 2015, None 2014, Unknown 2016")]
    [InlineData(ForestOrder.Name, "All 2015, Chen 2013, Kim 2011, None 2014, Oda 2006, Unknown 2016")]
    public void Studies_stand_in_the_order_asked_for(ForestOrder order, string expected)
    {
        var drawing = ForestPlot.Draw(MetaAnalysis.Pool(Measures.PLO.Compute(ForestSamples.Proportions)), new() { Order = order });
        var names = Enumerable.Range(0, 6).Select(ForestSamples.Proportions.Label).ToHashSet();

        string.Join(", ", Texts(drawing).Where(text => names.Contains(text.Text)).Select(text => text.Text)).ShouldBe(expected);
    }

    [EveryCultureFact]
    public void Weights_of_subgroups_are_those_of_the_whole()
    {
        var overall = ForestSamples.Bcg();
        var effects = overall.Effects;
        var half = effects with { Studies = [.. effects.Studies.Select((study, row) => row < 6 ? study : study with { Problem = "elsewhere" })] };
        var drawing = ForestPlot.Draw([new SubgroupResult("First six", MetaAnalysis.Pool(half) with { Excluded = [] })], overall);

        Row(Texts(drawing), "Aronson 1948")[^1].ShouldBe("5.1%");
        Row(Texts(drawing), "Subtotal")[^1].ShouldBe("44.5%");
    }

    [EveryCultureFact]
    public void The_test_of_the_subgroups_is_a_line_below()
    {
        var drawing = ForestPlot.Draw(ForestSamples.BcgByAllocation, ForestSamples.Bcg(), new ChiSquaredTest(6.25, 2, 0.04394));

        Texts(drawing).ShouldContain(text => text.Text == "Differences between subgroups: Q = 6.25 (df = 2), p = 0.044");
    }

    [EveryCultureFact]
    public void An_analysis_shows_what_it_could_not_pool()
    {
        var pooled = ForestSamples.Bcg();
        var analysis = new AnalysisResult
        {
            Analysis = new Analysis { Id = "tb", Outcome = "tb", Measure = "RR" }, Title = "Tuberculosis", Measure = Measures.RR, Pooled = pooled, Problem = null,
            Regression = null, NotPooled = [new("x", "Unreported 1950", "no counts; ask the authors.")], Notes = [],
        };
        var drawing = ForestPlot.Draw(analysis);

        drawing.Title.ShouldBe("Forest plot: Tuberculosis");
        Row(Texts(drawing), "Unreported 1950").ShouldBe(["Unreported 1950", "not estimable"]);
        drawing.Description.ShouldEndWith("Not estimable: Unreported 1950, no counts; ask the authors.");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(analysis with { Pooled = null, Problem = "No study reports this outcome." }))
            .Message.ShouldContain("No study reports this outcome.");
    }

    [EveryCultureFact]
    public void Options_switch_parts_off()
    {
        var drawing = ForestPlot.Draw(ForestSamples.Bcg(), new() { ShowNullLine = false, ShowPredictionInterval = false, Digits = 3 });

        Texts(drawing).ShouldNotContain(text => text.Text.Contains("prediction"));
        Row(Texts(drawing), "Random effects").ShouldContain("0.489");
        drawing.Scene.Marks.OfType<LineMark>().Count(line => line.X1 == line.X2 && line.Y2 - line.Y1 > 50).ShouldBe(1);
    }

    [EveryCultureFact]
    public void Options_out_of_range_are_named()
    {
        var result = ForestSamples.Bcg();

        Should.Throw<ArgumentException>(() => ForestPlot.Draw(result, new() { Digits = 7 })).Message.ShouldContain("Digits is 7");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(result, new() { AxisRange = (0, 2) })).Message.ShouldContain("above 0 for a ratio");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(result, new() { AxisRange = (2, 1) })).Message.ShouldContain("AxisRange is 2 to 1");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw([], null)).Message.ShouldContain("at least one subgroup");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw([new("Other", ForestSamples.Bcg(Measures.OR))], result)).Message.ShouldContain("OR");
    }

    [EveryCultureFact]
    public void The_picture_is_described_for_those_who_do_not_see_it()
    {
        var drawing = ForestPlot.Draw(ForestSamples.Bcg(), new() { Title = "BCG & tuberculosis" });
        var root = XDocument.Parse(drawing.ToSvg()).Root!;

        root.Elements().First().Value.ShouldBe("Forest plot: BCG & tuberculosis");
        drawing.Description.ShouldStartWith("13 studies, risk ratio with 95% confidence interval. Random effects 0.49 [0.33, 0.73]. 95% prediction interval [0.14, 1.76].");
        drawing.ToHtml().ShouldBe(drawing.ToSvg());
    }

    private static List<TextMark> Texts(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>()];

    /// <summary>The texts on the line that starts with a label, from left to right.</summary>
    private static List<string> Row(List<TextMark> texts, string label)
    {
        var y = texts.First(text => text.Text == label).Y;
        return [.. texts.Where(text => text.Y == y).OrderBy(text => text.Box.Left).Select(text => text.Text)];
    }

    private static int Arrows(Drawing drawing) => drawing.Scene.Marks.OfType<PolygonMark>().Count(polygon => polygon.Points.Count == 3);
}
