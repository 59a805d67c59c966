using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>Standard errors of models of dependent effects that hold even where the model of the dependence is wrong.</summary>
/// <remarks>
/// Pustejovsky and Tipton (2018), Journal of Business and Economic Statistics 36:672, doi:10.1080/07350015.2016.1247004; for meta-analysis the same (2022), Prevention
/// Science 23:425, doi:10.1007/s11121-021-01246-3.
/// </remarks>
public static class MultilevelRobust
{
    /// <summary>
    /// Keeps the coefficients of a model and replaces their covariance by a cluster-robust one, made from the residuals of whole clusters. The model is the working
    /// model: the better it is, the more precise the estimate, but the errors are right without it.
    /// </summary>
    /// <param name="result">A model of dependent effects.</param>
    /// <param name="clusters">
    /// The cluster of each effect size, in the order of the effect sizes that were given. Effects of different clusters must be independent in the model, so that it
    /// is the outermost grouping or one above it. Null: the groups of effects that the model makes dependent on each other.
    /// </param>
    /// <param name="type">The kind; CR2 unless there is a reason.</param>
    /// <exception cref="ArgumentException">There is not one cluster name per effect size, or one is empty.</exception>
    /// <exception cref="PoolingException">There are no more clusters than coefficients, or the model makes effects of different clusters dependent.</exception>
    public static MultilevelRobustResult Robust(this MultilevelResult result, IReadOnlyList<string>? clusters = null, RobustType type = RobustType.CR2)
    {
        ArgumentNullException.ThrowIfNull(result);
        var model = result.Model;
        var groups = Groups(result, clusters);
        var (p, fit) = (model.P, model.Maximum.Fit);
        var root = Matrix<double>.Build.DenseOfRowMajor(p, p, fit.Covariance).Cholesky().Factor;
        var parts = groups.ConvertAll(group => Part(model, group, fit.Coefficients, root));
        return MultilevelRobustResult.From(new ClusterCovariance(fit.Coefficients, root, parts, model.K, type), result, type);
    }

    /// <summary>The effects of each cluster.</summary>
    internal static List<int[]> Groups(MultilevelResult result, IReadOnlyList<string>? clusters)
    {
        var model = result.Model;
        var groups = clusters is null ? Independent(model).Groups().ToList() : Given(result, clusters);
        if (groups.Count <= Math.Max(1, model.P))
        {
            throw new PoolingException(FormattableString.Invariant(
                $"{(groups.Count == 1 ? "1 cluster" : $"{groups.Count} clusters")} cannot carry a robust covariance of {(model.P == 1 ? "1 coefficient" : $"{model.P} coefficients")}: at least {Math.Max(1, model.P) + 1} are needed."));
        }

        return groups;
    }

    /// <summary>The effects that the model makes dependent on each other.</summary>
    internal static DisjointSets Independent(MultilevelModel model)
    {
        var links = new DisjointSets(model.K);
        var ties = model.V.Blocks.Select(block => block.Rows).Concat(model.Parts.SelectMany(part => Enumerable.Range(0, model.K).GroupBy(i => part.Levels[i]).Select(level => level.ToArray())));
        foreach (var tie in ties)
        {
            for (var i = 1; i < tie.Length; i++)
            {
                links.Join(tie[0], tie[i]);
            }
        }

        return links;
    }

    /// <exception cref="ArgumentException">There is not one cluster name per effect size, or an effect of the model has none.</exception>
    internal static void CheckClusters(MultilevelResult result, IReadOnlyList<string> clusters)
    {
        var model = result.Model;
        if (clusters.Count != result.Effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There are {clusters.Count} clusters, but {result.Effects.Count} effect sizes: name one cluster per effect size, in the same order."), nameof(clusters));
        }

        for (var i = 0; i < model.K; i++)
        {
            if (string.IsNullOrWhiteSpace(clusters[model.Rows[i]]))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{result.Studies[i].Effect.Label} (row {model.Rows[i] + 1}) has no cluster: give its name, one of its own where it stands alone."), nameof(clusters));
            }
        }
    }

    private static List<int[]> Given(MultilevelResult result, IReadOnlyList<string> clusters)
    {
        CheckClusters(result, clusters);
        var model = result.Model;
        foreach (var group in Independent(model).Groups())
        {
            if (Array.Find(group, i => clusters[model.Rows[i]] != clusters[model.Rows[group[0]]]) is var other and > 0)
            {
                throw new PoolingException(
                    $"The model makes {result.Studies[group[0]].Effect.Label} (cluster {clusters[model.Rows[group[0]]]}) and {result.Studies[other].Effect.Label} (cluster {clusters[model.Rows[other]]}) dependent, but they are in different clusters: name a grouping that holds all dependent effects together.");
            }
        }

        return [.. Enumerable.Range(0, model.K).GroupBy(i => clusters[model.Rows[i]], StringComparer.Ordinal).Select(group => group.ToArray())];
    }

    /// <summary>A cluster of a fit with some coefficients; the root is that of their covariance.</summary>
    internal static ClusterPart Part(MultilevelModel model, int[] group, double[] coefficients, Matrix<double> root)
    {
        var (n, p) = (group.Length, model.P);
        var lower = Matrix<double>.Build.DenseOfRowMajor(n, n, model.Marginal(group)).Cholesky().Factor;
        var factor = lower.Transpose().ToColumnMajorArray();
        var (design, residuals) = (new double[p + 1][], Vector<double>.Build.Dense(n));
        for (var j = 0; j <= p; j++)
        {
            design[j] = Array.ConvertAll(group, i => j < p ? model.X[i * p + j] : model.Y[i] - Enumerable.Range(0, p).Sum(c => model.X[i * p + c] * coefficients[c]));
            DenseCholesky.SolveLower(factor, n, design[j]);
        }

        var q = Matrix<double>.Build.Dense(n, p, (i, j) => design[j][i]) * root;
        residuals.SetValues(design[p]);
        return new ClusterPart(q, residuals, Matrix<double>.Build.DenseIdentity(n) - q.TransposeAndMultiply(q), lower.TransposeThisAndMultiply(lower));
    }
}
