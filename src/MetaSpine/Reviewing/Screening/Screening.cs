namespace MetaSpine;

/// <summary>The decisions of all reviewers, brought together record by record.</summary>
public static class Screening
{
    /// <summary>What the reviewers decided at each step, where they disagree, and how far they agree.</summary>
    /// <param name="decisions">The decisions, in any order.</param>
    /// <param name="level">The level of the intervals. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentException">There are none, or a reviewer decided differently on a record at one step.</exception>
    /// <example><code>
    /// Screening.Of(Review.Load("review.yaml").Screening)
    /// </code></example>
    public static ScreeningResult Of(IEnumerable<ScreeningDecision> decisions, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        AgreementKernel.Level(level);
        var all = decisions.ToList();
        if (all.Count == 0)
        {
            throw new ArgumentException("There are no decisions: expected one for each record and reviewer.", nameof(decisions));
        }

        var stages = all.GroupBy(decision => decision.Stage).OrderBy(group => group.Key).Select(group => StageOf(group.Key, group, level)).ToValueList();
        return new ScreeningResult { Stages = stages };
    }

    internal static string Word(ScreeningDecision decision) => ScreeningDecision.Verdicts.Word(decision.Decision);

    private static ScreeningStageResult StageOf(ScreeningStage stage, IEnumerable<ScreeningDecision> decisions, double level)
    {
        var all = decisions.ToList();
        if (ScreeningRules.Contradictions(all).FirstOrDefault() is { } fault)
        {
            throw new ArgumentException(fault.ToString());
        }

        var records = all.GroupBy(decision => decision.Record, StringComparer.Ordinal).Select(group => new ScreenedRecord(group.Key, group.ToValueList())).ToValueList();
        var reviewers = all.Select(decision => decision.Reviewer).Where(name => name != ScreeningDecision.Final).Distinct(StringComparer.Ordinal).ToValueList();
        var pairs = new List<AgreementResult>();
        var unpaired = new List<string>();
        for (var i = 0; i < reviewers.Count; i++)
        {
            for (var j = i + 1; j < reviewers.Count; j++)
            {
                if (TableOf(records, reviewers[i], reviewers[j]) is { } table)
                {
                    pairs.Add(table.Agreement(level));
                }
                else
                {
                    unpaired.Add($"{reviewers[i]} and {reviewers[j]}");
                }
            }
        }

        return new ScreeningStageResult
        {
            Stage = stage, Records = records, Reviewers = reviewers, Pairs = pairs.ToValueList(), Unpaired = unpaired.ToValueList(),
            Together = reviewers.Count > 2 ? Together(records, reviewers, level) : null,
        };
    }

    private static AgreementTable? TableOf(ValueList<ScreenedRecord> records, string first, string second)
    {
        var both = records.Select(record => (A: record.By(first), B: record.By(second))).Where(pair => pair is { A: not null, B: not null })
            .Select(pair => (A: pair.A!.Decision, B: pair.B!.Decision)).ToList();
        var categories = Categories(both.SelectMany(pair => new[] { pair.A, pair.B }));
        return both.Count == 0 ? null : new AgreementTable(
            Words(categories), [.. categories.Select(a => categories.Select(b => both.Count(pair => pair.A == a && pair.B == b)).ToArray())], first, second);
    }

    private static MultiraterAgreement? Together(ValueList<ScreenedRecord> records, ValueList<string> reviewers, double level)
    {
        var whole = records.Select(record => reviewers.Select(record.By).OfType<ScreeningDecision>().Select(decision => decision.Decision).ToList())
            .Where(choices => choices.Count == reviewers.Count).ToList();
        var categories = Categories(whole.SelectMany(choices => choices));
        return whole.Count == 0 ? null : MultiraterAgreement.Of(
            Words(categories), [.. whole.Select(choices => categories.Select(category => choices.Count(choice => choice == category)).ToArray())], level);
    }

    /// <summary>Include and exclude always, maybe where someone chose it: coefficients that count categories depend on it.</summary>
    private static List<ScreeningVerdict> Categories(IEnumerable<ScreeningVerdict> chosen) =>
        chosen.Contains(ScreeningVerdict.Maybe) ? [ScreeningVerdict.Include, ScreeningVerdict.Maybe, ScreeningVerdict.Exclude] : [ScreeningVerdict.Include, ScreeningVerdict.Exclude];

    private static string[] Words(List<ScreeningVerdict> verdicts) => [.. verdicts.Select(ScreeningDecision.Verdicts.Word)];
}
