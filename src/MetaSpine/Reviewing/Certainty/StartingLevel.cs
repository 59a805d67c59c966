namespace MetaSpine;

/// <summary>
/// The level to begin with: high for randomised trials, low for other studies (Guyatt et al. 2008, BMJ 336:924, doi:10.1136/bmj.39489.470347.AD), and
/// high for non-randomised studies of interventions that are judged with ROBINS-I, whose bar is a randomised trial (Schünemann et al. 2019, J Clin
/// Epidemiol 111:105, doi:10.1016/j.jclinepi.2018.01.012).
/// </summary>
internal static class StartingLevel
{
    public static (CertaintyLevel Level, string Sentence) Of(CertaintyEvidence evidence)
    {
        var studies = evidence.Studies.Select(item => item.Study).DistinctBy(study => study.Id).ToList();
        if (studies.Count == 0)
        {
            return (CertaintyLevel.Low, "There are no pooled studies whose designs could say where to start; low is assumed.");
        }

        var randomised = studies.Count(study => study.Design?.Type == StudyType.RandomisedTrial);
        var unknown = studies.Count(study => study.Design?.Type is null);
        var others = studies.Where(study => study.Design?.Type != StudyType.RandomisedTrial).ToList();
        var isComparison = evidence.Measure.NullValue is not null;
        bool IsJudgedAsTrial(Study study) => study.RiskOfBias.Any(judged => RiskOfBiasTools.Find(judged.Tool)?.Code is "robins-i" or "robins-i-v2");
        return (randomised, unknown) switch
        {
            _ when !isComparison => (CertaintyLevel.Low, $"{Count(studies.Count)} without a comparison: low."),
            var (all, _) when all == studies.Count => (CertaintyLevel.High, $"All {Count(studies.Count)} are randomised trials: high."),
            (0, 0) when others.TrueForAll(IsJudgedAsTrial) => (CertaintyLevel.High, $"{Count(studies.Count)} that are not randomised, judged with ROBINS-I: high."),
            (0, 0) => (CertaintyLevel.Low, $"{Count(studies.Count)} that are not randomised: low."),
            (0, _) => (CertaintyLevel.Low, FormattableString.Invariant($"{unknown} of {studies.Count} studies do not say their design (design: {{type: ...}}), and none is said to be randomised: low is assumed.")),
            _ => (CertaintyLevel.Low, FormattableString.Invariant($"{randomised} of {studies.Count} studies are said to be randomised: low, the level of the others; randomised trials are better judged apart.")),
        };
    }

    private static string Count(int studies) => FormattableString.Invariant($"{studies} {(studies == 1 ? "study" : "studies")}");
}
