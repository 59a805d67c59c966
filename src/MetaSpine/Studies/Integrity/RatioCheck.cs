namespace MetaSpine;

/// <summary>Whether a reported comparison of two arms is that of the reported counts or means.</summary>
/// <remarks>A crude comparison: an adjusted one differs from it as a rule, which is why a difference from counts is a note where the report adjusts.</remarks>
public static class RatioCheck
{
    /// <summary>The measures that can be checked against counts.</summary>
    public static IReadOnlyList<string> Measures { get; } = ["OR", "RR", "RD"];

    /// <summary>Checks an odds ratio, risk ratio or risk difference against the two arms' counts.</summary>
    /// <param name="measure">OR, RR or RD.</param>
    /// <param name="value">The comparison as printed, natural scale; a risk difference as proportion ("0.12") or percentage ("12%").</param>
    /// <param name="events1">Events of the intervention arm.</param>
    /// <param name="total1">Patients of the intervention arm, from 1.</param>
    /// <param name="events2">Events of the control arm.</param>
    /// <param name="total2">Patients of the control arm, from 1.</param>
    /// <param name="adjusted">Whether the report says that it is adjusted; where it does, or does not say (<see langword="null"/>), a difference is a note.</param>
    /// <exception cref="FormatException">The value is not written in plain digits.</exception>
    /// <exception cref="ArgumentException">The measure is none of these.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or above its total.</exception>
    public static NumberCheck OfCounts(string measure, string value, long events1, long total1, long events2, long total2, bool? adjusted = null)
    {
        foreach (var (events, total) in new[] { (events1, total1), (events2, total2) })
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total, nameof(total1));
            ArgumentOutOfRangeException.ThrowIfLessThan(events, 0, nameof(events1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(events, total, nameof(events1));
        }
        double a = events1, b = total1 - events1, c = events2, d = total2 - events2;
        var (crude, name) = measure switch
        {
            "OR" => (a * d / (b * c), "odds ratio"),
            "RR" => (a * total2 / (c * total1), "risk ratio"),
            "RD" => (a / total1 - c / total2, "risk difference"),
            _ => throw new ArgumentException($"'{measure}' is none of {string.Join(", ", Measures)}.", nameof(measure)),
        };
        return Compare(value, (crude, crude), name, $"{events1}/{total1} against {events2}/{total2}", adjusted);
    }

    /// <summary>Checks a mean difference against the two arms' means.</summary>
    /// <param name="value">The difference as printed, intervention minus control.</param>
    /// <param name="mean1">The mean of the intervention arm as printed.</param>
    /// <param name="mean2">The mean of the control arm as printed.</param>
    /// <param name="adjusted">Whether the report says that it is adjusted; where it does, or does not say (<see langword="null"/>), a difference is a note.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    public static NumberCheck OfMeans(string value, string mean1, string mean2, bool? adjusted = null)
    {
        var (first, second) = (PrintedNumber.Parse(mean1, "mean"), PrintedNumber.Parse(mean2, "mean"));
        return Compare(value, (first.Low - second.High, first.High - second.Low), "difference", $"the means {mean1} and {mean2}", adjusted);
    }

    private static NumberCheck Compare(string value, (double Low, double High) crude, string name, string from, bool? adjusted)
    {
        var printed = PrintedNumber.Parse(value, "estimate");
        var slack = 1e-12 * (1 + Math.Abs(crude.Low) + Math.Abs(crude.High));
        var agrees = double.IsNaN(crude.Low) || (printed.Low <= crude.High + slack && crude.Low - slack <= printed.High);
        var computed = double.IsNaN(crude.Low) ? "undefined" : printed.Like((crude.Low + crude.High) / 2);
        return NumberCheck.Of(IntegrityRules.RatioCounts, agrees, value, computed, computed, agrees
            ? $"the {name} of {from} is {computed}"
            : $"the crude {name} of {from} is {computed}, but the report prints {value}"
                + (adjusted == true ? ", which is adjusted" : adjusted is null ? "; it may be adjusted, or of another table" : ""),
            adjusted == false ? IntegritySeverity.Warning : IntegritySeverity.Note);
    }
}
