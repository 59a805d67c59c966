using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>What a pooled effect of dependent effects rests on: the result without each cluster.</summary>
/// <remarks>
/// Viechtbauer and Cheung (2010), doi:10.1002/jrsm.11, with clusters in place of studies: effects of one cluster stand or fall together, and leaving them out one by one would
/// hide a cluster that decides.
/// </remarks>
public static class ClusterOmission
{
    /// <summary>Fits the model again without each cluster, variances included, and says which clusters have much influence.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="clusters">The cluster of each effect size that was given; null for the levels of the outermost grouping.</param>
    /// <param name="cancellation">Stops the work: with many clusters there are as many fits.</param>
    /// <exception cref="ArgumentException">There is not one cluster name per effect size, or one is empty.</exception>
    /// <exception cref="PoolingException">There are fewer than three clusters.</exception>
    public static ClusterOmissionResult LeaveOneClusterOut(this MultilevelPooledResult result, IReadOnlyList<string>? clusters = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        var model = result.Model;
        if (clusters is not null)
        {
            MultilevelRobust.CheckClusters(result, clusters);
        }

        var column = result.Outermost;
        var groups = Enumerable.Range(0, model.K).GroupBy(i => clusters?[model.Rows[i]] ?? column.Category(model.Rows[i]), StringComparer.Ordinal).ToList();
        if (groups.Count < ClusterOmissionResult.FewestClusters)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"There {(groups.Count == 1 ? "is 1 cluster" : $"are {groups.Count} clusters")}: without one of them nothing is left to compare; at least {ClusterOmissionResult.FewestClusters} are needed."));
        }

        var omitted = new OmittedCluster[groups.Count];
        Parallel.For(0, omitted.Length, new ParallelOptions { CancellationToken = cancellation }, i => omitted[i] = Without(result, groups[i].Key, [.. groups[i]], groups.Count));
        return new ClusterOmissionResult { Model = result, Clusters = omitted };
    }

    private static OmittedCluster Without(MultilevelPooledResult result, string cluster, int[] members, int count)
    {
        var model = result.Model;
        var kept = Enumerable.Range(0, model.K).Except(members).Select(i => model.Rows[i]).ToHashSet();
        try
        {
            var effects = result.Effects with
            {
                Studies = [.. result.Effects.Studies.Select((study, row) => kept.Contains(row) ? study : study with { Problem = "left out" })],
            };
            var without = MultilevelAnalysis.PoolNear(effects, result.Random, model.Groupings, model.GivenCovariance, result.Options, model.Maximum.Theta);
            var shift = result.Estimate - without.Estimate;
            var omitted = new OmittedCluster(
                cluster, members.Length, without, shift, shift * shift / (result.StandardError * result.StandardError), Residual(model, without, members), ClusterInfluence.None, null);
            return omitted with { Influence = omitted.Judged(result, count) };
        }
        catch (PoolingException problem)
        {
            return new OmittedCluster(cluster, members.Length, null, double.NaN, double.NaN, null, ClusterInfluence.None, problem.Message);
        }
    }

    /// <summary>The residuals r of a cluster from what the others give, as r'S^-1 r with S their covariance, the uncertainty of the others' estimate included.</summary>
    private static ChiSquaredTest? Residual(MultilevelModel model, MultilevelPooledResult without, int[] members)
    {
        var (theta, n) = (without.Model.Maximum.Theta, members.Length);
        if (theta.Length != model.Maximum.Theta.Length)
        {
            // The others lack an outcome that the cluster has, and so its variance.
            return null;
        }

        var uncertainty = without.StandardError * without.StandardError;
        var covariance = Matrix<double>.Build.DenseOfRowMajor(n, n, model.Marginal(members, theta)) + uncertainty;
        var residuals = Vector<double>.Build.Dense(n, i => model.Y[members[i]] - without.Estimate);
        var statistic = residuals * covariance.Cholesky().Solve(residuals);
        return new ChiSquaredTest(statistic, n, ChiSquared.Upper(statistic, n));
    }
}
