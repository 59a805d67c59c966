namespace MetaSpine;

/// <summary>How the Copas model's sensitivity is gone through.</summary>
public sealed record CopasOptions
{
    /// <summary>The defaults.</summary>
    public static CopasOptions Default { get; } = new();

    /// <summary>Which estimates selection favours; both sides at once is not possible here. <value>Default null: the side on which the pooled estimate lies.</value></summary>
    public SelectionSide? Side { get; init; }

    /// <summary>The level of the intervals. <value>Default 0.95.</value></summary>
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// The probabilities that a study as imprecise as the least precise one is published, falling from 1. <value>Default 1, 0.95, 0.90 ... 0.10.</value>
    /// </summary>
    public IReadOnlyList<double> Probabilities { get; init; } = [.. Enumerable.Range(0, 19).Select(n => (100 - 5 * n) / 100.0)];

    /// <summary>
    /// The probability that a study as precise as the most precise one is published; together with that of the least precise study it fixes the selection.
    /// <value>Default 0.99: large trials are hardly ever left unpublished (Carpenter et al. 2009 use bounds of this kind).</value>
    /// </summary>
    public double MostPrecise { get; init; } = 0.99;

    /// <summary>The p-value of the residual-bias test above which the asymmetry counts as explained. <value>Default 0.1 (Carpenter et al. 2009).</value></summary>
    public double ResidualBiasLevel { get; init; } = 0.1;
}

/// <summary>The Copas model over a range of assumptions about the selection of studies.</summary>
public sealed partial record CopasResult
{
    /// <summary>The model that was asked about.</summary>
    public required PooledResult Model { get; init; }

    /// <summary>Which estimates selection favours.</summary>
    public required SelectionSide Side { get; init; }

    /// <summary>The sweep: from no selection to strong selection.</summary>
    public required IReadOnlyList<CopasPoint> Points { get; init; }

    /// <summary>The first point of the sweep at which the residual bias is no longer significant: the adjusted estimate; null where there is none.</summary>
    public required CopasPoint? Adjusted { get; init; }

    /// <summary>What a careful reader should know; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The Copas model at one assumption about the selection of studies.</summary>
public sealed record CopasPoint
{
    /// <summary>The selection's intercept: the probit of the probability of publication is gamma0 + gamma1 / s. Infinite without selection.</summary>
    public required double Gamma0 { get; init; }

    /// <summary>The selection's slope in 1/s.</summary>
    public required double Gamma1 { get; init; }

    /// <summary>The probability that the least precise study is published.</summary>
    public required double Probability { get; init; }

    /// <summary>The expected number of studies that were not published, given those that were.</summary>
    public required double Unpublished { get; init; }

    /// <summary>The effect on the analysis scale, by maximum likelihood.</summary>
    public required double Estimate { get; init; }

    /// <summary>Its standard error, on the same scale, from the observed information; null where that says nothing.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Estimate -/+ z standard errors, on the same scale.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>The between-study variance before selection.</summary>
    public required double Tau2 { get; init; }

    /// <summary>The correlation of a study's estimate with its chance of being published, negative where small estimates are favoured; 0 without selection, where it says nothing.</summary>
    public required double Correlation { get; init; }

    /// <summary>The log-likelihood, with all constants.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The likelihood-ratio test of asymmetry that this selection leaves unexplained: of a slope of the estimates on their standard errors.</summary>
    public required ChiSquaredTest ResidualBias { get; init; }
}
