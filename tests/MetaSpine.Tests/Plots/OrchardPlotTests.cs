namespace MetaSpine.Tests;

public sealed class OrchardPlotTests
{
    private static readonly Predictor Allocation = Predictor.Categorical(
        "alloc", ["random", "random", "random", "random", "alternate", "alternate", "random", "random", "random", "systematic", "systematic", "random", "systematic"]);

    private static RegressionResult ByAllocation => MetaAnalysis.Regress(ForestSamples.Bcg().Effects, Formula.Parse("~ alloc").Design([Allocation], 13, _ => true));

    [EveryCultureFact]
    public void Every_effect_is_a_fruit_in_the_row_of_its_category()
    {
        var regression = ByAllocation;
        var drawing = OrchardPlot.Draw(regression);
        var fruit = drawing.Scene.Marks.OfType<CircleMark>().Where(mark => mark.Study is not null).ToList();
        fruit.Select(mark => mark.Study!.Row).Order().ShouldBe(Enumerable.Range(0, 13));
        var rows = fruit.GroupBy(mark => Allocation.Category(mark.Study!.Row)).ToDictionary(group => group.Key, group => (Top: group.Min(mark => mark.Y), Bottom: group.Max(mark => mark.Y)));
        rows["alternate"].Bottom.ShouldBeLessThan(rows["random"].Top);
        rows["random"].Bottom.ShouldBeLessThan(rows["systematic"].Top);

        // The area is proportional to 1/SE.
        var error = regression.Studies.ToDictionary(study => study.Row, study => study.Effect.StandardError);
        var unit = fruit.Select(mark => mark.Radius * mark.Radius * error[mark.Study!.Row]).ToList();
        unit.Max().ShouldBe(unit.Min(), 1e-9);
    }

    [EveryCultureFact]
    public void Trunks_are_the_marginal_means_with_the_intervals_that_are_predicted()
    {
        var regression = ByAllocation;
        foreach (var (tree, mean) in OrchardTree.Of(regression, "alloc", MarginalWeights.Equal).Zip(regression.MarginalMeans("alloc")))
        {
            (tree.Name, tree.Estimate, tree.Interval).ShouldBe((mean.Category, mean.Estimate, mean.Interval));
            tree.Predictions.ShouldHaveSingleItem().Interval.ShouldBe(regression.Predict(("alloc", mean.Category)).PredictionInterval!.Value);
        }

        var dependent = ClusterSamples.ByOutcome(60);
        foreach (var tree in OrchardTree.Of(dependent, "outcome", MarginalWeights.Equal))
        {
            var expected = dependent.Predict(("outcome", tree.Name));
            tree.Estimate.ShouldBe(expected.Estimate, 1e-12);
            tree.Predictions.ShouldHaveSingleItem().Interval.Upper.ShouldBe(expected.PredictionInterval!.Value.Upper, 1e-9);
        }

        var says = Texts(OrchardPlot.Draw(regression));
        says.ShouldContain(text => text.StartsWith("random: k = 8, ", StringComparison.Ordinal));
        Texts(OrchardPlot.Draw(dependent)).ShouldContain(text => text.StartsWith("Pain: k = 20 (20 studies), ", StringComparison.Ordinal));
        var pooled = ClusterSamples.Pooled(60);
        Texts(OrchardPlot.Draw(pooled)).ShouldContain("k = 60 (20 studies), " + PlotText.Numbers(pooled.Effects.Measure, pooled.Natural));
        OrchardTree.Of(pooled).Single().Predictions.ShouldBe(pooled.PredictionIntervals().Select(level => (level.What, level.Interval)));
        OrchardPlot.Draw(pooled, new() { ShowPredictionInterval = false }).ToSvg().ShouldNotContain("prediction");
    }

    /// <summary>By all pairs, which the drawing does not look at.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(13, 8)]
    [InlineData(200, 5)]
    [InlineData(600, 2)]
    public void Fruit_do_not_lie_on_each_other_nor_on_the_trunk(int count, double largest)
    {
        var random = new Random(count);
        double[] x = [.. Enumerable.Range(0, count).Select(_ => 100 + 150 * (random.NextDouble() + random.NextDouble()))];
        double[] radius = [.. x.Select(_ => largest * (0.4 + 0.6 * random.NextDouble()))];
        double[] clear = [.. x.Select(at => Math.Abs(at - 250) < 30 ? 4.0 : 0)];
        var offsets = FruitSwarm.Apart(x, radius, clear, 200).ShouldNotBeNull();
        for (var i = 0; i < count; i++)
        {
            (Math.Abs(offsets[i]) + radius[i]).ShouldBeLessThanOrEqualTo(200);
            (clear[i] == 0 || Math.Abs(offsets[i]) >= clear[i] + radius[i]).ShouldBeTrue();
            for (var j = 0; j < i; j++)
            {
                double.Hypot(x[i] - x[j], offsets[i] - offsets[j]).ShouldBeGreaterThanOrEqualTo(radius[i] + radius[j]);
            }
        }

        offsets.ShouldBe(FruitSwarm.Apart(x, radius, clear, 200)!);
        FruitSwarm.Apart(x, radius, clear, Math.Max(1, offsets.Zip(radius, (offset, r) => Math.Abs(offset) + r).Max() / 2)).ShouldBeNull();
    }

    [Fact]
    public void Fruit_too_many_to_lie_apart_fill_the_outline_of_their_distribution()
    {
        double[] x = [.. Enumerable.Range(0, 5000).Select(i => 200 + 40 * NormalDistribution.UpperQuantile((i + 0.5) / 5000))], radius = [.. x.Select(_ => 1.2)];
        var offsets = FruitSwarm.Spread(x, radius, 50);
        offsets.ShouldAllBe(offset => Math.Abs(offset) <= 48.8);
        double Widest(double from, double to) => offsets.Where((_, i) => x[i] >= from && x[i] < to).Max(Math.Abs);

        // The density of the normal distribution falls to 0.61 and 0.14 of its height one and two standard deviations off; a kernel flattens it a little.
        Widest(195, 205).ShouldBe(48.8, 1);
        Widest(235, 245).ShouldBe(0.61 * 48.8, 3);
        Widest(278, 282).ShouldBe(0.14 * 48.8, 2);
        Math.Abs(offsets.Average()).ShouldBeLessThan(0.1);
    }

    [EveryCultureFact]
    public void What_cannot_be_drawn_says_why()
    {
        Should.Throw<ArgumentException>(() => OrchardPlot.Draw(ByAllocation, new() { Moderator = "aloc" })).Message.ShouldContain("no moderator 'aloc' that is a category; did you mean alloc?");
        Should.Throw<ArgumentException>(() => OrchardPlot.Draw(PlotSamples.Bcg)).Message.ShouldContain("a bubble plot shows numbers");
        var year = Predictor.Categorical("half", [.. Enumerable.Range(0, 13).Select(i => i % 2 == 0 ? "a" : "b")]);
        var two = MetaAnalysis.Regress(ForestSamples.Bcg().Effects, Formula.Parse("~ alloc + half").Design([Allocation, year], 13, _ => true));
        Should.Throw<ArgumentException>(() => OrchardPlot.Draw(two)).Message.ShouldContain("several moderators that are categories (alloc, half)");
        OrchardPlot.Draw(two, new() { Moderator = "half" }).Title.ShouldBe("Orchard plot of the risk ratio by half");
    }

    private static List<string> Texts(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>().Select(text => text.Text)];
}
