namespace MetaSpine;

/// <summary>
/// A tool for judging the risk of bias: its domains, its words and what follows from answers and judgements. All tools stand in
/// <see cref="RiskOfBiasTools"/>; help, reading, pictures and documentation come from there.
/// </summary>
public sealed record RiskOfBiasTool
{
    /// <summary>The name that study files write: rob2.</summary>
    public required string Code { get; init; }

    /// <summary>Its name in print: RoB 2.</summary>
    public required string Name { get; init; }

    /// <summary>The version that is meant.</summary>
    public required string Version { get; init; }

    /// <summary>The studies that it is for.</summary>
    public required string For { get; init; }

    /// <summary>Where it is published.</summary>
    public required string Reference { get; init; }

    /// <summary>Whether it judges a result and not the study as a whole, so that an assessment should name its outcome.</summary>
    public bool IsPerResult { get; init; }

    /// <summary>Its domains, or the one list of a checklist.</summary>
    public required IReadOnlyList<RiskOfBiasDomain> Domains { get; init; }

    /// <summary>The words of a domain's judgement; empty for a checklist, which judges item by item.</summary>
    public IReadOnlyList<RiskOfBiasWord> Judgements { get; init; } = [];

    /// <summary>The words of the overall judgement; empty where the tool has none.</summary>
    public IReadOnlyList<RiskOfBiasWord> OverallJudgements { get; init; } = [];

    /// <summary>The answers to its questions, or the points for its items.</summary>
    public IReadOnlyList<RiskOfBiasWord> Answers { get; init; } = [];

    /// <summary>Whether it is a list of items that are answered or scored one by one, without judgements of domains.</summary>
    public bool IsChecklist => Judgements.Count == 0;

    /// <summary>How the overall judgement follows, in a sentence; null where it is left to people.</summary>
    public string? OverallRule { get; init; }

    /// <summary>Other names that files use for it.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What follows from an assessment as a whole; null where nothing does.</summary>
    internal Func<AssessedAnswers, RiskVerdict>? Conclude { get; init; }

    /// <summary>The domain of a code or name; null where there is none.</summary>
    public RiskOfBiasDomain? FindDomain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = JudgementWords.Fold(name);
        return Domains.FirstOrDefault(domain => domain.Code.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Domains.FirstOrDefault(domain => JudgementWords.Fold(domain.Name) == folded || domain.Aliases.Contains(folded));
    }

    /// <summary>What a word of a domain's judgement, or of the overall one, amounts to.</summary>
    internal RiskLevel LevelOf(string? judgement, bool isOverall) =>
        RiskOfBiasWord.Find(isOverall ? OverallJudgements : Judgements, judgement)?.Level ?? JudgementWords.Level(judgement);

    /// <summary>The word for a level among the tool's judgements.</summary>
    internal string WordFor(RiskLevel level, bool isOverall) =>
        (isOverall ? OverallJudgements : Judgements).FirstOrDefault(word => word.Level == level)?.Word ?? level.ToString().ToLowerInvariant();

    /// <summary>The code and the name.</summary>
    public override string ToString() => $"{Code} ({Name})";
}

/// <summary>A domain of a tool, or the items of a checklist under one heading.</summary>
/// <param name="Code">Its code: D1.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Questions">Its signalling questions or items; empty where the tool is kept at the level of domains.</param>
public sealed record RiskOfBiasDomain(string Code, string Name, IReadOnlyList<RiskOfBiasQuestion> Questions)
{
    /// <summary>The questions where the effect of adhering to the intervention is of interest; null where they are the same.</summary>
    public IReadOnlyList<RiskOfBiasQuestion>? QuestionsOnAdherence { get; init; }

    /// <summary>Whether the domain judges applicability and not bias.</summary>
    public bool IsApplicability { get; init; }

    /// <summary>Other names, folded as judgements are.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The ways through the questions, the worst of whose ends is the proposal; empty where none is published.</summary>
    internal IReadOnlyList<RiskStep> Ways { get; init; } = [];

    /// <summary>The same for the effect of adhering; null where they are the same.</summary>
    internal IReadOnlyList<RiskStep>? WaysOnAdherence { get; init; }

    /// <summary>The questions for an effect of interest.</summary>
    public IReadOnlyList<RiskOfBiasQuestion> QuestionsFor(EffectOfInterest effect) =>
        effect == EffectOfInterest.Adherence ? QuestionsOnAdherence ?? Questions : Questions;

    internal IReadOnlyList<RiskStep> WaysFor(EffectOfInterest effect) => effect == EffectOfInterest.Adherence ? WaysOnAdherence ?? Ways : Ways;
}

/// <summary>A question or item of a tool, in our words: the wording that counts is the tool's own.</summary>
/// <param name="Code">Its number: 1.1.</param>
/// <param name="About">What it asks, in short.</param>
/// <param name="Most">The most points that it gives; 0 where it gives none. <value>Default 0.</value></param>
public sealed record RiskOfBiasQuestion(string Code, string About, int Most = 0)
{
    /// <summary>Whether a flaw here counts as critical (AMSTAR 2).</summary>
    public bool IsCritical { get; init; }
}

/// <summary>A word that a tool judges or answers with.</summary>
/// <param name="Word">The word: some concerns.</param>
/// <param name="Level">What it amounts to.</param>
/// <param name="Abbreviation">How tables and pictures shorten it, and how files may: PY.</param>
public sealed record RiskOfBiasWord(string Word, RiskLevel Level, string? Abbreviation = null)
{
    /// <summary>Other spellings, folded.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The word that a text means; null where it is none of them.</summary>
    internal static RiskOfBiasWord? Find(IReadOnlyList<RiskOfBiasWord> words, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var folded = JudgementWords.Fold(text);
        return words.FirstOrDefault(word => JudgementWords.Fold(word.Word) == folded || (word.Abbreviation is { } brief && JudgementWords.Fold(brief) == folded) || word.Aliases.Contains(folded));
    }

    internal static string List(IReadOnlyList<RiskOfBiasWord> words) => string.Join(", ", words.Select(word => word.Word));
}
