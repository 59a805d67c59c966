using System.Text.Json;

namespace MetaSpine;

/// <summary>Results of some of the studies (left out, or added up) in words, as tables and as JSON.</summary>
internal static class SubsetReport
{
    public static ReportParts Parts(OmissionResult result) => new(
        $"{result.Model.Natural.Name} with studies left out",
        [.. Sentences(result).Select(sentence => new Paragraph(sentence)), new TableBlock(Table("Without", result.Model, result.Subsets))],
        ModelText.LeftOut(result.Model.Excluded),
        SubsetNotes.Problems(result.Subsets),
        [.. SensitivityText.Sources(result.Model), $"Each result is estimated anew from the studies that are left{(result.Model.Tau2 is null ? "" : ", τ² included")}; {SensitivityText.CaseDiagnostics}."]);

    public static ReportParts Parts(CumulativeResult result) => new(
        $"cumulative {result.Model.Natural.Name}",
        [.. Sentences(result).Select(sentence => new Paragraph(sentence)), new TableBlock(Table("After", result.Model, result.Steps))],
        ModelText.LeftOut(result.Model.Excluded),
        SubsetNotes.Problems(result.Steps),
        [.. SensitivityText.Sources(result.Model), "Cumulative meta-analysis: the result after each study, estimated anew; Lau et al. 1992, doi:10.1056/NEJM199207233270406."]);

    /// <summary>The range of the estimates, and where they say otherwise than that of all studies.</summary>
    public static IEnumerable<string> Sentences(OmissionResult result)
    {
        var (model, fitted) = (result.Model, Fitted(result.Subsets));
        if (fitted.Count == 0)
        {
            yield return "Nothing can be left out: none of the remaining studies can be pooled.";
            yield break;
        }

        var (lowest, highest) = (fitted.MinBy(subset => subset.Natural!.Value.Estimate)!, fitted.MaxBy(subset => subset.Natural!.Value.Estimate)!);
        string Of(SubsetResult subset) => $"{SensitivityText.Number(model, subset.Estimate)} (without {subset.Label})";
        yield return $"With all {model.StudyCount} studies the {model.Natural.Name} is {SensitivityText.Estimate(model, result.Whole.Estimate, result.Whole.Interval)}; "
            + $"with studies left out it ranges from {Of(lowest)} to {Of(highest)}.";
        yield return Change(result, fitted);
    }

    public static (bool Holds, string Verdict)? Verdict(OmissionResult result) => Verdict(result, "study");

    /// <param name="result">The results without each.</param>
    /// <param name="what">What was left out: "study" or "cluster".</param>
    public static (bool Holds, string Verdict)? Verdict(OmissionResult result, string what)
    {
        var changed = Otherwise(result);
        var isNull = result.Model.Effects.Measure.NullValue is null;
        return changed.Count == 0
            ? (true, isNull ? $"Whichever {what} is left out, the estimate stays inside the interval of all studies." : $"Whichever {what} is left out, direction and conclusion stay the same.")
            : (false, $"{(isNull ? "The estimate leaves the interval of all studies" : "Direction or conclusion change")} without {SubsetNotes.Names(changed)}.");
    }

    public static IEnumerable<string> Sentences(CumulativeResult result)
    {
        var half = Half(result);
        if (half is not null && result.Steps[^1].Problem is null)
        {
            yield return $"Added up in this order ({result.Order}), the {result.Model.Natural.Name} was {SensitivityText.Estimate(result.Model, half.Estimate, half.Interval)} "
                + $"with the first {half.StudyCount} of {result.Model.StudyCount} studies and {SensitivityText.Estimate(result.Model, result.Steps[^1].Estimate, result.Steps[^1].Interval)} with all of them.";
        }

        foreach (var note in result.Notes.Except(SubsetNotes.Problems(result.Steps)))
        {
            yield return note;
        }
    }

    /// <summary>The verdict on what the first half of the studies said; null where there are too few of them to tell.</summary>
    public static (bool Holds, string Verdict)? Verdict(CumulativeResult result) => Half(result) is { } half
        ? SensitivityText.Compare(result.Model, $"The first {half.StudyCount} studies (order: {result.Order})", half.Estimate, half.Interval)
        : null;

    /// <summary>A row for each result: estimate, interval, p-value and heterogeneity, where there is any.</summary>
    public static Table Table(string heading, IPooledEffect model, IReadOnlyList<SubsetResult> subsets)
    {
        var format = SensitivityText.Format(model);
        List<(TableColumn Column, Func<SubsetResult, string> Cell)> columns =
        [
            (new(heading), subset => subset.Label),
            (new("Studies", Alignment.Right), subset => Readable.Count(subset.StudyCount)),
            (new(format.Heading, Alignment.DecimalPoint), subset => subset.Natural is { } natural ? format.Number(natural.Estimate) : Readable.None),
            (new($"{Readable.Level(model.Interval.Level)}% CI", Alignment.DecimalPoint), subset => subset.Natural is { } natural ? format.Range(natural.Interval) : ""),
            (new("p", Alignment.Right), subset => subset.Natural is null || model.Effects.Measure.NullValue is null ? "" : Readable.PCell(subset.PValue)),
            (new("τ²", Alignment.DecimalPoint), subset => subset.Tau2 is { } tau2 && subset.StudyCount > 1 ? ModelText.Variance(tau2) : ""),
            (new("I²", Alignment.DecimalPoint), subset => subset.I2 is { } i2 && subset.StudyCount > 1 ? $"{ModelText.Percent(i2)}%" : ""),
        ];
        columns.RemoveAll(column => subsets.All(subset => column.Cell(subset).Length == 0) || (column.Column.Heading == "Studies" && subsets.All(subset => subset.StudyCount == subsets[0].StudyCount)));
        return new Table(columns.ConvertAll(column => column.Column), [.. subsets.Select(subset => columns.ConvertAll(column => column.Cell(subset)))]);
    }

