namespace MetaSpine;

/// <summary>The scale on which a ready estimate is printed.</summary>
public enum EstimateScale
{
    /// <summary>As readers meet it: an odds ratio of 2.1.</summary>
    Natural,

    /// <summary>As it is pooled: the logarithm of a ratio, Fisher's z of a correlation.</summary>
    Analysis,
}

/// <summary>An estimate that the report has computed itself, with its uncertainty.</summary>
public sealed record EstimateResult : OutcomeResult
{
    /// <summary>What was estimated, in the field's code: OR, RR, HR, MD.</summary>
    public string? Measure { get; init; }

    /// <summary>The outcome whose counts or means are compared, where the same study reports them.</summary>
    public string? Of { get; init; }

    /// <summary>The scale of value and interval. Default: natural. The standard error is always on the scale of analysis.</summary>
    public EstimateScale? Scale { get; init; }

    /// <summary>The estimate.</summary>
    public ReportedNumber? Value { get; init; }

    /// <summary>Its standard error on the scale of analysis (the log scale for ratios).</summary>
    public ReportedNumber? Se { get; init; }

    /// <summary>Its confidence interval, on the scale of the value.</summary>
    public ReportedInterval? Ci { get; init; }

    /// <summary>Its p-value, two-sided.</summary>
    public ReportedNumber? P { get; init; }

    /// <summary>How many it rests on.</summary>
    public ReportedNumber? N { get; init; }

    /// <summary>Whether it is adjusted for other variables.</summary>
    public bool? Adjusted { get; init; }

    /// <summary>The variables that it is adjusted for.</summary>
    public ValueList<string> Covariates { get; init; } = [];

    internal static readonly Choices<EstimateScale> Scales = new("a scale",
        ("natural", EstimateScale.Natural), ("analysis", EstimateScale.Analysis));

    internal static readonly Shape<EstimateResult> Shape = Describe<EstimateResult>(
        "EstimateResult", "An estimate that the report has computed itself.", () => new(), keys => keys
        .Optional("measure", "What was estimated: OR, RR, HR, MD.", Codecs.Text, r => r.Measure, (r, v) => r with { Measure = v })
        .Optional("of", "The outcome whose counts or means are compared.", Codecs.Id, r => r.Of, (r, v) => r with { Of = v })
        .Value("scale", "The scale of value and interval: natural (2.1) or that of analysis (its logarithm).", Scales,
            r => r.Scale, (r, v) => r with { Scale = v })
        .Optional("value", "The estimate.", Codecs.Real, r => r.Value, (r, v) => r with { Value = v })
        .Optional("se", "Its standard error on the scale of analysis.", Codecs.StandardError, r => r.Se, (r, v) => r with { Se = v })
        .Optional("ci", "Its confidence interval, on the scale of the value.", ReportedInterval.Shape,
            r => r.Ci, (r, v) => r with { Ci = v })
        .Optional("p", "Its p-value.", Codecs.PValue, r => r.P, (r, v) => r with { P = v })
        .Optional("n", "How many it rests on.", Codecs.Count, r => r.N, (r, v) => r with { N = v })
        .Value("adjusted", "Whether it is adjusted for other variables.", Codecs.Flag, r => r.Adjusted, (r, v) => r with { Adjusted = v })
        .List("covariates", "The variables that it is adjusted for.", Codecs.Text, r => r.Covariates, (r, v) => r with { Covariates = v }));
}
