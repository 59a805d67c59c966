using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static MetaSpine.EightLanes;

namespace MetaSpine;

/// <summary>
/// Eight problems of equally many studies, a lane for each, with an intercept only: the sums of <see cref="InterceptProfile"/>, each in the same order, so that a
/// problem has the same digits here as by itself.
/// </summary>
internal sealed class EightProblems : IEightProfile
{
    /// <summary>So many sums are made side by side.</summary>
    private const int MostSums = 8;

    /// <summary>Estimates, variances and weights, study by study, and room for sums.</summary>
    private readonly EightRows _memory;

    /// <summary>The row of each study. Those that share a lane of the profile stand next to each other.</summary>
    private readonly int[] _rows;

    /// <summary>The first row of each lane of the profile, and at last the end.</summary>
    private readonly int[] _begins = new int[Lanes + 1];

    private Vector512<double> _anchor;
    private Vector512<double> _anchorY;

    public EightProblems(int studies)
    {
        Studies = studies;
        _memory = new EightRows(3 * studies + MostSums * Lanes);
        _rows = new int[studies];
        var (whole, last, row) = (studies - studies % Lanes, Math.Max(0, studies - Lanes), 0);
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = lane; i < whole; i += Lanes)
            {
                _rows[i] = row++;
            }

            // The profile's last eight studies are in their own lanes; those among them that were before weigh nothing there.
            if (last + lane >= whole && last + lane < studies)
            {
                _rows[last + lane] = row++;
            }

