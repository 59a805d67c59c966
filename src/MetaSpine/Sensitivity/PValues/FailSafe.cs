namespace MetaSpine;

/// <summary>Fail-safe N: how many unpublished studies without effect would undo a result.</summary>
public sealed partial record FailSafeNResult
{
    /// <summary>The method.</summary>
    public required FailSafeMethod Method { get; init; }

    /// <summary>The number of studies, rounded up; 0 where the result is undone already, infinite where more than a thousand million would be needed.</summary>
    public required double Count { get; init; }

    /// <summary>The p-value of the result as the method sees it (one-sided for Rosenthal); null for Orwin.</summary>
    public required double? PValue { get; init; }

    /// <summary>The level that the p-value would have to exceed; null for Orwin.</summary>
    public required double? Alpha { get; init; }

    /// <summary>The mean that Orwin's N would bring about, on the analysis scale; null otherwise.</summary>
    public required double? Target { get; init; }

    /// <summary>The pooled estimate as the method sees it, on the analysis scale; null for Rosenthal, who pools p-values.</summary>
    public required double? Estimate { get; init; }

    /// <summary>What was found, with a caution; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>How a fail-safe N is computed.</summary>
public enum FailSafeMethod
{
    /// <summary>Until the one-sided p-value by Stouffer's method exceeds alpha (Rosenthal 1979, doi:10.1037/0033-2909.86.3.638).</summary>
    Rosenthal,

    /// <summary>Until the unweighted mean falls to a target, by default half of it (Orwin 1983, doi:10.3102/10769986008002157).</summary>
    Orwin,

    /// <summary>Until the two-sided p-value of the equal-effects model exceeds alpha, with null studies of average weight (Rosenberg 2005, doi:10.1111/j.0014-3820.2005.tb01004.x).</summary>
    Rosenberg,

    /// <summary>
    /// Until the two-sided z test of the random-effects model exceeds alpha. The null studies have the harmonic mean of the sampling variances and effects that
    /// vary with the same tau^2 around no effect, so that tau^2 of all is that of the mixture: tau^2 + p(1 - p) estimate^2 with p the share of the studies there are.
    /// </summary>
    General,
}

/// <summary>Computes fail-safe N.</summary>
public static class FailSafe
{
    /// <summary>Counts of null studies beyond this are called infinite.</summary>
    private const double Most = 1e9;

    /// <summary>Computes a fail-safe N.</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect.</param>
    /// <param name="method">The method.</param>
    /// <param name="alpha">The level that the p-value would have to exceed. <value>Default 0.05.</value></param>
    /// <param name="target">For Orwin's method: the mean to fall to, on the analysis scale, between no effect and the mean. <value>Default null: half the distance.</value></param>
    /// <exception cref="ArgumentException">The measure has no value of no effect; alpha is no proportion; or the target does not lie between no effect and the mean.</exception>
    public static FailSafeNResult FailSafeN(this PooledResult result, FailSafeMethod method = FailSafeMethod.General, double alpha = .05, double? target = null)
    {
        var evidence = Evidence.Of(result);
        if (!(alpha is > 0 and < .5))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The level lies between 0 and 0.5.");
        }

        var found = method switch
        {
            FailSafeMethod.Rosenthal => Rosenthal(evidence, alpha),
            FailSafeMethod.Orwin => Orwin(evidence, target),
            FailSafeMethod.Rosenberg => Rosenberg(evidence, alpha),
            FailSafeMethod.General => General(evidence, result, alpha),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
        };
        var goal = method == FailSafeMethod.Orwin
            ? SmallStudyNotes.Text($"bring the mean to {result.Effects.BackTransform(found.Target!.Value):G3}")
            : SmallStudyNotes.Text($"bring the p-value above {alpha}");
        return found with
        {
            Estimate = found.Estimate + evidence.Null,
            Notes =
            [
                SmallStudyNotes.Text($"Fail-safe N ({method}): {(double.IsInfinity(found.Count) ? "more than a thousand million" : found.Count.ToString("0", System.Globalization.CultureInfo.InvariantCulture))} unpublished studies without effect would {goal}."),
                "A large fail-safe N does not rule publication bias out: it takes unpublished studies to show no effect on average, although missing ones may show the opposite, and the methods give widely different numbers (Becker 2005, in Publication Bias in Meta-Analysis, ch. 7; the Cochrane Handbook advises against it). Prefer a test of small-study effects and a selection model.",
            ],
        };
    }

