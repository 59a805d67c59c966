using MathNet.Numerics.LinearAlgebra;

namespace MetaSpine;

/// <summary>
/// Robust variance estimation: weighted least squares with weights from a simple working model of the dependence, whose variances are moment estimates, and
/// cluster-robust errors that need no model. The method of the R package robumeta.
/// </summary>
/// <remarks>
/// Hedges, Tipton and Johnson (2010), Research Synthesis Methods 1:39, doi:10.1002/jrsm.5; small-sample errors CR2 with Satterthwaite's degrees of freedom: Tipton
/// (2015), doi:10.1037/met0000011. The variances solve the equations that set quadratic forms of the residuals to their expectations, here computed exactly by sums
/// over clusters.
/// </remarks>
public static class RobustVariance
{
    /// <summary>
    /// Effects of one cluster are correlated because they come from the same people: weights 1/(n (v + tau^2)) with the mean v of the cluster's n sampling
    /// variances.
    /// </summary>
    /// <param name="effects">The effect sizes. Those without an estimate or a moderator are left out and listed.</param>
    /// <param name="clusters">The cluster of each effect size: usually its study.</param>
    /// <param name="design">Moderators; null for the pooled effect.</param>
    /// <param name="rho">The assumed correlation of the sampling errors of one cluster, from 0 to 1; it changes only tau^2, and that little. <value>Default 0.8, as robumeta.</value></param>
    /// <param name="level">The level of intervals.</param>
    /// <exception cref="ArgumentException">There is not one cluster per effect size, or rho is no correlation.</exception>
    /// <exception cref="PoolingException">There are no more clusters than coefficients.</exception>
    public static RobustVarianceResult FitCorrelated(EffectSizes effects, IReadOnlyList<string> clusters, DesignMatrix? design = null, double rho = .8, double level = .95) =>
        rho is >= 0 and <= 1
            ? Fit(effects, clusters, design, rho, level)
            : throw new ArgumentOutOfRangeException(nameof(rho), rho, "The correlation of sampling errors lies from 0 to 1.");

    /// <summary>
    /// Effects of one cluster are those of different people, whose true effects resemble each other: weights 1/(v + tau^2 + omega^2) with variances between
    /// clusters and between effects of a cluster.
    /// </summary>
    /// <inheritdoc cref="FitCorrelated"/>
    public static RobustVarianceResult FitHierarchical(EffectSizes effects, IReadOnlyList<string> clusters, DesignMatrix? design = null, double level = .95) =>
        Fit(effects, clusters, design, null, level);

    private static RobustVarianceResult Fit(EffectSizes effects, IReadOnlyList<string> clusters, DesignMatrix? design, double? rho, double level)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(clusters);
        if (design is not null && design.RowCount != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The design matrix has {design.RowCount} rows, but there are {effects.Count} effect sizes: give one row per effect size, in the same order."), nameof(design));
        }

