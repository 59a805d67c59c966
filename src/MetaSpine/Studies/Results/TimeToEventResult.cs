namespace MetaSpine;

/// <summary>Time until an event: a hazard ratio between arms, or survival in one arm or group.</summary>
public sealed record TimeToEventResult : OutcomeResult
{
    /// <summary>How many were followed.</summary>
    public ReportedNumber? N { get; init; }

    /// <summary>How many had the event.</summary>
    public ReportedNumber? Events { get; init; }

    /// <summary>The hazard ratio, intervention to control, on its natural scale.</summary>
    public ReportedNumber? HazardRatio { get; init; }

    /// <summary>The hazard ratio's confidence interval, natural scale.</summary>
    public ReportedInterval? Ci { get; init; }

    /// <summary>The standard error of the log hazard ratio.</summary>
    public ReportedNumber? Se { get; init; }

    /// <summary>The p-value of the comparison, two-sided.</summary>
    public ReportedNumber? P { get; init; }

    /// <summary>Whether the intervention has the lower or the higher hazard, where a p-value with the events is all that is reported.</summary>
    public FirstGroup? Direction { get; init; }

    /// <summary>The log-rank statistics.</summary>
    public LogRank? LogRank { get; init; }

    /// <summary>The median survival, in the outcome's unit.</summary>
    public ReportedNumber? MedianSurvival { get; init; }

    /// <summary>The median survival's confidence interval.</summary>
    public ReportedInterval? MedianCi { get; init; }

    /// <summary>The proportions surviving at given times.</summary>
    public ValueList<SurvivalPoint> SurvivalAt { get; init; } = [];

    /// <summary>What the hazard ratio is adjusted for; none for an unadjusted one.</summary>
    public ValueList<string> AdjustedFor { get; init; } = [];

    private static readonly Choices<FirstGroup> Directions = new("a direction", ("lower", FirstGroup.Lower), ("higher", FirstGroup.Higher));

    internal static readonly Shape<TimeToEventResult> Shape = Describe<TimeToEventResult>("TimeToEventResult", "Time until an event.", () => new(), keys => keys
        .Optional("n", "How many were followed.", Codecs.Count, r => r.N, (r, v) => r with { N = v })
        .Optional("events", "How many had the event.", Codecs.Count, r => r.Events, (r, v) => r with { Events = v })
        .Optional("hr", "The hazard ratio, intervention to control.", Codecs.NotNegative,
            r => r.HazardRatio, (r, v) => r with { HazardRatio = v })
        .Optional("ci", "The hazard ratio's confidence interval.", ReportedInterval.Shape, r => r.Ci, (r, v) => r with { Ci = v })
        .Optional("se", "The standard error of the log hazard ratio.", Codecs.StandardError, r => r.Se, (r, v) => r with { Se = v })
        .Optional("p", "The p-value of the comparison.", Codecs.PValue, r => r.P, (r, v) => r with { P = v })
        .Value("direction", "Whether the intervention has the lower or the higher hazard, where p and events are all that is reported.", Directions,
            r => r.Direction, (r, v) => r with { Direction = v })
        .Optional("log_rank", "The log-rank statistics.", LogRank.Shape, r => r.LogRank, (r, v) => r with { LogRank = v })
        .Optional("median_survival", "The median survival, in the outcome's unit.", Codecs.NotNegative,
            r => r.MedianSurvival, (r, v) => r with { MedianSurvival = v })
        .Optional("median_ci", "The median survival's confidence interval.", ReportedInterval.Shape,
            r => r.MedianCi, (r, v) => r with { MedianCi = v })
        .List("survival_at", "The proportions surviving at given times.", SurvivalPoint.Shape,
            r => r.SurvivalAt, (r, v) => r with { SurvivalAt = v })
        .List("adjusted_for", "What the hazard ratio is adjusted for.", Codecs.Text,
            r => r.AdjustedFor, (r, v) => r with { AdjustedFor = v }));
}

/// <summary>The statistics of a log-rank test, which give a hazard ratio (Peto's method).</summary>
public sealed record LogRank : FileRecord
{
    /// <summary>Observed minus expected events in the intervention arm.</summary>
    public ReportedNumber? ObservedMinusExpected { get; init; }

    /// <summary>Its variance.</summary>
    public ReportedNumber? Variance { get; init; }

    internal static readonly Shape<LogRank> Shape = new("LogRank", "The statistics of a log-rank test.", () => new(), keys => keys
        .Optional("o_minus_e", "Observed minus expected events in the intervention arm.", Codecs.Real,
            l => l.ObservedMinusExpected, (l, v) => l with { ObservedMinusExpected = v })
        .Optional("variance", "Its variance.", Codecs.NotNegative, l => l.Variance, (l, v) => l with { Variance = v }));
}

/// <summary>The proportion surviving at a time.</summary>
public sealed record SurvivalPoint : FileRecord
{
    /// <summary>The time in months.</summary>
    public ReportedNumber? Months { get; init; }

    /// <summary>The proportion surviving, from 0 to 1.</summary>
    public ReportedNumber? Proportion { get; init; }

    /// <summary>How many were still at risk.</summary>
    public ReportedNumber? AtRisk { get; init; }

    internal static readonly Shape<SurvivalPoint> Shape = new("SurvivalPoint", "The proportion surviving at a time.", () => new(), keys => keys
        .Optional("months", "The time in months.", Codecs.NotNegative, s => s.Months, (s, v) => s with { Months = v })
        .Optional("proportion", "The proportion surviving, from 0 to 1.", Codecs.Proportion,
            s => s.Proportion, (s, v) => s with { Proportion = v })
        .Optional("at_risk", "How many were still at risk.", Codecs.Count, s => s.AtRisk, (s, v) => s with { AtRisk = v }));
}
