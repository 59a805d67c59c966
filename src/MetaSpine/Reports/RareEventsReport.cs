namespace MetaSpine;

/// <summary>The beta-binomial model and exact odds ratios in words and as tables.</summary>
internal static class RareEventsReport
{
    public static ReportParts Parts(BetaBinomialResult result) => new(
        $"{result.Natural.Name}, beta-binomial model", Findings(result), ModelText.LeftOut(result.Excluded), [], Methods(result));

    public static ReportParts Parts(ExactOddsRatioResult result) => new(
        $"{result.Natural.Name}, exact conditional estimate", Findings(result), ModelText.LeftOut(result.Excluded), Notes(result), Methods(result));

    private static IEnumerable<Block> Findings(BetaBinomialResult result)
    {
        var effect = result.Effect;
        yield return new Paragraph(CountsReport.Sentence(result, ModelText.Test(effect.Statistic, effect.DegreesOfFreedom, effect.PValue)));
        if (result.StudyCount > 1)
        {
            var correlation = result.IntraclassCorrelation == 0
                ? "the counts vary no more than binomial ones (intraclass correlation 0)"
                : $"intraclass correlation {Readable.Significant(result.IntraclassCorrelation)}; likelihood-ratio test against binomial counts {ModelText.Test("χ²", result.DispersionTest)}";
            yield return new Paragraph($"Heterogeneity: {correlation}.");
        }

        yield return new TableBlock(PooledReport.Studies(result));
    }

    private static IEnumerable<string> Methods(BetaBinomialResult result)
    {
        yield return ModelText.EffectSize(result.Effects.Measure).Single();
        yield return $"Model: beta-binomial, each group's probabilities beta-distributed about their mean, by maximum likelihood from the counts themselves, zeros not corrected; "
            + $"{ModelText.Convergence(result.Provenance)}; {ModelNames.Of(PoolingModel.BetaBinomial).Source}.";
        yield return "Test and confidence interval: standard normal; Wald test.";
        foreach (var line in CountsReport.Scale(result))
        {
            yield return line;
        }
    }

    private static IEnumerable<Block> Findings(ExactOddsRatioResult result) =>
    [
        new Paragraph(CountsReport.Sentence(result, Readable.PValue(result.PValue))),
        new TableBlock(PooledReport.Studies(result)),
    ];

    private static IEnumerable<string> Notes(ExactOddsRatioResult result)
    {
        if (double.IsInfinity(result.Estimate))
        {
            yield return "The events are as unevenly divided as the tables allow: the data set one bound only.";
        }
    }

    private static IEnumerable<string> Methods(ExactOddsRatioResult result)
    {
        yield return ModelText.EffectSize(result.Effects.Measure).Single();
        yield return $"Model: one odds ratio common to all studies, by conditional likelihood from the counts themselves, zeros not corrected; {ModelNames.Of(PoolingModel.Exact).Source}.";
        yield return result.MidP
            ? "Test and confidence interval: exact, with mid-p; Mehta and Walsh 1992, The American Statistician 46:146."
            : "Test and confidence interval: exact, Fisher's.";
        if (double.IsFinite(result.Estimate))
        {
            foreach (var line in CountsReport.Scale(result))
            {
                yield return line;
            }
        }
    }
}
