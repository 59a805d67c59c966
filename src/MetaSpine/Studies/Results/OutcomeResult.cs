namespace MetaSpine;

/// <summary>What a study reports of one outcome, in one group or arm (or between two arms), at one time.</summary>
public abstract record OutcomeResult : FileRecord
{
    /// <summary>The named denominator that the numbers count from.</summary>
    public string? Group { get; init; }

    /// <summary>The arm that the numbers belong to.</summary>
    public string? Arm { get; init; }

    /// <summary>The two arms that are compared, where the numbers are of a comparison.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>The time of measurement.</summary>
    public string? Timepoint { get; init; }

    /// <summary>Where the numbers come from, unless a number says otherwise itself.</summary>
    public Source? Source { get; init; }

    /// <summary>Anything a reader of the result should know.</summary>
    public string? Notes { get; init; }

    /// <summary>Where a number of this result comes from: its own source, or else the result's.</summary>
    /// <param name="number">A number of this result.</param>
    public Source? SourceOf(ReportedNumber? number) => number?.Source ?? Source;

    /// <summary>The shape of a result: where it stands, then its own keys, then its provenance.</summary>
    internal static Shape<R> Describe<R>(string name, string doc, Func<R> start, Func<Keys<R>, Keys<R>> own) where R : OutcomeResult => new(name, doc, start, keys => own(keys
        .Optional("group", "The named denominator that the numbers count from.", Codecs.Id,
            r => r.Group, (r, v) => (R)((OutcomeResult)r with { Group = v }))
        .Optional("arm", "The arm that the numbers belong to.", Codecs.Id, r => r.Arm, (r, v) => (R)((OutcomeResult)r with { Arm = v }))
        .Optional("comparison", "The two arms that are compared.", Comparison.Shape,
            r => r.Comparison, (r, v) => (R)((OutcomeResult)r with { Comparison = v }))
        .Optional("timepoint", "The time of measurement.", Codecs.Id,
            r => r.Timepoint, (r, v) => (R)((OutcomeResult)r with { Timepoint = v })))
        .Optional("source", "Where the numbers come from, unless a number says otherwise itself.", Source.Shape,
            r => r.Source, (r, v) => (R)((OutcomeResult)r with { Source = v }))
        .Optional("notes", "Anything a reader of the result should know.", Codecs.Text,
            r => r.Notes, (r, v) => (R)((OutcomeResult)r with { Notes = v })));
}

/// <summary>Two arms that are compared.</summary>
public sealed record Comparison : FileRecord
{
    /// <summary>The arm of the treatment in question.</summary>
    public required string Intervention { get; init; }

    /// <summary>The arm that it is compared with.</summary>
    public required string Control { get; init; }

    internal static readonly Shape<Comparison> Shape = new(
        "Comparison", "Two arms that are compared.", () => new() { Intervention = "", Control = "" }, keys => keys
        .Required("intervention", "The arm of the treatment in question.", Codecs.Id,
            c => c.Intervention, (c, v) => c with { Intervention = v })
        .Required("control", "The arm that it is compared with.", Codecs.Id, c => c.Control, (c, v) => c with { Control = v }));
}
