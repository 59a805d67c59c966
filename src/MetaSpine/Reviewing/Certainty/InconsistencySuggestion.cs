namespace MetaSpine;

/// <summary>
/// Inconsistency: whether settings differ so much that some lie on either side of what matters. I^2 alone does not say so (Guyatt et al. 2011, J Clin
/// Epidemiol 64:1294, doi:10.1016/j.jclinepi.2011.03.017); the prediction interval does.
/// </summary>
internal static class InconsistencySuggestion
{
    private const double Considerable = 75;

    public static CertaintySuggestion Of(CertaintyEvidence evidence)
    {
        if (evidence.Overall is not { } overall)
        {
            return new(null, "There is no pooled result.");
        }

        if (overall.StudyCount < 2)
        {
            return new(0, "One study cannot be inconsistent with others: none.");
        }

        var i2 = overall.I2 is { } known ? FormattableString.Invariant($"I² = {known:0}%") : "I² is not estimated";
        var isConsiderable = overall.I2 >= Considerable;
        if (evidence.Threshold is not { } threshold)
        {
            return new(isConsiderable ? 1 : 0, $"{i2}{(overall.PredictionInterval is { } width ? $", prediction interval {evidence.Range(width)}" : "")}; without a threshold (threshold: in grade) only I² can be judged, by {Considerable:0}%: {Levels(isConsiderable ? 1 : 0)}.");
        }

        if (overall.PredictionInterval is not { } prediction)
        {
            return new(isConsiderable ? 1 : 0, $"{i2}; the model has no prediction interval, so that only I² can be judged, by {Considerable:0}%: {Levels(isConsiderable ? 1 : 0)}.");
        }

        var said = $"{i2}, prediction interval {evidence.Range(prediction)}";
        var crosses = prediction.Lower < threshold && threshold < prediction.Upper;
        var isOpen = overall.Interval.Lower < threshold && threshold < overall.Interval.Upper;
        var levels = !crosses ? 0 : isOpen ? (isConsiderable ? 1 : 0) : isConsiderable ? 2 : 1;
        var why = (crosses, isOpen) switch
        {
            (false, _) => $"true effects are expected on one side of {evidence.ThresholdName}, however they differ",
            (true, false) => $"settings are expected on both sides of {evidence.ThresholdName}, where the average is on one",
            _ => $"the average itself may be on either side of {evidence.ThresholdName}, which counts as imprecision{(isConsiderable ? ", but settings differ considerably too" : "")}",
        };
        return new(levels, $"{said}: {why}: {Levels(levels)}.");
    }

    internal static string Levels(int levels) => levels switch { 0 => "none", 1 => "1 level", _ => FormattableString.Invariant($"{levels} levels") };
}
