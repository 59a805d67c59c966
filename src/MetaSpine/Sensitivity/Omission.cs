namespace MetaSpine;

/// <summary>Results without one study, without one cluster of studies, and without any few of them.</summary>
/// <remarks>
/// Viechtbauer and Cheung (2010), Research Synthesis Methods 1:112, doi:10.1002/jrsm.11. Everything is estimated anew from the studies that are left, by the
/// same model and options: tau^2 of a pooled result, the counts of Mantel-Haenszel's and Peto's estimates and of a generalised linear mixed model.
/// </remarks>
public static class Omission
{
    /// <summary>More fits than this are refused; Gosh goes over all subsets in bounded memory.</summary>
    private const double MostSubsets = 100_000;

    /// <summary>Leaves each study out in turn.</summary>
    /// <exception cref="PoolingException">There are fewer than three studies, so that nothing would be pooled.</exception>
    public static OmissionResult LeaveOneOut(this PooledResult result) => Without(Refits.Of(result), 1, default);

    /// <inheritdoc cref="LeaveOneOut(PooledResult)"/>
    public static OmissionResult LeaveOneOut(this StratifiedResult result) => Without(Refits.Of(result), 1, default);

    /// <summary>Leaves each study out in turn.</summary>
    /// <param name="result">A model without moderators.</param>
    /// <param name="cancellation">Stops the work: each fit may take a second.</param>
    /// <exception cref="PoolingException">There are fewer than three studies, so that nothing would be pooled.</exception>
    /// <exception cref="ArgumentException">The model has moderators.</exception>
    public static OmissionResult LeaveOneOut(this CountModelResult result, CancellationToken cancellation = default) => Without(Refits.Of(result), 1, cancellation);

    /// <summary>Leaves out every choice of so many studies.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="count">How many studies are left out at once; at least two must be left, and there may be at most 100,000 choices.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PoolingException">There are fewer than <paramref name="count"/> + 2 studies.</exception>
    /// <exception cref="ArgumentException">There are more than 100,000 choices, or <paramref name="count"/> is below 1.</exception>
    public static OmissionResult LeaveOut(this PooledResult result, int count, CancellationToken cancellation = default) => Without(Refits.Of(result), count, cancellation);

    /// <inheritdoc cref="LeaveOut(PooledResult, int, CancellationToken)"/>
    public static OmissionResult LeaveOut(this StratifiedResult result, int count, CancellationToken cancellation = default) => Without(Refits.Of(result), count, cancellation);

    /// <summary>Leaves each cluster out in turn: the studies of one team, country or design.</summary>
    /// <param name="result">A pooled result.</param>
    /// <param name="clusters">The cluster of each effect size, in the order of the effect sizes that were given; those left out of the model are skipped.</param>
    /// <exception cref="PoolingException">All studies are of one cluster.</exception>
    /// <exception cref="ArgumentException">There is not one cluster name per effect size, or one is empty.</exception>
    public static OmissionResult LeaveOneClusterOut(this PooledResult result, IReadOnlyList<string> clusters) => WithoutClusters(Refits.Of(result), clusters, default);

    /// <inheritdoc cref="LeaveOneClusterOut(PooledResult, IReadOnlyList{string})"/>
    public static OmissionResult LeaveOneClusterOut(this StratifiedResult result, IReadOnlyList<string> clusters) => WithoutClusters(Refits.Of(result), clusters, default);

    /// <summary>Leaves each cluster out in turn: the studies of one team, country or design.</summary>
    /// <param name="result">A model without moderators.</param>
    /// <param name="clusters">The cluster of each row of the data, in their order.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="PoolingException">All studies are of one cluster.</exception>
    /// <exception cref="ArgumentException">There is not one cluster name per row, one is empty, or the model has moderators.</exception>
    public static OmissionResult LeaveOneClusterOut(this CountModelResult result, IReadOnlyList<string> clusters, CancellationToken cancellation = default) =>
        WithoutClusters(Refits.Of(result), clusters, cancellation);

