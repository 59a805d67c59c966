namespace MetaSpine.Tests;

public sealed class CaterpillarPlotTests
{
    [EveryCultureTheory]
    [InlineData(13)]
    [InlineData(2000)]
    public void Effects_stand_in_order_of_size_each_on_its_interval(int count)
    {
        var result = PlotSamples.Pooled(count, method: PoolingMethod.EE);
        var marks = CaterpillarPlot.Draw(result).Scene.Marks;
        var points = marks.OfType<CircleMark>().ToList();
        points.Count.ShouldBe(count);
        points.Select(point => point.X).ShouldBe(points.Select(point => point.X).Order());
        points.Zip(points.Skip(1)).ShouldAllBe(pair => pair.Second.Y > pair.First.Y);
        points.Select(point => point.Study!.Row).ShouldBe(result.Studies.OrderBy(study => study.Effect.Estimate).Select(study => study.Row));
        var lines = marks.OfType<LineMark>().Where(line => line.Study is not null).ToDictionary(line => line.Study!.Row);
        lines.Count.ShouldBe(count);
        points.ShouldAllBe(point => lines[point.Study!.Row].X1 <= point.X && point.X <= lines[point.Study.Row].X2 && lines[point.Study.Row].Y1 == point.Y);
        marks.OfType<TextMark>().Any(text => text.Text.Contains("Aronson", StringComparison.Ordinal)).ShouldBe(count == 13);
        CaterpillarPlot.Draw(result).Height.ShouldBeLessThan(1000);
    }

    [EveryCultureFact]
    public void Many_dependent_effects_fit_on_a_screen_and_are_counted_with_their_studies()
    {
        var drawing = CaterpillarPlot.Draw(ClusterSamples.Pooled(200));
        drawing.Description.ShouldStartWith("200 effects in 68 studies in order of size");
        drawing.Scene.Marks.OfType<TextMark>().ShouldContain(text => text.Text == "Prediction, a new outcome of a new study");
        CaterpillarPlot.Draw(ClusterSamples.Pooled(200), new() { Show = CaterpillarRows.Predictions }).Description.ShouldStartWith("68 studies in order of size");
        CaterpillarPlot.Draw(ClusterSamples.Pooled(13), new() { ShowPredictionInterval = false }).ToSvg().ShouldNotContain("Prediction");
    }

    [EveryCultureFact]
    public void True_effects_are_those_that_the_model_predicts()
    {
        var (independent, dependent) = (ForestSamples.Bcg(), ClusterSamples.Pooled(13));
        CaterpillarRow.Of(independent, CaterpillarRows.Predictions).Select(row => row.Estimate).ShouldBe(independent.Blups().Studies.Select(study => study.Estimate));
        CaterpillarRow.Of(dependent, CaterpillarRows.Predictions).Select(row => (row.Label, row.Upper)).ShouldBe(
            dependent.PredictClusters().Zip(["Aronson 1950", "Ferguson & Simes 1951", "Hart & Sutherland 1952", "Müller 1953", "Oda 1954"], (found, name) => (name, found.Interval.Upper)));
        var peto = PetoMethod.Pool(independent.Effects.Data);
        CaterpillarPlot.Draw(peto).Description.ShouldStartWith("13 studies");
        Should.Throw<ArgumentException>(() => CaterpillarPlot.Draw(peto, new() { Show = CaterpillarRows.Predictions })).Message.ShouldBe("The model Peto predicts no true effects; show the effects as estimated.");
        Should.Throw<ArgumentException>(() => CaterpillarPlot.Draw(ClusterSamples.Pooled(13, "outcome | study"), new() { Show = CaterpillarRows.Predictions })).Message.ShouldContain("several true effects");
    }
}
