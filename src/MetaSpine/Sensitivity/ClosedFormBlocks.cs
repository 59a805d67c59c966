using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MetaSpine;

/// <summary>All subsets under equal effects or DerSimonian-Laird, from sums that two halves of a subset bring together.</summary>
/// <remarks>
/// A subset is the union of a part of the first studies, whose sums stand in a table, and a part of the others, whose sums are made once for
/// each block. Of each part are known the sum of weights, the mean, Q and the sum of w_i w_j over pairs; for the union (Chan, Golub and LeVeque
/// 1983, The American Statistician 37:242, doi:10.1080/00031305.1983.10483115) the first and the last add up, and Q gains (the product of the weights over their sum) times the squared
/// distance of the means. Every term is positive and nothing is ever subtracted again, as it would be when studies are flipped in and out one by
/// one, so that no rounding accumulates: each sum is a chain of at most k additions, good to about k units in the last place, also
/// where one study outweighs the others by many orders of magnitude. Means are kept as distances from the most precise study.
/// Eight subsets are pooled abreast, each as it would be by itself.
/// </remarks>
internal sealed class ClosedFormBlocks : ExhaustiveBlocks
{
    private const int Lanes = 8;

    /// <summary>Bit j of the lane's number: whether study j is in the subset of that lane.</summary>
    private static readonly Vector512<double>[] InLane =
    [
        Vector512.Create(0L, -1, 0, -1, 0, -1, 0, -1).AsDouble(), Vector512.Create(0L, 0, -1, -1, 0, 0, -1, -1).AsDouble(), Vector512.Create(0L, 0, 0, 0, -1, -1, -1, -1).AsDouble(),
    ];

    private readonly double[] _y;
    private readonly double[] _v;
    private readonly double _anchor;
    private readonly bool _random;
    private readonly double[] _counts;
    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _qs;
    private readonly double[] _pairs;

    public ClosedFormBlocks(double[] y, double[] v, bool random)
        : base(y.Length, 12)
    {
        _anchor = y[Array.IndexOf(v, v.Min())];
        _y = Array.ConvertAll(y, value => value - _anchor);
        _v = v;
        _random = random;
        var table = new Part[BlockSize];
        for (var subset = 1; subset < BlockSize; subset++)
        {
            var last = BitOperations.Log2((uint)subset);
            table[subset] = table[subset ^ 1 << last].With(Single(last));
        }

        _counts = Array.ConvertAll(table, part => (double)part.Count);
        _weights = Array.ConvertAll(table, part => part.Weight);
        _means = Array.ConvertAll(table, part => part.Mean);
        _qs = Array.ConvertAll(table, part => part.Q);
        _pairs = Array.ConvertAll(table, part => part.Pairs);
    }

    public override int Round => 128;

    public override void Pool(long block, GoshWork work)
    {
        var high = default(Part);
        for (var rest = (ulong)block; rest != 0; rest &= rest - 1)
        {
            high = high.With(Single(Bits + BitOperations.TrailingZeroCount(rest)));
        }

        var (estimates, i2) = (work.Estimates, work.I2);
        for (var low = 0; low < estimates.Length; low += Lanes)
        {
            // Part.With, eight times.
            var (ownWeights, ownPairs) = (Vector512.Create(high.Weight), Vector512.Create(high.Pairs));
            var others = At(_weights, low);
            var weights = ownWeights + others;
            var share = others / weights;
            var distance = At(_means, low) - Vector512.Create(high.Mean);
            var means = Vector512.Create(high.Mean) + share * distance;
            var q = Vector512.Create(high.Q) + At(_qs, low) + ownWeights * share * distance * distance;

            var excess = q - (Vector512.Create(high.Count - 1.0) + At(_counts, low));
            var isSpread = Vector512.GreaterThan(excess, Vector512<double>.Zero);
            if (_random && isSpread != Vector512<double>.Zero)
            {
                var pairs = ownPairs + At(_pairs, low) + ownWeights * others;
                means = Vector512.ConditionalSelect(isSpread, RandomMeans((ulong)(block << Bits | (long)low), excess * weights / (Vector512.Create(2.0) * pairs)), means);
            }

            (Vector512.Create(_anchor) + means).StoreUnsafe(ref estimates[low]);
            Vector512.ConditionalSelect(isSpread, Vector512.Create(100.0) * excess / q, Vector512<double>.Zero).StoreUnsafe(ref i2[low]);
        }

        if (block == 0)
        {
            (estimates[0], i2[0]) = (double.NaN, double.NaN);
        }
    }

    private static Vector512<double> At(double[] values, int first) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)first);

    /// <summary>The means of eight subsets in a row, each at its own tau^2; all have the members from bit 3 on, and each its own of those before.</summary>
    private Vector512<double> RandomMeans(ulong members, Vector512<double> tau2)
    {
        Vector512<double> weights = default, sums = default;
        for (var rest = members | (Lanes - 1); rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var w = Vector512<double>.One / (Vector512.Create(_v[i]) + tau2);
            w = i < InLane.Length ? w & InLane[i] : w;
            weights += w;
            sums += w * Vector512.Create(_y[i]);
        }

        return sums / weights;
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
