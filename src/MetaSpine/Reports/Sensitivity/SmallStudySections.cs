namespace MetaSpine;

/// <summary>What the page says of small studies: whether they show another effect, and what is left where they weigh less or are corrected.</summary>
internal static class SmallStudySections
{
    public static IReadOnlyList<SensitivitySection> All { get; } =
    [
        SensitivitySection.Compared("henmi-copas", "With less weight on small studies", "With less weight on small studies (Henmi-Copas)",
            question => question.Pooled.HenmiCopasInterval(), result => (result.Estimate, result.Interval)),
        new("small-study-test", "Do small studies show another effect?", Tested) { IsOfModel = model => model is PooledResult or MultilevelPooledResult },
        new("small-study-tests", "All tests for small-study effects", question => (question.Pooled.TestAllSmallStudyEffects(), null)),
        new("doi", "How lopsided is the Doi plot?", question => (question.Pooled.DoiPlotData(), null)) { IsBrief = true },
        SensitivitySection.Compared("trim-and-fill", "With the studies that trim and fill adds", "With the studies that trim and fill adds",
            question => question.Pooled.TrimAndFill(), result => (result.Adjusted.Estimate, result.Adjusted.Interval)),
        SensitivitySection.Compared("pet-peese", "As if a study had no sampling error", "As if a study had no sampling error (PET-PEESE)",
            question => question.Pooled.PetPeeseLimit(), result => (result.Limit.Estimate, result.Limit.Interval)) with { IsBrief = true },
        SensitivitySection.Compared("limit", "As if every study were large", "As if every study were large (limit meta-analysis)",
            question => question.Pooled.LimitAnalysis(), result => (result.Expectation.Estimate, result.Expectation.Interval)),
        SensitivitySection.Compared("adequate-power", "From the adequately powered studies", "From the adequately powered studies (WAAP-WLS)",
            question => question.Pooled.WeightedAverageOfPowered(), result => (result.Estimate.Estimate, result.Estimate.Interval)) with { IsBrief = true },
    ];

    /// <summary>Of dependent effects with their own test, whose verdict is its level.</summary>
    private static (Reportable, (bool?, string)?) Tested(SensitivityQuestion question) => question.Model is MultilevelPooledResult dependent
        ? dependent.TestAsymmetry(clusters: question.Options.Clusters) is var test ? (test, DependenceReport.Verdict(test)) : default
        : (question.Pooled.TestSmallStudyEffects(), null);
}
