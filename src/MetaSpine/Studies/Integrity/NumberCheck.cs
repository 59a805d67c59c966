namespace MetaSpine;

/// <summary>The answer of one integrity check to published numbers.</summary>
/// <remarks>A disagreement means that the text disagrees with itself: a misprint, a denominator that is not named, an error of the extraction. It says
/// nothing about why.</remarks>
public sealed record NumberCheck
{
    /// <summary>The rule; see <see cref="IntegrityRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>Whether the numbers agree.</summary>
    public required bool Agrees { get; init; }

    /// <summary>How much a disagreement weighs.</summary>
    public required IntegritySeverity Severity { get; init; }

    /// <summary>What is reported.</summary>
    public required string Reported { get; init; }

    /// <summary>What the other numbers give; <see langword="null"/> where nothing is computed.</summary>
    public string? Computed { get; init; }

    /// <summary>The values that would fit, such as "24" or "134 to 135" or "none".</summary>
    public string? Admissible { get; init; }

    /// <summary>The answer in a sentence, without a point at its end.</summary>
    public required string Sentence { get; init; }

    /// <summary>Returns the sentence.</summary>
    public override string ToString() => Sentence;

    internal static NumberCheck Of(
        string rule, bool agrees, string reported, string? computed, string? admissible, string sentence,
        IntegritySeverity severity = IntegritySeverity.Error) =>
        new() { Rule = rule, Agrees = agrees, Severity = severity, Reported = reported, Computed = computed, Admissible = admissible, Sentence = sentence };
}
