namespace MetaSpine;

/// <summary>How much a finding weighs.</summary>
public enum IntegritySeverity
{
    /// <summary>Worth knowing; nothing needs to be done.</summary>
    Note,

    /// <summary>Cannot be decided from the file: look at the report again.</summary>
    Warning,

    /// <summary>The numbers contradict each other: they cannot all be right as they stand.</summary>
    Error,
}

/// <summary>A place where the published numbers (or the file's copy of them) disagree with each other. It says nothing about why.</summary>
public sealed record IntegrityFinding
{
    /// <summary>The study.</summary>
    public required string StudyId { get; init; }

    /// <summary>The rule; see <see cref="IntegrityRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it weighs, apart from any waiver.</summary>
    public required IntegritySeverity Severity { get; init; }

    /// <summary>The place in the model: <c>outcomes[0].results[1].events</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The place in the file.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>What is reported.</summary>
    public required string Reported { get; init; }

    /// <summary>What the other numbers give instead; <see langword="null"/> where nothing is computed.</summary>
    public string? Computed { get; init; }

    /// <summary>The values that would fit, such as "24" or "134 to 135" or "none".</summary>
    public string? Admissible { get; init; }

    /// <summary>The finding in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>The reason for which a person has waived it; <see langword="null"/> where nobody has.</summary>
    public string? WaivedBecause { get; init; }

    /// <summary>Whether a person has looked into it and explained it.</summary>
    public bool IsWaived => WaivedBecause is not null;

    /// <summary>Returns one line: <c>file:line:column: error percent: sentence</c>.</summary>
    public override string ToString() =>
        $"{Position}: {(IsWaived ? "waived" : Severity.ToString().ToLowerInvariant())} {Rule}: {Sentence}"
        + (IsWaived ? $" (waived: {WaivedBecause})" : "");
}
