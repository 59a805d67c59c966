namespace MetaSpine;

/// <summary>How much publication bias would explain a result away.</summary>
/// <remarks>
/// M. B. Mathur and T. J. VanderWeele (2020), Journal of the Royal Statistical Society C 69:1091, doi:10.1111/rssc.12440. Affirmative studies (significant in the
/// favoured direction) are taken to be published eta times as likely as others, so that the others weigh eta times as much.
/// </remarks>
public sealed partial record SValueResult
{
    /// <summary>The eta, a ratio of probabilities of publication, that brings the estimate to <see cref="Threshold"/>; infinite where no bias of this kind does, 1 where none is needed.</summary>
    public required double Estimate { get; init; }

    /// <summary>The eta that brings the nearer bound of the interval to it; likewise.</summary>
    public required double Bound { get; init; }

    /// <summary>The value to be explained away to, on the analysis scale.</summary>
    public required double Threshold { get; init; }

    /// <summary>The estimate of the studies that are not affirmative alone: the worst case. Null where there are none.</summary>
    public required Coefficient? WorstCase { get; init; }

    /// <summary>The number of affirmative studies.</summary>
    public required int AffirmativeCount { get; init; }

    /// <summary>What was found, in words; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>An estimate corrected for a given publication bias.</summary>
/// <param name="Eta">How many times as likely affirmative studies are published as others.</param>
/// <param name="Corrected">The corrected estimate, with a z test.</param>
public sealed record BiasCorrectedEstimate(double Eta, Coefficient Corrected);

/// <summary>Sensitivity to publication bias.</summary>
public static class BiasSensitivity
{
    /// <summary>Selection so strong is called endless.</summary>
    private const double Strongest = 1e6;

    /// <summary>The publication bias that would explain the result away (S-value).</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect. The studies weigh 1/(v + tau^2), with tau^2 of the result.</param>
    /// <param name="threshold">To where, on the analysis scale; no effect where null.</param>
    /// <param name="side">The favoured direction; that of the estimate where null.</param>
    /// <exception cref="ArgumentException">The measure has no value of no effect, or the threshold lies beyond the estimate.</exception>
    public static SValueResult SValue(this PooledResult result, double? threshold = null, FunnelSide? side = null)
    {
        var evidence = Evidence.Of(result);
        var favoured = side ?? Evidence.SideOf(result.Estimate - evidence.Null);
        var sums = Sums.Of(evidence.Towards(favoured), result.Tau2);
        var sign = favoured == FunnelSide.Right ? 1.0 : -1;
        var goal = sign * ((threshold ?? evidence.Null) - evidence.Null);
        var critical = NormalDistribution.UpperQuantile((1 - result.Options.Level) / 2);
        if (!(goal <= sums.Estimate(1)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The threshold {threshold} lies beyond the estimate, so that nothing is to be explained away."), nameof(threshold));
        }

        double point = Least(sums.Estimate), bound = Least(eta => sums.Estimate(eta) - critical * sums.Error(eta));
        var worst = sums.Others > 0
            ? ReferenceDistribution.Normal(result.Options.Level).Coefficient("worst case", sign * sums.OthersY / sums.Others + evidence.Null, 1 / Math.Sqrt(sums.Others))
            : null;
        var to = SmallStudyNotes.Text($"{result.Effects.BackTransform(threshold ?? evidence.Null):G3}");
        return new SValueResult
        {
            Estimate = point,
            Bound = bound,
            Threshold = threshold ?? evidence.Null,
            WorstCase = worst,
            AffirmativeCount = sums.AffirmativeCount,
            Notes =
            [
                double.IsInfinity(point)
                    ? $"However much likelier significant studies in the favoured direction were published, that alone would not bring the {result.Effects.Measure.ReadAs} to {to}."
                    : SmallStudyNotes.Text($"Significant studies in the favoured direction would have to be {point:0.0} times as likely to be published as others to bring the {result.Effects.Measure.ReadAs} to {to}{(bound > 1 ? SmallStudyNotes.Text($", and {(double.IsInfinity(bound) ? "no factor is enough" : SmallStudyNotes.Text($"{bound:0.0} times"))} for its interval to include that") : ", which its interval includes as it is")}."),
                .. worst is null ? (string[])["All studies are affirmative, so that nothing is known of those that are not."]
                    : [SmallStudyNotes.Text($"In the worst case, from the {evidence.K - sums.AffirmativeCount} studies that are not affirmative alone, it is {result.Effects.BackTransform(worst.Estimate):G3}.")],
            ],
        };

        double Least(Func<double, double> value)
        {
            if (value(1) <= goal)
            {
                return 1;
            }

            for (var eta = 1.0; eta < Strongest; eta *= 1.5)
            {
                if (value(1.5 * eta) <= goal)
                {
                    return RootFinding.TryFind(at => value(at) - goal, eta, 1.5 * eta, out var root) ? root : double.NaN;
                }
            }

            return double.PositiveInfinity;
        }
    }

    /// <summary>The estimate under a given publication bias.</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect.</param>
    /// <param name="eta">How many times as likely affirmative studies are published as others, 1 or more.</param>
    /// <param name="side">The favoured direction; that of the estimate where null.</param>
    /// <exception cref="ArgumentException">eta is below 1 or infinite, or the measure has no value of no effect.</exception>
    public static BiasCorrectedEstimate CorrectedForBias(this PooledResult result, double eta, FunnelSide? side = null)
    {
        var evidence = Evidence.Of(result);
        if (!(eta >= 1 && double.IsFinite(eta)))
        {
            throw new ArgumentOutOfRangeException(nameof(eta), eta, "The ratio of the publication probabilities is 1 or more.");
        }

        var favoured = side ?? Evidence.SideOf(result.Estimate - evidence.Null);
        var sums = Sums.Of(evidence.Towards(favoured), result.Tau2);
        var estimate = (favoured == FunnelSide.Right ? 1 : -1) * sums.Estimate(eta);
        var tested = ReferenceDistribution.Normal(result.Options.Level).Coefficient("estimate", estimate, sums.Error(eta));
        return new BiasCorrectedEstimate(eta, tested with
        {
            Estimate = estimate + evidence.Null,
            Interval = tested.Interval with { Lower = tested.Interval.Lower + evidence.Null, Upper = tested.Interval.Upper + evidence.Null },
        });
    }

    /// <summary>The weights and weighted estimates of affirmative studies and of the others.</summary>
    private readonly record struct Sums(double Affirmative, double AffirmativeY, double Others, double OthersY, int AffirmativeCount)
    {
        public static Sums Of(Evidence evidence, double tau2)
        {
            var critical = NormalDistribution.UpperQuantile(.025);
            double affirmative = 0, affirmativeY = 0, others = 0, othersY = 0;
            var count = 0;
            for (var i = 0; i < evidence.K; i++)
            {
                var weight = 1 / (evidence.V[i] + tau2);
                if (evidence.Z[i] > critical)
                {
                    (affirmative, affirmativeY, count) = (affirmative + weight, affirmativeY + weight * evidence.Y[i], count + 1);
                }
                else
                {
                    (others, othersY) = (others + weight, othersY + weight * evidence.Y[i]);
                }
            }

            return new Sums(affirmative, affirmativeY, others, othersY, count);
        }

        public double Estimate(double eta) => (eta * OthersY + AffirmativeY) / (eta * Others + Affirmative);

        public double Error(double eta) => Math.Sqrt(eta * eta * Others + Affirmative) / (eta * Others + Affirmative);
    }
}
