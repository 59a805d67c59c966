namespace MetaSpine;

/// <summary>What the forest plot of studies says, row by row.</summary>
internal sealed class ForestContent
{
    private readonly ForestSource _source;
    private readonly ForestPlotOptions _options;
    private readonly IPooledEffect? _overall;
    private readonly Measure _measure;
    private readonly Dictionary<int, double?> _overallWeights;
    private readonly List<ForestRow> _rows = [];
    private readonly EffectClusters? _clusters;
    private readonly EffectArrangement _arrangement;

    private ForestContent(ForestSource source, ForestPlotOptions options)
    {
        _source = source;
        _options = options;
        _overall = source.Overall;
        _measure = source.Lead.Effects.Measure;
        _overallWeights = _overall?.Shares.ToDictionary(share => share.Row, share => share.Weight) ?? [];
        (_clusters, _arrangement) = Clusters(source, options);
        foreach (var (name, result) in source.Subgroups)
        {
            _rows.Add(new ForestRow(ForestRowKind.Heading, name));
            AddStudies(result, indented: true);
            AddSummary(result, ForestRowKind.Subtotal, "Subtotal");
            if (options.ShowHeterogeneity && result.StudyCount > 1 && ForestText.Heterogeneity(result) is { Length: > 0 } heterogeneity)
            {
                _rows.Add(new ForestRow(ForestRowKind.Note, heterogeneity) { Indented = true });
            }

            _rows.Add(new ForestRow(ForestRowKind.Gap, ""));
        }

        if (_arrangement != EffectArrangement.Flat)
        {
            _rows.AddRange(new ForestClusterRows(_clusters!, options, share => Study(source.Lead, share)).Of(_arrangement));
        }
        else if (source.Subgroups.Count == 0)
        {
            AddStudies(source.Lead, indented: false);
        }

        _rows.AddRange(source.NotPooled.Select(study => new ForestRow(ForestRowKind.NotEstimable, study.Label)));
        if (_overall is not null)
        {
            AddSummary(_overall, ForestRowKind.Total, NameAmongModels(_overall));
        }

        foreach (var other in options.AlsoShow)
        {
            AddSummary(other, ForestRowKind.OtherModel, NameAmongModels(other));
        }
    }

    /// <summary>The plot of some results.</summary>
    public static ForestTable Table(ForestSource source, ForestPlotOptions options)
    {
        var content = new ForestContent(source, options);
        var lead = source.Lead;
        var style = ForestStyle.Of(options.Theme);
        var numbers = new ForestNumbers(lead, options.Digits, options.Intervals ?? style.Intervals, content._rows);
        var level = PlotNumbers.Short(lead.Interval.Level * 100);
        IReadOnlyList<IPooledEffect> listed = [.. source.Listed];
        var frame = new ForestFrame(
            listed,
            ForestTable.Effect(content._measure, numbers, level, options.Theme.TextSize),
            content._arrangement == EffectArrangement.Aggregated ? [Counts] : [.. ForestInput.For(lead.Effects, options, style.SplitTotals).Select(input => input.Field(listed))],
            listed.Any(result => result.Shares.Any(share => share.Weight is not null)) ? [new(null, ["Weight"], row => WeightCell(row.Weight))] : []);
        var (left, right) = frame.Arrange(options.Columns ?? style.Columns);
        var rows = ForestTable.Fill(content._rows, left, right);
        IReadOnlyList<string> footer = [.. content._arrangement == EffectArrangement.Flat ? [] : ForestText.OfClusters(content._clusters!, content._arrangement, options, rows), .. ForestText.Footer(source, options)];
        return new ForestTable
        {
            Measure = content._measure,
            Null = options.ShowNullLine && content._measure.NullValue is { } none ? lead.Effects.BackTransform(none) : null,
            Left = left,
            Right = right,
            Rows = rows,
            EffectName = ForestTable.NameOf(content._measure),
            StudyHeading = options.StudyHeading ?? (content._arrangement == EffectArrangement.Flat ? "Study" : ForestColumns.Readable(content._clusters!.Name)),
            Reference = options.ShowEstimateLine ? source.Overall?.Natural.Estimate : null,
            Footer = footer,
            Description = ForestText.Describe(rows, numbers, level, footer, source),
            Tip = row => ForestText.Isolated(row.Label) + ": " + numbers.Text(row) + (double.IsNaN(row.Weight) ? "" : $"; weight {PlotText.Weight(row.Weight)}"),
        };
    }

