using System.Xml.Linq;

namespace MetaSpine.Tests;

/// <summary>The plots show the right numbers, and refuse what makes no sense.</summary>
public sealed class PlotContentTests
{
    private static PooledResult Bcg(PoolingMethod method = PoolingMethod.REML, PoolingTest test = PoolingTest.Z) =>
        MetaAnalysis.Pool(ForestSamples.Bcg().Effects, new() { Method = method, Test = test });

    [EveryCultureFact]
    public void Baujat_coordinates_are_those_of_metafor()
    {
        // metafor 3.8.1: baujat(rma(yi, vi, method = ..., test = "z")) on dat.bcg, trials 4, 8 and 9; printed with 12 digits.
        var random = BaujatPlot.Points(Bcg());
        var equal = BaujatPlot.Points(Bcg(PoolingMethod.EE));

        // tau^2 itself agrees to about 1e-8 of its size, as both programs iterate.
        (random[3].Heterogeneity, random[3].Influence).ShouldBeClose((1.5860497234914, 0.237773320050604), 1e-5);
        (random[7].Heterogeneity, random[7].Influence).ShouldBeClose((1.6638456222975, 0.198964614242499), 1e-5);
        (equal[3].Heterogeneity, equal[3].Influence).ShouldBeClose((51.1073136255054, 4.56309948547637), 1e-11);
        (equal[8].Heterogeneity, equal[8].Influence).ShouldBeClose((0.0271351610359, 0.00081223590621), 1e-10);
        equal.Sum(point => point.Heterogeneity).ShouldBe(Bcg(PoolingMethod.EE).Q.Statistic, 1e-9);
    }

    [EveryCultureFact]
    public void Many_curves_of_a_drapery_let_through_what_they_cover()
    {
        CurveMark[] Curves(int count) => [.. DraperyPlot.Draw(PlotSamples.Pooled(count)).Scene.Marks.OfType<CurveMark>()];

        Curves(13).ShouldAllBe(curve => curve.Stroke.Opacity == 1);
        var many = Curves(200);
        many.Where(curve => curve.Study is not null).ShouldAllBe(curve => curve.Stroke.Opacity < 0.4);
        many.Where(curve => curve.Study is null).ShouldAllBe(curve => curve.Stroke.Opacity == 1);
        DraperyPlot.Draw(PlotSamples.Pooled(200)).ToSvg().ShouldContain("stroke-opacity=\"0.32\"");
    }

    [EveryCultureFact]
    public void The_axes_of_a_labbe_plot_end_where_the_studies_do()
    {
        PooledResult Trials(double most) => MetaAnalysis.Pool(Measures.RR.Compute(new EffectData { ["ai"] = [10, most], ["n1i"] = [100, 100], ["ci"] = [20, 30], ["n2i"] = [100, 100] }));

        Labels(LabbePlot.Draw(Trials(58))).ShouldNotContain("1.0");
        Labels(LabbePlot.Draw(Trials(90))).ShouldContain("1.0");
        static IEnumerable<string> Labels(Drawing drawing) => drawing.Scene.Marks.OfType<TextMark>().Select(text => text.Text);
    }

    /// <summary>In one colour for all, the subsets with the highlighted study still differ from those without: stripes against full places, an outline against an area.</summary>
    [EveryCultureFact]
    public void Highlighted_subsets_differ_in_shape_from_the_others()
    {
        var theme = PlotTheme.Default;
        var marks = GoshPlot.Draw(PlotSamples.Subsets(13), new() { Highlight = PlotSamples.Trials(13).Label(1) }).Scene.Marks;
        List<double> Heights(string colour) => [.. marks.OfType<BoxMark>().Where(box => box.Fill == colour && box.Outline is null).Select(box => box.Box.Height)];

        Heights(theme.Pooled).Max().ShouldBeLessThan(0.7 * Heights(theme.Effect).Min());
        var distributions = marks.OfType<PolygonMark>().ToList();
        distributions.Count(shape => shape.Fill is null && shape.Outline!.Colour == theme.Pooled).ShouldBe(2);
        distributions.Count(shape => shape.Fill == theme.Effect).ShouldBe(2);
    }

