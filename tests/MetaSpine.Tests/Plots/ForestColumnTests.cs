namespace MetaSpine.Tests;

public sealed class ForestColumnTests
{
    private static readonly PooledResult Bcg = ForestSamples.Bcg();

    [EveryCultureFact]
    public void Themes_order_the_columns_as_their_journals_do()
    {
        Headings(PlotTheme.Default).ShouldBe(["Study", "Events/total", "Events/total", "|", "[95% CI]", "Weight"]);
        Headings(PlotTheme.RevMan).ShouldBe(["Study", "Events", "Total", "Events", "Total", "Weight", "[95% CI]", "|"]);
        Headings(PlotTheme.Jama).ShouldBe(["Study", "Events/total", "Events/total", "(95% CI)", "|", "Weight"]);
        Headings(PlotTheme.Bmj.Dark).ShouldBe(["Study", "Events/total", "Events/total", "|", "Weight", "(95% CI)"]);
        Headings(PlotTheme.Default with { Name = "our own" }).ShouldBe(Headings(PlotTheme.Default));
    }

    [EveryCultureFact]
    public void Intervals_are_written_as_the_journal_does()
    {
        RowWith(new() { Theme = PlotTheme.RevMan }, "Random effects").ShouldContain("0.49 [0.33, 0.73]");
        RowWith(new() { Theme = PlotTheme.Bmj }, "Random effects").ShouldContain("0.49 (0.33 to 0.73)");
        RowWith(new() { Theme = PlotTheme.Jama }, "Random effects").ShouldContain("0.49 (0.33– 0.73)");
        RowWith(new() { Theme = PlotTheme.Jama, Intervals = ForestIntervalFormat.Brackets }, "Random effects").ShouldContain("[0.33, 0.73]");

        // Between negative numbers a dash would read as a sign.
        var differences = ForestPlot.Draw(ForestSamples.Bcg(Measures.RD), new() { Theme = PlotTheme.Jama });
        differences.Description.ShouldContain("Random effects −0.03 (−0.05 to 0.00).");
        ForestPlot.Draw(Bcg, new() { Theme = PlotTheme.Jama }).Description.ShouldContain("Random effects 0.49 (0.33–0.73).");
    }

    [EveryCultureFact]
    public void Columns_stand_where_they_are_named_and_the_picture_at_the_right_otherwise()
    {
        double[] years = [1948, 1949, 1960, 1977, 1973, 1953, 1973, 1980, 1968, 1961, 1974, 1969, double.NaN];
        string?[] words = [.. years.Select(year => year > 1970 ? "late" : year > 1960 ? "middle" : null)];
        var drawing = ForestPlot.Draw(Bcg, new() { Columns = [ForestColumn.Of("When", words), ForestColumn.Picture, ForestColumn.Of("Year", years)] });

        Headings(drawing).ShouldBe(["Study", "When", "|", "Year"]);
        Row(drawing, "Aronson 1948").ShouldBe("Aronson 1948 – 1948");
        Row(drawing, "Comstock et al 1976").ShouldBe("Comstock et al 1976 – –");
        Row(drawing, "TPT Madras 1980").ShouldBe("TPT Madras 1980 late 1980");
        Row(drawing, "Random effects").ShouldBe("Random effects");
        Headings(ForestPlot.Draw(Bcg, new() { Columns = [ForestColumn.Weight, ForestColumn.Effect] })).ShouldBe(["Study", "Weight", "[95% CI]", "|"]);
    }

    [EveryCultureFact]
    public void A_column_of_the_data_and_a_predictor_can_be_shown()
    {
        var effects = Measures.GEN.Compute(new EffectData(["A", "B"]) { ["yi"] = [0.5, 0.7], ["vi"] = [0.1, 0.2], ["dose"] = [2.5, 10] });
        var drawing = ForestPlot.Draw(MetaAnalysis.Pool(effects), new()
        {
            Columns = [ForestColumn.Input("dose", "Dose (mg)"), ForestColumn.Of(Predictor.Categorical("blinded", ["yes", null])), ForestColumn.Of(Predictor.Numeric("follow_up", [6, 12])), ForestColumn.Picture],
        });

        Headings(drawing).ShouldBe(["Study", "Dose (mg)", "Blinded", "Follow up", "|"]);
        Row(drawing, "A").ShouldBe("A 2.5 yes 6");
        Row(drawing, "B").ShouldBe("B 10.0 – 12");
        Should.Throw<ArgumentException>(() => ForestPlot.Draw(MetaAnalysis.Pool(effects), new() { Columns = [ForestColumn.Input("dos")] })).Message.ShouldBe("The data have no column 'dos'; did you mean dose?");
    }

