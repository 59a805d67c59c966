namespace MetaSpine;

/// <summary>
/// Risk of bias: the share of the weight in studies at high risk, and whether the conclusion holds without them. GRADE gives no number (Guyatt et al. 2011,
/// J Clin Epidemiol 64:407, doi:10.1016/j.jclinepi.2010.07.017, asks how much the studies at high risk contribute); half of the weight is ours.
/// </summary>
internal static class RiskOfBiasSuggestion
{
    private const double Much = 0.5;

    public static CertaintySuggestion Of(CertaintyEvidence evidence)
    {
        if (evidence.Studies.Count == 0)
        {
            return new(null, "There is no pooled result whose studies could be weighed.");
        }

        var hasWeights = evidence.Studies.All(item => item.Weight is not null);
        var total = hasWeights ? evidence.Studies.Sum(item => item.Weight!.Value) : evidence.Studies.Count;
        var levels = evidence.Studies.Select(item => (item.Study, Level: Level(item.Study, evidence.Analysis.Analysis.Outcome), Share: (hasWeights ? item.Weight!.Value : 1) / total)).ToList();
        double Share(params RiskLevel[] wanted) => levels.Where(item => wanted.Contains(item.Level)).Sum(item => item.Share);
        var unjudged = Share(RiskLevel.None);
        if (unjudged > 1 - 1e-9)
        {
            return new(null, "No study has an overall judgement of its risk of bias (risk_of_bias: in the study files).");
        }

        var (high, critical) = (Share(RiskLevel.High, RiskLevel.Critical), Share(RiskLevel.Critical));
        var what = hasWeights ? "of the weight" : "of the studies";
        var others = new[]
        {
            Share(RiskLevel.Some, RiskLevel.Unclear) is > 0 and var some ? $"{CertaintyEvidence.Percent(some)} with some concerns or unclear" : "",
            unjudged > 0 ? $"{CertaintyEvidence.Percent(unjudged)} in studies without an overall judgement" : "",
        }.Where(part => part.Length > 0).ToList();
        var said = $"{CertaintyEvidence.Percent(high)} {what} is in studies at high risk of bias{(others.Count > 0 ? $" ({Wording.List(others)})" : "")}";
        if (critical >= Much)
        {
            return new(2, $"{said}; half or more is at critical risk: 2 levels.");
        }

        if (high >= Much)
        {
            return new(1, $"{said}: half or more: 1 level.");
        }

        return Changed(evidence, [.. levels.Where(item => item.Level is RiskLevel.High or RiskLevel.Critical).Select(item => item.Study)]) is { } change
            ? new(1, $"{said}; {change}: 1 level.")
            : new(0, $"{said}; that is less than half{(high > 0 ? ", and the conclusion is the same without them" : "")}: none.");
    }

    private static RiskLevel Level(Study study, string outcome)
    {
        var about = OverallRisk.About(study, outcome, null).Select(given => RiskOfBiasAssessment.Of(study, given)).ToList();
        return about.Find(assessment => assessment.Overall.Effective is not null)?.Overall.Level ?? RiskLevel.None;
    }

    /// <summary>How the conclusion changes without the studies at high risk; null where it does not, or cannot be told.</summary>
    private static string? Changed(CertaintyEvidence evidence, IReadOnlyList<Study> high)
    {
        if (high.Count == 0 || evidence.Overall is not { } all || evidence.Threshold is not { } threshold || high.Count >= evidence.Studies.Count)
        {
            return null;
        }

        var asked = evidence.Analysis.Analysis;
        var others = evidence.Review.Analyse(asked with { Exclude = [.. asked.Exclude.Where(exclusion => !high.Any(study => study.Id == exclusion.Study)), .. high.Select(study => new Exclusion { Study = study.Id, Reason = "high risk of bias" })], Subgroup = null, SubgroupTau2 = null, Moderators = [], Formula = null, Also = [] });
        return others.Overall is { } rest && Side(rest.Interval, threshold) != Side(all.Interval, threshold)
            ? $"without them the interval is {evidence.Range(rest.Interval)} in place of {evidence.Range(all.Interval)}, which is another answer to whether it lies beyond {evidence.ThresholdName}"
            : null;
    }

    private static int Side(Interval interval, double threshold) => interval.Lower > threshold ? 1 : interval.Upper < threshold ? -1 : 0;
}
