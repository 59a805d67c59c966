using System.Globalization;

namespace MetaSpine;

/// <summary>The effects of one cluster.</summary>
/// <param name="Key">The cluster as the grouping has it.</param>
/// <param name="Label">Its name for readers.</param>
/// <param name="Shares">Its effects in the model.</param>
/// <param name="Excluded">Its effects that are not.</param>
internal sealed record EffectCluster(string Key, string Label, IReadOnlyList<StudyShare> Shares, IReadOnlyList<ExcludedStudy> Excluded);

/// <summary>A cluster as one effect, on the scale that people read.</summary>
/// <param name="Estimate">The mean.</param>
/// <param name="Lower">The lower bound of its interval.</param>
/// <param name="Upper">The upper bound.</param>
/// <param name="IsOutside">Whether it lies outside the range of the effects, which negative weights can bring about.</param>
internal readonly record struct ClusterMean(double Estimate, double Lower, double Upper, bool IsOutside = false);

/// <summary>Effects by the clusters that they come from, with names for both.</summary>
internal sealed class EffectClusters
{
    private readonly IPooledEffect _result;
    private readonly Predictor _column;
    private readonly Predictor? _given;
    private readonly Predictor[] _inner;
    private readonly bool _areLabelled;
    private readonly Dictionary<int, string> _names;
    private readonly Dictionary<int, EffectCluster> _ofRow;

    private EffectClusters(IPooledEffect result, Predictor column, Predictor? names)
    {
        (_result, _column, _given) = (result, column, names);
        var multilevel = result as MultilevelPooledResult;
        _inner = [.. multilevel?.Random.SelectMany(term => term.Inner.Concat(term.Grouping)).Where(name => name != column.Name).Distinct(StringComparer.Ordinal)
            .Select(name => multilevel.Model.Groupings.First(grouping => grouping.Name == name)) ?? []];
        var rows = result.Shares.Select(share => share.Row).Concat(result.Excluded.Select(study => study.Row)).Where(row => !column.IsMissing(row)).Order()
            .GroupBy(column.Category, StringComparer.Ordinal).Select(group => (group.Key, Rows: group.ToList())).ToList();
        _areLabelled = rows.All(group => Base(group.Rows) is not null);
        var labels = rows.ConvertAll(group => _areLabelled ? Base(group.Rows)! : Named(column, group.Key));
        var twice = labels.GroupBy(label => label, StringComparer.Ordinal).Where(group => group.Skip(1).Any()).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var (shares, excluded) = (result.Shares.ToDictionary(share => share.Row), result.Excluded.ToDictionary(study => study.Row));
        All =
        [
            .. rows.Select((group, i) => new EffectCluster(
                group.Key,
                twice.Contains(labels[i]) ? $"{labels[i]} ({group.Key})" : labels[i],
                [.. group.Rows.Where(shares.ContainsKey).Select(row => shares[row])],
                [.. group.Rows.Where(excluded.ContainsKey).Select(row => excluded[row])])),
        ];

        _ofRow = All.Zip(rows).SelectMany(pair => pair.Second.Rows.Select(row => (row, pair.First))).ToDictionary(item => item.row, item => item.First);

        // The first way of naming that tells the effects of every cluster apart; names that were given do it alone, with numbers where they do not.
        var several = rows.Where(group => group.Rows.Count > 1).ToList();
        Func<int, string>[] namings = names is null ? [Beyond, Inner] : [row => names.IsMissing(row) ? "" : names.Category(row)];
        var naming = Array.Find(namings, way => several.All(group => group.Rows.Select(way).Distinct(StringComparer.Ordinal).Count() == group.Rows.Count && group.Rows.All(row => way(row).Length > 0)));
        _names = rows.SelectMany(group => group.Rows.Select((row, place) => (row, Name: naming?.Invoke(row) ?? Numbered(row, place)))).ToDictionary(item => item.row, item => item.Name);
    }

    /// <summary>What the clusters are: "study".</summary>
    public string Name => _column.Name;

    public IReadOnlyList<EffectCluster> All { get; }

    /// <summary>The effects left out of the model that belong to no cluster.</summary>
    public IEnumerable<ExcludedStudy> Others => _result.Excluded.Where(study => _column.IsMissing(study.Row));

    /// <summary>Whether some cluster has several effects in the model.</summary>
    public bool HasSeveral => All.Any(cluster => cluster.Shares.Count > 1);

