namespace MetaSpine;

/// <summary>How many had the event, of how many.</summary>
public sealed record DichotomousResult : OutcomeResult
{
    /// <summary>How many had the event.</summary>
    public ReportedNumber? Events { get; init; }

    /// <summary>Of how many; where absent, the size of the group or arm.</summary>
    public ReportedNumber? Total { get; init; }

    /// <summary>How many did not have the event.</summary>
    public ReportedNumber? NonEvents { get; init; }

    /// <summary>How many events those with the event had together: 12 complications in 11 patients are 11 events and 12 occurrences.</summary>
    public ReportedNumber? Occurrences { get; init; }

    /// <summary>The percentage as the report prints it.</summary>
    public ReportedNumber? ReportedPercent { get; init; }

    internal static readonly Shape<DichotomousResult> Shape = Describe<DichotomousResult>(
        "DichotomousResult", "How many had the event, of how many.", () => new(), keys => keys
        .Optional("events", "How many had the event.", Codecs.Count, r => r.Events, (r, v) => r with { Events = v })
        .Optional("total", "Of how many.", Codecs.Count, r => r.Total, (r, v) => r with { Total = v })
        .Optional("non_events", "How many did not have the event.", Codecs.Count, r => r.NonEvents, (r, v) => r with { NonEvents = v })
        .Optional("occurrences", "How many events they had together, where one patient can have several.", Codecs.Count,
            r => r.Occurrences, (r, v) => r with { Occurrences = v })
        .Optional("reported_percent", "The percentage as the report prints it.", Codecs.Percent,
            r => r.ReportedPercent, (r, v) => r with { ReportedPercent = v }));
}
