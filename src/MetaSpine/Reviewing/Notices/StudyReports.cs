namespace MetaSpine;

/// <summary>The reports of a study while references are held against them.</summary>
internal sealed class StudyReports
{
    public StudyReports(Study study)
    {
        Study = study;
        Reports =
        [
            new(study.Citation, "citation"),
            .. study.Reports.Select((citation, i) => new StudyReport(citation, FormattableString.Invariant($"reports[{i}]"))),
        ];
    }

    public Study Study { get; }

    public IReadOnlyList<StudyReport> Reports { get; }

    public bool IsFound => Reports.Any(report => report.IsFound);

    public bool HasNumber => Reports.Any(report => NoticeCheck.Numbers(report.Citation.Pmid, report.Citation.Pmcid, report.Citation.Doi).Any());

    /// <summary>
    /// What the study file says, and what references say. A retraction that both know is one finding, from the reference, which knows where it stands.
    /// </summary>
    public IEnumerable<NoticeFinding> Findings()
    {
        var told = Reports.SelectMany((report, i) => report.Notices.Select(item => Finding(report, item.Notice, item.Reference, isMain: i == 0))).ToList();
        var isRetracted = told.Exists(finding => finding is { Path: "citation", Notice.Kind: <= NoticeKind.RetractedAndRepublished });
        return [.. NoticeCheck.Recorded(Study).Where(finding => !(isRetracted && finding.Notice.Kind == NoticeKind.Retraction)), .. told];
    }

    private NoticeFinding Finding(StudyReport report, PublicationNotice notice, Reference reference, bool isMain)
    {
        var name = isMain ? Study.DisplayName : $"a further report of {Study.DisplayName} ({StudyName.From(report.Citation) ?? report.Path})";
        var denied = isMain && notice.Kind == NoticeKind.Retraction && Study.Status?.Retracted == false ? "; its study file says that it was not" : "";
        return new()
        {
            StudyId = Study.Id, Notice = notice, Path = report.Path, Position = report.Position, Reference = reference,
            Sentence = $"{NoticeSentence.Of(name, notice)}, says {reference.Position}{denied}; {NoticeSentence.Advice(notice.Kind)}",
        };
    }
}

/// <summary>One report of a study, and the notices about it.</summary>
internal sealed class StudyReport(Citation citation, string path)
{
    private readonly List<(PublicationNotice Notice, Reference Reference)> _notices = [];

    public Citation Citation => citation;

    public string Path => path;

    public bool IsFound { get; private set; }

    /// <summary>Where the number stands by which a reference is known.</summary>
    public SourcePosition Position => citation.PositionOf(citation.Pmid is not null ? "pmid" : citation.Doi is not null ? "doi" : "pmcid");

    /// <summary>The notices, retractions first, each once.</summary>
    public IEnumerable<(PublicationNotice Notice, Reference Reference)> Notices => _notices.OrderBy(item => item.Notice.Kind);

    /// <summary>Takes what a reference of this report says; of two that tell the same, the one that says more.</summary>
    public void Take(Reference reference)
    {
        IsFound = true;
        foreach (var notice in reference.Notices)
        {
            var same = _notices.FindIndex(item => IsSame(item.Notice, notice));
            if (same < 0)
            {
                _notices.Add((notice, reference));
            }
            else if (Details(notice) > Details(_notices[same].Notice))
            {
                _notices[same] = (notice, reference);
            }
        }
    }

    /// <summary>A report is retracted once; of other notices there may be several, which their numbers or places tell apart.</summary>
    private static bool IsSame(PublicationNotice one, PublicationNotice other) => one.Kind == other.Kind
        && (one.Kind <= NoticeKind.RetractedAndRepublished || Details(one) == 0 || Details(other) == 0
            || (one.Pmid is not null && other.Pmid is not null ? one.Pmid == other.Pmid
                : one.Doi is not null && other.Doi is not null ? one.Doi.Equals(other.Doi, StringComparison.OrdinalIgnoreCase)
                : string.Equals(one.Where, other.Where, StringComparison.OrdinalIgnoreCase)));

    private static int Details(PublicationNotice notice) => (notice.Where is null ? 0 : 1) + (notice.Pmid is null ? 0 : 1) + (notice.Doi is null ? 0 : 1);
}
