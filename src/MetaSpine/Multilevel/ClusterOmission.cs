namespace MetaSpine;

/// <summary>What a pooled effect of dependent effects rests on: the result without each cluster.</summary>
public static class ClusterOmission
{
    /// <summary>Fits the model again without each cluster, variances included.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="clusters">The cluster of each effect size that was given; null for the levels of the outermost grouping.</param>
    /// <exception cref="ArgumentException">There is not one cluster per effect size.</exception>
    /// <exception cref="PoolingException">There are fewer than three clusters.</exception>
    public static IReadOnlyList<OmittedCluster> LeaveOneClusterOut(this MultilevelPooledResult result, IReadOnlyList<string>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var model = result.Model;
        if (clusters is not null && clusters.Count != result.Effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {clusters.Count} clusters, but {result.Effects.Count} effect sizes: name one cluster per effect size, in the same order."), nameof(clusters));
        }

        var column = result.Outermost;
        var groups = model.Rows.GroupBy(row => clusters?[row] ?? column.Category(row), StringComparer.Ordinal).ToList();
        return groups.Count < 3
            ? throw new PoolingException(FormattableString.Invariant($"There are {groups.Count} clusters: without one of them nothing is left to compare; at least 3 are needed."))
            : groups.ConvertAll(group => Without(result, group.Key, [.. group]));
    }

    private static OmittedCluster Without(MultilevelPooledResult result, string cluster, HashSet<int> rows)
    {
        var (model, effects) = (result.Model, result.Effects);
        var kept = model.Rows.Where(row => !rows.Contains(row)).ToHashSet();
        try
        {
            var without = MultilevelAnalysis.Pool(
                effects with { Studies = [.. effects.Studies.Select((study, row) => kept.Contains(row) ? study : study with { Problem = "left out" })] },
                result.Random, model.Groupings, model.GivenCovariance, result.Options);
            var shift = result.Estimate - without.Estimate;
            return new OmittedCluster(cluster, rows.Count, without, shift, shift * shift / (result.StandardError * result.StandardError), null);
        }
        catch (PoolingException problem)
        {
            return new OmittedCluster(cluster, rows.Count, null, double.NaN, double.NaN, problem.Message);
        }
    }
}

/// <summary>A result without one cluster.</summary>
/// <param name="Cluster">The cluster that is left out.</param>
/// <param name="EffectCount">How many effects it has in the model.</param>
/// <param name="Result">The result without it; null where the rest cannot be fitted.</param>
/// <param name="Shift">The estimate of all less that without the cluster; NaN likewise.</param>
/// <param name="CookDistance">The squared shift over the squared standard error of all; NaN likewise.</param>
/// <param name="Problem">Why there is no result; null where there is one.</param>
public sealed record OmittedCluster(string Cluster, int EffectCount, MultilevelPooledResult? Result, double Shift, double CookDistance, string? Problem);
