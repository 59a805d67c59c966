namespace MetaSpine;

/// <summary>Whether a standard error may have been printed, or taken, for a standard deviation.</summary>
/// <remarks>
/// D. G. Altman and J. M. Bland, "Standard deviations and standard errors", BMJ 2005;331:903, doi:10.1136/bmj.331.7521.903. Two arms of one study
/// measure the same thing, so their standard deviations are alike; a question is asked where one times the square root of its n comes near the other
/// although they themselves are far apart, where they differ by more than a factor of 5, or where the means lie more than 3
/// standard deviations apart. These limits are a convention: each asks for a look, none proves anything.
/// </remarks>
public static class SpreadCheck
{
    private const double Near = 1.5, FarApart = 5, LargeDifference = 3;

    /// <summary>Compares what two arms print as standard deviations.</summary>
    /// <param name="sd1">The first arm's standard deviation as printed.</param>
    /// <param name="n1">The first arm's number of values, from 1.</param>
    /// <param name="sd2">The second arm's standard deviation as printed.</param>
    /// <param name="n2">The second arm's number of values, from 1.</param>
    /// <param name="mean1">The first arm's mean; <see langword="null"/> to leave the means out.</param>
    /// <param name="mean2">The second arm's mean.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of values is not positive.</exception>
    public static NumberCheck Check(string sd1, long n1, string sd2, long n2, string? mean1 = null, string? mean2 = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n2);
        var (first, second) = (PrintedNumber.Parse(sd1, "standard deviation"), PrintedNumber.Parse(sd2, "standard deviation"));
        var (small, n, printed, large) = first.Value <= second.Value ? (first.Value, n1, sd1, second.Value) : (second.Value, n2, sd2, first.Value);
        var reported = $"{sd1} and {sd2}";
        if (small > 0)
        {
            var (ratio, root) = (large / small, Math.Sqrt(n));
            if (root > Near * Near && ratio > root / Near && ratio < root * Near)
                return Ask(reported, PrintedNumber.Print(small * root, first.Decimals),
                    $"the SDs are {sd1} and {sd2}, but {printed} times the square root of {n} is {PrintedNumber.Print(small * root, first.Decimals)}: {printed} may be a standard error");
            if (ratio > FarApart)
                return Ask(reported, PrintedNumber.Print(ratio, 1), $"the SDs {sd1} and {sd2} differ by a factor of {PrintedNumber.Print(ratio, 1)}: one of them may be a standard error");
        }
        if (mean1 is not null && mean2 is not null)
        {
            var difference = PrintedNumber.Parse(mean1, "mean").Value - PrintedNumber.Parse(mean2, "mean").Value;
            var pooled = Math.Sqrt(((n1 - 1) * first.Value * first.Value + (n2 - 1) * second.Value * second.Value) / (n1 + n2 - 2));
            if (pooled > 0 && Math.Abs(difference) > LargeDifference * pooled)
                return Ask($"{mean1} ± {sd1} and {mean2} ± {sd2}", PrintedNumber.Print(difference / pooled, 2),
                    $"the means {mean1} and {mean2} lie {PrintedNumber.Print(Math.Abs(difference) / pooled, 2)} SDs apart: the SDs {sd1} and {sd2} may be standard errors");
        }
        return NumberCheck.Of(IntegrityRules.SeAsSd, true, reported, null, null, $"{sd1} and {sd2} are alike enough to be standard deviations", IntegritySeverity.Warning);
    }

    private static NumberCheck Ask(string reported, string computed, string sentence) =>
        NumberCheck.Of(IntegrityRules.SeAsSd, false, reported, computed, null, sentence, IntegritySeverity.Warning);
}
