namespace MetaSpine;

/// <summary>
/// An effect that is taken to be common to all studies, estimated from their counts. Estimate and interval are on the analysis
/// scale (log for OR, RR and IRR); <see cref="Natural"/> holds them on the scale that people read.
/// </summary>
public sealed partial record StratifiedResult : IPooledEffect
{
    /// <summary>The method: "Mantel-Haenszel" or "Peto".</summary>
    public required string Method { get; init; }

    /// <summary>The studies' own estimates, of which Q is made; zeros corrected as the options say.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The options.</summary>
    public required StratifiedOptions Options { get; init; }

    /// <summary>The studies whose counts were combined, in order. One that says nothing about the effect has weight 0.</summary>
    public required IReadOnlyList<PooledStudy> Studies { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The number of studies whose counts were combined, those of weight 0 included, k.</summary>
    public int StudyCount => Studies.Count;

    /// <summary>The combined estimate.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>Estimate over standard error.</summary>
    public required double Statistic { get; init; }

    /// <summary>The two-sided p-value of no effect, by the normal distribution.</summary>
    public required double PValue { get; init; }

    /// <summary>The confidence interval, by the normal distribution.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The heterogeneity of the studies' own estimates around the combined one.</summary>
    public required ChiSquaredTest Q { get; init; }

    /// <summary>I^2 in percent, from Q.</summary>
    public double I2 => Q.Statistic > 0 ? Math.Max(0, 100 * (Q.Statistic - Q.DegreesOfFreedom) / Q.Statistic) : 0;

    /// <summary>H^2, Q over its degrees of freedom; null with fewer than two estimates.</summary>
    public double? H2 => Q.DegreesOfFreedom > 0 ? Q.Statistic / Q.DegreesOfFreedom : null;

    /// <summary>The Cochran-Mantel-Haenszel test of no effect in any study; null for Peto's method, whose own test it is.</summary>
    public required ChiSquaredTest? CochranMantelHaenszel { get; init; }

    /// <summary>Cochran's form of the same test, with N^3 in place of N^2 (N - 1); null for rates and for Peto's method.</summary>
    public required ChiSquaredTest? Cochran { get; init; }

    /// <summary>Breslow and Day's test that all odds ratios are equal; null for other measures and with fewer than two informative tables.</summary>
    public required ChiSquaredTest? BreslowDay { get; init; }

    /// <summary>Tarone's correction of that test, which makes its distribution right for the Mantel-Haenszel estimate.</summary>
    public required ChiSquaredTest? Tarone { get; init; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Estimate and interval on the scale that people read.</summary>
    public NaturalResult Natural => new(
        Effects.Measure.ReadAs,
        Effects.BackTransform(Estimate),
        Interval with { Lower = Effects.BackTransform(Interval.Lower), Upper = Effects.BackTransform(Interval.Upper) },
        null);

    /// <inheritdoc/>
    public IReadOnlyList<StudyShare> Shares => [.. Studies.Select(study => new StudyShare(study.Row, study.Weight))];

    string IPooledEffect.ModelName => Method;

    string IPooledEffect.ModelDetail => "";

    double? IPooledEffect.StandardError => StandardError;

    double? IPooledEffect.Statistic => Statistic;

    double? IPooledEffect.DegreesOfFreedom => null;

    Interval? IPooledEffect.PredictionInterval => null;

    double? IPooledEffect.Tau2 => null;

    double? IPooledEffect.I2 => Q.DegreesOfFreedom > 0 ? I2 : null;

    Interval? IPooledEffect.I2Interval => null;

    ChiSquaredTest? IPooledEffect.Heterogeneity => Q.DegreesOfFreedom > 0 ? Q : null;
}
