namespace MetaSpine;

/// <summary>The standard error behind an interval or a p-value.</summary>
/// <remarks>
/// Cochrane Handbook, sections 6.3.1 and 6.3.2 (Higgins et al. 2019, doi:10.1002/9781119536604). For ratios (odds, risk, hazard)
/// set <c>ratio</c>: the numbers are read on their natural scale, and the estimate and its error are of the logarithm.
/// </remarks>
public static class StandardErrors
{
    /// <summary>An estimate that lies farther from the middle of its interval than this share of the width is remarked on.</summary>
    private const double Asymmetry = 0.1;

    /// <summary>Interval and p-value that differ by more than this in their z-values contradict each other; rounding explains less.</summary>
    private const double Contradiction = 0.2;

    /// <summary>The standard error from a confidence interval.</summary>
    /// <param name="estimate">The estimate; null: the middle of the interval (on the log scale for a ratio).</param>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <param name="degreesOfFreedom">The degrees of freedom of t. <value>Default infinite: the normal distribution.</value></param>
    /// <param name="ratio">Whether the numbers are ratios. <value>Default false.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or the estimate lies outside its interval.</exception>
    public static ConvertedEstimate FromInterval(double? estimate, double lower, double upper, double level = 0.95,
        double degreesOfFreedom = double.PositiveInfinity, bool ratio = false)
    {
        Given.Level(level);
        Freedom(degreesOfFreedom);
        Given.Bounds(lower, upper);
        double low = Scaled(lower, ratio, "lower bound", nameof(lower)), high = Scaled(upper, ratio, "upper bound", nameof(upper));
        var width = high - low;
        var middle = low + .5 * width;
        var y = estimate is { } given ? Scaled(given, ratio, "estimate", nameof(estimate)) : middle;
        if (y < low || y > high)
        {
            throw Given.Fault(nameof(estimate), $"The estimate must lie in its interval, but {Given.Text(estimate!.Value)} is outside "
                + $"{Given.Text(lower)} to {Given.Text(upper)}.");
        }

        return new ConvertedEstimate
        {
            Estimate = y,
            StandardError = width / (2 * Critical((1 - level) / 2, degreesOfFreedom)),
            Assumptions =
            [
                $"standard error from the {Given.Percent(level)} interval, taken as estimate ± {Quantile(degreesOfFreedom)} x SE"
                    + $"{OnLogs(ratio)}{(estimate is null ? ", its middle as the estimate" : "")} ({Sources.Handbook})",
            ],
            Warnings = Math.Abs(y - middle) <= Asymmetry * width ? []
                :
                [
                    $"The estimate lies {Given.Percent(Math.Round(Math.Abs(y - middle) / width, 3))} of the width from the middle of its "
                        + $"interval{OnLogs(ratio)}: a misprint, another scale{(ratio ? "" : " (a ratio?)")}, or an interval that is not symmetric.",
                ],
        };
    }

    /// <summary>The standard error from an estimate and only one bound of its interval.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="bound">The bound, on either side.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <param name="oneSided">
    /// Whether the whole error probability lies beyond this bound. <value>Default false: it is one end of a two-sided interval.</value>
    /// </param>
    /// <param name="degreesOfFreedom">The degrees of freedom of t. <value>Default infinite: the normal distribution.</value></param>
    /// <param name="ratio">Whether the numbers are ratios. <value>Default false.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or the bound is the estimate.</exception>
    public static ConvertedEstimate FromBound(double estimate, double bound, double level = 0.95, bool oneSided = false,
        double degreesOfFreedom = double.PositiveInfinity, bool ratio = false)
    {
        Given.Level(level);
        Freedom(degreesOfFreedom);
        double y = Scaled(estimate, ratio, "estimate", nameof(estimate)), end = Scaled(bound, ratio, "bound", nameof(bound));
        var tail = oneSided ? 1 - level : (1 - level) / 2;
        if (y == end || tail >= .5)
        {
            throw y == end
                ? Given.Fault(nameof(bound), $"The bound must differ from the estimate, but both are {Given.Text(bound)}.")
                : Given.Fault(nameof(level), $"The level of a one-sided bound must be above 0.5, but is {Given.Text(level)}.");
        }

        return new ConvertedEstimate
        {
            Estimate = y,
            StandardError = Math.Abs(end - y) / Critical(tail, degreesOfFreedom),
            Assumptions =
            [
                $"standard error from one bound of the {Given.Percent(level)} interval ({(oneSided ? "one" : "two")}-sided), taken as "
                    + $"estimate ± {Quantile(degreesOfFreedom)} x SE{OnLogs(ratio)} ({Sources.Handbook})",
            ],
        };
    }

