namespace MetaSpine;

/// <summary>A meta-regression in words and as tables.</summary>
internal static class RegressionReport
{
    public static Document Build(RegressionResult result) => new(
    [
        new Heading($"Meta-regression of the {result.Effects.Measure.Name}, {ModelText.Model(result)}"),
        .. Findings(result),
        .. ModelText.Ending(result, ModelText.LeftOut(result), result.Notes, Methods(result)),
    ]);

    /// <summary>The sentences and the table of the coefficients.</summary>
    public static IEnumerable<Block> Findings(RegressionResult result) =>
    [
        new Paragraph(string.Join(' ', Sentences(result))),
        new Paragraph(ModelText.Heterogeneity(result, "Residual heterogeneity")),
        new TableBlock(Coefficients(result.Effects.Measure, result.Coefficients, result.Options.Level)),
    ];

    /// <summary>One row per coefficient, all digits kept: for other programs.</summary>
    public static Table Exact(RegressionResult result)
    {
        string[] names = ["coefficient", "estimate", "standard_error", "statistic", "df", "p", "lower", "upper"];
        return new Table([.. names.Select(name => new TableColumn(name))], [.. result.Coefficients.Select(c => (string[])[
            c.Name, Readable.Exact(c.Estimate), Readable.Exact(c.StandardError), Readable.Exact(c.Statistic), Readable.Exact(c.DegreesOfFreedom),
            Readable.Exact(c.PValue), Readable.Exact(c.Interval.Lower), Readable.Exact(c.Interval.Upper)])]);
    }

    /// <summary>What was regressed on what, and the test of the moderators.</summary>
    public static IEnumerable<string> Sentences(Measure measure, string studies, IReadOnlyList<Coefficient> coefficients, ModeratorTest moderators)
    {
        var names = string.Join(", ", coefficients.Select(c => c.Name).Where(name => name is not ("intercept" or DesignTerms.Intercept)));
        yield return $"The {measure.Name} of {studies} was regressed on {(names.Length == 0 ? "a constant" : names)}.";
        var (statistic, df, residual, p) = moderators;
        var test = residual is null ? FormattableString.Invariant($"χ²({df})") : FormattableString.Invariant($"F({df}, {residual})");
        yield return $"Test of the moderators: {test} = {Readable.Fixed(statistic, 2)}, {Readable.PValue(p)}.";
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

    /// <summary>One row per coefficient; those of ratios also exponentiated.</summary>
    public static Table Coefficients(Measure measure, IReadOnlyList<Coefficient> coefficients, double level)
    {
        var ratio = measure.NullValue is 0 && ReferenceEquals(measure.Scale, Scale.Log);
        TableColumn[] exponential = ratio ? [new("exp(b)", Alignment.DecimalPoint)] : [];
        return new Table(
        [
            new("Coefficient"), new("b", Alignment.DecimalPoint), new("SE", Alignment.DecimalPoint),
            new(coefficients[0].DegreesOfFreedom is null ? "z" : "t", Alignment.DecimalPoint), new("p", Alignment.Right),
            new($"{Readable.Level(level)}% CI", Alignment.DecimalPoint), .. exponential,
        ],
        [.. coefficients.Select(c =>
        {
            var decimals = Math.Max(2, Readable.DecimalsFor(c.Interval) + 1);
            string[] natural = ratio ? [Readable.Fixed(Math.Exp(c.Estimate), decimals)] : [];
            return (string[])[
                c.Name, Readable.Fixed(c.Estimate, decimals), Readable.Fixed(c.StandardError, decimals), Readable.Fixed(c.Statistic, 2), Readable.PCell(c.PValue),
                $"{Readable.Fixed(c.Interval.Lower, decimals)} to {Readable.Fixed(c.Interval.Upper, decimals)}", .. natural];
        })]);
    }

    /// <summary>Where the numbers that only a regression has come from.</summary>
    public static IEnumerable<string> Methods(RegressionResult result)
    {
        var scale = result.Effects.Measure.Scale;
        if (!ReferenceEquals(scale, Scale.Identity))
        {
            yield return $"Coefficients are on the {scale.Name} scale.";
        }
    }
}
