namespace MetaSpine;

/// <summary>The results of a study file that RevMan's rows stand for.</summary>
/// <param name="source">The analysis.</param>
/// <param name="experimental">The arm of the experimental group.</param>
/// <param name="control">The arm of the control group.</param>
/// <param name="faults">Takes what cannot be.</param>
internal sealed class RevManResults(RevManAnalysis source, StudyArm experimental, StudyArm control, List<FileFault> faults)
{
    /// <summary>The kind of numbers.</summary>
    public OutcomeType Type => source.Data switch
    {
        RevManData.Dichotomous => OutcomeType.Dichotomous,
        RevManData.Continuous => OutcomeType.Continuous,
        RevManData.ObservedMinusExpected when source.Measure == "HR" => OutcomeType.TimeToEvent,
        _ => OutcomeType.Estimate,
    };

    /// <summary>The results of a row: one for each arm, or one estimate.</summary>
    public IEnumerable<OutcomeResult> Of(RevManRow row, string? group)
    {
        var comparison = new Comparison { Intervention = experimental.Id, Control = control.Id };
        return Type switch
        {
            OutcomeType.Dichotomous => [Counts(row, row.Experimental, "Events 1", experimental, group, row.Footnote), Counts(row, row.Control, "Events 2", control, group, null)],
            OutcomeType.Continuous => [Means(row, row.Experimental, "1", experimental, group, row.Footnote), Means(row, row.Control, "2", control, group, null)],
            OutcomeType.TimeToEvent => [new TimeToEventResult
            {
                Group = group,
                Comparison = comparison,
                LogRank = new LogRank { ObservedMinusExpected = Number(row.ObservedMinusExpected), Variance = NotNegative(row, row.Variance, "the variance of O-E") },
                Notes = row.Footnote,
            }],
            _ => [Estimate(row) with { Group = group, Comparison = comparison, Notes = row.Footnote }],
        };
    }

    /// <summary>Whether an estimate would be made of a row of which RevMan makes none. Tables without events are left out by the same rule as there.</summary>
    public bool WouldBeEstimated(RevManRow row) => !row.IsEstimable && source.Data switch
    {
        RevManData.Dichotomous => source.Measure == "RD" && row is { Experimental.Total: > 0, Control.Total: > 0 },
        RevManData.Continuous => row is { Experimental.Total: > 0, Control.Total: > 0 } && (row.Experimental.Sd > 0 || row.Control.Sd > 0),
        RevManData.Generic => row is { Estimate: not null, StandardError: > 0 },
        _ => row.Variance > 0,
    };

    private DichotomousResult Counts(RevManRow row, RevManArm arm, string what, StudyArm of, string? group, string? footnote)
    {
        var (events, total) = (Count(row, arm.Events, what), Count(row, arm.Total, what.Replace("Events", "Total", StringComparison.Ordinal)));
        if (events > total)
        {
            faults.Add(new(row.Position, FormattableString.Invariant($"{row.Study} has {events} events of {total} participants ({what}) in analysis {source.Number}")));
        }

        return !source.SwapsEvents ? new() { Group = group, Arm = of.Id, Events = Number(events), Total = Number(total), Notes = footnote } : new()
        {
            Group = group,
            Arm = of.Id,
            Events = Number(total - events),
            NonEvents = Number(events),
            Total = Number(total),
            Source = new Source { Kind = SourceKind.Derived, How = "total less the events that were entered: the analysis swaps event and non-event" },
            Notes = footnote,
        };
    }

    private ContinuousResult Means(RevManRow row, RevManArm arm, string number, StudyArm of, string? group, string? footnote) => new()
    {
        Group = group,
        Arm = of.Id,
        N = Number(Count(row, arm.Total, $"Total {number}")),
        Mean = Number(arm.Mean),
        Sd = NotNegative(row, arm.Sd, $"SD {number}"),
        Notes = footnote,
    };

    private EstimateResult Estimate(RevManRow row)
    {
        var measure = source.Measure == "GEN" ? null : source.Measure;
        if (source.Data == RevManData.Generic)
        {
            return new() { Measure = measure, Scale = EstimateScale.Analysis, Value = Number(row.Estimate), Se = NotNegative(row, row.StandardError, "the standard error") };
        }

        var (difference, variance) = (row.ObservedMinusExpected, row.Variance);
        NotNegative(row, variance, "the variance of O-E");
        return new()
        {
            Measure = measure,
            Scale = EstimateScale.Analysis,
            Value = variance > 0 ? Number(difference / variance) : null,
            Se = variance > 0 ? Number(1 / Math.Sqrt(variance.Value)) : null,
            Source = new Source { Kind = SourceKind.Computed, How = FormattableString.Invariant($"(O-E)/V and 1/sqrt(V), of O-E = {difference} and V = {variance}") },
        };
    }

    private double? Count(RevManRow row, double? value, string what)
    {
        if (value is not null && !(value >= 0 && value == Math.Floor(value.Value) && value <= int.MaxValue))
        {
            faults.Add(new(row.Position, FormattableString.Invariant($"{what} of {row.Study} in analysis {source.Number} is {value}, expected a count")));
        }

        return value;
    }

    private ReportedNumber? NotNegative(RevManRow row, double? value, string what)
    {
        if (value < 0)
        {
            faults.Add(new(row.Position, FormattableString.Invariant($"{what} of {row.Study} in analysis {source.Number} is {value}, which is negative")));
        }

        return Number(value);
    }

    /// <summary>The shortest text of a number: RevMan holds 5.0 where 5 was entered, so that its zeros say nothing of precision.</summary>
    private static ReportedNumber? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
