namespace MetaSpine;

/// <summary>A point of a likelihood.</summary>
internal readonly record struct ConditionalPoint(double Effect, double Tau2, double Value);

/// <summary>
/// The likelihood of normal estimates with variances v + tau^2, each given whether it exceeds a critical number of its standard errors.
/// </summary>
internal sealed class ConditionalLikelihood(double[] y, double[] v, double critical)
{
    /// <summary>Effects, as multiples of the mean estimate, from which the highest maximum is looked for.</summary>
    private static readonly double[] Starts = [-.5, 0, .5, 1];

    private readonly double _scale = Math.Max(Math.Sqrt(v.Average()), y.Max() - y.Min());

    public ConditionalPoint Maximum()
    {
        var best = new ConditionalPoint(0, 0, double.NegativeInfinity);
        foreach (var place in Starts)
        {
            foreach (var spread in (double[])[0, .05, .5])
            {
                var found = new ActiveSetNewton(2, x => Value(x[0], x[1]), x => Derivatives(x[0], x[1]), [[0, 1]])
                    .From([place * y.Average(), spread * _scale * _scale]);
                best = found.Converged && found.Value > best.Value ? new ConditionalPoint(found.At[0], found.At[1], found.Value) : best;
            }
        }

        return double.IsFinite(best.Value) && Math.Abs(best.Effect) < 1e6 * _scale
            ? best
            : throw new PoolingException("The likelihood of p-uniform* has no maximum for these studies: their p-values lie too near to the level. Use a selection model with given weights.");
    }

    /// <summary>The highest point with a given effect.</summary>
    public ConditionalPoint AtEffect(double effect, double start = double.NaN)
    {
        var best = new ConditionalPoint(effect, 0, double.NegativeInfinity);
        foreach (var tau2 in double.IsNaN(start) ? (double[])[0, .05 * _scale * _scale, _scale * _scale] : [start, .5 * _scale * _scale])
        {
            var found = new ActiveSetNewton(1, x => Value(effect, x[0]), x => Part(effect, x[0], 1), [[1]]).From([tau2]);
            best = found.Value > best.Value ? new ConditionalPoint(effect, found.At[0], found.Value) : best;
        }

        return best;
    }

    /// <summary>The highest point with a given tau^2.</summary>
    public ConditionalPoint AtTau2(double tau2, double start = double.NaN)
    {
        var best = new ConditionalPoint(0, tau2, double.NegativeInfinity);
        foreach (var effect in double.IsNaN(start) ? (double[])[0, y.Average()] : [start])
        {
            var found = new ActiveSetNewton(1, x => Value(x[0], tau2), x => Part(x[0], tau2, 0), []).From([effect]);
            best = found.Value > best.Value ? new ConditionalPoint(found.At[0], tau2, found.Value) : best;
        }

        return best;
    }

    /// <summary>Where twice the profile likelihood of the effect has fallen by so much; infinite where it never has.</summary>
    public double EffectBound(ConditionalPoint best, double drop, int direction)
    {
        double Excess(double effect) => 2 * (best.Value - AtEffect(effect).Value) - drop;
        double near = best.Effect, step = Math.Sqrt(v.Average() / v.Length);
        for (var i = 0; i < 40; i++, step *= 1.6)
        {
            var far = near + direction * step;
            if (Excess(far) > 0)
            {
                return RootFinding.TryFind(Excess, Math.Min(near, far), Math.Max(near, far), out var root) ? root : double.NaN;
            }

            near = far;
        }

        return direction * double.PositiveInfinity;
    }

    /// <summary>Where twice the profile likelihood of tau^2 has fallen by so much; 0 where it does not down to 0, infinite where it never does.</summary>
    public double Tau2Bound(ConditionalPoint best, double drop, int direction)
    {
        double Excess(double tau2) => 2 * (best.Value - AtTau2(tau2, best.Effect).Value) - drop;
        if (direction < 0)
        {
            return best.Tau2 == 0 || Excess(0) <= 0 ? 0 : RootFinding.TryFind(Excess, 0, best.Tau2, out var root) ? root : double.NaN;
        }

        double near = best.Tau2, step = Math.Max(best.Tau2, v.Min()) / 4;
        for (var i = 0; i < 60; i++, step *= 1.6)
        {
            if (Excess(near + step) > 0)
            {
                return RootFinding.TryFind(Excess, near, near + step, out var root) ? root : double.NaN;
            }

            near += step;
        }

        return double.PositiveInfinity;
    }

    private double Value(double effect, double tau2)
    {
        double sum = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var s = Math.Sqrt(v[i] + tau2);
            var (cut, significant) = Cut(i, effect, s);
            sum += NormalDistribution.LogDensity((y[i] - effect) / s) - Math.Log(s) - NormalLog.Upper(significant ? cut : -cut);
        }

        return double.IsNaN(sum) ? double.NegativeInfinity : sum;
    }

    /// <summary>The standardised critical value, and whether the estimate is above it.</summary>
    private (double Cut, bool Significant) Cut(int i, double effect, double s)
    {
        var level = critical * Math.Sqrt(v[i]);
        return ((level - effect) / s, y[i] > level);
    }

    private (double[] Gradient, double[] Hessian) Derivatives(double effect, double tau2)
    {
        double m = 0, t = 0, mm = 0, mt = 0, tt = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var total = v[i] + tau2;
            var s = Math.Sqrt(total);
            var (cut, significant) = Cut(i, effect, s);

            // First and second derivative of minus the log of the tail in the standardised critical value.
            var hazard = NormalLog.Hazard(significant ? cut : -cut);
            var (first, second) = significant ? (hazard, hazard * (hazard - cut)) : (-hazard, hazard * (hazard + cut));
            var r = y[i] - effect;
            m += r / total - first / s;
            t += (r * r / total - 1 - first * cut) / (2 * total);
            mm += (second - 1) / total;
            mt += (second * cut + first) / (2 * s * total) - r / (total * total);
            tt += (.5 - r * r / total + (second * cut * cut + 3 * first * cut) / 4) / (total * total);
        }

        return ([m, t], [mm, mt, mt, tt]);
    }

    /// <summary>The derivatives in one of the two parameters.</summary>
    private (double[] Gradient, double[] Hessian) Part(double effect, double tau2, int parameter)
    {
        var (gradient, hessian) = Derivatives(effect, tau2);
        return ([gradient[parameter]], [hessian[3 * parameter]]);
    }
}
