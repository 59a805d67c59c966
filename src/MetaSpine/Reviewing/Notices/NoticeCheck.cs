namespace MetaSpine;

/// <summary>Holds studies against references: was a report of a study retracted, corrected or questioned after it was published?</summary>
/// <remarks>
/// Reviews go on counting retracted trials for years: the notice reaches the database, and the review never asks it again. Export the
/// references of the included studies anew and check them before the review is published.
/// </remarks>
public static class NoticeCheck
{
    /// <summary>What the study files themselves say under <c>status</c>.</summary>
    /// <param name="studies">The studies.</param>
    public static IReadOnlyList<NoticeFinding> Run(IEnumerable<Study> studies)
    {
        ArgumentNullException.ThrowIfNull(studies);
        return [.. studies.SelectMany(Recorded)];
    }

    /// <summary>What the study files say, and what references say of the reports with the same PubMed number, PubMed Central number or DOI.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="references">The references, which are gone through once.</param>
    public static NoticeReport Run(IEnumerable<Study> studies, IEnumerable<Reference> references)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentNullException.ThrowIfNull(references);
        var checkedStudies = studies.Select(study => new StudyReports(study)).ToList();
        var byNumber = new Dictionary<string, List<StudyReport>>(StringComparer.OrdinalIgnoreCase);
        foreach (var report in checkedStudies.SelectMany(study => study.Reports))
        {
            foreach (var number in Numbers(report.Citation.Pmid, report.Citation.Pmcid, report.Citation.Doi))
            {
                (byNumber.TryGetValue(number, out var same) ? same : byNumber[number] = []).Add(report);
            }
        }

        foreach (var reference in references)
        {
            foreach (var report in Numbers(reference.Pmid, reference.Pmcid, reference.Doi)
                .SelectMany(number => byNumber.TryGetValue(number, out var reports) ? reports : []).Distinct())
            {
                report.Take(reference);
            }
        }

        var findings = checkedStudies.SelectMany(study => study.Findings()).ToValueList();
        return new(
            findings,
            [.. checkedStudies.Where(study => study.IsFound).Select(study => study.Study.Id)],
            [.. checkedStudies.Where(study => !study.IsFound && study.HasNumber).Select(study => study.Study.Id)],
            [.. checkedStudies.Where(study => !study.HasNumber).Select(study => study.Study.Id)]);
    }

    /// <summary>The numbers of a report, each marked with its kind. Of a DOI capitals do not matter.</summary>
    internal static IEnumerable<string> Numbers(string? pmid, string? pmcid, string? doi)
    {
        if (pmid is not null)
        {
            yield return "pmid " + pmid;
        }

        if (pmcid is not null)
        {
            yield return "pmcid " + pmcid;
        }

        if (doi is not null)
        {
            yield return "doi " + doi;
        }
    }

    /// <summary>What a study file says of its own report.</summary>
    internal static IEnumerable<NoticeFinding> Recorded(Study study)
    {
        if (study.Status is not { } status)
        {
            yield break;
        }

        if (status.Retracted == true)
        {
            var notice = new PublicationNotice(NoticeKind.Retraction);
            yield return new()
            {
                StudyId = study.Id, Notice = notice, Path = "status.retracted", Position = status.PositionOf("retracted"),
                Sentence = $"{NoticeSentence.Of(study.DisplayName, notice)}, as its study file says; {NoticeSentence.Advice(notice.Kind)}",
            };
        }

        if (status.Erratum is { } erratum)
        {
            var notice = new PublicationNotice(NoticeKind.Erratum) { Where = erratum };
            yield return new()
            {
                StudyId = study.Id, Notice = notice, Path = "status.erratum", Position = status.PositionOf("erratum"),
                Sentence = $"the study file of {study.DisplayName} names an erratum or an expression of concern: {erratum}; {NoticeSentence.Advice(notice.Kind)}",
            };
        }
    }
}
