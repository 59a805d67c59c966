namespace MetaSpine;

/// <summary>A meta-regression in words and as tables.</summary>
internal static class RegressionReport
{
    public static ReportParts Parts(RegressionResult result) => new(
        ModelText.Subject(result) + $", {ModelText.Model(result)}",
        Findings(result),
        ModelText.LeftOut(result),
        result.Notes,
        [.. ModelText.Sources(result), .. Methods(result)]);

    /// <summary>The sentences and the table of the coefficients.</summary>
    public static IEnumerable<Block> Findings(RegressionResult result) =>
    [
        new Paragraph(string.Join(' ', Sentences(result))),
        new Paragraph(ModelText.Heterogeneity(result, "Residual heterogeneity")),
        new TableBlock(CoefficientTable.Of(result.Effects.Measure, CoefficientRow.Of(result.Coefficients), result.Options.Level)),
    ];

    /// <summary>One row per coefficient, all digits kept: for other programs.</summary>
    public static Table Exact(RegressionResult result) => CoefficientTable.Exact(CoefficientRow.Of(result.Coefficients));

    /// <summary>What was regressed on what, and the test of the moderators.</summary>
    public static IEnumerable<string> Sentences(Measure measure, string studies, IReadOnlyList<Coefficient> coefficients, ModeratorTest moderators)
    {
        yield return $"The {measure.Name} of {studies} was regressed on {Names(coefficients.Select(c => c.Name))}.";
        yield return $"Test of the moderators: {Test(moderators)}.";
    }

    /// <summary>The coefficients but the intercept.</summary>
    public static string Names(IEnumerable<string> coefficients)
    {
        var names = string.Join(", ", coefficients.Where(name => name is not ("intercept" or DesignTerms.Intercept)));
        return names.Length == 0 ? "a constant" : names;
    }

    /// <summary>"F(1, 11) = 17.60, p = 0.001".</summary>
    public static string Test(ModeratorTest test)
    {
        var (statistic, df, residual, p) = test;
        var name = residual is { } known ? $"F({Readable.Count(df)}, {Readable.Count(known)})" : $"χ²({Readable.Count(df)})";
        return $"{name} = {Readable.Fixed(statistic, 2)}, {Readable.PValue(p)}";
    }

    private static IEnumerable<string> Sentences(RegressionResult result)
    {
        foreach (var sentence in Sentences(result.Effects.Measure, ModelText.Studies(result), result.Coefficients, result.Moderators))
        {
            yield return sentence;
        }

        if (result.R2 is { } r2)
        {
            yield return $"They explain {Readable.Fixed(r2, 1)}% of the between-study variance (R²).";
        }
    }

    /// <summary>Where the numbers that only a regression has come from.</summary>
    public static IEnumerable<string> Methods(RegressionResult result) => Scale(result.Effects.Measure);

    /// <summary>The scale of coefficients, where it is not that which people read.</summary>
    public static IEnumerable<string> Scale(Measure measure) =>
        ReferenceEquals(measure.Scale, MetaSpine.Scale.Identity) ? [] : [$"Coefficients are on the {measure.Scale.Name} scale."];
}
