using System.Text.RegularExpressions;

namespace MetaSpine;

/// <summary>
/// Decisions that screening tools leave in the notes and labels of references: Rayyan's <c>RAYYAN-INCLUSION: {"Ann"=>"Included"}</c>, ASReview's <c>ASReview_relevant</c>, and a
/// reviewer's name with a word, <c>Ann: include</c>.
/// </summary>
public static partial class ScreeningLabels
{
    private const string AsReview = "ASReview";

    /// <summary>The decisions in the notes and labels of references; those without any are passed over.</summary>
    /// <param name="references">The references, such as an RIS export of the tool.</param>
    /// <param name="stage">The step that they were made at. <value>Default <see cref="ScreeningStage.TitleAbstract"/>.</value></param>
    /// <example><code>
    /// Screening.Of(ScreeningLabels.Read(references))
    /// </code></example>
    public static ValueList<ScreeningDecision> Read(IEnumerable<Reference> references, ScreeningStage stage = ScreeningStage.TitleAbstract)
    {
        ArgumentNullException.ThrowIfNull(references);
        var (decisions, names) = (new List<ScreeningDecision>(), new HashSet<string>(StringComparer.Ordinal));
        var number = 0;
        foreach (var reference in references)
        {
            number++;
            var name = Unique(reference.Id ?? reference.Pmid ?? reference.Doi ?? reference.Title ?? FormattableString.Invariant($"record {number}"), names);
            foreach (var (reviewer, verdict, reason) in Of([.. reference.Labels, .. reference.Notes]).DistinctBy(found => (found.Reviewer, found.Verdict)))
            {
                var decision = new ScreeningDecision { Record = name, Reviewer = reviewer, Stage = stage, Decision = verdict, Reason = reason };
                decision.Place(reference.Position);
                decisions.Add(decision);
            }
        }

        return decisions.ToValueList();
    }

    /// <summary>The decisions that the remarks of one record hold. Rayyan gives reasons apart from decisions.</summary>
    internal static IEnumerable<(string Reviewer, ScreeningVerdict Verdict, string? Reason)> Of(IReadOnlyList<string> texts)
    {
        var reason = texts.Select(text => Reasons().Match(text)).FirstOrDefault(match => match.Success)?.Groups["what"].Value.Trim();
        return texts.SelectMany(Of).Select(found => (found.Reviewer, found.Verdict, found.Verdict == ScreeningVerdict.Exclude && reason is { Length: > 0 } ? reason : null));
    }

    private static IEnumerable<(string Reviewer, ScreeningVerdict Verdict)> Of(string text)
    {
        if (Rayyan().Match(text) is { Success: true } rayyan)
        {
            foreach (Match pair in Pair().Matches(rayyan.Groups["pairs"].Value))
            {
                if (DecisionWords.OfWord(pair.Groups["what"].Value.Trim()) is { } verdict)
                {
                    yield return (pair.Groups["who"].Value.Trim(), verdict);
                }
            }

            yield break;
        }

        if (AsReviewLabel().Match(text) is { Success: true } label)
        {
            yield return (AsReview, label.Groups["not"].Success ? ScreeningVerdict.Exclude : ScreeningVerdict.Include);
        }
        else if (Named().Match(text) is { Success: true } named && DecisionWords.OfWord(named.Groups["what"].Value.Trim()) is { } verdict)
        {
            yield return (named.Groups["who"].Value.Trim(), verdict);
        }
    }

    /// <summary>The name, or the name with a number where it stood for another record before.</summary>
    private static string Unique(string name, HashSet<string> names)
    {
        var unique = name;
        for (var i = 2; !names.Add(unique); i++)
        {
            unique = FormattableString.Invariant($"{name} ({i})");
        }

        return unique;
    }

    [GeneratedRegex(@"RAYYAN-INCLUSION:\s*\{(?<pairs>[^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Rayyan();

    [GeneratedRegex(@"RAYYAN-EXCLUSION-REASONS:(?<what>[^|\r\n]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Reasons();

    [GeneratedRegex("\"(?<who>[^\"]+)\"\\s*=>\\s*\"(?<what>[^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex(@"^\s*ASReview_(?<not>ir|not_)?relevant\s*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AsReviewLabel();

    [GeneratedRegex(@"^\s*(?<who>[^:=\r\n]{1,60}?)\s*[:=]\s*(?<what>[A-Za-z ]{2,20})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
