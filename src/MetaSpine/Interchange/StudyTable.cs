namespace MetaSpine;

/// <summary>
/// A table of studies as a spreadsheet holds it, its columns named by a header. Columns are recognised by name, whatever their
/// case: first the inputs' own names (<c>ai n1i ci n2i</c>, <c>xi ni</c>, <c>yi vi</c> ...), then the usual ones (<c>event.e n.e
/// event.c n.c</c>, <c>events total</c>, <c>mean sd n</c>, <c>TE seTE</c> ...), or as <see cref="TableOptions.Columns"/> says. Tables with one
/// row per arm, of ready estimates, and those of RevMan are recognised too (<see cref="TableLayout"/>), and become one row per study.
/// </summary>
public sealed class StudyTable
{
    private readonly TableGrid _file;
    private readonly TableOptions _options;
    private readonly LaidTable _laid;
    private readonly IReadOnlyList<string> _read;
    private readonly ContrastColumns? _contrast;

    private StudyTable(TableGrid file, TableOptions options, IReadOnlyList<string> read)
    {
        (_file, _options, _read) = (file, options, read);
        _laid = Lay(file.WithMap(options.Columns), options);
        _contrast = options.Layout is TableLayout.ArmLong ? null : ContrastColumns.Find(Grid, options);
        Labels = StudyLabels.Of(Grid.Rows, Grid.Column("label", ColumnAliases.Label), Grid.Column("year", ColumnAliases.Year));
        var wide = options.Layout == TableLayout.Contrast ? [] : Measures.All.Where(measure => !IsReady(measure) && Find(measure) is not null).ToList();
        var ready = _contrast is null ? null : _contrast.Effect.Measure ?? Measures.GEN;
        Candidates = ready is null || wide.Contains(ready) || (ready != Measures.GEN && wide.Count > 0) ? wide : [.. wide, ready];
        Layout = _laid.Layout != TableLayout.Wide || wide.Count > 0 || ready is null ? _laid.Layout : TableLayout.Contrast;
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name => _file.Name;

    /// <summary>The number of studies.</summary>
    public int Count => Grid.Rows.Count;

    /// <summary>The layout that was recognised, or asked for.</summary>
    public TableLayout Layout { get; }

    /// <summary>What had to be decided to read the file, in sentences: its encoding, which arms are the controls.</summary>
    public IReadOnlyList<string> Notes => [.. _read, .. _laid.Notes];

    /// <summary>The columns with one row per study: for a wide table the header as it stands in the file.</summary>
    public IReadOnlyList<string> ColumnNames => Grid.Names;

    /// <summary>The studies' names: the column study, slab, label, trial or author (with the year), else "Study 1" and so on.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The measures that the columns allow, in the order of the registry; ready estimates only as the measure that their column names, else as estimates.</summary>
    public IReadOnlyList<Measure> Candidates { get; }

    private TableGrid Grid => _laid.Grid;

    /// <summary>
    /// Reads a CSV file: RFC 4180, separated by comma, semicolon, tab or bar; UTF-8, UTF-16 with its mark, or else Windows-1252.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; <see cref="TableOptions.Default"/> where null.</param>
    /// <exception cref="StudyFileException">The file cannot be read as a table; every fault has its line and column.</exception>
    /// <exception cref="ArgumentException">The options name a column, value or arm that the file does not have; the message names the nearest.</exception>
    public static StudyTable ReadCsv(string path, TableOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var notes = new List<string>();
        using var reader = OpenedFile.Table(path, notes);
        return ReadCsv(reader, path, options, notes);
    }

    /// <summary>Reads CSV text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">How; <see cref="TableOptions.Default"/> where null.</param>
    /// <exception cref="StudyFileException">The text cannot be read as a table; every fault has its line and column.</exception>
    /// <exception cref="ArgumentException">The options name a column, value or arm that the text does not have; the message names the nearest.</exception>
    public static StudyTable ReadCsv(TextReader reader, string name, TableOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return ReadCsv(reader, name, options, []);
    }

    private static StudyTable ReadCsv(TextReader reader, string name, TableOptions? options, IReadOnlyList<string> notes)
    {
        options ??= TableOptions.Default;
        if (options.DecimalMark is not ('.' or ','))
        {
            throw new ArgumentException($"the decimal mark is a point or a comma, not '{options.DecimalMark}'");
        }

        Given.Level(options.IntervalLevel);
        return new(OneHeader(TableReader.Read(reader, name)), options, notes);
    }

    /// <summary>Refuses a header of two lines, whose first leaves columns without a name and whose second has no number.</summary>
    private static TableGrid OneHeader(TableGrid grid)
    {
        var unnamed = Enumerable.Range(0, grid.Header.Count).Where(column => grid.Header[column].Text.Length == 0).ToList();
        return unnamed.Count > 1 && grid.Rows is [var first, ..] && unnamed.TrueForAll(column => first[column].Text.Length > 0) && !first.Any(field => field.Text.Any(char.IsDigit))
            ? throw new StudyFileException([new(first[0].Position, "the header takes two lines, of which the first leaves columns without a name: make one line of them, such as study,treatment_events,treatment_total")])
            : grid;
    }

    /// <summary>The same table with some inputs taken from columns of other names.</summary>
    /// <param name="map">From input to column, as <see cref="TableOptions.Columns"/>.</param>
    /// <exception cref="ArgumentException">No measure has such an input, or the file has no such column; the message names the nearest.</exception>
    public StudyTable WithColumns(IReadOnlyDictionary<string, string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(_file, _options with { Columns = map }, _read);
    }

    /// <summary>Which columns a measure's inputs are taken from; null where the table lacks one.</summary>
    /// <returns>One entry for each input found, such as ai from tpos.</returns>
    public IReadOnlyList<ColumnMatch>? Match(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var found = Find(measure)?.Select(input => (input.Input, input.Column)) ?? (_contrast?.Refuses(measure) is null ? _contrast?.Inputs : null);
        return found is null ? null : [.. found.Select(item => new ColumnMatch(item.Input, _laid.Sources[item.Column]))];
    }

    /// <summary>The data that a measure needs.</summary>
    /// <exception cref="StudyFileException">A column is missing or a number cannot be read; all faults in one go.</exception>
    public EffectData Data(Measure measure) => Read(measure).Data;

    /// <summary>What a measure needs, with what it is computed by: its own formula from raw numbers, or ready estimates as they are.</summary>
    /// <exception cref="StudyFileException">A column is missing or a number cannot be read; all faults in one go.</exception>
    public TableData Read(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var (faults, notes) = (new List<FileFault>(), new List<string>());
        TableData read;
        if (Find(measure) is { } found)
        {
            var data = new EffectData(Labels, [.. Grid.Rows.Select(row => row[0].Position)]);
            foreach (var (input, column, kind) in found)
            {
                if (Grid.Doubt(input, ColumnAliases.Of(input)) is { } doubt)
                {
                    faults.Add(doubt);
                }

                data = data.With(input, Numbers(column, kind, faults));
            }

            read = new(measure, data, notes);
        }
        else if (_contrast is not null)
        {
            read = _contrast.Refuses(measure) is { } reason
                ? throw Fault(Grid.Header[0].Position, reason)
                : new(ReadyMeasures.Like(measure), _contrast.Read(measure, Labels, faults, notes), notes);
        }
        else
        {
            throw Fault(new(Name, 0, 0), MissingColumns(measure));
        }

        return faults.Count == 0 ? read : throw new StudyFileException([.. faults.Distinct().OrderBy(f => f.Position.Line).ThenBy(f => f.Position.Column)]);
    }

    /// <summary>A characteristic of the studies: numeric where every value is a number, otherwise categories.</summary>
    /// <exception cref="ArgumentException">There is no such column; the message names the nearest.</exception>
    /// <exception cref="StudyFileException">The values are meant as numbers, but cannot be read.</exception>
    public Predictor Predictor(string column)
    {
        var index = Grid.IndexOf(column);
        var faults = new List<FileFault>();
        var numbers = Numbers(index, NumberKind.Proportion, faults);
        return faults.Count == 0 ? MetaSpine.Predictor.Numeric(column, numbers)
            : Grid.Rows.All(row => TableNumber.IsMissing(row[index].Text) || TableNumber.LooksNumeric(row[index].Text)) ? throw new StudyFileException(faults)
            : MetaSpine.Predictor.Categorical(column, Categories(column));
    }

    /// <summary>A column as categories, as they are written; null where missing.</summary>
    /// <exception cref="ArgumentException">There is no such column; the message names the nearest.</exception>
    public IReadOnlyList<string?> Categories(string column)
    {
        var index = Grid.IndexOf(column);
        return [.. Grid.Rows.Select(row => TableNumber.IsMissing(row[index].Text) ? null : row[index].Text)];
    }

    private static LaidTable Lay(TableGrid grid, TableOptions options)
    {
        // Who names columns for the inputs of another layout has that one.
        var asksForArms = options.Intervention is not null || options.Control is not null;
        var layout = options.Layout
            ?? (options.Columns.Count == 0 && RevManLayout.Fits(grid) ? TableLayout.RevMan
            : asksForArms || (ArmLongLayout.Foreign(options) is null && ArmLongLayout.Fits(grid)) ? TableLayout.ArmLong
            : TableLayout.Wide);
        return layout switch
        {
            TableLayout.RevMan when options.Columns.Count > 0 => throw new ArgumentException("the columns of RevMan are known and take no map; to name columns, say --layout wide"),
            TableLayout.RevMan => RevManLayout.Lay(grid.WithRows(options.Where)),
            TableLayout.ArmLong => ArmLongLayout.Lay(grid, options),
            _ => LaidTable.AsItStands(grid.WithRows(options.Where), layout),
        };
    }

    private static bool IsReady(Measure measure) => ReferenceEquals(measure.Family, Measures.GEN.Family);

    private double[] Numbers(int column, NumberKind kind, List<FileFault> faults)
    {
        var numbers = new double[Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = TableNumber.Read(Grid.Rows[i][column], Grid.Describe(column, Labels[i]), kind, _options.DecimalMark, faults);
        }

        return numbers;
    }

    /// <summary>The columns of the first set of inputs that is complete, and those that fill in rows that lack something.</summary>
    private List<(string Input, int Column, NumberKind Kind)>? Find(Measure measure)
    {
        if (IsReady(measure) || _options.Layout == TableLayout.Contrast)
        {
            return null;
        }

        foreach (var set in measure.Family.Alternatives)
        {
            var aliased = ColumnAliases.Cover(set);
            var found = set.Select(input => (input.Column, Index: Column(input.Column, aliased), Kind: TableInputs.Kind(input.Column, set))).ToList();
            if (found.TrueForAll(item => item.Index >= 0))
            {
                // The inputs of the other sets only under their own names: an alias there would be a guess.
                var others = measure.Family.Alternatives.SelectMany(other => other.Select(input => (input.Column, Column(input.Column, aliased: false), TableInputs.Kind(input.Column, other))));
                found.AddRange(others.Append(("ni", Column("ni", aliased: false), NumberKind.Count))
                    .Where(item => item.Item2 >= 0 && set.All(input => input.Column != item.Item1)).DistinctBy(item => item.Item1));
                return found;
            }
        }

        return null;
    }

    private int Column(string input, bool aliased) => Grid.Column(input, aliased ? ColumnAliases.Of(input) : [input]);

    private string MissingColumns(Measure measure)
    {
        var sets = measure.Family.Alternatives.Select(set => string.Join(", ", set.Select(input => $"{input.Column} ({input.Meaning})")));
        return $"{measure.Code} needs the columns {string.Join("; or ", sets)}. The file has {Grid.Listing}"
            + $"{(Layout == TableLayout.Wide ? "" : $" (read as {TableLayouts.Of(Layout).Code}, {TableLayouts.Of(Layout).Name}; --layout wide takes each row as a study)")}. "
            + "Say which is which with a map such as ai=tpos";
    }

    private static StudyFileException Fault(SourcePosition position, string message) => new([new FileFault(position, message)]);
}

/// <summary>Which column of a table an input of a measure is taken from.</summary>
/// <param name="Input">The input, such as <c>ai</c>.</param>
/// <param name="Column">The column's name in the file.</param>
public readonly record struct ColumnMatch(string Input, string Column);

/// <summary>What a table holds for a measure.</summary>
/// <param name="Measure">The measure asked for; where the table has ready estimates of it, one of the same code, name and scale that takes them as they are.</param>
/// <param name="Data">The inputs.</param>
/// <param name="Notes">What had to be assumed, such as standard errors from intervals, in sentences.</param>
public sealed record TableData(Measure Measure, EffectData Data, IReadOnlyList<string> Notes)
{
    /// <summary>Computes the effect size of every study.</summary>
    /// <param name="options">How; <see cref="EffectSizeOptions.Default"/> where null.</param>
    /// <exception cref="EffectDataException">A row holds impossible values; all faults in one go.</exception>
    /// <exception cref="ArgumentException">The measure does not offer the variance asked for.</exception>
    public EffectSizes Compute(EffectSizeOptions? options = null) => Measure.Compute(Data, options);
}
