namespace MetaSpine;

/// <summary>A test as published: its statistic, its degrees of freedom and its p-value.</summary>
public sealed record ReportedTest : FileRecord
{
    /// <summary>What was tested, in a few words.</summary>
    public string? About { get; init; }

    /// <summary>Which statistic.</summary>
    public required TestStatistic Statistic { get; init; }

    /// <summary>The statistic as printed, or a bound such as <c>&lt;1</c>.</summary>
    public required ReportedNumber Value { get; init; }

    /// <summary>The degrees of freedom: of t, chi-squared, Q and r (pairs minus 2), or the first of F. A z has none.</summary>
    public ReportedNumber? Df { get; init; }

    /// <summary>The second degrees of freedom of F.</summary>
    public ReportedNumber? Df2 { get; init; }

    /// <summary>The p-value, or a bound such as <c>&lt;0.001</c>.</summary>
    public required ReportedNumber P { get; init; }

    /// <summary>Whether the report says that it tests on one side. Absent: no.</summary>
    public bool? OneSided { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public Source? Source { get; init; }

    internal static readonly Shape<ReportedTest> Shape = new("ReportedTest", "A test as published.",
            () => new() { Statistic = default, Value = new(NumberText.NotReported), P = new(NumberText.NotReported) }, keys => keys
        .Optional("about", "What was tested.", Codecs.Text, t => t.About, (t, v) => t with { About = v })
        .Add(new ValueField<ReportedTest, TestStatistic>("statistic", "Which statistic: t, F, chi2, z, r or Q.", StatisticCheck.Codec,
            t => t.Statistic, (t, v) => t with { Statistic = v }) { Required = true })
        .Required("value", "The statistic as printed.", Codecs.Statistic, t => t.Value, (t, v) => t with { Value = v })
        .Optional("df", "The degrees of freedom; the first of F.", Codecs.DegreesOfFreedom, t => t.Df, (t, v) => t with { Df = v })
        .Optional("df2", "The second degrees of freedom of F.", Codecs.DegreesOfFreedom, t => t.Df2, (t, v) => t with { Df2 = v })
        .Required("p", "The p-value.", Codecs.PValue, t => t.P, (t, v) => t with { P = v })
        .Value("one_sided", "Whether the report says that it tests on one side.", Codecs.Flag, t => t.OneSided, (t, v) => t with { OneSided = v })
        .Optional("source", "Where the numbers come from.", Source.Shape, t => t.Source, (t, v) => t with { Source = v }));
}