    /// <summary>The standard error from an estimate and the p-value of its test against no effect.</summary>
    /// <param name="estimate">The estimate; not the value of no effect (0, or 1 for a ratio).</param>
    /// <param name="p">The exact p-value.</param>
    /// <param name="oneSided">Whether the p-value is one-sided. <value>Default false.</value></param>
    /// <param name="degreesOfFreedom">The degrees of freedom of t. <value>Default infinite: the normal distribution.</value></param>
    /// <param name="ratio">Whether the estimate is a ratio. <value>Default false.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or tells nothing about the error.</exception>
    public static ConvertedEstimate FromPValue(double estimate, double p, bool oneSided = false,
        double degreesOfFreedom = double.PositiveInfinity, bool ratio = false)
    {
        Given.PValue(p);
        Freedom(degreesOfFreedom);
        var y = Scaled(estimate, ratio, "estimate", nameof(estimate));
        if (y == 0)
        {
            throw Given.Fault(nameof(estimate), $"An estimate of exactly no effect ({Given.Text(estimate)}) has no standard error that follows "
                + "from its p-value; use the interval.");
        }

        // A one-sided test in the wrong direction has p above 1/2.
        var tail = oneSided ? Math.Min(p, 1 - p) : p / 2;
        if (tail is .5 or 0)
        {
            throw Given.Fault(nameof(p), $"A p-value of {Given.Text(p)} says that there is no effect at all, but the estimate is "
                + $"{Given.Text(estimate)}; use the interval.");
        }

        return new ConvertedEstimate
        {
            Estimate = y,
            StandardError = Math.Abs(y) / Critical(tail, degreesOfFreedom),
            Assumptions =
            [
                $"standard error from the {(oneSided ? "one" : "two")}-sided p-value {Given.Text(p)}, taken as that of "
                    + $"{Quantile(degreesOfFreedom)} = estimate / SE{OnLogs(ratio)} ({Sources.Handbook})",
            ],
            Warnings = tail > .25 ? ["The p-value is so large that its rounding, and the estimate's, decide the standard error."] : [],
        };
    }

    /// <summary>The standard error from an interval, or from a p-value where there is none; with both, the p-value checks the interval.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="lower">The lower bound, where reported.</param>
    /// <param name="upper">The upper bound, where reported.</param>
    /// <param name="p">The two-sided p-value, where reported.</param>
    /// <param name="level">The level of the interval as a proportion. <value>Default 0.95.</value></param>
    /// <param name="degreesOfFreedom">The degrees of freedom of t. <value>Default infinite: the normal distribution.</value></param>
    /// <param name="ratio">Whether the numbers are ratios. <value>Default false.</value></param>
    /// <exception cref="ArgumentException">Neither a bound nor a p-value is given, or a number is impossible.</exception>
    public static ConvertedEstimate FromIntervalOrPValue(double estimate, double? lower, double? upper, double? p, double level = 0.95,
        double degreesOfFreedom = double.PositiveInfinity, bool ratio = false)
    {
        var result = (lower, upper) switch
        {
            ({ } low, { } high) => FromInterval(estimate, low, high, level, degreesOfFreedom, ratio),
            ({ } low, null) => FromBound(estimate, low, level, false, degreesOfFreedom, ratio),
            (null, { } high) => FromBound(estimate, high, level, false, degreesOfFreedom, ratio),
            _ => p is { } only
                ? FromPValue(estimate, only, false, degreesOfFreedom, ratio)
                : throw new ArgumentException(
                    "An estimate needs an interval, one of its bounds, or a p-value to have a standard error; none is given."),
        };
        if (p is not { } value || (lower is null && upper is null))
        {
            return result;
        }

        double byInterval = Math.Abs(result.Estimate) / result.StandardError, byP = Critical(Given.PValue(value) / 2, degreesOfFreedom);
        return Math.Abs(byInterval - byP) <= Contradiction ? result : result with
        {
            Warnings =
            [
                .. result.Warnings,
                $"Interval and p-value contradict each other: the interval means {Quantile(degreesOfFreedom)} = "
                    + $"{Given.Text(Math.Round(byInterval, 3))}, p = {Given.Text(value)} means {Given.Text(Math.Round(byP, 3))}; the interval is used.",
            ],
        };
    }

    internal static double Critical(double tail, double degreesOfFreedom) => StudentT.UpperQuantile(tail, degreesOfFreedom);

    private static void Freedom(double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0))
        {
            throw Given.Fault(nameof(degreesOfFreedom), $"The degrees of freedom must be above 0, but are {Given.Text(degreesOfFreedom)}.");
        }
    }

    private static double Scaled(double value, bool ratio, string what, string name) =>
        ratio ? Math.Log(Given.Positive(value, what + " of a ratio", name)) : Given.Finite(value, what, name);

    private static string Quantile(double degreesOfFreedom) =>
        double.IsPositiveInfinity(degreesOfFreedom) ? "z" : $"t with {Given.Text(degreesOfFreedom)} degrees of freedom";

    private static string OnLogs(bool ratio) => ratio ? " on the log scale" : "";
}
