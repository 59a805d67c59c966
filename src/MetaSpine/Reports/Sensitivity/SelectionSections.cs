namespace MetaSpine;

/// <summary>What the page says of results that may have been selected for publication.</summary>
internal static class SelectionSections
{
    /// <summary>The level at which the authors of the test of excess significance decide.</summary>
    private const double Excess = .1;

    public static IReadOnlyList<SensitivitySection> All { get; } =
    [
        // The three-parameter selection model: one cut, at a one-sided p of 0.025 (McShane et al. 2016, Perspectives on Psychological Science 11:730).
        SensitivitySection.Compared("selection", "If insignificant results are published less often", "If insignificant results are published less often",
            question => question.Pooled.Selection(SelectionFunction.Step(0.025)), result => result.Coefficients[0].Interval is { } interval ? (result.Estimate, interval) : null),
        new("selection-models", "Under other models of selection", question => question.Pooled.SelectionModelsOf(cancellation: question.Cancellation) is var sweep ? (sweep, Direction(sweep)) : default),
        SensitivitySection.Compared("copas", "If small studies are published less often, the more so the weaker their result", "By the Copas selection model",
            question => question.Pooled.Copas(), result => result.Adjusted is { Interval: { } interval } adjusted ? (adjusted.Estimate, interval) : null) with { IsBrief = true },
        SensitivitySection.Of("excess-significance", "Are too many studies significant?", question => question.Ask(result => result.ExcessSignificance()),
            result => (result.PValue >= Excess, $"Excess significance: {result.Notes[0]}")) with { IsBrief = true },
        SensitivitySection.Of("p-curve", "Do the significant p-values speak of an effect?", question => question.Ask(result => result.PCurveAnalysis()),
            result => result.HasEvidence == result.LacksEvidence ? null : (result.HasEvidence, $"The {result.Notes[0]}")) with { IsBrief = true },
        SensitivitySection.Compared("p-uniform-star", "From each result, given whether it is significant", "From each result, given whether it is significant (p-uniform*)",
            question => question.Ask(result => result.PUniformStarAnalysis()), result => (result.Estimate, result.Interval)) with { IsBrief = true },
        new("p-uniform", "From the significant results alone", question => (question.Ask(result => result.PUniformAnalysis()), null)) { IsBrief = true },
        new("z-curve", "Would significant results replicate?", question => (question.Ask(result => ZCurve.Analyse(Evidence.Of(result).Z, cancellation: question.Cancellation)), null)) { IsBrief = true },
    ];

    /// <summary>Some of the models have few studies to go by: only the direction is judged.</summary>
    private static (bool?, string)? Direction(SelectionSweepResult sweep)
    {
        if (sweep.Model.Effects.Measure.NullValue is not { } none || sweep.Model is not PooledResult pooled)
        {
            return null;
        }

        var other = sweep.Fits.Where(fit => Math.Sign(fit.Estimate - none) != Math.Sign(pooled.Estimate - none)).ToList();
        return (other.Count == 0, other.Count == 0
            ? SmallStudyNotes.Text($"Under all of {sweep.Fits.Count} assumptions about selection the effect keeps its direction.")
            : $"Under some assumptions about selection the effect changes its direction: {Wording.List([.. other.Select(fit => fit.Function.Name)])}.");
    }
}
