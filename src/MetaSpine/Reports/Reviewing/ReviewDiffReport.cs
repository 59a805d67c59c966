using System.Text.Json;

namespace MetaSpine;

/// <summary>Two states of a review in words, as tables and as JSON.</summary>
internal static class ReviewDiffReport
{
    private const int MostFields = 20, MostStudies = 100;

    public static ReportParts Parts(ReviewDiff diff) => new(
        $"From {diff.Earlier} to {diff.Later}", Findings(diff), [],
        diff.Analyses.Any(change => change.Steps.Count > 1)
            ? ["Each step pools the studies as they are after it: first without those removed, then with those changed, then with those added, all under the earlier settings, then under the later. What a cause is said to do depends on this order; the sum does not."] : [],
        []);

    private static IEnumerable<Block> Findings(ReviewDiff diff)
    {
        yield return new Paragraph(diff.HasChanges ? $"{Studies(diff)} {Conclusions(diff)}" : "Nothing that is pooled differs: the same studies with the same fields, and the same analyses.");
        foreach (var block in Bullets.Of(
            ("Studies added", diff.Added.Select(Name)), ("Studies removed", diff.Removed.Select(Name)),
            ("Studies changed", Changed(diff.Changed)), ("Analyses with other settings", diff.Analyses.Where(change => change.Settings.Count > 0).Select(change => $"{change.Id}: {Fields(change.Settings)}"))))
        {
            yield return block;
        }

        foreach (var change in diff.Analyses)
        {
            yield return new Heading(PooledReport.Capital((change.Later ?? change.Earlier)?.Title ?? change.Id), 3);
            yield return new Paragraph(Sentence(change));
            if (Rows(change) is { Rows.Count: > 0 } table)
            {
                yield return new TableBlock(table);
            }
        }
    }

    private static string Studies(ReviewDiff diff)
    {
        string[] parts =
        [
            .. new[] { (diff.Added.Count, "added"), (diff.Removed.Count, "removed"), (diff.Changed.Count, "changed") }.Where(part => part.Item1 > 0)
                .Select(part => $"{Readable.Count(part.Item1)} {part.Item2}"),
        ];
        return parts.Length == 0 ? "No study was added, removed or changed." : $"Studies: {string.Join(", ", parts)}.";
    }

    private static string Conclusions(ReviewDiff diff)
    {
        var changed = diff.Analyses.Where(change => change.IsConclusionChanged).Select(change => change.Id).ToList();
        var both = diff.Analyses.Count(change => change is { Earlier.Overall: not null, Later.Overall: not null });
        return changed.Count > 0 ? $"The conclusion changes in {string.Join(", ", changed)}." : both > 0 ? "No conclusion changes." : "";
    }

    private static string Name(Study study) => study.DisplayName == study.Id ? study.Id : $"{study.DisplayName} ({study.Id})";

    private static IEnumerable<string> Changed(ValueList<StudyChange> changes) =>
    [
        .. changes.Take(MostStudies).Select(change => $"{change.Label}: {Fields(change.Differences)}"),
        .. changes.Count > MostStudies ? [$"and {Readable.Count(changes.Count - MostStudies)} more, which the JSON form has"] : Array.Empty<string>(),
    ];

    private static string Fields(ValueList<FieldDifference> differences) =>
        string.Join("; ", differences.Take(MostFields).Select(difference => $"{difference.Path} {Shown(difference.A)} → {Shown(difference.B)}"))
        + (differences.Count > MostFields ? $"; and {Readable.Count(differences.Count - MostFields)} more" : "");

    private static string Shown(string? text) => text is null ? "nothing" : NumberText.IsNumber(text) ? text : $"'{NumberText.Shorten(text)}'";

    private static string Sentence(AnalysisChange change) => change switch
    {
        { IsInEarlier: false } => $"Only the later review has this analysis. {Then("It gives", change.Later, change.LaterProblem)}",
        { IsInLater: false } => $"The later review has no such analysis. {Then("It gave", change.Earlier, change.EarlierProblem)}",
        { Earlier.Overall: null, Later.Overall: null } or { Earlier: null, Later: null } or { Earlier.Overall: null, Later: null } or { Earlier: null, Later.Overall: null } =>
            $"There was no pooled result, and there is none. {change.LaterProblem}",
        { Earlier: null or { Overall: null } } => $"There was no pooled result. {change.EarlierProblem} {Then("It gives", change.Later, null)}",
        { Later: null or { Overall: null } } => $"There is no pooled result in the later review. {change.LaterProblem} {Then("The earlier gave", change.Earlier, null)}",
        _ => Both(change, change.Earlier!, change.Later!),
    };

