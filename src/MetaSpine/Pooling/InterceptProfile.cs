namespace MetaSpine;

/// <summary>
/// The profile of a model with an intercept only, in closed form. All sums are arranged around the most precise study
/// (the anchor), so that they keep their digits when it outweighs the rest by many orders of magnitude.
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
        var (offset, _, sumW) = CentreAt(Weighting.InverseVariance(tau2));
        return (_y[_anchor] + offset, sumW);
    }

    /// <summary>The weighted mean and its variance: sum w^2 (v + tau^2) / (sum w)^2, which is 1 / sum w for inverse variances.</summary>
    public (double Estimate, double Variance) Estimate(Weighting weights, double tau2)
    {
        var (offset, _, sumW) = CentreAt(weights);
        double variance = 0;
        for (var i = 0; i < _v.Length; i++)
        {
            var share = weights.Of(i, _v[i]) / sumW;
            variance += share * share * (_v[i] + tau2);
        }

        return (_y[_anchor] + offset, variance);
    }

    public Moments At(double tau2)
    {
        var (offset, rest, sumW) = CentreAt(Weighting.InverseVariance(tau2));
        double rss = 0, ppy = 0, trP = 0, sumW2 = 0, cubeSum = 0, squareSum = 0, diagonal = 0, quarticSum = 0;
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
            sumW2 += w2;
            quarticSum += w2 * w2;
        }

        var trPP = diagonal + Math.Max(0, sumW2 * sumW2 - quarticSum) / (sumW * sumW);
        return new Moments(rss, ppy, Math.Max(0, cubeSum - squareSum * squareSum / sumW), trP, trPP, sumW, sumW2);
    }

    public Traces TracesAt(Weighting weights)
    {
        var (offset, rest, sumW) = CentreAt(weights);
        double rss = 0, p = 0, pv = 0, dPP = 0, dPVP = 0, dPVPV = 0, s2 = 0, s2v = 0, s4 = 0, s4v = 0, s4vv = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var v = _v[i];
            var w = weights.Of(i, v);
            var r = _y[i] - _y[_anchor] - offset;
            var leverage = w * (i == _anchor ? rest : sumW - w) / sumW;
            var w2 = w * w;
            rss += w * r * r;
            p += leverage;
            pv += leverage * v;
            dPP += leverage * leverage;
            dPVP += leverage * leverage * v;
            dPVPV += leverage * leverage * v * v;
            s2 += w2;
            s2v += w2 * v;
            s4 += w2 * w2;
            s4v += w2 * w2 * v;
            s4vv += w2 * w2 * v * v;
        }

        var total2 = sumW * sumW;
        return new Traces(
            rss, p,
            dPP + (s2 * s2 - s4) / total2,
            pv,
            dPVP + (s2 * s2v - s4v) / total2,
            dPVPV + (s2v * s2v - s4vv) / total2);
    }

    public LikelihoodTerms LikelihoodAt(double tau2)
    {
        var (offset, _, sumW) = CentreAt(Weighting.InverseVariance(tau2));
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
        var offset = CentreAt(weights).Offset;
        double rss = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            var r = _y[i] - _y[_anchor] - offset;
            rss += r * r / (_v[i] + tau2);
        }

        return rss;
    }

    public GeneralisedQ Generalised(ReadOnlySpan<double> weights)
    {
        // Q does not depend on a common shift, but its digits do.
        var centred = new double[_y.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = _y[i] - _y[_anchor];
        }

        return new GeneralisedQ(centred, _v, default, weights);
    }

    /// <summary>The weighted mean as an offset from the anchor's estimate, and the weights of the others and of all.</summary>
    private (double Offset, double Others, double SumW) CentreAt(Weighting weights)
    {
        double rest = 0, sum = 0;
        for (var i = 0; i < _y.Length; i++)
        {
            if (i != _anchor)
            {
                var w = weights.Of(i, _v[i]);
                rest += w;
                sum += w * (_y[i] - _y[_anchor]);
            }
        }

        var sumW = rest + weights.Of(_anchor, _v[_anchor]);
        return (sum / sumW, rest, sumW);
    }
}
