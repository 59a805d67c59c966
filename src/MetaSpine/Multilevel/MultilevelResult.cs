namespace MetaSpine;

/// <summary>What models of dependent effects have in common: the effects, how the true ones vary, the coefficients and how they were reached.</summary>
public abstract partial record MultilevelResult
{
    private protected MultilevelResult(MultilevelFit fit)
    {
        (Effects, Options, Random, Studies, Excluded, Model, Freedom) = (fit.Effects, fit.Options, fit.Random, fit.Studies, fit.Excluded, fit.Model, fit.Freedom);
        (Components, Coefficients, Covariance, Moderators, Q) = (fit.Components, fit.Coefficients, fit.Covariance, fit.Moderators, fit.Q);
        (Fit, Provenance, Notes) = (fit.Criteria, fit.Provenance, fit.Notes);
    }

    /// <summary>All effect sizes that were given, those without an estimate included.</summary>
    public EffectSizes Effects { get; init; }

    /// <summary>The options of the fit.</summary>
    public MultilevelOptions Options { get; init; }

    /// <summary>The terms of random effects.</summary>
    public IReadOnlyList<RandomTerm> Random { get; init; }

    /// <summary>The effects in the model, in order, with their shares in the weights of the model: the row sums of M^-1, M being the marginal covariance.</summary>
    public IReadOnlyList<PooledStudy> Studies { get; init; }

    /// <summary>The effects left out, each with the reason.</summary>
    public IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The number of effects in the model, k.</summary>
    public int StudyCount => Studies.Count;

    /// <summary>How the true effects vary: variances, correlations, ranges.</summary>
    public IReadOnlyList<VarianceComponent> Components { get; init; }

    /// <summary>The coefficients on the analysis scale; a pooled result has one.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The covariance matrix of the coefficients, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The test of all coefficients but the intercept (of all where there is none else).</summary>
    public ModeratorTest Moderators { get; init; }

    /// <summary>Cochran's Q of the residuals of the model without random effects, with the whole V.</summary>
    public ChiSquaredTest Q { get; init; }

    /// <summary>The likelihoods and information criteria.</summary>
    public ModelFit Fit { get; init; }

    /// <summary>How the solution was reached.</summary>
    public Provenance Provenance { get; init; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; }

    /// <summary>The sum of the variances where each term has one, which is how the true effects vary in all; null otherwise.</summary>
    public double? TotalVariance => Components.Where(component => component.Kind == ComponentKind.Variance).GroupBy(component => component.Term).All(term => term.Count() == 1)
        ? Components.Where(component => component.Kind == ComponentKind.Variance).Sum(component => component.Value) : null;

    /// <summary>Numbers on the analysis scale as people read them.</summary>
    private protected NaturalResult NaturalOf(double estimate, Interval interval, Interval? prediction) =>
        new(Effects.Measure.ReadAs, Effects.BackTransform(estimate), Back(interval), prediction is { } bounds ? Back(bounds) : null);

    private Interval Back(Interval interval) =>
        interval with { Lower = Effects.BackTransform(interval.Lower), Upper = Effects.BackTransform(interval.Upper) };

    /// <summary>The outermost grouping of the first term: the cluster of each effect size.</summary>
    internal Predictor Outermost => Model.Groupings.First(grouping => grouping.Name == Random[0].Grouping[0]);

    /// <summary>The model behind the numbers.</summary>
    internal MultilevelModel Model { get; }

    /// <summary>The degrees of freedom of what is asked of the coefficients.</summary>
    internal MultilevelFreedom Freedom { get; }
}

/// <summary>An effect pooled from dependent effects.</summary>
public sealed partial record MultilevelPooledResult : MultilevelResult, IPooledEffect
{
    internal MultilevelPooledResult(MultilevelFit fit)
        : base(fit)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<StudyShare> Shares => [.. Studies.Select(study => new StudyShare(study.Row, study.Weight))];

    /// <inheritdoc/>
    public string ModelName => "Multilevel";

    /// <inheritdoc/>
    public string ModelDetail => string.Join(", ", [.. Random.Select(term => term.ToString()), Options.Method.ToString()]);

    /// <inheritdoc/>
    public double Estimate => Coefficients[0].Estimate;

    /// <summary>Its standard error, on the analysis scale.</summary>
    public double StandardError => Coefficients[0].StandardError;

    /// <summary>Estimate over standard error.</summary>
    public double Statistic => Coefficients[0].Statistic;

    /// <inheritdoc/>
    public double? DegreesOfFreedom => Coefficients[0].DegreesOfFreedom;

    /// <inheritdoc/>
    public double PValue => Coefficients[0].PValue;

    /// <inheritdoc/>
    public Interval Interval => Coefficients[0].Interval;

    /// <inheritdoc cref="MultilevelResult.TotalVariance"/>
    public double? Tau2 => TotalVariance;

    /// <summary>The interval for the true effect of a new case in a new cluster, on the analysis scale; null where the variance depends on the case.</summary>
    public Interval? PredictionInterval => Tau2 is { } tau2
        ? new ReferenceDistribution(DegreesOfFreedom, Options.Level).Around(Estimate, Math.Sqrt(tau2 + StandardError * StandardError)) : null;

    /// <inheritdoc/>
    public NaturalResult Natural => NaturalOf(Estimate, Interval, PredictionInterval);

    double? IPooledEffect.StandardError => StandardError;

    double? IPooledEffect.Statistic => Statistic;

    double? IPooledEffect.I2 => this.Heterogeneity()?.Total;

    Interval? IPooledEffect.I2Interval => null;

    ChiSquaredTest? IPooledEffect.Heterogeneity => Q;
}

/// <summary>A meta-regression of dependent effects.</summary>
public sealed partial record MultilevelRegressionResult : MultilevelResult
{
    internal MultilevelRegressionResult(MultilevelFit fit, DesignMatrix design)
        : base(fit) => Design = design;

    /// <summary>The design matrix, a row for each effect that was given.</summary>
    public DesignMatrix Design { get; init; }
}
