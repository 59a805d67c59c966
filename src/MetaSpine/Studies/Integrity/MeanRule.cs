namespace MetaSpine;

/// <summary>Means and standard deviations must be possible: for whole numbers, for zeros and ones, between the ends of the scale or of the data.</summary>
internal static class MeanRule
{
    internal static void Check(IntegrityReport report)
    {
        var study = report.Study;
        Range(report, study.Population?.Age, "population.age", "age");
        Range(report, study.Population?.FollowUpMonths, "population.follow_up_months", "follow-up");
        foreach (var (outcome, result, path) in ResultWalk.Of<ContinuousResult>(study))
        {
            if (ResultWalk.Printed(result.Mean) is not { } mean || ResultWalk.Size(study, result) is not (> 0 and { } n))
                continue;
            var values = new Values(report, outcome.Label ?? outcome.Id, mean, ResultWalk.Printed(result.Sd), n, result.N?.Value is not null);
            Whole(values, outcome.Scale, result, path);
            if (Extremes(values, result.Range, result, path))
                Scale(values, outcome.Scale, result, path);
        }
    }

    /// <summary>GRIM, GRIMMER and DEBIT. What a mean makes impossible is said once, of the mean.</summary>
    private static void Whole(Values values, OutcomeScale? scale, ContinuousResult result, string path)
    {
        if (scale is not { Items: not null } and not { Values: not null })
            return;
        var items = scale.Items ?? 1;
        var grim = Grim.Check(values.Mean, values.N, items);
        values.Add(grim, $"{path}.mean", ResultWalk.At(result.Mean!, result));
        var areBinary = scale.Values == ScaleValues.Binary && items == 1 && result.ChangeFromBaseline != true;
        if (!grim.Agrees || values.Sd is null || values.N < 2 || (areBinary && NumberText.Value(values.Mean) is < 0 or > 1))
            return;
        values.Add(areBinary ? Debit.Check(values.Mean, values.Sd, values.N) : Grimmer.Check(values.Mean, values.Sd, values.N, items),
            $"{path}.sd", ResultWalk.At(result.Sd!, result));
    }

    /// <summary>Whether mean and standard deviation are possible between the smallest and the largest value (or nothing is known of these).</summary>
    private static bool Extremes(Values values, ReportedRange? range, FileRecord holder, string path)
    {
        // A mean outside the range is a finding of the order of numbers.
        if (ResultWalk.Printed(range?.Low) is not { } low || ResultWalk.Printed(range?.High) is not { } high || range!.Low!.Value > range.High!.Value
            || NumberText.Value(values.Mean) < range.Low.Value || NumberText.Value(values.Mean) > range.High.Value)
            return true;
        var check = MeanBounds.OfRange(values.Mean, values.Sd, values.N, low, high);
        values.Add(check, $"{path}.sd", holder.PositionOf("sd"));
        return check.Agrees;
    }

    private static void Scale(Values values, OutcomeScale? scale, ContinuousResult result, string path)
    {
        var (low, high) = scale?.Values == ScaleValues.Binary ? ("0", "1") : (ResultWalk.Printed(scale?.Low), ResultWalk.Printed(scale?.High));
        if (low is null || high is null || NumberText.Value(low) >= NumberText.Value(high))
            return;
        var check = result.ChangeFromBaseline == true ? MeanBounds.OfChange(values.Mean, values.Sd, values.N, low, high)
            : MeanBounds.OfScale(values.Mean, values.Sd, values.N, low, high);
        var isOfMean = check.Reported == values.Mean;
        values.Add(check, isOfMean ? $"{path}.mean" : $"{path}.sd", isOfMean ? ResultWalk.At(result.Mean!, result) : result.PositionOf("sd"));
    }

    private static void Range(IntegrityReport report, NumberSummary? summary, string path, string what)
    {
        var patients = report.Study.Population?.Analysed ?? report.Study.Population?.Enrolled;
        if (ResultWalk.Printed(summary?.Mean) is { } mean && ResultWalk.Count(patients) is > 0 and { } n)
            Extremes(new Values(report, what, mean, ResultWalk.Printed(summary!.Sd), n, isOwn: false), summary.Range, summary, path);
    }

    /// <summary>The numbers of one group of values. Where the group's size is not printed beside them, some may be missing, and a finding asks for a look.</summary>
    private sealed class Values(IntegrityReport report, string what, string mean, string? sd, long n, bool isOwn)
    {
        internal string Mean { get; } = mean;

        internal string? Sd { get; } = sd;

        internal long N { get; } = n;

        internal void Add(NumberCheck check, string path, SourcePosition at) =>
            report.Add(isOwn || check.Agrees ? check : check with
            {
                Severity = IntegritySeverity.Warning,
                Sentence = $"{check.Sentence}; the number of values is not given and was taken to be {N}",
            }, path, at, what);
    }
}
