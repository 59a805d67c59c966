namespace MetaSpine;

/// <summary>Medians as they are: pooled by their own median, or given a sampling variance so that they can be pooled like any estimate.</summary>
public static class PooledMedians
{
    /// <summary>The median of the studies' medians (or of their differences of medians), which takes no distribution for granted.</summary>
    /// <remarks>
    /// S. McGrath, X. Zhao, Z. Z. Qin, R. Steele and A. Benedetti (2019), One-sample aggregate data meta-analysis of medians, Statistics in
    /// Medicine 38, 969-984, doi:10.1002/sim.8013. The interval inverts the sign test, with its exact binomial probabilities.
    /// </remarks>
    /// <param name="medians">One value per study: a median, or the difference of two; a mean where no median is reported.</param>
    /// <param name="weights">
    /// One weight above 0 per study, such as the participants, for the weighted median, which has no interval; null: none.
    /// </param>
    /// <param name="level">The level of the interval as a proportion; the exact one covers at least as often. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentException">There is no study, a value is not finite, or the weights do not match.</exception>
    public static ConvertedValue MedianOfMedians(IReadOnlyList<double> medians, IReadOnlyList<double>? weights = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(medians);
        Given.Level(level);
        if (medians.Count == 0)
        {
            throw new ArgumentException("There must be at least one median, but none is given.", nameof(medians));
        }

        if (weights is not null && weights.Count != medians.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"There must be one weight per median, but there are {weights.Count} weights for {medians.Count} medians."), nameof(weights));
        }

        var values = new double[medians.Count];
        var sizes = new double[medians.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Given.Finite(medians[i], "median", nameof(medians));
            sizes[i] = weights is null ? 1 : Given.Positive(weights[i], "weight", nameof(weights));
        }

        Array.Sort(values, sizes);
        var interval = weights is null ? SignTest(values, level) : null;
        return new ConvertedValue
        {
            Value = Weighted(values, sizes),
            Interval = interval,
            Assumptions = [$"{(weights is null ? "median" : "weighted median")} of the studies' medians; each study counts "
                + $"{(weights is null ? "alike" : "by its weight")}, whatever its precision ({Sources.McGrathMedians})"],
            Warnings = interval is null && weights is null
                ? [FormattableString.Invariant($"{values.Length} studies are too few for a {Given.Percent(level)} interval by the sign test.")] : [],
        };
    }

    /// <summary>A group's median with the standard error that follows from the distribution closest to its quantiles.</summary>
    /// <remarks>
    /// S. McGrath, H. Sohn, R. Steele and A. Benedetti (2020), Meta-analysis of the difference of medians, Biometrical Journal 62, 69-98,
    /// doi:10.1002/bimj.201900036: 1 / (4 n f^2), with f the fitted density at its median.
    /// </remarks>
    /// <param name="numbers">The reported numbers.</param>
    /// <exception cref="ArgumentException">The numbers do not suffice or contradict each other.</exception>
    public static ConvertedEstimate Median(FiveNumbers numbers)
    {
        var fit = Closest(numbers);
        return new ConvertedEstimate
        {
            Estimate = numbers.Median,
            StandardError = 1 / (2 * Math.Sqrt(numbers.N) * fit.MedianDensity),
            Assumptions =
            [
                $"standard error of the median from a {fit.Name} distribution, the closest to the reported quantiles ({Sources.McGrathDifference})",
            ],
        };
    }

    /// <summary>The difference of two groups' medians, first less second, with its standard error.</summary>
    /// <param name="first">The first (intervention) group.</param>
    /// <param name="second">The second (control) group.</param>
    public static ConvertedEstimate Difference(FiveNumbers first, FiveNumbers second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ConvertedEstimate one = Median(first), other = Median(second);
        return one with
        {
            Estimate = one.Estimate - other.Estimate,
            StandardError = Math.Sqrt(one.Variance + other.Variance),
            Assumptions = [$"first group: {one.Assumptions[0]}", $"second group: {other.Assumptions[0]}"],
        };
    }

    /// <summary>The distribution that the variance of a median is taken from: of the families on the line, not the beta.</summary>
    private static QuantileFit Closest(FiveNumbers numbers)
    {
        foreach (var fit in QuantileEstimation.Fit(numbers))
        {
            if (fit.Family != QuantileFamily.Beta)
            {
                return fit;
            }
        }

        throw new ArgumentException($"No distribution fits the numbers {numbers}.", nameof(numbers));
    }

    private static double Weighted(double[] values, double[] weights)
    {
        double half = .5 * weights.Sum(), sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum > half || i == values.Length - 1)
            {
                return values[i];
            }

            if (sum == half)
            {
                return values[i] + .5 * (values[i + 1] - values[i]);
            }
        }

        return values[^1];
    }

    private static Interval? SignTest(double[] sorted, double level)
    {
        // The largest r with P(Binomial(k, 1/2) < r) at most half of the error; the interval goes from the r-th value to the r-th from the end.
        double k = sorted.Length;
        int r = 0, above = sorted.Length / 2 + 1;
        while (above - r > 1)
        {
            var middle = r + (above - r) / 2;
            (r, above) = BetaDistribution.Lower(.5, k - middle + 1, middle) <= (1 - level) / 2 ? (middle, above) : (r, middle);
        }

        return r == 0 ? null : new Interval(sorted[r - 1], sorted[^r], level);
    }
}
