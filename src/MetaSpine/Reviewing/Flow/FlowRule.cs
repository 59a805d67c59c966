namespace MetaSpine;

/// <summary>Something that must hold between the counts of a flow diagram.</summary>
/// <param name="Code">Its number: P1 to P15.</param>
/// <param name="Name">Its name.</param>
/// <param name="Statement">What must hold.</param>
public sealed record FlowRule(string Code, string Name, string Statement)
{
    internal static readonly FlowRule
        Databases = new("P1", "databases", "the records of each database add up to those of all databases"),
        Registers = new("P2", "registers", "the records of each register add up to those of all registers"),
        Screened = new("P3", "screened", "records found less records removed before screening are records screened"),
        Sought = new("P4", "sought", "records screened less records excluded are reports sought"),
        Assessed = new("P5", "assessed", "reports sought less reports not retrieved are reports assessed"),
        Left = new("P6", "left", "no more reports are excluded than were assessed"),
        OtherSought = new("P7", "other-sought", "no more reports from other methods are sought than records were found"),
        OtherAssessed = new("P8", "other-assessed", "reports from other methods sought less those not retrieved are reports assessed"),
        OtherLeft = new("P9", "other-left", "no more reports from other methods are excluded than were assessed"),
        NewReports = new("P10", "new-reports", "reports assessed less reports excluded, from both ways, are the reports of new studies"),
        StudyReports = new("P11", "study-reports", "every new study has at least one report"),
        TotalStudies = new("P12", "total-studies", "previous and new studies add up to all studies"),
        TotalReports = new("P13", "total-reports", "previous and new reports add up to all reports"),
        MetaAnalysis = new("P14", "meta-analysis", "the meta-analysis holds no more studies and reports than the review"),
        Counts = new("P15", "counts", "every count is a whole number that is not negative");

    /// <summary>All rules, in order.</summary>
    public static IReadOnlyList<FlowRule> All { get; } =
    [
        Databases, Registers, Screened, Sought, Assessed, Left, OtherSought, OtherAssessed, OtherLeft, NewReports, StudyReports, TotalStudies, TotalReports, MetaAnalysis, Counts,
    ];
}

/// <summary>What became of a rule.</summary>
public enum FlowVerdict
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>A count that it needs is not given.</summary>
    NotChecked,

    /// <summary>Something to know: a count that seems to have been left out or put into another box.</summary>
    Note,

    /// <summary>It may be right, and should be looked at.</summary>
    Warning,

    /// <summary>The counts contradict each other.</summary>
    Error,
}

/// <summary>A rule and what became of it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Sentence">That in a sentence.</param>
public sealed record FlowFinding(FlowRule Rule, FlowVerdict Verdict, string Sentence)
{
    /// <summary>What the other counts give: the count itself, or the most it can be where the rule says "no more than".</summary>
    public long? Expected { get; init; }

    /// <summary>The count that is given.</summary>
    public long? Found { get; init; }

    /// <summary>The count that is given less what is expected.</summary>
    public long? Difference => Found - Expected;

    /// <summary>Where the count stands in its file.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>Returns one line: <c>file:line:column: error P4 sought: sentence</c>.</summary>
    public override string ToString() => $"{(Position.File is null ? "" : $"{Position}: ")}{Verdict.ToString().ToLowerInvariant()} {Rule.Code} {Rule.Name}: {Sentence}";
}
