namespace MetaSpine;

/// <summary>What moved a pooled result.</summary>
public enum ChangeCause
{
    /// <summary>Studies that the later review does not have.</summary>
    Removed,

    /// <summary>Studies whose numbers are others in the later review.</summary>
    Changed,

    /// <summary>Studies that the earlier review does not have.</summary>
    Added,

    /// <summary>Other settings of the analysis.</summary>
    Settings,
}

/// <summary>One step on the way from the earlier result to the later one.</summary>
public sealed record ChangeStep
{
    /// <summary>What was done to the data.</summary>
    public required ChangeCause Cause { get; init; }

    /// <summary>The studies that it was done to; empty for settings.</summary>
    public required ValueList<string> Studies { get; init; }

    /// <summary>The analysis after it; <see langword="null"/> where it cannot be run, and then <see cref="Problem"/> says why.</summary>
    public required AnalysisResult? Result { get; init; }

    /// <summary>Why there is no pooled result.</summary>
    public required string? Problem { get; init; }

    /// <summary>What the step did to the estimate, on the analysis scale; <see langword="null"/> where there is none before or after it, and where the scales are not the same.</summary>
    public required double? Change { get; init; }
}

/// <summary>What happened to one analysis.</summary>
public sealed record AnalysisChange
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the earlier review has it.</summary>
    public required bool IsInEarlier { get; init; }

    /// <summary>Whether the later review has it.</summary>
    public required bool IsInLater { get; init; }

    /// <summary>The result of the earlier review; <see langword="null"/> where that has no such analysis, or cannot run it.</summary>
    public required AnalysisResult? Earlier { get; init; }

    /// <summary>The result of the later review; <see langword="null"/> where that has no such analysis, or cannot run it.</summary>
    public required AnalysisResult? Later { get; init; }

    /// <summary>Why the earlier review has the analysis and no pooled result.</summary>
    public required string? EarlierProblem { get; init; }

    /// <summary>Why the later review has the analysis and no pooled result.</summary>
    public required string? LaterProblem { get; init; }

    /// <summary>The settings that are others.</summary>
    public required ValueList<FieldDifference> Settings { get; init; }

    /// <summary>
    /// The steps that change anything, in this order: studies removed, studies changed, studies added (all under the earlier settings), settings changed. What a cause is said to
    /// have done depends on the order; their sum does not. The last step is the later result.
    /// </summary>
    public required ValueList<ChangeStep> Steps { get; init; }

    /// <summary>The later estimate less the earlier one, on the analysis scale; <see langword="null"/> where one is missing or the scales are not the same.</summary>
    public double? Change => Difference(Earlier, Later);

    /// <summary>Whether both are pooled and say different things of no effect: one interval includes it and the other does not, or both exclude it on different sides.</summary>
    public bool IsConclusionChanged => (Verdict(Earlier), Verdict(Later)) is ({ } before, { } after) && before != after;

    /// <summary>-1 where the whole interval lies below no effect, 1 above, 0 where it includes no effect; <see langword="null"/> without a pooled result and for measures without such a value.</summary>
    internal static int? Verdict(AnalysisResult? result) => result?.Overall is { } overall && result.Measure.NullValue is { } none
        ? overall.Interval.Contains(none) ? 0 : overall.Interval.Lower > none ? 1 : -1
        : null;

    internal static double? Difference(AnalysisResult? earlier, AnalysisResult? later) =>
        earlier?.Overall is { } before && later?.Overall is { } after && earlier.Measure.Code == later.Measure.Code && double.IsFinite(after.Estimate - before.Estimate)
            ? after.Estimate - before.Estimate : null;
}
