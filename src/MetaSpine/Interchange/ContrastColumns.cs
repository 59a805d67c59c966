namespace MetaSpine;

/// <summary>
/// Ready estimates in a table: the estimate's column, and those of its variance, standard error, confidence interval or p-value, of
/// which each row takes the first that it has.
/// </summary>
internal sealed class ContrastColumns
{
    private static readonly string[] Variances = ["vi", "variance", "var", "v"];

    /// <summary>Standard errors of a logarithm by their name.</summary>
    private static readonly string[] LogErrors = ["selogor", "selogrr", "seloghr", "selogirr", "selog", "se.log", "se.logor", "se.logrr", "se.loghr", "se.log.or", "se.log.rr", "se.log.hr", "se.lnor", "se.lnrr", "se.lnhr", "selnor", "selnrr", "selnhr", "se.ln"];

    private static readonly string[] Errors = ["sei", "sete", "se", "std.err", "stderr", "standard.error", "se.te", .. LogErrors];
    private static readonly string[] Lowers = Bounds("lower", "low", "ll", "lcl", "lci", "lb", "start", "l", "cil");
    private static readonly string[] Uppers = Bounds("upper", "high", "ul", "ucl", "uci", "ub", "end", "u", "ciu");
    private static readonly string[] PValues = ["p", "p.value", "pvalue", "pval", "p.val"];

    private readonly TableGrid _grid;
    private readonly TableOptions _options;
    private readonly int _effect, _variance, _error, _lower, _upper, _p, _size;

    private ContrastColumns(TableGrid grid, TableOptions options)
    {
        (_grid, _options) = (grid, options);
        _effect = grid.Column("yi", EffectColumn.Names);
        _variance = grid.Column("vi", Variances);
        _error = grid.Column("sei", Errors);
        (_lower, _upper) = (grid.Column("lower", Lowers), grid.Column("upper", Uppers));
        _p = grid.Column("p", PValues);
        _size = grid.Column("ni", "ni");
    }

    /// <summary>What the estimates' column says by its name.</summary>
    public EffectColumn Effect => EffectColumn.Of(_grid.Header[_effect].Text);

    /// <summary>The columns; null where the estimate, or all that would tell its precision, is lacking.</summary>
    public static ContrastColumns? Find(TableGrid grid, TableOptions options) =>
        new ContrastColumns(grid, options) is { _effect: >= 0 } found && (found._variance >= 0 || found._error >= 0 || (found._lower >= 0 && found._upper >= 0) || found._p >= 0) ? found : null;

    /// <summary>Which column each input is taken from.</summary>
    public IEnumerable<(string Input, int Column)> Inputs =>
        new[] { ("yi", _effect), ("vi", _variance), ("sei", _error), ("lower", _upper < 0 ? -1 : _lower), ("upper", _lower < 0 ? -1 : _upper), ("p", _p), ("ni", _size) }.Where(item => item.Item2 >= 0);

    /// <summary>Why estimates of this column are none of the measure; null where they can be.</summary>
    public string? Refuses(Measure measure) =>
        Effect.Measure is { } said && said.ReadAs != measure.ReadAs ? $"the column '{_grid.Header[_effect].Text}' holds estimates of {said.Code} ({said.ReadAs}), not of {measure.Code}"
        : measure.Scale.NeedsSize && ScaleOf(measure) is not EstimateScale.Analysis ? $"{measure.Code} is not computed from an estimate and its interval; use PLO"
        : ScaleOf(measure) is null
            ? $"the column '{_grid.Header[_effect].Text}' may hold the {measure.ReadAs} or its {measure.Scale.Name}: name it {measure.Code} or log{measure.Code}, or say which with --effect-scale natural or analysis"
            : null;

    /// <summary>The estimates and their standard errors on the analysis scale of the measure; faults and notes are added.</summary>
    public EffectData Read(Measure measure, IReadOnlyList<string> labels, List<FileFault> faults, List<string> notes)
    {
        var scale = ScaleOf(measure) == EstimateScale.Natural ? measure.Scale : Scale.Identity;
        var reader = new Reader(this, measure, scale, labels, faults, notes);
        var (estimates, errors, sizes) = (new double[labels.Count], new double[labels.Count], new double[labels.Count]);
        for (var i = 0; i < labels.Count; i++)
        {
            (estimates[i], errors[i]) = reader.Row(i);
            sizes[i] = reader.Number(i, _size, NumberKind.Count);
        }

        reader.Summarise();
        var data = new EffectData(labels, [.. _grid.Rows.Select(row => row[0].Position)]) { ["yi"] = estimates, ["sei"] = errors };
        return _size < 0 ? data : data.With("ni", sizes);
    }

    private EstimateScale? ScaleOf(Measure measure) =>
        measure.Scale.Name == Scale.Identity.Name ? EstimateScale.Natural
        : Effect.Measure is not null ? Effect.Scale
        : _options.Scale ?? Effect.Scale;

    private static string[] Bounds(params string[] names) =>
        [.. names.SelectMany(name => new[] { name, $"ci.{name}", $"{name}.ci", $"{name}.95", $"{name}.95.ci", $"95.ci.{name}", $"ci95.{name}", $"95.{name}", $"{name}.bound", $"{name}.limit", $"ci{name}" })];

