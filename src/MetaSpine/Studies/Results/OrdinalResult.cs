namespace MetaSpine;

/// <summary>How many stand on each step of an ordered scale, or moved between its steps.</summary>
public sealed record OrdinalResult : OutcomeResult
{
    /// <summary>The scale: Frankel, complete/mild/none.</summary>
    public string? Scale { get; init; }

    /// <summary>Of how many.</summary>
    public ReportedNumber? Total { get; init; }

    /// <summary>How many stand on each step, in the order of the scale.</summary>
    public ValueList<Part> Counts { get; init; } = [];

    /// <summary>How many moved from one step to another.</summary>
    public ValueList<Transition> Transitions { get; init; } = [];

    internal static readonly Shape<OrdinalResult> Shape = Describe<OrdinalResult>("OrdinalResult", "Counts on an ordered scale.", () => new(), keys => keys
        .Optional("scale", "The scale.", Codecs.Text, r => r.Scale, (r, v) => r with { Scale = v })
        .Optional("total", "Of how many.", Codecs.Count, r => r.Total, (r, v) => r with { Total = v })
        .Many("counts", "How many stand on each step, in the order of the scale.", Part.Counts,
            r => r.Counts, (r, v) => r with { Counts = v })
        .List("transitions", "How many moved from one step to another.", Transition.Shape,
            r => r.Transitions, (r, v) => r with { Transitions = v }));
}

/// <summary>Patients who moved from one step of a scale to another (or stayed).</summary>
public sealed record Transition : FileRecord
{
    /// <summary>The step before.</summary>
    public required string From { get; init; }

    /// <summary>The step after.</summary>
    public required string To { get; init; }

    /// <summary>How many.</summary>
    public ReportedNumber? N { get; init; }

    internal static readonly Shape<Transition> Shape = new(
        "Transition", "Patients who moved from one step of a scale to another.", () => new() { From = "", To = "" }, keys => keys
        .Required("from", "The step before.", Codecs.Text, t => t.From, (t, v) => t with { From = v })
        .Required("to", "The step after.", Codecs.Text, t => t.To, (t, v) => t with { To = v })
        .Optional("n", "How many.", Codecs.Count, t => t.N, (t, v) => t with { N = v }));
}
