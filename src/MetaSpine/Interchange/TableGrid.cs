namespace MetaSpine;

/// <summary>A table's cells as they stand in the file: a header, rows of its length, and looking columns up by their names.</summary>
internal sealed class TableGrid
{
    private const int MostListed = 60;

    private readonly Dictionary<string, int> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int First, int Second)> _doubtful = new(StringComparer.Ordinal);

    /// <param name="name">The file's name for messages.</param>
    /// <param name="header">The header.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="map">Columns by input, which go before the names.</param>
    public TableGrid(string name, IReadOnlyList<CsvField> header, IReadOnlyList<IReadOnlyList<CsvField>> rows, IReadOnlyDictionary<string, int> map)
    {
        (Name, Header, Rows, Map) = (name, header, rows, map);
        for (var i = 0; i < header.Count; i++)
        {
            var folded = ColumnAliases.Fold(header[i].Text);
            if (folded.Length > 0 && !_folded.TryAdd(folded, i))
            {
                _doubtful.TryAdd(folded, (_folded[folded], i));
            }
        }
    }

    public string Name { get; }

    public IReadOnlyList<CsvField> Header { get; }

    public IReadOnlyList<IReadOnlyList<CsvField>> Rows { get; }

    public IReadOnlyDictionary<string, int> Map { get; }

    public IReadOnlyList<string> Names => [.. Header.Select(column => column.Text)];

    /// <summary>The names for a message, as many as anybody would read.</summary>
    public string Listing => string.Join(", ", Names.Where(name => name.Length > 0).Take(MostListed).Select(NumberText.Shorten)) + (Header.Count > MostListed ? " ..." : "");

    /// <summary>The column of an input: as the map says, else the first of these folded names that the header has; -1 where none is there.</summary>
    public int Column(string input, params IEnumerable<string> names)
    {
        if (Map.TryGetValue(input, out var mapped))
        {
            return mapped;
        }

        foreach (var name in names)
        {
            if (_folded.TryGetValue(name, out var column))
            {
                return _doubtful.TryGetValue(name, out var two)
                    ? throw new StudyFileException([new(Header[two.Second].Position,
                        $"the columns '{Header[two.First].Text}' and '{Header[two.Second].Text}' differ in nothing but case and marks, and {input} may be either: rename one, or say --map {input}={Header[two.First].Text}")])
                    : column;
            }
        }

        return -1;
    }

    /// <summary>The fault where an input that is found by an alias could as well be another column, whose cells differ; null where it is clear.</summary>
    public FileFault? Doubt(string input, IEnumerable<string> names)
    {
        var column = Column(input, names);
        if (Map.ContainsKey(input) || column < 0 || ColumnAliases.Fold(Header[column].Text) == input)
        {
            return null;
        }

        foreach (var name in names)
        {
            if (_folded.TryGetValue(name, out var other) && other != column && Rows.Any(row => row[other].Text != row[column].Text))
            {
                return new(Header[other].Position, $"{input} may be '{Header[column].Text}' or '{Header[other].Text}', which differ: say which with a map such as {input}={Header[other].Text}");
            }
        }

        return null;
    }

    /// <summary>A column by the name that it has in the file, in any case.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Header.Count; i++)
        {
            if (string.Equals(Header[i].Text, column, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw new ArgumentException($"{Name} has no column '{column}'{NearestName.Hint(column, [.. Names.Where(name => name.Length > 0)])}");
    }

    /// <summary>The same table with these inputs taken from columns of other names.</summary>
    public TableGrid WithMap(IReadOnlyDictionary<string, string> columns)
    {
        var map = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (input, column) in columns)
        {
            map[TableInputs.All.Contains(input, StringComparer.Ordinal) ? input : throw new ArgumentException($"no measure has an input '{input}'{NearestName.Hint(input, TableInputs.All)}")] = IndexOf(column);
        }

        return new TableGrid(Name, Header, Rows, map);
    }

    /// <summary>The rows that have these values in these columns.</summary>
    public TableGrid WithRows(IReadOnlyDictionary<string, string> where)
    {
        var rows = Rows;
        foreach (var (column, value) in where)
        {
            var index = IndexOf(column);
            List<IReadOnlyList<CsvField>> kept = [.. rows.Where(row => string.Equals(row[index].Text, value, StringComparison.OrdinalIgnoreCase))];
            if (kept.Count == 0)
            {
                string[] values = [.. rows.Select(row => row[index].Text).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
                throw new ArgumentException($"{Name} has no row whose {Header[index].Text} is '{value}'{NearestName.Hint(value, values)}");
            }

            rows = kept;
        }

        return ReferenceEquals(rows, Rows) ? this : new TableGrid(Name, Header, rows, Map);
    }

    /// <summary>What people call a cell: its column and its study.</summary>
    public string Describe(int column, string study) => $"column {(Header[column].Text.Length == 0 ? FormattableString.Invariant($"{column + 1}") : Header[column].Text)} of {study}";
}

/// <summary>The inputs that a table's columns can be mapped to.</summary>
internal static class TableInputs
{
    public static readonly string[] All =
    [
        .. new[] { "label", "arm", "lower", "upper", "p" }
            .Concat(Measures.All.SelectMany(measure => measure.Family.Alternatives).SelectMany(set => set).Select(input => input.Column)).Distinct(),
    ];

    /// <summary>What an input's numbers can be; the same letters are counts in some sets of inputs and anything in others.</summary>
    public static NumberKind Kind(string input, IEnumerable<MeasureInput> set) => input switch
    {
        "ni" or "n1i" or "n2i" or "xi" or "x1i" or "x2i" => NumberKind.Count,
        "ai" or "bi" or "ci" or "di" when set.Any(other => other.Column == "ci") => NumberKind.Count,
        "pi" or "r2i" => NumberKind.Proportion,
        _ => NumberKind.Real,
    };
}
