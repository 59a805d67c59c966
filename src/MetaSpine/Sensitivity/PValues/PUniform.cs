namespace MetaSpine;

/// <summary>Computes p-uniform.</summary>
public static class PUniform
{
    /// <summary>Estimates the effect from the significant studies of one direction.</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect; its level is used.</param>
    /// <param name="estimator">How uniformity is measured. <value>Default P, as its authors recommend.</value></param>
    /// <param name="side">The direction that was favoured; that of the equal-effects estimate where null.</param>
    /// <param name="alpha">The two-sided level at which studies are significant. <value>Default 0.05.</value></param>
    /// <exception cref="PoolingException">No study is significant in the favoured direction, or the estimate does not exist.</exception>
    /// <exception cref="ArgumentException">The measure has no value of no effect, or the level is no proportion.</exception>
    public static PUniformResult PUniformAnalysis(
        this PooledResult result, PUniformEstimator estimator = PUniformEstimator.P, FunnelSide? side = null, double alpha = .05)
    {
        var evidence = Evidence.Of(result);
        var critical = Critical(alpha);
        var equal = FunnelLine.Mean(evidence.Y, Array.ConvertAll(evidence.V, v => 1 / v));
        var favoured = side ?? Evidence.SideOf(equal);
        var turned = evidence.Towards(favoured);
        int[] significant = [.. Enumerable.Range(0, turned.K).Where(i => turned.Z[i] > critical)];
        if (significant.Length == 0)
        {
            throw new PoolingException($"p-uniform uses significant studies only, and none of the {turned.K} is significant on the {favoured.ToString().ToLowerInvariant()} side.");
        }

        var sample = new SignificantSample(Array.ConvertAll(significant, i => turned.Y[i]), Array.ConvertAll(significant, i => turned.V[i]), Array.ConvertAll(significant, _ => critical));
        var sign = favoured == FunnelSide.Right ? 1.0 : -1;
        var fit = sample.Fit(estimator, result.Options.Level, sign * equal);
        Interval? interval = fit.Interval is { } i
            ? sign > 0 ? i with { Lower = i.Lower + evidence.Null, Upper = i.Upper + evidence.Null } : i with { Lower = evidence.Null - i.Upper, Upper = evidence.Null - i.Lower }
            : null;
        var found = new PUniformResult
        {
            Estimator = estimator,
            Estimate = sign * fit.Estimate + evidence.Null,
            Interval = interval,
            EffectTest = fit.Effect,
            BiasTest = fit.Bias,
            EqualEffectsEstimate = equal + evidence.Null,
            SignificantCount = significant.Length,
            Side = favoured,
            Notes = [],
        };
        double estimate = result.Effects.BackTransform(found.Estimate), all = result.Effects.BackTransform(found.EqualEffectsEstimate);
        var range = interval is { } bounds
            ? SmallStudyNotes.Text($" ({100 * bounds.Level:0.##}% interval {result.Effects.BackTransform(bounds.Lower):G3} to {result.Effects.BackTransform(bounds.Upper):G3})")
            : "";
        return found with
        {
            Notes =
            [
                SmallStudyNotes.Text($"p-uniform ({estimator}) from {significant.Length} significant of {evidence.K} studies: {result.Effects.Measure.ReadAs} {estimate:G3}{range}, against {all:G3} of all studies under equal effects{(fit.Bias is { } bias ? SmallStudyNotes.Text($"; publication bias {SmallStudyNotes.P(bias.PValue)}") : "")}."),
                .. result.I2 > 50 ? (string[])[SmallStudyNotes.Text($"I² is {result.I2:0}%: with such heterogeneity p-uniform overestimates; p-uniform* allows for it.")] : [],
                .. fit.Estimate < 0 ? (string[])["The estimate lies against the favoured direction, which many p-values just below the level bring about; its authors advise to report no effect instead."] : [],
            ],
        };
    }

    internal static double Critical(double alpha) => alpha is > 0 and < 1
        ? NormalDistribution.UpperQuantile(alpha / 2)
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 1.");
}
