namespace MetaSpine;

/// <summary>What a forest plot says, row by row, before anything has a place.</summary>
internal sealed class ForestContent
{
    private const string NoEstimate = "not estimable";

    private readonly ForestPlotOptions _options;
    private readonly IPooledEffect? _overall;
    private readonly Measure _measure;
    private readonly int _digits;
    private readonly int[] _columnDigits;
    private readonly Dictionary<int, double?> _overallWeights;
    private readonly List<ForestRow> _rows = [];

    public ForestContent(ForestSource source, ForestPlotOptions options)
    {
        _options = options;
        _overall = source.Overall;
        Lead = source.Lead;
        _measure = Lead.Effects.Measure;
        _digits = options.Digits ?? Digits(Lead);
        Level = PlotNumbers.Short(Lead.Interval.Level * 100);
        HasWeights = source.Listed.Any(result => result.Shares.Any(share => share.Weight is not null));
        _overallWeights = _overall?.Shares.ToDictionary(share => share.Row, share => share.Weight) ?? [];
        Columns = ForestColumn.For(Lead.Effects, options);
        var inputs = source.Listed.SelectMany(result => Enumerable.Range(0, result.Effects.Count).Select(row => Input(result, row))).ToList();
        _columnDigits = [.. Columns.Select(column => column.Digits(inputs))];

        foreach (var (name, result) in source.Subgroups)
        {
            _rows.Add(new ForestRow(ForestRowKind.Heading, name, []));
            AddStudies(result, indented: true);
            AddSummary(result, ForestRowKind.Subtotal);
            if (result.StudyCount > 1 && ForestText.Heterogeneity(result) is { Length: > 0 } heterogeneity)
            {
                _rows.Add(new ForestRow(ForestRowKind.Note, heterogeneity, [], Indented: true));
            }

            _rows.Add(new ForestRow(ForestRowKind.Gap, "", []));
        }

        if (source.Subgroups.Count == 0)
        {
            AddStudies(Lead, indented: false);
        }

        _rows.AddRange(source.NotPooled.Select(study => NotEstimable(study.Label, Columns.Select(_ => Array.Empty<string>()), indented: false)));
        if (source.Overall is not null)
        {
            AddSummary(source.Overall, ForestRowKind.Total);
        }

        Footer = ForestText.Footer(source);
        Description = ForestText.Describe(this, source);
    }

    /// <summary>The result that speaks for the whole.</summary>
    public IPooledEffect Lead { get; }

    /// <summary>The level of the intervals in percent.</summary>
    public string Level { get; }

    public IReadOnlyList<ForestColumn> Columns { get; }

    /// <summary>Whether the model has weights; those for counts have none.</summary>
    public bool HasWeights { get; }

    public IReadOnlyList<ForestRow> Rows => _rows;

    /// <summary>The lines below the picture.</summary>
    public IReadOnlyList<string> Footer { get; }

    public string Description { get; }

    private static Func<string, double> Input(IPooledEffect result, int row) => column => result.Effects.Data.Value(column, row);

    /// <summary>Ratios are read in hundredths; other effects in steps that suit the pooled interval.</summary>
    private static int Digits(IPooledEffect lead)
    {
        var digits = PlotNumbers.DigitsFor(lead.Natural.Interval.Upper - lead.Natural.Interval.Lower);
        return ForestAxis.IsRatio(lead.Effects.Measure) ? Math.Max(2, digits) : digits;
    }

