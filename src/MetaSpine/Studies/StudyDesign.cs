namespace MetaSpine;

/// <summary>The kind of a study.</summary>
public enum StudyType
{
    /// <summary>One or a few patients described.</summary>
    CaseReport,
    /// <summary>Patients treated alike, without a comparison group.</summary>
    CaseSeries,
    /// <summary>People followed over time, by exposure or treatment.</summary>
    Cohort,
    /// <summary>People with and without an outcome, compared for exposure.</summary>
    CaseControl,
    /// <summary>Exposure and outcome measured at one time.</summary>
    CrossSectional,
    /// <summary>The same people before and after a treatment.</summary>
    BeforeAfter,
    /// <summary>A trial whose allocation was not random.</summary>
    NonRandomisedTrial,
    /// <summary>A trial with random allocation.</summary>
    RandomisedTrial,
    /// <summary>A study of a test's accuracy.</summary>
    DiagnosticAccuracy,
    /// <summary>Anything else; say what in the notes.</summary>
    Other,
}

/// <summary>Whether data were planned before or collected after the event.</summary>
public enum StudyTiming
{
    /// <summary>Planned before the patients were treated.</summary>
    Prospective,
    /// <summary>Collected from records afterwards.</summary>
    Retrospective,
    /// <summary>Partly each.</summary>
    Ambispective,
}

/// <summary>How a study was made.</summary>
public sealed record StudyDesign : FileRecord
{
    /// <summary>The kind of study.</summary>
    public StudyType? Type { get; init; }

    /// <summary>Whether groups are compared.</summary>
    public bool? Comparative { get; init; }

    /// <summary>Prospective or retrospective.</summary>
    public StudyTiming? Timing { get; init; }

    /// <summary>Whether patients were included one after another, without selection.</summary>
    public bool? Consecutive { get; init; }

    /// <summary>How patients were allocated, in the report's words: random, alternate, by surgeon.</summary>
    public string? Allocation { get; init; }

    /// <summary>How many centres took part.</summary>
    public ReportedNumber? Centres { get; init; }

    /// <summary>The institution or institutions.</summary>
    public string? Institution { get; init; }

    /// <summary>The country, as a code or a name.</summary>
    public string? Country { get; init; }

    /// <summary>When enrolment began: a year, month or day.</summary>
    public string? EnrolledFrom { get; init; }

    /// <summary>When enrolment ended.</summary>
    public string? EnrolledTo { get; init; }

    /// <summary>Who paid.</summary>
    public string? Funding { get; init; }

    internal static readonly Choices<StudyType> Types = new("a study type",
        ("case_report", StudyType.CaseReport), ("case_series", StudyType.CaseSeries), ("cohort", StudyType.Cohort),
        ("case_control", StudyType.CaseControl), ("cross_sectional", StudyType.CrossSectional), ("before_after", StudyType.BeforeAfter),
        ("non_randomised_trial", StudyType.NonRandomisedTrial), ("randomised_trial", StudyType.RandomisedTrial),
        ("diagnostic_accuracy", StudyType.DiagnosticAccuracy), ("other", StudyType.Other));

    internal static readonly Choices<StudyTiming> Timings = new("a timing",
        ("prospective", StudyTiming.Prospective), ("retrospective", StudyTiming.Retrospective), ("ambispective", StudyTiming.Ambispective));

    internal static readonly Shape<StudyDesign> Shape = new("StudyDesign", "How the study was made.", () => new(), keys => keys
        .Value("type", "The kind of study.", Types, d => d.Type, (d, v) => d with { Type = v })
        .Value("comparative", "Whether groups are compared.", Codecs.Flag, d => d.Comparative, (d, v) => d with { Comparative = v })
        .Value("timing", "Prospective or retrospective.", Timings, d => d.Timing, (d, v) => d with { Timing = v })
        .Value("consecutive", "Whether patients were included without selection.", Codecs.Flag,
            d => d.Consecutive, (d, v) => d with { Consecutive = v })
        .Optional("allocation", "How patients were allocated.", Codecs.Text, d => d.Allocation, (d, v) => d with { Allocation = v })
        .Optional("centres", "How many centres took part.", Codecs.Count, d => d.Centres, (d, v) => d with { Centres = v })
        .Optional("institution", "The institution or institutions.", Codecs.Text, d => d.Institution, (d, v) => d with { Institution = v })
        .Optional("country", "The country, as a code or a name.", Codecs.Text, d => d.Country, (d, v) => d with { Country = v })
        .Optional("enrolled_from", "When enrolment began.", Codecs.Date, d => d.EnrolledFrom, (d, v) => d with { EnrolledFrom = v })
        .Optional("enrolled_to", "When enrolment ended.", Codecs.Date, d => d.EnrolledTo, (d, v) => d with { EnrolledTo = v })
        .Optional("funding", "Who paid.", Codecs.Text, d => d.Funding, (d, v) => d with { Funding = v }));
}
