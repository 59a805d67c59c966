namespace MetaSpine;

/// <summary>From standardized mean differences to correlations and back.</summary>
/// <remarks>
/// M. Borenstein, L. V. Hedges, J. P. T. Higgins and H. R. Rothstein (2009), Introduction to Meta-Analysis, chapter 7,
/// doi:10.1002/9780470743386, with the point-biserial correlation of group and outcome.
/// </remarks>
public static class StandardizedMeanDifferences
{
    /// <summary>A standardized mean difference as a correlation.</summary>
    /// <param name="difference">The standardized mean difference.</param>
    /// <param name="standardError">Its standard error, above 0.</param>
    /// <param name="n1">Participants of the first group; only the ratio to the second counts. <value>Default 1.</value></param>
    /// <param name="n2">Participants of the second group. <value>Default 1: groups of equal size.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible.</exception>
    public static ConvertedEstimate ToCorrelation(double difference, double standardError, double n1 = 1, double n2 = 1)
    {
        Given.Finite(difference, "standardized mean difference");
        Given.Positive(standardError, "standard error");
        double a = Shares(n1, n2), root = Math.Sqrt(difference * difference + a);
        return new ConvertedEstimate
        {
            Estimate = difference / root,
            StandardError = a * standardError / (root * root * root),
            Assumptions = [$"r = d / sqrt(d^2 + a), a = {Given.Text(a)} from the groups' sizes; its SE by the delta method ({Sources.Borenstein})"],
        };
    }

    /// <summary>A correlation as a standardized mean difference.</summary>
    /// <param name="correlation">The correlation, between -1 and 1.</param>
    /// <param name="standardError">Its standard error, above 0.</param>
    /// <param name="n1">Participants of the first group; only the ratio to the second counts. <value>Default 1.</value></param>
    /// <param name="n2">Participants of the second group. <value>Default 1: groups of equal size.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible; a correlation of -1 or 1 is no finite difference.</exception>
    public static ConvertedEstimate FromCorrelation(double correlation, double standardError, double n1 = 1, double n2 = 1)
    {
        Given.Correlation(correlation);
        Given.Positive(standardError, "standard error");
        var rest = (1 - correlation) * (1 + correlation);
        if (rest == 0)
        {
            throw Given.Fault(nameof(correlation), $"A correlation of {Given.Text(correlation)} is no finite standardized mean difference.");
        }

        double a = Shares(n1, n2), factor = Math.Sqrt(a / rest);
        return new ConvertedEstimate
        {
            Estimate = factor * correlation,
            StandardError = factor * standardError / rest,
            Assumptions =
            [
                $"d = r sqrt(a / (1 - r^2)), a = {Given.Text(a)} from the groups' sizes: the correlation as that of group and outcome; "
                    + $"its SE by the delta method ({Sources.Borenstein})",
            ],
        };
    }

    private static double Shares(double n1, double n2)
    {
        Given.Positive(n1, "number of participants of the first group");
        Given.Positive(n2, "number of participants of the second group");
        return (n1 + n2) / n1 * ((n1 + n2) / n2);
    }
}
