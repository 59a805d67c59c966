namespace MetaSpine;

/// <summary>
/// What effect sizes are computed from: one row per study, one column per input, under the field's column names
/// (<c>ai bi ci di n1i n2i</c>, <c>m1i sd1i n1i m2i sd2i n2i</c>, <c>xi ni</c>, <c>x1i t1i x2i t2i</c>, <c>xi ti</c>,
/// <c>mi sdi ni</c>, <c>ri ni</c>, <c>yi vi sei</c> ...; <see cref="Measure.Family"/> lists what a measure reads). A value that a study does not report is <see cref="double.NaN"/>.
/// </summary>
/// <example><code>
/// var data = new EffectData(["Oda 2006", "Kim 2011"]) { ["xi"] = [16, 39], ["ni"] = [18, 57] };
/// </code></example>
public sealed class EffectData
{
    private readonly Dictionary<string, double[]> _columns = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string>? _labels;
    private readonly IReadOnlyList<SourcePosition>? _places;
    private int _count = -1;

    /// <summary>Starts a table; give the columns with an object initialiser.</summary>
    /// <param name="labels">The studies' names, in row order; "Study 1", "Study 2" ... where not given.</param>
    public EffectData(IReadOnlyList<string>? labels = null)
    {
        _labels = labels is null ? null : [.. labels];
        _count = labels?.Count ?? -1;
    }

    /// <summary>Starts a table whose rows stand in a file.</summary>
    internal EffectData(IReadOnlyList<string>? labels, IReadOnlyList<SourcePosition>? places)
        : this(labels) => _places = places;

    /// <summary>The number of studies.</summary>
    public int Count => Math.Max(_count, 0);

    /// <summary>The names of the columns, in the order they were given.</summary>
    public IReadOnlyCollection<string> Columns => _columns.Keys;

    /// <summary>The study's name in a row.</summary>
    public string Label(int row) => _labels?[row] ?? FormattableString.Invariant($"Study {row + 1}");

    /// <summary>The study's name in a row, and where the row is: its place in the file, or its number.</summary>
    internal string Where(int row) => _places is { } places ? $"{Label(row)} ({places[row]})" : FormattableString.Invariant($"{Label(row)} (row {row + 1})");

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>One column's values, in row order.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">The column's length differs from that of the table.</exception>
    public IReadOnlyList<double> this[string column]
    {
        get => _columns.TryGetValue(column, out var values)
            ? values
            : throw new KeyNotFoundException($"The data have no column '{column}'; they have: {string.Join(", ", _columns.Keys)}.");
        init => Add(column, value);
    }

    /// <summary>The table with one column more (or another in its place).</summary>
    /// <exception cref="ArgumentException">The column's length differs from that of the table.</exception>
    public EffectData With(string column, IReadOnlyList<double> values)
    {
        var copy = new EffectData(_labels, _places);
        foreach (var (name, existing) in _columns)
        {
            copy._columns[name] = existing;
        }

        copy._count = _count;
        copy.Add(column, values);
        return copy;
    }

    /// <summary>The table with some of its rows, in the order given.</summary>
    internal EffectData Only(int[] rows)
    {
        var part = new EffectData(Array.ConvertAll(rows, Label), _places is { } places ? Array.ConvertAll(rows, row => places[row]) : null);
        foreach (var (name, values) in _columns)
        {
            part._columns[name] = Array.ConvertAll(rows, row => values[row]);
        }

        return part;
    }

    /// <summary>The same rows, with the values of those that are not asked for missing, so that the others keep their places.</summary>
    internal EffectData Keeping(Func<int, bool> isWanted)
    {
        var copy = new EffectData(_labels, _places) { _count = _count };
        foreach (var (name, values) in _columns)
        {
            copy._columns[name] = [.. values.Select((value, row) => isWanted(row) ? value : double.NaN)];
        }

        return copy;
    }

    private void Add(string column, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (_count >= 0 && values.Count != _count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Column '{column}' has {values.Count} values, but the table has {(_count == 1 ? "1 study" : $"{_count} studies")}: give one value per study, NaN where it is missing."));
        }

        _count = values.Count;
        _columns[column] = [.. values];
    }

    /// <summary>One value; NaN where the column is absent or the value missing.</summary>
    internal double Value(string column, int row) => _columns.TryGetValue(column, out var values) ? values[row] : double.NaN;
}