    [EveryCultureFact]
    public void Moderators_of_a_review_are_found_by_the_study()
    {
        var review = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));
        var analysis = review.Analyse("risk-ratio");
        var drawing = ForestPlot.Draw(analysis, new() { Columns = [ForestColumn.Moderator(review, "allocation"), ForestColumn.Moderator(review, "year"), ForestColumn.Picture] });

        Headings(drawing).ShouldBe(["Study", "Allocation", "Year", "|"]);
        var study = review.Studies[3];
        Row(drawing, study.DisplayName).ShouldBe($"{study.DisplayName} {study.FindModerator("allocation")!.Text} {study.FindModerator("year")!.Text}");
        Should.Throw<ArgumentException>(() => ForestColumn.Moderator(review, "alocation")).Message.ShouldContain("did you mean allocation?");
    }

    [EveryCultureFact]
    public void Judgements_are_signs_under_letters_that_a_legend_explains()
    {
        string?[][] judgements = [.. Enumerable.Range(0, 13).Select(row => (string?[])[row == 0 ? "high" : "low", row == 1 ? null : "some concerns"])];
        var drawing = ForestPlot.Draw(Bcg, new() { Columns = [ForestColumn.Picture, ForestColumn.RiskOfBias(["Randomisation", "Overall"], judgements)] });
        var texts = Texts(drawing).Select(text => text.Text).ToList();

        Headings(drawing).ShouldBe(["Study", "|", "A", "B"]);
        texts.ShouldContain("A: Randomisation");
        texts.ShouldContain("B: Overall");
        texts.ShouldContain("High risk");
        texts.ShouldNotContain("Critical risk");

        // One for each judgement that there is, and three in the legend.
        drawing.Scene.Marks.OfType<CircleMark>().Count().ShouldBe(25 + 3);
        drawing.Scene.Marks.OfType<CircleMark>().Count(circle => circle.Fill == PlotTheme.Default.Risk.High).ShouldBe(1 + 1);
        var brief = ForestPlot.Draw(Bcg, new() { Columns = [ForestColumn.RiskOfBias(["D1", "All"], judgements)] });
        Headings(brief).ShouldBe(["Study", "D1", "All", "|"]);
        Texts(brief).ShouldNotContain(text => text.Text.StartsWith("D1:"));
    }

    [EveryCultureFact]
    public void The_judgements_of_a_review_come_from_its_files()
    {
        var review = Judged("rob2", "rob2");
        var drawing = ForestPlot.Draw(review.Analyse("pain"), new() { Columns = [ForestColumn.RiskOfBias(review)] });
        Texts(drawing).Select(text => text.Text).ShouldContain("A: Randomisation process");
        Texts(drawing).Select(text => text.Text).ShouldContain("B: Overall");
        drawing.Scene.Marks.OfType<CircleMark>().Count(circle => circle.Fill == PlotTheme.Default.Risk.High).ShouldBe(2);

        // A code says nothing to readers.
        var certain = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-certainty.yaml"));
        Texts(ForestPlot.Draw(certain.Analyse("all"), new() { Columns = [ForestColumn.RiskOfBias(certain)] })).Select(text => text.Text).ShouldContain("A: Randomisation process");

        Should.Throw<ArgumentException>(() => ForestColumn.RiskOfBias(Judged("rob2", "robins-i"))).Message.ShouldContain("several tools (rob2, robins-i)");
        Should.Throw<ArgumentException>(() => ForestColumn.RiskOfBias(review, tool: "rob1")).Message.ShouldContain("did you mean rob2?");
        Should.Throw<ArgumentException>(() => ForestColumn.RiskOfBias(new Review())).Message.ShouldContain("No study has a judgement of its risk of bias");
    }

    [EveryCultureFact]
    public void Columns_that_do_not_fit_are_named()
    {
        string Message(params ForestColumn[] columns) => Should.Throw<ArgumentException>(() => ForestPlot.Draw(Bcg, new() { Columns = columns })).Message;

        Message(ForestColumn.Of("Year", [1948.0])).ShouldContain("The column 'Year' has 1 values, but the effect sizes have 13 rows");
        Message(ForestColumn.RiskOfBias(["D1"], [["low"]])).ShouldContain("'risk of bias' has 1 values");
        Message(ForestColumn.Picture, ForestColumn.Effect, ForestColumn.Picture).ShouldContain("the picture twice");
        Should.Throw<ArgumentException>(() => ForestColumn.RiskOfBias(["D1", "D2"], [["low"]])).Message.ShouldContain("Row 0 has 1 judgements for 2 domains");
    }

    private static Review Judged(string first, string second) => Review.Parse(string.Join('\n',
    [
        "schema: metaspine/review/1", "title: Pain", "studies:", .. new[] { ("a", first, "high"), ("b", second, "low") }.SelectMany(study => $"""
              - id: {study.Item1}
                outcomes:
                  - id: pain
                    type: dichotomous
                    results:
                      - events: 4
                        total: 20
                risk_of_bias:
                  - tool: {study.Item2}
                    domains:
                      randomisation_process: { "{" } judgement: low { "}" }
                    overall: {study.Item3}
            """.ReplaceLineEndings("\n").Split('\n')),
    ]));

    private static List<string> Headings(PlotTheme theme) => Headings(ForestPlot.Draw(Bcg, new() { Theme = theme }));

    /// <summary>The last line of the headings from left to right, with a bar where the picture is.</summary>
    private static List<string> Headings(Drawing drawing)
    {
        var texts = Texts(drawing);
        var y = texts.First(text => text.Text == "Study").Y;
        var axis = drawing.Scene.Marks.OfType<LineMark>().Last(line => line.Y1 == line.Y2 && line.Width == 0.75);
        return [.. texts.Where(text => text.Y == y).Select(text => (text.Box.Left, text.Text)).Append((axis.X1, "|")).OrderBy(item => item.Item1).Select(item => item.Item2)];
    }

    private static string RowWith(ForestPlotOptions options, string label) => Row(ForestPlot.Draw(Bcg, options), label);

    private static string Row(Drawing drawing, string label)
    {
        var y = Texts(drawing).First(text => text.Text == label).Y;
        return string.Join(' ', Texts(drawing).Where(text => text.Y == y).OrderBy(text => text.Box.Left).Select(text => text.Text));
    }

    private static List<TextMark> Texts(Drawing drawing) => [.. drawing.Scene.Marks.OfType<TextMark>()];
}
