namespace MetaSpine;

/// <summary>What a family of measures reads from one row of the data.</summary>
/// <typeparam name="TSelf">The row type itself.</typeparam>
internal interface IStudyRow<TSelf>
    where TSelf : struct, IStudyRow<TSelf>
{
    static abstract MeasureFamily Family { get; }

    /// <summary>Reads a row; the reader collects what is missing or impossible.</summary>
    static abstract TSelf Read(RowReader row);

    /// <summary>Participants, or person-time for rates.</summary>
    double Size { get; }
}

/// <summary>A row of counts, which may need a continuity correction.</summary>
internal interface ICounts<TSelf>
{
    /// <summary>Whether a count of zero stands where the logarithm or the odds would need more.</summary>
    bool HasZero { get; }

    /// <summary>Whether both groups have no event, or nothing but events.</summary>
    bool HasDoubleZero { get; }

    /// <summary>The row with the continuity correction added to its counts.</summary>
    TSelf Plus(double add);
}

/// <summary>All rows of a set with their estimates: what a variance that averages over studies looks at.</summary>
internal readonly record struct RowSet<TRow>(TRow[] Rows, double[] Estimates, EffectSizeOptions Options)
{
    /// <summary>The weighted mean over the rows that have an estimate.</summary>
    public double Mean(Func<TRow, double> value, Func<TRow, double> weight) => Mean((row, _) => value(row), weight);

    /// <summary>The weighted mean over the rows that have an estimate.</summary>
    public double Mean(Func<TRow, double, double> value, Func<TRow, double> weight)
    {
        double sum = 0, weights = 0;
        for (var i = 0; i < Rows.Length; i++)
        {
            if (double.IsFinite(Estimates[i]))
            {
                sum += weight(Rows[i]) * value(Rows[i], Estimates[i]);
                weights += weight(Rows[i]);
            }
        }

        return sum / weights;
    }
}

/// <summary>One sampling variance of a measure: looks at all rows once, then gives each row's variance from the row and its estimate.</summary>
internal sealed record VarianceRule<TRow>(VarianceType Type, Func<RowSet<TRow>, Func<TRow, double, double>> Bind)
{
    /// <summary>A variance that a study's own numbers give.</summary>
    public VarianceRule(VarianceType type, Func<TRow, double, double> variance)
        : this(type, _ => variance)
    {
    }

    /// <summary>A variance that also depends on how the estimate was computed.</summary>
    public VarianceRule(VarianceType type, Func<TRow, double, EffectSizeOptions, double> variance)
        : this(type, all => (row, estimate) => variance(row, estimate, all.Options))
    {
    }
}

/// <summary>A measure of the family whose rows are <typeparamref name="TRow"/>.</summary>
internal sealed class MeasureOf<TRow> : Measure
    where TRow : struct, IStudyRow<TRow>
{
    private readonly Func<TRow, EffectSizeOptions, double> _estimate;
    private readonly VarianceRule<TRow>[] _rules;

    public MeasureOf(MeasureInfo info, Func<TRow, EffectSizeOptions, double> estimate, VarianceRule<TRow>[] variances, bool correctsZeros = false)
        : base(info, TRow.Family)
    {
        _estimate = estimate;
        _rules = variances;
        Variances = [.. variances.Select(rule => rule.Type)];
        CorrectsZeros = correctsZeros;
    }

    public override IReadOnlyList<VarianceType> Variances { get; }

    public override bool CorrectsZeros { get; }

    public override EffectSizes Compute(EffectData data, EffectSizeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= EffectSizeOptions.Default;
        if (options.Add is { } constant && !(constant >= 0 && double.IsFinite(constant)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The continuity correction (add) is {constant}; it must be 0 or a positive number such as 0.5."));
        }

        var rule = Rule(options.Variance);
        var rows = ReadRows(data, out var problems, out var notes);
        var sizes = Array.ConvertAll(rows, row => row.Size);
        Correct(rows, problems, notes, options);

        var estimates = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            estimates[i] = problems[i] is null ? _estimate(rows[i], options) : double.NaN;
        }

        var variance = rule.Bind(new RowSet<TRow>(rows, estimates, options));
        var studies = new EffectSize[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var v = problems[i] is null ? variance(rows[i], estimates[i]) : double.NaN;
            var computed = double.IsFinite(estimates[i]) && double.IsFinite(v) && v >= 0;
            studies[i] = new EffectSize
            {
                Label = data.Label(i),
                Estimate = computed ? estimates[i] : double.NaN,
                Variance = computed ? v : double.NaN,
                Size = sizes[i],
                Adjustment = notes[i],
                Problem = computed ? null : problems[i] ?? Undefined(rows[i]),
            };
        }

        return new EffectSizes { Measure = this, Options = options, Data = data, Studies = studies };
    }

    private VarianceRule<TRow> Rule(VarianceType? type) =>
        type is null
            ? _rules[0]
            : Array.Find(_rules, rule => rule.Type == type)
                ?? throw new ArgumentException($"{Code} has no variance of type {type}; it offers {string.Join(", ", Variances)}.");

    private TRow[] ReadRows(EffectData data, out string?[] problems, out string?[] notes)
    {
        var reader = new RowReader(data);
        if (Family.Alternatives.All(set => set.Any(input => !data.Has(input.Column))))
        {
            throw new EffectDataException(Code, [MissingColumns(data)]);
        }

        var rows = new TRow[data.Count];
        problems = new string?[rows.Length];
        notes = new string?[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            reader.MoveTo(i);
            rows[i] = TRow.Read(reader);
            problems[i] = reader.Problem;
            notes[i] = reader.Note;
        }

        return reader.Faults.Count == 0 ? rows : throw new EffectDataException(Code, reader.Faults);
    }

    private string MissingColumns(EffectData data)
    {
        var sets = Family.Alternatives.Select(set => string.Join(", ", set.Select(input => input.Column)));
        return $"the data have {(data.Columns.Count == 0 ? "no columns" : $"the columns {string.Join(", ", data.Columns)}")}; {Code} needs {string.Join(" or ", sets)}";
    }

    /// <summary>Drops double zeros first, then corrects, as metafor's escalc does; a note says so for each row that changed.</summary>
    private void Correct(TRow[] rows, string?[] problems, string?[] notes, EffectSizeOptions options)
    {
        if (default(TRow) is not ICounts<TRow>)
        {
            return;
        }

        if (options.DropDoubleZero)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                if (problems[i] is null && rows[i] is ICounts<TRow> { HasDoubleZero: true })
                {
                    problems[i] = "both groups have no event or nothing but events, and such studies were to be dropped (drop00)";
                }
            }
        }

        var add = options.Add ?? (CorrectsZeros ? 0.5 : 0);
        if (add == 0 || options.To == ZeroCellRule.None)
        {
            return;
        }

        var any = false;
        for (var i = 0; i < rows.Length; i++)
        {
            any |= problems[i] is null && HasZero(rows[i]);
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var zero = HasZero(rows[i]);
            if (problems[i] is null && rows[i] is ICounts<TRow> counts && (options.To == ZeroCellRule.All || (any && options.To == ZeroCellRule.AllIfAnyZero) || zero))
            {
                notes[i] = FormattableString.Invariant($"{add} added to each count{(zero ? " because one is zero" : "")}");
                rows[i] = counts.Plus(add);
            }
        }
    }

    private static bool HasZero(TRow row) => row is ICounts<TRow> { HasZero: true };

    private string Undefined(TRow row) => HasZero(row)
        ? $"{Code} or its variance is undefined with a zero count; a continuity correction (add, to) would define it"
        : $"{Code} or its variance is undefined for these numbers";
}
