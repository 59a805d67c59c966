namespace MetaSpine;

/// <summary>
/// The interval of Henmi and Copas for the mean effect: centred on the equal-effects estimate, which small studies (and so the ones that
/// selection favours) pull least, and wide enough for random effects.
/// </summary>
/// <remarks>
/// Henmi and Copas (2010), Statistics in Medicine 29:2969, doi:10.1002/sim.4029. The pivot divides the estimate's error by a standard
/// error that depends on Q through DerSimonian and Laird's tau^2. Given the estimate's error r (in units of its standard deviation), Q is
/// taken as a gamma variable with its exact first two moments; the critical value follows from integrating over r.
/// </remarks>
public static class HenmiCopas
{
    /// <summary>Normal deviations beyond which nothing that counts is left.</summary>
    private const double Beyond = 9;

    /// <summary>The interval for a pooled result's studies; the level is that of its options, its estimator of tau^2 does not matter.</summary>
    /// <exception cref="PoolingException">There is only one study.</exception>
    public static HenmiCopasResult HenmiCopasInterval(this PooledResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var studies = result.Studies;
        var (estimate, error, tau2, critical, interval) = Compute(
            [.. studies.Select(study => study.Effect.Estimate)], [.. studies.Select(study => study.Effect.Variance)], result.Options.Level);
        return new HenmiCopasResult(result, estimate, error, tau2, critical, interval);
    }

    internal static (double Estimate, double StandardError, double Tau2, double CriticalValue, Interval Interval) Compute(double[] y, double[] v, double level)
    {
        if (y.Length < 2)
        {
            throw new PoolingException("The Henmi-Copas interval needs at least two studies.");
        }

        var profile = new InterceptProfile(y, v);
        var freedom = y.Length - 1;
        var (estimate, w1) = profile.Estimate(0);
        var moments = profile.At(0);
        var tau2 = Math.Max(0, (moments.Rss - freedom) / moments.TrP);

        // In units of the mean weight, no power of a weight overflows.
        double w2 = 0, w3 = 0, w4 = 0, unit = w1 / y.Length;
        foreach (var variance in v)
        {
            var w = 1 / variance / unit;
            w2 += w * w;
            w3 += w * w * w;
            w4 += w * w * w * w;
        }

        var total = (double)y.Length;
        var distribution = new QGivenError(freedom, tau2 * unit, total, w2 / total, w3 / total, w4 / total);
        var tail = (1 - level) / 2;
        double Excess(double t) => DoubleExponential.Integrate(
            r => distribution.Below(r, (moments.TrP / (w2 / total * unit)) * ((r / t * (r / t)) - 1) + freedom) * Math.Exp(-r * r / 2), t, Math.Max(t, 0) + Beyond)
            / Math.Sqrt(2 * Math.PI) - tail;
        if (!RootFinding.TryFind(Excess, 1e-8, NormalDistribution.UpperQuantile(tail), out var critical))
        {
            throw new PoolingException("The critical value of the Henmi-Copas interval cannot be found for these studies; use another interval.");
        }

        var inflation = Math.Sqrt(1 + tau2 * unit * (w2 / total));
        var error = inflation / Math.Sqrt(w1);
        var margin = critical * inflation * error;
        return (estimate, error, tau2, critical * inflation, new Interval(estimate - margin, estimate + margin, level));
    }

    /// <summary>The gamma approximation to Q given the estimate's error, with the paper's moments; W_j are its ratios sum w^j / sum w.</summary>
    private readonly struct QGivenError(int freedom, double tau2, double w1, double w2, double w3, double w4)
    {
        /// <summary>The probability of Q below a value, given an error of r standard deviations.</summary>
        public double Below(double r, double q)
        {
            var variance = 1 + tau2 * w2;
            var excess = (r * r - 1) / variance;
            var spread = w3 - w2 * w2;
            var mean = freedom + tau2 * (w1 - w2) + tau2 * tau2 * excess * spread;
            var dispersion = 2 * freedom + 4 * tau2 * (w1 - w2) + 2 * tau2 * tau2 * (w1 * w2 - 2 * w3 + w2 * w2)
                + 4 * tau2 * tau2 * excess * spread
                + 4 * tau2 * tau2 * tau2 * excess * (w4 - 2 * w2 * w3 + w2 * w2 * w2)
                + 2 * Math.Pow(tau2 * tau2 * spread / variance, 2) * (1 - 2 * r * r);
            if (!(mean > 0 && dispersion > 0))
            {
                // Far out the approximation's variance can fail; Q is then taken at its mean.
                return q >= mean ? 1 : 0;
            }

            return ChiSquared.Lower(2 * q * mean / dispersion, 2 * mean * mean / dispersion);
        }
    }
}

/// <summary>An interval of Henmi and Copas, on the analysis scale.</summary>
/// <param name="Model">The result whose studies it is for.</param>
/// <param name="Estimate">The equal-effects estimate, at its centre.</param>
/// <param name="StandardError">Its standard error under random effects.</param>
/// <param name="Tau2">DerSimonian and Laird's tau^2, which the standard error uses.</param>
/// <param name="CriticalValue">The multiple of the standard error that reaches from the centre to a bound.</param>
/// <param name="Interval">The interval.</param>
public sealed partial record HenmiCopasResult(PooledResult Model, double Estimate, double StandardError, double Tau2, double CriticalValue, Interval Interval);
