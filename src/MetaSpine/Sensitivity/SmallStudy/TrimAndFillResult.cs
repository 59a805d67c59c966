namespace MetaSpine;

/// <summary>A pooled result after trim and fill: a sensitivity analysis, not an estimate of what would have been published.</summary>
public sealed partial record TrimAndFillResult
{
    /// <summary>The estimator of the number of missing studies.</summary>
    public required TrimFillEstimator Estimator { get; init; }

    /// <summary>The side of the funnel plot on which studies are missing.</summary>
    public required FunnelSide Side { get; init; }

    /// <summary>The estimated number of missing studies, k0.</summary>
    public required int MissingCount { get; init; }

    /// <summary>Its standard error.</summary>
    public required double MissingStandardError { get; init; }

    /// <summary>The p-value of no missing study, which R0 alone has: (1/2)^(k0 + 1).</summary>
    public required double? MissingPValue { get; init; }

    /// <summary>The result of the studies there are.</summary>
    public required PooledResult Original { get; init; }

    /// <summary>The result with the filled studies; that of the studies there are where none is missing.</summary>
    public required PooledResult Adjusted { get; init; }

    /// <summary>The studies filled in, as mirror images: for a funnel plot.</summary>
    public required IReadOnlyList<EffectSize> Filled { get; init; }

    /// <summary>How many times the studies were trimmed.</summary>
    public required int Iterations { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>How trim and fill estimates the number of missing studies (Duval and Tweedie 2000, doi:10.1080/01621459.2000.10473905).</summary>
public enum TrimFillEstimator
{
    /// <summary>From Wilcoxon's rank sum, linearly.</summary>
    L0,

    /// <summary>From the run of the largest ranks on one side.</summary>
    R0,

    /// <summary>From Wilcoxon's rank sum, by a quadratic equation.</summary>
    Q0,
}

/// <summary>A side of a funnel plot.</summary>
public enum FunnelSide
{
    /// <summary>The side of smaller values.</summary>
    Left,

    /// <summary>The side of larger values.</summary>
    Right,
}
