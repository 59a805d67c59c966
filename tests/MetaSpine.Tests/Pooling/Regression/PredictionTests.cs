using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>Predictions from named values, against metafor's predict with rows of the design.</summary>
public sealed class PredictionTests
{
    [EveryCultureTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Predictions_are_those_of_metafor(int index)
    {
        var expected = RegressionPeers.Root.GetProperty("predictions")[index];
        var formula = expected.GetProperty("formula").GetString()!;
        var result = RegressionPeers.Fit(
            formula,
            expected.GetProperty("test").GetString() == "z" ? PoolingTest.Z : PoolingTest.KnappHartung,
            Enum.Parse<PoolingMethod>(expected.GetProperty("method").GetString()!));
        var predictions = result.PredictAll(expected.GetProperty("at").EnumerateArray().Select(Values));
        RegressionPeers.Agree($"{formula} estimate", [.. predictions.Select(p => p.Estimate)], RegressionPeers.Numbers(expected.GetProperty("estimate")), 1e-9);
        RegressionPeers.Agree($"{formula} se", [.. predictions.Select(p => p.StandardError)], RegressionPeers.Numbers(expected.GetProperty("se")), 1e-9);
        RegressionPeers.Agree($"{formula} ci", [.. predictions.Select(p => p.Interval.Upper)], RegressionPeers.Numbers(expected.GetProperty("ci_ub")), 1e-9);
        RegressionPeers.Agree($"{formula} pi", [.. predictions.Select(p => p.PredictionInterval!.Value.Lower)], RegressionPeers.Numbers(expected.GetProperty("pi_lb")), 1e-9);
    }

    [EveryCultureFact]
    public void Values_are_given_by_name()
    {
        var result = RegressionPeers.Fit("~ ablat + alloc");
        var prediction = result.Predict(("alloc", "random"), ("ablat", 33.46));
        var b = result.Coefficients;
        prediction.Estimate.ShouldBe(b[0].Estimate + 33.46 * b[1].Estimate + b[2].Estimate, 1e-14);
        prediction.At.ToString().ShouldBe("alloc = random, ablat = 33.46");
        prediction.Notes.ShouldBeEmpty();
        result.Difference(ModeratorValues.Of(("ablat", 50), ("alloc", "random")), ModeratorValues.Of(("ablat", 40), ("alloc", "random")))
            .Estimate.ShouldBe(10 * b[1].Estimate, 1e-14);
    }

    /// <summary>At the value of every study the prediction is that of its own row, whatever the formula makes of it.</summary>
    [EveryCultureTheory]
    [InlineData("~ poly(ablat, 2) + alloc")]
    [InlineData("~ ns(log(ablat), 2) + alloc")]
    [InlineData("~ rcs(ablat, c(15, 30, 45)) + relevel(factor(alloc), \"random\")")]
    [InlineData("~ 0 + alloc + I(ablat^2 / 100)")]
    public void A_study_is_predicted_from_its_own_row(string formula)
    {
        var result = RegressionPeers.Fit(formula);
        var (ablat, alloc) = (RegressionPeers.Numbers("ablat"), RegressionPeers.Texts("alloc"));
        for (var row = 0; row < 13; row++)
        {
            var own = result.Coefficients.Select((b, column) => b.Estimate * result.Design[row, column]).Sum();
            result.Predict(("ablat", ablat[row]), ("alloc", alloc[row])).Estimate.ShouldBe(own, 1e-12);
        }
    }

    [EveryCultureTheory]
    [InlineData(13, "random", null)]
    [InlineData(55, "random", null)]
    [InlineData(12.9, "random", "ablat = 12.9 lies beyond the studies (13 to 55): the model is extrapolated.")]
    [InlineData(55.5, "random", "ablat = 55.5 lies beyond the studies (13 to 55): the model is extrapolated.")]
    public void Beyond_the_studies_a_prediction_says_so(double ablat, string alloc, string? note) =>
        RegressionPeers.Fit("~ ablat + alloc").Predict(("ablat", ablat), ("alloc", alloc)).Notes.ShouldBe(note is null ? [] : [note]);

    [EveryCultureFact]
    public void A_combination_that_no_study_has_is_named_and_a_value_without_a_logarithm_is_refused()
    {
        var result = RegressionPeers.Fit("~ log(ablat) + alloc + region");
        var (alloc, region) = (RegressionPeers.Texts("alloc"), RegressionPeers.Texts("region"));
        foreach (var a in alloc.Distinct())
        {
            foreach (var r in region.Distinct())
            {
                string[] expected = alloc.Zip(region).Contains((a, r)) ? [] : [$"No study has alloc = {a} and region = {r} together: the prediction rests on the model's form."];
                result.Predict(("ablat", 20), ("alloc", a), ("region", r)).Notes.ShouldBe(expected);
            }
        }

        Should.Throw<ArgumentException>(() => result.Predict(("ablat", -1), ("alloc", alloc[0]), ("region", region[0])))
            .Message.ShouldStartWith($"The model's log(ablat) is not a finite number at ablat = -1, alloc = {alloc[0]}, region = {region[0]}.");
    }

    [EveryCultureFact]
    public void The_natural_scale_and_the_interval_for_a_new_study_are_there()
    {
        var data = new EffectData { ["yi"] = RegressionPeers.Numbers("yi"), ["vi"] = RegressionPeers.Numbers("vi") };
        var result = MetaAnalysis.Regress(Measures.GEN.Compute(data), "~ ablat", RegressionPeers.Moderators);
        var prediction = result.Predict(("ablat", 33));
        prediction.Natural.Estimate.ShouldBe(result.Effects.BackTransform(prediction.Estimate));
        prediction.PredictionInterval!.Value.Lower.ShouldBeLessThan(prediction.Interval.Lower);
        var riley = result.Predict(ModeratorValues.Of(("ablat", 33)), PredictionMethod.Riley);
        riley.PredictionInterval!.Value.Lower.ShouldBeLessThan(prediction.PredictionInterval.Value.Lower);
        RegressionPeers.Fit("~ ablat", method: PoolingMethod.EE).Predict(("ablat", 33)).PredictionInterval.ShouldBeNull();
    }

    [EveryCultureFact]
    public void Faults_say_what_is_needed()
    {
        var result = RegressionPeers.Fit("~ ablat + alloc");
        Should.Throw<ArgumentException>(() => result.Predict(("ablat", 30))).Message.ShouldContain("Give a value of 'alloc' to predict at (alternate, random, systematic).");
        Should.Throw<ArgumentException>(() => result.Predict(("alloc", "random"))).Message.ShouldContain("Give a value of 'ablat' to predict at (13 to 55).");
        Should.Throw<ArgumentException>(() => result.Predict(("ablatt", 30))).Message.ShouldContain("no moderator 'ablatt'; did you mean ablat?");
        Should.Throw<ArgumentException>(() => result.Predict(("ablat", 30), ("alloc", "randm"))).Message.ShouldContain("did you mean random?");
        Should.Throw<ArgumentException>(() => result.Predict(("ablat", "north"), ("alloc", "random"))).Message.ShouldContain("'ablat' needs a finite number (13 to 55), not north.");
        Should.Throw<ArgumentException>(() => result.Predict(("ablat", double.NaN), ("alloc", "random"))).Message.ShouldContain("needs a finite number");
        Should.Throw<ArgumentException>(() => RegressionPeers.Fit("~ log(ablat)").Predict(("ablat", -1))).Message.ShouldContain("log(ablat) is not a finite number at ablat = -1");
    }

    [EveryCultureFact]
    public void Beyond_the_studies_there_is_a_note()
    {
        var result = RegressionPeers.Fit("~ ablat + alloc + region");
        result.Predict(("ablat", 70), ("alloc", "random"), ("region", "north")).Notes.ShouldBe(
            ["ablat = 70 lies beyond the studies (13 to 55): the model is extrapolated."]);
        result.Predict(("ablat", 30), ("alloc", "alternate"), ("region", "middle")).Notes.ShouldBe(
            ["No study has alloc = alternate and region = middle together: the prediction rests on the model's form."]);
    }

    [EveryCultureFact]
    public void Designs_without_a_formula_are_predicted_from_by_their_names()
    {
        var (ablat, alloc) = (RegressionPeers.Numbers("ablat"), RegressionPeers.Texts("alloc"));
        var built = DesignMatrix.WithIntercept(Predictor.Numeric("ablat", ablat), Predictor.Categorical("alloc", alloc));
        built.Columns.ShouldBe(["intercept", "ablat", "alloc: alternate", "alloc: systematic"]);
        var expected = RegressionPeers.Fit("~ ablat + alloc").Predict(("ablat", 20), ("alloc", "alternate"));
        MetaAnalysis.Regress(RegressionPeers.Effects, built).Predict(("ablat", 20), ("alloc", "alternate")).Estimate.ShouldBe(expected.Estimate, 1e-12);

        var rows = DesignMatrix.FromRows(["one", "x", "z"], [.. ablat.Select((x, i) => (double[])[1, x, alloc[i] == "alternate" ? 1 : 0])]);
        var result = MetaAnalysis.Regress(RegressionPeers.Effects, rows);
        result.Predict(("x", 20), ("z", 1)).Estimate.ShouldBe(result.Coefficients[0].Estimate + 20 * result.Coefficients[1].Estimate + result.Coefficients[2].Estimate, 1e-14);
    }

    private static ModeratorValues Values(JsonElement row) => ModeratorValues.Of([.. row.EnumerateObject().Select(
        property => (property.Name, property.Value.ValueKind == JsonValueKind.Number ? (ModeratorValue)property.Value.GetDouble() : property.Value.GetString()!))]);
}
