namespace MetaSpine;

/// <summary>Mantel-Haenszel, Peto and the mixed models for counts in words and as tables.</summary>
internal static class CountsReport
{
    public static ReportParts Parts(StratifiedResult result) => new(
        $"{result.Natural.Name}, common effect by {result.Method}", Findings(result), ModelText.LeftOut(result.Excluded), result.Notes, Methods(result));

    public static ReportParts Parts(CountModelResult result) => result.Coefficients.Count == 1
        ? new($"{result.Natural.Name}, {Model(result)}", Findings(result), ModelText.LeftOut(result.Excluded), result.Notes, Methods(result))
        : new(
            $"meta-regression of the {result.Effects.Measure.Name}, {Model(result)}", Regression(result), ModelText.LeftOut(result.Excluded), result.Notes,
            [.. Fit(result), .. RegressionReport.Scale(result.Effects.Measure)]);

    /// <summary>The studies and the pooled numbers; with moderators the coefficients. All digits kept.</summary>
    public static Table Exact(CountModelResult result) =>
        result.Coefficients.Count == 1 ? PooledReport.Exact(result) : CoefficientTable.Exact(CoefficientRow.Of(result.Coefficients));

    /// <summary>The result of any model as a paper would say it.</summary>
    public static string Sentence(IPooledEffect result, string test)
    {
        var (measure, natural) = (result.Effects.Measure, result.Natural);
        var format = new NaturalFormat(measure, natural.Interval);
        var level = Readable.Level(natural.Interval.Level);
        var subject = result.StudyCount == 1
            ? $"The {natural.Name} of the only study"
            : $"The pooled {natural.Name} of {ModelText.Studies(result.Effects, [.. result.Shares.Select(share => share.Row)])}";
        var sentence = $"{subject} was {format.Number(natural.Estimate)}{format.Unit} "
            + $"({level}% CI {format.Range(natural.Interval)}{format.Unit}{(measure.NullValue is null ? "" : $"; {test}")}).";
        return natural.PredictionInterval is { } prediction
            ? $"{sentence} The true {natural.Name} of a new, similar study is expected between {format.Number(prediction.Lower)}{format.Unit} "
                + $"and {format.Number(prediction.Upper)}{format.Unit} ({level}% prediction interval)."
            : sentence;
    }

    /// <summary>The scale of the computation, where it is not that which people read.</summary>
    public static IEnumerable<string> Scale(IPooledEffect result)
    {
        var measure = result.Effects.Measure;
        var error = result.StandardError is { } known ? $", SE {Readable.Fixed(known, 4)}" : "";
        return ReferenceEquals(measure.Scale, MetaSpine.Scale.Identity)
            ? []
            : [$"Computed on the {measure.Scale.Name} scale ({measure.Name} {Readable.Fixed(result.Estimate, 4)}{error}) and brought back."];
    }

    private static IEnumerable<Block> Findings(StratifiedResult result)
    {
        yield return new Paragraph(Sentence(result, ModelText.Test(result.Statistic, null, result.PValue)));
        yield return new Paragraph(result.Q.DegreesOfFreedom > 0
            ? $"Heterogeneity: I² = {ModelText.Percent(result.I2)}%; {ModelText.Test("Q", result.Q)}."
            : "Heterogeneity cannot be estimated: fewer than two studies have an estimate of their own.");
        (string Name, ChiSquaredTest? Test)[] tests =
        [
            ("Cochran-Mantel-Haenszel test of no effect", result.CochranMantelHaenszel),
            ("Breslow-Day test of equal odds ratios", result.BreslowDay),
            ("the same with Tarone's correction", result.Tarone),
        ];
        var known = string.Join("; ", tests.Where(test => test.Test is not null).Select(test => $"{test.Name}: {ModelText.Test("χ²", test.Test!.Value)}"));
        if (known.Length > 0)
        {
            yield return new Paragraph($"{known}.");
        }

        yield return new TableBlock(PooledReport.Studies(result));
    }

    private static IEnumerable<Block> Findings(CountModelResult result)
    {
        var effect = result.Coefficients[0];
        yield return new Paragraph(Sentence(result, ModelText.Test(effect.Statistic, effect.DegreesOfFreedom, effect.PValue)));
        if (result.StudyCount > 1)
        {
            yield return new Paragraph(Heterogeneity(result, "Heterogeneity"));
        }

        yield return new TableBlock(PooledReport.Studies(result));
    }

