using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static MetaSpine.EightLanes;

namespace MetaSpine;

/// <summary>
/// The profile of a model with an intercept only, in closed form. All sums are arranged around the study of the greatest weight
/// (the anchor), and sums over pairs of studies have no term taken back, so that they keep their digits when one study outweighs the
/// rest by many orders of magnitude. Eight studies are summed side by side, in an order that does not depend on the processor: where it has no such
/// vectors the same sums are made in parts, and the digits are the same.
/// </summary>
internal readonly ref struct InterceptProfile : IProfile
{
    private readonly ReadOnlySpan<double> _y;
    private readonly ReadOnlySpan<double> _v;
    private readonly int _anchor;

    /// <summary>The last eight studies, of which those weigh nothing that were among eight before; where they begin.</summary>
    private readonly int _lastFirst;
    private readonly Vector512<double> _lastY;
    private readonly Vector512<double> _lastV;

    public InterceptProfile(ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        _y = y;
        _v = v;
        var rest = v.Length % Lanes;
        _lastFirst = Math.Max(0, v.Length - Lanes);
        var isRest = v.Length < Lanes ? Vector512.LessThan(Indices, Vector512.Create((double)rest)) : Vector512.GreaterThanOrEqual(Indices, Vector512.Create((double)(Lanes - rest)));
        (_lastY, _lastV) = (Last(y), Last(v));
        var (smallest, largest) = (_lastV, _lastV);
        for (var i = 0; i + Lanes <= v.Length; i += Lanes)
        {
            var eight = Eight(v, default, i);
            (smallest, largest) = (Vector512.MinNative(smallest, eight), Vector512.MaxNative(largest, eight));
        }

        SmallestVariance = Extreme(smallest, min: true);
        LargestVariance = Extreme(largest, min: false);
        _anchor = IndexOf(v, SmallestVariance);
        _lastV = Vector512.ConditionalSelect(isRest, _lastV, Vector512.Create(double.PositiveInfinity));
    }

    public int K => _y.Length;

    public int P => 1;

    public double SmallestVariance { get; }

    public double LargestVariance { get; }

    public double LogDetXX => Math.Log(K);

    /// <summary>The inverse-variance mean and the sum of the weights.</summary>
    public (double Estimate, double SumW) Estimate(double tau2)
    {
        var (anchor, offset, _, sumW) = CentreAt(tau2);
        return (_y[anchor] + offset, sumW);
    }

    /// <summary>The weighted mean and its variance: sum w^2 (v + tau^2) / (sum w)^2, which is 1 / sum w for inverse variances.</summary>
    public (double Estimate, double Variance) Estimate(Weighting weights, double tau2)
    {
        var (anchor, offset, _, sumW) = CentreAt(weights);
        double variance = 0;
        for (var i = 0; i < _v.Length; i++)
        {
            var share = weights.Of(i, _v[i]) / sumW;
            variance += share * share * (_v[i] + tau2);
        }

        return (_y[anchor] + offset, variance);
    }

    public double UnweightedRss
    {
        get
        {
            var anchor = Vector512.Create(_y[_anchor]);
            Vector512<double> sums = default, squares = default;
            for (var i = 0; i < _y.Length; i += Lanes)
            {
                sums += ThereAt(i, Eight(_y, _lastY, i) - anchor);
            }

            var centre = Vector512.Create(Sum(sums) / _y.Length);
            for (var i = 0; i < _y.Length; i += Lanes)
            {
                var r = ThereAt(i, Eight(_y, _lastY, i) - anchor - centre);
                squares += r * r;
            }

            return Sum(squares);
        }
    }

    public Moments At(double tau2)
    {
        var (_, offset, rest, sumW) = CentreAt(tau2);
        var (tau, anchor, centre) = (Vector512.Create(tau2), Vector512.Create(_y[_anchor]), Vector512.Create(offset));
        var inverse = 1 / sumW;
        var (total, share) = (Vector512.Create(sumW), Vector512.Create(inverse));
        Vector512<double> rss = default, ppy = default, trP = default, sumW2 = default, cubes = default, squares = default, diagonal = default, pairs = default;
        for (var i = 0; i < _y.Length; i += Lanes)
        {
            var w = WeightsAt(i, tau);
            var r = Eight(_y, _lastY, i) - anchor - centre;
            var wr = w * r;
            var w2 = w * w;
            var leverage = w * share * (total - w);
            rss += wr * r;
            ppy += wr * wr;
            squares += w * wr;
            cubes += w * wr * wr;
            trP += leverage;
            diagonal += leverage * leverage;
            pairs += w2 * sumW2;
            sumW2 += w2;
        }

        // The anchor, whose leverage is known by the others' weights.
        var own = 1 / (_v[_anchor] + tau2);
        var (ownR, ownW2, ownLeverage) = (-own * offset, own * own, own * inverse * rest);
        var (othersW2, allPairs) = Pairs(sumW2, pairs);
        var square = Sum(squares) + own * ownR;
        var trPP = Sum(diagonal) + ownLeverage * ownLeverage + 2 * (allPairs + ownW2 * othersW2) * inverse * inverse;
        return new Moments(
            Sum(rss) - ownR * offset, Sum(ppy) + ownR * ownR, Math.Max(0, Sum(cubes) + own * ownR * ownR - square * square * inverse), Sum(trP) + ownLeverage, trPP, sumW,
            othersW2 + ownW2);
    }

    public Traces TracesAt(Weighting weights)
    {
        var (anchor, offset, rest, sumW) = CentreAt(weights);
        double rss = 0, p = 0, pv = 0, pp = 0, pvp = 0, pvpv = 0, pairsPP = 0, pairsPVP = 0, pairsPVPV = 0, sumW2 = 0, sumW2V = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var v = _v[i];
            var w = weights.Of(i, v);
            var r = _y[i] - _y[anchor] - offset;
            var leverage = w * (i == anchor ? rest : sumW - w) / sumW;
            var w2 = w * w;
            rss += w * r * r;
            p += leverage;
            pv += leverage * v;
            pp += leverage * leverage;
            pvp += leverage * leverage * v;
            pvpv += leverage * leverage * v * v;
            pairsPP += 2 * w2 * sumW2;
            pairsPVP += w2 * sumW2V + w2 * v * sumW2;
            pairsPVPV += 2 * w2 * v * sumW2V;
            sumW2 += w2;
            sumW2V += w2 * v;
        }

        var total2 = sumW * sumW;
        return new Traces(rss, p, pp + pairsPP / total2, pv, pvp + pairsPVP / total2, pvpv + pairsPVPV / total2);
    }

    public LikelihoodTerms LikelihoodAt(double tau2)
    {
        var (_, offset, _, sumW) = CentreAt(tau2);
        double rss = 0, logs = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var variance = _v[i] + tau2;
            var r = _y[i] - _y[_anchor] - offset;
            rss += r * r / variance;
            logs += Math.Log(variance);
        }

        return new LikelihoodTerms(rss, Math.Log(sumW), logs);
    }

    public double ResidualsAt(Weighting weights, double tau2)
    {
        var (anchor, offset, _, _) = CentreAt(weights);
        double rss = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var r = _y[i] - _y[anchor] - offset;
            rss += r * r / (_v[i] + tau2);
        }

        return rss;
    }

    public GeneralisedQ Generalised(ReadOnlySpan<double> weights) => new(_y, _v, default, weights);

    /// <summary>The anchor, the weighted mean as an offset from its estimate, and the weights of the others and of all.</summary>
    private (int Anchor, double Offset, double Others, double SumW) CentreAt(Weighting weights)
    {
        var anchor = weights.HeaviestOr(_anchor);
        double rest = 0, sum = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            if (i != anchor)
            {
                var w = weights.Of(i, _v[i]);
                rest += w;
                sum += w * (_y[i] - _y[anchor]);
            }
        }

        var sumW = rest + weights.Of(anchor, _v[anchor]);
        return (anchor, sum / sumW, rest, sumW);
    }

    private (int Anchor, double Offset, double Others, double SumW) CentreAt(double tau2)
    {
        var (tau, anchor) = (Vector512.Create(tau2), Vector512.Create(_y[_anchor]));
        Vector512<double> weights = default, sums = default;
        for (var i = 0; i < _y.Length; i += Lanes)
        {
            var w = WeightsAt(i, tau);
            weights += w;
            sums += w * (Eight(_y, _lastY, i) - anchor);
        }

        var others = Sum(weights);
        var sumW = others + 1 / (_v[_anchor] + tau2);
        return (_anchor, Sum(sums) / sumW, others, sumW);
    }

    /// <summary>Of eight values from one on those that are not there again; 0 in the place of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> ThereAt(int first, Vector512<double> values) =>
        first + Lanes <= _v.Length ? values : Vector512.ConditionalSelect(Vector512.Equals(_lastV, Vector512.Create(double.PositiveInfinity)), default, values);

    /// <summary>The weights of eight studies from one on; 0 for the anchor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> WeightsAt(int first, Vector512<double> tau2)
    {
        var w = Vector512<double>.One / (Eight(_v, _lastV, first) + tau2);
        var lane = _anchor - (first + Lanes <= _v.Length ? first : _lastFirst);
        return (uint)lane < Lanes ? Vector512.ConditionalSelect(Vector512.Equals(Indices, Vector512.Create((double)lane)), default, w) : w;
    }
}
