using static MetaSpine.Powers;

namespace MetaSpine;

/// <summary>Correlation coefficients of the same people, with the covariances of their sampling errors.</summary>
/// <param name="Effects">The coefficients (COR) or their transforms (ZCOR), with variances for the common number of people of each study.</param>
/// <param name="Covariance">Their matrix V.</param>
/// <remarks>
/// Olkin and Finn (1990), doi:10.1037/0033-2909.108.2.330; Steiger (1980), doi:10.1037/0033-2909.87.2.245; with n - 1 in the denominator of raw and n - 3 of transformed
/// coefficients, as the function rcalc of metafor.
/// </remarks>
public sealed record DependentCorrelations(EffectSizes Effects, SamplingCovariance Covariance)
{
    private const int FewestPeople = 5;

    /// <summary>The covariances of correlations, from the correlation matrix of each study.</summary>
    /// <param name="measure"><see cref="Measures.COR"/> or <see cref="Measures.ZCOR"/>.</param>
    /// <param name="correlations">The coefficients, one per row; NaN where not reported.</param>
    /// <param name="sizes">The people of each.</param>
    /// <param name="first">The first variable that each correlates.</param>
    /// <param name="second">The second one.</param>
    /// <param name="study">The study of each.</param>
    /// <param name="size">
    /// Which number of people stands for a study whose coefficients have different ones. <value>Default the smallest, which makes no variance too small.</value>
    /// </param>
    /// <param name="labels">The names of the effects; "study: first, second" where null.</param>
    /// <exception cref="ArgumentException">
    /// A study has fewer than 5 people or a pair of variables twice, or lacks a correlation that a covariance depends on.
    /// </exception>
    public static DependentCorrelations Compute(
        Measure measure,
        IReadOnlyList<double> correlations,
        IReadOnlyList<double> sizes,
        Predictor first,
        Predictor second,
        Predictor study,
        CommonSize size = CommonSize.Smallest,
        IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(correlations);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(study);
        if (!ReferenceEquals(measure, Measures.COR) && !ReferenceEquals(measure, Measures.ZCOR))
        {
            throw new ArgumentException($"Covariances of correlations are there for COR and ZCOR, not for {measure.Code}.", nameof(measure));
        }

        var count = correlations.Count;
        if (sizes.Count != count || (labels is not null && labels.Count != count))
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {count} correlations, but {(sizes.Count != count ? $"{sizes.Count} sizes" : $"{labels!.Count} labels")}: give one for each."));
        }

        int[] rows = [.. Enumerable.Range(0, count).Where(row => !double.IsNaN(correlations[row]))];
        foreach (var column in new[] { first, second, study })
        {
            CovarianceInput.Check(column, count, rows);
        }

        labels ??= [.. Enumerable.Range(0, count).Select(row => study.IsMissing(row) || first.IsMissing(row) || second.IsMissing(row)
            ? FormattableString.Invariant($"Row {row + 1}") : $"{study.Category(row)}: {first.Category(row)}, {second.Category(row)}")];
        var people = sizes.ToArray();
        var matrices = new Dictionary<int, StudyCorrelations>();
        int[][] groups = [.. rows.GroupBy(study.Category).Select(group => group.ToArray())];
        foreach (var group in groups)
        {
            var name = $"{study.Name} {study.Category(group[0])}";
            var common = Common(Array.ConvertAll(group, row => sizes[row]), size);
            if (!(common >= FewestPeople))
            {
                throw new ArgumentException(FormattableString.Invariant($"The correlations of {name} are of {common} people; their covariances need at least {FewestPeople}."), nameof(sizes));
            }

            var matrix = new StudyCorrelations(name, Array.ConvertAll(group, row => (first.Category(row), second.Category(row), correlations[row], row)));
            foreach (var row in group)
            {
                (people[row], matrices[row]) = (common, matrix);
            }
        }

        var effects = measure.Compute(new EffectData(labels) { ["ri"] = correlations, ["ni"] = people });
        var transformed = ReferenceEquals(measure, Measures.ZCOR);
        int[][] alone = [.. Enumerable.Range(0, count).Except(rows).Select(row => (int[])[row])];
        return new(effects, SamplingCovariance.Of(count, groups.Concat(alone), (i, j) => i == j
            ? effects.Studies[i].Variance
            : matrices[i].Covariance((first.Category(i), second.Category(i)), (first.Category(j), second.Category(j)))
                / (transformed ? (people[i] - 3) * (1 - Square(correlations[i])) * (1 - Square(correlations[j])) : people[i] - 1)));
    }

    private static double Common(double[] sizes, CommonSize size) => size switch
    {
        CommonSize.Harmonic => sizes.Length / sizes.Sum(n => 1 / n),
        CommonSize.Mean => sizes.Average(),
        _ => sizes.Min(),
    };
}

/// <summary>Which number of people stands for a study whose correlations have different ones.</summary>
public enum CommonSize
{
    /// <summary>The smallest.</summary>
    Smallest,

    /// <summary>The harmonic mean.</summary>
    Harmonic,

    /// <summary>The arithmetic mean.</summary>
    Mean,
}

/// <summary>The correlation matrix of one study, as far as it is reported.</summary>
internal sealed class StudyCorrelations
{
    private readonly string _study;
    private readonly Dictionary<(string, string), (double Value, int Row)> _known = [];

    public StudyCorrelations(string study, (string First, string Second, double Value, int Row)[] rows)
    {
        _study = study;
        foreach (var (first, second, value, row) in rows)
        {
            if (first == second)
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {row + 1} ({study}) correlates '{first}' with itself."));
            }

            if (_known.TryGetValue((first, second), out var earlier))
            {
                throw new ArgumentException(FormattableString.Invariant($"{study} has the correlation of '{first}' and '{second}' twice, in rows {earlier.Row + 1} and {row + 1}: leave one out."));
            }

            _known[(first, second)] = _known[(second, first)] = (value, row);
        }
    }

    /// <summary>The large-sample covariance of two correlations times the number of people.</summary>
    public double Covariance((string, string) one, (string, string) other)
    {
        var ((j, k), (h, m)) = (one, other);
        double jk = R(j, k), hm = R(h, m), jh = R(j, h), jm = R(j, m), kh = R(k, h), km = R(k, m);
        return jk * hm * (jh * jh + jm * jm + kh * kh + km * km) / 2 + jh * km + jm * kh - (jk * (jh * jm + kh * km) + hm * (jh * kh + jm * km));

        double R(string a, string b) => a == b ? 1 : _known.TryGetValue((a, b), out var found) ? found.Value
            : throw new ArgumentException(
                $"The covariance of the correlations of '{j}' and '{k}' and of '{h}' and '{m}' in {_study} depends on that of '{a}' and '{b}', which is not among the rows: add it (an assumed value, if need be), or leave one of the two out.");
    }
}
