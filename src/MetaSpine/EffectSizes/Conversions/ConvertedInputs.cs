namespace MetaSpine;

/// <summary>What measures need, converted from the results of study files that report something else.</summary>
internal static class ConvertedInputs
{
    /// <summary>Estimate, variance and participants of a log hazard ratio.</summary>
    public static ReadInputs LogHazardRatio(TimeToEventResult result) => Read(() =>
    {
        var converted = HazardRatios.FromReport(ReportedHazardRatio.Of(result));
        return ReadInputs.Of(converted.Estimate, converted.Variance, result.N?.Value ?? double.NaN) with { Assumptions = Said(converted) };
    });

    /// <summary>Mean, SD and participants of a result that reports a median with quartiles or range.</summary>
    public static ReadInputs Mean(ContinuousResult result, MedianMethod method) => Read(() =>
    {
        if (FiveNumbers.Of(result) is not { } numbers)
        {
            return ReadInputs.Missing("the mean is not reported, and no median with quartiles (iqr) or range, and n, to estimate it from");
        }

        var converted = MeansFromMedians.Convert(numbers, method);
        return ReadInputs.Of(converted.Mean, converted.Sd, converted.N) with
        {
            Assumptions =
            [
                $"mean and SD estimated from the median: {converted.Assumptions[0]}", .. converted.Assumptions.Skip(1), .. converted.Warnings,
            ],
        };
    });

    private static string[] Said(Converted converted) => [.. converted.Assumptions, .. converted.Warnings];

    /// <summary>A number that cannot be is a problem of its study, not the end of the analysis.</summary>
    private static ReadInputs Read(Func<ReadInputs> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException fault)
        {
            var end = fault.Message.LastIndexOf(" (Parameter ", StringComparison.Ordinal);
            return ReadInputs.Missing(end < 0 ? fault.Message : fault.Message[..end]);
        }
    }
}
