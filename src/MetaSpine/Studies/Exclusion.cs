namespace MetaSpine;

/// <summary>Studies that an analysis leaves out: one by its id, or all whose overall risk of bias is judged in some way.</summary>
public sealed record Exclusion : FileRecord
{
    /// <summary>The study's id; null where studies are left out by their judgement.</summary>
    public string? Study { get; init; }

    /// <summary>The overall judgements that lead out, in the tool's words and in any case: high, critical.</summary>
    public ValueList<string> RiskOfBias { get; init; } = [];

    /// <summary>The tool whose judgements count. Absent: every tool's.</summary>
    public string? Tool { get; init; }

    /// <summary>Why; a study that is named needs one, a judgement speaks for itself.</summary>
    public string? Reason { get; init; }

    /// <summary>Why the study is left out of an analysis of the outcome; null where this does not concern it.</summary>
    internal string? ReasonFor(Study study, string outcome)
    {
        if (Study is not null)
        {
            return Study == study.Id ? Reason ?? "" : null;
        }

        var words = RiskOfBias.Select(JudgementWords.Fold).ToList();
        var judged = OverallRisk.About(study, outcome, Tool).FirstOrDefault(assessment => assessment.Overall is { } overall && words.Contains(JudgementWords.Fold(overall)));
        return judged is null ? null : $"its risk of bias is judged {JudgementWords.Fold(judged.Overall!)} ({judged.Tool}){(Reason is null ? "" : $": {Reason}")}";
    }

    internal static readonly Shape<Exclusion> Shape = new("Exclusion", "A study that is left out, or studies with some judgement.", () => new(), keys => keys
        .Optional("study", "The study's id; it needs a reason.", Codecs.Id, e => e.Study, (e, v) => e with { Study = v })
        .List("risk_of_bias", "The overall judgements that lead out, in place of a study: [high, critical].", Codecs.Text,
            e => e.RiskOfBias, (e, v) => e with { RiskOfBias = v })
        .Optional("tool", "The tool whose judgements count; otherwise every tool's.", Codecs.Text, e => e.Tool, (e, v) => e with { Tool = v })
        .Optional("reason", "Why.", Codecs.Text, e => e.Reason, (e, v) => e with { Reason = v }));
}
