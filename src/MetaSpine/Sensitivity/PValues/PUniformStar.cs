namespace MetaSpine;

/// <summary>p-uniform*: effect and heterogeneity from all studies, each given whether it is significant.</summary>
/// <remarks>R. C. M. van Aert and M. A. L. M. van Assen, Correcting for publication bias in a meta-analysis with the p-uniform* method (preprint, MetaArXiv 2018), by maximum likelihood, which they recommend.</remarks>
public sealed partial record PUniformStarResult
{
    /// <summary>The estimate on the analysis scale.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its profile-likelihood interval, on the same scale; a bound is infinite where the likelihood does not fall far enough.</summary>
    public required Interval Interval { get; init; }

    /// <summary>tau^2.</summary>
    public required double Tau2 { get; init; }

    /// <summary>Its profile-likelihood interval.</summary>
    public required Interval Tau2Interval { get; init; }

    /// <summary>The likelihood-ratio test of no effect.</summary>
    public required ChiSquaredTest EffectTest { get; init; }

    /// <summary>The likelihood-ratio test of tau^2 = 0, by chi-squared with one degree of freedom, which is conservative at this boundary.</summary>
    public required ChiSquaredTest HeterogeneityTest { get; init; }

    /// <summary>The log-likelihood, all constants included.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of significant studies in the favoured direction.</summary>
    public required int SignificantCount { get; init; }

    /// <summary>The favoured direction.</summary>
    public required FunnelSide Side { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Computes p-uniform*.</summary>
public static class PUniformStar
{
    /// <summary>Estimates effect and heterogeneity, given which studies are significant.</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect; its level is used.</param>
    /// <param name="side">The direction that was favoured; that of the estimate where null.</param>
    /// <param name="alpha">The two-sided level at which studies are significant. <value>Default 0.05.</value></param>
    /// <exception cref="PoolingException">There is one study, or the likelihood has no maximum.</exception>
    /// <exception cref="ArgumentException">The measure has no value of no effect, or the level is no proportion.</exception>
    public static PUniformStarResult PUniformStarAnalysis(this PooledResult result, FunnelSide? side = null, double alpha = .05)
    {
        var evidence = Evidence.Of(result);
        var critical = PUniform.Critical(alpha);
        if (evidence.K < 2)
        {
            throw new PoolingException("p-uniform* estimates an effect and its heterogeneity, for which it needs at least 2 studies; there is 1.");
        }

        var favoured = side ?? Evidence.SideOf(result.Estimate - evidence.Null);
        var turned = evidence.Towards(favoured);
        var likelihood = new ConditionalLikelihood(turned.Y, turned.V, critical);
        var best = likelihood.Maximum();
        var drop = ChiSquared.UpperQuantile(1 - result.Options.Level, 1);
        double lower = likelihood.EffectBound(best, drop, -1), upper = likelihood.EffectBound(best, drop, 1);
        var sign = favoured == FunnelSide.Right ? 1.0 : -1;
        var significant = turned.Z.Count(z => z > critical);
        var interval = new Interval(
            evidence.Null + (sign > 0 ? lower : -upper), evidence.Null + (sign > 0 ? upper : -lower), result.Options.Level);
        var estimate = evidence.Null + sign * best.Effect;
        var effects = result.Effects;
        return new PUniformStarResult
        {
            Estimate = estimate,
            Interval = interval,
            Tau2 = best.Tau2,
            Tau2Interval = new Interval(likelihood.Tau2Bound(best, drop, -1), likelihood.Tau2Bound(best, drop, 1), result.Options.Level),
            EffectTest = Ratio(best.Value - likelihood.AtEffect(0).Value),
            HeterogeneityTest = Ratio(best.Value - likelihood.AtTau2(0).Value),
            LogLikelihood = best.Value,
            SignificantCount = significant,
            Side = favoured,
            Notes =
            [
                SmallStudyNotes.Text($"p-uniform* from {evidence.K} studies, {significant} of them significant: {effects.Measure.ReadAs} {effects.BackTransform(estimate):G3} ({100 * interval.Level:0.##}% interval {effects.BackTransform(interval.Lower):G3} to {effects.BackTransform(interval.Upper):G3}), τ² {best.Tau2:0.####}, against {result.Natural.Estimate:G3} pooled."),
                .. significant == 0 || significant == evidence.K ? (string[])["All studies are on one side of significance, so that little is known of the selection and the interval is wide."] : [],
            ],
        };
    }

    private static ChiSquaredTest Ratio(double gain) => new(Math.Max(0, 2 * gain), 1, ChiSquared.Upper(Math.Max(0, 2 * gain), 1));
}
