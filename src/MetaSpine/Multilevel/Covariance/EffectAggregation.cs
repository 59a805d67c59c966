namespace MetaSpine;

/// <summary>Makes one effect of the several effects of a study: the simple alternative to a model of dependent effects, for <see cref="MetaAnalysis"/> and all that follows it.</summary>
/// <remarks>
/// As the function aggregate.escalc of metafor. Aggregation loses moderators that vary within studies; where every effect answers the question, little else
/// (Borenstein et al. 2009, Introduction to Meta-Analysis, chapter 24, doi:10.1002/9780470743386.ch24).
/// </remarks>
public static class EffectAggregation
{
    /// <summary>One effect per cluster, under an assumed structure of the sampling errors.</summary>
    /// <param name="effects">The effect sizes; those without an estimate are left out of their cluster.</param>
    /// <param name="cluster">The study of each.</param>
    /// <param name="options">The structure and its correlations.</param>
    /// <returns>One effect per cluster, in the order of their first effects and under their names, of the same measure.</returns>
    /// <exception cref="ArgumentException">An option is missing, out of range or of another length.</exception>
    /// <exception cref="PoolingException">The correlations of a cluster are impossible.</exception>
    public static EffectSizes Aggregate(this EffectSizes effects, Predictor cluster, AggregationOptions options)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(options);
        int[] rows = [.. Enumerable.Range(0, effects.Count).Where(row => effects.Studies[row].IsComputed)];
        CovarianceInput.Check(cluster, effects.Count, rows);
        var correlation = options.Correlation(effects.Count, rows);
        double Root(int row) => effects.Studies[row].StandardError;
        return Clusters(
            effects, cluster, options.Weighted, options.Structure == AggregationStructure.ID, (i, j) => i == j ? effects.Studies[i].Variance : correlation(i, j) * Root(i) * Root(j));
    }

    /// <summary>One effect per cluster, with a given matrix V.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="cluster">The study of each.</param>
    /// <param name="covariance">The sampling covariance of all effect sizes.</param>
    /// <param name="weighted">Whether effects are weighted by the inverse of V. <value>Default true; without, they count alike.</value></param>
    /// <inheritdoc cref="Aggregate(EffectSizes, Predictor, AggregationOptions)" path="/returns|/exception"/>
    public static EffectSizes Aggregate(this EffectSizes effects, Predictor cluster, SamplingCovariance covariance, bool weighted = true)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(covariance);
        if (covariance.Count != effects.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"V is of {covariance.Count} effects, but there are {effects.Count} effect sizes: give a row for each, in the same order."), nameof(covariance));
        }

        CovarianceInput.Check(cluster, effects.Count, Enumerable.Range(0, effects.Count).Where(row => effects.Studies[row].IsComputed));
        return Clusters(effects, cluster, weighted, covariance.IsDiagonal, (i, j) => covariance[i, j]);
    }

    private static EffectSizes Clusters(EffectSizes effects, Predictor cluster, bool weighted, bool independent, Func<int, int, double> covariance)
    {
        var clusters = Enumerable.Range(0, effects.Count).Where(row => !cluster.IsMissing(row)).GroupBy(cluster.Category).ToList();
        var means = clusters.ConvertAll(group => Mean.Of(effects, [.. group], $"{cluster.Name} {group.Key}", weighted, independent, covariance));
        var combined = ReadyMeasures.Like(effects.Measure).Compute(new EffectData(clusters.ConvertAll(group => group.Key))
        {
            ["yi"] = means.ConvertAll(mean => mean.Estimate),
            ["vi"] = means.ConvertAll(mean => mean.Variance),
            ["ni"] = means.ConvertAll(mean => mean.Size),
        });
        return combined with
        {
            Studies = [.. combined.Studies.Zip(means, (study, mean) => study with
            {
                Adjustment = mean.Count > 1 ? FormattableString.Invariant($"{(weighted ? "weighted " : "")}mean of {mean.Count} effects") : null,
                Doubt = mean.IsOutside ? "the mean lies outside the range of the effects that it is of, because the assumed correlations give some a negative weight; aggregate without weights, or assume smaller correlations" : null,
                Problem = study.Problem is null ? null : "none of its effects has an estimate",
            })],
        };
    }

    /// <summary>The mean of a cluster's effects.</summary>
    private sealed record Mean(double Estimate, double Variance, double Size, int Count, bool IsOutside)
    {
        public static Mean Of(EffectSizes effects, int[] all, string name, bool weighted, bool independent, Func<int, int, double> covariance)
        {
            int[] rows = [.. all.Where(row => effects.Studies[row].IsComputed)];
            var n = rows.Length;
            if (n == 0)
            {
                return new Mean(double.NaN, double.NaN, double.NaN, 0, false);
            }

            var v = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    v[i * n + j] = covariance(rows[i], rows[j]);
                }
            }

            var factor = v.ToArray();
            if (DenseCholesky.Factor(factor, n) >= 0)
            {
                throw new PoolingException($"The sampling covariances of {name} ({CovarianceInput.Rows(rows)}) are impossible: they are not positive definite. Assume a smaller correlation, or take the nearest matrix that is (NearestPositiveDefinite).");
            }

            var weights = Enumerable.Repeat(1.0 / n, n).ToArray();
            if (weighted)
            {
                Array.Fill(weights, 1);
                DenseCholesky.SolveLower(factor, n, weights);
                DenseCholesky.SolveUpper(factor, n, weights);
                var sum = weights.Sum();
                weights = Array.ConvertAll(weights, weight => weight / sum);
            }

            double[] y = [.. rows.Select(row => effects.Studies[row].Estimate)];
            double estimate = 0, variance = 0;
            for (var i = 0; i < n; i++)
            {
                estimate += weights[i] * y[i];
                for (var j = 0; j < n; j++)
                {
                    variance += weights[i] * weights[j] * v[i * n + j];
                }
            }

            var sizes = rows.Select(row => effects.Studies[row].Size);
            return new Mean(estimate, variance, independent ? sizes.Sum() : sizes.Max(), n, n > 1 && (estimate < y.Min() || estimate > y.Max()) && weights.Any(weight => weight < 0));
        }
    }
}
