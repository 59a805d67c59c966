namespace MetaSpine;

/// <summary>A result against the smallest effect that matters: whether the mean effect is equivalent to none, or beyond it, and what single settings may expect.</summary>
/// <remarks>
/// Two one-sided tests: D. J. Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657, doi:10.1007/BF01068419, here with the distribution of the
/// result's own test. The shares of settings are those of the predictive distribution (<see cref="PooledResult.ShareBelow"/>).
/// </remarks>
public sealed partial record SmallestEffectResult
{
    /// <summary>The result.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>The range of effects too small to matter, on the analysis scale: as far below no effect as above.</summary>
    public required Interval Negligible { get; init; }

    /// <summary>The p-value of equivalence: the larger of the two one-sided tests that the mean effect lies at or beyond either end of the range.</summary>
    public required double EquivalencePValue { get; init; }

    /// <summary>The interval at level 1 - 2 alpha, which lies within the range exactly where the mean effect is equivalent to none at alpha.</summary>
    public required Interval EquivalenceInterval { get; init; }

    /// <summary>The one-sided p-value that the mean effect lies beyond the end of the range on the estimate's side: whether the effect is shown to matter.</summary>
    public required double BeyondPValue { get; init; }

    /// <summary>The share of settings whose true effect lies beyond the range on the estimate's side: the probability of that for a new study. Null under equal effects and for a single study.</summary>
    public required double? ShareBeyond { get; init; }

    /// <summary>That on the other side.</summary>
    public required double? ShareOpposite { get; init; }

    /// <summary>The power of a z test with the studies' variances and tau^2 were the mean effect just the smallest that matters.</summary>
    public required double Power { get; init; }

    /// <summary>What was found; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>Equivalence and the smallest effect that matters.</summary>
public static class SmallestEffect
{
    /// <summary>Puts a result against the smallest effect that matters.</summary>
    /// <param name="result">A pooled result of a measure with a value of no effect; its test and level are used, alpha being 1 - level.</param>
    /// <param name="effect">The smallest effect that matters, as a distance from no effect on the analysis scale: <c>Math.Log(0.8)</c>. Its sign does not matter.</param>
    /// <exception cref="ArgumentException">The effect is 0 or not finite, the measure has no value of no effect, or the level is not above one half.</exception>
    public static SmallestEffectResult AgainstSmallestEffect(this PooledResult result, double effect)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Effects.Measure.NullValue is not { } none)
        {
            throw new ArgumentException($"{result.Effects.Measure.Code} ({result.Effects.Measure.Name}) has no value of no effect, so that no effect is too small to matter.", nameof(result));
        }

        var margin = Math.Abs(effect);
        if (!(margin > 0 && double.IsFinite(margin)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The smallest effect that matters must be a finite distance from no effect, not {effect}."), nameof(effect));
        }

        var level = result.Options.Level;
        if (level <= .5)
        {
            throw new ArgumentException(FormattableString.Invariant($"Equivalence is tested at 1 - level, with an interval at 1 - 2 (1 - level): the level ({level}) must be above 0.5."), nameof(result));
        }

        var reference = new ReferenceDistribution(result.DegreesOfFreedom, level);
        double Below(double distance) => distance == 0 ? .5 : reference.Lower(distance / result.StandardError);
        var (distance, above) = (result.Estimate - none, result.Estimate >= none);
        double below = result.ShareBelow(none - margin) ?? double.NaN, within = result.ShareBelow(none + margin) ?? double.NaN;
        double? Share(double value) => double.IsNaN(value) ? null : value;
        var found = new SmallestEffectResult
        {
            Model = result,
            Negligible = new Interval(none - margin, none + margin, level),
            EquivalencePValue = Math.Max(Below(distance - margin), Below(-distance - margin)),
            EquivalenceInterval = new ReferenceDistribution(result.DegreesOfFreedom, 1 - 2 * (1 - level)).Around(result.Estimate, result.StandardError),
            BeyondPValue = Below(margin - Math.Abs(distance)),
            ShareBeyond = Share(above ? 1 - within : below),
            ShareOpposite = Share(above ? below : 1 - within),
            Power = PlannedPower.Of(margin, [.. result.Studies.Select(study => study.Effect.Variance)], result.Tau2, 1 - level),
            Notes = [],
        };
        return found with { Notes = Notes(found) };
    }

    private static List<string> Notes(SmallestEffectResult found)
    {
        var (model, range) = (found.Model, found.Negligible);
        var alpha = 1 - range.Level;
        var negligible = $"{SensitivityText.Number(model, range.Lower)} to {SensitivityText.Number(model, range.Upper)}";
        var notes = new List<string>
        {
            found.EquivalencePValue < alpha
                ? SmallStudyNotes.Text($"The mean effect is equivalent to none: it lies within {negligible}, effects too small to matter ({SmallStudyNotes.P(found.EquivalencePValue)}).")
                : found.BeyondPValue < alpha / 2
                    ? SmallStudyNotes.Text($"The mean effect matters: the {100 * range.Level:0.##}% interval lies beyond {negligible}, effects too small to matter ({SmallStudyNotes.P(found.BeyondPValue)}, one-sided).")
                    : SmallStudyNotes.Text($"It is open whether the mean effect matters: it is neither shown to lie within {negligible}, effects too small to matter (equivalence {SmallStudyNotes.P(found.EquivalencePValue)}), nor beyond (one-sided {SmallStudyNotes.P(found.BeyondPValue)})."),
        };
        if (found is { ShareBeyond: { } beyond, ShareOpposite: { } opposite })
        {
            notes.Add(SmallStudyNotes.Text($"The true effect of a new study lies beyond that range on the estimate's side with a probability of {100 * beyond:0}%, within it with {100 * Math.Max(0, 1 - beyond - opposite):0}%, and beyond it on the other side with {100 * opposite:0}%."));
        }

        notes.Add(SmallStudyNotes.Text($"Were the mean effect just the smallest that matters, these studies would find it with a power of {100 * found.Power:0}%."));
        return notes;
    }
}
