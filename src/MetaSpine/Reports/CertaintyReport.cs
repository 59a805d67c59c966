using System.Globalization;
using System.Text.Json;

namespace MetaSpine;

/// <summary>
/// A summary of findings: each result with its size, its absolute effects for a baseline risk and its certainty, and why the certainty is what it is: what the numbers
/// suggest for each reason, and what people chose.
/// </summary>
/// <example><code>
/// var findings = CertaintyReport.Of(review);
/// File.WriteAllText("findings.md", findings.ToMarkdown());
/// </code></example>
[TypeFormatterSource(typeof(NotebookFormatters))]
public sealed record CertaintyReport : Reportable
{
    private static readonly (CertaintyLevel Level, string Meaning)[] Meanings =
    [
        (CertaintyLevel.High, "the true effect is close to the estimate"), (CertaintyLevel.Moderate, "it is likely to be close, but may be substantially different"),
        (CertaintyLevel.Low, "it may be substantially different"), (CertaintyLevel.VeryLow, "it is likely to be substantially different"),
    ];

    private CertaintyReport(IReadOnlyList<CertaintyAssessment> assessments) => Assessments = assessments;

    /// <summary>The results with their certainty.</summary>
    public IReadOnlyList<CertaintyAssessment> Assessments { get; }

    /// <summary>The results that a review file judges; where it judges none, a proposal for each of its analyses.</summary>
    /// <param name="review">The review.</param>
    /// <exception cref="StudyFileException">A code of an analysis does not exist; the message has its place in the file.</exception>
    public static CertaintyReport Of(Review review) => new(review.AssessCertainty());

    /// <summary>Some results.</summary>
    public static CertaintyReport Of(IReadOnlyList<CertaintyAssessment> assessments)
    {
        ArgumentNullException.ThrowIfNull(assessments);
        return new CertaintyReport([.. assessments]);
    }

    internal override ReportParts Parts => new("Summary of findings", Blocks(), [], [], Sources);

    internal override Table Rows => CertaintyRows.Of(Assessments);

    internal override void Write(Utf8JsonWriter writer) => CertaintyRows.Write(writer, Assessments);

    /// <summary>The table and what stands behind each row, for a page that has its own headings.</summary>
    internal IEnumerable<Block> Blocks()
    {
        yield return new TableBlock(Summary()) { Narrow = Brief() };
        yield return new Paragraph("Certainty: " + string.Join("; ", Meanings.Where(item => Assessments.Any(found => found.Certainty == item.Level))
            .Select(item => $"{CertaintyAssessment.Symbols(item.Level)} {CertaintyAssessment.Name(item.Level).ToLowerInvariant()}, {item.Meaning}")) + ".");
        if (Assessments.Any(found => !found.IsJudged))
        {
            yield return new Paragraph("* proposed: the level rests on suggestions from the numbers that nobody has confirmed (grade: in the review file).");
        }

        foreach (var found in Assessments)
        {
            yield return new Bullets($"{found.Analysis.Title}: {Certainty(found)}", [.. Reasons(found)]);
            foreach (var list in Bullets.Of(("Worth a reason", found.Findings)))
            {
                yield return list;
            }
        }
    }

    private Table Summary()
    {
        var hasRisk = Assessments.Any(found => found.AbsoluteEffects.Any(effect => effect.Without is not null));
        var hasPeople = Assessments.Any(found => found.Participants is not null);
        return new Table(
            [
                new("Outcome"), new(hasPeople ? "Studies (people)" : "Studies"), new($"Effect ({Level} CI)"),
                .. hasRisk ? (TableColumn[])[new("Without, per 1000", Alignment.Right), new($"With ({Level} CI)"), new($"Difference ({Level} CI)")]
                    : Assessments.Any(found => found.AbsoluteEffects.Count > 0) ? [new($"Per 1000 ({Level} CI)")] : [],
                new("Certainty"),
            ],
            [.. Assessments.SelectMany(found => Lines(found, hasRisk))]);
    }

    /// <summary>The same for short lines; what it leaves out stands in the lists below.</summary>
    private Table Brief() => new(
        [new("Outcome"), new($"Effect ({Level} CI)"), new("Certainty")],
        [.. Assessments.Select(found => (string[])[found.Analysis.Title, Relative(found.Analysis), Certainty(found)])]);

    /// <summary>The level of the intervals, where it is one.</summary>
    private string Level => Assessments.Select(found => found.Analysis.Overall?.Interval.Level).OfType<double>().Distinct().ToList() is [var level] ? $"{Readable.Level(level)}%" : "their";

    private IEnumerable<IReadOnlyList<string>> Lines(CertaintyAssessment found, bool hasRisk)
    {
        var hasAbsolute = Assessments.Any(other => other.AbsoluteEffects.Count > 0);
        var size = Readable.Count(found.StudyCount) + (found.Participants is { } people ? $" ({Readable.Count(people)})" : "");
        IReadOnlyList<AbsoluteEffect?> effects = found.AbsoluteEffects.Count > 0 ? [.. found.AbsoluteEffects] : [null];
        for (var line = 0; line < effects.Count; line++)
        {
            var (first, effect) = (line == 0, effects[line]);
            string[] absolute = hasRisk ? [effect?.Without is { } risk ? PerThousandText.Number(risk) : "", effect is null ? "" : PerThousandText.Range(effect.With), effect?.Difference is { } difference ? PerThousandText.Difference(difference) : ""]
                : hasAbsolute ? [effect is null ? "" : PerThousandText.Range(effect.With)] : [];
            var label = effects.Count > 1 && effect?.Label is { Length: > 0 } whose ? $"{found.Analysis.Title} ({whose})" : found.Analysis.Title;
            yield return [label, first ? size : "", first ? Relative(found.Analysis) : "", .. absolute, first ? Certainty(found) : ""];
        }
    }

