namespace MetaSpine;

/// <summary>A test against a reference standard: the two by two table.</summary>
public sealed record DiagnosticResult : OutcomeResult
{
    /// <summary>True positives.</summary>
    public ReportedNumber? Tp { get; init; }

    /// <summary>False positives.</summary>
    public ReportedNumber? Fp { get; init; }

    /// <summary>False negatives.</summary>
    public ReportedNumber? Fn { get; init; }

    /// <summary>True negatives.</summary>
    public ReportedNumber? Tn { get; init; }

    /// <summary>What counts as a positive test, in the report's words.</summary>
    public string? Threshold { get; init; }

    /// <summary>The sensitivity in percent, as printed.</summary>
    public ReportedNumber? ReportedSensitivity { get; init; }

    /// <summary>The specificity in percent, as printed.</summary>
    public ReportedNumber? ReportedSpecificity { get; init; }

    internal static readonly Shape<DiagnosticResult> Shape = Describe<DiagnosticResult>(
        "DiagnosticResult", "A test against a reference standard.", () => new(), keys => keys
        .Optional("tp", "True positives.", Codecs.Count, r => r.Tp, (r, v) => r with { Tp = v })
        .Optional("fp", "False positives.", Codecs.Count, r => r.Fp, (r, v) => r with { Fp = v })
        .Optional("fn", "False negatives.", Codecs.Count, r => r.Fn, (r, v) => r with { Fn = v })
        .Optional("tn", "True negatives.", Codecs.Count, r => r.Tn, (r, v) => r with { Tn = v })
        .Optional("threshold", "What counts as a positive test.", Codecs.Text, r => r.Threshold, (r, v) => r with { Threshold = v })
        .Optional("reported_sensitivity", "The sensitivity in percent, as printed.", Codecs.Percent,
            r => r.ReportedSensitivity, (r, v) => r with { ReportedSensitivity = v })
        .Optional("reported_specificity", "The specificity in percent, as printed.", Codecs.Percent,
            r => r.ReportedSpecificity, (r, v) => r with { ReportedSpecificity = v }));
}
