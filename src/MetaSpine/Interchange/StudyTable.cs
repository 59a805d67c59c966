namespace MetaSpine;

/// <summary>
/// A table of studies as a spreadsheet holds it: one row per study, the columns named by a header. Columns are recognised by
/// name, whatever their case: first the inputs' own names (<c>ai n1i ci n2i</c>, <c>xi ni</c>, <c>yi vi</c> ...), then the usual
/// ones (<c>event.e n.e event.c n.c</c>, <c>events total</c>, <c>mean sd n</c>, <c>TE seTE</c> ...), or as
/// <see cref="WithColumns"/> says.
/// </summary>
public sealed class StudyTable
{
    private readonly IReadOnlyList<CsvField> _header;
    private readonly IReadOnlyList<IReadOnlyList<CsvField>> _rows;
    private readonly IReadOnlyDictionary<string, int> _map;
    private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);

    private StudyTable(string name, IReadOnlyList<CsvField> header, IReadOnlyList<IReadOnlyList<CsvField>> rows, IReadOnlyDictionary<string, int> map)
    {
        Name = name;
        _header = header;
        _rows = rows;
        _map = map;
        for (var i = 0; i < header.Count; i++)
        {
            _folded.TryAdd(ColumnAliases.Fold(header[i].Text), i);
        }

        Labels = StudyLabels.Of(rows, map.TryGetValue("label", out var mapped) ? mapped : Column(ColumnAliases.Label), Column(ColumnAliases.Year));
    }

    /// <summary>The file's name as it was given.</summary>
    public string Name { get; }

    /// <summary>The number of studies.</summary>
    public int Count => _rows.Count;

    /// <summary>The header as it stands in the file.</summary>
    public IReadOnlyList<string> ColumnNames => [.. _header.Select(column => column.Text)];

    /// <summary>The studies' names: the column study, slab, label, trial or author (with the year), else "Study 1" and so on.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The measures that the columns allow, in the order of the registry; ready estimates are only taken as estimates, since nothing shows of what.</summary>
    public IReadOnlyList<Measure> Candidates =>
        [.. Measures.All.Where(measure => (measure == Measures.GEN || measure.Family != Measures.GEN.Family) && Match(measure) is not null)];

    /// <summary>Reads a CSV file: RFC 4180, UTF-8, separated by comma, semicolon or tab.</summary>
    /// <exception cref="StudyFileException">The file cannot be read as a table; every fault has its line and column.</exception>
    public static StudyTable ReadCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = OpenedFile.Text(path);
        return ReadCsv(reader, path);
    }

    /// <summary>Reads CSV text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="StudyFileException">The text cannot be read as a table; every fault has its line and column.</exception>
    public static StudyTable ReadCsv(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var csv = new CsvReader(reader, name);
        var header = csv.Read() ?? throw Fault(new(name, 0, 0), "the file is empty: expected a header line such as study,ai,n1i,ci,n2i and one row per study");
        var faults = DuplicateHeaders(header);
        var rows = new List<IReadOnlyList<CsvField>>();
        while (csv.Read() is { } row)
        {
            if (row.Count != header.Count)
            {
                faults.Add(new(row[0].Position, FormattableString.Invariant(
                    $"the row has {row.Count} fields, but the header has {header.Count}: quote a text that holds the separator '{csv.Separator}'")));
            }

            rows.Add(row);
        }

        if (rows.Count == 0)
        {
            faults.Add(new(header[0].Position, "there is a header but no row below it: expected one row per study"));
        }

        return faults.Count == 0 ? new(name, header, rows, new Dictionary<string, int>()) : throw new StudyFileException(faults);
    }

    /// <summary>The same table with some inputs taken from columns of other names.</summary>
    /// <param name="map">From input to column: <c>["ai"] = "tpos"</c>; <c>["label"]</c> names the studies.</param>
    /// <exception cref="ArgumentException">No measure has such an input, or the file has no such column; the message names the nearest.</exception>
    public StudyTable WithColumns(IReadOnlyDictionary<string, string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        string[] inputs = ["label", .. Measures.All.SelectMany(m => m.Family.Alternatives).SelectMany(set => set).Select(i => i.Column).Distinct()];
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (input, column) in map)
        {
            columns[inputs.Contains(input) ? input : throw new ArgumentException($"no measure has an input '{input}'{NearestName.Hint(input, inputs)}")] = IndexOf(column);
        }

        return new StudyTable(Name, _header, _rows, columns);
    }

    /// <summary>Which columns a measure's inputs are taken from; null where the table lacks one.</summary>
    /// <returns>One entry for each input found, such as ai from tpos.</returns>
    public IReadOnlyList<ColumnMatch>? Match(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return Find(measure)?.ConvertAll(found => new ColumnMatch(found.Input, _header[found.Column].Text));
    }

    /// <summary>The data that a measure needs.</summary>
    /// <exception cref="StudyFileException">A column is missing or a number cannot be read; all faults in one go.</exception>
    public EffectData Data(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var found = Find(measure) ?? throw Fault(new(Name, 0, 0), MissingColumns(measure));
        var faults = new List<FileFault>();
        var data = new EffectData(Labels);
        foreach (var (input, column) in found)
        {
            data = data.With(input, [.. Numbers(column, faults)]);
        }

        return faults.Count == 0 ? data : throw new StudyFileException([.. faults.OrderBy(f => f.Position.Line).ThenBy(f => f.Position.Column)]);
    }

    /// <summary>A characteristic of the studies: numeric where every value is a number, otherwise categories.</summary>
    /// <exception cref="ArgumentException">There is no such column; the message names the nearest.</exception>
    public Predictor Predictor(string column)
    {
        var index = IndexOf(column);
        var faults = new List<FileFault>();
        var numbers = Numbers(index, faults).ToList();
        return faults.Count == 0
            ? MetaSpine.Predictor.Numeric(column, numbers)
            : MetaSpine.Predictor.Categorical(column, Categories(column));
    }

    /// <summary>A column as categories, as they are written; null where missing.</summary>
    /// <exception cref="ArgumentException">There is no such column; the message names the nearest.</exception>
    public IReadOnlyList<string?> Categories(string column)
    {
        var index = IndexOf(column);
        return [.. _rows.Select(row => CsvNumber.IsMissing(row[index].Text) ? null : row[index].Text)];
    }

    private IEnumerable<double> Numbers(int column, List<FileFault> faults) => _rows.Select(row => CsvNumber.Read(row[column], faults));

    /// <summary>The columns of the first set of inputs that is complete, and those that fill in rows that lack something.</summary>
    private List<(string Input, int Column)>? Find(Measure measure)
    {
        foreach (var set in measure.Family.Alternatives)
        {
            var aliased = ColumnAliases.Cover(set);
            var found = set.Select(input => (input.Column, Index: Column(input.Column, aliased))).ToList();
            if (found.All(item => item.Index >= 0))
            {
                // The inputs of the other sets only under their own names: an alias there would be a guess.
                var others = measure.Family.Alternatives.SelectMany(other => other).Select(input => input.Column).Append("ni");
                found.AddRange(others.Distinct().Except(set.Select(input => input.Column)).Select(input => (input, Column(input, aliased: false))).Where(item => item.Item2 >= 0));
                return found;
            }
        }

        return null;
    }

    private int Column(string input, bool aliased) =>
        _map.TryGetValue(input, out var column) ? column : Column(aliased ? ColumnAliases.Of(input) : [input]);

    private int Column(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (_folded.TryGetValue(name, out var column))
            {
                return column;
            }
        }

        return -1;
    }

    private int IndexOf(string column)
    {
        for (var i = 0; i < _header.Count; i++)
        {
            if (string.Equals(_header[i].Text, column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw new ArgumentException($"{Name} has no column '{column}'{NearestName.Hint(column, ColumnNames.ToList())}");
    }

    private string MissingColumns(Measure measure)
    {
        var sets = measure.Family.Alternatives.Select(set => string.Join(", ", set.Select(input => $"{input.Column} ({input.Meaning})")));
        return $"{measure.Code} needs the columns {string.Join("; or ", sets)}. The file has {string.Join(", ", ColumnNames)}. "
            + "Say which is which with a map such as ai=tpos";
    }

    private static List<FileFault> DuplicateHeaders(IReadOnlyList<CsvField> header)
    {
        var faults = new List<FileFault>();
        var seen = new Dictionary<string, CsvField>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in header)
        {
            if (field.Text.Length > 0 && !seen.TryAdd(field.Text, field))
            {
                faults.Add(new(field.Position, FormattableString.Invariant(
                    $"the column '{field.Text}' was named before, at column {seen[field.Text].Position.Column} of the line: give each its own name")));
            }
        }

        return faults;
    }

    private static StudyFileException Fault(SourcePosition position, string message) => new([new FileFault(position, message)]);
}

/// <summary>Which column of a table an input of a measure is taken from.</summary>
/// <param name="Input">The input, such as <c>ai</c>.</param>
/// <param name="Column">The column's name in the file.</param>
public readonly record struct ColumnMatch(string Input, string Column);
