namespace MetaSpine;

/// <summary>The spread of changes from baseline.</summary>
/// <remarks>
/// Cochrane Handbook, section 6.5.2.8 (Higgins et al. 2019, doi:10.1002/9781119536604); D. Follmann, P. Elliott, I. Suh and J. Cutler
/// (1992), Journal of Clinical Epidemiology 45, 769-773, doi:10.1016/0895-4356(92)90054-Q.
/// </remarks>
public static class ChangeScores
{
    /// <summary>The standard deviation of the changes, from those at baseline and at the end and their correlation.</summary>
    /// <param name="sdBaseline">The standard deviation at baseline, above 0.</param>
    /// <param name="sdFinal">The standard deviation at the end, above 0.</param>
    /// <param name="correlation">
    /// The correlation of a participant's two values, from -1 to 1; from another study of the review (<see cref="Correlation"/>), and
    /// varied in a sensitivity analysis.
    /// </param>
    /// <exception cref="ArgumentException">A number is impossible, or the changes would have no spread.</exception>
    public static ConvertedValue Sd(double sdBaseline, double sdFinal, double correlation)
    {
        Given.Positive(sdBaseline, "standard deviation at baseline");
        Given.Positive(sdFinal, "standard deviation at the end");
        Given.Correlation(correlation);
        var difference = sdFinal - sdBaseline;
        var variance = difference * difference + 2 * (1 - correlation) * sdBaseline * sdFinal;
        return variance > 0
            ? new ConvertedValue
            {
                Value = Math.Sqrt(variance),
                Assumptions =
                [
                    $"a correlation of {Given.Text(correlation)} between baseline and end: SD = sqrt(SD1^2 + SD2^2 - 2 r SD1 SD2) "
                        + $"({Sources.Handbook}; {Sources.Follmann})",
                ],
            }
            : throw Given.Fault(nameof(correlation),
                $"With equal standard deviations ({Given.Text(sdBaseline)}) and a correlation of 1 the changes have no spread.");
    }

    /// <summary>The correlation of baseline and end, from the three standard deviations that a study reports.</summary>
    /// <param name="sdBaseline">The standard deviation at baseline, above 0.</param>
    /// <param name="sdFinal">The standard deviation at the end, above 0.</param>
    /// <param name="sdChange">The standard deviation of the changes, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is impossible, or no correlation gives these three.</exception>
    public static ConvertedValue Correlation(double sdBaseline, double sdFinal, double sdChange)
    {
        Given.Positive(sdBaseline, "standard deviation at baseline");
        Given.Positive(sdFinal, "standard deviation at the end");
        Given.Positive(sdChange, "standard deviation of the changes");
        double least = Math.Abs(sdFinal - sdBaseline), most = sdBaseline + sdFinal;

        // The bounds themselves are met by numbers that were computed from a correlation of 1 or -1.
        if (sdChange < least * (1 - 1e-12) || sdChange > most * (1 + 1e-12))
        {
            throw Given.Fault(nameof(sdChange), $"With standard deviations of {Given.Text(sdBaseline)} and {Given.Text(sdFinal)} that of the "
                + $"changes must lie between {Given.Text(least)} and {Given.Text(most)}, but is {Given.Text(sdChange)}; is it a standard error?");
        }

        var correlation = 1 - (sdChange - least) * (sdChange + least) / (2 * sdBaseline * sdFinal);
        return new ConvertedValue
        {
            Value = Math.Clamp(correlation, -1, 1),
            Assumptions =
            [
                "the three standard deviations are of the same participants: r = (SD1^2 + SD2^2 - SDchange^2) / (2 SD1 SD2) "
                    + $"({Sources.Handbook})",
            ],
            Warnings = correlation >= 0 ? []
                :
                [
                    $"The correlation is negative ({Given.Text(Math.Round(correlation, 3))}), which is rare: check that the three are "
                        + "standard deviations.",
                ],
        };
    }
}
