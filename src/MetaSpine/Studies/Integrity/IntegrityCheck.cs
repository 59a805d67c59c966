namespace MetaSpine;

/// <summary>Checks whether the published numbers of a study agree with each other.</summary>
/// <remarks>
/// A finding means that the text disagrees with itself: a misprint, a denominator that is not named, an error of the extraction. It never
/// means misconduct.
/// </remarks>
public static class IntegrityCheck
{
    /// <summary>The findings of one study, in the order of its file.</summary>
    /// <param name="study">The study.</param>
    public static IReadOnlyList<IntegrityFinding> Run(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var report = new IntegrityReport(study);
        PercentRule.Check(report);
        PartSumRule.Check(report);
        SubgroupSizeRule.Check(report);
        OrderingRule.Check(report);
        MeanRule.Check(report);
        SpreadRule.Check(report);
        IntervalRule.Check(report);
        ComparisonRule.Check(report);
        StatisticRule.Check(report);
        report.AddIdleWaivers();
        return [.. report.Findings.OrderBy(f => f.Position.Line).ThenBy(f => f.Position.Column)];
    }

    /// <summary>The findings of a file of either kind.</summary>
    /// <param name="file">The file.</param>
    public static IReadOnlyList<IntegrityFinding> Run(StudyFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Study is { } study ? Run(study) : Run(file.Review!);
    }

    /// <summary>The findings of all studies of a review, study by study.</summary>
    /// <param name="review">The review.</param>
    public static IReadOnlyList<IntegrityFinding> Run(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return [.. review.Studies.SelectMany(Run)];
    }
}