    [EveryCultureFact]
    public void Standardised_residuals_are_those_of_metafor()
    {
        // metafor 3.8.1: rstandard(rma(yi, vi))$z on dat.bcg.
        double[] expected =
        [
            -0.224425094033, -1.262902577832, -0.759240809007, -1.325291798529, 0.862358560414, -0.133427441732, -1.276775339607, 1.361108696135,
            0.422012241736, -1.104008541312, 0.692709065942, 1.286664574947, 1.174616593917,
        ];
        var residuals = NormalQuantilePlot.Standardised(Bcg());

        for (var i = 0; i < expected.Length; i++)
        {
            residuals[i].ShouldBe(expected[i], 1e-6);
        }
    }

    [EveryCultureFact]
    public void Profile_likelihoods_are_those_of_R()
    {
        var (y, v) = (Bcg().Studies.Select(study => study.Effect.Estimate).ToArray(), Bcg().Studies.Select(study => study.Effect.Variance).ToArray());
        var restricted = new LikelihoodCurve(y, v, true);
        var full = new LikelihoodCurve(y, v, false);
        var (reml, ml) = (Bcg(), Bcg(PoolingMethod.ML));
        double Restricted(double tau2) => restricted.AtTau2(tau2) - restricted.AtTau2(reml.Tau2);
        double Effect(double mean) => full.AtEffect(mean) - full.AtEffect(ml.Estimate);
        var drop = LikelihoodCurve.Drop(0.95);

        // R 4.2.2: logLik of rma(..., tau2 = t) of metafor 3.8.1, and optimize() over tau^2 for the effect; bounds by uniroot to 1e-10.
        Restricted(0.1).ShouldBe(-2.53593904331, 1e-7);
        Restricted(0.5).ShouldBe(-0.360901997852, 1e-7);
        Effect(-1).ShouldBe(-1.20345514069, 1e-8);
        full.AtEffect(ml.Estimate).ShouldBe(ml.Fit.LogLikelihood, 1e-9);
        LikelihoodCurve.Bound(Restricted, reml.Tau2, reml.Tau2StandardError!.Value, drop).ShouldBe(0.964695326514, 1e-6);
        LikelihoodCurve.Bound(Restricted, reml.Tau2, -reml.Tau2StandardError!.Value, drop, 0).ShouldBe(0.115266105748, 1e-6);
        LikelihoodCurve.Bound(Effect, ml.Estimate, ml.StandardError, drop).ShouldBe(-0.354975794509, 1e-7);
        LikelihoodCurve.Bound(Effect, ml.Estimate, -ml.StandardError, drop).ShouldBe(-1.08878906105, 1e-7);
    }

    [EveryCultureFact]
    public void The_prediction_curve_of_a_drapery_plot_meets_the_prediction_interval_at_its_level()
    {
        var result = ForestSamples.Bcg();
        var interval = result.PredictionInterval!.Value;

        DraperyPlot.PredictionPValue(result, interval.Lower).ShouldBe(0.05, 1e-9);
        DraperyPlot.PredictionPValue(result, interval.Upper).ShouldBe(0.05, 1e-9);
        DraperyPlot.PredictionPValue(result, result.Estimate).ShouldBe(1, 1e-9);
    }

