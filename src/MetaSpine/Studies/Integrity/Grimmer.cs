using System.Numerics;

namespace MetaSpine;

/// <summary>Whether a standard deviation of whole numbers can be what is printed beside their mean (GRIMMER).</summary>
/// <remarks>
/// For every sum S that gives the mean there must be a sum of squares Q, a whole number of the parity of S and no smaller than that of
/// values as equal as S allows, whose standard deviation sqrt((Q - S^2/n) / (n - 1)) is printed so. For five values and more each such Q occurs;
/// for two, three and four it is looked at whether it does, for four by Legendre's theorem on sums of three squares. All of it is in whole numbers,
/// and all sums are tried: a test of the one sum nearest to mean times n raises false alarms. J. Anaya, "The GRIMMER test", PeerJ Preprints
/// 2016;4:e2400v1, doi:10.7287/peerj.preprints.2400v1; the parity is A. Allard's (2018).
/// </remarks>
public static class Grimmer
{
    /// <summary>With more sums than this the mean and standard deviation are far coarser than whole numbers, and the check tells nothing.</summary>
    private const int MostSums = 20_000;

    /// <summary>Beyond this 6Q - 2S^2 three values can be found for nearly every Q, and they are not looked for.</summary>
    private static readonly BigInteger FarThree = 100_000_000;

    /// <summary>Checks a standard deviation (with the divisor n - 1) of whole numbers beside their mean.</summary>
    /// <param name="mean">The mean as printed, with its decimals.</param>
    /// <param name="sd">The standard deviation as printed, with its decimals.</param>
    /// <param name="n">How many people, from 2.</param>
    /// <param name="items">How many whole numbers each person's value is the mean of; 1 for a single one.</param>
    /// <returns>Disagreement also where the mean alone is impossible: see <see cref="Grim"/>.</returns>
    /// <exception cref="FormatException">A number is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, items below 1, or the standard deviation negative.</exception>
    public static NumberCheck Check(string mean, string sd, long n, int items = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        var (printedMean, printedSd) = (PrintedNumber.Parse(mean, "mean"), PrintedNumber.Parse(sd, "standard deviation"));
        ArgumentOutOfRangeException.ThrowIfLessThan(printedSd.Value, 0, nameof(sd));
        var (first, last) = Grim.Sums(printedMean, n, items);
        var of = items == 1 ? $"{n} whole numbers" : $"{n} people with {items} whole numbers each";
        if (first > last)
            return NumberCheck.Of(IntegrityRules.Grimmer, false, $"{mean} ± {sd}", null, "none",
                $"{mean} ± {sd} cannot be the mean and SD of {of}, since the mean alone cannot (GRIM)");
        var agrees = last - first > MostSums;
        for (var sum = first; !agrees && sum <= last; sum++)
            agrees = Fits(sum, printedSd, n, items);
        if (agrees)
            return NumberCheck.Of(IntegrityRules.Grimmer, true, $"{mean} ± {sd}", null, sd, $"{mean} ± {sd} can be the mean and SD of {of}");
        var near = Near(first, last, printedSd, n, items);
        return NumberCheck.Of(IntegrityRules.Grimmer, false, $"{mean} ± {sd}", null, near ?? "none nearby",
            $"the SD {sd} cannot belong to {of} with the mean {mean}; "
            + (near is null ? "no SD near it can" : $"the nearest {(near.Contains(' ', StringComparison.Ordinal) ? "SDs are" : "SD is")} {near}"));
    }

    private static bool Fits(BigInteger sum, PrintedNumber sd, long n, int items)
    {
        // Everything times n (2 * 10^d)^2, so that nothing is rounded.
        var scale = 4 * sd.PerUnit * sd.PerUnit * n;
        var unit = (BigInteger)n * (n - 1) * items * items;
        var square = sum * sum * (scale / n);
        var (low, high) = (BigInteger.Max(0, 2 * sd.Units - 1), 2 * sd.Units + 1);
        var first = BigInteger.Max(-PrintedNumber.Floor(-(unit * low * low + square), scale), Least(sum, n));
        first += (first - sum).IsEven ? 0 : 1;
        var last = PrintedNumber.Floor(unit * high * high + square, scale);
        if (n == 2)
            return HasTwo(sum, first, last);
        for (var q = first; q <= last; q += 2)
            if (n > 4 || (n == 4 ? IsSumOfThreeSquares(4 * q - sum * sum) : HasThree(6 * q - 2 * sum * sum)))
                return true;
        return false;
    }

    /// <summary>The sum of squares of n whole numbers that are as equal as their sum allows.</summary>
    private static BigInteger Least(BigInteger sum, long n)
    {
        var share = PrintedNumber.Floor(sum, n);
        return n * share * share + (sum - n * share) * (2 * share + 1);
    }

    /// <summary>Two numbers: 2Q - S^2 is the square of their difference, of the parity of S.</summary>
    private static bool HasTwo(BigInteger sum, BigInteger first, BigInteger last)
    {
        if (first > last)
            return false;
        var difference = Root(2 * last - sum * sum);
        difference -= (difference - sum).IsEven ? 0 : 1;
        return difference * difference >= 2 * first - sum * sum;
    }

    /// <summary>Three numbers: 6Q - 2S^2 = 3u^2 + v^2, where u is a difference of two and v what the third lacks of their sum, doubled.</summary>
    private static bool HasThree(BigInteger form)
    {
        if (form > FarThree)
            return true;
        for (BigInteger u = 0; 3 * u * u <= form; u++)
        {
            var rest = form - 3 * u * u;
            var v = Root(rest);
            // Then v^2 = S^2 (mod 3) and u = v (mod 2), so that one sign of v gives three whole numbers.
            if (v * v == rest)
                return true;
        }
        return false;
    }

    private static bool IsSumOfThreeSquares(BigInteger number)
    {
        while (!number.IsZero && (number % 4).IsZero)
            number /= 4;
        return number % 8 != 7;
    }

    private static BigInteger Root(BigInteger square)
    {
        if (square.IsZero)
            return 0;
        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        for (var next = (root + square / root) / 2; next < root; next = (root + square / root) / 2)
            root = next;
        return root;
    }

    /// <summary>The standard deviations next to the printed one that some sum allows.</summary>
    private static string? Near(BigInteger first, BigInteger last, PrintedNumber sd, long n, int items)
    {
        // Where the means leave many sums open, hardly any deviation is impossible, and a long search would find nothing.
        var farthest = (int)BigInteger.Min(200, BigInteger.Max(1, 20_000 / (last - first + 1)));
        string? below = null, above = null;
        for (var step = 1; step <= farthest && (below is null || above is null); step++)
        {
            below ??= sd.Units - step >= 0 && Any(sd with { Units = sd.Units - step }) ? sd.Like((sd with { Units = sd.Units - step }).Value) : null;
            above ??= Any(sd with { Units = sd.Units + step }) ? sd.Like((sd with { Units = sd.Units + step }).Value) : null;
        }
        return below is null || above is null ? below ?? above : $"{below} or {above}";

        bool Any(PrintedNumber candidate)
        {
            for (var sum = first; sum <= last; sum++)
                if (Fits(sum, candidate, n, items))
                    return true;
            return false;
        }
    }
}
