namespace MetaSpine;

/// <summary>The scale on which a confidence interval is symmetric about its estimate.</summary>
public enum IntervalScale
{
    /// <summary>As it is printed: differences.</summary>
    Arithmetic,

    /// <summary>The logarithm: odds, risk, rate and hazard ratios.</summary>
    Geometric,

    /// <summary>Fisher's z: correlations.</summary>
    FisherZ,
}

/// <summary>Whether an estimate, its confidence interval and its p-value belong together.</summary>
/// <remarks>
/// An interval of the form estimate ± z SE has the estimate in its middle, on the scale on which it was computed, and its width gives the standard
/// error and so the p-value: D. G. Altman and J. M. Bland, "How to obtain the P value from a confidence interval", BMJ 2011;343:d2304, doi:10.1136/bmj.d2304.
/// Every printed number may be off by half a unit of its last place. Exact, profile and bootstrap intervals need not be symmetric: hence a warning.
/// </remarks>
public static class IntervalCheck
{
    private const double Slack = 1e-12;

    /// <summary>Checks that the estimate is the middle of its interval.</summary>
    /// <param name="estimate">The estimate as printed, natural scale: "3.59".</param>
    /// <param name="low">The lower limit as printed.</param>
    /// <param name="high">The upper limit as printed.</param>
    /// <param name="scale">Where the middle is: arithmetic for differences, geometric for ratios.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    public static NumberCheck Symmetry(string estimate, string low, string high, IntervalScale scale)
    {
        var (e, l, h) = (PrintedNumber.Parse(estimate, "estimate"), PrintedNumber.Parse(low, "lower limit"), PrintedNumber.Parse(high, "upper limit"));
        var reported = $"{estimate} ({low} to {high})";
        if (Impossible(scale, [e.Value, l.Value, h.Value]) is { } why)
            return Answer(false, reported, null, null, $"{reported} is {why}");
        var (from, to) = (Back(scale, (On(scale, l.Low) + On(scale, h.Low)) / 2), Back(scale, (On(scale, l.High) + On(scale, h.High)) / 2));
        var middle = Back(scale, (On(scale, l.Value) + On(scale, h.Value)) / 2);
        var slack = Slack * (Math.Abs(l.Value) + Math.Abs(h.Value));
        var (printed, range) = (PrintedNumber.Print(middle, e.Decimals + 1), $"{PrintedNumber.Print(from, e.Decimals + 1)} to {PrintedNumber.Print(to, e.Decimals + 1)}");
        var kind = scale switch { IntervalScale.Arithmetic => "middle", IntervalScale.Geometric => "geometric middle", _ => "middle on Fisher's z" };
        return from <= e.High + slack && to >= e.Low - slack
            ? Answer(true, reported, printed, range, $"the {kind} of {low} to {high} is {printed}, as {estimate} should be")
            : Answer(false, reported, printed, range, $"the {kind} of the interval {low} to {high} is {printed}, but the estimate is {estimate}");
    }

    /// <summary>Checks the p-value against that of z = estimate / SE, with the SE that the interval's width gives.</summary>
    /// <param name="estimate">The estimate as printed, natural scale.</param>
    /// <param name="low">The lower limit as printed.</param>
    /// <param name="high">The upper limit as printed.</param>
    /// <param name="p">The two-sided p-value as printed: "0.03", "&lt;0.001".</param>
    /// <param name="scale">The scale on which the interval was computed.</param>
    /// <param name="level">The interval's level; 0.95 is what nearly every report prints.</param>
    /// <returns>A warning where only one of the two is significant, and where a ratio is negative or a correlation beyond 1; a note for any other
    /// disagreement, since intervals and p-values are often of different tests (Wald and likelihood ratio, Cox and log-rank, z and t).</returns>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static NumberCheck PValue(string estimate, string low, string high, string p, IntervalScale scale, double level = 0.95)
    {
        if (level is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        var (e, l, h) = (PrintedNumber.Parse(estimate, "estimate"), PrintedNumber.Parse(low, "lower limit"), PrintedNumber.Parse(high, "upper limit"));
        var printed = PrintedPValue.Parse(p);
        var reported = $"{estimate} ({low} to {high}), {printed.Text}";
        if (Impossible(scale, [e.Value, l.Value, h.Value]) is { } why)
            return NumberCheck.Of(IntegrityRules.IntervalP, false, reported, null, null, $"{estimate} ({low} to {high}) is {why}", IntegritySeverity.Warning);
        var critical = NormalDistribution.UpperQuantile((1 - level) / 2);
        var (least, most) = (On(scale, e.Low), On(scale, e.High));
        var (narrow, wide) = (On(scale, h.Low) - On(scale, l.High), On(scale, h.High) - On(scale, l.Low));
        var nearest = Math.Max(0, Math.Max(least, -most));
        var (zLow, zHigh) = (2 * critical * nearest / wide, narrow > 0 ? 2 * critical * Math.Max(Math.Abs(least), Math.Abs(most)) / narrow : double.PositiveInfinity);
        var (pLow, pHigh) = (TwoSided(zHigh, 0), TwoSided(zLow, 1));
        var range = PrintedPValue.Print(pLow, pHigh);
        if (printed.Fits(pLow, pHigh))
            return NumberCheck.Of(IntegrityRules.IntervalP, true, reported, $"p = {range}", range, $"{reported} agree: the interval gives p = {range}", IntegritySeverity.Note);

        // What crosses between interval and p-value does so whatever the distribution, as long as both are of one test.
        var excludes = On(scale, l.Low) > 0 || On(scale, h.High) < 0 ? true : On(scale, l.High) < 0 && On(scale, h.Low) > 0 ? false : (bool?)null;
        var contradicts = excludes is { } outside && printed.IsSignificant(1 - level) is { } significant && outside != significant;
        return NumberCheck.Of(IntegrityRules.IntervalP, false, reported, $"p = {range}", range,
            $"the interval {low} to {high} around {estimate} gives p = {range}, but the report prints {printed.Text}"
            + (contradicts ? $"; only one of the two is significant at {PrintedPValue.Print(1 - level, 1 - level)}" : "; perhaps they are of different tests"),
            contradicts ? IntegritySeverity.Warning : IntegritySeverity.Note);

        // A correlation of 1 with more digits than a double has is infinitely far from everything, itself included.
        static double TwoSided(double z, double unknown) => double.IsNaN(z) ? unknown : NormalDistribution.TwoSided(z);
    }

    private static string? Impossible(IntervalScale scale, ReadOnlySpan<double> values) => scale switch
    {
        IntervalScale.Geometric when values.ContainsAnyExceptInRange(0, double.MaxValue) => "no ratio with its interval: ratios are not negative",
        IntervalScale.FisherZ when values.ContainsAnyExceptInRange(-1, 1) => "no correlation with its interval: correlations lie from -1 to 1",
        _ => null,
    };

    private static double On(IntervalScale scale, double value) => scale switch
    {
        IntervalScale.Geometric => Math.Log(Math.Max(0, value)),
        IntervalScale.FisherZ => Math.Atanh(Math.Clamp(value, -1, 1)),
        _ => value,
    };

    private static double Back(IntervalScale scale, double value) => scale switch
    {
        IntervalScale.Geometric => Math.Exp(value),
        IntervalScale.FisherZ => Math.Tanh(value),
        _ => value,
    };

    private static NumberCheck Answer(bool agrees, string reported, string? computed, string? admissible, string sentence) =>
        NumberCheck.Of(IntegrityRules.Interval, agrees, reported, computed, admissible, sentence, IntegritySeverity.Warning);
}
