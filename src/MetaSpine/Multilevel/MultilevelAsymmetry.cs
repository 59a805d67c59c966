namespace MetaSpine;

/// <summary>Tests of small-study effects for dependent effects.</summary>
public static class MultilevelAsymmetry
{
    /// <summary>
    /// Egger's test with the model of the dependence and cluster-robust errors: the same random effects with a predictor of precision as the moderator, tested by CR2 with Satterthwaite's degrees of
    /// freedom (Rodgers and Pustejovsky 2021, Psychological Methods 26:141, doi:10.1037/met0000300).
    /// </summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="predictor">The predictor.</param>
    /// <param name="clusters">As for <see cref="MultilevelRobust.Robust"/>.</param>
    /// <returns>The coefficients: the limit at infinite precision, and the slope, whose test is that of asymmetry.</returns>
    /// <exception cref="PoolingException">There are too few clusters, or all effects are equally precise.</exception>
    public static MultilevelRobustResult TestAsymmetry(this MultilevelPooledResult result, PrecisionPredictor predictor = PrecisionPredictor.StandardError, IReadOnlyList<string>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (model, effects) = (result.Model, result.Effects);
        var values = Enumerable.Repeat(double.NaN, effects.Count).ToArray();
        for (var i = 0; i < model.K; i++)
        {
            values[model.Rows[i]] = predictor == PrecisionPredictor.Variance ? model.V[i, i] : Math.Sqrt(model.V[i, i]);
        }

        var name = predictor == PrecisionPredictor.Variance ? "variance" : "standard error";
        var design = DesignMatrix.FromRows(["limit", name], [.. values.Select(value => (double[])[1, value])]);
        return MultilevelAnalysis.Regress(effects, result.Random, model.Groupings, design, model.GivenCovariance, result.Options).Robust(clusters);
    }
}

/// <summary>What a test of asymmetry takes as a study's imprecision.</summary>
public enum PrecisionPredictor
{
    /// <summary>The standard error, as Egger's test and PET.</summary>
    StandardError,

    /// <summary>The sampling variance, as PEESE.</summary>
    Variance,
}
