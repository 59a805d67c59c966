namespace MetaSpine;

/// <summary>What a measure needs, taken from the numbers that a study reports for an outcome.</summary>
internal static class StudyInputs
{
    /// <summary>How each family of measures reads results: its columns, for one arm or for intervention and control.</summary>
    private static readonly FamilyReader[] Readers =
    [
        new(Proportion.Family, ["xi", "ni"], null, Dichotomous),
        new(TwoByTwo.Family, ["ai", "n1i"], ["ci", "n2i"], Dichotomous),
        new(Rate.Family, ["xi", "ti"], null, Rates),
        new(TwoRates.Family, ["x1i", "t1i"], ["x2i", "t2i"], Rates),
        new(Mean.Family, ["mi", "sdi", "ni"], null, Continuous),
        new(Spread.Family, ["mi", "sdi", "ni"], null, Continuous),
        new(TwoMeans.Family, ["m1i", "sd1i", "n1i"], ["m2i", "sd2i", "n2i"], Continuous),
        new(ControlScaledMeans.Family, ["m1i", "sd1i", "n1i"], ["m2i", "sd2i", "n2i"], Continuous),
        new(TwoSpreads.Family, ["m1i", "sd1i", "n1i"], ["m2i", "sd2i", "n2i"], Continuous),
        new(TwoGroups.Family, ["m1i", "sd1i", "n1i"], ["m2i", "sd2i", "n2i"], Continuous),
        new(BinormalGroups.Family, ["m1i", "sd1i", "n1i"], ["m2i", "sd2i", "n2i"], Continuous),
        new(Correlation.Family, ["ri", "ni"], null, Correlations),
        new(ReadyEstimate.Family, ["yi", "vi", "ni"], null, Ready),
    ];

    /// <summary>The columns that a measure is read into.</summary>
    public static IReadOnlyList<string> Columns(Measure measure) =>
        Reader(measure) is { } reader ? [.. reader.Columns, .. reader.ControlColumns ?? []] : [];

    /// <summary>Whether the measure compares two arms.</summary>
    public static bool ComparesArms(Measure measure) => Reader(measure)?.ControlColumns is not null;

    /// <summary>The values of <see cref="Columns"/> from one result, or from those of the intervention and the control.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="results">The results.</param>
    /// <param name="medians">How means are estimated from medians; null where they are not.</param>
    public static ReadInputs Read(Measure measure, IReadOnlyList<OutcomeResult> results, MedianMethod? medians = null)
    {
        if (Reader(measure) is not { } reader)
        {
            return ReadInputs.Missing($"study files hold no {measure.Family.Name}; give a table with the columns that {measure.Code} needs");
        }

        var values = new List<double>();
        var assumptions = new List<string>();
        foreach (var result in results)
        {
            // An estimate that does not name its measure is one of the measure asked for.
            // What a time-to-event result gives is a hazard ratio, never a hazard difference.
            // Nor is an estimate of one measure one of another.
            var read = result is TimeToEventResult && measure == Measures.HD
                ? WrongType(result, "value with se or ci")
                : result is EstimateResult { Measure: { } named } && IsOtherMeasure(measure, named)
                ? ReadInputs.Missing($"it is an estimate of {named}, not of {measure.Code}")
                : medians is { } method && reader.TakesMeans && result is ContinuousResult { Mean: not { Value: not null } } summary
                ? ConvertedInputs.Mean(summary, method)
                : reader.Read(result is EstimateResult { Measure: null } estimate ? estimate with { Measure = measure.Code } : result);
            if (read.Problem is not null)
            {
                return read with { Problem = result.Arm is null ? read.Problem : $"{read.Problem} (arm {result.Arm})" };
            }

            values.AddRange(read.Values);
            assumptions.AddRange(read.Assumptions);
        }

        return new ReadInputs(values, [.. assumptions.Distinct(StringComparer.Ordinal)], null);
    }

    /// <summary>Whether an estimate is of another measure than one whose ready estimates are asked for; GEN, HR and HD take what they are given.</summary>
    private static bool IsOtherMeasure(Measure measure, string named) =>
        measure.Code is not ("GEN" or "HR" or "HD") && ReferenceEquals(measure.Family, ReadyEstimate.Family)
        && !(Measures.TryFind(named, out var known) && known.Code == measure.Code);

    private static FamilyReader? Reader(Measure measure) => Array.Find(Readers, reader => ReferenceEquals(reader.Family, measure.Family));

    private static ReadInputs Dichotomous(OutcomeResult result)
    {
        if (result is not DichotomousResult counts)
        {
            return WrongType(result, "events and total");
        }

        var total = counts.Total?.Value ?? counts.Events?.Value + counts.NonEvents?.Value;
        var events = counts.Events?.Value ?? total - counts.NonEvents?.Value;
        if (events is { } x && total is { } n)
        {
            return ReadInputs.Of(x, n);
        }

        var percent = counts.ReportedPercent is { } p ? $"it reports {p.Text}%, but " : "";
        return ReadInputs.Missing($"{percent}{(events is null ? "the number of events" : "the total")} is not reported; give it, or derive it and mark it derived");
    }

    private static ReadInputs Rates(OutcomeResult result)
    {
        if (result is not RateResult rate)
        {
            return WrongType(result, "events and person_time");
        }

        return rate.Events?.Value is { } x && rate.PersonTime?.Value is { } t
            ? ReadInputs.Of(x, t)
            : ReadInputs.Missing($"{(rate.Events?.Value is null ? "the number of events" : "the person-time")} is not reported");
    }

