namespace MetaSpine;

/// <summary>What a reviewer decides about a record, from the one that leads out of the review to the one that leads into it.</summary>
public enum ScreeningVerdict
{
    /// <summary>It does not belong into the review.</summary>
    Exclude,

    /// <summary>The reviewer cannot tell.</summary>
    Maybe,

    /// <summary>It belongs into the review, or is to be read in full.</summary>
    Include,
}

/// <summary>The steps at which decisions are made.</summary>
public enum ScreeningStage
{
    /// <summary>On the title and the abstract of a record.</summary>
    TitleAbstract,

    /// <summary>On the full text of a report.</summary>
    FullText,
}

/// <summary>One decision of one reviewer about one record.</summary>
public sealed record ScreeningDecision : FileRecord
{
    /// <summary>The record: its number, DOI or whatever tells it from others.</summary>
    public required string Record { get; init; }

    /// <summary>Who decided. <see cref="Final"/> is the name of what was decided together, or by a third person, in the end.</summary>
    public required string Reviewer { get; init; }

    /// <summary>At which step. <value>Default <see cref="ScreeningStage.TitleAbstract"/>.</value></summary>
    public ScreeningStage Stage { get; init; }

    /// <summary>The decision.</summary>
    public required ScreeningVerdict Decision { get; init; }

    /// <summary>Why, where the record is excluded.</summary>
    public string? Reason { get; init; }

    /// <summary>The reviewer that stands for the decision in the end: it settles conflicts and takes no part in agreement.</summary>
    public const string Final = "final";

    internal static readonly Choices<ScreeningVerdict> Verdicts = new("a decision", ("include", ScreeningVerdict.Include), ("exclude", ScreeningVerdict.Exclude), ("maybe", ScreeningVerdict.Maybe));

    internal static readonly Choices<ScreeningStage> Stages =
        new("a stage", ("title_abstract", ScreeningStage.TitleAbstract), ("full_text", ScreeningStage.FullText));

    internal static readonly Shape<ScreeningDecision> Shape = new(
        "ScreeningDecision", "A decision of one reviewer about one record.", () => new() { Record = "", Reviewer = "", Decision = default }, keys => keys
        .Required("record", "The record: its number, DOI or whatever tells it from others.", Codecs.Text, d => d.Record, (d, v) => d with { Record = v })
        .Required("reviewer", "Who decided; 'final' for what was decided together in the end.", Codecs.Text, d => d.Reviewer, (d, v) => d with { Reviewer = v })
        .Value("stage", "At which step; title_abstract unless given.", Stages, d => d.Stage, (d, v) => d with { Stage = v })
        .Add(new ValueField<ScreeningDecision, ScreeningVerdict>("decision", "The decision.", Verdicts, d => d.Decision, (d, v) => d with { Decision = v }) { Required = true })
        .Optional("reason", "Why, where the record is excluded.", Codecs.Text, d => d.Reason, (d, v) => d with { Reason = v }));
}
