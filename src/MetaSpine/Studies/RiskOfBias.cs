namespace MetaSpine;

/// <summary>Which effect a trial's result estimates, on which the questions about deviations from the interventions depend.</summary>
public enum EffectOfInterest
{
    /// <summary>The effect of being assigned to an intervention (intention to treat).</summary>
    Assignment,

    /// <summary>The effect of adhering to it (per protocol).</summary>
    Adherence,
}

/// <summary>A judgement of the risk of bias of a study, or of one of its results, with one tool by one person.</summary>
public sealed record RiskOfBias : FileRecord
{
    /// <summary>The tool: rob2, robins-i, jbi-case-series, minors; <c>metaspine rob --tools</c> lists those whose rules are known.</summary>
    public required string Tool { get; init; }

    /// <summary>The tool's version.</summary>
    public string? Version { get; init; }

    /// <summary>Who judged.</summary>
    public string? Assessor { get; init; }

    /// <summary>When.</summary>
    public string? Date { get; init; }

    /// <summary>The outcome that is judged, for tools that judge each result.</summary>
    public string? Outcome { get; init; }

    /// <summary>Which effect the result estimates; absent, that of assignment. Only RoB 2 asks.</summary>
    public EffectOfInterest? Effect { get; init; }

    /// <summary>The answers to the tool's questions.</summary>
    public ValueList<Answer> Answers { get; init; } = [];

    /// <summary>The judgements of the tool's domains.</summary>
    public ValueList<DomainJudgement> Domains { get; init; } = [];

    /// <summary>The overall judgement.</summary>
    public string? Overall { get; init; }

    /// <summary>Why the overall judgement is what it is; needed where the tool's rule gives another.</summary>
    public string? Justification { get; init; }

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    private static readonly Choices<EffectOfInterest> Effects = new("an effect of interest",
        ("assignment", EffectOfInterest.Assignment), ("adherence", EffectOfInterest.Adherence));

    internal static readonly Shape<RiskOfBias> Shape = new("RiskOfBias", "A judgement of the risk of bias.", () => new() { Tool = "" }, keys => keys
        .Required("tool", "The tool: rob2, robins-i, jbi-case-series, minors.", Codecs.Text, r => r.Tool, (r, v) => r with { Tool = v })
        .Optional("version", "The tool's version.", Codecs.Text, r => r.Version, (r, v) => r with { Version = v })
        .Optional("assessor", "Who judged.", Codecs.Text, r => r.Assessor, (r, v) => r with { Assessor = v })
        .Optional("date", "When.", Codecs.Date, r => r.Date, (r, v) => r with { Date = v })
        .Optional("outcome", "The outcome that is judged.", Codecs.Id, r => r.Outcome, (r, v) => r with { Outcome = v })
        .Value("effect", "Which effect the result estimates, for RoB 2: assignment (the default), adherence.", Effects, r => r.Effect, (r, v) => r with { Effect = v })
        .Many("answers", "The answers to the tool's questions.", Answer.Map, r => r.Answers, (r, v) => r with { Answers = v })
        .Many("domains", "The judgements of the tool's domains.", DomainJudgement.Map, r => r.Domains, (r, v) => r with { Domains = v })
        .Optional("overall", "The overall judgement.", Codecs.Text, r => r.Overall, (r, v) => r with { Overall = v })
        .Optional("justification", "Why the overall judgement is what it is.", Codecs.Text, r => r.Justification, (r, v) => r with { Justification = v })
        .Optional("notes", "Remarks.", Codecs.Text, r => r.Notes, (r, v) => r with { Notes = v }));
}

/// <summary>The answer to one question of a tool.</summary>
public sealed record Answer : FileRecord
{
    /// <summary>The question's number or name.</summary>
    public required string Question { get; init; }

    /// <summary>The answer in the tool's words: yes, no, unclear, PY. It stays text.</summary>
    public required string Text { get; init; }

    internal static readonly KeyedCodec<Answer> Map =
        new("question", new MappedCodec<string, Answer>(Codecs.Text, text => new() { Question = "", Text = text }, a => a.Text),
            a => a.Question, (a, name) => a with { Question = name });
}

/// <summary>The judgement of one domain of a tool.</summary>
public sealed record DomainJudgement : FileRecord
{
    /// <summary>The domain: D1, confounding.</summary>
    public required string Domain { get; init; }

    /// <summary>The judgement in the tool's words: low, some concerns, high.</summary>
    public required string Judgement { get; init; }

    /// <summary>What the tool's algorithm proposes, where that differs or is recorded.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Why.</summary>
    public string? Justification { get; init; }

    private static readonly Shape<DomainJudgement> Shape = new(
        "DomainJudgement", "The judgement of one domain.", () => new() { Domain = "", Judgement = "" }, keys => keys
        .Required("judgement", "The judgement in the tool's words.", Codecs.Text, d => d.Judgement, (d, v) => d with { Judgement = v })
        .Optional("algorithm", "What the tool's algorithm proposes.", Codecs.Text, d => d.Algorithm, (d, v) => d with { Algorithm = v })
        .Optional("justification", "Why.", Codecs.Text, d => d.Justification, (d, v) => d with { Justification = v }));

    internal static readonly KeyedCodec<DomainJudgement> Map = new("domain", Shape, d => d.Domain, (d, name) => d with { Domain = name });
}
