namespace MetaSpine;

/// <summary>The logarithm of a hazard ratio and its standard error, from whatever a paper gives.</summary>
/// <remarks>
/// M. K. B. Parmar, V. Torri and L. Stewart (1998), Extracting summary statistics to perform meta-analyses of the published literature
/// for survival endpoints, Statistics in Medicine 17, 2815-2834, doi:10.1002/(SICI)1097-0258(19981230)17:24&lt;2815::AID-SIM110&gt;3.0.CO;2-8;
/// J. F. Tierney, L. A. Stewart, D. Ghersi, S. Burdett and M. R. Sydes (2007), Practical methods for incorporating summary
/// time-to-event data into meta-analysis, Trials 8, 16, doi:10.1186/1745-6215-8-16. With V the variance of the log-rank statistic
/// O - E, ln HR = (O - E) / V with variance 1 / V; the hazard ratio is that of the first (intervention) group to the second.
/// </remarks>
public static class HazardRatios
{
    /// <summary>(O - E) / V is the first term of an expansion about a hazard ratio of 1; beyond a factor of 5 it is no longer near.</summary>
    private const double FarFromOne = 1.6094379124341003;

    private const string Methods = $"{Sources.Parmar}; {Sources.Tierney}";

    /// <summary>From a hazard ratio with its confidence interval.</summary>
    /// <param name="hazardRatio">The hazard ratio, natural scale, above 0.</param>
    /// <param name="lower">The lower bound, natural scale.</param>
    /// <param name="upper">The upper bound, natural scale.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or the hazard ratio lies outside its interval.</exception>
    public static ConvertedEstimate FromInterval(double hazardRatio, double lower, double upper, double level = 0.95) =>
        StandardErrors.FromInterval(Given.Positive(hazardRatio, "hazard ratio"), lower, upper, level, ratio: true) with
        {
            Assumptions = [$"SE of ln HR from the {Given.Percent(level)} interval, normal on the log scale ({Methods})"],
        };

    /// <summary>From a hazard ratio with the two-sided p-value of its test.</summary>
    /// <param name="hazardRatio">The hazard ratio, natural scale, above 0 and not 1.</param>
    /// <param name="p">The exact two-sided p-value, from a Wald or log-rank test.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or the two tell nothing about the error.</exception>
    public static ConvertedEstimate FromPValue(double hazardRatio, double p) =>
        StandardErrors.FromPValue(Given.Positive(hazardRatio, "hazard ratio"), p, ratio: true) with
        {
            Assumptions = [$"SE of ln HR = |ln HR| / z of the two-sided p-value {Given.Text(p)} ({Methods})"],
        };

    /// <summary>From the log-rank statistics: observed minus expected events of the first group, and their variance.</summary>
    /// <param name="observedMinusExpected">O - E of the first group.</param>
    /// <param name="variance">V, the hypergeometric variance of O - E, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate FromLogRank(double observedMinusExpected, double variance) =>
        FromScore(Given.Finite(observedMinusExpected, "O - E"), Given.Positive(variance, "variance of O - E"),
            "ln HR = (O - E) / V, its variance 1 / V");

    /// <summary>From the events observed in each group and those expected by the log-rank test.</summary>
    /// <param name="observed1">Events of the first group, above 0.</param>
    /// <param name="expected1">Events expected in the first group, above 0.</param>
    /// <param name="observed2">Events of the second group, above 0.</param>
    /// <param name="expected2">Events expected in the second group, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate FromObservedAndExpected(double observed1, double expected1, double observed2, double expected2)
    {
        Given.Positive(observed1, "number of events of the first group");
        Given.Positive(expected1, "number of expected events of the first group");
        Given.Positive(observed2, "number of events of the second group");
        Given.Positive(expected2, "number of expected events of the second group");
        double observed = observed1 + observed2, expected = expected1 + expected2;
        return new ConvertedEstimate
        {
            Estimate = Math.Log(observed1 / expected1) - Math.Log(observed2 / expected2),
            StandardError = Math.Sqrt(1 / expected1 + 1 / expected2),
            Assumptions = [$"HR = (O1 / E1) / (O2 / E2), the variance of its logarithm 1 / E1 + 1 / E2 ({Methods})"],
            // Expected events are printed with a decimal or two; they add up to the observed ones.
            Warnings = Math.Abs(observed - expected) <= .02 * observed + .1 ? []
                : [$"Observed and expected events must have the same sum, but the sums are {Given.Text(observed)} and {Given.Text(expected)}."],
        };
    }

