namespace MetaSpine;

/// <summary>Standard errors and tests that allow effect sizes of one cluster (a trial, a laboratory, a school district) to depend on each other.</summary>
public static class ClusterRobust
{
    /// <summary>
    /// Keeps the coefficients of a model and replaces their covariance by a cluster-robust one. It is made from the residuals, so that it
    /// holds whatever the dependence inside clusters is; the model's own test (Knapp-Hartung or another) plays no part in it.
    /// </summary>
    /// <param name="result">A pooled result or a meta-regression, whose weights 1/(v + tau^2) are those of the robust fit.</param>
    /// <param name="clusters">The cluster of each effect size, in the order of the effect sizes that were given; those left out of the model are skipped.</param>
    /// <param name="type">The kind; CR2 unless there is a reason (to match a published analysis, or very many clusters).</param>
    /// <exception cref="ArgumentException">There is not one cluster name per effect size, one is empty, or the model has weights of the user.</exception>
    /// <exception cref="PoolingException">There are no more clusters than coefficients, or only one.</exception>
    public static RobustResult Robust(this ModelResult result, IReadOnlyList<string> clusters, RobustType type = RobustType.CR2)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(clusters);
        if (result.Options.Weights is not null || !result.Options.Weighted)
        {
            throw new ArgumentException("The robust covariance is that of a fit with inverse-variance weights 1/(v + tau^2); fit the model without weights of your own.", nameof(result));
        }

        var data = ModelData.Of(result);
        var members = Members(data, clusters, result.Effects);
        return RobustResult.From(ClusterCovariance.Of(data, result.Tau2, members, type), result, data, type);
    }

    /// <summary>The clusters of the studies of a model, numbered from 0.</summary>
    internal static int[] Members(ModelData data, IReadOnlyList<string> clusters, EffectSizes effects)
    {
        if (clusters.Count != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {clusters.Count} clusters, but {effects.Count} effect sizes: name one cluster per effect size, in the same order."), nameof(clusters));
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var members = new int[data.K];
        for (var i = 0; i < data.K; i++)
        {
            var name = clusters[data.Rows[i]];
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{effects.Studies[data.Rows[i]].Label} (row {data.Rows[i] + 1}) has no cluster: give its name, one of its own where it stands alone."), nameof(clusters));
            }

            members[i] = numbers.TryGetValue(name, out var number) ? number : numbers[name] = numbers.Count;
        }

        if (numbers.Count <= Math.Max(1, data.P))
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{(numbers.Count == 1 ? "1 cluster" : $"{numbers.Count} clusters")} cannot carry a robust covariance of {(data.P == 1 ? "1 coefficient" : $"{data.P} coefficients")}: at least {Math.Max(1, data.P) + 1} are needed."));
        }

        return members;
    }
}

/// <summary>The kinds of cluster-robust covariance, for m clusters, k effect sizes and p coefficients.</summary>
public enum RobustType
{
    /// <summary>The sandwich as it is (Liang and Zeger 1986, doi:10.1093/biomet/73.1.13); too small with few clusters. Tests: t and F with m - p.</summary>
    CR0,

    /// <summary>CR0 times m/(m - 1), as Stata's commands for likelihood models. Tests: t and F with m - p.</summary>
    CR1,

    /// <summary>CR0 times m/(m - p). Tests: t and F with m - p (the default of metafor's robust).</summary>
    CR1p,

    /// <summary>CR0 times m/(m - 1) (k - 1)/(k - p), as Stata's regression commands. Tests: t and F with m - p.</summary>
    CR1S,

    /// <summary>
    /// Bias-reduced linearisation: exactly unbiased where the working model, independence with variances v + tau^2, holds. Tests: t with
    /// Satterthwaite's degrees of freedom (Bell and McCaffrey 2002, Survey Methodology 28:169; Tipton 2015, doi:10.1037/met0000011) and
    /// F by approximate Hotelling, HTZ (Pustejovsky and Tipton 2018, doi:10.1080/07350015.2016.1247004). Recommended.
    /// </summary>
    CR2,

    /// <summary>
    /// Close to the jackknife over clusters: residuals as they are when their cluster is left out (Bell and McCaffrey 2002); rather too large with few
    /// clusters. Tests: t and F with m - p.
    /// </summary>
    CR3,
}