    /// <summary>The sentences and the coefficients of a model with moderators.</summary>
    public static IEnumerable<Block> Regression(CountModelResult result) =>
    [
        new Paragraph(string.Join(' ', RegressionReport.Sentences(
            result.Effects.Measure, ModelText.Studies(result.Effects, [.. result.Studies.Select(study => study.Row)]), result.Coefficients, result.Moderators))),
        new Paragraph(Heterogeneity(result, "Residual heterogeneity")),
        new TableBlock(CoefficientTable.Of(result.Effects.Measure, CoefficientRow.Of(result.Coefficients), result.Options.Level)),
    ];

    private static IEnumerable<string> Methods(StratifiedResult result)
    {
        var measure = result.Effects.Measure;
        var isPeto = result.CochranMantelHaenszel is null && measure.Code == "PETO";
        yield return ModelText.EffectSize(measure).Single();
        yield return $"Model: one effect common to all studies, from the counts themselves by {result.Method}, {(result.Options.CorrectEstimate && result.Effects.Measure.Code is "OR" or "RR" && !isPeto ? "zeros corrected" : "zeros not corrected")}; {ModelNames.Of(isPeto ? PoolingModel.Peto : PoolingModel.MantelHaenszel).Source}.";
        yield return "Test and confidence interval: standard normal; Wald test.";
        if (!isPeto)
        {
            yield return "Q and I²: the studies' own estimates around the combined one.";
        }

        if (result.CochranMantelHaenszel is not null)
        {
            yield return $"Cochran-Mantel-Haenszel test: {(result.Options.Correct ? "with" : "without")} continuity correction; Mantel and Haenszel 1959, doi:10.1093/jnci/22.4.719.";
        }

        if (result.BreslowDay is not null)
        {
            yield return "Tests of equal odds ratios: Breslow and Day 1980, IARC; Tarone 1985, doi:10.1093/biomet/72.1.91.";
        }

        foreach (var line in Scale(result))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Methods(CountModelResult result) => [.. Fit(result), .. Scale(result)];

    private static IEnumerable<string> Fit(CountModelResult result)
    {
        yield return ModelText.EffectSize(result.Effects.Measure).Single();
        var points = result.Points > 0 ? FormattableString.Invariant($"; {result.Points} quadrature points") : "";
        yield return $"Model: {result.Model}, by maximum likelihood from the counts themselves, zeros not corrected; {ModelText.Convergence(result.Provenance)}{points}; {ModelNames.Of(PoolingModel.Glmm).Source}.";
        yield return $"Test and confidence interval: {MethodNames.Of(result.Options.Test).Name}; Wald test.";
        if (result.Tau2Interval is not null)
        {
            yield return "Interval of τ²: profile likelihood; Hardy and Thompson 1996, Statistics in Medicine 15:619.";
        }

        if (result.Options.Method != PoolingMethod.EE && result.I2 is not null)
        {
            yield return "I²: τ² over τ² plus the typical variance of the studies' own estimates.";
        }
    }

    private static string Model(CountModelResult result) =>
        $"{(result.Options.Method == PoolingMethod.EE ? "equal effects" : "random effects")}, {result.Model}";

    private static string Heterogeneity(CountModelResult result, string kind)
    {
        var parts = new List<string>();
        if (result.Options.Method != PoolingMethod.EE)
        {
            parts.Add($"τ² = {ModelText.Variance(result.Tau2)}{ModelText.Interval(result.Tau2Interval, ModelText.Variance)}");
        }

        // Under equal effects it is 0 by assumption, and beside a test that may contradict that it would mislead.
        if (result.Options.Method != PoolingMethod.EE && result.I2 is { } i2)
        {
            parts.Add($"I² = {ModelText.Percent(i2)}%");
        }

        if (result.HeterogeneityLikelihoodRatio is { DegreesOfFreedom: > 0 } ratio)
        {
            parts.Add($"likelihood-ratio test {ModelText.Test("χ²", ratio)}");
        }

        return $"{kind}: {string.Join("; ", parts)}.";
    }
}
