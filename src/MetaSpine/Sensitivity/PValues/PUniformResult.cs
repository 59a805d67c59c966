namespace MetaSpine;

/// <summary>p-uniform: the effect at which the p-values of the significant studies, given their significance, are uniform.</summary>
/// <remarks>
/// M. A. L. M. van Assen, R. C. M. van Aert and J. M. Wicherts (2015), Psychological Methods 20:293, doi:10.1037/met0000025; van Aert, Wicherts and van Assen
/// (2016), Perspectives on Psychological Science 11:713, doi:10.1177/1745691616650874.
/// </remarks>
public sealed partial record PUniformResult
{
    /// <summary>The estimator.</summary>
    public required PUniformEstimator Estimator { get; init; }

    /// <summary>The estimate on the analysis scale.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its interval, on the same scale; null for KS and AD, which have none.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>The test of no effect, one-sided in the favoured direction (two-sided for ML); null for KS and AD.</summary>
    public required PUniformTest? EffectTest { get; init; }

    /// <summary>The test of publication bias: whether the equal-effects estimate of all studies is too large for the significant ones; null for KS and AD.</summary>
    public required PUniformTest? BiasTest { get; init; }

    /// <summary>The equal-effects estimate of all studies.</summary>
    public required double EqualEffectsEstimate { get; init; }

    /// <summary>The number of significant studies in the favoured direction, which alone are used.</summary>
    public required int SignificantCount { get; init; }

    /// <summary>The favoured direction.</summary>
    public required FunnelSide Side { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>A test of p-uniform.</summary>
/// <param name="Statistic">A standard normal value for P, a gamma variable with as many shapes as significant studies for LNP and LN1MINP, a likelihood ratio for ML.</param>
/// <param name="PValue">The p-value; for P exact by the Irwin-Hall distribution up to 40 studies.</param>
public readonly record struct PUniformTest(double Statistic, double PValue);

/// <summary>How p-uniform measures uniformity; q are the p-values given significance.</summary>
public enum PUniformEstimator
{
    /// <summary>The sum of q is its expectation, k/2; the default of its authors.</summary>
    P,

    /// <summary>The sum of -ln q is its expectation, k (Fisher's method); sensitive to p-values just below the level.</summary>
    LNP,

    /// <summary>The sum of -ln(1 - q) is its expectation, k.</summary>
    LN1MINP,

    /// <summary>The least Kolmogorov-Smirnov distance.</summary>
    KS,

    /// <summary>The least Anderson-Darling distance.</summary>
    AD,

    /// <summary>The largest likelihood of the significant estimates given their significance.</summary>
    ML,
}
