namespace MetaSpine;

/// <summary>A significant original study combined with its replication, corrected for the significance of the original.</summary>
/// <remarks>R. C. M. van Aert and M. A. L. M. van Assen (2018), Behavior Research Methods 50:1515, doi:10.3758/s13428-017-0967-6.</remarks>
public sealed partial record HybridResult
{
    /// <summary>The hybrid estimate, on the analysis scale: the effect at which the p-values of both, that of the original given its significance, sum to 1.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its interval, on the same scale.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The two-sided p-value of no effect.</summary>
    public required double PValue { get; init; }

    /// <summary>hybrid-0: the estimate, but 0 where the two p-values average above 1/2 at no effect.</summary>
    public required double HybridZero { get; init; }

    /// <summary>hybrid-R: the replication alone where the original's two-sided p-value is above half the level, otherwise the hybrid estimate. Its authors' recommendation.</summary>
    public required double HybridR { get; init; }

    /// <summary>Its interval.</summary>
    public required Interval HybridRInterval { get; init; }

    /// <summary>The equal-effects estimate of both, uncorrected.</summary>
    public required double EqualEffects { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Combines an original study and a replication.</summary>
public static class HybridReplication
{
    /// <summary>Combines an original study, published because it was significant, with a replication that was published in any case.</summary>
    /// <param name="original">The original estimate, on an analysis scale whose value of no effect is 0.</param>
    /// <param name="originalVariance">Its sampling variance.</param>
    /// <param name="replication">The replication's estimate.</param>
    /// <param name="replicationVariance">Its sampling variance.</param>
    /// <param name="alpha">The two-sided level at which the original was significant. <value>Default 0.05.</value></param>
    /// <param name="criticalEstimate">The size that the original's estimate had to exceed; from the normal distribution where null. Give it where the original used a t test.</param>
    /// <param name="originalPValue">The original's two-sided p-value, for hybrid-R; from the normal distribution where null.</param>
    /// <param name="level">The level of the intervals. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentException">A number is out of range, or the original was not significant.</exception>
    public static HybridResult Combine(
        double original, double originalVariance, double replication, double replicationVariance,
        double alpha = .05, double? criticalEstimate = null, double? originalPValue = null, double level = .95)
    {
        if (!(double.IsFinite(original) && double.IsFinite(replication) && originalVariance > 0 && replicationVariance > 0 && double.IsFinite(originalVariance + replicationVariance)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Two finite estimates with variances above 0 are needed; there are {original} ({originalVariance}) and {replication} ({replicationVariance})."));
        }

        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level lies between 0 and 1.");
        }

        var sign = original < 0 ? -1.0 : 1;
        var error = Math.Sqrt(originalVariance);
        var critical = criticalEstimate / error ?? PUniform.Critical(alpha);
        if (!(sign * original / error > critical))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The original estimate ({original}) is not significant: it does not exceed {critical * error:G4} in size. Then nothing is to be corrected; pool both studies."), nameof(original));
        }

        var sample = new SignificantSample([sign * original, sign * replication], [originalVariance, replicationVariance], [critical, double.NegativeInfinity]);
        var fit = sample.Fit(PUniformEstimator.P, level, 0);
        var interval = sign > 0 ? fit.Interval!.Value : new Interval(-fit.Interval!.Value.Upper, -fit.Interval.Value.Lower, level);
        var alone = (originalPValue ?? NormalDistribution.TwoSided(original / error)) > alpha / 2;
        var weight = replicationVariance / (originalVariance + replicationVariance);
        var estimate = sign * fit.Estimate;
        var found = new HybridResult
        {
            Estimate = estimate,
            Interval = interval,
            PValue = Math.Min(1, 2 * Math.Min(fit.Effect!.Value.PValue, 1 - fit.Effect.Value.PValue)),
            HybridZero = fit.Effect.Value.Statistic > 0 ? 0 : estimate,
            HybridR = alone ? replication : estimate,
            HybridRInterval = alone ? ReferenceDistribution.Normal(level).Around(replication, Math.Sqrt(replicationVariance)) : interval,
            EqualEffects = weight * original + (1 - weight) * replication,
            Notes = [],
        };
        return found with
        {
            Notes = [SmallStudyNotes.Text($"Original and replication together, corrected for the significance of the original (hybrid-R): {found.HybridR:G3} ({100 * level:0.##}% interval {found.HybridRInterval.Lower:G3} to {found.HybridRInterval.Upper:G3}){(alone ? ", the replication alone, as the original is barely significant" : "")}; without correction {found.EqualEffects:G3}.")],
        };
    }
}
