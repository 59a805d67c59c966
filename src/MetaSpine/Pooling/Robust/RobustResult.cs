namespace MetaSpine;

/// <summary>The coefficients of a model with a cluster-robust covariance, on the analysis scale.</summary>
public sealed partial record RobustResult
{
    /// <summary>Tipton (2015), doi:10.1037/met0000011.</summary>
    private const int FewestDegrees = 4;

    private readonly ClusterCovariance _source;

    private RobustResult(ClusterCovariance source) => _source = source;

    /// <summary>The model whose coefficients these are.</summary>
    public required ModelResult Model { get; init; }

    /// <summary>The kind of covariance.</summary>
    public required RobustType Type { get; init; }

    /// <summary>The number of clusters, m.</summary>
    public required int ClusterCount { get; init; }

    /// <summary>The coefficients; a pooled result has one, the estimate.</summary>
    public required IReadOnlyList<RobustCoefficient> Coefficients { get; init; }

    /// <summary>The covariance matrix of the coefficients, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Covariance { get; init; }

    /// <summary>The joint test of all coefficients but the intercept (of the only one where there is none else); null where the clusters are too few for it.</summary>
    public required RobustTest? Moderators { get; init; }

    /// <summary>What a careful reader should know about this result; one sentence each.</summary>
    public IReadOnlyList<string> Notes => NotesOf(Coefficients, Model is PooledResult);

    /// <summary>The joint test that some coefficients are all 0.</summary>
    /// <param name="coefficients">Their positions in <see cref="Coefficients"/>, each once.</param>
    /// <returns>
    /// The F test; for CR2 the HTZ test, which is null where its degrees of freedom are not above the number of coefficients less 1: such
    /// few clusters cannot tell.
    /// </returns>
    /// <exception cref="ArgumentException">A position is out of range or there twice, or there is none.</exception>
    public RobustTest? Test(params IReadOnlyList<int> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        CheckPositions(coefficients, Coefficients.Count);
        return _source.Test([.. coefficients]);
    }

    internal static RobustResult From(ClusterCovariance source, ModelResult model, ModelData data, RobustType type) => new(source)
    {
        Model = model,
        Type = type,
        ClusterCount = source.ClusterCount,
        Coefficients = [.. data.Columns.Select((name, j) => Coefficient(source, name, j, source.FreedomOf(j), model.Options.Level))],
        Covariance = [.. Enumerable.Range(0, data.P).Select(i => (IReadOnlyList<double>)[.. source.Covariance.Row(i)])],
        Moderators = source.Test(data.Tested),
    };

    /// <summary>Says which coefficients have too few degrees of freedom.</summary>
    internal static IReadOnlyList<string> NotesOf(IReadOnlyList<RobustCoefficient> coefficients, bool isPooled)
    {
        var few = string.Join(", ", coefficients.Where(c => !(c.DegreesOfFreedom >= FewestDegrees)).Select(c => DesignTerms.Shown(c.Name)));
        return few.Length == 0 ? [] :
        [
            FormattableString.Invariant($"The cluster-robust p-value and interval of {(isPooled ? "the pooled estimate" : few)} should not be trusted: fewer than {FewestDegrees} degrees of freedom, ")
            + "because there are too few clusters or one decides alone (Tipton 2015).",
        ];
    }

    /// <summary>The positions of coefficients to be tested together.</summary>
    internal static void CheckPositions(IReadOnlyList<int> coefficients, int count)
    {
        if (coefficients.Count == 0 || coefficients.Distinct().Count() != coefficients.Count || coefficients.Any(j => j < 0 || j >= count))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Name at least one coefficient by its position, 0 to {count - 1}, and each only once."), nameof(coefficients));
        }
    }

    internal static RobustCoefficient Coefficient(ClusterCovariance source, string name, int j, double freedom, double level)
    {
        var error = Math.Sqrt(source.Covariance[j, j]);
        var margin = StudentT.UpperQuantile((1 - level) / 2, freedom) * error;
        var (estimate, statistic) = (source.Coefficients[j], source.Coefficients[j] / error);
        return new RobustCoefficient(
            name, estimate, error, statistic, freedom, StudentT.TwoSided(statistic, freedom), new Interval(estimate - margin, estimate + margin, level));
    }
}

/// <summary>One coefficient with its robust standard error: on the analysis scale, per unit of its column.</summary>
/// <param name="Name">The column of the design matrix; "estimate" for a pooled result.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its cluster-robust standard error.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="DegreesOfFreedom">Those of t: m - p, or Satterthwaite's for CR2; NaN where one cluster alone decides the coefficient, so that
/// nothing is known of its error. Where they are below 4 the p-value should not be trusted (Tipton 2015).</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Interval">The confidence interval.</param>
public sealed record RobustCoefficient(
    string Name, double Estimate, double StandardError, double Statistic, double DegreesOfFreedom, double PValue, Interval Interval);

/// <summary>A robust joint test of several coefficients.</summary>
/// <param name="Statistic">F.</param>
/// <param name="DegreesOfFreedom">The number of coefficients tested.</param>
/// <param name="ResidualDegreesOfFreedom">The denominator's: m - p, or those of HTZ for CR2.</param>
/// <param name="PValue">The upper-tail probability.</param>
public readonly record struct RobustTest(double Statistic, int DegreesOfFreedom, double ResidualDegreesOfFreedom, double PValue);
