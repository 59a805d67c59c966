namespace MetaSpine;

/// <summary>The rows of clustered effects: a heading with its effects, or one row for each cluster.</summary>
/// <param name="clusters">The effects by their clusters.</param>
/// <param name="options">The options.</param>
/// <param name="effect">The row of an effect in the model.</param>
internal sealed class ForestClusterRows(EffectClusters clusters, ForestPlotOptions options, Func<StudyShare, ForestRow> effect)
{
    /// <summary>The rows in the layout that is asked for.</summary>
    public IEnumerable<ForestRow> Of(EffectArrangement layout)
    {
        var means = layout == EffectArrangement.Nested && options.ClusterSummary == ClusterSummary.None ? null : clusters.Means(options.ClusterSummary);
        var summaries = clusters.All.Select((cluster, i) => (Cluster: cluster, Row: Summary(cluster, means?[i]))).ToList();
        var ordered = Order(summaries, item => item.Row);
        var rows = layout == EffectArrangement.Aggregated
            ? ordered.Select(item => item.Row with { Kind = item.Cluster.Shares.Count > 0 ? ForestRowKind.Study : ForestRowKind.NotEstimable })
            : ordered.SelectMany(item => Nested(item.Cluster, item.Row));
        return rows.Concat(clusters.Others.Select(NotEstimable));
    }

    private ForestRow Summary(EffectCluster cluster, ClusterMean? mean) => new(mean is null ? ForestRowKind.Heading : ForestRowKind.Cluster, cluster.Label)
    {
        Estimate = mean?.Estimate ?? double.NaN,
        Lower = mean?.Lower ?? double.NaN,
        Upper = mean?.Upper ?? double.NaN,
        IsOutside = mean?.IsOutside == true,
        Weight = cluster.Shares.Sum(share => share.Weight) ?? double.NaN,
        EffectCount = cluster.Shares.Count,
        IsLead = options.Arrangement != EffectArrangement.Aggregated,
    };

    /// <summary>A cluster of one effect is that effect under the name of the cluster.</summary>
    private IEnumerable<ForestRow> Nested(EffectCluster cluster, ForestRow summary)
    {
        var effects = Order([.. cluster.Shares.Select(effect)], row => row).Concat(cluster.Excluded.Select(NotEstimable)).ToList();
        return effects.Count == 1
            ? [effects[0] with { IsLead = true, Study = effects[0].Label, Label = options.EffectNames is null ? cluster.Label : $"{cluster.Label}, {clusters.NameOf(effects[0].Index!.Value)}" }]
            : [cluster.Shares.Count == 0 ? summary with { Kind = ForestRowKind.Heading } : summary, .. effects.Select(row => row with { Study = row.Label, Label = clusters.NameOf(row.Index!.Value), Indented = true })];
    }

    private static ForestRow NotEstimable(ExcludedStudy study) => new(ForestRowKind.NotEstimable, study.Label) { Index = study.Row };

    private IEnumerable<T> Order<T>(IReadOnlyList<T> items, Func<T, ForestRow> row) => options.Order switch
    {
        ForestOrder.Estimate => items.OrderBy(item => double.IsNaN(row(item).Estimate)).ThenBy(item => row(item).Estimate),
        ForestOrder.Weight => items.OrderByDescending(item => row(item).Weight),
        ForestOrder.Name => items.OrderBy(item => row(item).Label, StringComparer.Ordinal),
        _ => items,
    };
}
