using System.Diagnostics.CodeAnalysis;

namespace MetaSpine;

/// <summary>A study as it was published: who was studied, what was measured, and every number with its text and its source.</summary>
public sealed record Study : FileRecord
{
    /// <summary>The study's name in a review: oda2006.</summary>
    public required string Id { get; init; }

    /// <summary>The name that readers see; absent, it is made from the citation: see <see cref="DisplayName"/>.</summary>
    public string? Label { get; init; }

    /// <summary>The main report.</summary>
    public Citation Citation { get; init; } = new();

    /// <summary>Other reports of the same study.</summary>
    public ValueList<Citation> Reports { get; init; } = [];

    /// <summary>Retraction and errata.</summary>
    public PublicationStatus? Status { get; init; }

    /// <summary>How the study was made.</summary>
    public StudyDesign? Design { get; init; }

    /// <summary>Who was studied.</summary>
    public Population? Population { get; init; }

    /// <summary>The named denominators.</summary>
    public ValueList<PatientGroup> Groups { get; init; } = [];

    /// <summary>Wholes and the parts that the report divides them into.</summary>
    public ValueList<Partition> Partitions { get; init; } = [];

    /// <summary>The treatment groups: none or one in a case series.</summary>
    public ValueList<StudyArm> Arms { get; init; } = [];

    /// <summary>The times of measurement.</summary>
    public ValueList<Timepoint> Timepoints { get; init; } = [];

    /// <summary>What was measured.</summary>
    public ValueList<Outcome> Outcomes { get; init; } = [];

    /// <summary>Tests with their statistics and p-values, for the integrity checks.</summary>
    public ValueList<ReportedTest> Tests { get; init; } = [];

    /// <summary>The p-value of each variable of the baseline table, for the integrity checks of a randomised trial.</summary>
    public ValueList<Part> BaselineP { get; init; } = [];

    /// <summary>How far raters of the study agree.</summary>
    public ValueList<RaterAgreement> RaterAgreements { get; init; } = [];

    /// <summary>Judgements of the risk of bias.</summary>
    public ValueList<RiskOfBias> RiskOfBias { get; init; } = [];

    /// <summary>Properties that may explain differences between studies.</summary>
    public ValueList<Moderator> Moderators { get; init; } = [];

    /// <summary>Who extracted the numbers.</summary>
    public ValueList<Extraction> Extractions { get; init; } = [];

    /// <summary>How two extractions were brought together.</summary>
    public Reconciliation? Reconciliation { get; init; }

    /// <summary>What reviewers say about the integrity checks.</summary>
    public IntegritySettings? Integrity { get; init; }

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    /// <summary>The name for tables and plots: the label, else author and year, else journal and year, else the id.</summary>
    public string DisplayName => Label ?? StudyName.From(Citation) ?? Id;

    /// <summary>The outcome of that id; <see langword="null"/> where the study has none.</summary>
    public Outcome? FindOutcome(string id) => Find(Outcomes, id, o => o.Id);

    /// <summary>The group of that id; <see langword="null"/> where there is none.</summary>
    public PatientGroup? FindGroup(string? id) => Find(Groups, id, g => g.Id);

    /// <summary>The arm of that id; <see langword="null"/> where there is none.</summary>
    public StudyArm? FindArm(string? id) => Find(Arms, id, a => a.Id);

    /// <summary>The timepoint of that id; <see langword="null"/> where there is none.</summary>
    public Timepoint? FindTimepoint(string? id) => Find(Timepoints, id, t => t.Id);

    /// <summary>The moderator of that name; <see langword="null"/> where there is none.</summary>
    public Moderator? FindModerator(string? name) => Find(Moderators, name, m => m.Name);

    /// <summary>Reads a study file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyFileException">The file cannot be used; all its faults are listed.</exception>
    public static Study Load(string path) => TryLoad(path, out var study, out var faults) ? study : throw new StudyFileException(faults);

    /// <summary>Reads a study file, without an exception where it has faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="study">The study.</param>
    /// <param name="faults">The faults, in the order of the file; empty for a good file.</param>
    public static bool TryLoad(string path, [NotNullWhen(true)] out Study? study, out IReadOnlyList<FileFault> faults) =>
        StudyFile.TryStudy(null, path, out study, out faults);

