namespace MetaSpine;

/// <summary>How far two raters of a study agree, as published.</summary>
public sealed record RaterAgreement : FileRecord
{
    /// <summary>What was rated, in a few words.</summary>
    public string? About { get; init; }

    /// <summary>Cohen's kappa.</summary>
    public ReportedNumber? Kappa { get; init; }

    /// <summary>The observed agreement in percent.</summary>
    public ReportedNumber? ObservedPercent { get; init; }

    /// <summary>The agreement that chance would give, in percent.</summary>
    public ReportedNumber? ExpectedPercent { get; init; }

    /// <summary>How many both raters call positive.</summary>
    public ReportedNumber? Both { get; init; }

    /// <summary>How many only the first calls positive.</summary>
    public ReportedNumber? OnlyFirst { get; init; }

    /// <summary>How many only the second calls positive.</summary>
    public ReportedNumber? OnlySecond { get; init; }

    /// <summary>How many neither calls positive.</summary>
    public ReportedNumber? Neither { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public Source? Source { get; init; }

    internal static readonly Shape<RaterAgreement> Shape = new("RaterAgreement", "How far two raters agree.", () => new(), keys => keys
        .Optional("about", "What was rated.", Codecs.Text, a => a.About, (a, v) => a with { About = v })
        .Optional("kappa", "Cohen's kappa.", Codecs.Correlation, a => a.Kappa, (a, v) => a with { Kappa = v })
        .Optional("observed_percent", "The observed agreement in percent.", Codecs.Percent, a => a.ObservedPercent, (a, v) => a with { ObservedPercent = v })
        .Optional("expected_percent", "The agreement that chance would give, in percent.", Codecs.Percent,
            a => a.ExpectedPercent, (a, v) => a with { ExpectedPercent = v })
        .Optional("both", "How many both raters call positive.", Codecs.Count, a => a.Both, (a, v) => a with { Both = v })
        .Optional("only_first", "How many only the first calls positive.", Codecs.Count, a => a.OnlyFirst, (a, v) => a with { OnlyFirst = v })
        .Optional("only_second", "How many only the second calls positive.", Codecs.Count, a => a.OnlySecond, (a, v) => a with { OnlySecond = v })
        .Optional("neither", "How many neither calls positive.", Codecs.Count, a => a.Neither, (a, v) => a with { Neither = v })
        .Optional("source", "Where the numbers come from.", Source.Shape, a => a.Source, (a, v) => a with { Source = v }));
}
