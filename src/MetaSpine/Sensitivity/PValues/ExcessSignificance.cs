namespace MetaSpine;

/// <summary>The test of excess significance: whether more studies are significant than their power lets expect.</summary>
/// <remarks>J. P. A. Ioannidis and T. A. Trikalinos (2007), Clinical Trials 4:245, doi:10.1177/1740774507079441.</remarks>
public sealed partial record ExcessSignificanceResult
{
    /// <summary>The number of significant studies, O.</summary>
    public required int Observed { get; init; }

    /// <summary>The expected number, E: the sum of the powers.</summary>
    public required double Expected { get; init; }

    /// <summary>Each study's probability of a significant result, in the order of the model.</summary>
    public required IReadOnlyList<double> Powers { get; init; }

    /// <summary>The one-sided p-value, P(at least O significant), exact: the number of significant studies is Poisson-binomial.</summary>
    public required double PValue { get; init; }

    /// <summary>The chi-squared statistic of O against E and k - O against k - E.</summary>
    public required double ChiSquaredStatistic { get; init; }

    /// <summary>Its one-sided p-value: that of the signed root.</summary>
    public required double ChiSquaredPValue { get; init; }

    /// <summary>The true effect that is assumed, on the analysis scale.</summary>
    public required double Effect { get; init; }

    /// <summary>tau^2 of the true effects around it.</summary>
    public required double Tau2 { get; init; }

    /// <summary>
    /// The effect, in the direction of the assumed one, at which the exact p-value is 0.1: were the true effect at least so large, there would be no excess. Null
    /// where no effect is too small for that.
    /// </summary>
    public required double? EffectWithoutExcess { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Tests excess significance.</summary>
public static class ExcessSignificanceTest
{
    /// <summary>The level of decision that its authors propose, as the test has little power.</summary>
    private const double Level = .1;

    /// <summary>Compares the number of significant studies with what their power lets expect.</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect.</param>
    /// <param name="alpha">The two-sided level at which a study counts as significant. <value>Default 0.05.</value></param>
    /// <param name="effect">The true effect, on the analysis scale; the pooled estimate where null.</param>
    /// <param name="tau2">The variance of the true effects; that of the result where null. The pooled z statistic of a study is then normal with variance 1 + tau^2/v.</param>
    /// <exception cref="ArgumentException">The measure has no value of no effect, or a parameter is out of range.</exception>
    public static ExcessSignificanceResult ExcessSignificance(this PooledResult result, double alpha = .05, double? effect = null, double? tau2 = null)
    {
        var evidence = Evidence.Of(result);
        if (!(alpha is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 1.");
        }

        var (theta, variance) = ((effect ?? result.Estimate) - evidence.Null, tau2 ?? result.Tau2);
        if (!(variance >= 0 && double.IsFinite(variance) && double.IsFinite(theta)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The effect ({effect}) must be finite and tau^2 ({tau2}) a variance, 0 or more."));
        }

        var critical = NormalDistribution.UpperQuantile(alpha / 2);
        var observed = evidence.Z.Count(z => Math.Abs(z) >= critical);
        var powers = Powers(theta);
        var expected = powers.Sum();
        var excess = observed - expected;
        var statistic = excess * excess * (1 / expected + 1 / (evidence.K - expected));
        var pValue = AtLeast(powers, observed);
        var found = new ExcessSignificanceResult
        {
            Observed = observed,
            Expected = expected,
            Powers = powers,
            PValue = pValue,
            ChiSquaredStatistic = excess == 0 ? 0 : statistic,
            ChiSquaredPValue = excess == 0 ? .5 : NormalDistribution.Upper(Math.Sign(excess) * Math.Sqrt(statistic)),
            Effect = theta + evidence.Null,
            Tau2 = variance,
            EffectWithoutExcess = Limit(),
            Notes =
            [
                SmallStudyNotes.Text($"{observed} of {evidence.K} {(evidence.K == 1 ? "study is" : "studies are")} significant where {expected:0.0} are expected; {SmallStudyNotes.P(pValue)} for an excess ({(pValue < Level ? "below" : "not below")} {Level})."),
                "Whether there is an excess hangs on the assumed effect: with a pooled estimate that is itself biased upwards the test is conservative, and with heterogeneity that is left out it is not valid. It says nothing about single studies.",
            ],
        };
        return found;

        double[] Powers(double at) => Array.ConvertAll(evidence.V, v =>
        {
            var spread = Math.Sqrt(1 + variance / v);
            return NormalDistribution.Upper((critical - at / Math.Sqrt(v)) / spread) + NormalDistribution.Upper((critical + at / Math.Sqrt(v)) / spread);
        });

        double? Limit()
        {
            if (observed == 0 || AtLeast(Powers(0), observed) >= Level)
            {
                return null;
            }

            var sign = theta < 0 ? -1.0 : 1;
            var farthest = Math.Sqrt(evidence.V.Max() + variance);
            while (AtLeast(Powers(farthest), observed) < Level && farthest < 1e100)
            {
                farthest *= 2;
            }

            return RootFinding.TryFind(at => AtLeast(Powers(at), observed) - Level, 0, farthest, out var root) ? sign * root + evidence.Null : null;
        }
    }

    /// <summary>P(at least so many successes) in independent trials with different probabilities, one trial after the other.</summary>
    internal static double AtLeast(double[] probabilities, int count)
    {
        // The last place collects "count or more", so that a small tail is a sum of positive terms.
        var p = new double[count + 1];
        p[0] = 1;
        foreach (var probability in probabilities)
        {
            p[count] += count > 0 ? p[count - 1] * probability : 0;
            for (var j = count - 1; j >= 0; j--)
            {
                p[j] = p[j] * (1 - probability) + (j > 0 ? p[j - 1] * probability : 0);
            }
        }

        return Math.Min(1, p[count]);
    }
}
