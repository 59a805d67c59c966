namespace MetaSpine;

/// <summary>Whether the p-values of a randomised trial's baseline table are, together, like those of chance.</summary>
/// <remarks>
/// After random allocation each p-value is uniform, so that the sum of their normal scores over the square root of their number is a standard normal
/// (Stouffer): J. B. Carlisle, Anaesthesia 2017;72:944-952, doi:10.1111/anae.13938, whose sum of z it is. Stouffer's sum looks at both ends alike
/// (groups too unlike and too alike), has no tuning constant and stays exact for few values, where a Kolmogorov-Smirnov distance has hardly any power.
/// It takes the variables for independent, which those of one table are not, and the p-values of exact tests of small counts lie too near to 1. So it
/// informs and decides nothing.
/// </remarks>
public static class BaselineCheck
{
    /// <summary>On each side: two of a thousand trials are noted where all variables are independent and allocation was random.</summary>
    private const double Rare = 0.001;

    /// <summary>Combines the p-values and notes a sum that chance gives in fewer than one of a thousand trials on that side.</summary>
    /// <param name="pValues">The two-sided p-values as printed: "0.35", "&gt;0.99"; what rounding leaves open is left open.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="FormatException">One is no p-value.</exception>
    public static NumberCheck Check(params IReadOnlyList<string> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (pValues.Count < 2)
            throw new ArgumentException($"Baseline p-values are combined from two on; found {pValues.Count}.", nameof(pValues));
        var (least, most) = (0.0, 0.0);
        foreach (var text in pValues)
        {
            var (low, high) = PrintedPValue.Parse(text).Limits;
            // High for a high p-value: groups more alike than chance makes them.
            least += NormalDistribution.Quantile(low);
            most += NormalDistribution.Quantile(high);
        }
        var root = Math.Sqrt(pValues.Count);
        var (above, below) = (NormalDistribution.Upper(least / root), NormalDistribution.Lower(most / root));
        var reported = string.Join(", ", pValues);
        return above < Rare ? Answer(reported, above, "higher", "more")
            : below < Rare ? Answer(reported, below, "lower", "less")
            : NumberCheck.Of(IntegrityRules.Baseline, true, reported, null, null,
                $"{pValues.Count} baseline p-values are, together, as high and as low as chance makes them", IntegritySeverity.Note);

        NumberCheck Answer(string text, double share, string direction, string alike) =>
            NumberCheck.Of(IntegrityRules.Baseline, false, text, $"p = {PrintedPValue.Print(share, share)}", null,
                $"the {pValues.Count} baseline p-values are {direction} together than chance makes those of independent variables (p = {PrintedPValue.Print(share, share)} "
                + $"or less): the groups are {alike} alike; variables that go together, exact tests and stratified allocation do that too",
                IntegritySeverity.Note);
    }
}
