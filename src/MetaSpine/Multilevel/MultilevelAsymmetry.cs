namespace MetaSpine;

/// <summary>Tests of small-study effects for dependent effects.</summary>
public static class MultilevelAsymmetry
{
    /// <summary>
    /// Egger's test with the model of the dependence and cluster-robust errors: the same random effects with a predictor of precision as the moderator, tested by CR2 with Satterthwaite's degrees of
    /// freedom (Rodgers and Pustejovsky 2021, Psychological Methods 26:141, doi:10.1037/met0000300).
    /// </summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="predictor">The predictor. <value>Default null: the sizes of the groups for standardised mean differences whose groups are known, else the standard error.</value></param>
    /// <param name="clusters">As for <see cref="MultilevelRobust.Robust"/>.</param>
    /// <exception cref="PoolingException">There are too few clusters, all effects are equally precise, or the sizes of the groups are not known.</exception>
    public static MultilevelAsymmetryResult TestAsymmetry(this MultilevelPooledResult result, PrecisionPredictor? predictor = null, IReadOnlyList<string>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (model, effects) = (result.Model, result.Effects);
        var isStandardised = effects.Measure.Code is "SMD" or "SMDH" or "SMD1" or "SMD1H";
        var used = predictor ?? (isStandardised && model.Rows.All(row => double.IsFinite(GroupTerm(effects, row))) ? PrecisionPredictor.GroupSizes : PrecisionPredictor.StandardError);
        var values = Enumerable.Repeat(double.NaN, effects.Count).ToArray();
        for (var i = 0; i < model.K; i++)
        {
            values[model.Rows[i]] = used switch
            {
                PrecisionPredictor.Variance => model.V[i, i],
                PrecisionPredictor.GroupSizes => GroupTerm(effects, model.Rows[i]),
                _ => Math.Sqrt(model.V[i, i]),
            };
        }

        var unknown = model.Rows.Where(row => !double.IsFinite(values[row])).Select(row => effects.Studies[row].Label).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new PoolingException($"The test by the sizes of the groups needs n1i and n2i; they are unknown for {string.Join(", ", unknown)}.");
        }

        var seen = model.Rows.Select(row => values[row]).ToList();
        if (seen.Max() - seen.Min() <= 1e-10 * seen.Max())
        {
            throw new PoolingException("All effects are equally precise: there are no small studies whose effects could differ.");
        }

        var design = DesignMatrix.FromRows(["effect without sampling error", $"slope on the {Name(used)}"], [.. values.Select(value => (double[])[1, value])]);
        var regression = MultilevelAnalysis.Regress(effects, result.Random, model.Groupings, design, model.GivenCovariance, result.Options);
        return new MultilevelAsymmetryResult { Model = result, Predictor = used, Regression = regression.Robust(clusters) };
    }

    private static string Name(PrecisionPredictor predictor) => predictor switch
    {
        PrecisionPredictor.Variance => "variance",
        PrecisionPredictor.GroupSizes => "√(1/n1 + 1/n2)",
        _ => "standard error",
    };

    private static double GroupTerm(EffectSizes effects, int row) => Math.Sqrt(1 / effects.Data.Value("n1i", row) + 1 / effects.Data.Value("n2i", row));
}

/// <summary>Egger's test of dependent effects.</summary>
public sealed partial record MultilevelAsymmetryResult
{
    /// <summary>The result of all effects.</summary>
    public required MultilevelPooledResult Model { get; init; }

    /// <summary>What was taken as an effect's imprecision.</summary>
    public required PrecisionPredictor Predictor { get; init; }

    /// <summary>The regression on it, with cluster-robust errors.</summary>
    public required MultilevelRobustResult Regression { get; init; }

    /// <summary>The effect that the line gives where there is no sampling error.</summary>
    public RobustCoefficient Limit => Regression.Coefficients[0];

    /// <summary>The slope, on the analysis scale per unit of the predictor, whose test is that of asymmetry.</summary>
    public RobustCoefficient Slope => Regression.Coefficients[1];
}

/// <summary>What a test of asymmetry takes as an effect's imprecision.</summary>
public enum PrecisionPredictor
{
    /// <summary>The standard error, as Egger's test and PET.</summary>
    StandardError,

    /// <summary>The sampling variance, as PEESE.</summary>
    Variance,

    /// <summary>√(1/n1 + 1/n2): of standardised mean differences, whose standard error grows with the effect itself (Pustejovsky and Rodgers 2019, doi:10.1002/jrsm.1332).</summary>
    GroupSizes,
}
