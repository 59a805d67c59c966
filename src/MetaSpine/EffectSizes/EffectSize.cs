namespace MetaSpine;

/// <summary>One study's estimate and its sampling variance, on the scale of the measure (log for ratios).</summary>
public sealed record EffectSize
{
    /// <summary>The study's name.</summary>
    public required string Label { get; init; }

    /// <summary>The estimate on the analysis scale (the log odds ratio for OR, the logit for PLO); NaN where it cannot be computed.</summary>
    public required double Estimate { get; init; }

    /// <summary>The sampling variance of the estimate; NaN where it cannot be computed.</summary>
    public required double Variance { get; init; }

    /// <summary>The number of participants (person-time for rates) as reported, before any correction; NaN where unknown.</summary>
    public double Size { get; init; } = double.NaN;

    /// <summary>What was done to the study's numbers before computing, such as a continuity correction; null when nothing.</summary>
    public string? Adjustment { get; init; }

    /// <summary>What speaks against the estimate and should be looked up; null when nothing.</summary>
    public string? Doubt { get; init; }

    /// <summary>Why there is no estimate, and what would give one; null when there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether there is an estimate with its variance.</summary>
    public bool IsComputed => Problem is null;

    /// <summary>The standard error, the square root of the variance.</summary>
    public double StandardError => Math.Sqrt(Variance);

    /// <summary>The study's own normal-theory interval on the analysis scale.</summary>
    /// <param name="level">The confidence level, 0.95 unless said.</param>
    public Interval Interval(double level = 0.95)
    {
        var margin = NormalDistribution.UpperQuantile((1 - level) / 2) * StandardError;
        return new Interval(Estimate - margin, Estimate + margin, level);
    }
}
