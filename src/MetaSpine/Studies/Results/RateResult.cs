namespace MetaSpine;

/// <summary>Events over a time that people were under observation.</summary>
public sealed record RateResult : OutcomeResult
{
    /// <summary>How many events happened; one person may have several.</summary>
    public ReportedNumber? Events { get; init; }

    /// <summary>The time under observation, summed over people, in <see cref="Per"/>.</summary>
    public ReportedNumber? PersonTime { get; init; }

    /// <summary>The unit of the time: person-years, catheter-days.</summary>
    public string? Per { get; init; }

    /// <summary>How many people were observed.</summary>
    public ReportedNumber? N { get; init; }

    internal static readonly Shape<RateResult> Shape = Describe<RateResult>("RateResult", "Events over a time under observation.", () => new(), keys => keys
        .Optional("events", "How many events happened.", Codecs.Count, r => r.Events, (r, v) => r with { Events = v })
        .Optional("person_time", "The time under observation, summed over people.", Codecs.NotNegative,
            r => r.PersonTime, (r, v) => r with { PersonTime = v })
        .Optional("per", "The unit of the time: person-years, catheter-days.", Codecs.Text, r => r.Per, (r, v) => r with { Per = v })
        .Optional("n", "How many people were observed.", Codecs.Count, r => r.N, (r, v) => r with { N = v }));
}
