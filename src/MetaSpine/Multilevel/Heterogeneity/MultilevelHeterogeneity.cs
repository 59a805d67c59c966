namespace MetaSpine;

/// <summary>How much of what varies is true, and at which level.</summary>
/// <param name="TypicalVariance">The typical sampling variance, (k - p) / tr P with the P of the fit without random effects.</param>
/// <param name="Total">I^2 in percent: the share of true variance, of all levels, in the variance of an estimate with the typical sampling variance.</param>
/// <param name="Levels">Its parts, one for each variance, in the order of the components.</param>
public sealed record MultilevelHeterogeneity(double TypicalVariance, double Total, IReadOnlyList<LevelShare> Levels);

/// <summary>The part of one level.</summary>
/// <param name="Term">The level: <c>district</c>, <c>district/school</c>.</param>
/// <param name="Variance">Its variance.</param>
/// <param name="I2">Its part of I^2 in percent.</param>
/// <param name="R2">The share of its variance that the moderators explain, in percent, floored at 0; null without moderators or where there is nothing to explain.</param>
public sealed record LevelShare(string Term, double Variance, double I2, double? R2);

/// <summary>The prediction interval of one level.</summary>
/// <param name="Term">The level.</param>
/// <param name="What">What the interval is for, in words: "the average of a new district", "a new school of a new district".</param>
/// <param name="Variance">The variance of true effects that it covers.</param>
/// <param name="Interval">The interval, on the analysis scale.</param>
public sealed record LevelPrediction(string Term, string What, double Variance, Interval Interval);

/// <summary>Heterogeneity and prediction by level.</summary>
public static class MultilevelLevels
{
    /// <summary>
    /// I^2 and its parts by level, for models whose every term has one variance (Nakagawa and Santos 2012, doi:10.1007/s10682-012-9555-5; Higgins and Thompson's typical variance with the
    /// whole V, doi:10.1002/sim.1186).
    /// </summary>
    /// <returns>The shares; null where a term has several variances, which differ between effects.</returns>
    public static MultilevelHeterogeneity? Heterogeneity(this MultilevelResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (Variances(result) is not { } variances)
        {
            return null;
        }

        var typical = TypicalVariance(result.Model);
        var total = variances.Sum(component => component.Value);
        var without = result is MultilevelRegressionResult regression && regression.Model.Intercept >= 0 && regression.Model.P > 1 ? Variances(WithoutModerators(regression)) : null;
        return new MultilevelHeterogeneity(
            typical,
            ModelSummary.Share(total, typical),
            [.. variances.Select((component, i) => new LevelShare(
                component.Term, component.Value, 100 * component.Value / (total + typical),
                without is not null && without[i].Value > 0 ? Math.Max(0, 100 * (without[i].Value - component.Value) / without[i].Value) : null))]);
    }

    /// <summary>
    /// Prediction intervals that say for which level they are: with levels a and a/b, for the average true effect of a new a, and for the true effect of a new b in a new a.
    /// </summary>
    /// <returns>One for each level, from the outermost; empty where the terms are crossed or have several variances.</returns>
    public static IReadOnlyList<LevelPrediction> PredictionIntervals(this MultilevelPooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Random.Count != 1 || result.Random[0].Inner.Count > 0 || Variances(result) is not { } variances)
        {
            return [];
        }

        var (grouping, sum) = (result.Random[0].Grouping, 0.0);
        var reference = new ReferenceDistribution(result.DegreesOfFreedom, result.Options.Level);
        var predictions = new List<LevelPrediction>();
        for (var level = 0; level < variances.Count; level++)
        {
            sum += variances[level].Value;
            var what = level == variances.Count - 1
                ? string.Join(" of ", Enumerable.Range(0, level + 1).Select(above => $"a new {grouping[level - above]}"))
                : $"the average of a new {grouping[level]}{(level == 0 ? "" : $" of {string.Join(" of ", Enumerable.Range(1, level).Select(above => $"a new {grouping[level - above]}"))}")}";
            predictions.Add(new LevelPrediction(variances[level].Term, what, sum, reference.Around(result.Estimate, Math.Sqrt(sum + result.StandardError * result.StandardError))));
        }

        return predictions;
    }

    /// <summary>The variances, where each term has one.</summary>
    private static List<VarianceComponent>? Variances(MultilevelResult result)
    {
        var variances = result.Components.Where(component => component.Kind == ComponentKind.Variance).ToList();
        return variances.Count == 0 || variances.GroupBy(component => component.Term).Any(term => term.Skip(1).Any()) ? null : variances;
    }

    private static MultilevelPooledResult WithoutModerators(MultilevelRegressionResult result)
    {
        var model = result.Model;
        var rows = model.Rows;
        var effects = result.Effects;
        var kept = rows.ToHashSet();
        return MultilevelAnalysis.Pool(
            effects with { Studies = [.. effects.Studies.Select((study, row) => kept.Contains(row) ? study : study with { Problem = "a moderator is missing" })] },
            result.Random, model.Groupings, model.GivenCovariance, result.Options with { Test = MultilevelTest.Z });
    }

    /// <summary>(k - p) / tr P, P = W - WX(X'WX)^-1 X'W with W = V^-1.</summary>
    private static double TypicalVariance(MultilevelModel model)
    {
        var (k, p) = (model.K, model.P);
        double trace = 0;
        foreach (var block in model.V.Blocks)
        {
            var factor = (double[])block.Values.Clone();
            _ = DenseCholesky.Factor(factor, block.Rows.Length);
            var inverse = DenseCholesky.Inverse(factor, block.Rows.Length);
            for (var i = 0; i < block.Rows.Length; i++)
            {
                trace += inverse[i * block.Rows.Length + i];
            }
        }

        var none = new double[model.Maximum.Theta.Length];
        for (var i = 0; i < none.Length; i++)
        {
            none[i] = model.Likelihood.Parameters[i].Kind is ParameterKind.Range ? 1 : 0;
        }

        var fixedEffects = model.Likelihood.At(none, false)!;
        double[][] columns = [.. Enumerable.Range(0, p).Select(j => model.Likelihood.Whiten([.. Enumerable.Range(0, k).Select(i => model.X[i * p + j])]))];
        var weighted = model.Likelihood.Weighted(none, columns);
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
            {
                trace -= fixedEffects.Covariance[i * p + j] * OrthogonalFit.Dot(weighted[i], weighted[j]);
            }
        }

        return (k - p) / trace;
    }
}
