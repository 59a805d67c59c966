using System.Globalization;

namespace MetaSpine;

/// <summary>What the rules of a tool see of an assessment: the answers, and the level of each domain.</summary>
/// <param name="Answers">The recognised answers by question.</param>
/// <param name="Domains">The level of each domain in the tool's order; null where neither a person nor the algorithm gives one.</param>
/// <param name="IsComparative">Whether the study compares groups; null where that is not said.</param>
internal sealed record AssessedAnswers(IReadOnlyDictionary<string, RiskOfBiasWord> Answers, IReadOnlyList<RiskLevel?> Domains, bool? IsComparative)
{
    public RiskLevel Level(string question) => Answers[question].Level;

    public int Points(string question) => int.Parse(Answers[question].Word, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The questions among some that have no answer.</summary>
    public IReadOnlyList<string> Unanswered(IEnumerable<RiskOfBiasQuestion> questions) =>
        [.. questions.Select(question => question.Code).Where(code => !Answers.ContainsKey(code))];
}

/// <summary>How the tools come to an overall judgement or a score.</summary>
internal static class OverallRules
{
    /// <summary>The worst domain; no information where a domain has none and none is serious or worse (ROBINS-I, Sterne et al. 2016, table 2).</summary>
    public static RiskVerdict Worst(AssessedAnswers assessed)
    {
        var domains = assessed.Domains;
        return domains.Contains(RiskLevel.Critical) ? RiskVerdict.Of(RiskLevel.Critical)
            : domains.Contains(null) ? RiskVerdict.None
            : domains.Contains(RiskLevel.High) ? RiskVerdict.Of(RiskLevel.High)
            : domains.Contains(RiskLevel.Unclear) ? RiskVerdict.Of(RiskLevel.Unclear)
            : RiskVerdict.Of(domains.Max()!.Value);
    }

    /// <summary>
    /// The sum of MINORS: eight items, or twelve where groups are compared, each 0 to 2. Items of a comparison count where any of them is scored or the
    /// study is said to compare groups.
    /// </summary>
    public static RiskVerdict Minors(IReadOnlyList<RiskOfBiasQuestion> all, IReadOnlyList<RiskOfBiasQuestion> comparison, AssessedAnswers assessed)
    {
        var isComparative = comparison.Any(item => assessed.Answers.ContainsKey(item.Code)) || assessed.IsComparative == true;
        var items = all.Where(item => isComparative || !comparison.Contains(item)).ToList();
        return assessed.Unanswered(items) is { Count: > 0 } missing
            ? RiskVerdict.Missing(missing)
            : RiskVerdict.None with { Score = Score(items.Sum(item => assessed.Points(item.Code)), items.Sum(item => item.Most)) };
    }

    /// <summary>The share of the applicable items that are met.</summary>
    public static RiskVerdict ShareMet(IReadOnlyList<RiskOfBiasQuestion> items, AssessedAnswers assessed)
    {
        if (assessed.Unanswered(items) is { Count: > 0 } missing)
        {
            return RiskVerdict.Missing(missing);
        }

        var applicable = items.Where(item => assessed.Level(item.Code) != RiskLevel.None).ToList();
        return RiskVerdict.None with { Score = Score(applicable.Count(item => assessed.Level(item.Code) == RiskLevel.Low), applicable.Count) };
    }

    /// <summary>
    /// Stars as good, fair or poor by the thresholds of the US Agency for Healthcare Research and Quality: good with 3 or 4 stars for selection, fair
    /// with 2, both with at least 1 for comparability and 2 for the outcome; poor otherwise (as quoted in PMC6889795).
    /// </summary>
    public static RiskVerdict Stars(IReadOnlyList<RiskOfBiasDomain> domains, AssessedAnswers assessed)
    {
        if (assessed.Unanswered(domains.SelectMany(domain => domain.Questions)) is { Count: > 0 } missing)
        {
            return RiskVerdict.Missing(missing);
        }

        var stars = domains.Select(domain => domain.Questions.Sum(item => assessed.Points(item.Code))).ToList();
        var level = stars[1] < 1 || stars[2] < 2 || stars[0] < 2 ? RiskLevel.High : stars[0] == 2 ? RiskLevel.Some : RiskLevel.Low;
        return RiskVerdict.Of(level) with { Score = Score(stars.Sum(), domains.Sum(domain => domain.Questions.Sum(item => item.Most))) };
    }

    /// <summary>
    /// Confidence in a review by AMSTAR 2 (Shea et al. 2017, box 2): critically low with more than one critical flaw, low with one, moderate with more than
    /// one weakness that is not critical, high otherwise. "Partial yes" and "no meta-analysis" are no flaws.
    /// </summary>
    public static RiskVerdict Confidence(IReadOnlyList<RiskOfBiasQuestion> items, AssessedAnswers assessed)
    {
        if (assessed.Unanswered(items) is { Count: > 0 } missing)
        {
            return RiskVerdict.Missing(missing);
        }

        var flaws = items.Where(item => assessed.Level(item.Code) == RiskLevel.High).ToList();
        return RiskVerdict.Of(flaws.Count(item => item.IsCritical) switch
        {
            > 1 => RiskLevel.Critical,
            1 => RiskLevel.High,
            _ => flaws.Count > 1 ? RiskLevel.Some : RiskLevel.Low,
        });
    }

    private static string Score(int points, int most) => string.Create(CultureInfo.InvariantCulture, $"{points} of {most}");
}
