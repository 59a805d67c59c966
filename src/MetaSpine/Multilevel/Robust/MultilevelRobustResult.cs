namespace MetaSpine;

/// <summary>The coefficients of a model of dependent effects with a cluster-robust covariance, on the analysis scale.</summary>
public sealed partial record MultilevelRobustResult
{
    private readonly ClusterCovariance _source;

    private MultilevelRobustResult(ClusterCovariance source) => _source = source;

    /// <summary>The model whose coefficients these are.</summary>
    public required MultilevelResult Model { get; init; }

    /// <summary>The kind of covariance.</summary>
    public required RobustType Type { get; init; }

    /// <summary>The number of clusters, m.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>The coefficients, tested by t with Satterthwaite's degrees of freedom, whatever the kind (as the R package clubSandwich).</summary>
    public required IReadOnlyList<RobustCoefficient> Coefficients { get; init; }

    /// <summary>The covariance matrix of the coefficients, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The joint test of all coefficients but the intercept (of the only one where there is none else): HTZ for CR2, F with m - p otherwise; null where the clusters are too few for it.</summary>
    public required RobustTest? Moderators { get; init; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    public IReadOnlyList<string> Notes => RobustResult.NotesOf(Coefficients, Model is MultilevelPooledResult);

    /// <summary>The joint test that some coefficients are all 0.</summary>
    /// <param name="coefficients">Their positions in <see cref="Coefficients"/>, each once.</param>
    /// <returns>The F test; null where the clusters are too few to tell.</returns>
    /// <exception cref="ArgumentException">A position is out of range or there twice, or there is none.</exception>
    public RobustTest? Test(params IReadOnlyList<int> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        RobustResult.CheckPositions(coefficients, Coefficients.Count);
        return _source.Test([.. coefficients]);
    }

    internal static MultilevelRobustResult From(ClusterCovariance source, MultilevelResult result, RobustType type) => new(source)
    {
        Model = result,
        Type = type,
        ClusterCount = source.ClusterCount,
        Coefficients = [.. result.Model.Columns.Select((name, j) => RobustResult.Coefficient(source, name, j, source.SatterthwaiteOf(j), result.Options.Level))],
        Covariance = [.. Enumerable.Range(0, result.Model.P).Select(i => (IReadOnlyList<double>)[.. source.Covariance.Row(i)])],
        Moderators = source.Test(result.Model.Tested),
    };
}
