namespace MetaSpine;

/// <summary>An answer to a signalling question as the algorithms read it: "probably" makes no difference to them.</summary>
internal enum SignalAnswer
{
    Missing,
    Yes,
    No,
    NoInformation,
    NotApplicable,
}

/// <summary>What follows from answers.</summary>
/// <param name="Level">The level proposed; null where nothing follows.</param>
/// <param name="Needs">The questions without whose answers nothing can follow.</param>
internal sealed record RiskVerdict(RiskLevel? Level, IReadOnlyList<string> Needs)
{
    public static readonly RiskVerdict None = new(null, []);

    /// <summary>Points, such as "13 of 16"; null where there are none.</summary>
    public string? Score { get; init; }

    public static RiskVerdict Of(RiskLevel level) => new(level, []);

    public static RiskVerdict Missing(params IReadOnlyList<string> questions) => new(null, questions);

    /// <summary>The worst of several; what is missing matters only where nothing worse could come of it.</summary>
    public static RiskVerdict Worst(IReadOnlyList<RiskVerdict> verdicts, RiskLevel worst)
    {
        if (verdicts.Any(verdict => verdict.Level == worst))
        {
            return Of(worst);
        }

        return verdicts.Any(verdict => verdict.Level is null)
            ? new(null, [.. verdicts.SelectMany(verdict => verdict.Needs)])
            : Of(verdicts.Max(verdict => verdict.Level!.Value));
    }
}

/// <summary>A step of an algorithm: a question with what each answer leads to, or an end.</summary>
internal abstract record RiskStep
{
    /// <summary>Walks the questions to an end, or to one that has no answer.</summary>
    public RiskVerdict Walk(Func<string, SignalAnswer> answers)
    {
        var step = this;
        while (step is AskStep ask)
        {
            var next = answers(ask.Question) switch
            {
                SignalAnswer.Yes => ask.Yes,
                SignalAnswer.No => ask.No,
                SignalAnswer.NoInformation => ask.Unknown,
                SignalAnswer.NotApplicable => ask.NotApplicable,
                _ => null,
            };
            if (next is null)
            {
                return RiskVerdict.Missing(ask.Question);
            }

            step = next;
        }

        return ((EndStep)step).Level is { } level ? RiskVerdict.Of(level) : RiskVerdict.None;
    }
}

/// <summary>A question. "Not applicable" leads on only where the tool offers it as an answer that counts.</summary>
internal sealed record AskStep(string Question, RiskStep Yes, RiskStep No, RiskStep Unknown, RiskStep? NotApplicable = null) : RiskStep;

/// <summary>An end; without a level where the tool leaves the judgement to people.</summary>
internal sealed record EndStep(RiskLevel? Level) : RiskStep;