        var usable = UsableRows.Select(effects, design);
        var columns = design?.Columns ?? ["estimate"];
        double[] x = design is null ? [.. Enumerable.Repeat(1.0, usable.Count)] : usable.DesignOf(design);
        var data = new ModelData(usable.Y, usable.V, x, columns, usable.Rows.ToArray());
        var members = ClusterRobust.Members(data, clusters, effects);
        var model = new WorkingModel(data, members);
        var (tau2, omega2, i2, working) = rho is { } assumed ? model.Correlated(assumed) : model.Hierarchical();
        var covariance = ClusterCovariance.Of(data with { V = working }, 0, members, RobustType.CR2);
        return RobustVarianceResult.From(covariance, data, effects, usable.Excluded, rho, tau2, omega2, i2, level);
    }

    /// <summary>The moment estimates, by sums over clusters.</summary>
    private sealed class WorkingModel
    {
        private readonly ModelData _data;
        private readonly List<int[]> _clusters;

        public WorkingModel(ModelData data, int[] members)
        {
            _data = data;
            _clusters = [.. Enumerable.Range(0, data.K).GroupBy(i => members[i]).Select(group => group.ToArray())];
        }

        /// <summary>tau^2, and I^2 as the excess of Q over its expectation without heterogeneity.</summary>
        public (double Tau2, double? Omega2, double? I2, double[] Working) Correlated(double rho)
        {
            var (p, mean, weights) = (_data.P, new double[_data.K], new double[_data.K]);
            foreach (var cluster in _clusters)
            {
                var average = cluster.Average(i => _data.V[i]);
                foreach (var i in cluster)
                {
                    (mean[i], weights[i]) = (average, 1 / (cluster.Length * average));
                }
            }

            var (inverse, residuals) = Fit(weights);
            var q = Enumerable.Range(0, _data.K).Sum(i => weights[i] * residuals[i] * residuals[i]);
            double slope = 0;
            var (between, sampling) = (Matrix<double>.Build.Dense(p, p), Matrix<double>.Build.Dense(p, p));
            foreach (var cluster in _clusters)
            {
                var (w, v) = (weights[cluster[0]], mean[cluster[0]]);
                var sum = Sum(cluster, _ => 1);
                slope += cluster.Length * w;
                between += w * w * sum.OuterProduct(sum);
                var squares = Matrix<double>.Build.Dense(p, p);
                foreach (var i in cluster)
                {
                    squares += Row(i).OuterProduct(Row(i));
                }

                sampling += w * w * v * ((1 - rho) * squares + rho * sum.OuterProduct(sum));
            }

            var expected = _clusters.Count - (inverse * sampling).Trace();
            var tau2 = Math.Max(0, (q - expected) / (slope - (inverse * between).Trace()));
            return (tau2, null, q > 0 ? Math.Max(0, 100 * (q - expected) / q) : 0, [.. _clusters.SelectMany(cluster => cluster.Select(i => (i, Variance: cluster.Length * (mean[i] + tau2)))).OrderBy(pair => pair.i).Select(pair => pair.Variance)]);
        }

        /// <summary>tau^2 between clusters and omega^2 within, from the weighted squares of residuals and the squares of their sums per cluster.</summary>
        public (double Tau2, double? Omega2, double? I2, double[] Working) Hierarchical()
        {
            var (k, p) = (_data.K, _data.P);
            double[] weights = [.. _data.V.Select(v => 1 / v)];
            var (inverse, residuals) = Fit(weights);
            var squared = Matrix<double>.Build.Dense(p, p);
            for (var i = 0; i < k; i++)
            {
                squared += weights[i] * weights[i] * Row(i).OuterProduct(Row(i));
            }

            var sums = _clusters.ConvertAll(cluster => (Plain: Sum(cluster, _ => 1), Weighted: Sum(cluster, i => weights[i])));
            var products = Matrix<double>.Build.Dense(p, p);
            foreach (var (_, weighted) in sums)
            {
                products += weighted.OuterProduct(weighted);
            }

            double q = 0, q1 = 0, a1 = 0, b1 = 0, c1 = 0;
            for (var c = 0; c < _clusters.Count; c++)
            {
                var (cluster, n) = (_clusters[c], _clusters[c].Length);
                var back = inverse * sums[c].Plain;
                var overlap = sums[c].Weighted * back;
                q += cluster.Sum(i => weights[i] * residuals[i] * residuals[i]);
                q1 += Math.Pow(cluster.Sum(i => residuals[i]), 2);
                a1 += n * n - 2 * n * overlap + back * products * back;
                b1 += n - 2 * overlap + back * squared * back;
                c1 += cluster.Sum(i => _data.V[i]) - sums[c].Plain * back;
            }

            var a2 = weights.Sum() - (inverse * products).Trace();
            var b2 = weights.Sum() - (inverse * squared).Trace();
            var excess = q - (k - p);
            var omega2 = Math.Max(0, (a2 * (q1 - c1) - a1 * excess) / (b1 * a2 - b2 * a1) is var solved && double.IsFinite(solved) ? solved : 0);
            var tau2 = Math.Max(0, (excess - omega2 * b2) / a2);
            return (tau2, omega2, null, [.. _data.V.Select(v => v + tau2 + omega2)]);
        }

        private (Matrix<double> Inverse, double[] Residuals) Fit(double[] weights)
        {
            var fit = new OrthogonalFit(_data.K, _data.P);
            if (fit.Fit(_data.Y, Array.ConvertAll(weights, weight => 1 / weight), _data.X, Weighting.InverseVariance(0)) is var dependent and >= 0)
            {
                throw new PoolingException(Collinearity.Describe(_data.X, _data.Columns, dependent));
            }

            var root = Matrix<double>.Build.DenseOfRowMajor(_data.P, _data.P, fit.InverseR());
            return (root.TransposeAndMultiply(root), [.. fit.Residuals.Zip(weights, (residual, weight) => residual / Math.Sqrt(weight))]);
        }

        private Vector<double> Row(int i) => Vector<double>.Build.Dense(_data.P, j => _data.X[i * _data.P + j]);

        private Vector<double> Sum(int[] cluster, Func<int, double> weight) =>
            Vector<double>.Build.Dense(_data.P, j => cluster.Sum(i => weight(i) * _data.X[i * _data.P + j]));
    }
}
