namespace MetaSpine;

/// <summary>The part that an arm plays in a comparison.</summary>
public enum ArmRole
{
    /// <summary>The treatment in question.</summary>
    Intervention,

    /// <summary>What it is compared with.</summary>
    Control,
}

/// <summary>A treatment group. A case series has none or one.</summary>
public sealed record StudyArm : FileRecord
{
    /// <summary>The name that results refer to.</summary>
    public required string Id { get; init; }

    /// <summary>What the arm received, in a few words.</summary>
    public string? Label { get; init; }

    /// <summary>The part it plays in comparisons.</summary>
    public ArmRole? Role { get; init; }

    /// <summary>How many were in it.</summary>
    public ReportedNumber? N { get; init; }

    /// <summary>What was done.</summary>
    public string? Description { get; init; }

    /// <summary>When it was done: the rule by which patients received it.</summary>
    public string? Indication { get; init; }

    /// <summary>Where this comes from.</summary>
    public Source? Source { get; init; }

    internal static readonly Choices<ArmRole> Roles = new("a role", ("intervention", ArmRole.Intervention), ("control", ArmRole.Control));

    internal static readonly Shape<StudyArm> Shape = new("StudyArm", "A treatment group.", () => new() { Id = "" }, keys => keys
        .Optional("label", "What the arm received, in a few words.", Codecs.Text, a => a.Label, (a, v) => a with { Label = v })
        .Value("role", "The part it plays in comparisons.", Roles, a => a.Role, (a, v) => a with { Role = v })
        .Optional("n", "How many were in it.", Codecs.Count, a => a.N, (a, v) => a with { N = v })
        .Optional("description", "What was done.", Codecs.Text, a => a.Description, (a, v) => a with { Description = v })
        .Optional("indication", "The rule by which patients received it.", Codecs.Text,
            a => a.Indication, (a, v) => a with { Indication = v })
        .Optional("source", "Where this comes from.", Source.Shape, a => a.Source, (a, v) => a with { Source = v }));

    internal static readonly KeyedCodec<StudyArm> Map = new("arm", Shape, a => a.Id, (a, id) => a with { Id = id });
}
