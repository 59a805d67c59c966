namespace MetaSpine;

/// <summary>
/// A generalised linear mixed model for counts. Estimates are on the analysis scale (log odds ratio, log rate ratio, logit, log rate);
/// <see cref="Natural"/> holds them on the scale that people read.
/// </summary>
public sealed partial record CountModelResult : IPooledEffect
{
    /// <summary>The model in words, with its likelihood.</summary>
    public required string Model { get; init; }

    /// <summary>The studies' own estimates, zeros corrected by 1/2. The model never uses them; the typical variance in I^2 comes from them.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The options.</summary>
    public required CountModelOptions Options { get; init; }

    /// <summary>The studies in the model, in order.</summary>
    public required IReadOnlyList<CountedStudy> Studies { get; init; }

    /// <summary>The studies left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The number of studies in the model, k.</summary>
    public int StudyCount => Studies.Count;

    /// <summary>The moderators that were given; null for none.</summary>
    internal DesignMatrix? Design { get; init; }

    /// <summary>One coefficient for each column of the design matrix; the effect alone without one.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The covariance matrix of the coefficients, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The pooled estimate, or the first coefficient where there are moderators.</summary>
    public double Estimate => Coefficients[0].Estimate;

    /// <summary>Its standard error, from the observed information of all parameters.</summary>
    public double StandardError => Coefficients[0].StandardError;

    /// <summary>Estimate over standard error.</summary>
    public double Statistic => Coefficients[0].Statistic;

    /// <summary>The two-sided p-value of no effect (Wald). For one group it tests an arbitrary value and should not be reported.</summary>
    public double PValue => Coefficients[0].PValue;

    /// <summary>The confidence interval (Wald).</summary>
    public Interval Interval => Coefficients[0].Interval;

    /// <summary>The interval for the true effect of a new study; null under equal effects, with moderators and with a single study.</summary>
    public required Interval? PredictionInterval { get; init; }

    /// <summary>The between-study variance; exactly 0 at the boundary, and under equal effects by assumption.</summary>
    public required double Tau2 { get; init; }

    /// <summary>Its standard error; null where it is 0.</summary>
    public required double? Tau2StandardError { get; init; }

    /// <summary>Its profile-likelihood interval; null under equal effects, with a single study and where not asked for. An end may be infinite.</summary>
    public required Interval? Tau2Interval { get; init; }

    /// <summary>The variance of the baselines; null for models without random baselines.</summary>
    public required double? BaselineVariance { get; init; }

    /// <summary>The correlation of baseline (of the control group) and effect; null where not estimated.</summary>
    public required double? Correlation { get; init; }

    /// <summary>I^2 in percent: tau^2 over tau^2 plus the typical sampling variance of the studies' own estimates; null where those cannot be had.</summary>
    public required double? I2 { get; init; }

    /// <summary>H^2: total over typical sampling variance; null likewise.</summary>
    public required double? H2 { get; init; }

    /// <summary>Wald's test that the model's effects are all there is, from the studies whose own effect is finite.</summary>
    public required ChiSquaredTest? HeterogeneityWald { get; init; }

    /// <summary>The likelihood-ratio test of the same against the saturated model, in which each study has its own effect.</summary>
    public required ChiSquaredTest? HeterogeneityLikelihoodRatio { get; init; }

    /// <summary>The likelihood-ratio test of tau^2 = 0, on half its upper tail, since tau^2 cannot be negative (Self and Liang 1987, doi:10.1080/01621459.1987.10478472).</summary>
    public required ChiSquaredTest? Tau2Test { get; init; }

    /// <summary>Wald's test of all coefficients but the intercept (of all where there is none else).</summary>
    public required ModeratorTest Moderators { get; init; }

    /// <summary>The likelihood-ratio test of the same coefficients.</summary>
    public required ChiSquaredTest ModeratorsLikelihoodRatio { get; init; }

    /// <summary>The log-likelihood and information criteria.</summary>
    public required CountModelFit Fit { get; init; }

    /// <summary>The quadrature points in each dimension; 0 where there is nothing to integrate over.</summary>
    public required int Points { get; init; }

    /// <summary>How the solution was reached.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The first coefficient, its interval and the prediction interval on the scale that people read.</summary>
    public NaturalResult Natural => new(
        Effects.Measure.ReadAs, Effects.BackTransform(Estimate), Back(Interval), PredictionInterval is { } prediction ? Back(prediction) : null);

    /// <inheritdoc/>
    public IReadOnlyList<StudyShare> Shares => [.. Studies.Select(study => new StudyShare(study.Row, null))];

    string IPooledEffect.ModelName => Options.Method == PoolingMethod.EE ? "Equal effects" : "Random effects";

    string IPooledEffect.ModelDetail => Effects.Measure.NullValue is not null ? ModelNames.Of(Options.Model).Code : "generalised linear mixed model";

    double? IPooledEffect.StandardError => StandardError;

    double? IPooledEffect.Statistic => Statistic;

    double? IPooledEffect.DegreesOfFreedom => Coefficients[0].DegreesOfFreedom;

    double? IPooledEffect.Tau2 => Options.Method == PoolingMethod.EE ? null : Tau2;

    Interval? IPooledEffect.I2Interval => null;

    ChiSquaredTest? IPooledEffect.Heterogeneity => HeterogeneityLikelihoodRatio;

    private Interval Back(Interval interval) =>
        interval with { Lower = Effects.BackTransform(interval.Lower), Upper = Effects.BackTransform(interval.Upper) };
}

/// <summary>A study in a model for counts.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Row">Its row in the data, from 0.</param>
public sealed record CountedStudy(string Label, int Row);

/// <summary>The likelihood of a model for counts, all constants included, and information criteria.</summary>
/// <param name="LogLikelihood">The log-likelihood at the estimates.</param>
/// <param name="Parameters">The number of parameters estimated.</param>
/// <param name="Observations">The number of counts.</param>
/// <param name="Aic">Akaike's criterion.</param>
/// <param name="Bic">The Bayesian criterion.</param>
/// <param name="Aicc">Akaike's criterion with the small-sample correction.</param>
public readonly record struct CountModelFit(double LogLikelihood, int Parameters, int Observations, double Aic, double Bic, double Aicc)
{
    internal static CountModelFit Of(double logLikelihood, int parameters, int observations)
    {
        var n = Math.Max(observations, parameters + 2);
        return new(
            logLikelihood,
            parameters,
            observations,
            -2 * logLikelihood + 2 * parameters,
            -2 * logLikelihood + parameters * Math.Log(observations),
            -2 * logLikelihood + 2.0 * parameters * n / (n - parameters - 1));
    }
}
