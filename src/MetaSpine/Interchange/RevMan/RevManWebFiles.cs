using System.Text;

namespace MetaSpine;

/// <summary>A file that RevMan Web imports.</summary>
/// <param name="Name">Its name: study-results.csv.</param>
/// <param name="Text">Its text, with the mark by which spreadsheets know UTF-8.</param>
public sealed record RevManWebFile(string Name, string Text);

/// <summary>
/// Writes a review's studies as the tables that RevMan Web imports under study-centric data: study information, study arms, study
/// results (one row for each arm and outcome) and, where there are judgements, risk of bias.
/// </summary>
public static class RevManWebFiles
{
    /// <summary>The columns of the template for results. Those for correlated contrasts stay empty.</summary>
    private static readonly string[] ResultColumns =
    [
        "Study", "Outcome", "Data type", "Effect measure", "Arm", "Reference arm", "Sample size", "Cases", "Mean", "SD", "SE", "Variance",
        "CI level", "CI start", "CI end", "Exp mean", "Exp CI start", "Exp CI end", "t-test", "z-test", "P value", "Covariance method", "Covariance",
        "Other arm 1", "Other arm 2", "Correlation arm 1", "Correlation arm 2", "Correlation", "Other mean", "Other SE", "Other variance",
        "Other CI level", "Other CI start", "Other CI end", "Other exp mean", "Other exp CI start", "Other exp CI end", "Other t-test", "Other z-test",
        "Other P value", "Footnotes",
    ];

    /// <summary>The tables of a review.</summary>
    /// <param name="review">The review.</param>
    /// <param name="notes">Takes, in sentences, what the tables have no place for; null where nobody wants to know.</param>
    public static IReadOnlyList<RevManWebFile> Of(Review review, ICollection<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(review);
        var names = Names(review);
        var outcomes = Outcomes(review);
        List<RevManWebFile> files =
        [
            File("study-information.csv", ["Study", "Year", "Data source", "Char: Methods", "Char: Participants", "Char: Interventions", "Char: Outcomes", "Char: Notes"],
                review.Studies.Select(study => Information(study, names[study.Id]))),
            File("study-arms.csv", ["Study", "Arm", "Description", "Intervention"],
                review.Studies.SelectMany(study => study.Arms.Select(arm => new[] { names[study.Id], arm.Label ?? arm.Id, arm.Description ?? "", arm.Label ?? arm.Id }))),
            File("study-results.csv", ResultColumns, review.Studies.SelectMany(study => study.Outcomes.SelectMany(outcome => outcome.Results.SelectMany(result =>
                Result(study, names[study.Id], outcomes[outcome.Id], result, notes))))),
        ];
        if (review.Studies.Any(study => study.RiskOfBias.Count > 0))
        {
            files.Add(Bias(review, names));
        }

        return files;
    }