    private static ReadInputs Continuous(OutcomeResult result)
    {
        if (result is not ContinuousResult summary)
        {
            return WrongType(result, "mean, sd and n");
        }

        if (summary.N?.Value is not { } n)
        {
            return ReadInputs.Missing("the number of participants (n) is not reported");
        }

        if (summary.Mean is not { Value: { } mean })
        {
            return ReadInputs.Missing(summary.Median is { Value: not null } median
                ? $"it reports the median {median.Text}, not a mean; a median is not pooled as a mean, unless the analysis says how to estimate it (medians: luo-shi)"
                : "the mean is not reported");
        }

        if (summary.Sd?.Value is { } sd)
        {
            return ReadInputs.Of(mean, sd, n);
        }

        if (summary.Se?.Value is { } se)
        {
            return ReadInputs.Of(mean, se * Math.Sqrt(n), n) with { Assumptions = ["SD from the standard error: SE x sqrt(n)"] };
        }

        if (summary.Ci is { Low.Value: { } low, High.Value: { } high } ci && n > 1)
        {
            var level = ci.Level?.Value ?? 0.95;
            var half = (high - low) / 2;
            return ReadInputs.Of(mean, half / StudentT.UpperQuantile((1 - level) / 2, n - 1) * Math.Sqrt(n), n) with
            {
                Assumptions = [FormattableString.Invariant($"SD from the {100 * level:0.##}% interval of the mean: t with n - 1 degrees of freedom")],
            };
        }

        return ReadInputs.Missing($"the mean {summary.Mean.Text} comes without a spread, so it has no sampling variance; it needs the SD, the SE, a confidence interval, or the individual data");
    }

    private static ReadInputs Correlations(OutcomeResult result)
    {
        if (result is not CorrelationResult correlation)
        {
            return WrongType(result, "r and n");
        }

        return correlation.R?.Value is { } r && correlation.N?.Value is { } n
            ? ReadInputs.Of(r, n)
            : ReadInputs.Missing($"{(correlation.R?.Value is null ? "the coefficient (r)" : "the number of participants (n)")} is not reported");
    }

    /// <summary>An estimate with its variance, brought to the analysis scale of the measure that it names.</summary>
    private static ReadInputs Ready(OutcomeResult result)
    {
        if (result is TimeToEventResult survival)
        {
            return ConvertedInputs.LogHazardRatio(survival);
        }

        if (result is not EstimateResult estimate)
        {
            return WrongType(result, "value with se or ci");
        }

        if (estimate.Value is not { Value: { } value })
        {
            return ReadInputs.Missing("the estimate is not reported");
        }

        var scale = estimate.Scale == EstimateScale.Analysis ? Scale.Identity : ScaleOf(estimate.Measure);
        var size = estimate.N?.Value ?? double.NaN;
        var y = scale.Forward(value);
        if (!double.IsFinite(y))
        {
            return ReadInputs.Missing($"the estimate {estimate.Value.Text} has no {scale.Name}");
        }

        if (estimate.Se?.Value is { } se)
        {
            return ReadInputs.Of(y, se * se, size);
        }

        if (estimate.Ci is { Low.Value: { } low, High.Value: { } high } ci)
        {
            var level = ci.Level?.Value ?? 0.95;
            var error = (scale.Forward(high) - scale.Forward(low)) / (2 * NormalDistribution.UpperQuantile((1 - level) / 2));
            return double.IsFinite(error)
                ? ReadInputs.Of(y, error * error, size) with
                {
                    Assumptions = [FormattableString.Invariant($"standard error from the {100 * level:0.##}% interval on the {scale.Name} scale, taken as normal")],
                }
                : ReadInputs.Missing($"the interval {ci.Low!.Text} to {ci.High!.Text} has no {scale.Name}");
        }

        return ReadInputs.Missing($"the estimate {estimate.Value.Text} comes without a standard error or confidence interval");
    }

    private static Scale ScaleOf(string? measure) =>
        measure is not null && Measures.TryFind(measure, out var known) && !known.Scale.NeedsSize ? known.Scale : Scale.Identity;

    private static ReadInputs WrongType(OutcomeResult result, string needed) => ReadInputs.Missing($"its numbers are of another kind ({Kind(result)}); this measure needs {needed}");

    private static string Kind(OutcomeResult result) => result switch
    {
        DichotomousResult => "dichotomous",
        ContinuousResult => "continuous",
        TimeToEventResult => "time to event",
        RateResult => "rate",
        CorrelationResult => "correlation",
        DiagnosticResult => "diagnostic",
        OrdinalResult => "ordinal",
        _ => "estimate",
    };

    private sealed record FamilyReader(MeasureFamily Family, string[] Columns, string[]? ControlColumns, Func<OutcomeResult, ReadInputs> Read)
    {
        public bool TakesMeans => Columns[0] is "mi" or "m1i";
    }
}

/// <summary>Inputs that were read, with what had to be assumed, or the reason why they could not be.</summary>
internal sealed record ReadInputs(IReadOnlyList<double> Values, IReadOnlyList<string> Assumptions, string? Problem)
{
    public static ReadInputs Of(params double[] values) => new(values, [], null);

    public static ReadInputs Missing(string problem) => new([], [], problem);
}
