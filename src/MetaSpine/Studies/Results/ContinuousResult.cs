namespace MetaSpine;

/// <summary>A measured quantity, summarised in whichever of the usual forms the report gives.</summary>
public sealed record ContinuousResult : OutcomeResult
{
    /// <summary>How many were measured.</summary>
    public ReportedNumber? N { get; init; }

    /// <summary>The mean, in the outcome's unit.</summary>
    public ReportedNumber? Mean { get; init; }

    /// <summary>The standard deviation of the patients.</summary>
    public ReportedNumber? Sd { get; init; }

    /// <summary>The standard error of the mean.</summary>
    public ReportedNumber? Se { get; init; }

    /// <summary>The confidence interval of the mean.</summary>
    public ReportedInterval? Ci { get; init; }

    /// <summary>The median.</summary>
    public ReportedNumber? Median { get; init; }

    /// <summary>The first and third quartile.</summary>
    public ReportedRange? Iqr { get; init; }

    /// <summary>Minimum and maximum.</summary>
    public ReportedRange? Range { get; init; }

    /// <summary>Whether the numbers are of the change from baseline.</summary>
    public bool? ChangeFromBaseline { get; init; }

    /// <summary>The correlation between baseline and this measurement.</summary>
    public ReportedNumber? BaselineCorrelation { get; init; }

    internal static readonly Shape<ContinuousResult> Shape = Describe<ContinuousResult>(
        "ContinuousResult", "A measured quantity, summarised.", () => new(), keys => keys
        .Optional("n", "How many were measured.", Codecs.Count, r => r.N, (r, v) => r with { N = v })
        .Optional("mean", "The mean.", Codecs.Real, r => r.Mean, (r, v) => r with { Mean = v })
        .Optional("sd", "The standard deviation.", Codecs.NotNegative, r => r.Sd, (r, v) => r with { Sd = v })
        .Optional("se", "The standard error of the mean.", Codecs.NotNegative, r => r.Se, (r, v) => r with { Se = v })
        .Optional("ci", "The confidence interval of the mean.", ReportedInterval.Shape, r => r.Ci, (r, v) => r with { Ci = v })
        .Optional("median", "The median.", Codecs.Real, r => r.Median, (r, v) => r with { Median = v })
        .Optional("iqr", "The first and third quartile.", ReportedRange.Shape, r => r.Iqr, (r, v) => r with { Iqr = v })
        .Optional("range", "Minimum and maximum.", ReportedRange.Shape, r => r.Range, (r, v) => r with { Range = v })
        .Value("change_from_baseline", "Whether the numbers are of the change from baseline.", Codecs.Flag,
            r => r.ChangeFromBaseline, (r, v) => r with { ChangeFromBaseline = v })
        .Optional("baseline_correlation", "The correlation between baseline and this measurement.", Codecs.Correlation,
            r => r.BaselineCorrelation, (r, v) => r with { BaselineCorrelation = v }));
}