    /// <summary>RevMan knows studies by name.</summary>
    private static Dictionary<string, string> Names(Review review)
    {
        var several = review.Studies.GroupBy(study => study.DisplayName, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return review.Studies.ToDictionary(study => study.Id, study => several.Contains(study.DisplayName) ? $"{study.DisplayName} ({study.Id})" : study.DisplayName, StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Outcomes(Review review)
    {
        var labels = review.Studies.SelectMany(study => study.Outcomes).GroupBy(outcome => outcome.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => review.Outcomes.FirstOrDefault(outcome => outcome.Id == group.Key)?.Label ?? group.First().Label ?? group.Key, StringComparer.Ordinal);
        var several = labels.Values.GroupBy(label => label, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return labels.ToDictionary(item => item.Key, item => several.Contains(item.Value) ? $"{item.Value} ({item.Key})" : item.Value, StringComparer.Ordinal);
    }

    private static string[] Information(Study study, string name)
    {
        string[] parts = ["Methods", "Participants", "Interventions", "Outcomes"];
        var lines = (study.Notes ?? "").Split('\n').ToList();
        var (found, rest) = (new string[parts.Length], new List<string>());
        Array.Fill(found, "");
        var current = -1;
        foreach (var line in lines)
        {
            var part = Array.FindIndex(parts, word => line.StartsWith($"{word}: ", StringComparison.Ordinal));
            var isOther = line.StartsWith("Notes: ", StringComparison.Ordinal) || line.StartsWith(Source, StringComparison.Ordinal);
            current = part >= 0 ? part : isOther ? -1 : current;
            if (current >= 0)
            {
                var text = part >= 0 ? line[(parts[part].Length + 2)..] : line;
                found[current] = found[current].Length == 0 ? text : $"{found[current]}\n{text}";
            }
            else if (!line.StartsWith(Source, StringComparison.Ordinal))
            {
                rest.Add(line.StartsWith("Notes: ", StringComparison.Ordinal) ? line["Notes: ".Length..] : line);
            }
        }

        var source = lines.Find(line => line.StartsWith(Source, StringComparison.Ordinal))?[Source.Length..] ?? "";
        return [name, study.Citation.Year is { } year ? FormattableString.Invariant($"{year}") : "", source, .. found, string.Join('\n', rest)];
    }

    /// <summary>How the import marks the data source of a study among its notes.</summary>
    internal const string Source = "Data source in RevMan: ";

    private static IEnumerable<string[]> Result(Study study, string name, string outcome, OutcomeResult result, ICollection<string>? notes)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal) { ["Study"] = name, ["Outcome"] = outcome };
        string Arm(string? id) => study.FindArm(id)?.Label ?? id ?? "";
        var problem = result switch
        {
            DichotomousResult or ContinuousResult when result.Arm is null => "it names no arm",
            DichotomousResult counts => Counts(row, counts),
            ContinuousResult means => Means(row, means),
            EstimateResult estimate => Estimate(row, estimate),
            TimeToEventResult survival => Survival(row, survival),
            _ => "RevMan Web has no place for its kind of numbers",
        };
        if (problem is not null)
        {
            notes?.Add($"{name}, {outcome}: a result is left out, since {problem}");
            yield break;
        }

        row["Arm"] = Arm(result.Arm ?? result.Comparison?.Intervention);
        row["Reference arm"] = result.Arm is null ? Arm(result.Comparison?.Control) : "";
        if (result is EstimateResult or TimeToEventResult && row["Reference arm"].Length == 0)
        {
            notes?.Add($"{name}, {outcome}: a result is left out, since it does not say which arms it compares (comparison: ...)");
            yield break;
        }

        string[] footnotes = [study.FindGroup(result.Group)?.Label ?? result.Group ?? "", study.FindTimepoint(result.Timepoint)?.Label ?? result.Timepoint ?? "", result.Notes ?? ""];
        row["Footnotes"] = string.Join("; ", footnotes.Where(text => text.Length > 0));
        yield return [.. ResultColumns.Select(column => row.GetValueOrDefault(column, ""))];
    }

    private static string? Counts(Dictionary<string, string> row, DichotomousResult counts)
    {
        row["Data type"] = "Dichotomous";
        var total = counts.Total?.Value ?? counts.Events?.Value + counts.NonEvents?.Value;
        row["Cases"] = counts.Events?.Value is not null ? counts.Events.Text : Text(total - counts.NonEvents?.Value);
        row["Sample size"] = counts.Total?.Value is not null ? counts.Total.Text : Text(total);
        return row["Cases"].Length == 0 || row["Sample size"].Length == 0 ? "it has not both events and total" : null;
    }

    private static string? Means(Dictionary<string, string> row, ContinuousResult means)
    {
        row["Data type"] = "Continuous";
        row["Mean"] = Text(means.Mean);
        row["SD"] = Text(means.Sd);
        row["SE"] = Text(means.Se);
        row["Sample size"] = Text(means.N);
        AddInterval(row, means.Ci, "CI");
        return row["Mean"].Length == 0 ? "it reports no mean" : null;
    }

    private static string? Estimate(Dictionary<string, string> row, EstimateResult estimate)
    {
        var measure = estimate.Measure is { } code && Measures.TryFind(code, out var known) ? known : null;
        if (measure?.Code is not ("OR" or "RR" or "RD" or "MD" or "SMD" or "HR" or "IRR" or "PETO"))
        {
            return $"RevMan Web imports no estimates of {estimate.Measure ?? "a measure that is not named"}";
        }

        row["Data type"] = measure.Code is "MD" or "SMD" ? "Continuous" : "Dichotomous";
        row["Effect measure"] = measure.Code == "PETO" ? "OR" : measure.Code;
        row["SE"] = Text(estimate.Se);
        row["Sample size"] = Text(estimate.N);

        // Of a ratio the template has the mean on the log scale, and columns of their own (Exp ...) for the ratio itself.
        var isRatio = measure.Scale.Name == Measures.OR.Scale.Name && estimate.Scale != EstimateScale.Analysis;
        row[isRatio ? "Exp mean" : "Mean"] = Text(estimate.Value);
        AddInterval(row, estimate.Ci, isRatio ? "Exp CI" : "CI");
        return Text(estimate.Value).Length == 0 ? "it reports no estimate" : null;
    }

    private static string? Survival(Dictionary<string, string> row, TimeToEventResult survival)
    {
        row["Data type"] = "Dichotomous";
        row["Effect measure"] = "HR";
        row["Sample size"] = Text(survival.N);
        if (survival.LogRank is { ObservedMinusExpected.Value: { } difference, Variance.Value: > 0 and var variance })
        {
            row["Mean"] = Text(difference / variance);
            row["SE"] = Text(1 / Math.Sqrt(variance));
            return null;
        }

        row["Exp mean"] = Text(survival.HazardRatio);
        row["SE"] = Text(survival.Se);
        AddInterval(row, survival.Ci, "Exp CI");
        return row["Exp mean"].Length == 0 ? "it reports no hazard ratio" : null;
    }

    private static void AddInterval(Dictionary<string, string> row, ReportedInterval? interval, string prefix)
    {
        if (interval is not null)
        {
            row["CI level"] = Text(interval.Level?.Value ?? 0.95);
            row[$"{prefix} start"] = Text(interval.Low);
            row[$"{prefix} end"] = Text(interval.High);
        }
    }

    private static RevManWebFile Bias(Review review, Dictionary<string, string> names)
    {
        List<string> domains = [.. review.Studies.SelectMany(study => study.RiskOfBias).SelectMany(bias => bias.Domains).Select(domain => domain.Domain).Distinct(StringComparer.Ordinal)];
        return File("risk-of-bias.csv", ["Study", .. domains.SelectMany(domain => new[] { $"Domain (judgement): {Words(domain)}", $"Domain (support): {Words(domain)}" })],
            review.Studies.Where(study => study.RiskOfBias.Count > 0).Select(study => (string[])
            [
                names[study.Id], .. domains.SelectMany(domain => study.RiskOfBias.SelectMany(bias => bias.Domains).FirstOrDefault(item => item.Domain == domain) is { } judged
                    ? new[] { Judgement(judged.Judgement), judged.Justification ?? "" }
                    : ["", ""]),
            ]));
    }

    private static string Judgement(string word) => word.ToUpperInvariant() switch
    {
        "LOW" => "Low risk",
        "HIGH" => "High risk",
        "UNCLEAR" => "Unclear risk",
        "SOME CONCERNS" => "Some concerns",
        _ => word,
    };

    /// <summary>Domains are ids in a study file; RevMan shows them to readers.</summary>
    private static string Words(string domain) => domain.Replace('_', ' ');

    private static RevManWebFile File(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        new(name, new StringBuilder("\uFEFF").Append(new Table([.. columns.Select(column => new TableColumn(column))], [.. rows]).ToCsv()).ToString());

    private static string Text(ReportedNumber? number) => number?.Value is null ? "" : number.Text;

    private static string Text(double? number) => number?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