            _begins[lane + 1] = row;
        }
    }

    public int Studies { get; }

    public int Freedom => Studies - 1;

    /// <summary>The smallest variance of each, which is that of its anchor.</summary>
    public Vector512<double> SmallestVariance { get; private set; }

    public Vector512<double> LargestVariance { get; private set; }

    private Span<Vector512<double>> Y => Rows(0, Studies);

    private Span<Vector512<double>> V => Rows(Studies, Studies);

    /// <summary>The weights of the last sums; 0 for the anchors.</summary>
    private Span<Vector512<double>> W => Rows(2 * Studies, Studies);

    /// <summary>Puts a problem into a lane.</summary>
    public void Set(int lane, ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        var (rows, variances) = (_rows, Lanes * Studies);
        var memory = _memory.Numbers;
        y = y[..rows.Length];
        v = v[..rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var at = Lanes * rows[i] + lane;
            (memory[at], memory[at + variances]) = (y[i], v[i]);
        }
    }

    /// <summary>Puts the first problem into the lanes that are not set.</summary>
    public void Repeat(int set) => _memory.Repeat(2 * Studies, set);

    /// <summary>Finds the anchors, when all lanes are set.</summary>
    public void Anchor()
    {
        Span<Vector512<double>> y = Y, v = V;
        var first = _rows[0];
        var (anchor, anchorY, smallest, largest) = (Vector512.Create((double)first), y[first], v[first], v[first]);
        foreach (var i in _rows)
        {
            var isLess = Vector512.LessThan(v[i], smallest);
            anchor = Vector512.ConditionalSelect(isLess, Vector512.Create((double)i), anchor);
            anchorY = Vector512.ConditionalSelect(isLess, y[i], anchorY);
            smallest = Vector512.MinNative(v[i], smallest);
            largest = Vector512.MaxNative(v[i], largest);
        }

        (_anchor, _anchorY, SmallestVariance, LargestVariance) = (anchor, anchorY, smallest, largest);
    }

    public Vector512<double> UnweightedRss
    {
        get
        {
            var (begins, anchorY) = (_begins, _anchorY);
            Span<Vector512<double>> y = Y, parts = Parts(0);
            for (var lane = 0; lane < Lanes; lane++)
            {
                Vector512<double> sum = default;
                for (var i = begins[lane]; i < begins[lane + 1]; i++)
                {
                    sum += y[i] - anchorY;
                }

                parts[lane] = sum;
            }

            var centre = Sum(parts) / Vector512.Create((double)Studies);
            for (var lane = 0; lane < Lanes; lane++)
            {
                Vector512<double> sum = default;
                for (var i = begins[lane]; i < begins[lane + 1]; i++)
                {
                    var r = y[i] - anchorY - centre;
                    sum += r * r;
                }

                parts[lane] = sum;
            }

            return Sum(parts);
        }
    }

    public EightMoments At(Vector512<double> tau2)
    {
        var (offset, others, sumW) = CentreAt(tau2);
        var inverse = Vector512<double>.One / sumW;
        var (begins, anchorY) = (_begins, _anchorY);
        Span<Vector512<double>> y = Y, ws = W, rss = Parts(0), ppy = Parts(1), squares = Parts(2), cubes = Parts(3), trP = Parts(4), diagonal = Parts(5), pairs = Parts(6), sumW2 = Parts(7);
        for (var lane = 0; lane < Lanes; lane++)
        {
            Vector512<double> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
            for (var i = begins[lane]; i < begins[lane + 1]; i++)
            {
                var (w, r) = (ws[i], y[i] - anchorY - offset);
                var (wr, w2, leverage) = (w * r, w * w, w * inverse * (sumW - w));
                a += wr * r;
                b += wr * wr;
                c += w * wr;
                d += w * wr * wr;
                e += leverage;
                f += leverage * leverage;
                g += w2 * h;
                h += w2;
            }

            (rss[lane], ppy[lane], squares[lane], cubes[lane], trP[lane], diagonal[lane], pairs[lane], sumW2[lane]) = (a, b, c, d, e, f, g, h);
        }

        var own = Vector512<double>.One / (SmallestVariance + tau2);
        var (ownR, ownW2, ownLeverage) = (-own * offset, own * own, own * inverse * others);
        var (othersW2, allPairs) = Pairs(sumW2, pairs);
        var square = Sum(squares) + own * ownR;
        return new EightMoments(
            Sum(rss) - ownR * offset,
            Sum(ppy) + ownR * ownR,
            Vector512.Max(default, Sum(cubes) + own * ownR * ownR - square * square * inverse),
            Sum(trP) + ownLeverage,
            Sum(diagonal) + ownLeverage * ownLeverage + Vector512.Create(2.0) * (allPairs + ownW2 * othersW2) * inverse * inverse,
            sumW,
            othersW2 + ownW2);
    }

    public EightSpread SpreadAt(Vector512<double> tau2)
    {
        var (offset, others, sumW) = CentreAt(tau2);
        var inverse = Vector512<double>.One / sumW;
        var (begins, anchorY) = (_begins, _anchorY);
        Span<Vector512<double>> y = Y, ws = W, rss = Parts(0), trP = Parts(1);
        for (var lane = 0; lane < Lanes; lane++)
        {
            Vector512<double> a = default, b = default;
            for (var i = begins[lane]; i < begins[lane + 1]; i++)
            {
                var (w, r) = (ws[i], y[i] - anchorY - offset);
                a += w * r * r;
                b += w * inverse * (sumW - w);
            }

            (rss[lane], trP[lane]) = (a, b);
        }

        var own = Vector512<double>.One / (SmallestVariance + tau2);
        return new EightSpread(Sum(rss) - -own * offset * offset, Sum(trP) + own * inverse * others, sumW);
    }

    /// <summary>The inverse-variance means and their variances, as <see cref="InterceptProfile.Estimate(Weighting, double)"/> has them.</summary>
    public (Vector512<double> Estimate, Vector512<double> Variance) Estimate(Vector512<double> tau2)
    {
        var anchorY = _anchorY;
        Span<Vector512<double>> y = Y, v = V, w = W;
        Vector512<double> others = default, sum = default, variance = default;
        foreach (var i in _rows)
        {
            w[i] = WithoutAnchor(i, Vector512<double>.One / (v[i] + tau2));
            others += w[i];
            sum += w[i] * (y[i] - anchorY);
        }

        var own = Vector512<double>.One / (SmallestVariance + tau2);
        var sumW = others + own;
        foreach (var i in _rows)
        {
            var share = Vector512.ConditionalSelect(IsAnchor(i), own, w[i]) / sumW;
            variance += share * share * (v[i] + tau2);
        }

        return (anchorY + sum / sumW, variance);
    }

    public double Tau2Alone(int lane, PoolingOptions options)
    {
        var (y, v) = (new double[Studies], new double[Studies]);
        for (var i = 0; i < Studies; i++)
        {
            (y[i], v[i]) = (Y[_rows[i]][lane], V[_rows[i]][lane]);
        }

        return Tau2Estimator.Estimate(new InterceptProfile(y, v), options, y, []).Tau2;
    }

    /// <summary>The weighted means as offsets from the anchors, and the weights of the others and of all; the weights of the others are kept.</summary>
    private (Vector512<double> Offset, Vector512<double> Others, Vector512<double> SumW) CentreAt(Vector512<double> tau2)
    {
        var (begins, anchorY) = (_begins, _anchorY);
        Span<Vector512<double>> y = Y, v = V, ws = W, weights = Parts(0), sums = Parts(1);
        for (var lane = 0; lane < Lanes; lane++)
        {
            Vector512<double> weight = default, sum = default;
            for (var i = begins[lane]; i < begins[lane + 1]; i++)
            {
                var w = WithoutAnchor(i, Vector512<double>.One / (v[i] + tau2));
                ws[i] = w;
                weight += w;
                sum += w * (y[i] - anchorY);
            }

            (weights[lane], sums[lane]) = (weight, sum);
        }

        var others = Sum(weights);
        var sumW = others + Vector512<double>.One / (SmallestVariance + tau2);
        return (Sum(sums) / sumW, others, sumW);
    }

    private Vector512<double> WithoutAnchor(int row, Vector512<double> weight) => Vector512.AndNot(weight, IsAnchor(row));

    private Vector512<double> IsAnchor(int row) => Vector512.Equals(_anchor, Vector512.Create((double)row));

    /// <summary>The order of <see cref="EightLanes.Sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sum(ReadOnlySpan<Vector512<double>> lanes) =>
        lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));

    /// <summary>The sums, and the products of all pairs, in the order of <see cref="EightLanes.Pairs"/>.</summary>
    private static (Vector512<double> Sum, Vector512<double> Pairs) Pairs(ReadOnlySpan<Vector512<double>> sums, ReadOnlySpan<Vector512<double>> within)
    {
        var (first, second, third, fourth) = (sums[0] + sums[4], sums[1] + sums[5], sums[2] + sums[6], sums[3] + sums[7]);
        var (even, odd) = (first + third, second + fourth);
        var products = sums[0] * sums[4] + sums[2] * sums[6] + (sums[1] * sums[5] + sums[3] * sums[7]);
        return (even + odd, Sum(within) + products + (first * third + second * fourth) + even * odd);
    }

    /// <summary>Room for the parts of a sum, one for each lane of the profile.</summary>
    private Span<Vector512<double>> Parts(int sum) => Rows(3 * Studies + sum * Lanes, Lanes);

    private Span<Vector512<double>> Rows(int first, int count) => _memory.Of(first, count);
}
