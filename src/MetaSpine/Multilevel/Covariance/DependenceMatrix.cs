namespace MetaSpine;

/// <summary>The matrix V that assumed correlations make of sampling variances.</summary>
internal sealed class DependenceMatrix
{
    private readonly SamplingDependence _dependence;
    private readonly AssumedCorrelation? _observations;
    private readonly AssumedCorrelation? _types;

    private DependenceMatrix(SamplingDependence dependence, int[] rows)
    {
        _dependence = dependence;
        _observations = AssumedCorrelation.Of(dependence.Observation, dependence.ObservationRho, dependence.ObservationCorrelations, nameof(dependence.ObservationRho), rows);
        _types = AssumedCorrelation.Of(dependence.Type, dependence.TypeRho, dependence.TypeCorrelations, nameof(dependence.TypeRho), rows);
    }

    public static SamplingCovariance Of(IReadOnlyList<double> variances, SamplingDependence dependence)
    {
        int[] rows = [.. Enumerable.Range(0, variances.Count).Where(row => double.IsFinite(variances[row]))];
        CheckColumns(variances.Count, dependence, rows);
        CheckPairs(dependence);
        var matrix = new DependenceMatrix(dependence, rows);
        var groups = rows.GroupBy(row => (dependence.Cluster.Category(row), dependence.Subgroup?.Category(row))).Select(group => group.ToArray());
        int[][] alone = [.. Enumerable.Range(0, variances.Count).Except(rows).Select(row => (int[])[row])];
        return SamplingCovariance.Of(variances.Count, groups.Concat(alone), (i, j) => i == j ? variances[i] : matrix.Correlation(i, j) * Math.Sqrt(variances[i] * variances[j]));
    }

    private double Correlation(int i, int j) => Outcome(i, j) * Contrast(i, j);

    private double Outcome(int i, int j) =>
        _types?.Differ(i, j) == true ? _types.Between(i, j) : _observations?.Differ(i, j) == true ? _observations.Between(i, j) : 1;

    /// <summary>
    /// Each effect is a difference of two group means, whose variances are the inverses of the sizes; means of one group at two times correlate by the power of the distance.
    /// </summary>
    private double Contrast(int i, int j)
    {
        if (_dependence is not { Group1: { } first, Group2: { } second })
        {
            return _dependence.Time1 is { } time ? Decay(time.Number(i), time.Number(j)) : 1;
        }

        double Means(Predictor group, Predictor? weight, Predictor? time, int row, Predictor otherGroup, Predictor? otherWeight, Predictor? otherTime, int other) =>
            group.Category(row) == otherGroup.Category(other)
                ? Decay(time?.Number(row) ?? 0, otherTime?.Number(other) ?? 0) / Math.Sqrt((weight?.Number(row) ?? 1) * (otherWeight?.Number(other) ?? 1))
                : 0;
        double Difference(int a, int b)
        {
            var (w1, w2, t1, t2) = (_dependence.Weight1, _dependence.Weight2, _dependence.Time1, _dependence.Time2 ?? _dependence.Time1);
            return Means(first, w1, t1, a, first, w1, t1, b) + Means(second, w2, t2, a, second, w2, t2, b)
                - Means(first, w1, t1, a, second, w2, t2, b) - Means(second, w2, t2, a, first, w1, t1, b);
        }

        return Difference(i, j) / Math.Sqrt(Difference(i, i) * Difference(j, j));
    }

    private double Decay(double one, double other) => one == other ? 1 : Math.Pow(_dependence.Phi!.Value, Math.Abs(one - other));

    private static void CheckColumns(int count, SamplingDependence d, int[] rows)
    {
        foreach (var column in new[] { d.Cluster, d.Subgroup, d.Observation, d.Type, d.Time1, d.Time2, d.Group1, d.Group2, d.Weight1, d.Weight2 }.OfType<Predictor>())
        {
            CovarianceInput.Check(column, count, rows);
        }

        foreach (var column in new[] { d.Time1, d.Time2, d.Weight1, d.Weight2 }.OfType<Predictor>())
        {
            if (!column.IsNumeric)
            {
                throw new ArgumentException($"'{column.Name}' must be a number per effect size, not a category: times and sizes of groups are numbers.");
            }
        }

        foreach (var column in new[] { d.Weight1, d.Weight2 }.OfType<Predictor>())
        {
            if (rows.FirstOrDefault(row => column.Number(row) <= 0, -1) is var row and >= 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"'{column.Name}' is {column.Number(row)} in row {row + 1}; the size of a group must be above 0."));
            }
        }
    }

    private static void CheckPairs(SamplingDependence d)
    {
        var problem =
            d.Group1 is null != d.Group2 is null ? "Group1 and Group2 go together: each effect compares two groups."
            : d.Weight1 is null != d.Weight2 is null ? "Weight1 and Weight2 go together: give the sizes of both groups, or of neither."
            : d.Weight1 is not null && d.Group1 is null ? "Weight1 and Weight2 are the sizes of Group1 and Group2: give the groups, too."
            : d.Time2 is not null && (d.Time1 is null || d.Group1 is null) ? "Time2 is the time of the second group of a comparison: give Time1, Group1 and Group2, too."
            : d.Time1 is null != d.Phi is null ? "Time1 and Phi go together: the correlation falls with the time between two effects by the power of Phi."
            : d.Phi is { } phi && !(phi is >= 0 and <= 1) ? FormattableString.Invariant($"Phi is {phi}; the correlation of measurements one unit of time apart must lie between 0 and 1.")
            : d is { Observation: null, Type: null, Time1: null, Group1: null }
                ? "Nothing tells the effects of one cluster apart: give Observation, Type, Time1, or Group1 and Group2; SamplingCovariance.WithinClusters takes one correlation for all."
            : null;
        if (problem is not null)
        {
            throw new ArgumentException(problem);
        }
    }
}

