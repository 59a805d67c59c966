namespace MetaSpine;

/// <summary>
/// A pooled result. Estimates and intervals are on the analysis scale (log for ratios, logit for PLO); <see cref="Natural"/>
/// holds them on the scale that people read.
/// </summary>
public sealed partial record PooledResult : ModelResult, IPooledEffect
{
    /// <summary>The pooled estimate.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error, as the test scales it.</summary>
    public required double StandardError { get; init; }

    /// <summary>Estimate over standard error.</summary>
    public required double Statistic { get; init; }

    /// <summary>The degrees of freedom of the t distribution; null when the test is z.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>The two-sided p-value of no effect. For measures of one group it tests an arbitrary value and should not be reported.</summary>
    public required double PValue { get; init; }

    /// <summary>The confidence interval of the estimate.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The interval for the true effect of a new study; null under equal effects and with a single study.</summary>
    public required Interval? PredictionInterval { get; init; }

    /// <summary>The residual degrees of freedom of the model that a subgroup shares its tau^2 with; null where its own studies are the model.</summary>
    internal int? SharedFreedom { get; init; }

    /// <summary>Estimate and intervals on the scale that people read.</summary>
    public NaturalResult Natural => new(
        Effects.Measure.ReadAs,
        Effects.BackTransform(Estimate),
        Back(Interval),
        PredictionInterval is { } prediction ? Back(prediction) : null);

    /// <summary>The prediction interval made in another way; null under equal effects and with a single study.</summary>
    public Interval? PredictionIntervalBy(PredictionMethod method) =>
        Options.Method == PoolingMethod.EE || (StudyCount == 1 && SharedFreedom is null)
            ? null
            : PredictionIntervals.Predict(this, method);

    /// <summary>
    /// The expected share of settings like those of the studies whose true effect lies below a value: the predictive probability that
    /// goes with the prediction interval. Null under equal effects and with a single study.
    /// </summary>
    /// <param name="threshold">The smallest effect that matters, on the analysis scale (<c>Math.Log(0.9)</c> for a risk ratio of 0.9).</param>
    /// <param name="method">As in <see cref="PredictionIntervalBy"/>; that of the options where null.</param>
    /// <returns>A proportion; the share above is 1 less it.</returns>
    public double? ShareBelow(double threshold, PredictionMethod? method = null) =>
        Options.Method == PoolingMethod.EE || (StudyCount == 1 && SharedFreedom is null)
            ? null
            : PredictionIntervals.ShareBelow(this, threshold, method ?? Options.Prediction);

    /// <summary>The expected shares of settings on either side of a value, as a result that shows itself; null under equal effects and with a single study.</summary>
    /// <param name="threshold">The smallest effect that matters, on the scale that people read: 0.9 for a risk ratio of 0.9.</param>
    /// <exception cref="ArgumentOutOfRangeException">The measure cannot take the value.</exception>
    public ThresholdShare? ShareBeyond(double threshold)
    {
        var value = Effects.Measure.Scale.Forward(threshold, Effects.HarmonicMeanSize);
        return !double.IsFinite(value)
            ? throw new ArgumentOutOfRangeException(nameof(threshold), threshold, FormattableString.Invariant($"{Effects.Measure.Code} cannot be {threshold}; give the value as people read it."))
            : ShareBelow(value) is { } below ? new ThresholdShare(this, threshold, below) : null;
    }

    /// <inheritdoc/>
    public override Interval? Tau2IntervalBy(Tau2IntervalMethod method)
    {
        var (y, v) = Usable();
        return ModelSummary.Tau2Interval(new InterceptProfile(y, v), Tau2, Tau2StandardError ?? double.NaN, GivenShares, Options with { Tau2Interval = method });
    }

    /// <inheritdoc/>
    public IReadOnlyList<StudyShare> Shares => [.. Studies.Select(study => new StudyShare(study.Row, study.Weight))];

    /// <inheritdoc/>
    public string ModelName => StudyCount == 1 ? "One study" : Options.Method == PoolingMethod.EE ? "Equal effects" : "Random effects";

    /// <inheritdoc/>
    public string ModelDetail
    {
        get
        {
            string[] method = Options.Method == PoolingMethod.EE ? [] : [MethodNames.Of(Options.Method).Code];
            string[] test = Options.Test switch
            {
                PoolingTest.T => ["t"],
                PoolingTest.KnappHartung => ["Knapp-Hartung"],
                PoolingTest.KnappHartungFloor => ["Knapp-Hartung with floor"],
                _ => [],
            };
            return StudyCount == 1 ? "" : string.Join(", ", [.. method, .. test]);
        }
    }

    double? IPooledEffect.StandardError => StandardError;

    double? IPooledEffect.Statistic => Statistic;

    double? IPooledEffect.Tau2 => Options.Method == PoolingMethod.EE ? null : Tau2;

    double? IPooledEffect.I2 => I2;

    ChiSquaredTest? IPooledEffect.Heterogeneity => Q;

    private Interval Back(Interval interval) =>
        interval with { Lower = Effects.BackTransform(interval.Lower), Upper = Effects.BackTransform(interval.Upper) };
}

/// <summary>A result on the scale that people read.</summary>
/// <param name="Name">What it is: "odds ratio", "proportion".</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="Interval">Its confidence interval.</param>
/// <param name="PredictionInterval">The interval for a new study's true effect, where there is one.</param>
public readonly record struct NaturalResult(string Name, double Estimate, Interval Interval, Interval? PredictionInterval);

/// <summary>The expected shares of settings like those of the studies whose true effect lies on either side of a value that matters.</summary>
/// <param name="Model">The result whose predictive distribution they are of.</param>
/// <param name="Threshold">The value, on the scale that people read.</param>
/// <param name="Below">The share below it, a proportion; the share above is 1 less it.</param>
public sealed partial record ThresholdShare(PooledResult Model, double Threshold, double Below);
