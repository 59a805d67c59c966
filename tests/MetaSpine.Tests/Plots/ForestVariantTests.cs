using System.Text.RegularExpressions;

namespace MetaSpine.Tests;

public sealed partial class ForestVariantTests
{
    private static readonly PooledResult Bcg = ForestSamples.Bcg();

    [EveryCultureFact]
    public void Columns_of_the_readers_choice_with_risk_of_bias() => Snapshot.Verify(ForestPlot.Draw(Bcg, new()
    {
        Theme = PlotTheme.Bmj, FavoursLeft = "Favours vaccine", FavoursRight = "Favours no vaccine", Prediction = PredictionStyle.Line,
        Columns = [ForestColumn.Of("Where", ForestSamples.Places(Bcg)), .. ForestColumn.Usual(PlotTheme.Bmj), ForestSamples.Judged(Bcg)],
    }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Several_models_with_their_predictive_distributions() => Snapshot.Verify(ForestPlot.Draw(Bcg, new()
    {
        Theme = PlotTheme.RevMan, Prediction = PredictionStyle.Distribution, AlsoShow = Others, FavoursLeft = "Favours vaccine", FavoursRight = "Favours no vaccine",
    }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Each_study_left_out() =>
        Snapshot.Verify(ForestPlot.LeaveOneOut(Bcg.LeaveOneOut(), Bcg, new() { Theme = PlotTheme.Jama, FavoursLeft = "Favours vaccine", FavoursRight = "Favours no vaccine" }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Studies_added_one_by_one() => Snapshot.Verify(ForestPlot.Cumulative(Bcg.Cumulative(StudyOrder.Precision), Bcg, new() { Theme = PlotTheme.Default.Dark }).ToSvg(), "svg");

    /// <summary>The pictures of the page about forest plots are those that its code draws today.</summary>
    [EveryCultureFact]
    public void The_pictures_of_the_page_are_the_pictures_drawn()
    {
        var review = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));
        var analysis = review.Analyse("risk-ratio");

        // Made-up judgements would be taken for real ones. That of this domain follows from what the trials say: alternate and systematic allocation are not random.
        var sequence = ForestColumn.RiskOfBias(["Random sequence generation"], [.. review.Studies.Select(study => (string?[])[study.FindModerator("allocation")!.Text == "random" ? "low" : "high"])]);
        Drawn("forest-columns", ForestPlot.Draw(analysis, new()
        {
            Theme = PlotTheme.Bmj, Columns = [ForestColumn.Moderator(review, "allocation"), .. ForestColumn.Usual(PlotTheme.Bmj), sequence],
            FavoursLeft = "Favours vaccine", FavoursRight = "Favours no vaccine",
        }));
        Drawn("forest-models", ForestPlot.Draw(Bcg, new()
        {
            Theme = PlotTheme.RevMan, Prediction = PredictionStyle.Distribution, FavoursLeft = "Favours vaccine", FavoursRight = "Favours no vaccine", AlsoShow = [.. Others.Skip(1)],
        }));
    }

    private static void Drawn(string name, Drawing drawing)
    {
        File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "MetaSpine", "docs", "forest-plots.md")).ShouldContain($"({name}.svg)");
        Snapshot.VerifyFile(drawing.ToSvg(), $"src/MetaSpine/docs/{name}.svg");
    }

    private static IPooledEffect[] Others =>
    [
        MetaAnalysis.Pool(Bcg.Effects, new() { Method = PoolingMethod.DL, Test = PoolingTest.Z }), MetaAnalysis.Pool(Bcg.Effects, new() { Method = PoolingMethod.EE, Test = PoolingTest.Z }),
        MantelHaenszel.Pool(Measures.RR, Bcg.Effects.Data),
    ];

    [EveryCultureFact]
    public void Other_models_have_a_hollow_diamond_and_a_line_each()
    {
        var drawing = ForestPlot.Draw(Bcg, new() { AlsoShow = Others, ShowPredictionInterval = false });
        var hollow = drawing.Scene.Marks.OfType<PolygonMark>().Where(polygon => polygon.Outline is not null).ToList();

        hollow.Count.ShouldBe(3);
        drawing.Description.ShouldContain("Random effects (REML, Knapp-Hartung) 0.49 [0.33, 0.73]. Random effects (DL) 0.49 [0.34, 0.70]. Equal effects 0.65 [0.60, 0.70]. Mantel-Haenszel 0.64 [0.59, 0.69].");
        Texts(drawing).ShouldContain(text => text.Text.StartsWith("Mantel-Haenszel; overall effect: z = "));
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(Bcg, new() { AlsoShow = [ForestSamples.Bcg(Measures.OR)] })).Message.ShouldContain("OR, the plot as RR");
    }

    [EveryCultureFact]
    public void Models_without_weights_have_equal_squares_and_no_weights()
    {
        var model = CountModels.Fit(Measures.PLO, ForestSamples.Proportions);
        var drawing = ForestPlot.Draw(model);
        var squares = drawing.Scene.Marks.OfType<BoxMark>().ToList();

        squares.Count.ShouldBe(5);
        squares.ShouldAllBe(square => Math.Abs(square.Box.Width - 6) < 1e-9 && Math.Abs(square.Box.Height - 6) < 1e-9);
        Texts(drawing).ShouldNotContain(text => text.Text == "Weight");
    }

    [EveryCultureFact]
    public void Prediction_intervals_are_bars_lines_or_shapes_between_the_same_ends()
    {
        var ends = Enum.GetValues<PredictionStyle>().Select(style => ForestPlot.Draw(Bcg, new() { Prediction = style }).Scene.Marks.OfType<LineMark>()
            .Last(line => line.Colour == PlotTheme.Default.Pooled && line.Y1 == line.Y2)).ToList();

        ends.Select(line => (line.X1, line.X2)).Distinct().Count().ShouldBe(1);
        ends.Select(line => line.Width).ShouldBe([3.5, 1.1, 2]);
        ForestPlot.Draw(Bcg, new() { Prediction = PredictionStyle.Distribution }).Scene.Marks.OfType<PolygonMark>().Count(shape => shape.Opacity < 1).ShouldBe(2);
    }

    [EveryCultureFact]
    public void What_is_left_out_is_a_row_of_its_own_result()
    {
        var omission = Bcg.LeaveOneOut();
        var drawing = ForestPlot.LeaveOneOut(omission, Bcg);

        Row(drawing, "TPT Madras 1980").ShouldBe("TPT Madras 1980 12 0.27 87% 0.45 [0.30, 0.67]");
        Row(drawing, "All studies").ShouldBe("All studies 13 0.31 92% 0.49 [0.33, 0.73]");
        drawing.Scene.Marks.OfType<CircleMark>().Count().ShouldBe(13);
        drawing.Title.ShouldBe("Leave-one-out plot of the risk ratio");
        var sorted = ForestPlot.LeaveOneOut(omission, Bcg, new() { Order = ForestOrder.Estimate });
        Texts(sorted).First(text => text.Text != "Left out" && text.X == 14).Text.ShouldBe("TPT Madras 1980");
        ForestPlot.LeaveOneOut(MantelHaenszel.Pool(Measures.RR, Bcg.Effects.Data).LeaveOneOut(), MantelHaenszel.Pool(Measures.RR, Bcg.Effects.Data))
            .Scene.Marks.OfType<TextMark>().ShouldNotContain(text => text.Text == "τ²");
    }

    [EveryCultureFact]
    public void Studies_add_up_in_the_order_of_the_result()
    {
        var drawing = ForestPlot.Cumulative(Bcg.Cumulative(StudyOrder.Precision), Bcg, new() { Order = ForestOrder.Name });

        Row(drawing, "TPT Madras 1980").ShouldBe("TPT Madras 1980 1 – – 1.01 [0.89, 1.14]");
        Row(drawing, "Comstock & Webster 1969").ShouldBe("Comstock & Webster 1969 13 0.31 92% 0.49 [0.33, 0.73]");
        Texts(drawing).ShouldContain(text => text.Text == "Order of the studies: precision, the most precise first");
        Texts(drawing).FindIndex(text => text.Text == "TPT Madras 1980").ShouldBeLessThan(Texts(drawing).FindIndex(text => text.Text == "Aronson 1948"));
    }

    [EveryCultureFact]
    public void Each_study_is_one_group_with_its_row_and_what_it_says()
    {
        var svg = ForestPlot.Draw(Bcg, new() { Order = ForestOrder.Weight, Columns = [.. ForestColumn.Usual(), ForestSamples.Judged(Bcg)] }).ToSvg();

        Key().Matches(svg).Select(match => int.Parse(match.Groups["row"].Value, System.Globalization.CultureInfo.InvariantCulture)).Order().ShouldBe(Enumerable.Range(0, 13));
        svg.ShouldContain("<g data-study=\"7\">\n  <title>TPT Madras 1980: 1.01 [0.89, 1.14]; weight 10.2%</title>\n  <text ");
        svg.Split("</g>")[0].ShouldContain("<rect");
        Key().Count(ForestPlot.LeaveOneOut(Bcg.LeaveOneOut(), Bcg).ToSvg()).ShouldBe(13);
    }

    [EveryCultureFact]
    public void A_name_from_right_to_left_does_not_carry_the_numbers_away()
    {
        var drawing = ForestPlot.Draw(ForestSamples.Names);

        drawing.ToSvg().ShouldContain("<title>\u2068محمد العبد الله 2012\u2069: 4.22 [2.84, 5.61]");
        drawing.ToSvg().ShouldContain("<title>Москва 1999: ");
    }

    [EveryCultureFact]
    public void A_tall_plot_has_its_axis_at_both_ends()
    {
        Texts(ForestPlot.Draw(ForestSamples.Trial(20))).Count(text => text.Text == "1" && text.Anchor == TextAnchor.Middle).ShouldBe(1);
        Texts(ForestPlot.Draw(ForestSamples.Trial(60))).Count(text => text.Text == "1" && text.Anchor == TextAnchor.Middle).ShouldBe(2);
    }

    [EveryCultureFact]
    public void Parts_can_be_left_away()
    {
        var drawing = ForestPlot.Draw(ForestSamples.BcgByAllocation, Bcg, null, new() { ShowHeterogeneity = false, ShowEstimateLine = false, ShowNullLine = false });

        Texts(drawing).ShouldNotContain(text => text.Text.Contains("I²"));
        drawing.Scene.Marks.OfType<LineMark>().ShouldNotContain(line => line.X1 == line.X2 && line.Y2 - line.Y1 > 50);
    }

    [EveryCultureFact]
    public void An_interval_of_no_width_can_be_seen()
    {
        var drawing = ForestPlot.Draw(MetaAnalysis.Pool([0.5, 0.5], [1e-40, 1e-40], new() { Method = PoolingMethod.EE, Test = PoolingTest.Z }));

        drawing.Scene.Marks.OfType<PolygonMark>().Single().Bounds.Width.ShouldBe(3, 1e-6);
    }

    [EveryCultureFact]
    public void An_estimate_beyond_the_axis_leaves_what_the_axis_shows_of_its_diamond()
    {
        // No event in any treated group: the odds ratio is 0, its interval 0 to 0.50.
        var result = ExactOddsRatio.Pool(new EffectData { ["ai"] = [0, 0], ["n1i"] = [20, 30], ["ci"] = [3, 4], ["n2i"] = [20, 30] });
        var marks = ForestPlot.Draw(result).Scene.Marks;
        var (wedge, arrow) = (marks.OfType<PolygonMark>().First(), marks.OfType<PolygonMark>().Last());

        arrow.Bounds.Right.ShouldBeLessThan(wedge.Bounds.Left);
        wedge.Bounds.Height.ShouldBe(12, 1e-9);
        var half = marks.OfType<LineMark>().Last(line => line.X1 == line.X2 && line.Y2 - line.Y1 < 5).X1;
        wedge.Bounds.Right.ShouldBeInRange(wedge.Bounds.Left + 50, half);

        // Cut through the far side: half as high in the middle between the centre and the tip.
        var cut = ForestPlot.Draw(Bcg, new() { AxisRange = (Math.Exp((Bcg.Estimate + Bcg.Interval.Upper) / 2), 2), ShowPredictionInterval = false }).Scene.Marks.OfType<PolygonMark>()
            .Single(polygon => polygon.Fill == PlotTheme.Default.Pooled && polygon.Bounds.Height < 7);
        cut.Bounds.Height.ShouldBeInRange(4, 6);
    }

    [EveryCultureFact]
    public void Numbers_too_small_for_decimals_are_powers_of_ten()
    {
        var drawing = ForestPlot.Draw(MetaAnalysis.Pool([1.2e-8, 3.4e-8, -2e-9], [4e-18, 9e-18, 1e-18]));

        Row(drawing, "Study 2").ShouldStartWith("Study 2 3.4×10⁻⁸ [2.8×10⁻⁸, 4.0×10⁻⁸]");
    }

    [EveryCultureFact]
    public void A_result_without_an_interval_is_said_to_be_not_estimable()
    {
        var nothing = new Interval(double.NaN, double.NaN, 0.95);
        var drawing = ForestPlot.Draw(Bcg with { Estimate = double.NaN, Interval = nothing, PredictionInterval = nothing });

        Row(drawing, "Random effects").ShouldContain("not estimable");
        drawing.Scene.Marks.OfType<PolygonMark>().ShouldBeEmpty();
        drawing.ToSvg().ShouldNotContain("NaN");
    }

    private static List<TextMark> Texts(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>()];

    private static string Row(Drawing drawing, string label)
    {
        var y = Texts(drawing).First(text => text.Text == label).Y;
        return string.Join(' ', Texts(drawing).Where(text => text.Y == y).OrderBy(text => text.Box.Left).Select(text => text.Text));
    }

    [GeneratedRegex("<g data-study=\"(?<row>[0-9]+)\">")]
    private static partial Regex Key();
}