    /// <summary>Reads the rows one after the other.</summary>
    private sealed class Reader(ContrastColumns columns, Measure measure, Scale scale, IReadOnlyList<string> labels, List<FileFault> faults, List<string> notes)
    {
        private int _fromIntervals, _fromPValues;

        private bool IsLog => scale.Name == Scale.Log.Name;

        public (double Estimate, double Error) Row(int row)
        {
            var value = Number(row, columns._effect, measure.Scale.Name is "logit" or "probit" || measure.ReadAs is "proportion" or "risk difference" ? NumberKind.Proportion : NumberKind.Real);
            var estimate = scale.Forward(value);
            if (!double.IsNaN(value) && !double.IsFinite(estimate))
            {
                Fault(row, columns._effect, $"'{Text(row, columns._effect)}' has no {scale.Name}, on which {measure.ReadAs}s are pooled; leave the cell empty, or give the counts");
                return (double.NaN, double.NaN);
            }

            return (estimate, double.IsNaN(value) ? double.NaN : Error(row, value));
        }

        public double Number(int row, int column, NumberKind kind) => column < 0
            ? double.NaN
            : TableNumber.Read(columns._grid.Rows[row][column], columns._grid.Describe(column, labels[row]), kind, columns._options.DecimalMark, faults);

        public void Summarise()
        {
            var level = FormattableString.Invariant($"{100 * columns._options.IntervalLevel:0.##}%");
            if (_fromIntervals > 0)
            {
                notes.Insert(0, $"{Studies(_fromIntervals)} from the {level} interval, taken as estimate ± z x SE{(scale == Scale.Identity ? "" : $" on the {scale.Name} scale")}");
            }

            if (_fromPValues > 0)
            {
                notes.Insert(0, $"{Studies(_fromPValues)} from the two-sided p-value of z = estimate / SE");
            }
        }

        private double Error(int row, double value)
        {
            // A variance beside an odds ratio may be that of the ratio or of its logarithm; the interval is what it says.
            var isClear = scale == Scale.Identity || (IsLog && columns._error >= 0 && LogErrors.Contains(ColumnAliases.Fold(columns._grid.Header[columns._error].Text), StringComparer.Ordinal));
            if (isClear && scale == Scale.Identity && Number(row, columns._variance, NumberKind.Real) is var variance && !double.IsNaN(variance))
            {
                return variance > 0 ? Math.Sqrt(variance) : NoError(row, columns._variance, "a variance");
            }

            if (isClear && Number(row, columns._error, NumberKind.Real) is var error && !double.IsNaN(error))
            {
                return error > 0 ? error : NoError(row, columns._error, "a standard error");
            }

            var share = measure.ReadAs is "proportion" or "risk difference" ? NumberKind.Proportion : NumberKind.Real;
            var (lower, upper) = columns._lower < 0 || columns._upper < 0 ? (double.NaN, double.NaN) : (Number(row, columns._lower, share), Number(row, columns._upper, share));
            if (!double.IsNaN(lower) && !double.IsNaN(upper))
            {
                _fromIntervals++;
                return Converted(row, columns._lower, () => IsLog
                    ? StandardErrors.FromInterval(value, lower, upper, columns._options.IntervalLevel, ratio: true)
                    : StandardErrors.FromInterval(scale.Forward(value), scale.Forward(lower), scale.Forward(upper), columns._options.IntervalLevel));
            }

            if (columns._p >= 0 && TableNumber.IsBound(Text(row, columns._p)))
            {
                notes.Add($"{labels[row]}: p {Text(row, columns._p)} is a bound, from which no standard error follows");
                return double.NaN;
            }

            var p = Number(row, columns._p, NumberKind.Proportion);
            if (!double.IsNaN(p) && (IsLog || scale == Scale.Identity))
            {
                _fromPValues++;
                return Converted(row, columns._p, () => StandardErrors.FromPValue(value, p, ratio: IsLog));
            }

            var unclear = columns._error >= 0 ? columns._error : columns._variance;
            return !isClear && unclear >= 0 && Text(row, unclear) is var text && !TableNumber.IsMissing(text)
                ? Fault(row, unclear, $"'{text}' may be of the {measure.ReadAs} or of its {scale.Name}: give the interval, or the {scale.Name} of the estimate (yi) with its standard error (sei)")
                : double.NaN;
        }

        private double Converted(int row, int column, Func<ConvertedEstimate> convert)
        {
            try
            {
                var converted = convert();
                notes.AddRange(converted.Warnings.Select(warning => $"{labels[row]}: {warning}"));
                return converted.StandardError;
            }
            catch (ArgumentException error)
            {
                return Fault(row, column, error.Message.Split(" (Parameter", 2)[0]);
            }
        }

        private double Fault(int row, int column, string message)
        {
            faults.Add(new(columns._grid.Rows[row][column].Position, $"{message} ({columns._grid.Describe(column, labels[row])})"));
            return double.NaN;
        }

        private double NoError(int row, int column, string what) => Fault(row, column,
            $"'{Text(row, column)}' is not {what}: it must be above 0, since without sampling error the study would take all the weight; give its interval or p-value, or leave the cell empty");

        private string Text(int row, int column) => column < 0 ? "" : columns._grid.Rows[row][column].Text;

        private static string Studies(int count) => FormattableString.Invariant($"standard error{(count == 1 ? "" : "s")} of {count} {(count == 1 ? "study" : "studies")}");
    }
}
