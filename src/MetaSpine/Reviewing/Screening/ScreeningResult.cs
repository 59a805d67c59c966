namespace MetaSpine;

/// <summary>The screening of a review: its steps.</summary>
public sealed partial record ScreeningResult
{
    /// <summary>The steps for which there are decisions, titles and abstracts before full texts.</summary>
    public required ValueList<ScreeningStageResult> Stages { get; init; }

    /// <summary>The step; <see langword="null"/> where there are no decisions for it.</summary>
    public ScreeningStageResult? this[ScreeningStage stage] => Stages.FirstOrDefault(result => result.Stage == stage);
}

/// <summary>One step of the screening.</summary>
public sealed record ScreeningStageResult
{
    /// <summary>Which step.</summary>
    public required ScreeningStage Stage { get; init; }

    /// <summary>The records, in the order of their first decision.</summary>
    public required ValueList<ScreenedRecord> Records { get; init; }

    /// <summary>The reviewers, without the one that stands for the decision in the end.</summary>
    public required ValueList<string> Reviewers { get; init; }

    /// <summary>The agreement of each two reviewers on the records that both judged.</summary>
    public required ValueList<AgreementResult> Pairs { get; init; }

    /// <summary>The pairs of reviewers who judged no record in common.</summary>
    public required ValueList<string> Unpaired { get; init; }

    /// <summary>The agreement of three or more reviewers on the records that all of them judged; <see langword="null"/> where there are none.</summary>
    public MultiraterAgreement? Together { get; init; }

    /// <summary>The records on which reviewers differ, settled or not.</summary>
    public IEnumerable<ScreenedRecord> Conflicts => Records.Where(record => record.IsConflict);

    /// <summary>How many records ended so; <see langword="null"/> counts conflicts that are not settled.</summary>
    public int Count(ScreeningVerdict? outcome) => Records.Count(record => record.Outcome == outcome);
}

/// <summary>The decisions on one record at one step.</summary>
/// <param name="Record">The record.</param>
/// <param name="Decisions">The decisions, that of the end among them.</param>
public sealed record ScreenedRecord(string Record, ValueList<ScreeningDecision> Decisions)
{
    /// <summary>Whether reviewers differ.</summary>
    public bool IsConflict => Decisions.Where(decision => decision.Reviewer != ScreeningDecision.Final).Select(decision => decision.Decision).Distinct().Skip(1).Any();

    /// <summary>What was decided in the end: so stated, or what all reviewers say; <see langword="null"/> for a conflict that is not settled.</summary>
    public ScreeningVerdict? Outcome => By(ScreeningDecision.Final) is { } final ? final.Decision : IsConflict ? null : Decisions[0].Decision;

    /// <summary>The reason for an exclusion, of the decision in the end or else of the first reviewer who gives one.</summary>
    public string? Reason => By(ScreeningDecision.Final)?.Reason ?? Decisions.FirstOrDefault(decision => decision is { Reason: not null, Decision: ScreeningVerdict.Exclude })?.Reason;

    /// <summary>The decision of a reviewer; <see langword="null"/> where there is none.</summary>
    public ScreeningDecision? By(string reviewer) => Decisions.FirstOrDefault(decision => decision.Reviewer == reviewer);
}
