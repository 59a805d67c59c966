namespace MetaSpine;

/// <summary>A finding of the integrity checks that a person has looked into and explained.</summary>
public sealed record IntegrityWaiver : FileRecord
{
    /// <summary>The rule: one of <see cref="IntegrityRules.All"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>The finding's path, or the beginning of it; absent for every finding of the rule.</summary>
    public string? Path { get; init; }

    /// <summary>Why the finding is not an error.</summary>
    public required string Reason { get; init; }

    internal static readonly Shape<IntegrityWaiver> Shape = new(
        "IntegrityWaiver", "A finding of the checks that was looked into.", () => new() { Rule = "", Reason = "" }, keys => keys
        .Required("rule", "The rule whose finding is waived.", IntegrityRules.Codec, w => w.Rule, (w, v) => w with { Rule = v })
        .Optional("path", "The finding's path, or the beginning of it.", Codecs.Text, w => w.Path, (w, v) => w with { Path = v })
        .Required("reason", "Why the finding is not an error.", Codecs.Text, w => w.Reason, (w, v) => w with { Reason = v }));
}

/// <summary>What reviewers say about the integrity checks of a study.</summary>
public sealed record IntegritySettings : FileRecord
{
    /// <summary>The findings that were looked into and explained.</summary>
    public ValueList<IntegrityWaiver> Waive { get; init; } = [];

    internal static readonly Shape<IntegritySettings> Shape = new(
        "IntegritySettings", "What reviewers say about the integrity checks.", () => new(), keys => keys
        .List("waive", "The findings that were looked into and explained.", IntegrityWaiver.Shape,
            i => i.Waive, (i, v) => i with { Waive = v }));
}
