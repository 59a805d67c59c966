namespace MetaSpine;

/// <summary>What GRADE asks of a body of evidence.</summary>
public enum CertaintyReason
{
    /// <summary>Risk of bias lowers certainty.</summary>
    RiskOfBias,

    /// <summary>Inconsistency lowers it.</summary>
    Inconsistency,

    /// <summary>Indirectness lowers it.</summary>
    Indirectness,

    /// <summary>Imprecision lowers it.</summary>
    Imprecision,

    /// <summary>Publication bias lowers it.</summary>
    PublicationBias,

    /// <summary>A large effect raises it.</summary>
    LargeEffect,

    /// <summary>An effect that grows with the dose raises it.</summary>
    DoseResponse,

    /// <summary>Confounding that would have made the effect smaller raises it.</summary>
    OpposingConfounding,
}

/// <summary>What the numbers suggest for one of the reasons.</summary>
/// <param name="Levels">By how many levels; null where the numbers cannot say.</param>
/// <param name="Sentence">The numbers, and what follows from them.</param>
public sealed record CertaintySuggestion(int? Levels, string Sentence);

/// <summary>One of the reasons: what the numbers suggest, and what people chose.</summary>
/// <param name="Reason">Which it is.</param>
/// <param name="Suggestion">What the numbers suggest.</param>
/// <param name="Chosen">By how many levels people let it count; null where they did not judge it.</param>
/// <param name="Because">The reason that they gave.</param>
public sealed record CertaintyDomain(CertaintyReason Reason, CertaintySuggestion Suggestion, int? Chosen, string? Because)
{
    /// <summary>Its name: "Risk of bias".</summary>
    public string Name => Reason switch
    {
        CertaintyReason.RiskOfBias => "Risk of bias",
        CertaintyReason.PublicationBias => "Publication bias",
        CertaintyReason.LargeEffect => "Large effect",
        CertaintyReason.DoseResponse => "Dose-response",
        CertaintyReason.OpposingConfounding => "Opposing confounding",
        var other => other.ToString(),
    };

    /// <summary>Whether it raises certainty.</summary>
    public bool IsUp => Reason >= CertaintyReason.LargeEffect;

    /// <summary>Whether numbers can never say anything about it.</summary>
    internal bool IsBeyondNumbers => Reason is CertaintyReason.Indirectness or CertaintyReason.DoseResponse or CertaintyReason.OpposingConfounding;

    /// <summary>The levels that count: those chosen, else those suggested, else none.</summary>
    public int Levels => Chosen ?? Suggestion.Levels ?? 0;

    /// <summary>Whether people chose otherwise than the numbers suggest.</summary>
    public bool Differs => Chosen is { } chosen && Suggestion.Levels is { } suggested && chosen != suggested;

    /// <summary>The change: "-1", "+2", "0".</summary>
    public string Change => Levels == 0 ? "0" : FormattableString.Invariant($"{(IsUp ? "+" : "-")}{Levels}");
}