    private static string Certainty(CertaintyAssessment found) =>
        $"{CertaintyAssessment.Symbols(found.Certainty)} {CertaintyAssessment.Name(found.Certainty)}{(found.IsJudged ? "" : " *")}";

    private static string Relative(AnalysisResult analysis)
    {
        if (analysis.Overall is not { } overall)
        {
            return analysis.Problem ?? Readable.None;
        }

        var format = new NaturalFormat(analysis.Measure, overall.Natural.Interval);
        return $"{Short(analysis.Measure)} {format.Number(overall.Natural.Estimate)}{format.Unit} ({format.Range(overall.Natural.Interval)})";
    }

    private static string Short(Measure measure) => measure.ReadAs == "proportion" ? "" : measure.Code;

    private static IEnumerable<string> Reasons(CertaintyAssessment found)
    {
        yield return Size(found);
        foreach (var effect in found.AbsoluteEffects)
        {
            yield return Absolute(found, effect);
        }

        var startedBy = found.Given?.Start is not null ? $"chosen: {(found.Given.StartReason ?? "no reason given").TrimEnd('.')}. The designs: {found.StartSuggestion}" : $"as the designs suggest. {found.StartSuggestion}";
        yield return $"Start: {CertaintyAssessment.Name(found.Start).ToLowerInvariant()}, {startedBy}";
        foreach (var domain in found.Domains.Where(domain => !domain.IsUp || domain.Levels > 0 || domain.Chosen is not null || domain.Suggestion.Levels > 0 || domain.Reason == CertaintyReason.LargeEffect))
        {
            yield return $"{domain.Name}: {domain.Change}{Chosen(domain)}{(domain is { Chosen: not null, IsBeyondNumbers: true } ? "" : domain.Suggestion.Sentence)}".TrimEnd();
        }
    }

    private static string Size(CertaintyAssessment found)
    {
        var k = found.Analysis.Overall?.StudyCount ?? 0;
        var count = k == found.StudyCount ? PooledCount.Many(k, "study") : $"{PooledCount.Many(k, "effect")} in {PooledCount.Many(found.StudyCount, "study")}";
        return $"{count}{(found.Participants is { } people ? $", {Readable.Count(people)} people" : "")}: {Relative(found.Analysis)}.";
    }

    private static string Absolute(CertaintyAssessment found, AbsoluteEffect effect)
    {
        if (effect is not { Without: { } without, Difference: { } difference })
        {
            return $"Per 1000: {PerThousandText.Range(effect.With)}.";
        }

        var source = found.Given?.Baselines.FirstOrDefault(baseline => baseline.Per1000 == without && (baseline.Label ?? "") == effect.Label)?.Source;
        var whose = string.Join(", ", new[] { effect.Label, source is null ? "" : $"from {source}" }.Where(part => part.Length > 0));
        return $"Per 1000: {PerThousandText.Number(without)} without{(whose.Length > 0 ? $" ({whose})" : "")}, {PerThousandText.Range(effect.With)} with; {PerThousandText.Difference(difference)}{(effect.Note is null ? "" : $"; {effect.Note}")}.";
    }

    /// <summary>What people chose, beside what is suggested where the two differ.</summary>
    private static string Chosen(CertaintyDomain domain)
    {
        if (domain.Chosen is null)
        {
            return domain.Suggestion.Levels is null ? ", not judged. " : ", as suggested. ";
        }

        var suggested = domain.Suggestion.Levels is { } levels && domain.Differs ? string.Create(CultureInfo.InvariantCulture, $" (suggested {(levels == 0 ? "0" : $"{(domain.IsUp ? "+" : "-")}{levels}")})") : "";
        return $"{suggested}{(domain.Because is { } reason ? $": {reason.TrimEnd('.')}." : ", without a reason.")}{(domain.Suggestion.Levels is null ? " " : " The numbers: ")}";
    }

    private static IReadOnlyList<string> Sources { get; } =
    [
        "GRADE: Guyatt GH, Oxman AD, Vist GE, et al. BMJ 2008;336:924-6, doi:10.1136/bmj.39489.470347.AD; Balshem H, et al. J Clin Epidemiol 2011;64:401-6, doi:10.1016/j.jclinepi.2010.07.015.",
        "Absolute effects: the relative effect and its interval at the baseline risk, which is taken as known (Cochrane Handbook, chapters 14 and 15).",
        "Suggestions follow the GRADE papers of 2011 (J Clin Epidemiol 64:407, 1277, 1283, 1294, 1303, 1311); where these give no number, the documentation on certainty says which is ours.",
    ];
}

/// <summary>Numbers of people per thousand as a summary of findings writes them.</summary>
internal static class PerThousandText
{
    /// <summary>Whole people, and decimals where there are fewer than ten.</summary>
    public static string Number(double value) => Readable.Fixed(value, Math.Abs(value) switch { >= 9.95 or 0 => 0, >= 0.95 => 1, _ => 2 });

    /// <summary>"134 (96 to 187)".</summary>
    public static string Range(PerThousand value) => $"{Number(value.Estimate)} ({Number(value.Lower)} to {Number(value.Upper)})";

    /// <summary>"66 fewer (104 fewer to 13 fewer)".</summary>
    public static string Difference(PerThousand value) => $"{Signed(value.Estimate)} ({Signed(value.Lower)} to {Signed(value.Upper)})";

    private static string Signed(double value) => Number(Math.Abs(value)) is var number && value == 0 ? "0" : $"{number} {(value < 0 ? "fewer" : "more")}";
}