    /// <summary>Reads a study from YAML text.</summary>
    /// <param name="text">The text of a study file.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <exception cref="StudyFileException">The text cannot be used; all its faults are listed.</exception>
    public static Study Parse(string text, string name = "study.yaml") =>
        TryParse(text, name, out var study, out var faults) ? study : throw new StudyFileException(faults);

    /// <summary>Reads a study from YAML text, without an exception where it has faults.</summary>
    /// <param name="text">The text of a study file.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="study">The study.</param>
    /// <param name="faults">The faults, in the order of the text; empty for a good one.</param>
    public static bool TryParse(string text, string name, [NotNullWhen(true)] out Study? study, out IReadOnlyList<FileFault> faults) =>
        StudyFile.TryStudy(text ?? throw new ArgumentNullException(nameof(text)), name, out study, out faults);

    /// <summary>The study as the text of a study file, with every number as it was reported.</summary>
    public string ToYaml() => StudyFile.Print(StudyFile.StudyKind, Shape.Write(this));

    private static T? Find<T>(ValueList<T> items, string? id, Func<T, string> name) where T : class
    {
        foreach (var item in items)
            if (name(item) == id)
                return item;
        return null;
    }

    private static readonly Citation NoCitation = new();

    internal static readonly Shape<Study> Shape = new("Study", "A study as it was published.", () => new() { Id = "" }, keys => keys
        .Required("id", "The study's name in a review.", Codecs.Id, s => s.Id, (s, v) => s with { Id = v })
        .Optional("label", "The name that readers see; otherwise author and year.", Codecs.Text,
            s => s.Label, (s, v) => s with { Label = v })
        .Optional("citation", "The main report.", Citation.Shape,
            s => s.Citation == NoCitation ? null : s.Citation, (s, v) => s with { Citation = v })
        .List("reports", "Other reports of the same study.", Citation.Shape, s => s.Reports, (s, v) => s with { Reports = v })
        .Optional("status", "Retraction and errata.", PublicationStatus.Shape, s => s.Status, (s, v) => s with { Status = v })
        .Optional("design", "How the study was made.", StudyDesign.Shape, s => s.Design, (s, v) => s with { Design = v })
        .Optional("population", "Who was studied.", Population.Shape, s => s.Population, (s, v) => s with { Population = v })
        .Many("groups", "The named denominators.", PatientGroup.Map, s => s.Groups, (s, v) => s with { Groups = v })
        .List("partitions", "Wholes and the parts that the report divides them into.", Partition.Shape,
            s => s.Partitions, (s, v) => s with { Partitions = v })
        .Many("arms", "The treatment groups.", StudyArm.Map, s => s.Arms, (s, v) => s with { Arms = v })
        .Many("timepoints", "The times of measurement.", Timepoint.Map, s => s.Timepoints, (s, v) => s with { Timepoints = v })
        .List("outcomes", "What was measured.", Outcome.Shape, s => s.Outcomes, (s, v) => s with { Outcomes = v })
        .List("tests", "Tests with their statistics and p-values.", ReportedTest.Shape, s => s.Tests, (s, v) => s with { Tests = v })
        .Many("baseline_p", "The p-value of each variable of the baseline table.", Part.PValues,
            s => s.BaselineP, (s, v) => s with { BaselineP = v })
        .List("rater_agreement", "How far two raters agree.", RaterAgreement.Shape,
            s => s.RaterAgreements, (s, v) => s with { RaterAgreements = v })
        .List("risk_of_bias", "Judgements of the risk of bias.", MetaSpine.RiskOfBias.Shape,
            s => s.RiskOfBias, (s, v) => s with { RiskOfBias = v })
        .Many("moderators", "Properties that may explain differences between studies.", Moderator.Map,
            s => s.Moderators, (s, v) => s with { Moderators = v })
        .List("extraction", "Who extracted the numbers.", Extraction.Shape, s => s.Extractions, (s, v) => s with { Extractions = v })
        .Optional("reconciled", "How two extractions were brought together.", Reconciliation.Shape,
            s => s.Reconciliation, (s, v) => s with { Reconciliation = v })
        .Optional("integrity", "What reviewers say about the integrity checks.", IntegritySettings.Shape,
            s => s.Integrity, (s, v) => s with { Integrity = v })
        .Optional("notes", "Remarks.", Codecs.Text, s => s.Notes, (s, v) => s with { Notes = v }));
}
