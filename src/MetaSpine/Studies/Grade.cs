namespace MetaSpine;

/// <summary>How certain a body of evidence is, in the levels of GRADE (Guyatt et al. 2008, BMJ 336:924, doi:10.1136/bmj.39489.470347.AD).</summary>
public enum CertaintyLevel
{
    /// <summary>The true effect is likely to be substantially different.</summary>
    VeryLow = 1,

    /// <summary>The true effect may be substantially different.</summary>
    Low = 2,

    /// <summary>The true effect is likely to be close, but may be substantially different.</summary>
    Moderate = 3,

    /// <summary>The true effect is close to the estimate.</summary>
    High = 4,
}

/// <summary>How much an outcome matters to those who decide.</summary>
public enum OutcomeImportance
{
    /// <summary>Critical for a decision.</summary>
    Critical,

    /// <summary>Important, but not critical.</summary>
    Important,

    /// <summary>Of limited importance.</summary>
    Limited,
}

/// <summary>What reviewers judge of the certainty of one result, by GRADE.</summary>
public sealed record Grade : FileRecord
{
    /// <summary>The analysis whose result is judged.</summary>
    public required string Analysis { get; init; }

    /// <summary>The level to begin with. Absent: high for randomised trials, low for other studies, as the studies' designs say.</summary>
    public CertaintyLevel? Start { get; init; }

    /// <summary>Why it begins there.</summary>
    public string? StartReason { get; init; }

    /// <summary>The reasons to be less certain.</summary>
    public GradeDown Down { get; init; } = new();

    /// <summary>The reasons to be more certain.</summary>
    public GradeUp Up { get; init; } = new();

    /// <summary>How much the outcome matters.</summary>
    public OutcomeImportance? Importance { get; init; }

    /// <summary>The smallest effect that matters, as readers see it, against which imprecision and inconsistency are held. Absent: that of the analysis, else no effect.</summary>
    public double? Threshold { get; init; }

    /// <summary>The number of participants that a single adequate trial would need (the optimal information size). Absent: 300 events or 400 participants.</summary>
    public double? InformationSize { get; init; }

    /// <summary>The risks without the intervention for which absolute effects are shown. Absent: that of the control groups together.</summary>
    public ValueList<BaselineRisk> Baselines { get; init; } = [];

    /// <summary>Who judged.</summary>
    public string? Assessor { get; init; }

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    internal static readonly Choices<CertaintyLevel> Levels = new("a level of certainty",
        ("high", CertaintyLevel.High), ("moderate", CertaintyLevel.Moderate), ("low", CertaintyLevel.Low), ("very_low", CertaintyLevel.VeryLow));

    private static readonly Choices<OutcomeImportance> Importances = new("an importance",
        ("critical", OutcomeImportance.Critical), ("important", OutcomeImportance.Important), ("limited", OutcomeImportance.Limited));

    private static readonly GradeDown NotDown = new();
    private static readonly GradeUp NotUp = new();
    private static readonly PlainNumberCodec Number = new("a number, such as 0.9", double.IsFinite);
    private static readonly PlainNumberCodec Size = new("a number of participants above 0, such as 400", v => v > 0 && double.IsFinite(v));

    internal static readonly Shape<Grade> Shape = new("Grade", "The certainty of one result.", () => new() { Analysis = "" }, keys => keys
        .Required("analysis", "The analysis whose result is judged.", Codecs.Id, g => g.Analysis, (g, v) => g with { Analysis = v })
        .Value("start", "The level to begin with; otherwise high for randomised trials and low for other studies.", Levels, g => g.Start, (g, v) => g with { Start = v })
        .Optional("start_reason", "Why it begins there.", Codecs.Text, g => g.StartReason, (g, v) => g with { StartReason = v })
        .Optional("down", "The reasons to be less certain.", GradeDown.Shape, g => g.Down == NotDown ? null : g.Down, (g, v) => g with { Down = v })
        .Optional("up", "The reasons to be more certain.", GradeUp.Shape, g => g.Up == NotUp ? null : g.Up, (g, v) => g with { Up = v })
        .Value("importance", "How much the outcome matters: critical, important, limited.", Importances, g => g.Importance, (g, v) => g with { Importance = v })
        .Value("threshold", "The smallest effect that matters, as readers see it.", Number, g => g.Threshold, (g, v) => g with { Threshold = v })
        .Value("information_size", "The participants that a single adequate trial would need.", Size, g => g.InformationSize, (g, v) => g with { InformationSize = v })
        .List("baseline", "The risks without the intervention for which absolute effects are shown.", BaselineRisk.Shape, g => g.Baselines, (g, v) => g with { Baselines = v })
        .Optional("assessor", "Who judged.", Codecs.Text, g => g.Assessor, (g, v) => g with { Assessor = v })
        .Optional("notes", "Remarks.", Codecs.Text, g => g.Notes, (g, v) => g with { Notes = v }));
}

