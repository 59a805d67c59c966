namespace MetaSpine;

/// <summary>
/// A large effect: a risk ratio beyond 2 or 0.5, very large beyond 5 or 0.2, in studies that start low and give no reason to lower certainty (Guyatt et al.
/// 2011, J Clin Epidemiol 64:1311, doi:10.1016/j.jclinepi.2011.06.004). Odds ratios are brought to risk ratios by the baseline risk.
/// </summary>
internal static class LargeEffectSuggestion
{
    public static CertaintySuggestion Of(CertaintyEvidence evidence, CertaintyLevel start, bool isLowered)
    {
        if (evidence.Overall is not { } overall || evidence.Measure.Code is not ("RR" or "HR" or "OR"))
        {
            return new(0, "The usual limits of a large effect are those of risk ratios: none.");
        }

        var ratio = evidence.Natural(overall.Estimate);
        var name = evidence.Measure.Code switch { "HR" => "hazard ratio", _ => "risk ratio" };
        if (evidence.Measure.Code == "OR")
        {
            if (AbsoluteEffect.Baselines(evidence) is not [var baseline, ..])
            {
                return new(null, "An odds ratio exaggerates a risk ratio unless the event is rare; give a baseline risk.");
            }

            var risk = baseline.Per1000 / 1000;
            ratio = AbsoluteEffect.Risk("OR", ratio, risk) / risk;
        }

        var size = Math.Max(ratio, 1 / ratio);
        var levels = size > 5 ? 2 : size > 2 ? 1 : 0;
        var said = $"The {name} is {CertaintyEvidence.Number(ratio)}";
        return levels == 0 ? new(0, $"{said}, between 0.5 and 2: none.")
            : start > CertaintyLevel.Low ? new(0, $"{said}; certainty that starts at {CertaintyAssessment.Name(start).ToLowerInvariant()} is not raised: none.")
            : isLowered ? new(0, $"{said}, which is {(levels == 2 ? "very large" : "large")}, but there are reasons to lower certainty: none.")
            : new(levels, $"{said}, beyond {(levels == 2 ? "0.2 or 5" : "0.5 or 2")}: {InconsistencySuggestion.Levels(levels)}.");
    }
}
