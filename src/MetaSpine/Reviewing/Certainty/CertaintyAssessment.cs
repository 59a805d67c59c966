namespace MetaSpine;

/// <summary>
/// How certain a result is by GRADE: where it starts, what the numbers suggest for each reason to be less or more certain, what people chose, and the level
/// that follows. Suggestions are computed and always shown; people's judgements count.
/// </summary>
public sealed record CertaintyAssessment
{
    /// <summary>The result.</summary>
    public required AnalysisResult Analysis { get; init; }

    /// <summary>The judgements in the review file; null where there are none and every level is as suggested.</summary>
    public required Grade? Given { get; init; }

    /// <summary>The level to begin with.</summary>
    public required CertaintyLevel Start { get; init; }

    /// <summary>The start that the studies' designs suggest, as a sentence.</summary>
    public required string StartSuggestion { get; init; }

    /// <summary>The five reasons to be less certain and the three to be more certain.</summary>
    public required IReadOnlyList<CertaintyDomain> Domains { get; init; }

    /// <summary>The absolute effects for each baseline risk; empty where the measure has none.</summary>
    public required IReadOnlyList<AbsoluteEffect> AbsoluteEffects { get; init; }

    /// <summary>The number of studies: fewer than effects where a study has several.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The participants of the studies; null where a study's number is not known or the measure counts person-time, or where several effects of a study may be of the same people.</summary>
    public required double? Participants { get; init; }

    /// <summary>What deserves a look: choices without a reason, certainty raised in spite of doubts.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Start, less what lowers it, plus what raises it, between very low and high.</summary>
    public CertaintyLevel Certainty => Level(Start, Domains);

    /// <summary>Whether people judged every reason to be less certain; otherwise the level is a proposal.</summary>
    public bool IsJudged => Given is not null && Domains.All(domain => domain.IsUp || domain.Chosen is not null);

    /// <summary>The symbols of a level: ⊕⊕○○.</summary>
    public static string Symbols(CertaintyLevel level) => new string('⊕', (int)level) + new string('○', 4 - (int)level);

    /// <summary>The name of a level: "Very low".</summary>
    public static string Name(CertaintyLevel level) => level == CertaintyLevel.VeryLow ? "Very low" : level.ToString();

    internal static CertaintyLevel Level(CertaintyLevel start, IEnumerable<CertaintyDomain> domains) =>
        (CertaintyLevel)Math.Clamp((int)start + domains.Sum(domain => domain.IsUp ? domain.Levels : -domain.Levels), (int)CertaintyLevel.VeryLow, (int)CertaintyLevel.High);
}

/// <summary>Judges results by GRADE.</summary>
public static class Certainties
{
    /// <summary>The certainty of every result that the review file judges; where it judges none, a proposal for each analysis.</summary>
    /// <param name="review">The review.</param>
    /// <exception cref="StudyFileException">A code of an analysis does not exist; the message has its place in the file.</exception>
    public static IReadOnlyList<CertaintyAssessment> AssessCertainty(this Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return review.Grades.Count > 0
            ? [.. review.Grades.Select(grade => review.AssessCertainty(review.Analyse(grade.Analysis)))]
            : [.. review.AnalyseAll().Select(review.AssessCertainty)];
    }

    /// <summary>The certainty of one result.</summary>
    /// <param name="review">The review.</param>
    /// <param name="analysis">A result of the review's studies.</param>
    /// <returns>The assessment; without a pooled result the levels are people's alone.</returns>
    public static CertaintyAssessment AssessCertainty(this Review review, AnalysisResult analysis)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(analysis);
        var given = review.Grades.FirstOrDefault(grade => grade.Analysis == analysis.Analysis.Id);
        var evidence = new CertaintyEvidence(review, analysis, given);
        var (suggestedStart, startSentence) = StartingLevel.Of(evidence);
        var start = given?.Start ?? suggestedStart;
        List<CertaintyDomain> domains =
        [
            Judged(CertaintyReason.RiskOfBias, RiskOfBiasSuggestion.Of(evidence), given?.Down.RiskOfBias),
            Judged(CertaintyReason.Inconsistency, InconsistencySuggestion.Of(evidence), given?.Down.Inconsistency),
            Judged(CertaintyReason.Indirectness, new(null, "Whether people, interventions, comparisons and outcomes of the studies are those of the question is not in the numbers."), given?.Down.Indirectness),
            Judged(CertaintyReason.Imprecision, ImprecisionSuggestion.Of(evidence), given?.Down.Imprecision),
            Judged(CertaintyReason.PublicationBias, PublicationBiasSuggestion.Of(evidence), given?.Down.PublicationBias),
        ];
        domains.AddRange(
        [
            Judged(CertaintyReason.LargeEffect, LargeEffectSuggestion.Of(evidence, start, domains.Any(domain => domain.Levels > 0)), given?.Up.LargeEffect),
            Judged(CertaintyReason.DoseResponse, new(null, "Whether the effect grows with the dose is not in the pooled numbers; a meta-regression on the dose may show it."), given?.Up.DoseResponse),
            Judged(CertaintyReason.OpposingConfounding, new(null, "Which way confounding would have worked is not in the numbers."), given?.Up.OpposingConfounding),
        ]);
        return new CertaintyAssessment
        {
            Analysis = analysis, Given = given, Start = start, StartSuggestion = startSentence, Domains = domains,
            AbsoluteEffects = AbsoluteEffect.Of(evidence), StudyCount = evidence.StudyCount, Participants = evidence.Participants, Findings = [.. Findings(given, suggestedStart, start, domains)],
        };
    }

    private static CertaintyDomain Judged(CertaintyReason reason, CertaintySuggestion suggestion, GradeStep? chosen) => new(reason, suggestion, chosen?.Levels, chosen?.Reason);

    private static IEnumerable<string> Findings(Grade? given, CertaintyLevel suggestedStart, CertaintyLevel start, IReadOnlyList<CertaintyDomain> domains)
    {
        if (start != suggestedStart && string.IsNullOrWhiteSpace(given?.StartReason))
        {
            yield return $"It starts at {CertaintyAssessment.Name(start).ToLowerInvariant()} where the designs suggest {CertaintyAssessment.Name(suggestedStart).ToLowerInvariant()}; say why (start_reason).";
        }

        foreach (var domain in domains)
        {
            if (domain.Differs && string.IsNullOrWhiteSpace(domain.Because))
            {
                yield return FormattableString.Invariant($"{domain.Name}: {domain.Chosen} was chosen where the numbers suggest {domain.Suggestion.Levels}; say why (reason).");
            }
            else if (domain is { Chosen: > 0 } && string.IsNullOrWhiteSpace(domain.Because))
            {
                yield return $"{domain.Name}: say why it counts (reason); readers of the summary look for it.";
            }
        }

        if (domains.Any(domain => domain is { IsUp: true, Levels: > 0 }) && domains.Any(domain => domain is { IsUp: false, Levels: > 0 }))
        {
            yield return "Certainty is raised and lowered at once; GRADE raises it only where there is no reason to lower it, but for rare exceptions.";
        }
    }
}
