using System.Diagnostics.CodeAnalysis;

namespace MetaSpine;

/// <summary>A systematic review: its question, its studies and the analyses of them.</summary>
public sealed record Review : FileRecord
{
    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>The question.</summary>
    public ReviewQuestion? Question { get; init; }

    /// <summary>Where the plan is published.</summary>
    public ReviewProtocol? Protocol { get; init; }

    /// <summary>The searches for studies.</summary>
    public ValueList<LiteratureSearch> Searches { get; init; } = [];

    /// <summary>What each reviewer decided about each record.</summary>
    public ValueList<ScreeningDecision> Screening { get; init; } = [];

    /// <summary>The counts of the PRISMA 2020 flow diagram.</summary>
    public PrismaCounts? Flow { get; init; }

    /// <summary>The study files, by name or pattern (<c>studies/*.yaml</c>), relative to the review file.</summary>
    public ValueList<string> StudyFiles { get; init; } = [];

    /// <summary>All studies: those of the review file itself and those of its study files.</summary>
    public ValueList<Study> Studies { get; init; } = [];

    /// <summary>The outcomes that the review looks at.</summary>
    public ValueList<ReviewOutcome> Outcomes { get; init; } = [];

    /// <summary>The analyses.</summary>
    public ValueList<Analysis> Analyses { get; init; } = [];

    /// <summary>The certainty of results, by GRADE.</summary>
    public ValueList<Grade> Grades { get; init; } = [];

    /// <summary>Remarks.</summary>
    public string? Notes { get; init; }

    /// <summary>The analysis of that id; <see langword="null"/> where there is none.</summary>
    public Analysis? FindAnalysis(string id) => Analyses.FirstOrDefault(a => a.Id == id);

    /// <summary>The study of that id; <see langword="null"/> where there is none.</summary>
    public Study? FindStudy(string id) => Studies.FirstOrDefault(s => s.Id == id);

    /// <summary>Reads a review file and the study files that it names.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyFileException">A file cannot be used; the faults of all files are listed.</exception>
    public static Review Load(string path) => TryLoad(path, out var review, out var faults) ? review : throw new StudyFileException(faults);

    /// <summary>Reads a review file and the study files that it names, without an exception where they have faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="review">The review.</param>
    /// <param name="faults">The faults of all files; empty where there are none.</param>
    public static bool TryLoad(string path, [NotNullWhen(true)] out Review? review, out IReadOnlyList<FileFault> faults) =>
        StudyFile.TryReview(StudyFile.TryLoad(path, out var file, out faults), file, ref faults, out review);

    /// <summary>Reads a review from YAML text.</summary>
    /// <param name="text">The text of a review file.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="folder">The folder that study files are relative to; without it the review may name none.</param>
    /// <exception cref="StudyFileException">The text cannot be used; all faults are listed.</exception>
    public static Review Parse(string text, string name = "review.yaml", string? folder = null) =>
        TryParse(text, name, folder, out var review, out var faults) ? review : throw new StudyFileException(faults);

    /// <summary>Reads a review from YAML text, without an exception where it has faults.</summary>
    /// <param name="text">The text of a review file.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <param name="folder">The folder that study files are relative to; without it the review may name none.</param>
    /// <param name="review">The review.</param>
    /// <param name="faults">The faults; empty where there are none.</param>
    public static bool TryParse(
        string text, string name, string? folder, [NotNullWhen(true)] out Review? review, out IReadOnlyList<FileFault> faults) =>
        StudyFile.TryReview(StudyFile.TryParse(text, name, folder, out var file, out faults), file, ref faults, out review);

    /// <summary>The review as the text of a review file. Studies that were read from files of their own stay there.</summary>
    public string ToYaml() => StudyFile.Print(StudyFile.ReviewKind, Shape.Write(this));

    internal static readonly Shape<Review> Shape = new("Review", "A systematic review.", () => new(), keys => keys
        .Optional("title", "The title.", Codecs.Text, r => r.Title, (r, v) => r with { Title = v })
        .Optional("question", "The question.", ReviewQuestion.Shape, r => r.Question, (r, v) => r with { Question = v })
        .Optional("protocol", "Where the plan is published.", ReviewProtocol.Shape, r => r.Protocol, (r, v) => r with { Protocol = v })
        .List("searches", "The searches for studies.", LiteratureSearch.Shape, r => r.Searches, (r, v) => r with { Searches = v })
        .List("screening", "What each reviewer decided about each record.", ScreeningDecision.Shape, r => r.Screening, (r, v) => r with { Screening = v })
        .Optional("flow", "The counts of the PRISMA 2020 flow diagram.", PrismaCounts.Shape, r => r.Flow, (r, v) => r with { Flow = v })
        .List("outcomes", "The outcomes that the review looks at.", ReviewOutcome.Shape, r => r.Outcomes, (r, v) => r with { Outcomes = v })
        .List("analyses", "The analyses.", Analysis.Shape, r => r.Analyses, (r, v) => r with { Analyses = v })
        .List("grade", "The certainty of results, by GRADE.", Grade.Shape, r => r.Grades, (r, v) => r with { Grades = v })
        .Optional("notes", "Remarks.", Codecs.Text, r => r.Notes, (r, v) => r with { Notes = v })
        .Add(new StudiesField()));
}
