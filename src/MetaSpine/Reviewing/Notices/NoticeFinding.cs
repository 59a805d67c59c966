namespace MetaSpine;

/// <summary>A report of a study was retracted, corrected or questioned after it was published.</summary>
public sealed record NoticeFinding
{
    /// <summary>The study.</summary>
    public required string StudyId { get; init; }

    /// <summary>What was published, with its place and numbers where they are known.</summary>
    public required PublicationNotice Notice { get; init; }

    /// <summary>The place in the model: <c>citation</c>, <c>reports[0]</c>, or <c>status.retracted</c> where the study file itself says so.</summary>
    public required string Path { get; init; }

    /// <summary>The place in the study file.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>The reference that says so; <see langword="null"/> where the study file itself does.</summary>
    public Reference? Reference { get; init; }

    /// <summary>The finding in a sentence, with what to do.</summary>
    public required string Sentence { get; init; }

    /// <summary>The name of the kind in reports: <c>retraction</c>, <c>republication</c>, <c>concern</c>, <c>erratum</c>.</summary>
    public string Rule => Notice.Kind switch
    {
        NoticeKind.Retraction => "retraction",
        NoticeKind.RetractedAndRepublished => "republication",
        NoticeKind.ExpressionOfConcern => "concern",
        _ => "erratum",
    };

    /// <summary>Returns one line: <c>file:line:column: warning retraction: sentence</c>.</summary>
    public override string ToString() => $"{Position}: warning {Rule}: {Sentence}";
}
