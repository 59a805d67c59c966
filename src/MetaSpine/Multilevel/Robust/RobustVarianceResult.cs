namespace MetaSpine;

/// <summary>The coefficients of robust variance estimation, on the analysis scale.</summary>
public sealed partial record RobustVarianceResult
{
    private readonly ClusterCovariance _source;

    private RobustVarianceResult(ClusterCovariance source) => _source = source;

    /// <summary>All effect sizes that were given.</summary>
    public required EffectSizes Effects { get; init; }

    /// <summary>The effects left out, each with the reason.</summary>
    public required IReadOnlyList<ExcludedStudy> Excluded { get; init; }

    /// <summary>The number of effects in the model, k.</summary>
    public required int StudyCount { get; init; }

    /// <summary>The number of clusters, m.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>The assumed correlation of sampling errors; null under the hierarchical model.</summary>
    public required double? Rho { get; init; }

    /// <summary>The variance of true effects between clusters.</summary>
    public required double Tau2 { get; init; }

    /// <summary>The variance of true effects within clusters; null under the correlated model.</summary>
    public required double? Omega2 { get; init; }

    /// <summary>I^2 in percent, from Q; null under the hierarchical model.</summary>
    public required double? I2 { get; init; }

    /// <summary>The coefficients, tested by t with Satterthwaite's degrees of freedom.</summary>
    public required IReadOnlyList<RobustCoefficient> Coefficients { get; init; }

    /// <summary>The covariance matrix of the coefficients (CR2), row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The HTZ test of all coefficients but the intercept (of the only one where there is none else); null where the clusters are too few for it.</summary>
    public required RobustTest? Moderators { get; init; }

    /// <summary>The HTZ test that some coefficients are all 0; null where the clusters are too few to tell.</summary>
    /// <param name="coefficients">Their positions in <see cref="Coefficients"/>, each once.</param>
    /// <exception cref="ArgumentException">A position is out of range or there twice, or there is none.</exception>
    public RobustTest? Test(params IReadOnlyList<int> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        RobustResult.CheckPositions(coefficients, Coefficients.Count);
        return _source.Test([.. coefficients]);
    }

    internal static RobustVarianceResult From(
        ClusterCovariance source, ModelData data, EffectSizes effects, IReadOnlyList<ExcludedStudy> excluded, double? rho, double tau2, double? omega2, double? i2, double level) => new(source)
        {
            Effects = effects,
            Excluded = excluded,
            StudyCount = data.K,
            ClusterCount = source.ClusterCount,
            Rho = rho,
            Tau2 = tau2,
            Omega2 = omega2,
            I2 = i2,
            Coefficients = [.. data.Columns.Select((name, j) => RobustResult.Coefficient(source, name, j, source.FreedomOf(j), level))],
            Covariance = [.. Enumerable.Range(0, data.P).Select(i => (IReadOnlyList<double>)[.. source.Covariance.Row(i)])],
            Moderators = source.Test(data.Tested),
        };
}