/// <summary>The correlations of effects that differ in one variable: one number, or one for each two of its values.</summary>
internal sealed class AssumedCorrelation
{
    private readonly Predictor _variable;
    private readonly double _rho;
    private readonly KnownCorrelation? _known;
    private readonly Dictionary<string, int> _levels;

    private AssumedCorrelation(Predictor variable, double rho, KnownCorrelation? known)
    {
        (_variable, _rho, _known) = (variable, rho, known);
        _levels = known?.Levels.Select((level, i) => (level, i)).ToDictionary(pair => pair.level, pair => pair.i, StringComparer.Ordinal) ?? [];
    }

    /// <summary>Null where there is no such variable.</summary>
    public static AssumedCorrelation? Of(Predictor? variable, double? rho, KnownCorrelation? known, string option, int[] rows)
    {
        var matrix = option.Replace("Rho", "Correlations", StringComparison.Ordinal);
        if (variable is null)
        {
            return rho is null && known is null ? null : throw new ArgumentException($"{(rho is null ? matrix : option)} is given, but not {option.Replace("Rho", "", StringComparison.Ordinal)}, whose values it is the correlation between.");
        }

        if (rho is null == known is null)
        {
            throw new ArgumentException($"'{variable.Name}' needs {option} (one correlation) or {matrix} (one for each two of its values){(rho is null ? "" : ", not both")}.");
        }

        if (known is not null)
        {
            Check(variable, known, matrix, rows);
            return new AssumedCorrelation(variable, 0, known);
        }

        return new AssumedCorrelation(variable, CovarianceInput.Correlation(rho!.Value, option), null);
    }

    public bool Differ(int i, int j) => _variable.Category(i) != _variable.Category(j);

    public double Between(int i, int j) => _known is { } known ? known.Values[_levels[_variable.Category(i)]][_levels[_variable.Category(j)]] : _rho;

    private static void Check(Predictor variable, KnownCorrelation known, string option, int[] rows)
    {
        var n = known.Levels.Count;
        if (known.Levels.Distinct(StringComparer.Ordinal).Count() != n)
        {
            throw new ArgumentException($"{option} has a level twice: {string.Join(", ", known.Levels)}.");
        }

        if (known.Values.Count != n || known.Values.Any(row => row.Count != n))
        {
            throw new ArgumentException(FormattableString.Invariant($"{option} has {n} levels, so that its values must be {n} rows of {n}."));
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = CovarianceInput.Correlation(known.Values[i][j], option);
                if (Math.Abs(value - known.Values[j][i]) > 1e-8 || (i == j && Math.Abs(value - 1) > 1e-8))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"{option} is no correlation matrix: '{known.Levels[i]}' with '{known.Levels[j]}' is {value}{(i == j ? ", but must be 1" : FormattableString.Invariant($", the other way round {known.Values[j][i]}"))}."));
                }
            }
        }

        if (rows.FirstOrDefault(row => !known.Levels.Contains(variable.Category(row)), -1) is var lacking and >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{option} has no level '{variable.Category(lacking)}', which '{variable.Name}' has in row {lacking + 1}; it has {string.Join(", ", known.Levels)}."));
        }
    }
}

/// <summary>What inputs of covariances have in common.</summary>
internal static class CovarianceInput
{
    /// <summary>One value per effect size, and none missing in the rows that count.</summary>
    public static void Check(Predictor column, int count, IEnumerable<int> rows)
    {
        if (column.Count != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"'{column.Name}' has {column.Count} values, but there are {count} effect sizes: give one per effect size, in the same order."));
        }

        if (rows.FirstOrDefault(column.IsMissing, -1) is var row and >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"'{column.Name}' is missing in row {row + 1}, so that it is unknown which effects that one depends on: give it a value, or leave the effect out."));
        }
    }

    public static double Correlation(double value, string name) => value is >= -1 and <= 1
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; a correlation must lie between -1 and 1."));

    /// <summary>Rows as a reader counts them: "rows 1, 2 and 5".</summary>
    public static string Rows(IReadOnlyList<int> rows)
    {
        const int Most = 8;
        string[] shown = [.. rows.Take(rows.Count > Most ? Most - 1 : Most).Select(row => FormattableString.Invariant($"{row + 1}"))];
        var more = rows.Count - shown.Length;
        return rows.Count == 1 ? $"row {shown[0]}"
            : more > 0 ? FormattableString.Invariant($"rows {string.Join(", ", shown)} and {more} more")
            : $"rows {string.Join(", ", shown[..^1])} and {shown[^1]}";
    }
}