    private static FailSafeNResult Rosenthal(Evidence evidence, double alpha)
    {
        var mean = Math.Abs(evidence.Z.Sum()) / Math.Sqrt(evidence.K);
        var ratio = mean / NormalDistribution.UpperQuantile(alpha);
        return Found(FailSafeMethod.Rosenthal, evidence.K * ratio * ratio - evidence.K) with { PValue = NormalDistribution.Upper(mean), Alpha = alpha };
    }

    private static FailSafeNResult Orwin(Evidence evidence, double? target)
    {
        var mean = evidence.Y.Average();
        var goal = target - evidence.Null ?? mean / 2;
        return mean == 0 || goal / mean is > 0 and <= 1
            ? Found(FailSafeMethod.Orwin, mean == 0 ? 0 : evidence.K * (mean - goal) / goal) with { Estimate = mean, Target = goal + evidence.Null }
            : throw new ArgumentException(FormattableString.Invariant($"The target {target} does not lie between no effect ({evidence.Null}) and the mean of the studies ({mean + evidence.Null:G3})."), nameof(target));
    }

    private static FailSafeNResult Rosenberg(Evidence evidence, double alpha)
    {
        double sum = 0, weights = 0;
        for (var i = 0; i < evidence.K; i++)
        {
            sum += evidence.Y[i] / evidence.V[i];
            weights += 1 / evidence.V[i];
        }

        var ratio = sum / NormalDistribution.UpperQuantile(alpha / 2);
        return Found(FailSafeMethod.Rosenberg, evidence.K * (ratio * ratio / weights - 1)) with
        {
            PValue = NormalDistribution.TwoSided(sum / Math.Sqrt(weights)), Alpha = alpha, Estimate = sum / weights,
        };
    }

    private static FailSafeNResult General(Evidence evidence, PooledResult result, double alpha)
    {
        var (k, estimate) = ((double)evidence.K, result.Estimate - evidence.Null);
        var random = result.Options.Method != PoolingMethod.EE;
        var typical = k / evidence.V.Sum(v => 1 / v);
        double low = 0, high = 1;
        if (!(PValue(0) <= alpha))
        {
            high = 0;
        }

        while (high > 0 && high <= Most && PValue(high) <= alpha)
        {
            (low, high) = (high, 2 * high);
        }

        while (high - low > 1 && high <= Most)
        {
            var middle = Math.Floor((low + high) / 2);
            (low, high) = PValue(middle) <= alpha ? (middle, high) : (low, middle);
        }

        return Found(FailSafeMethod.General, high > Most ? double.PositiveInfinity : high) with { PValue = PValue(0), Alpha = alpha, Estimate = estimate };

        double PValue(double added)
        {
            var share = k / (k + added);
            var tau2 = random ? result.Tau2 + share * (1 - share) * estimate * estimate : 0;
            double sum = 0, weights = added / (typical + tau2);
            for (var i = 0; i < evidence.K; i++)
            {
                sum += evidence.Y[i] / (evidence.V[i] + tau2);
                weights += 1 / (evidence.V[i] + tau2);
            }

            return NormalDistribution.TwoSided(sum / Math.Sqrt(weights));
        }
    }

    private static FailSafeNResult Found(FailSafeMethod method, double count) => new()
    {
        // A whole number but for rounding is that number.
        Method = method, Count = Math.Max(0, Math.Ceiling(count - 1e-9 * Math.Max(1, count))),
        PValue = null, Alpha = null, Target = null, Estimate = null, Notes = [],
    };
}