    private static OmissionResult Without(Refits refits, int count, CancellationToken cancellation)
    {
        var k = refits.Studies.Count;
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "At least one study is left out.");
        }

        if (k < count + 2)
        {
            throw new PoolingException(FormattableString.Invariant(
                $"Leaving {(count == 1 ? "one study" : $"{count} studies")} out needs at least {count + 2} studies, so that two are left to be pooled; there {(k == 1 ? "is 1" : $"are {k}")}."));
        }

        double choices = 1;
        for (var i = 0; i < count; i++)
        {
            choices = Math.Round(choices * (k - i) / (i + 1));
        }

        if (choices > MostSubsets)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {choices:N0} ways to leave {count} of {k} studies out, more than {MostSubsets:N0}: leave fewer out, or look at all subsets (Gosh)."), nameof(count));
        }

        return Of(refits, [.. Choices(k, count)], out_ => string.Join(", ", out_.Select(i => refits.Studies[i].Label)), cancellation);
    }

    private static OmissionResult WithoutClusters(Refits refits, IReadOnlyList<string> clusters, CancellationToken cancellation)
    {
        var members = Clusters(refits.Studies, refits.Effects.Count, clusters);
        return Of(refits, [.. members.Select(cluster => cluster.Studies)], out_ => clusters[refits.Studies[out_[0]].Row], cancellation);
    }

    /// <summary>The clusters in the order of their first studies, each with the positions of its studies in the model.</summary>
    /// <exception cref="PoolingException">All studies are of one cluster.</exception>
    /// <exception cref="ArgumentException">There is not one cluster name per effect size, or one is empty.</exception>
    internal static IReadOnlyList<(string Label, int[] Studies)> Clusters(IReadOnlyList<(string Label, int Row)> studies, int effects, IReadOnlyList<string> clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if (clusters.Count != effects)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {clusters.Count} clusters, but {effects} effect sizes: name one cluster per effect size, in the same order."), nameof(clusters));
        }

        foreach (var (label, row) in studies)
        {
            if (string.IsNullOrWhiteSpace(clusters[row]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{label} (row {row + 1}) has no cluster: give its name, one of its own where it stands alone."), nameof(clusters));
            }
        }

        (string Label, int[] Studies)[] members =
            [.. Enumerable.Range(0, studies.Count).GroupBy(i => clusters[studies[i].Row], StringComparer.Ordinal).Select(group => (group.Key, group.ToArray()))];
        return members.Length >= 2
            ? members
            : throw new PoolingException($"Leaving one cluster out needs at least 2 clusters; all studies are of one ({members[0].Label}).");
    }

    private static OmissionResult Of(Refits refits, IReadOnlyList<int[]> omitted, Func<int[], string> label, CancellationToken cancellation)
    {
        int[] all = [.. Enumerable.Range(0, refits.Studies.Count)];
        var fits = refits.FitAll([.. omitted.Select(out_ => Array.FindAll(all, i => Array.BinarySearch(out_, i) < 0)), all], cancellation);
        var subsets = new SubsetResult[omitted.Count];
        for (var i = 0; i < subsets.Length; i++)
        {
            subsets[i] = fits[i] with { Label = label(omitted[i]), Rows = Array.ConvertAll(omitted[i], study => refits.Studies[study].Row) };
        }

        var whole = fits[^1] with { Label = "all studies" };
        return new OmissionResult { Model = refits.Model, Whole = whole, Subsets = subsets, Notes = SubsetNotes.Omitted(whole, subsets, refits.Effects.Measure) };
    }

    /// <summary>All choices of some of the numbers below k, each in ascending order, in lexicographic order.</summary>
    private static IEnumerable<int[]> Choices(int k, int count)
    {
        int[] choice = [.. Enumerable.Range(0, count)];
        while (true)
        {
            yield return [.. choice];
            var last = count - 1;
            while (last >= 0 && choice[last] == k - count + last)
            {
                last--;
            }

            if (last < 0)
            {
                yield break;
            }

            choice[last]++;
            for (var i = last + 1; i < count; i++)
            {
                choice[i] = choice[i - 1] + 1;
            }
        }
    }
}

/// <summary>A result with some of its studies left out in turn.</summary>
public sealed partial record OmissionResult
{
    /// <summary>The result of all studies as it was given.</summary>
    public required IPooledEffect Model { get; init; }

    /// <summary>The result of all studies.</summary>
    public required SubsetResult Whole { get; init; }

    /// <summary>One result for each study, cluster or choice of studies that was left out, in the order of the studies; its label says what was left out.</summary>
    public required IReadOnlyList<SubsetResult> Subsets { get; init; }

    /// <summary>What holds throughout and what does not, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
