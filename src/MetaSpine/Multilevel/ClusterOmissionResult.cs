namespace MetaSpine;

/// <summary>A result of dependent effects without each cluster in turn.</summary>
public sealed partial record ClusterOmissionResult
{
    internal const int FewestClusters = 3;

    /// <summary>The result of all effects.</summary>
    public required MultilevelPooledResult Model { get; init; }

    /// <summary>The clusters, in the order of their first effects.</summary>
    public required IReadOnlyList<OmittedCluster> Clusters { get; init; }

    /// <summary>The clusters with much influence.</summary>
    public IEnumerable<OmittedCluster> Influential => Clusters.Where(cluster => cluster.Influence != ClusterInfluence.None);
}

/// <summary>A result without one cluster.</summary>
/// <param name="Cluster">The cluster that is left out.</param>
/// <param name="EffectCount">How many effects it has in the model.</param>
/// <param name="Result">The result without it; null where the rest cannot be fitted.</param>
/// <param name="Shift">The estimate of all less that without the cluster, on the analysis scale; NaN likewise.</param>
/// <param name="CookDistance">The squared shift over the squared standard error of all; NaN likewise.</param>
/// <param name="Residual">
/// The test that the cluster's effects are as the others give to expect, with a degree of freedom for each; null without a result, or where the others lack an outcome of the cluster.
/// </param>
/// <param name="Influence">In what the cluster has much influence.</param>
/// <param name="Problem">Why there is no result; null where there is one.</param>
public sealed record OmittedCluster(
    string Cluster, int EffectCount, MultilevelPooledResult? Result, double Shift, double CookDistance, ChiSquaredTest? Residual, ClusterInfluence Influence, string? Problem)
{
    /// <summary>Half of chi-squared with 1 degree of freedom: the cluster moves the estimate to the edge of the 50% interval of all (Cook and Weisberg 1982, p. 118).</summary>
    internal static double CookLimit { get; } = ChiSquared.UpperQuantile(.5, 1);

    /// <summary>A residual is far out at this p-value over the number of clusters, as one of so many is by chance.</summary>
    internal const double ResidualLevel = .05;

    /// <summary>The sum of the variances of a model, however many each term has.</summary>
    internal static double Spread(MultilevelResult result) => Variances(result).Sum(component => component.Value);

    /// <summary>The variances that lie at 0 without the cluster, and not so with it.</summary>
    internal IEnumerable<VarianceComponent> Vanished(MultilevelResult all) =>
        Result is null ? [] : Variances(all).Where(component => component.Value > 0 && Variances(Result).Any(other => (other.Term, other.Name) == (component.Term, component.Name) && other.Value == 0));

    internal ClusterInfluence Judged(MultilevelPooledResult all, int clusters) =>
        (CookDistance > CookLimit ? ClusterInfluence.Estimate : 0)
        | (all.Agrees(Result!.Estimate, Result.Interval) ? 0 : ClusterInfluence.Conclusion)
        | (Spread(Result) < Spread(all) / 2 || Vanished(all).Any() ? ClusterInfluence.Variances : 0)
        | (Residual?.PValue < ResidualLevel / clusters ? ClusterInfluence.Residual : 0);

    private static IEnumerable<VarianceComponent> Variances(MultilevelResult result) => result.Components.Where(component => component.Kind == ComponentKind.Variance);
}

/// <summary>In what a cluster has much influence, by rules of thumb.</summary>
[Flags]
public enum ClusterInfluence
{
    /// <summary>In nothing.</summary>
    None = 0,

    /// <summary>The estimate moves by more than 0.67 standard errors: Cook's distance is above 0.45, the median of chi-squared with 1 degree of freedom.</summary>
    Estimate = 1,

    /// <summary>Without it the interval includes no effect where that of all excludes it, or the other way round, or the direction is another.</summary>
    Conclusion = 2,

    /// <summary>Without it the variances together are less than half, or one of them is 0.</summary>
    Variances = 4,

    /// <summary>Its effects lie far from what the others give to expect: p below 0.05 over the number of clusters.</summary>
    Residual = 8,
}
