namespace MetaSpine;

/// <summary>A confidence interval as published.</summary>
public sealed record ReportedInterval : FileRecord
{
    /// <summary>The level as a proportion. Absent means 0.95, which is what nearly every report prints.</summary>
    public ReportedNumber? Level { get; init; }

    /// <summary>The lower limit, on the scale of the estimate.</summary>
    public ReportedNumber? Low { get; init; }

    /// <summary>The upper limit.</summary>
    public ReportedNumber? High { get; init; }

    internal static readonly Shape<ReportedInterval> Shape = new("ReportedInterval", "A confidence interval as published.",
            () => new(), keys => keys
        .Optional("level", "The level as a proportion; 0.95 where it is not given.", Codecs.Level,
            i => i.Level, (i, v) => i with { Level = v })
        .Optional("low", "The lower limit.", Codecs.Real, i => i.Low, (i, v) => i with { Low = v })
        .Optional("high", "The upper limit.", Codecs.Real, i => i.High, (i, v) => i with { High = v }));
}

/// <summary>Two published numbers that bound a spread: the quartiles, or minimum and maximum.</summary>
public sealed record ReportedRange : FileRecord
{
    /// <summary>The lower number: the first quartile or the minimum.</summary>
    public ReportedNumber? Low { get; init; }

    /// <summary>The upper number: the third quartile or the maximum.</summary>
    public ReportedNumber? High { get; init; }

    internal static readonly Shape<ReportedRange> Shape = new("ReportedRange", "The two ends of a published spread.", () => new(), keys => keys
        .Optional("low", "The first quartile or the minimum.", Codecs.Real, r => r.Low, (r, v) => r with { Low = v })
        .Optional("high", "The third quartile or the maximum.", Codecs.Real, r => r.High, (r, v) => r with { High = v }));
}
