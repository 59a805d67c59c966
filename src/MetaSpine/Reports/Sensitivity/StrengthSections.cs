namespace MetaSpine;

/// <summary>What the page says of how much it would take to change the result, and of what other choices would have given.</summary>
internal static class StrengthSections
{
    public static IReadOnlyList<SensitivitySection> All { get; } =
    [
        Sentence("s-value", "How strong would publication bias have to be?", question => question.Ask(result => result.SValue()), result => result.Notes[0]),
        Sentence("unreported", "Studies that did not report the outcome", question => question.Pooled.ReportingBiasBound(), result => result.Notes[0]),
        Sentence("fail-safe-n", "Fail-safe N", question => question.Ask(result => result.FailSafeN()), _ => null),
        Sentence("e-value", "How strong would confounding have to be?", question => SensitivityQuestion.Refused(() => question.Model.EValue()), result => result.Notes[0]) with { IsOfModel = _ => true },
        Sentence("fragility", "How few patients decide?", question => question.Ask(result => result.FragilityIndex(MostPatients, question.Cancellation)), result => result.Notes[0]),
        Sentence("smallest-effect", "Against the smallest effect that matters", question => question.Pooled.AgainstSmallestEffect(question.SmallestEffect), result => result.Notes[0]),
        Sentence("sequential", "Allowing for repeated looks", Sequential, result => result.Notes[1]),
    ];

    public static IReadOnlyList<SensitivitySection> Choices { get; } =
        [SensitivitySection.Of("multiverse", "Every defensible specification", Specifications, Agreement) with { IsBrief = true, IsOfModel = _ => true }];

    /// <summary>More patients than this are no few; the search for them would take the page's time.</summary>
    private const int MostPatients = 100;

    private static SensitivitySection Sentence<T>(string name, string title, Func<SensitivityQuestion, T> ask, Func<T, string?> sentence)
        where T : Reportable => new(name, title, question =>
        {
            var result = ask(question);
            return (result, sentence(result) is { } found ? (null, found) : null);
        }) { IsBrief = true };

    /// <summary>The bounds of futility may be ignored, so that those of efficacy stand by themselves.</summary>
    private static TrialSequentialResult Sequential(SensitivityQuestion question) => question.Pooled.TrialSequential(new TrialSequentialOptions
    {
        Effect = question.SmallestEffect, Column = question.Options.Column, Bounds = SequentialOptions.Default with { Futility = Futility.NonBinding },
    });

    private static MultiverseResult Specifications(SensitivityQuestion question)
    {
        var choices = question.Options.Multiverse ?? MultiverseOptions.For(question.Model);
        return Multiverse.Run(question.Model, choices with { Threshold = choices.Threshold ?? question.Options.SmallestEffect }, cancellation: question.Cancellation);
    }

    /// <summary>The share of the specifications that say what the analysis says; all must for the result to hold.</summary>
    private static (bool, string)? Agreement(MultiverseResult result)
    {
        if (result.Agreement is not { } share)
        {
            return null;
        }

        var count = result.Specifications.Count;
        return (share == 1, share == 1
            ? SmallStudyNotes.Text($"All of {count} defensible specifications of the analysis give the same direction and conclusion.")
            : SmallStudyNotes.Text($"{Math.Min(99, 100 * share):0}% of {count} defensible specifications of the analysis give the same direction and conclusion{(result.Importance is [var most, ..] ? $"; most depends on the choice of {most.Factor}" : "")}."));
    }
}
