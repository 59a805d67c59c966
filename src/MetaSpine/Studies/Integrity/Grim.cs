using System.Globalization;
using System.Numerics;

namespace MetaSpine;

/// <summary>Whether a mean of whole numbers can be what is printed: it must be a whole sum over the number of values (GRIM).</summary>
/// <remarks>
/// N. J. L. Brown and J. A. J. Heathers, "The GRIM test", Social Psychological and Personality Science 2017;8:363-369,
/// doi:10.1177/1948550616673876. With d decimals it tells something where people times items are fewer than 10^d.
/// </remarks>
public static class Grim
{
    /// <summary>Checks a mean of whole numbers.</summary>
    /// <param name="mean">The mean as printed, with its decimals: "5.19".</param>
    /// <param name="n">How many people, from 1.</param>
    /// <param name="items">How many whole numbers each person's value is the mean of; 1 for a single one.</param>
    /// <exception cref="FormatException">The mean is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n or items is not positive.</exception>
    public static NumberCheck Check(string mean, long n, int items = 1)
    {
        var printed = PrintedNumber.Parse(mean, "mean");
        var (first, last) = Sums(printed, n, items);
        var count = (BigInteger)n * items;
        var of = items == 1 ? $"{n} whole numbers" : $"{n} people with {items} whole numbers each";
        var (below, above) = (Near(last, count, printed), Near(last + 1, count, printed));
        return first <= last
            ? NumberCheck.Of(IntegrityRules.Grim, true, mean, null, mean,
                $"{mean} can be the mean of {of}: a sum of {(first == last ? $"{first}" : $"{first} to {last}")}")
            : NumberCheck.Of(IntegrityRules.Grim, false, mean, $"{last}/{count} = {below}; {last + 1}/{count} = {above}", $"{below} or {above}",
                $"{mean} cannot be the mean of {of}; the nearest means are {below} and {above}");
    }

    /// <summary>The sums of whole numbers that give the mean as printed; <see langword="null"/> where there is none.</summary>
    /// <param name="mean">The mean as printed, with its decimals: "5.19".</param>
    /// <param name="n">How many people, from 1.</param>
    /// <param name="items">How many whole numbers each person's value is the mean of; 1 for a single one.</param>
    /// <exception cref="FormatException">The mean is not written in plain digits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n or items is not positive.</exception>
    /// <exception cref="OverflowException">A sum lies beyond the range of a long.</exception>
    public static CountRange? AdmissibleSums(string mean, long n, int items = 1)
    {
        var (first, last) = Sums(PrintedNumber.Parse(mean, "mean"), n, items);
        return first <= last ? new CountRange((long)first, (long)last) : null;
    }

    internal static (BigInteger First, BigInteger Last) Sums(PrintedNumber mean, long n, int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(items);
        return mean.Multiples((BigInteger)n * items);
    }

    private static string Near(BigInteger sum, BigInteger count, PrintedNumber like) =>
        like.Decimals <= 15 ? like.Like((double)sum / (double)count) : ((double)sum / (double)count).ToString("R", CultureInfo.InvariantCulture);
}
