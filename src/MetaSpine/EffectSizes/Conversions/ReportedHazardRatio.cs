namespace MetaSpine;

/// <summary>What a paper reports of a time-to-event comparison: whichever of these it gives.</summary>
/// <remarks>Without any direction given, a p-value alone is of no use: it does not say which group fared better.</remarks>
public sealed record ReportedHazardRatio
{
    /// <summary>The hazard ratio of the first (intervention) to the second (control) group, natural scale.</summary>
    public double? HazardRatio { get; init; }

    /// <summary>The standard error of its logarithm: on the log scale.</summary>
    public double? StandardError { get; init; }

    /// <summary>The lower bound of its interval, natural scale.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper bound of its interval, natural scale.</summary>
    public double? Upper { get; init; }

    /// <summary>The level of the interval as a proportion. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The exact two-sided p-value.</summary>
    public double? P { get; init; }

    /// <summary>Observed minus expected events of the first group.</summary>
    public double? ObservedMinusExpected { get; init; }

    /// <summary>The variance of observed minus expected events.</summary>
    public double? LogRankVariance { get; init; }

    /// <summary>Events of the first group.</summary>
    public double? Events1 { get; init; }

    /// <summary>Events of the second group.</summary>
    public double? Events2 { get; init; }

    /// <summary>Events expected in the first group by the log-rank test.</summary>
    public double? Expected1 { get; init; }

    /// <summary>Events expected in the second group by the log-rank test.</summary>
    public double? Expected2 { get; init; }

    /// <summary>Events of both groups together.</summary>
    public double? TotalEvents { get; init; }

    /// <summary>Participants of the first group per participant of the second. <value>Default 1.</value></summary>
    public double AllocationRatio { get; init; } = 1;

    /// <summary>Whether the first group has the lower or the higher hazard.</summary>
    public FirstGroup? Direction { get; init; }

    /// <summary>The numbers of a result of a study file; bounds such as p &lt; 0.001 have no value and are left out.</summary>
    internal static ReportedHazardRatio Of(TimeToEventResult result) => new()
    {
        HazardRatio = result.HazardRatio?.Value,
        StandardError = result.Se?.Value,
        Lower = result.Ci?.Low?.Value,
        Upper = result.Ci?.High?.Value,
        Level = result.Ci?.Level?.Value ?? 0.95,
        P = result.P?.Value,
        ObservedMinusExpected = result.LogRank?.ObservedMinusExpected?.Value,
        LogRankVariance = result.LogRank?.Variance?.Value,
        TotalEvents = result.Events?.Value,
        Direction = result.Direction,
    };
}
