namespace MetaSpine.Tests;

/// <summary>Forest plots that show which effects belong together.</summary>
public sealed class ForestClusterTests
{
    [EveryCultureFact]
    public void Nested() => Snapshot.Verify(ForestPlot.Draw(ClusterSamples.Pooled(13)).ToSvg(), "svg");

    [EveryCultureFact]
    public void Aggregated() => Snapshot.Verify(ForestPlot.Draw(ClusterSamples.Pooled(13), new() { Arrangement = EffectArrangement.Aggregated, Theme = PlotTheme.RevMan, Order = ForestOrder.Weight }).ToSvg(), "svg");

    [EveryCultureFact]
    public void Nested_with_predictions() => Snapshot.Verify(
        ForestPlot.Draw(ClusterSamples.Pooled(13), new() { ClusterSummary = ClusterSummary.Predicted, Prediction = PredictionStyle.Distribution, Theme = PlotTheme.Jama.Dark, Order = ForestOrder.Estimate }).ToSvg(), "svg");

    /// <summary>The picture of the page about forest plots is the one that is drawn today.</summary>
    [EveryCultureFact]
    public void The_picture_of_the_page_is_the_picture_drawn()
    {
        var schools = MultilevelCase.Load("konstantopoulos2011-3level");
        var result = MultilevelAnalysis.Pool(schools.Effects, [RandomTerm.Parse("district/school")], schools.Groupings);
        var drawing = ForestPlot.Draw(result, new() { Arrangement = EffectArrangement.Aggregated, ClusterSummary = ClusterSummary.Predicted });
        Snapshot.VerifyFile(drawing.ToSvg(), "src/MetaSpine/docs/forest-clusters.svg");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    [InlineData(60)]
    [InlineData(200)]
    public void Nothing_overlaps_and_nothing_is_cut_off(int effects)
    {
        var result = ClusterSamples.Pooled(effects);
        var outcomes = ClusterSamples.Outcome(effects);
        foreach (var theme in (effects > 60 ? [PlotTheme.Jama] : PlotTheme.All).Append(PlotTheme.Bmj with { TextSize = 17, SmallSize = 15, Margin = 20 }))
        {
            ForestPlotOptions[] choices =
            [
                new() { Theme = theme },
                new() { Theme = theme, EffectNames = outcomes, ClusterSummary = ClusterSummary.Predicted, Prediction = PredictionStyle.Distribution, FavoursLeft = "Favours treatment" },
                new() { Theme = theme, ClusterSummary = ClusterSummary.None, Prediction = PredictionStyle.Line, Title = "A title", Columns = [ForestColumn.Of(outcomes), ForestColumn.Picture, ForestColumn.Effect] },
                new() { Theme = theme, Arrangement = EffectArrangement.Aggregated, Order = ForestOrder.Name },
                new() { Theme = theme, Arrangement = EffectArrangement.Flat, AxisRange = (0.9, 1.1) },
                new() { Theme = theme, AxisRange = (0.9, 1.1) },
            ];
            for (var choice = 0; choice < choices.Length; choice++)
            {
                ForestPlotLayoutTests.Faults(ForestPlot.Draw(result, choices[choice])).ShouldBeEmpty($"{theme}, choice {choice}");
            }
        }
    }

    [EveryCultureFact]
    public void Diamonds_are_the_means_of_the_clusters_and_predictions_name_their_level()
    {
        var result = ClusterSamples.Pooled(13);
        var mean = result.Effects.Aggregate(Predictor.Categorical("study", [.. ClusterSamples.Effects(13).Trial.Select(trial => $"s{trial}")]), SamplingCovariance.Diagonal([.. result.Effects.Studies.Select(study => study.Variance)])).Studies[2];
        var predicted = result.PredictClusters()[2];
        Row(result, ClusterSummary.Aggregated).ShouldBe(Written(mean.Estimate, mean.Interval()));
        Row(result, ClusterSummary.Predicted).ShouldBe(Written(predicted.Estimate, predicted.Interval));
        Row(result, ClusterSummary.None).ShouldBeNull();

        var texts = Texts(ForestPlot.Draw(result));
        texts.ShouldContain("95% prediction interval, the average of a new");
        texts.ShouldContain("95% prediction interval, a new outcome of a new");
        foreach (var level in result.PredictionIntervals())
        {
            texts.ShouldContain($"{PlotNumbers.Fixed(Math.Exp(level.Interval.Upper), 2)}]");
        }

        Texts(ForestPlot.Draw(result, new() { ShowPredictionInterval = false })).ShouldAllBe(text => !text.Contains("prediction", StringComparison.Ordinal));
        ForestPlot.Draw(result).Description.ShouldStartWith("13 effects in 5 studies, odds ratio");
    }

    /// <summary>Names that are the same in all rows of a study tell nothing; then the inner groupings do, and where these do not either, a number.</summary>
    [EveryCultureFact]
    public void Effects_are_named_by_what_tells_them_apart()
    {
        string[] Labels(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>().Where(text => text.X is > 20 and < 30 && text.Anchor == TextAnchor.Start).Select(text => text.Text)];
        EffectSizes Effects(params string[] labels) => Measures.GEN.Compute(new EffectData(labels) { ["yi"] = [0.1, 0.4, 0.3, -0.1, 0.8], ["vi"] = [0.02, 0.03, 0.02, 0.05, 0.04] });
        Predictor[] groupings = [Predictor.Categorical("study", ["a", "a", "b", "b", "c"]), Predictor.Numeric("week", [1, 2, 4, 8, 1]), Predictor.Categorical("scale", ["x", "x", "x", "x", "x"])];
        MultilevelPooledResult Pool(EffectSizes effects, string random = "study") => MultilevelAnalysis.Pool(effects, [RandomTerm.Parse(random)], groupings);

        Labels(ForestPlot.Draw(Pool(Effects("A 2001, men", "A 2001, women", "B 2002, men", "B 2002, women", "C 2003")))).ShouldBe(["men", "women", "men", "women"]);
        Labels(ForestPlot.Draw(Pool(Effects("A", "A", "B", "B", "C"), "study/week"))).ShouldBe(["Week 1", "Week 2", "Week 4", "Week 8"]);
        Labels(ForestPlot.Draw(Pool(Effects("A", "A", "B", "B", "C")))).ShouldBe(["Effect 1", "Effect 2", "Effect 1", "Effect 2"]);
        Labels(ForestPlot.Draw(Pool(Effects("A", "A", "B", "B", "C")), new() { EffectNames = groupings[2] })).ShouldBe(["Effect 1: x", "Effect 2: x", "Effect 1: x", "Effect 2: x"]);
        var apart = ForestPlot.Draw(Pool(Effects("P", "Q", "R", "S", "T")));
        Labels(apart).ShouldBe(["P", "Q", "R", "S"]);
        Texts(apart).ShouldContain("a");
        Texts(ForestPlot.Draw(Pool(Effects("A", "A", "A", "A", "C")))).ShouldContain("A (b)");
    }

    [EveryCultureFact]
    public void Effects_that_cannot_be_pooled_keep_their_place_and_studies_their_columns()
    {
        var review = Review.Parse(
            """
            schema: metaspine/review/1
            analyses: [{id: x, outcome: pain, measure: MD, group: each, random: study/group}]
            studies:
              - {id: a, label: Oda 2006, groups: {men: {label: Men}, women: {label: Women}}, moderators: {country: Japan}, outcomes: [{id: pain, type: estimate, results: [{group: men, measure: MD, value: 0.1, se: 0.2}, {group: women, measure: MD, value: 0.9, se: 0.25}]}]}
              - {id: b, label: Kim 2011, groups: {men: {label: Men}, women: {label: Women}}, moderators: {country: Korea}, outcomes: [{id: pain, type: estimate, results: [{group: men, measure: MD, value: 0.6, se: 0.2}, {group: women, measure: MD, value: 1.4, se: 0.15}]}]}
              - {id: c, label: Chen 2013, outcomes: [{id: pain, type: estimate, results: [{measure: MD, value: -0.2, se: 0.3}]}]}
            """,
            "review.yaml");
        var drawing = ForestPlot.Draw(review.Analyse("x"), new() { Columns = [ForestColumn.Moderator(review, "country"), ForestColumn.Picture, ForestColumn.Effect] });
        var texts = Texts(drawing);
        texts.Where(text => text is "Oda 2006" or "Kim 2011" or "Chen 2013" or "Men" or "Women").ShouldBe(["Oda 2006", "Men", "Women", "Kim 2011", "Men", "Women", "Chen 2013"]);
        texts.Count(text => text == "Japan").ShouldBe(2);
        texts.ShouldContain("not estimable");
        ForestPlotLayoutTests.Faults(drawing).ShouldBeEmpty();
    }

    /// <summary>Strong correlations and unequal variances give the imprecise effect of a study a negative weight, in its mean and in the pooled estimate.</summary>
    [EveryCultureFact]
    public void Negative_weights_are_drawn_and_said()
    {
        var effects = Measures.GEN.Compute(new EffectData(["A", "A", "B", "B", "C", "C", "D"]) { ["yi"] = [0.1, 0.5, 0.7, 0.2, -0.1, 0.1, -0.3], ["vi"] = [0.01, 0.2, 0.02, 0.3, 0.04, 0.4, 0.04] });
        var study = Predictor.Categorical("study", ["a", "a", "b", "b", "c", "c", "d"]);
        var result = MultilevelAnalysis.Pool(effects, [RandomTerm.Parse("study")], [study], SamplingCovariance.WithinClusters(effects, study, 0.9));
        result.Studies[1].Weight.ShouldBeLessThan(0);
        var drawing = ForestPlot.Draw(result);
        ForestPlotLayoutTests.Faults(drawing).ShouldBeEmpty();
        Texts(drawing).ShouldContain("95% prediction interval, a new study");
        drawing.Description.ShouldContain("Outside the range of their effects, since the assumed correlations give some a negative weight: A, B, C.");
        ForestPlot.Draw(result, new() { ClusterSummary = ClusterSummary.Predicted }).Description.ShouldNotContain("Outside");
    }

    [EveryCultureFact]
    public void What_makes_no_sense_is_refused()
    {
        var (pooled, dependent) = (ForestSamples.Bcg(), ClusterSamples.Pooled(13));
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(pooled, new() { Arrangement = EffectArrangement.Nested })).Message.ShouldStartWith("The effects have no clusters");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(dependent, new() { EffectNames = ClusterSamples.Outcome(5) })).Message.ShouldStartWith("'outcome' has 5 values, but there are 13 effect sizes");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(pooled, new() { Clusters = Predictor.Categorical("place", [null, .. new string[12].Select((_, i) => $"{i}")]) })).Message.ShouldStartWith("Aronson 1948 (row 1) has no place");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(dependent, new() { Clusters = ClusterSamples.Outcome(13), ClusterSummary = ClusterSummary.Predicted })).Message.ShouldContain("ClusterSummary.Aggregated");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(ClusterSamples.Pooled(13, "outcome | study"), new() { ClusterSummary = ClusterSummary.Predicted })).Message.ShouldContain("several true effects");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(ForestSamples.BcgByAllocation, pooled, null, new() { Arrangement = EffectArrangement.Nested })).Message.ShouldStartWith("Subgroups");
        Texts(ForestPlot.Draw(pooled, new() { Clusters = Predictor.Categorical("place", [.. new string[13].Select((_, i) => $"p{i / 3}")]) })).ShouldContain("Place");
    }

    private static string? Row(MultilevelPooledResult result, ClusterSummary summary)
    {
        var texts = Texts(ForestPlot.Draw(result, new() { ClusterSummary = summary, Columns = [ForestColumn.Picture, ForestColumn.Effect] }));
        var at = texts.IndexOf(result.Effects.Studies[4].Label);
        return !char.IsLetter(texts[at + 1][0]) ? string.Join(' ', texts.Skip(at + 1).Take(3)) : null;
    }

    private static string Written(double estimate, Interval interval) =>
        $"{PlotNumbers.Fixed(Math.Exp(estimate), 2)} [{PlotNumbers.Fixed(Math.Exp(interval.Lower), 2)}, {PlotNumbers.Fixed(Math.Exp(interval.Upper), 2)}]";

    private static List<string> Texts(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>().Select(text => text.Text)];
}
