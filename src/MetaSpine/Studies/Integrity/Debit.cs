using System.Numerics;

namespace MetaSpine;

/// <summary>Whether a standard deviation of zeros and ones can be what is printed beside their mean (DEBIT).</summary>
/// <remarks>
/// With k ones of n it is sqrt(k (n - k) / (n (n - 1))); every k that gives the mean is admitted, in whole numbers. J. A. J. Heathers and
/// N. J. L. Brown, "DEBIT: A simple consistency test for binary data" (2019), https://osf.io/5vb3u.
/// </remarks>
public static class Debit
{
    /// <summary>Checks a standard deviation (with the divisor n - 1) of zeros and ones beside their mean.</summary>
    /// <param name="mean">The mean, a proportion, as printed: ".35", "0.35" or "35%".</param>
    /// <param name="sd">The standard deviation as printed, of the proportion.</param>
    /// <param name="n">How many values, from 2.</param>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2.</exception>
    public static NumberCheck Check(string mean, string sd, long n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var (printedMean, printedSd) = (PrintedNumber.Parse(mean, "mean"), PrintedNumber.Parse(sd, "standard deviation"));
        var (first, last) = printedMean.Multiples(n);
        (first, last) = (BigInteger.Max(first, 0), BigInteger.Min(last, n));
        if (first > last)
            return NumberCheck.Of(IntegrityRules.Debit, false, $"{mean} ± {sd}", null, "none", $"no count of {n} has the proportion {mean}");

        // k ones have the deviation of n - k, so that the longer side of n / 2 tells all; up to there it rises with k.
        (first, last) = first + last <= n ? (first, last) : (n - last, n - first);
        last = BigInteger.Min(last, n / 2);
        var agrees = Any(first, last, printedSd, n);
        var (low, high) = (printedSd.Like(Deviation(first, n)), printedSd.Like(Deviation(last, n)));
        var fits = low == high ? low : $"{low} to {high}";
        return NumberCheck.Of(IntegrityRules.Debit, agrees, $"{mean} ± {sd}", fits, fits, agrees
            ? $"{sd} can be the SD of {n} zeros and ones with the mean {mean}"
            : $"the SD of {n} zeros and ones with the mean {mean} is {fits}, but the report prints {sd}");
    }

    /// <summary>Whether a count from first to last, at most n / 2, has the deviation.</summary>
    private static bool Any(BigInteger first, BigInteger last, PrintedNumber sd, long n)
    {
        // Everything times 4 n (n - 1) 100^d, so that nothing is rounded.
        var scale = 4 * sd.PerUnit * sd.PerUnit;
        var (low, high) = (BigInteger.Max(0, 2 * sd.Units - 1), 2 * sd.Units + 1);
        var unit = (BigInteger)n * (n - 1);
        if (high.Sign < 0)
            return false;
        var end = last;
        while (first < end)
        {
            var half = (first + end) / 2;
            if (scale * half * (n - half) < unit * low * low)
                first = half + 1;
            else
                end = half;
        }
        var value = scale * first * (n - first);
        return unit * low * low <= value && value <= unit * high * high;
    }

    private static double Deviation(BigInteger ones, long n) => Math.Sqrt((double)(ones * (n - ones)) / ((double)n * (n - 1)));
}
