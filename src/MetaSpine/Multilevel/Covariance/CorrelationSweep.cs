namespace MetaSpine;

/// <summary>Fits a model of dependent effects again and again, for one assumed correlation of sampling errors after the other: what hangs on a number that nobody reports.</summary>
public static class CorrelationSweep
{
    internal static readonly double[] Usual = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    /// <summary>With one correlation between all effects of a cluster.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="random">The terms of random effects.</param>
    /// <param name="groupings">The variables that the terms name.</param>
    /// <param name="cluster">What holds effects with correlated errors together, such as the study.</param>
    /// <param name="design">The design matrix of a meta-regression; null to pool.</param>
    /// <param name="correlations">The correlations. <value>Default 0, 0.1 ... 0.9.</value></param>
    /// <param name="options">How models are fitted; <see cref="MultilevelOptions.Default"/> where null.</param>
    /// <returns>One step per correlation; one whose model cannot be fitted says why.</returns>
    /// <exception cref="ArgumentException">There is no correlation, one lies outside -1 to 1, or an argument fits no model at all.</exception>
    public static CorrelationSweepResult Over(
        EffectSizes effects,
        IReadOnlyList<RandomTerm> random,
        IReadOnlyList<Predictor> groupings,
        Predictor cluster,
        DesignMatrix? design = null,
        IReadOnlyList<double>? correlations = null,
        MultilevelOptions? options = null) =>
        Over(effects, random, groupings, rho => SamplingCovariance.WithinClusters(effects, cluster, rho), design, correlations, options);

    /// <summary>With any matrix V that depends on one correlation.</summary>
    /// <param name="effects">The effect sizes.</param>
    /// <param name="random">The terms of random effects.</param>
    /// <param name="groupings">The variables that the terms name.</param>
    /// <param name="covariance">The matrix V for a correlation: <c>rho => SamplingCovariance.Assumed(effects, dependence with { TypeRho = rho })</c>.</param>
    /// <param name="design">The design matrix of a meta-regression; null to pool.</param>
    /// <param name="correlations">The correlations. <value>Default 0, 0.1 ... 0.9.</value></param>
    /// <param name="options">How models are fitted.</param>
    /// <inheritdoc cref="Over(EffectSizes, IReadOnlyList{RandomTerm}, IReadOnlyList{Predictor}, Predictor, DesignMatrix, IReadOnlyList{double}, MultilevelOptions)" path="/returns|/exception"/>
    public static CorrelationSweepResult Over(
        EffectSizes effects,
        IReadOnlyList<RandomTerm> random,
        IReadOnlyList<Predictor> groupings,
        Func<double, SamplingCovariance> covariance,
        DesignMatrix? design = null,
        IReadOnlyList<double>? correlations = null,
        MultilevelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(groupings);
        ArgumentNullException.ThrowIfNull(covariance);
        correlations ??= Usual;
        if (correlations.Count == 0)
        {
            throw new ArgumentException("There is no correlation to assume: give some, such as 0, 0.5 and 0.8.", nameof(correlations));
        }

        foreach (var rho in correlations)
        {
            CovarianceInput.Correlation(rho, nameof(correlations));
        }

        CorrelationStep Step(double rho)
        {
            try
            {
                var v = covariance(rho);
                return new CorrelationStep(
                    rho, design is null ? MultilevelAnalysis.Pool(effects, random, groupings, v, options) : MultilevelAnalysis.Regress(effects, random, groupings, design, v, options), null);
            }
            catch (PoolingException problem)
            {
                return new CorrelationStep(rho, null, problem.Message);
            }
        }

        return new CorrelationSweepResult { Effects = effects, Options = options ?? MultilevelOptions.Default, Random = random, Steps = [.. correlations.Select(Step)] };
    }
}

/// <summary>One result for each assumed correlation.</summary>
public sealed partial record CorrelationSweepResult
{
    /// <summary>The effect sizes.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>How the models were fitted.</summary>
    public required MultilevelOptions Options { get; init; }

    /// <summary>The terms of random effects.</summary>
    public required IReadOnlyList<RandomTerm> Random { get; init; }

    /// <summary>The results, in the order of the correlations asked for.</summary>
    public required IReadOnlyList<CorrelationStep> Steps { get; init; }

    /// <summary>The results that there are.</summary>
    internal IReadOnlyList<MultilevelResult> Fitted => [.. Steps.Select(step => step.Result).OfType<MultilevelResult>()];
}

/// <summary>The result under one assumed correlation.</summary>
/// <param name="Correlation">The correlation.</param>
/// <param name="Result">The model: estimates, standard errors, intervals and components; null where it could not be fitted.</param>
/// <param name="Problem">Why there is none; null where there is one.</param>
public sealed record CorrelationStep(double Correlation, MultilevelResult? Result, string? Problem);