    private static string Then(string gives, AnalysisResult? result, string? problem) => result is { Overall: not null } ? $"{gives}: {State(result)}" : problem ?? "";

    private static string Both(AnalysisChange change, AnalysisResult earlier, AnalysisResult later)
    {
        if (change.Steps.Count == 0)
        {
            return $"Unchanged: {State(later)}";
        }

        var (before, after) = (AnalysisChange.Verdict(earlier), AnalysisChange.Verdict(later));
        var conclusion = before is null || after is null || earlier.Measure.Code != later.Measure.Code ? ""
            : before == after ? $" As before, the interval {Side(after.Value, later)}."
            : $" The conclusion changes: before, the interval {Side(before.Value, earlier).Replace("lies", "lay", StringComparison.Ordinal).Replace("includes", "included", StringComparison.Ordinal)}; after, it {Side(after.Value, later)}.";
        return $"Before: {State(earlier)} After: {State(later)}{conclusion}";
    }

    private static string Side(int verdict, AnalysisResult result)
    {
        var overall = result.Overall!;
        var none = Readable.Fixed(overall.Effects.BackTransform(result.Measure.NullValue!.Value), 0);
        return verdict == 0 ? $"includes no effect ({none})" : $"lies {(verdict > 0 ? "above" : "below")} no effect ({none})";
    }

    private static string State(AnalysisResult result)
    {
        if (result.Overall is not { } overall)
        {
            return result.Problem ?? "";
        }

        var format = new NaturalFormat(result.Measure, overall.Natural.Interval);
        return $"{result.Measure.ReadAs} {format.Number(overall.Natural.Estimate)}{format.Unit} ({Readable.Level(overall.Interval.Level)}% CI {format.Range(overall.Natural.Interval)}), k = {PooledCount.Short(overall)}.";
    }

    private static Table Rows(AnalysisChange change)
    {
        if (change.Steps.Count == 0 || (change.Earlier ?? change.Later) is not { } any)
        {
            return new([], []);
        }

        IReadOnlyList<string> Row(string name, AnalysisResult? result, double? moved, string? problem)
        {
            if (result?.Overall is not { } overall)
            {
                return [name, "", problem is null ? Readable.None : NumberText.Shorten(problem), "", "", ""];
            }

            var format = new NaturalFormat(result.Measure, overall.Natural.Interval);
            return
            [
                name, PooledCount.Short(overall), $"{format.Number(overall.Natural.Estimate)} ({format.Range(overall.Natural.Interval)})",
                overall.Tau2 is { } tau2 ? Readable.Significant(tau2) : "", overall.I2 is { } i2 ? $"{Readable.Fixed(i2, 0)}%" : "",
                moved is { } by ? (by > 0 ? "+" : "") + Readable.Significant(by) : "",
            ];
        }

        return new(
            [new("Data"), new("k", Alignment.Right), new(new NaturalFormat(any.Measure, any.Overall?.Natural.Interval ?? new(0, 1, 0.95)).Heading, Alignment.Right), new("τ²", Alignment.Right), new("I²", Alignment.Right), new("Change", Alignment.Right)],
            [
                Row("before", change.Earlier, null, change.EarlierProblem),
                .. change.Steps.Select(step => Row(Cause(step), step.Result, step.Change, step.Problem)),
                .. change.Steps.Count > 1 && change.Change is { } all ? [Row("in all", change.Later, all, null)] : Array.Empty<IReadOnlyList<string>>(),
            ])
        {
            FooterRows = change.Steps.Count > 1 && change.Change is not null ? 1 : 0,
        };
    }

    private static string Cause(ChangeStep step) => step.Cause == ChangeCause.Settings ? "settings"
        : $"{Word(step.Cause)}: {(step.Studies.Count <= 3 ? string.Join(", ", step.Studies) : $"{Readable.Count(step.Studies.Count)} studies")}";

