namespace MetaSpine;

/// <summary>The log-likelihood of studies as a function of tau^2, or of the mean effect with tau^2 at its best.</summary>
internal sealed class LikelihoodCurve(double[] y, double[] v, bool isRestricted)
{
    /// <summary>How far the log-likelihood falls from its top to the ends of an interval: half a quantile of chi-squared with one degree of freedom.</summary>
    public static double Drop(double level) => Math.Pow(NormalDistribution.UpperQuantile((1 - level) / 2), 2) / 2;

    public double AtTau2(double tau2)
    {
        var profile = new InterceptProfile(y, v);
        var terms = profile.LikelihoodAt(tau2);
        return isRestricted ? terms.Restricted(y.Length, 1, profile.LogDetXX) : terms.Full(y.Length);
    }

    /// <summary>The full log-likelihood at a mean effect, with the tau^2 that makes it largest.</summary>
    public double AtEffect(double mean)
    {
        double At(double tau2)
        {
            double sum = 0;
            for (var i = 0; i < y.Length; i++)
            {
                sum += Math.Log(v[i] + tau2) + (y[i] - mean) * (y[i] - mean) / (v[i] + tau2);
            }

            return -(y.Length * Math.Log(2 * Math.PI) + sum) / 2;
        }

        // The largest value on a grid that is even in the logarithm, then a search between its neighbours.
        var (least, most) = (1e-6 * v.Min(), v.Max() + y.Max(value => (value - mean) * (value - mean)));
        const int Points = 48;
        double Grid(int i) => i < 0 ? 0 : least * Math.Pow(most / least, Math.Min(i, Points) / (double)Points);
        var best = -1;
        for (var i = 0; i <= Points; i++)
        {
            best = At(Grid(i)) > At(Grid(best)) ? i : best;
        }

        var (lower, upper) = (Grid(best - 1), Grid(best + 1));
        const double Golden = 0.6180339887498949;
        for (var round = 0; round < 60; round++)
        {
            var (one, two) = (upper - Golden * (upper - lower), lower + Golden * (upper - lower));
            (lower, upper) = At(one) > At(two) ? (lower, two) : (one, upper);
        }

        return Math.Max(At(0), At((lower + upper) / 2));
    }

    /// <summary>Where a log-likelihood, as a loss from its top, has fallen by a given amount, in the direction of the step.</summary>
    public static double Bound(Func<double, double> loss, double best, double step, double drop, double least = double.NegativeInfinity)
    {
        var far = Math.Max(least, best + step);
        for (var tries = 0; loss(far) > -drop && far > least && tries < 200; tries++)
        {
            step *= 1.6;
            far = Math.Max(least, best + step);
        }

        return RootFinding.TryFind(value => loss(value) + drop, Math.Min(best, far), Math.Max(best, far), out var root) ? root : far;
    }
}
