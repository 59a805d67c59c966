namespace MetaSpine.Tests;

/// <summary>Every result of this room shows itself.</summary>
public sealed class SmallStudyReportTests
{
    [EveryCultureFact]
    public void Every_result_has_a_text_a_table_and_JSON()
    {
        var odds = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Moore1998));
        Reportable[] results =
        [
            odds.TestSmallStudyEffects(), odds.TestSmallStudyEffects("BEGG"), odds.RegressionTest(), odds.TrimAndFill(), odds.PetPeeseLimit(), odds.LimitAnalysis(), odds.DoiPlotData(),
            odds.WeightedAverageOfPowered(), odds.FailSafeN(), odds.FailSafeN(FailSafeMethod.Orwin), odds.ExcessSignificance(), odds.PCurveAnalysis(), odds.PUniformAnalysis(), odds.PUniformAnalysis(PUniformEstimator.KS),
            odds.PUniformStarAnalysis(), odds.ZCurveAnalysis(resamples: 20), HybridReplication.Combine(.5, .02, .1, .02), odds.SValue(), odds.EValue(),
        ];
        foreach (var result in results)
        {
            var figures = ((FigureReport)result).Figures;
            result.ToString().ShouldContain(figures.Title[1..]);
            result.ToString().Replace("\n", " ", StringComparison.Ordinal).ShouldContain(figures.Notes[0][..20]);
            Report.Csv(result).Split('\n').Length.ShouldBeGreaterThan(1 + figures.Coefficients.Count);
            using var json = System.Text.Json.JsonDocument.Parse(Report.Json(result));
            json.RootElement.GetProperty("notes").GetArrayLength().ShouldBe(figures.Notes.Count);
            json.RootElement.GetProperty("estimates").GetArrayLength().ShouldBe(figures.Coefficients.Count);
            result.ToString().ShouldNotContain("NaN");
        }
    }

    [EveryCultureFact]
    public void A_test_reads_like_a_paper()
    {
        var text = MetaAnalysis.Pool(Measures.OR.Compute(PublishedStudies.Fleiss1993)).TestSmallStudyEffects("HARBORD").ToString();
        text.ShouldContain("Harbord's score test, 7 studies: t = ");
        text.ShouldContain("asymmetry (1/sqrt(V)");
        text.ShouldContain("doi:10.1002/sim.2380");
    }
}