    private void AddStudies(IPooledEffect result, bool indented)
    {
        var studies = result.Shares.Select(share => (share.Row, Line: Study(result, share, indented)))
            .Concat(result.Excluded.Select(study => (study.Row, Line: NotEstimable(study.Label, InputCells(result, study.Row), indented))));
        var last = _options.Order == ForestOrder.AsGiven ? 0 : 1;
        var ordered = studies.OrderBy(study => study.Line.Kind == ForestRowKind.NotEstimable ? last : 0);
        _rows.AddRange(
            (_options.Order switch
            {
                ForestOrder.Estimate => ordered.ThenBy(study => study.Line.Estimate),
                ForestOrder.Weight => ordered.ThenByDescending(study => study.Line.Weight),
                ForestOrder.Name => ordered.ThenBy(study => study.Line.Label, StringComparer.Ordinal),
                _ => ordered,
            })
            .ThenBy(study => study.Row).Select(study => study.Line));
    }

    private ForestRow Study(IPooledEffect result, StudyShare share, bool indented)
    {
        var effect = result.Effects.Studies[share.Row];
        double Back(double value) => _measure.Scale.Back(value, effect.Size);
        var interval = effect.Interval(result.Interval.Level);
        var (estimate, lower, upper) = (Back(effect.Estimate), Back(interval.Lower), Back(interval.Upper));
        var weight = Weight(result, share);
        return new ForestRow(
            ForestRowKind.Study,
            effect.Label,
            [.. InputCells(result, share.Row), EffectCell(estimate, lower, upper), .. WeightCell(weight)],
            indented, estimate, lower, upper, weight ?? double.NaN);
    }

    /// <summary>The weight in the overall result, where its rows are those of the subgroup; otherwise the weight within the subgroup.</summary>
    private double? Weight(IPooledEffect result, StudyShare share) =>
        _overall is not null && ReferenceEquals(_overall.Effects.Data, result.Effects.Data)
            ? _overallWeights.TryGetValue(share.Row, out var weight) ? weight : 0
            : share.Weight;

    private ForestRow NotEstimable(string label, IEnumerable<string[]> inputs, bool indented) =>
        new(ForestRowKind.NotEstimable, label, [.. inputs, [NoEstimate], .. WeightCell(null)], indented);

    /// <summary>The cell of a weight: none at all in a plot without weights.</summary>
    private string[][] WeightCell(double? weight) => !HasWeights ? [] : weight is { } known ? [[Percent(known)]] : [[]];

    private void AddSummary(IPooledEffect result, ForestRowKind kind)
    {
        var (_, estimate, interval, prediction) = result.Natural;
        var used = result.Shares.Select(share => Input(result, share.Row)).ToList();
        var isSubtotal = kind == ForestRowKind.Subtotal;
        _rows.Add(new ForestRow(
            kind,
            isSubtotal ? "Subtotal" : result.ModelName,
            [.. Columns.Select((column, index) => column.Total(used, _columnDigits[index])), EffectCell(estimate, interval.Lower, interval.Upper), .. WeightCell(result.Shares.Sum(share => Weight(result, share)))],
            isSubtotal, estimate, interval.Lower, interval.Upper));
        if (_options.ShowPredictionInterval && prediction is var (lower, upper, level) && !double.IsNaN(upper - lower))
        {
            _rows.Add(new ForestRow(
                ForestRowKind.Prediction,
                $"{PlotNumbers.Short(100 * level)}% prediction interval",
                [.. Columns.Select(_ => Array.Empty<string>()), ["", .. IntervalCell(lower, upper)], .. WeightCell(null)],
                isSubtotal, estimate, lower, upper));
        }
    }

    private IEnumerable<string[]> InputCells(IPooledEffect result, int row) =>
        Columns.Select((column, index) => column.Cell(Input(result, row), _columnDigits[index]));

    private string[] EffectCell(double estimate, double lower, double upper) =>
        double.IsNaN(estimate + lower + upper) ? [NoEstimate] : [PlotNumbers.Fixed(estimate, _digits), .. IntervalCell(lower, upper)];

    private string[] IntervalCell(double lower, double upper) => [$"[{PlotNumbers.Fixed(lower, _digits)},", $"{PlotNumbers.Fixed(upper, _digits)}]"];

    private static string Percent(double proportion) => PlotNumbers.Fixed(100 * proportion, 1) + "%";
}