    /// <summary>From the events of each group and the p-value of the log-rank test.</summary>
    /// <param name="events1">Events of the first group, above 0.</param>
    /// <param name="events2">Events of the second group, above 0.</param>
    /// <param name="p">The exact two-sided p-value of the log-rank test.</param>
    /// <param name="direction">Whether the first group has the lower or the higher hazard, which a p-value does not say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate FromEventsAndPValue(double events1, double events2, double p, FirstGroup direction)
    {
        Given.Positive(events1, "number of events of the first group");
        Given.Positive(events2, "number of events of the second group");
        return FromScore(p, direction, events1 * events2 / (events1 + events2),
            "V = O1 O2 / (O1 + O2), O - E = z sqrt(V) with the sign of the stated direction; groups of about equal size and follow-up");
    }

    /// <summary>From the total of events and the p-value of the log-rank test, with the ratio of the randomised groups.</summary>
    /// <param name="totalEvents">Events of both groups together, above 0.</param>
    /// <param name="p">The exact two-sided p-value of the log-rank test.</param>
    /// <param name="direction">Whether the first group has the lower or the higher hazard, which a p-value does not say.</param>
    /// <param name="allocationRatio">Participants of the first group per participant of the second. <value>Default 1.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate FromTotalEventsAndPValue(double totalEvents, double p, FirstGroup direction, double allocationRatio = 1)
    {
        Given.Positive(totalEvents, "total number of events");
        Given.Positive(allocationRatio, "allocation ratio");
        return FromScore(p, direction, totalEvents * allocationRatio / ((1 + allocationRatio) * (1 + allocationRatio)),
            $"V = O R1 R2 / (R1 + R2)^2 with groups of {Given.Text(allocationRatio)}:1, O - E = z sqrt(V) with the sign of the stated direction; "
                + "events shared like the participants");
    }

    /// <summary>From a report, by the most direct way that its numbers allow.</summary>
    /// <remarks>
    /// In this order: hazard ratio with standard error; with interval; O - E and V; observed and expected events; hazard ratio with
    /// p-value; events of each group, or in total, with p-value and direction. A p-value beside an interval checks it.
    /// </remarks>
    /// <exception cref="ArgumentException">The numbers allow none of the ways, or one of them is impossible.</exception>
    public static ConvertedEstimate FromReport(ReportedHazardRatio report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report switch
        {
            { HazardRatio: { } hr, StandardError: { } se } => new ConvertedEstimate
            {
                Estimate = Math.Log(Given.Positive(hr, "hazard ratio", nameof(report))),
                StandardError = Given.Positive(se, "standard error of ln HR", nameof(report)),
                Assumptions = ["the standard error is that of ln HR"],
            },
            { HazardRatio: { } hr, Lower: { } low, Upper: { } high } => FromInterval(hr, low, high, report.Level) with
            {
                Warnings = StandardErrors.FromIntervalOrPValue(hr, low, high, report.P, report.Level, ratio: true).Warnings,
            },
            { ObservedMinusExpected: { } score, LogRankVariance: { } variance } => FromLogRank(score, variance),
            { Events1: { } o1, Expected1: { } e1, Events2: { } o2, Expected2: { } e2 } => FromObservedAndExpected(o1, e1, o2, e2),
            { HazardRatio: { } hr, P: { } p } when hr != 1 => FromPValue(hr, p),
            { Events1: { } o1, Events2: { } o2, P: { } p, Direction: { } side } => FromEventsAndPValue(o1, o2, p, side),
            { TotalEvents: { } o, P: { } p, Direction: { } side } => FromTotalEventsAndPValue(o, p, side, report.AllocationRatio),
            _ => throw new ArgumentException("The report does not suffice for a hazard ratio; it needs one of: the hazard ratio with its standard "
                + "error, interval or p-value; O - E and V of the log-rank test; observed and expected events of both groups; the events "
                + "(of each group, or in total) with the p-value of the log-rank test and the direction of the effect.", nameof(report)),
        };
    }

    private static ConvertedEstimate FromScore(double p, FirstGroup direction, double variance, string assumption)
    {
        var z = StandardErrors.Critical(Given.PValue(p) / 2, double.PositiveInfinity);
        return FromScore((direction == FirstGroup.Lower ? -z : z) * Math.Sqrt(variance), variance, assumption);
    }

    private static ConvertedEstimate FromScore(double score, double variance, string assumption) => new()
    {
        Estimate = score / variance,
        StandardError = 1 / Math.Sqrt(variance),
        Assumptions = [$"{assumption} ({Methods})"],
        Warnings = Math.Abs(score / variance) <= FarFromOne ? []
            : ["(O - E) / V understates a hazard ratio as far from 1 as this one; use the interval of a Cox model where there is one."],
    };
}