    private static string Word(ChangeCause cause) => cause switch { ChangeCause.Removed => "removed", ChangeCause.Changed => "changed", ChangeCause.Added => "added", _ => "settings" };

    public static Table Exact(ReviewDiff diff) => new(
        [new("analysis"), new("step"), new("studies"), new("k"), new("estimate"), new("lower"), new("upper"), new("natural"), new("natural_lower"), new("natural_upper"), new("tau2"), new("i2"), new("change"), new("problem")],
        [
            .. diff.Analyses.SelectMany(change => (string[][])
            [
                Exact(change.Id, "before", "", change.Earlier, null, change.EarlierProblem),
                .. change.Steps.Select(step => Exact(change.Id, Word(step.Cause), string.Join("; ", step.Studies), step.Result, step.Change, step.Problem)),
                Exact(change.Id, "after", "", change.Later, change.Change, change.LaterProblem),
            ]),
        ]);

    private static string[] Exact(string id, string step, string studies, AnalysisResult? result, double? change, string? problem)
    {
        var overall = result?.Overall;
        return
        [
            id, step, studies, overall is null ? "" : Readable.Exact(overall.StudyCount), Readable.Exact(overall?.Estimate), Readable.Exact(overall?.Interval.Lower), Readable.Exact(overall?.Interval.Upper),
            Readable.Exact(overall?.Natural.Estimate), Readable.Exact(overall?.Natural.Interval.Lower), Readable.Exact(overall?.Natural.Interval.Upper),
            Readable.Exact(overall?.Tau2), Readable.Exact(overall?.I2), Readable.Exact(change), problem ?? result?.Problem ?? "",
        ];
    }

    public static void Write(Utf8JsonWriter writer, ReviewDiff diff)
    {
        writer.WriteStartObject();
        writer.WriteString("earlier", diff.Earlier);
        writer.WriteString("later", diff.Later);
        ResultJson.Write(writer, "added", [.. diff.Added.Select(study => study.Id)]);
        ResultJson.Write(writer, "removed", [.. diff.Removed.Select(study => study.Id)]);
        writer.WriteStartArray("changed");
        foreach (var change in diff.Changed)
        {
            writer.WriteStartObject();
            writer.WriteString("study", change.Id);
            writer.WriteString("label", change.Label);
            ExtractionReport.Differences(writer, "fields", change.Differences);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("analyses");
        foreach (var change in diff.Analyses)
        {
            writer.WriteStartObject();
            writer.WriteString("id", change.Id);
            ExtractionReport.Differences(writer, "settings", change.Settings);
            writer.WriteBoolean("inEarlier", change.IsInEarlier);
            writer.WriteBoolean("inLater", change.IsInLater);
            Result(writer, "before", change.Earlier);
            writer.WriteStartArray("steps");
            foreach (var step in change.Steps)
            {
                writer.WriteStartObject();
                writer.WriteString("cause", Word(step.Cause));
                ResultJson.Write(writer, "studies", step.Studies);
                Result(writer, "result", step.Result);
                writer.WriteFinite("change", step.Change);
                writer.WriteString("problem", step.Problem);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            Result(writer, "after", change.Later);
            writer.WriteFinite("change", change.Change);
            writer.WriteBoolean("conclusionChanged", change.IsConclusionChanged);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter writer, string name, AnalysisResult? result)
    {
        writer.WritePropertyName(name);
        if (result is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("measure", result.Measure.Code);
        writer.WriteString("problem", result.Problem);
        if (result.Overall is { } overall)
        {
            writer.WriteNumber("studies", overall.StudyCount);
            writer.WriteFinite("estimate", overall.Estimate);
            ResultJson.Interval(writer, "interval", overall.Interval);
            ResultJson.Natural(writer, overall.Natural);
            writer.WriteFinite("tau2", overall.Tau2);
            writer.WriteFinite("i2", overall.I2);
            if (AnalysisChange.Verdict(result) is { } verdict)
            {
                writer.WriteString("noEffect", verdict == 0 ? "inside" : verdict > 0 ? "interval above" : "interval below");
            }
            else
            {
                writer.WriteNull("noEffect");
            }
        }

        writer.WriteEndObject();
    }
}
