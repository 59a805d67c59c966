namespace MetaSpine;

/// <summary>The standard deviation of participants from the precision of a mean, or of a difference of two means.</summary>
/// <remarks>Cochrane Handbook, sections 6.5.2.2 and 6.5.2.3 (Higgins et al. 2019, doi:10.1002/9781119536604).</remarks>
public static class StandardDeviations
{
    /// <summary>From the standard error of a group's mean.</summary>
    /// <param name="standardError">The standard error, above 0.</param>
    /// <param name="n">The participants, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue FromStandardError(double standardError, double n) => new()
    {
        Value = Given.Positive(standardError, "standard error") * Math.Sqrt(Given.AtLeast(2, n, "number of participants")),
        Assumptions = [$"SD = SE x sqrt(n) ({Sources.Handbook})"],
    };

    /// <summary>From the confidence interval of a group's mean.</summary>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    /// <param name="n">The participants, at least 2.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue FromInterval(double lower, double upper, double n, double level = 0.95)
    {
        Given.AtLeast(2, n, "number of participants");
        var mean = StandardErrors.FromInterval(null, lower, upper, level, n - 1);
        return new ConvertedValue
        {
            Value = mean.StandardError * Math.Sqrt(n),
            Assumptions =
            [
                $"SD = SE x sqrt(n), the SE from the {Given.Percent(level)} interval by t with n - 1 degrees of freedom ({Sources.Handbook})",
            ],
        };
    }

    /// <summary>The SD that two groups have in common, from the standard error of the difference of their means.</summary>
    /// <param name="standardError">The standard error of the difference, above 0.</param>
    /// <param name="n1">Participants of the first group, at least 2.</param>
    /// <param name="n2">Participants of the second group, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue FromDifference(double standardError, double n1, double n2)
    {
        Given.Positive(standardError, "standard error of the difference");
        Given.AtLeast(2, n1, "number of participants of the first group");
        Given.AtLeast(2, n2, "number of participants of the second group");
        return new ConvertedValue
        {
            Value = standardError / Math.Sqrt(1 / n1 + 1 / n2),
            Assumptions = [$"the same SD in both groups: SD = SE / sqrt(1/n1 + 1/n2) ({Sources.Handbook})"],
        };
    }

    /// <summary>The SD that two groups have in common, from the confidence interval of the difference of their means.</summary>
    /// <param name="lower">The lower bound of the difference.</param>
    /// <param name="upper">The upper bound.</param>
    /// <param name="n1">Participants of the first group, at least 2.</param>
    /// <param name="n2">Participants of the second group, at least 2.</param>
    /// <param name="level">The level as a proportion. <value>Default 0.95.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedValue FromDifferenceInterval(double lower, double upper, double n1, double n2, double level = 0.95)
    {
        Sizes(n1, n2);
        return ByT(StandardErrors.FromInterval(null, lower, upper, level, n1 + n2 - 2), n1, n2, $"{Given.Percent(level)} interval");
    }

    /// <summary>The SD that two groups have in common, from the difference of their means and its p-value.</summary>
    /// <param name="difference">The difference of the means, not 0.</param>
    /// <param name="p">The exact two-sided p-value of the t-test.</param>
    /// <param name="n1">Participants of the first group, at least 2.</param>
    /// <param name="n2">Participants of the second group, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or tells nothing about the spread.</exception>
    public static ConvertedValue FromDifferencePValue(double difference, double p, double n1, double n2)
    {
        Sizes(n1, n2);
        Given.Finite(difference, "difference of the means");
        return ByT(StandardErrors.FromPValue(difference, p, degreesOfFreedom: n1 + n2 - 2), n1, n2, "p-value");
    }

    private static ConvertedValue ByT(ConvertedEstimate difference, double n1, double n2, string from)
    {
        var result = FromDifference(difference.StandardError, n1, n2);
        return result with
        {
            Assumptions = [$"the SE of the difference from its {from} by t with n1 + n2 - 2 degrees of freedom", .. result.Assumptions],
            Warnings = difference.Warnings,
        };
    }

    private static void Sizes(double n1, double n2)
    {
        Given.AtLeast(2, n1, "number of participants of the first group");
        Given.AtLeast(2, n2, "number of participants of the second group");
    }
}