    [EveryCultureFact]
    public void Each_study_is_one_group_with_its_numbers()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        foreach (var drawing in new[] { FunnelPlot.Draw(Bcg()), RadialPlot.Draw(Bcg()), LabbePlot.Draw(Bcg()), NormalQuantilePlot.Draw(Bcg()), BaujatPlot.Draw(Bcg()), BubblePlot.Draw(PlotSamples.Bcg), DraperyPlot.Draw(Bcg()) })
        {
            var groups = XDocument.Parse(drawing.ToSvg()).Descendants(svg + "g").ToList();
            groups.Select(group => group.Attribute("data-study")!.Value).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 13).Select(i => $"{i}").Order(StringComparer.Ordinal), drawing.Title);
            groups.Single(group => group.Attribute("data-study")!.Value == "3").Element(svg + "title")!.Value
                .ShouldBe($"Hart & Sutherland 1977: risk ratio 0.24 [0.18, 0.31], weight {(drawing.Title.StartsWith("Bubble", StringComparison.Ordinal) ? "11.8" : "9.7")}%");
        }
    }

    [EveryCultureFact]
    public void A_funnel_has_its_tip_at_the_pooled_effect_and_its_sides_where_the_interval_of_a_study_would_end()
    {
        var result = Bcg();
        var scene = FunnelPlot.Draw(result).Scene;
        var sides = scene.Marks.OfType<LineMark>().Concat<Mark>(scene.Marks.OfType<CurveMark>()).Where(mark => mark is CurveMark { Stroke.Dash: not null }).Cast<CurveMark>().ToList();
        var points = scene.Marks.OfType<CircleMark>().Where(circle => circle.Study is not null).ToList();

        sides.Count.ShouldBe(2);
        sides[0].Points[0].X.ShouldBe(sides[1].Points[0].X, 1e-9);

        // The place of the effect y of any study follows from two studies, as the axis is linear in the logarithm.
        var (a, b) = (result.Studies[0].Effect, result.Studies[1].Effect);
        double X(double effect) => points[0].X + (points[1].X - points[0].X) * (effect - a.Estimate) / (b.Estimate - a.Estimate);
        double Y(double error) => points[0].Y + (points[1].Y - points[0].Y) * (error - a.StandardError) / (b.StandardError - a.StandardError);
        sides[0].Points[0].X.ShouldBe(X(result.Estimate), 1e-6);
        sides[0].Points[0].Y.ShouldBe(Y(0), 1e-6);
        var (x, y) = sides[1].Points[32];
        var error = (y - Y(0)) / (Y(1) - Y(0));
        x.ShouldBe(X(result.Estimate + 1.959963984540054 * error), 1e-6);
    }

    [EveryCultureFact]
    public void A_plot_that_makes_no_sense_is_refused_with_the_reason()
    {
        var one = MetaAnalysis.Pool([0.5], [0.1]);
        var proportions = MetaAnalysis.Pool(Measures.PLO.Compute(ForestSamples.Proportions));
        var ready = MetaAnalysis.Pool([0.5, 0.7, 0.2], [0.1, 0.2, 0.1]);
        var categories = MetaAnalysis.Regress(Bcg().Effects, DesignMatrix.WithIntercept(Predictor.Categorical("region", [.. Enumerable.Range(0, 13).Select(i => i % 2 == 0 ? "north" : "south")])));

        Refusal(() => FunnelPlot.Draw(one)).ShouldContain("at least 2 studies, and the result has 1");
        Refusal(() => RadialPlot.Draw(one)).ShouldContain("at least 2 studies");
        Refusal(() => DraperyPlot.Draw(one)).ShouldContain("at least 2 studies");
        Refusal(() => ProfilePlot.Draw(one)).ShouldContain("at least 2 studies");
        Refusal(() => BaujatPlot.Draw(one)).ShouldContain("at least 3 studies");
        Refusal(() => NormalQuantilePlot.Draw(one)).ShouldContain("at least 3 studies");
        Refusal(() => FunnelPlot.Draw(proportions, new() { Contours = true })).ShouldContain("PLO has no value of no effect");
        Refusal(() => FunnelPlot.Draw(ready, new() { Vertical = FunnelAxis.SampleSize })).ShouldContain("The size of Study 1 is unknown");
        Refusal(() => FunnelPlot.Draw(ready, new() { Groups = ["a"] })).ShouldContain("1 groups for 3 effect sizes");
        Refusal(() => FunnelPlot.Draw(ready, new() { Labels = ["Study 11"] })).ShouldContain("did you mean Study 1?");
        Refusal(() => LabbePlot.Draw(proportions)).ShouldContain("PLO");
        Refusal(() => FunnelPlot.Draw(ready, new() { Filled = [new(double.NaN, 1)] })).ShouldContain("finite estimate");
        Refusal(() => LabbePlot.Draw(Bcg(), new() { EqualEffects = [0.5, -2] })).ShouldContain("−2 is not a possible risk ratio");
        Refusal(() => LabbePlot.Draw(ready)).ShouldContain("it is for OR");
        Refusal(() => BubblePlot.Draw(categories)).ShouldContain("needs a moderator that is a number");
        Refusal(() => BubblePlot.Draw(PlotSamples.Bcg, new() { Moderator = "latitud" })).ShouldContain("did you mean latitude?");
        Refusal(() => ProfilePlot.Draw(Bcg(PoolingMethod.DL))).ShouldContain("by DL");
        Refusal(() => ProfilePlot.Draw(Bcg(), new() { Parameter = ProfileParameter.Estimate })).ShouldContain("needs a result by ML");
        Refusal(() => RiskOfBiasPlot.TrafficLights([])).ShouldContain("risk_of_bias");
        Refusal(() => RiskOfBiasPlot.Summary(PlotSamples.Judged(2), new() { Tool = "rob3" })).ShouldContain("did you mean rob2?");
        Refusal(() => RiskOfBiasPlot.Summary(PlotSamples.Judged(2), new() { Weights = new Dictionary<string, double> { ["s0"] = 1 } })).ShouldContain("'s1' has no weight");
        Refusal(() => PrismaFlowPlot.Draw(new())).ShouldContain("there are none");
        Refusal(() => PrismaFlowPlot.Draw(new() { Screened = -3 })).ShouldContain("-3");
    }

    [EveryCultureFact]
    public void Judgements_are_read_in_the_words_of_the_tools_and_shares_leave_out_what_does_not_apply()
    {
        RiskSign.Level("Some concerns").ShouldBe(RiskLevel.Some);
        RiskSign.Level("serious").ShouldBe(RiskLevel.High);
        RiskSign.Level("PY").ShouldBe(RiskLevel.Some);
        RiskSign.Level("whatever").ShouldBe(RiskLevel.Unclear);
        RiskSign.Level("not applicable").ShouldBe(RiskLevel.None);

        // Overall is low, some concerns, high, low ...; the weights make the first study count as much as the other three.
        var table = RiskOfBiasTable.Of(PlotSamples.Judged(4), null, null);
        RiskOfBiasPlot.Shares(table, 5, new()).ShouldBe([(RiskLevel.Low, 0.5), (RiskLevel.Some, 0.25), (RiskLevel.High, 0.25)]);
        var weights = new Dictionary<string, double> { ["s0"] = 3, ["s1"] = 1, ["s2"] = 1, ["s3"] = 1 };
        RiskOfBiasPlot.Shares(table, 5, new() { Weights = weights })[0].Share.ShouldBe(4 / 6.0, 1e-12);

        // A domain that nobody judged is a gap, not a study less.
        Study[] studies = [.. PlotSamples.Judged(4).Select((study, i) => i < 3 ? study : study with { RiskOfBias = [study.RiskOfBias[0] with { Domains = [], Overall = null }] })];
        var gaps = RiskOfBiasTable.Of(studies, null, null);
        RiskOfBiasPlot.Shares(gaps, 5, new()).ShouldBe([(RiskLevel.Low, 0.25), (RiskLevel.Some, 0.25), (RiskLevel.High, 0.25), (RiskLevel.None, 0.25)]);
        RiskOfBiasPlot.Summary(studies).Scene.Marks.OfType<TextMark>().ShouldContain(mark => mark.Text == "Not judged");
        RiskOfBiasPlot.Summary(PlotSamples.Judged(4)).Scene.Marks.OfType<TextMark>().ShouldNotContain(mark => mark.Text == "Not judged");
    }

    [EveryCultureFact]
    public void Pictures_are_described_in_words()
    {
        // R: sum(abs(yi - coef) / sqrt(vi) > qnorm(.975)) is 7 for rma(yi, vi) on dat.bcg.
        FunnelPlot.Draw(Bcg()).Description.ShouldBe("13 studies by standard error. Pooled risk ratio 0.49 [0.34, 0.70]. 7 studies lie outside the pseudo 95% confidence limits.");
        PrismaFlowPlot.Draw(PlotSamples.Flow).Description.ShouldContain("Records screened (n\u00A0=\u00A01,915).");
        RiskOfBiasPlot.TrafficLights(PlotSamples.Judged(3)).Description.ShouldContain("Overall: low 1, some concerns 1, high 1.");
    }

    private static string Refusal(Func<Drawing> draw) => Should.Throw<ArgumentException>(() => draw()).Message;
}

internal static class PairAssertions
{
    /// <summary>Both numbers agree to a relative tolerance.</summary>
    public static void ShouldBeClose(this (double A, double B) actual, (double A, double B) expected, double tolerance)
    {
        actual.A.ShouldBe(expected.A, tolerance * Math.Abs(expected.A));
        actual.B.ShouldBe(expected.B, tolerance * Math.Abs(expected.B));
    }
}
