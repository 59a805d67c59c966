namespace MetaSpine;

/// <summary>The average true effect of each cluster, predicted from the effects of all.</summary>
/// <remarks>
/// Best linear unbiased predictions (Robinson 1991, doi:10.1214/ss/1177011926), also empirical Bayes estimates: with the variance t of the clusters and the marginal covariance M of a
/// cluster's effects y, its share is a = t 1'M^-1 1, its prediction b + t 1'M^-1 (y - b), and the squared error t(1 - a) + (1 - a)^2 se(b)^2; the variances count as known.
/// </remarks>
public static class ClusterPredictions
{
    /// <summary>Predicts the average true effect of each level of the outermost grouping: of each study, where effects are nested in studies.</summary>
    /// <param name="result">A pooled result whose first term is of intercepts.</param>
    /// <returns>One prediction for each cluster, in the order of their first effects.</returns>
    /// <exception cref="PoolingException">The clusters have no variance of their own, or are not independent of each other in the model.</exception>
    public static IReadOnlyList<ClusterPrediction> PredictClusters(this MultilevelPooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (model, outer) = (result.Model, result.Random[0].Grouping[0]);
        if (result.Random[0].Inner.Count > 0)
        {
            throw new PoolingException($"With the random effects {result.Random[0]} a {outer} has several true effects and no average of its own to predict; there is one with {outer} before them, as {outer}/effect.");
        }

        var column = result.Outermost;
        string Cluster(int effect) => column.Category(model.Rows[effect]);
        if (MultilevelRobust.Independent(model).Groups().FirstOrDefault(group => Array.Exists(group, effect => Cluster(effect) != Cluster(group[0]))) is { } tied)
        {
            throw new PoolingException($"The model makes effects of different levels of {outer} dependent ({result.Studies[tied[0]].Effect.Label} and others), so that none can be predicted from its own effects.");
        }

        var variance = result.Components[0].Value;
        var reference = new ReferenceDistribution(result.DegreesOfFreedom, result.Options.Level);
        return [.. Enumerable.Range(0, model.K).GroupBy(Cluster, StringComparer.Ordinal).Select(group => Predict(result, group.Key, [.. group], variance, reference))];
    }

    private static ClusterPrediction Predict(MultilevelPooledResult result, string cluster, int[] effects, double variance, ReferenceDistribution reference)
    {
        var (marginal, n) = (result.Model.Marginal(effects), effects.Length);
        _ = DenseCholesky.Factor(marginal, n);
        var weights = Enumerable.Repeat(1.0, n).ToArray();
        DenseCholesky.SolveLower(marginal, n, weights);
        DenseCholesky.SolveUpper(marginal, n, weights);
        double share = 0, deviation = 0;
        for (var i = 0; i < n; i++)
        {
            share += variance * weights[i];
            deviation += variance * weights[i] * (result.Model.Y[effects[i]] - result.Estimate);
        }

        // Rounding may lift the share of a cluster that is known exactly above 1.
        var rest = Math.Max(0, 1 - share);
        var (estimate, error) = (result.Estimate + deviation, Math.Sqrt(variance * rest + rest * rest * result.StandardError * result.StandardError));
        return new ClusterPrediction(cluster, n, share, estimate, error, reference.Around(estimate, error));
    }
}

/// <summary>The predicted average true effect of a cluster, on the analysis scale.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="EffectCount">How many effects it has in the model.</param>
/// <param name="OwnShare">How much its own effects count, from 0 (all is borrowed from the pooled estimate) to 1.</param>
/// <param name="Estimate">The prediction.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Interval">Its interval, by the degrees of freedom of the pooled estimate.</param>
public sealed record ClusterPrediction(string Cluster, int EffectCount, double OwnShare, double Estimate, double StandardError, Interval Interval);
