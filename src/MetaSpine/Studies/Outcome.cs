namespace MetaSpine;

/// <summary>The kind of numbers by which an outcome is reported.</summary>
public enum OutcomeType
{
    /// <summary>Events of a total.</summary>
    Dichotomous,
    /// <summary>A measured quantity.</summary>
    Continuous,
    /// <summary>Time until an event.</summary>
    TimeToEvent,
    /// <summary>Events over observed time.</summary>
    Rate,
    /// <summary>A correlation of two quantities.</summary>
    Correlation,
    /// <summary>A test against a reference standard.</summary>
    Diagnostic,
    /// <summary>Counts on an ordered scale.</summary>
    Ordinal,
    /// <summary>A ready estimate.</summary>
    Estimate,
}

/// <summary>Which way an outcome is better for the patient.</summary>
public enum OutcomeDirection
{
    /// <summary>More, or more often, is better.</summary>
    HigherIsBetter,
    /// <summary>Less, or less often, is better.</summary>
    LowerIsBetter,
    /// <summary>Neither.</summary>
    Neutral,
}

/// <summary>Something that a study measured, with what it reports of it.</summary>
public sealed record Outcome : FileRecord
{
    /// <summary>The name that analyses refer to, the same in every study of a review.</summary>
    public required string Id { get; init; }

    /// <summary>The name that readers see.</summary>
    public string? Label { get; init; }

    /// <summary>The kind of numbers; every result of the outcome is of it.</summary>
    public required OutcomeType Type { get; init; }

    /// <summary>The unit of the numbers.</summary>
    public string? Unit { get; init; }

    /// <summary>The scale of a continuous outcome, which decides what means and standard deviations are possible.</summary>
    public OutcomeScale? Scale { get; init; }

    /// <summary>Which way is better.</summary>
    public OutcomeDirection? Direction { get; init; }

    /// <summary>What exactly this study counted or measured.</summary>
    public string? Definition { get; init; }

    /// <summary>What is reported: one result for each group or arm and time.</summary>
    public ValueList<OutcomeResult> Results { get; init; } = [];

    internal static readonly Choices<OutcomeType> Types = new("an outcome type",
        ("dichotomous", OutcomeType.Dichotomous), ("continuous", OutcomeType.Continuous), ("time_to_event", OutcomeType.TimeToEvent),
        ("rate", OutcomeType.Rate), ("correlation", OutcomeType.Correlation), ("diagnostic", OutcomeType.Diagnostic),
        ("ordinal", OutcomeType.Ordinal), ("estimate", OutcomeType.Estimate));

    internal static readonly Choices<OutcomeDirection> Directions = new("a direction",
        ("higher_is_better", OutcomeDirection.HigherIsBetter), ("lower_is_better", OutcomeDirection.LowerIsBetter),
        ("neutral", OutcomeDirection.Neutral));

    internal static readonly Shape<Outcome> Shape = new(
        "Outcome", "Something that the study measured.", () => new() { Id = "", Type = ResultsField.NoType }, keys => keys
        .Required("id", "The name that analyses refer to.", Codecs.Id, o => o.Id, (o, v) => o with { Id = v })
        .Optional("label", "The name that readers see.", Codecs.Text, o => o.Label, (o, v) => o with { Label = v })
        .Add(new ValueField<Outcome, OutcomeType>("type", "The kind of numbers by which it is reported.", Types,
            o => o.Type, (o, v) => o with { Type = v }) { Required = true })
        .Optional("unit", "The unit of the numbers.", Codecs.Text, o => o.Unit, (o, v) => o with { Unit = v })
        .Optional("scale", "The scale of a continuous outcome: what its values can be.", OutcomeScale.Shape, o => o.Scale, (o, v) => o with { Scale = v })
        .Value("direction", "Which way is better.", Directions, o => o.Direction, (o, v) => o with { Direction = v })
        .Optional("definition", "What exactly was counted or measured.", Codecs.Text,
            o => o.Definition, (o, v) => o with { Definition = v })
        .Add(new ResultsField()));
}
