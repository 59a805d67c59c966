namespace MetaSpine;

/// <summary>
/// Imprecision: whether the interval holds values on both sides of what matters, and whether there are as many participants or events as one adequate trial
/// would need; 300 events or 400 participants where the reviewers say no number (Guyatt et al. 2011, J Clin Epidemiol 64:1283, doi:10.1016/j.jclinepi.2011.01.012).
/// </summary>
internal static class ImprecisionSuggestion
{
    private const double EnoughEvents = 300, EnoughParticipants = 400;

    public static CertaintySuggestion Of(CertaintyEvidence evidence)
    {
        if (evidence.Overall is not { } overall)
        {
            return new(null, "There is no pooled result.");
        }

        var (isSmall, size) = Size(evidence);
        var interval = $"{100 * overall.Interval.Level:0.###}% interval {evidence.Range(overall.Interval)}";
        if (evidence.Threshold is not { } threshold)
        {
            return new(isSmall == true ? 1 : 0, FormattableString.Invariant($"{interval}; without a threshold (threshold: in grade) only the size can be judged: {size}: {InconsistencySuggestion.Levels(isSmall == true ? 1 : 0)}."));
        }

        var crosses = overall.Interval.Lower < threshold && threshold < overall.Interval.Upper;
        var levels = (crosses ? 1 : 0) + (isSmall == true ? 1 : 0);
        return new(levels, $"{interval}, {(crosses ? "on both sides" : "on one side")} of {evidence.ThresholdName}; {size}: {InconsistencySuggestion.Levels(levels)}.");
    }

    /// <summary>Whether the studies are together smaller than one adequate trial; null where their size is not known.</summary>
    private static (bool? IsSmall, string Said) Size(CertaintyEvidence evidence)
    {
        var (events, participants) = (evidence.Events, evidence.Participants);
        return (evidence.Given?.InformationSize, events, participants) switch
        {
            ({ } needed, _, { } found) => Against("participants", found, needed, "needed (information_size)"),
            (null, { } found, _) => Against("events", found, EnoughEvents, "as a rule of thumb"),
            (null, null, { } found) => Against("participants", found, EnoughParticipants, "as a rule of thumb"),
            _ when evidence.MaySharePeople => (null, "effects of one study may be of the same people, who cannot be counted from them"),
            _ => (null, "how many participants there are is not known"),
        };
    }

    private static (bool?, string) Against(string what, double found, double needed, string whence) =>
        (found < needed, FormattableString.Invariant($"{found:#,##0} {what}, {(found < needed ? "fewer than" : "at least")} the {needed:#,##0} {whence}"));
}
