namespace MetaSpine;

/// <summary>
/// An assessment of the risk of bias beside what its tool's rules make of it: for each domain the judgement that people wrote and the one that the
/// answers lead to, the same for the whole, and where the two differ without a reason.
/// </summary>
public sealed record RiskOfBiasAssessment
{
    /// <summary>The study's id.</summary>
    public required string StudyId { get; init; }

    /// <summary>The study's name.</summary>
    public required string Study { get; init; }

    /// <summary>The assessment as the study file has it.</summary>
    public required RiskOfBias Given { get; init; }

    /// <summary>The tool; null where its rules are not known.</summary>
    public required RiskOfBiasTool? Tool { get; init; }

    /// <summary>The domains: those of the tool in its order, then any others that the file judges.</summary>
    public required IReadOnlyList<AssessedDomain> Domains { get; init; }

    /// <summary>The overall judgement.</summary>
    public required AssessedDomain Overall { get; init; }

    /// <summary>The points, such as "13 of 16"; null where the tool gives none or an item is not scored.</summary>
    public string? Score { get; init; }

    /// <summary>What deserves a look.</summary>
    public required IReadOnlyList<RiskOfBiasFinding> Findings { get; init; }

    /// <summary>The recognised answers by question.</summary>
    internal IReadOnlyDictionary<string, RiskOfBiasWord> Answers { get; init; } = new Dictionary<string, RiskOfBiasWord>();

    /// <summary>Puts an assessment beside its tool's rules.</summary>
    /// <param name="study">The study.</param>
    /// <param name="given">One of its assessments.</param>
    public static RiskOfBiasAssessment Of(Study study, RiskOfBias given)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(given);
        return new AssessmentReading(study, given).Read();
    }
}

/// <summary>A domain, or the whole, as people judged it and as the tool's rules do.</summary>
/// <param name="Code">The domain's code, or "Overall".</param>
/// <param name="Name">What it is about.</param>
/// <param name="Judgement">What people wrote, in the tool's word; null where nobody judged.</param>
/// <param name="Algorithm">What follows by the tool's rules, in the tool's word; null where nothing does.</param>
/// <param name="Justification">The reason that people gave.</param>
/// <param name="Level">What the judgement amounts to; where nobody judged, what the rules propose.</param>
public sealed record AssessedDomain(string Code, string Name, string? Judgement, string? Algorithm, string? Justification, RiskLevel Level)
{
    /// <summary>The judgement; where nobody judged, what the rules propose.</summary>
    public string? Effective => Judgement ?? Algorithm;

    /// <summary>Whether people judged otherwise than the rules do.</summary>
    public bool Differs => Judgement is not null && Algorithm is not null && JudgementWords.Fold(Judgement) != JudgementWords.Fold(Algorithm);

    /// <summary>The questions that would have to be answered before the rules give anything.</summary>
    public IReadOnlyList<string> Unanswered { get; init; } = [];
}

/// <summary>Something about an assessment that deserves a look.</summary>
/// <param name="Position">Where it stands in the file.</param>
/// <param name="StudyId">The study's id.</param>
/// <param name="Study">The study's name.</param>
/// <param name="Severity">A warning asks for a correction or a reason; a note is worth knowing.</param>
/// <param name="What">What was found and what to do.</param>
public sealed record RiskOfBiasFinding(SourcePosition Position, string StudyId, string Study, IntegritySeverity Severity, string What)
{
    /// <summary>The finding with the study's name.</summary>
    public string Sentence => $"{Study}: {What}";

    /// <summary>Returns one line: <c>file:line:column: warning risk-of-bias: sentence</c>.</summary>
    public override string ToString() => $"{Position}: {Severity.ToString().ToLowerInvariant()} risk-of-bias: {Sentence}";
}

/// <summary>The assessments of studies.</summary>
public static class RiskOfBiasAssessments
{
    /// <summary>Every assessment of a review's studies beside its tool's rules, in the order of the files.</summary>
    public static IReadOnlyList<RiskOfBiasAssessment> AssessRiskOfBias(this Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return [.. review.Studies.SelectMany(study => study.RiskOfBias.Select(given => RiskOfBiasAssessment.Of(study, given)))];
    }

    /// <summary>The weights of an analysis by the ids of its studies, for a summary in which a study counts as it does in the result.</summary>
    /// <exception cref="ArgumentException">The analysis has no pooled result, its model has no weights, or its studies are those of a table.</exception>
    public static IReadOnlyDictionary<string, double> StudyWeights(this AnalysisResult analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Overall is not { } overall)
        {
            throw new ArgumentException($"The analysis {analysis.Analysis.Id} has no pooled result, and so no weights: {analysis.Problem}", nameof(analysis));
        }

        if (analysis.Moderators is not AnalysisInputs inputs)
        {
            throw new ArgumentException("The studies of a table have no judgements that their weights could go with; write a review.", nameof(analysis));
        }

        return overall.Shares.All(share => share.Weight is not null)
            ? overall.Shares.GroupBy(share => inputs.Studies[share.Row].Id, StringComparer.Ordinal).ToDictionary(study => study.Key, study => study.Sum(share => share.Weight!.Value), StringComparer.Ordinal)
            : throw new ArgumentException($"The model of the analysis {analysis.Analysis.Id} ({overall.ModelName}) has no weights; choose an analysis by inverse variance.", nameof(analysis));
    }
}