/// <summary>The five reasons to be less certain.</summary>
public sealed record GradeDown : FileRecord
{
    /// <summary>Risk of bias.</summary>
    public GradeStep? RiskOfBias { get; init; }

    /// <summary>Inconsistency.</summary>
    public GradeStep? Inconsistency { get; init; }

    /// <summary>Indirectness.</summary>
    public GradeStep? Indirectness { get; init; }

    /// <summary>Imprecision.</summary>
    public GradeStep? Imprecision { get; init; }

    /// <summary>Publication bias.</summary>
    public GradeStep? PublicationBias { get; init; }

    internal static readonly Shape<GradeDown> Shape = new("GradeDown", "The reasons to be less certain.", () => new(), keys => keys
        .Optional("risk_of_bias", "Risk of bias.", GradeStep.Shape, d => d.RiskOfBias, (d, v) => d with { RiskOfBias = v })
        .Optional("inconsistency", "Inconsistency.", GradeStep.Shape, d => d.Inconsistency, (d, v) => d with { Inconsistency = v })
        .Optional("indirectness", "Indirectness.", GradeStep.Shape, d => d.Indirectness, (d, v) => d with { Indirectness = v })
        .Optional("imprecision", "Imprecision.", GradeStep.Shape, d => d.Imprecision, (d, v) => d with { Imprecision = v })
        .Optional("publication_bias", "Publication bias.", GradeStep.Shape, d => d.PublicationBias, (d, v) => d with { PublicationBias = v }));
}

/// <summary>The three reasons to be more certain.</summary>
public sealed record GradeUp : FileRecord
{
    /// <summary>A large effect.</summary>
    public GradeStep? LargeEffect { get; init; }

    /// <summary>The effect grows with the dose.</summary>
    public GradeStep? DoseResponse { get; init; }

    /// <summary>Whatever confounding is left would have made the effect smaller.</summary>
    public GradeStep? OpposingConfounding { get; init; }

    internal static readonly Shape<GradeUp> Shape = new("GradeUp", "The reasons to be more certain.", () => new(), keys => keys
        .Optional("large_effect", "A large effect: 1 level, or 2 for a very large one.", GradeStep.Shape, u => u.LargeEffect, (u, v) => u with { LargeEffect = v })
        .Optional("dose_response", "The effect grows with the dose: 1 level.", GradeStep.Shape, u => u.DoseResponse, (u, v) => u with { DoseResponse = v })
        .Optional("opposing_confounding", "Confounding that is left would have made the effect smaller: 1 level.", GradeStep.Shape,
            u => u.OpposingConfounding, (u, v) => u with { OpposingConfounding = v }));
}

/// <summary>By how many levels a reason counts, and why.</summary>
public sealed record GradeStep : FileRecord
{
    /// <summary>0, 1 or 2.</summary>
    public required int Levels { get; init; }

    /// <summary>Why: what a reader of the summary finds in its notes.</summary>
    public string? Reason { get; init; }

    private static readonly WholeNumberCodec Steps = new("0, 1 or 2 levels", 0, 2);

    internal static readonly Shape<GradeStep> Shape = new(
        "GradeStep", "By how many levels a reason counts, and why.", () => new() { Levels = NotGiven }, keys => keys
        .Value("levels", "By how many levels: 0, 1 or 2.", Steps, s => s.Levels == NotGiven ? null : s.Levels, (s, v) => s with { Levels = v })
        .Optional("reason", "Why.", Codecs.Text, s => s.Reason, (s, v) => s with { Reason = v }));

    internal const int NotGiven = -1;
}

/// <summary>A risk without the intervention.</summary>
public sealed record BaselineRisk : FileRecord
{
    /// <summary>Of so many people per thousand.</summary>
    public required double Per1000 { get; init; }

    /// <summary>Whose risk it is: "low risk", "people over 65".</summary>
    public string? Label { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Source { get; init; }

    private static readonly PlainNumberCodec Risk = new("a risk per 1000 people, above 0 and below 1000", v => v is > 0 and < 1000);

    internal static readonly Shape<BaselineRisk> Shape = new(
        "BaselineRisk", "A risk without the intervention.", () => new() { Per1000 = double.NaN }, keys => keys
        .Value("per_1000", "Of so many people per thousand.", Risk, b => double.IsNaN(b.Per1000) ? null : b.Per1000, (b, v) => b with { Per1000 = v })
        .Optional("label", "Whose risk it is.", Codecs.Text, b => b.Label, (b, v) => b with { Label = v })
        .Optional("source", "Where it comes from.", Codecs.Text, b => b.Source, (b, v) => b with { Source = v }));
}
