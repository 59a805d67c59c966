namespace MetaSpine;

/// <content>How V is made from variances and assumed or reported correlations, and exactly from shared groups.</content>
public sealed partial class SamplingCovariance
{
    /// <summary>One assumed correlation between all effects of a cluster: the commonest choice where several effects of a study come from the same people.</summary>
    /// <param name="variances">The sampling variances; NaN where an effect has none.</param>
    /// <param name="cluster">What holds dependent effects together, one value per effect.</param>
    /// <param name="rho">The correlation of their sampling errors, between -1 and 1; <see cref="CorrelationSweep"/> shows what hangs on it.</param>
    /// <exception cref="ArgumentException">A variable has another length or lacks a value, or the correlation is impossible.</exception>
    public static SamplingCovariance WithinClusters(IReadOnlyList<double> variances, Predictor cluster, double rho)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var rows = Known(variances);
        CovarianceInput.Check(cluster, variances.Count, rows);
        CovarianceInput.Correlation(rho, nameof(rho));
        var groups = rows.GroupBy(cluster.Category).Select(group => group.ToArray());
        return Of(variances.Count, groups.Concat(Unknown(variances)), (i, j) => i == j ? variances[i] : rho * Math.Sqrt(variances[i] * variances[j]));
    }

    /// <summary>The same from effect sizes and their variances.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <inheritdoc cref="WithinClusters(IReadOnlyList{double}, Predictor, double)"/>
    /// <param name="cluster"/><param name="rho"/>
    public static SamplingCovariance WithinClusters(EffectSizes effects, Predictor cluster, double rho) => WithinClusters(Variances(effects), cluster, rho);

    /// <summary>Assumed correlations by cluster, observation, type, time and shared groups: what the function vcalc of metafor does.</summary>
    /// <param name="variances">The sampling variances; NaN where an effect has none.</param>
    /// <param name="dependence">Which effects share people, and the correlations.</param>
    /// <returns>V; possibly not positive definite where correlations contradict each other: <see cref="CheckPositiveDefinite"/> says so.</returns>
    /// <exception cref="ArgumentException">A variable has another length, lacks a value or its correlation, or a correlation is impossible.</exception>
    public static SamplingCovariance Assumed(IReadOnlyList<double> variances, SamplingDependence dependence)
    {
        Known(variances);
        ArgumentNullException.ThrowIfNull(dependence);
        return DependenceMatrix.Of(variances, dependence);
    }

    /// <summary>The same from effect sizes and their variances.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="dependence">Which effects share people, and the correlations.</param>
    /// <inheritdoc cref="Assumed(IReadOnlyList{double}, SamplingDependence)" path="/returns|/exception"/>
    public static SamplingCovariance Assumed(EffectSizes effects, SamplingDependence dependence) => Assumed(Variances(effects), dependence);

    /// <summary>
    /// Correlations that were reported, laid out as in the argument rvars of metafor's vcalc: each effect's row holds its correlations with the effects of its cluster, in their
    /// order. Only those with effects before it are read; what is left may be NaN.
    /// </summary>
    /// <param name="variances">The sampling variances; 1 for all where the rows hold variances and covariances.</param>
    /// <param name="cluster">What holds dependent effects together.</param>
    /// <param name="rows">One row per effect: its value with the first, second ... effect of its cluster, up to itself (1 for a correlation).</param>
    /// <exception cref="ArgumentException">A row is too short, or one of its values missing.</exception>
    public static SamplingCovariance FromCorrelations(IReadOnlyList<double> variances, Predictor cluster, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(rows);
        var known = Known(variances);
        CovarianceInput.Check(cluster, variances.Count, known);
        if (rows.Count != variances.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {rows.Count} rows of correlations, but {variances.Count} effect sizes: give one per effect size, in the same order."), nameof(rows));
        }

        var place = new int[rows.Count];
        int[][] groups = [.. known.GroupBy(cluster.Category).Select(group => group.ToArray())];
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Length; i++)
            {
                place[group[i]] = i;
                for (var j = 0; j <= i; j++)
                {
                    if (rows[group[i]].Count <= j || !double.IsFinite(rows[group[i]][j]))
                    {
                        throw new ArgumentException(FormattableString.Invariant(
                            $"Row {group[i] + 1} lacks its value with row {group[j] + 1}: effect {i + 1} of {cluster.Name} {cluster.Category(group[i])} needs {i + 1} values, those with the effects before it and itself."), nameof(rows));
                    }
                }
            }
        }

        return Of(variances.Count, groups.Concat(Unknown(variances)), (i, j) =>
        {
            var (later, earlier) = place[i] >= place[j] ? (i, j) : (j, i);
            return double.IsFinite(variances[i]) ? rows[later][place[earlier]] * Math.Sqrt(variances[i] * variances[j]) : double.NaN;
        });
    }

    /// <summary>
    /// The covariances of effects that share a group of people, from the numbers that the effects were computed from: several treatments and one control group, say. Exact in the
    /// sense of the variances: each group's part of an effect's variance is what another effect with that group shares with it.
    /// </summary>
    /// <param name="effects">The effect sizes, all of one outcome: MD, SMD, SMDH, SMD1, SMD1H, ROM, VR, CVR, RR, OR, RD, AS, OR2DN, OR2DL, IRR, IRD or IRSD, with any variance.</param>
    /// <param name="study">The study of each.</param>
    /// <param name="control">The name of the control (second) group of each, unique within its study.</param>
    /// <param name="treatment">The name of the treatment (first) group; where null, no two effects share one.</param>
    /// <param name="commonSpread">
    /// For SMD: whether the standard deviation of all of them is that of all groups of the study together (given as sd1i and sd2i), so that its error is shared by all effects.
    /// The diagonal of V is then 1/n1 + 1/n2 + d²/(2n), n being the people of all groups (Gleser and Olkin 2009). <value>Default false: each effect has the standard deviation of its two groups.</value>
    /// </param>
    /// <remarks>
    /// Gleser and Olkin (2009), Stochastically dependent effect sizes, in Cooper, Hedges and Valentine, The Handbook of Research Synthesis and Meta-Analysis, 2nd edition, 357-376; for SMD with the standard
    /// deviations of two groups each the covariance is that of the delta method, 1/n + d_i d_j n / (2 N_i N_j) for a shared group of n people.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The measure is not computed group by group, a group has other numbers in another row of its study, or two rows compare the same groups.
    /// </exception>
    public static SamplingCovariance SharedGroups(EffectSizes effects, Predictor study, Predictor control, Predictor? treatment = null, bool commonSpread = false)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(control);
        return SharedGroupMatrix.Of(effects, study, control, treatment, commonSpread);
    }

    private static double[] Variances(EffectSizes effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        return [.. effects.Studies.Select(effect => effect.Variance)];
    }

    /// <summary>The rows that have a variance, once it is sure that none is negative.</summary>
    private static int[] Known(IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(variances);
        for (var row = 0; row < variances.Count; row++)
        {
            if (variances[row] < 0 || double.IsInfinity(variances[row]))
            {
                throw new ArgumentException(FormattableString.Invariant($"The variance in row {row + 1} is {variances[row]}; it must be a number above 0, or NaN where there is none."), nameof(variances));
            }
        }

        return [.. Enumerable.Range(0, variances.Count).Where(row => !double.IsNaN(variances[row]))];
    }

    private static IEnumerable<int[]> Unknown(IReadOnlyList<double> variances) =>
        Enumerable.Range(0, variances.Count).Where(row => double.IsNaN(variances[row])).Select(row => (int[])[row]);
}
