namespace MetaSpine;

/// <summary>Who was studied.</summary>
public sealed record Population : FileRecord
{
    /// <summary>The condition.</summary>
    public string? Condition { get; init; }

    /// <summary>How many were enrolled.</summary>
    public ReportedNumber? Enrolled { get; init; }

    /// <summary>How many were analysed.</summary>
    public ReportedNumber? Analysed { get; init; }

    /// <summary>Who could take part.</summary>
    public string? Eligibility { get; init; }

    /// <summary>The age in years.</summary>
    public NumberSummary? Age { get; init; }

    /// <summary>How many were female.</summary>
    public ReportedNumber? Female { get; init; }

    /// <summary>The follow-up in months.</summary>
    public NumberSummary? FollowUpMonths { get; init; }

    internal static readonly Shape<Population> Shape = new("Population", "Who was studied.", () => new(), keys => keys
        .Optional("condition", "The condition.", Codecs.Text, p => p.Condition, (p, v) => p with { Condition = v })
        .Optional("enrolled", "How many were enrolled.", Codecs.Count, p => p.Enrolled, (p, v) => p with { Enrolled = v })
        .Optional("analysed", "How many were analysed.", Codecs.Count, p => p.Analysed, (p, v) => p with { Analysed = v })
        .Optional("eligibility", "Who could take part.", Codecs.Text, p => p.Eligibility, (p, v) => p with { Eligibility = v })
        .Optional("age", "The age in years.", NumberSummary.Shape, p => p.Age, (p, v) => p with { Age = v })
        .Optional("female", "How many were female.", Codecs.Count, p => p.Female, (p, v) => p with { Female = v })
        .Optional("follow_up_months", "The follow-up in months.", NumberSummary.Shape,
            p => p.FollowUpMonths, (p, v) => p with { FollowUpMonths = v }));
}

/// <summary>A published summary of one measured quantity, in any of the usual forms.</summary>
public sealed record NumberSummary : FileRecord
{
    /// <summary>The mean.</summary>
    public ReportedNumber? Mean { get; init; }

    /// <summary>The standard deviation.</summary>
    public ReportedNumber? Sd { get; init; }

    /// <summary>The median.</summary>
    public ReportedNumber? Median { get; init; }

    /// <summary>The quartiles.</summary>
    public ReportedRange? Iqr { get; init; }

    /// <summary>Minimum and maximum.</summary>
    public ReportedRange? Range { get; init; }

    internal static readonly Shape<NumberSummary> Shape = new("NumberSummary", "A summary of one measured quantity.", () => new(), keys => keys
        .Optional("mean", "The mean.", Codecs.Real, s => s.Mean, (s, v) => s with { Mean = v })
        .Optional("sd", "The standard deviation.", Codecs.NotNegative, s => s.Sd, (s, v) => s with { Sd = v })
        .Optional("median", "The median.", Codecs.Real, s => s.Median, (s, v) => s with { Median = v })
        .Optional("iqr", "The first and third quartile.", ReportedRange.Shape, s => s.Iqr, (s, v) => s with { Iqr = v })
        .Optional("range", "Minimum and maximum.", ReportedRange.Shape, s => s.Range, (s, v) => s with { Range = v }));
}
