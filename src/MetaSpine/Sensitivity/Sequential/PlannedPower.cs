namespace MetaSpine;

/// <summary>
/// The power of a planned meta-analysis (Hedges and Pigott 2001, Psychological Methods 6:203, doi:10.1037/1082-989X.6.3.203; for moderators Hedges and
/// Pigott 2004, Psychological Methods 9:426, doi:10.1037/1082-989X.9.4.426): normal theory, the variances taken as known.
/// </summary>
public static class PlannedPower
{
    /// <summary>The probability that a two-sided z test of the pooled effect is significant.</summary>
    /// <param name="effect">The true effect, as a distance from no effect on the analysis scale.</param>
    /// <param name="variances">The sampling variance that each planned study is expected to have.</param>
    /// <param name="tau2">The between-study variance. <value>Default 0.</value></param>
    /// <param name="alpha">The level. <value>Default 0.05, two-sided.</value></param>
    /// <exception cref="ArgumentException">A variance is not above 0, tau^2 negative, or alpha not a probability.</exception>
    public static double Of(double effect, IReadOnlyList<double> variances, double tau2 = 0, double alpha = .05)
    {
        ArgumentNullException.ThrowIfNull(variances);
        if (variances.Count == 0 || variances.Any(v => !(v > 0 && double.IsFinite(v))) || !(tau2 >= 0 && double.IsFinite(tau2)))
        {
            throw new ArgumentException("Power needs at least one study, variances above 0 and a tau^2 of 0 or more.", nameof(variances));
        }

        return Of(effect, 1 / variances.Sum(v => 1 / (v + tau2)), alpha);
    }

    /// <summary>The probability that a two-sided z test of an estimate is significant, from its variance.</summary>
    /// <param name="effect">The true effect, or the true difference of two subgroups.</param>
    /// <param name="variance">The variance of the estimate; that of a difference is the sum of the two.</param>
    /// <param name="alpha">The level. <value>Default 0.05, two-sided.</value></param>
    /// <exception cref="ArgumentException">The variance is not above 0, or alpha not a probability.</exception>
    public static double Of(double effect, double variance, double alpha = .05)
    {
        if (!(variance > 0) || !double.IsFinite(effect) || !(alpha is > 0 and < 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"Power needs a finite effect ({effect}), a variance above 0 ({variance}) and a level between 0 and 1 ({alpha})."));
        }

        var (limit, shift) = (NormalDistribution.UpperQuantile(alpha / 2), effect / Math.Sqrt(variance));
        return NormalDistribution.Upper(limit - shift) + NormalDistribution.Lower(-limit - shift);
    }

    /// <summary>The power with studies alike: k of them, with n1 and n2 participants and a standardised mean difference.</summary>
    /// <param name="difference">The standardised mean difference.</param>
    /// <param name="studies">How many studies.</param>
    /// <param name="n1">Participants of one group of each.</param>
    /// <param name="n2">Participants of the other.</param>
    /// <param name="heterogeneity">tau^2 over the sampling variance: 1/3 is small, 1 moderate, 3 large (Hedges and Pigott 2001 use 0.33, 0.67 and 1 for shares). <value>Default 0.</value></param>
    /// <param name="alpha">The level. <value>Default 0.05, two-sided.</value></param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static double OfStandardised(double difference, int studies, double n1, double n2, double heterogeneity = 0, double alpha = .05)
    {
        if (studies < 1 || !(n1 > 0 && n2 > 0) || !(heterogeneity >= 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"Power needs at least one study ({studies}), participants in both groups ({n1}, {n2}) and a heterogeneity of 0 or more ({heterogeneity})."));
        }

        var variance = (n1 + n2) / (n1 * n2) + difference * difference / (2 * (n1 + n2));
        return Of(difference, variance * (1 + heterogeneity) / studies, alpha);
    }

    /// <summary>The smallest number of studies alike that gives a power; null where a million do not.</summary>
    /// <param name="effect">The true effect.</param>
    /// <param name="variance">The sampling variance of each study.</param>
    /// <param name="tau2">The between-study variance.</param>
    /// <param name="power">The power asked for. <value>Default 0.8.</value></param>
    /// <param name="alpha">The level. <value>Default 0.05, two-sided.</value></param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static int? StudiesFor(double effect, double variance, double tau2 = 0, double power = .8, double alpha = .05)
    {
        if (!(power is > 0 and < 1) || !(tau2 >= 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"The power must lie between 0 and 1 ({power}) and tau^2 must not be negative ({tau2})."), nameof(power));
        }

        int low = 0, high = 1;
        while (Of(effect, (variance + tau2) / high, alpha) < power)
        {
            (low, high) = (high, 2 * high);
            if (high > 1_000_000)
            {
                return null;
            }
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Of(effect, (variance + tau2) / middle, alpha) < power ? (middle, high) : (low, middle);
        }

        return high;
    }
}
