using System.Numerics;

namespace MetaSpine;

/// <summary>All subsets under equal effects or DerSimonian-Laird, from sums that two halves of a subset bring together.</summary>
/// <remarks>
/// A subset is the union of a part of the first studies, whose sums stand in a table, and a part of the others, whose sums are made once for
/// each block. Of each part are known the sum of weights, the mean, Q and the sum of w_i w_j over pairs; for the union (Chan, Golub and LeVeque
/// 1983, The American Statistician 37:242) the first and the last add up, and Q gains (the product of the weights over their sum) times the squared
/// distance of the means. Every term is positive and nothing is ever subtracted again, as it would be when studies are flipped in and out one by
/// one, so that no rounding accumulates: each sum is a chain of at most k additions, good to about k units in the last place, also
/// where one study outweighs the others by many orders of magnitude. Means are kept as distances from the most precise study.
/// </remarks>
internal sealed class ClosedFormBlocks : ExhaustiveBlocks
{
    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double _anchor;
    private readonly bool _random;
    private readonly Part[] _table;

    public ClosedFormBlocks(double[] y, double[] v, bool random)
        : base(y.Length, 12)
    {
        _anchor = y[Array.IndexOf(v, v.Min())];
        _y = Array.ConvertAll(y, value => value - _anchor);
        _v = v;
        _random = random;
        _table = new Part[BlockSize];
        for (var subset = 1; subset < BlockSize; subset++)
        {
            var last = BitOperations.Log2((uint)subset);
            _table[subset] = _table[subset ^ 1 << last].With(Single(last));
        }
    }

    public override int Round => 128;

    public override void Pool(long block, GoshWork work)
    {
        var high = default(Part);
        for (var rest = (ulong)block; rest != 0; rest &= rest - 1)
        {
            high = high.With(Single(Bits + BitOperations.TrailingZeroCount(rest)));
        }

        var estimates = work.Estimates;
        var i2 = work.I2;
        for (var low = 0; low < estimates.Length; low++)
        {
            var all = high.With(_table[low]);
            var excess = all.Q - (all.Count - 1);
            estimates[low] = _anchor + (_random && excess > 0 ? RandomMean((ulong)(block << Bits | (long)low), excess * all.Weight / (2 * all.Pairs)) : all.Mean);
            i2[low] = excess > 0 ? 100 * excess / all.Q : 0;
        }

        if (block == 0)
        {
            (estimates[0], i2[0]) = (double.NaN, double.NaN);
        }
    }

    private double RandomMean(ulong members, double tau2)
    {
        double weights = 0, sum = 0;
        for (; members != 0; members &= members - 1)
        {
            var i = BitOperations.TrailingZeroCount(members);
            var w = 1 / (_v[i] + tau2);
            weights += w;
            sum += w * _y[i];
        }

        return sum / weights;
    }

    private Part Single(int study) => new(1, 1 / _v[study], _y[study], 0, 0);

    /// <summary>A set of studies.</summary>
    /// <param name="Count">Their number.</param>
    /// <param name="Weight">The sum of their weights 1/v.</param>
    /// <param name="Mean">Their weighted mean, less the anchor.</param>
    /// <param name="Q">Cochran's Q.</param>
    /// <param name="Pairs">The sum of w_i w_j over pairs; twice it over the sum of weights is sum w - sum w^2 / sum w.</param>
    private readonly record struct Part(int Count, double Weight, double Mean, double Q, double Pairs)
    {
        public Part With(in Part other)
        {
            if (other.Count == 0)
            {
                return this;
            }

            var weight = Weight + other.Weight;
            var (share, distance) = (other.Weight / weight, other.Mean - Mean);
            return new Part(
                Count + other.Count, weight, Mean + share * distance, Q + other.Q + Weight * share * distance * distance, Pairs + other.Pairs + Weight * other.Weight);
        }
    }
}
