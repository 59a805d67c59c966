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
    /// <param name="add">The correction.</param>
    /// <param name="onlyEvents">Whether non-events stay as they are, where the row has some that could grow by themselves.</param>
    TSelf Plus(double add, bool onlyEvents);
}

/// <summary>All rows of a set with their estimates: what a variance that averages over studies looks at.</summary>
/// <param name="Rows">What was read.</param>
/// <param name="Estimates">Their estimates; not finite where there is none.</param>
/// <param name="IsUsable">Whether a row lacks nothing, so that its numbers count even where its own estimate is undefined.</param>
/// <param name="Options">How effect sizes are computed.</param>
internal readonly record struct RowSet<TRow>(TRow[] Rows, double[] Estimates, Func<int, bool> IsUsable, EffectSizeOptions Options)
{
    /// <summary>
    /// The weighted mean over the rows that lack nothing. A group without events has a proportion, though no logarithm of it: to leave it out would
    /// make events seem commoner than they are.
    /// </summary>
    public double MeanOfAll(Func<TRow, double> value, Func<TRow, double> weight) =>
        Mean((row, _) => value(row), weight, IsUsable);

    /// <summary>The weighted mean over the rows that have an estimate.</summary>
    public double Mean(Func<TRow, double> value, Func<TRow, double> weight) => Mean((row, _) => value(row), weight);

    /// <summary>The weighted mean over the rows that have an estimate.</summary>
    public double Mean(Func<TRow, double, double> value, Func<TRow, double> weight)
    {
        var estimates = Estimates;
        return Mean(value, weight, i => double.IsFinite(estimates[i]));
    }

    private double Mean(Func<TRow, double, double> value, Func<TRow, double> weight, Func<int, bool> counts)
    {
        double sum = 0, weights = 0;
        for (var i = 0; i < Rows.Length; i++)
        {
            if (counts(i))
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
        Validate(options, data.Count);
        var rule = Rule(options.Variance);
        var rows = ReadRows(data, out var problems, out var notes);
        var sizes = Array.ConvertAll(rows, row => row.Size);
        var corrected = Corrected(rows, problems, notes, options);
        var (forEstimate, forVariance) = (options.AddInEstimate ? corrected : rows, options.AddInVariance ? corrected : rows);
        var estimates = Estimates(forEstimate, problems, options);
        var basis = ReferenceEquals(forEstimate, forVariance) ? estimates : Estimates(forVariance, problems, options);
        var variance = rule.Bind(new RowSet<TRow>(forVariance, basis, row => problems[row] is null, options));
        var studies = new EffectSize[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var factor = options.Factors is { } factors ? factors[factors.Count == 1 ? 0 : i] : 1;
            double y = factor * estimates[i], v = problems[i] is null ? factor * factor * variance(forVariance[i], basis[i]) : double.NaN;
            var computed = double.IsFinite(y) && double.IsFinite(v) && v >= 0;
            studies[i] = new EffectSize
            {
                Label = data.Label(i),
                Estimate = computed ? y : double.NaN,
                Variance = computed ? v : double.NaN,
                Size = sizes[i],
                Adjustment = factor == 1 ? notes[i] : FormattableString.Invariant($"{(notes[i] is { } note ? $"{note}; " : "")}estimate multiplied by {factor}, as asked"),
                Doubt = computed && (options.Cutoff ?? Cutoff) is { } cutoff && Math.Abs(estimates[i]) > cutoff
                    ? FormattableString.Invariant($"an estimate beyond {cutoff} in size is rare for {Code}; look up the numbers{(Cutoff is null ? "" : ", and whether standard errors stand in place of standard deviations")}")
                    : null,
                Problem = computed ? null : problems[i] ?? Undefined(rows[i]),
            };
        }

        return new EffectSizes { Measure = this, Options = options, Data = data, Studies = studies };
    }

    /// <summary>The rows as they were read and as the sampling variances see them, continuity corrections included; null for a row that lacks something.</summary>
    internal (TRow Read, TRow Corrected)?[] RowsOf(EffectSizes effects)
    {
        var rows = ReadRows(effects.Data, out var problems, out var notes);
        var corrected = Corrected(rows, problems, notes, effects.Options);
        return [.. rows.Select((row, i) => problems[i] is null ? (row, effects.Options.AddInVariance ? corrected[i] : row) : ((TRow, TRow)?)null)];
    }

    private void Validate(EffectSizeOptions options, int count)
    {
        if (options.Add is { } constant && !(constant >= 0 && double.IsFinite(constant)))
        {
            throw new ArgumentException(FormattableString.Invariant($"The continuity correction (add) is {constant}; it must be 0 or a positive number such as 0.5."));
        }

        if (options.AddOnlyToEvents && default(TRow) is MatchedPairs)
        {
            throw new ArgumentException($"{Code} is computed from pairs, which no cell holds as events alone: leave AddOnlyToEvents out.");
        }

        if (options.Cutoff is { } cutoff && !(cutoff > 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"The cutoff is {cutoff}; it must be above 0, such as 2, or infinite for none."));
        }

        if (options.Factors is not { } factors)
        {
            return;
        }

        if (NullValue != 0)
        {
            throw new ArgumentException($"{Code} has no effect at {(NullValue is { } value ? FormattableString.Invariant($"{value}") : "no value")}, so that its estimates cannot be multiplied; factors are for measures with no effect at 0.");
        }

        if (factors.Count != 1 && factors.Count != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"There are {factors.Count} factors for {count} studies: give one for each study, in order, or one for all."));
        }

        foreach (var factor in factors)
        {
            if (!double.IsFinite(factor) || factor == 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"A factor is {factor}; it must be a finite number other than 0, such as -1."));
            }
        }
    }

    private double[] Estimates(TRow[] rows, string?[] problems, EffectSizeOptions options)
    {
        var estimates = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            estimates[i] = problems[i] is null ? _estimate(rows[i], options) : double.NaN;
        }

        return estimates;
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
        return $"the data have {(data.Columns.Count == 0 ? $"no column of {Code}" : $"the columns {string.Join(", ", data.Columns)}")}; {Code} needs {string.Join(" or ", sets)}";
    }

    /// <summary>Drops double zeros first, then corrects, as metafor's escalc does; a note says so for each row that changed.</summary>
    private TRow[] Corrected(TRow[] rows, string?[] problems, string?[] notes, EffectSizeOptions options)
    {
        if (default(TRow) is not ICounts<TRow>)
        {
            return rows;
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
        if (add == 0 || options.To == ZeroCellRule.None || (!options.AddInEstimate && !options.AddInVariance))
        {
            return rows;
        }

        var any = false;
        for (var i = 0; i < rows.Length; i++)
        {
            any |= problems[i] is null && HasZero(rows[i]);
        }

        TRow[] corrected = [.. rows];
        for (var i = 0; i < rows.Length; i++)
        {
            var zero = HasZero(rows[i]);
            if (problems[i] is null && rows[i] is ICounts<TRow> counts && (options.To == ZeroCellRule.All || (any && options.To == ZeroCellRule.AllIfAnyZero) || zero))
            {
                var part = (options.AddInEstimate, options.AddInVariance) switch
                {
                    (true, false) => ", for the estimate only",
                    (false, true) => ", for the variance only",
                    _ => "",
                };
                notes[i] = FormattableString.Invariant(
                    $"{(notes[i] is { } note ? $"{note}; " : "")}{add} added to {(options.AddOnlyToEvents ? "the events of each group" : "each count")}{(zero ? " because one is zero" : "")}{part}");
                corrected[i] = counts.Plus(add, options.AddOnlyToEvents);
            }
        }

        return corrected;
    }

    private static bool HasZero(TRow row) => row is ICounts<TRow> { HasZero: true };

    private string Undefined(TRow row) => HasZero(row)
        ? $"{Code} or its variance is undefined with a zero count; a continuity correction (add, to) would define it"
        : $"{Code} or its variance is undefined for these numbers";
}
