namespace MetaSpine;

/// <summary>
/// The algorithms of RoB 2 for individually randomised trials, version of 22 August 2019: from the answers to the signalling questions to the
/// judgement of each domain, and from these to the overall one (Sterne et al. 2019, BMJ 366:l4898, doi:10.1136/bmj.l4898, and its full guidance).
/// </summary>
internal static class Rob2
{
    private static readonly RiskStep Low = new EndStep(RiskLevel.Low), Some = new EndStep(RiskLevel.Some), High = new EndStep(RiskLevel.High);

    /// <summary>The randomisation process.</summary>
    public static readonly IReadOnlyList<RiskStep> Randomisation =
    [
        Ask("1.2",
            yes: Ask("1.1", no: Some, otherwise: Ask("1.3", yes: Some, otherwise: Low)),
            no: High,
            unknown: Ask("1.3", yes: High, otherwise: Some)),
    ];

    /// <summary>Deviations from the intended interventions, effect of assignment: what deviated, and how it was analysed; the worse counts.</summary>
    public static readonly IReadOnlyList<RiskStep> Assignment =
    [
        Aware(
            unaware: Low,
            aware: Ask("2.3",
                yes: Ask("2.4", no: Some, otherwise: Ask("2.5", yes: Some, otherwise: High)),
                no: Low,
                unknown: Some)),
        Ask("2.6", yes: Low, otherwise: Ask("2.7", no: Some, otherwise: High)),
    ];

    /// <summary>Deviations from the intended interventions, effect of adhering. Questions 2.3 to 2.5 may not apply.</summary>
    public static readonly IReadOnlyList<RiskStep> Adherence =
    [
        Aware(
            unaware: Adhering(),
            aware: new AskStep("2.3", Yes: Adhering(), No: Analysed, Unknown: Analysed, NotApplicable: Adhering())),
    ];

    /// <summary>Missing outcome data.</summary>
    public static readonly IReadOnlyList<RiskStep> MissingData =
    [
        Ask("3.1", yes: Low, otherwise: Ask("3.2", yes: Low, otherwise: Ask("3.3", no: Low, otherwise: Ask("3.4", no: Some, otherwise: High)))),
    ];

    /// <summary>Measurement of the outcome.</summary>
    public static readonly IReadOnlyList<RiskStep> Measurement =
        [Ask("4.1", yes: High, otherwise: Ask("4.2", yes: High, no: Assessors(Low), unknown: Assessors(Some)))];

    /// <summary>Selection of the reported result.</summary>
    public static readonly IReadOnlyList<RiskStep> Selection =
    [
        Ask("5.2",
            yes: High,
            no: Ask("5.3", yes: High, no: Ask("5.1", yes: Low, otherwise: Some), unknown: Some),
            unknown: Ask("5.3", yes: High, otherwise: Some)),
    ];

    /// <summary>
    /// The overall judgement: low where every domain is, high where any is, some concerns otherwise. That several domains with some concerns may
    /// make it high is for people to say; no count of them does.
    /// </summary>
    public static RiskVerdict Overall(IReadOnlyList<RiskLevel?> domains) =>
        domains.Contains(RiskLevel.High) ? RiskVerdict.Of(RiskLevel.High)
        : domains.Contains(null) ? RiskVerdict.None
        : RiskVerdict.Of(domains.All(level => level == RiskLevel.Low) ? RiskLevel.Low : RiskLevel.Some);

    private static RiskStep Analysed => Ask("2.6", yes: Some, otherwise: High);

    /// <summary>Whether participants or those who treated them knew the assignment.</summary>
    private static AskStep Aware(RiskStep unaware, RiskStep aware) => Ask("2.1", no: Ask("2.2", no: unaware, otherwise: aware), otherwise: aware);

    private static AskStep Adhering()
    {
        var adherence = new AskStep("2.5", Yes: Analysed, No: Low, Unknown: Analysed, NotApplicable: Low);
        return new AskStep("2.4", Yes: Analysed, No: adherence, Unknown: Analysed, NotApplicable: adherence);
    }

    private static AskStep Assessors(RiskStep unaware) =>
        Ask("4.3", no: unaware, otherwise: Ask("4.4", no: unaware, otherwise: Ask("4.5", no: Some, otherwise: High)));

    private static AskStep Ask(string question, RiskStep? yes = null, RiskStep? no = null, RiskStep? unknown = null, RiskStep? otherwise = null) =>
        new(question, (yes ?? otherwise)!, (no ?? otherwise)!, (unknown ?? otherwise)!);
}