    /// <summary>The effects by the given clusters, or by the outermost grouping of a model of dependent effects; null where there is neither.</summary>
    /// <exception cref="ArgumentException">There is not one cluster, or not one name, for each effect size.</exception>
    public static EffectClusters? Of(IPooledEffect result, Predictor? clusters, Predictor? names)
    {
        foreach (var given in new[] { clusters, names })
        {
            if (given is not null && given.Count != result.Effects.Count)
            {
                throw new ArgumentException(FormattableString.Invariant($"'{given.Name}' has {given.Count} values, but there are {result.Effects.Count} effect sizes: give one per effect size, in the same order."));
            }
        }

        if (clusters is not null && result.Shares.Any(share => clusters.IsMissing(share.Row)))
        {
            var row = result.Shares.First(share => clusters.IsMissing(share.Row)).Row;
            throw new ArgumentException(FormattableString.Invariant($"{result.Effects.Studies[row].Label} (row {row + 1}) has no {clusters.Name}: give its name, one of its own where it stands alone."));
        }

        var column = clusters ?? (result as MultilevelPooledResult)?.Outermost;
        return column is null ? null : new EffectClusters(result, column, names);
    }

    /// <summary>What an effect is called among all: by its cluster alone where it is alone there.</summary>
    public string FullName(int row)
    {
        var cluster = _ofRow[row];
        return cluster.Shares.Count + cluster.Excluded.Count == 1 ? cluster.Label : $"{cluster.Label}, {_names[row]}";
    }

    /// <summary>What an effect is called among those of its cluster.</summary>
    public string NameOf(int row) => _names[row];

    /// <summary>The clusters as one effect each, in their order.</summary>
    /// <exception cref="ArgumentException">Clusters cannot be predicted in this model.</exception>
    public IReadOnlyList<ClusterMean> Means(ClusterSummary summary) => summary == ClusterSummary.Predicted ? Predicted() : Aggregated();

    private ClusterMean[] Predicted()
    {
        if (_result is not MultilevelPooledResult multilevel || multilevel.Random[0].Grouping[0] != _column.Name)
        {
            throw new ArgumentException($"The true effects of a {_column.Name} are no part of the model {_result.ModelName}: show what its effects say by themselves (ClusterSummary.Aggregated).");
        }

        try
        {
            var found = multilevel.PredictClusters().ToDictionary(prediction => prediction.Cluster, StringComparer.Ordinal);
            double Back(double value) => _result.Effects.BackTransform(value);
            return
            [
                .. All.Select(cluster => found.TryGetValue(cluster.Key, out var of)
                    ? new ClusterMean(Back(of.Estimate), Back(of.Interval.Lower), Back(of.Interval.Upper)) : new ClusterMean(double.NaN, double.NaN, double.NaN)),
            ];
        }
        catch (PoolingException problem)
        {
            throw new ArgumentException(problem.Message, problem);
        }
    }

    private ClusterMean[] Aggregated()
    {
        var (effects, kept) = (_result.Effects, _result.Shares.Select(share => share.Row).ToHashSet());
        var used = effects with { Studies = [.. effects.Studies.Select((study, row) => kept.Contains(row) ? study : study with { Problem = study.Problem ?? "not in the model" })] };
        var v = (_result as MultilevelPooledResult)?.Model.GivenCovariance ?? SamplingCovariance.Diagonal([.. effects.Studies.Select(study => study.Variance)]);
        var means = used.Aggregate(_column, v).Studies.ToDictionary(study => study.Label, StringComparer.Ordinal);
        return
        [
            .. All.Select(cluster =>
            {
                var (mean, (lower, upper, _)) = (means[cluster.Key], means[cluster.Key].Interval(_result.Interval.Level));
                double Back(double value) => effects.Measure.Scale.Back(value, mean.Size);
                return mean.IsComputed ? new ClusterMean(Back(mean.Estimate), Back(lower), Back(upper), mean.Doubt is not null) : new ClusterMean(double.NaN, double.NaN, double.NaN);
            }),
        ];
    }

    private string Label(int row) => _result.Effects.Studies[row].Label;

    /// <summary>What the labels of some rows have in common: all of each, or all before its last comma; null for neither.</summary>
    private string? Base(List<int> rows)
    {
        var labels = rows.ConvertAll(Label);
        if (labels.TrueForAll(label => label == labels[0]))
        {
            return labels[0];
        }

        var parts = labels.ConvertAll(label => label.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var end ? label[..end] : label);
        return parts.TrueForAll(part => part == parts[0]) ? parts[0] : null;
    }

    /// <summary>What an effect's label says beyond that of its cluster.</summary>
    private string Beyond(int row)
    {
        var label = Label(row);
        return !_areLabelled ? label : label.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var end ? label[(end + 2)..] : "";
    }

    private string Inner(int row) => string.Join(", ", _inner.Where(column => !column.IsMissing(row)).Select(column => Named(column, column.Category(row))));

    /// <summary>A category; a number says nothing without what it numbers.</summary>
    private static string Named(Predictor column, string category) =>
        double.TryParse(category, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"{ForestColumns.Readable(column.Name)} {category}" : category;

    private string Numbered(int row, int place) =>
        FormattableString.Invariant($"Effect {place + 1}") + (_given is null || _given.IsMissing(row) ? "" : $": {_given.Category(row)}");
}
