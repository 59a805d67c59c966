using System.Text.Json;

namespace MetaSpine.Tests;

/// <summary>A meta-regression term by term, and its predictions, as a review and a table ask for them.</summary>
public sealed class RegressionTermsTests
{
    private static readonly Review Vaccine = Review.Load(Path.Combine(TestFiles.RepositoryRoot, "samples", "bcg-vaccine.yaml"));

    private static readonly Analysis Asked = new()
    {
        Id = "latitude", Outcome = "tuberculosis", Measure = "RR", Formula = "~ latitude + allocation",
        Also = ["terms"], Predict = ["latitude = 33.5, allocation = random", "latitude=60,allocation=systematic"],
    };

    /// <summary>R: predict(rma(yi, vi, mods = ~ ablat + alloc, data = escalc("RR", dat.bcg), test = "knha"), newmods = c(33.5, 1, 0)), vif(btt = list(2, 3:4)).</summary>
    [EveryCultureFact]
    public void A_review_asks_for_predictions_and_terms()
    {
        var result = Vaccine.Analyse(Asked);
        result.Problem.ShouldBeNull();
        result.Further!.Predictions.ShouldBeEmpty();
        result.Further.Terms.ShouldBeNull();
        var further = result.RegressionFurther!;
        further.Predictions.Count.ShouldBe(2);
        var (first, second) = (further.Predictions[0], further.Predictions[1]);
        double[] numbers = [first.Estimate, first.StandardError, first.Interval.Lower, first.Interval.Upper, first.PredictionInterval!.Value.Lower, first.PredictionInterval.Value.Upper];

        // R printed 8 decimals.
        RegressionPeers.Agree("prediction", numbers, [-0.88803469, 0.19771212, -1.33529057, -0.44077881, -1.85755941, 0.08149003], 6e-9);
        second.Notes.Single().ShouldContain("latitude = 60 lies beyond the studies");
        var terms = further.Terms!;
        terms.Tests.Select(test => test.Term).ShouldBe(["latitude", "allocation"]);
        terms.Tests[1].Test.ShouldBe(result.Regression!.Test("allocation"));
        terms.Inflations.Select(inflation => Math.Round(inflation.Factor, 4)).ShouldBe([1.0151, 1.0151]);
        terms.Inflations.Select(inflation => Math.Round(inflation.PerCoefficient, 4)).ShouldBe([1.0075, 1.0038]);
        var category = terms.Categories.Single();
        category.Moderator.ShouldBe("allocation");
        category.Means.Select(mean => mean.Category).ShouldBe(["alternate", "random", "systematic"]);

        // The mean of a category is the prediction at the mean latitude, and a difference that of two means.
        var there = result.Regression.Predict(("latitude", new double[] { 44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33 }.Average()), ("allocation", "random"));
        category.Means[1].Estimate.ShouldBe(there.Estimate, 1e-12);
        category.Means[1].StandardError.ShouldBe(there.StandardError, 1e-12);
        category.Differences.Contrasts.Select(contrast => contrast.Name).ShouldBe(["random - alternate", "systematic - alternate", "systematic - random"]);
        category.Differences.Contrasts[2].Estimate.ShouldBe(category.Means[2].Estimate - category.Means[1].Estimate, 1e-12);
    }

    [EveryCultureFact]
    public void They_are_shown_in_every_form()
    {
        var result = Vaccine.Analyse(Asked);
        var text = Report.Text(result, 200);
        text.ShouldContain("latitude = 33.5, allocation = random");
        text.ShouldContain("allocation  F(2, 9) = 0.60, p = 0.57   1.02");
        text.ShouldContain("p, Holm");
        text.ShouldContain("latitude = 60 lies beyond the studies (13 to 55): the model is extrapolated.");
        var rows = Report.Csv([result]).Split('\n').Where(row => row.StartsWith("latitude,,", StringComparison.Ordinal)).Select(row => row.Split(',')[2]).ToList();
        rows.Count(kind => kind == "marginal-mean").ShouldBe(3);
        rows.Count(kind => kind == "difference").ShouldBe(3);
        rows.Count(kind => kind == "predicted").ShouldBe(2);
        var further = JsonDocument.Parse(Report.Json(result)).RootElement.GetProperty("regressionFurther");
        further.GetProperty("predictions")[0].GetProperty("estimate").GetDouble().ShouldBe(result.RegressionFurther!.Predictions[0].Estimate);
        further.GetProperty("terms").GetProperty("categories")[0].GetProperty("adjustedPValues").GetArrayLength().ShouldBe(3);
    }

    [EveryCultureTheory]
    [InlineData("latitud = 3, allocation = random", "The model has no moderator 'latitud'; did you mean latitude?")]
    [InlineData("latitude = 3", "Give a value of 'allocation' to predict at (alternate, random, systematic).")]
    [InlineData("latitude = 3, allocation = randum", "'randum' is not a category of 'allocation' among the studies in the model; did you mean random?")]
    [InlineData("latitude = north, allocation = random", "'latitude' needs a finite number (13 to 55), not north.")]
    [InlineData("latitude = NaN, allocation = random", "'latitude' needs a finite number (13 to 55), not NaN.")]
    public void Values_that_do_not_fit_are_a_problem_that_says_why(string values, string reason)
    {
        var result = Vaccine.Analyse(Asked with { Predict = [values] });
        result.RegressionFurther!.Predictions.ShouldBeEmpty();
        result.Problem.ShouldBe($"There is no prediction at {ModeratorValues.Parse(values)}: {reason}");
    }

    [EveryCultureFact]
    public void Requests_that_say_nothing_are_refused()
    {
        string Fault(Analysis analysis) => Should.Throw<StudyFileException>(() => Vaccine.Analyse(analysis)).Faults.Single().Message;
        Fault(Asked with { Predict = ["latitude 3"] }).ShouldContain("'latitude 3' is no value of a moderator; write name = value");
        Fault(Asked with { Predict = ["latitude = 3, latitude = 4"] }).ShouldContain("The moderator 'latitude' is given twice");
        Fault(Asked with { Also = [], Formula = null }).ShouldContain("there is no meta-regression to predict from");
        Fault(Asked with { Predict = [], Formula = null }).ShouldContain("terms are those of a meta-regression");
        Fault(Asked with { Also = [], Measure = "OR", Model = "glmm" }).ShouldContain("it goes with inverse variance and not with the model glmm");
    }

    [EveryCultureFact]
    public void They_survive_writing_and_reading_as_text()
    {
        var review = Vaccine with { Analyses = [Asked] };
        Review.Parse(review.ToYaml(), "again.yaml").Analyses.Single().Predict.ShouldBe(Asked.Predict);
        ModeratorValues.Parse(" a = 1e3 ,b= two words, c=-0.5").ToString().ShouldBe("a = 1000, b = two words, c = -0.5");
        Should.Throw<ArgumentException>(() => ModeratorValues.Parse(""));
        Should.Throw<ArgumentException>(() => ModeratorValues.Parse("a ="));
    }
}
