namespace MetaSpine;

/// <summary>
/// The profile of a model with an intercept only, in closed form. All sums are arranged around the study of the greatest weight
/// (the anchor), and sums over pairs of studies have no term taken back, so that they keep their digits when one study outweighs the
/// rest by many orders of magnitude.
/// </summary>
internal readonly ref struct InterceptProfile : IProfile
{
    private readonly ReadOnlySpan<double> _y;
    private readonly ReadOnlySpan<double> _v;
    private readonly int _anchor;

    public InterceptProfile(ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        _y = y;
        _v = v;
        SmallestVariance = double.PositiveInfinity;
        for (var i = 0; i < v.Length; i++)
        {
            if (v[i] < SmallestVariance)
            {
                SmallestVariance = v[i];
                _anchor = i;
            }

            LargestVariance = Math.Max(LargestVariance, v[i]);
        }
    }

    public int K => _y.Length;

    public int P => 1;

    public double SmallestVariance { get; }

    public double LargestVariance { get; }

    public double LogDetXX => Math.Log(K);

    /// <summary>The inverse-variance mean and the sum of the weights.</summary>
    public (double Estimate, double SumW) Estimate(double tau2)
    {
        var (anchor, offset, _, sumW) = CentreAt(Weighting.InverseVariance(tau2));
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

    public Moments At(double tau2)
    {
        var (_, offset, rest, sumW) = CentreAt(Weighting.InverseVariance(tau2));
        double rss = 0, ppy = 0, trP = 0, sumW2 = 0, cubeSum = 0, squareSum = 0, diagonal = 0, pairs = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var w = 1 / (_v[i] + tau2);
            var r = _y[i] - _y[_anchor] - offset;
            var others = i == _anchor ? rest : sumW - w;
            var wr = w * r;
            var w2 = w * w;
            var leverage = w * others / sumW;
            rss += wr * r;
            ppy += wr * wr;
            squareSum += w * wr;
            cubeSum += w * wr * wr;
            trP += leverage;
            diagonal += leverage * leverage;
            pairs += 2 * w2 * sumW2;
            sumW2 += w2;
        }

        var trPP = diagonal + pairs / (sumW * sumW);
        return new Moments(rss, ppy, Math.Max(0, cubeSum - squareSum * squareSum / sumW), trP, trPP, sumW, sumW2);
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
        var (_, offset, _, sumW) = CentreAt(Weighting.InverseVariance(tau2));
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
}