    /// <summary>The clusters and how they are laid out; what is not asked for is laid out in clusters where there are any.</summary>
    private static (EffectClusters? Clusters, EffectArrangement Arrangement) Clusters(ForestSource source, ForestPlotOptions options)
    {
        if (options.Arrangement == EffectArrangement.Flat || source.Subgroups.Count > 0)
        {
            return options.Arrangement is null or EffectArrangement.Flat
                ? (null, EffectArrangement.Flat)
                : throw new ArgumentException("Subgroups of studies have no layout by clusters; draw them flat.", nameof(options));
        }

        var clusters = EffectClusters.Of(source.Lead, options.Clusters, options.EffectNames);
        return clusters is null && options.Arrangement is not null
            ? throw new ArgumentException("The effects have no clusters: give some (Clusters), or fit a model of dependent effects.", nameof(options))
            : (clusters, options.Arrangement ?? (clusters?.HasSeveral == true ? EffectArrangement.Nested : EffectArrangement.Flat));
    }

    /// <summary>The number of effects of each cluster.</summary>
    private static ForestField Counts { get; } = new(null, ["Effects"], row => row.Kind switch
    {
        ForestRowKind.Study => [PlotNumbers.Short(row.EffectCount)],
        ForestRowKind.Total => [PlotNumbers.Short(row.Result!.StudyCount)],
        _ => [],
    });

    private void AddStudies(IPooledEffect result, bool indented)
    {
        var studies = result.Shares.Select(share => Study(result, share))
            .Concat(result.Excluded.Select(study => new ForestRow(ForestRowKind.NotEstimable, study.Label) { Index = study.Row, Result = result }));
        var last = _options.Order == ForestOrder.AsGiven ? 0 : 1;
        var ordered = studies.OrderBy(row => row.Kind == ForestRowKind.NotEstimable ? last : 0);
        _rows.AddRange(
            (_options.Order switch
            {
                ForestOrder.Estimate => ordered.ThenBy(row => row.Estimate),
                ForestOrder.Weight => ordered.ThenByDescending(row => row.Weight),
                ForestOrder.Name => ordered.ThenBy(row => row.Label, StringComparer.Ordinal),
                _ => ordered,
            })
            .ThenBy(row => row.Index).Select(row => row with { Indented = indented }));
    }

    private ForestRow Study(IPooledEffect result, StudyShare share)
    {
        var effect = result.Effects.Studies[share.Row];
        double Back(double value) => _measure.Scale.Back(value, effect.Size);
        var (lower, upper, _) = effect.Interval(result.Interval.Level);
        return new ForestRow(ForestRowKind.Study, effect.Label)
        {
            Result = result,
            Index = share.Row,
            Estimate = Back(effect.Estimate),
            Lower = Back(lower),
            Upper = Back(upper),
            Weight = Weight(result, share) ?? double.NaN,
        };
    }

    /// <summary>The weight in the overall result, where its rows are those of the subgroup; otherwise the weight within the subgroup.</summary>
    private double? Weight(IPooledEffect result, StudyShare share) =>
        _overall is not null && ReferenceEquals(_overall.Effects.Data, result.Effects.Data)
            ? _overallWeights.TryGetValue(share.Row, out var weight) ? weight : 0
            : share.Weight;

    private void AddSummary(IPooledEffect result, ForestRowKind kind, string label)
    {
        var (_, estimate, interval, prediction) = result.Natural;
        var summary = new ForestRow(kind, label)
        {
            Indented = kind == ForestRowKind.Subtotal,
            Part = kind switch
            {
                ForestRowKind.Total => "",
                ForestRowKind.Subtotal => FormattableString.Invariant($"{_rows.Count(row => row.Kind == ForestRowKind.Subtotal)}"),
                _ => null,
            },
            Result = result,
            Estimate = estimate,
            Lower = interval.Lower,
            Upper = interval.Upper,
            Weight = kind == ForestRowKind.OtherModel ? double.NaN : result.Shares.Sum(share => Weight(result, share)) ?? double.NaN,
        };
        _rows.Add(summary);
        if (!_options.ShowPredictionInterval || prediction is not { Level: var level })
        {
            return;
        }

        var name = $"{PlotNumbers.Short(100 * level)}% prediction interval";
        foreach (var (what, of) in PlotText.Predictions(result))
        {
            var (lower, upper) = (result.Effects.BackTransform(of.Lower), result.Effects.BackTransform(of.Upper));
            if (!double.IsNaN(upper - lower))
            {
                _rows.Add(summary with { Kind = ForestRowKind.Prediction, Label = what.Length == 0 ? name : $"{name}, {what}", Lower = lower, Upper = upper, Weight = double.NaN, Predicted = of });
            }
        }
    }

    /// <summary>The model in short, and in full where another one in the plot has the same short name.</summary>
    private string NameAmongModels(IPooledEffect result)
    {
        var isAlone = _options.AlsoShow.Concat(_overall is null ? [] : [_overall]).Count(other => other.ModelName == result.ModelName) < 2;
        return isAlone || result.ModelDetail.Length == 0 ? result.ModelName : $"{result.ModelName} ({result.ModelDetail})";
    }

    private static string[] WeightCell(double weight) => double.IsNaN(weight) ? [] : [PlotText.Weight(weight)];
}