    public static Table Exact(IReadOnlyList<SubsetResult> subsets) => new(
        [.. new[]
        {
            "label", "studies", "estimate", "standard_error", "statistic", "df", "p", "lower", "upper", "prediction_lower", "prediction_upper", "tau2", "i2", "h2", "q", "q_df", "q_p",
            "natural_estimate", "natural_lower", "natural_upper", "problem",
        }.Select(name => new TableColumn(name))],
        [.. subsets.Select(subset => (string[])
        [
            subset.Label,
            .. new[]
            {
                subset.StudyCount, subset.Estimate, subset.StandardError, subset.Statistic, subset.DegreesOfFreedom, subset.PValue, subset.Interval.Lower, subset.Interval.Upper,
                subset.PredictionInterval?.Lower, subset.PredictionInterval?.Upper, subset.Tau2, subset.I2, subset.H2, subset.Q?.Statistic, subset.Q?.DegreesOfFreedom, subset.Q?.PValue,
                subset.Natural?.Estimate, subset.Natural?.Interval.Lower, subset.Natural?.Interval.Upper,
            }.Select(Readable.Exact),
            subset.Problem ?? "",
        ])]);

    public static void Write(Utf8JsonWriter writer, OmissionResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WritePropertyName("whole");
        Write(writer, result.Whole);
        Write(writer, "subsets", result.Subsets);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, CumulativeResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("measure", result.Model.Effects.Measure.Code);
        writer.WriteString("order", result.Order);
        Write(writer, "steps", result.Steps);
        ResultJson.Write(writer, "notes", result.Notes);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<SubsetResult> subsets)
    {
        writer.WriteStartArray(name);
        foreach (var subset in subsets)
        {
            Write(writer, subset);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, SubsetResult subset)
    {
        writer.WriteStartObject();
        writer.WriteString("label", subset.Label);
        writer.WriteStartArray("rows");
        foreach (var row in subset.Rows)
        {
            writer.WriteNumberValue(row);
        }

        writer.WriteEndArray();
        writer.WriteNumber("studyCount", subset.StudyCount);
        writer.WriteFinite("estimate", subset.Estimate);
        writer.WriteFinite("standardError", subset.StandardError);
        writer.WriteFinite("statistic", subset.Statistic);
        writer.WriteFinite("degreesOfFreedom", subset.DegreesOfFreedom);
        writer.WriteFinite("pValue", subset.PValue);
        ResultJson.Interval(writer, "interval", subset.Problem is null ? subset.Interval : null);
        ResultJson.Interval(writer, "predictionInterval", subset.PredictionInterval);
        writer.WriteFinite("tau2", subset.Tau2);
        writer.WriteFinite("i2", subset.I2);
        writer.WriteFinite("h2", subset.H2);
        ResultJson.Write(writer, "q", subset.Q);
        if (subset.Natural is { } natural)
        {
            ResultJson.Natural(writer, natural);
        }
        else
        {
            writer.WriteNull("natural");
        }

        writer.WriteString("problem", subset.Problem);
        writer.WriteEndObject();
    }

    private static string Change(OmissionResult result, List<SubsetResult> fitted)
    {
        var level = Readable.Level(result.Whole.Interval.Level);
        if (result.Model.Effects.Measure.NullValue is not { } none)
        {
            return Otherwise(result) is { Count: > 0 } outside
                ? $"The estimate lies outside the {level}% interval of all studies without {SubsetNotes.Names(outside)}."
                : $"Every one of these estimates lies inside the {level}% interval of all studies.";
        }

        var changed = SubsetNotes.Changed(result.Whole, fitted, none);
        var (then, now) = result.Whole.Interval.Contains(none) ? ("excludes", "includes") : ("includes", "excludes");
        var turned = fitted.FindAll(subset => Math.Sign(subset.Estimate - none) != Math.Sign(result.Whole.Estimate - none));
        return (changed.Count == 0
                ? $"The {level}% interval {now} no effect throughout, as it does with all studies"
                : $"The {level}% interval {now} no effect with all studies, but {then} it without {SubsetNotes.Names(changed)}")
            + (turned.Count == 0 ? ", and the direction stays the same." : $"; the estimate lies on the other side of no effect without {SubsetNotes.Names(turned)}.");
    }

    private static List<SubsetResult> Otherwise(OmissionResult result) => Fitted(result.Subsets).FindAll(subset => !result.Model.Agrees(subset.Estimate, subset.Interval));

    private static List<SubsetResult> Fitted(IReadOnlyList<SubsetResult> subsets) => [.. subsets.Where(subset => subset.Problem is null)];

    /// <summary>The result of the first half of the studies; null where that is less than two, or where it cannot be pooled.</summary>
    private static SubsetResult? Half(CumulativeResult result) =>
        result.Steps.Count < 4 ? null : result.Steps[(result.Steps.Count + 1) / 2 - 1] is { Problem: null } half ? half : null;
}
