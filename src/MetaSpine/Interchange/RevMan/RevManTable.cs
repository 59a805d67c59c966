namespace MetaSpine;

/// <summary>A table of RevMan, its cells by folded column names, with every fault gathered.</summary>
/// <param name="grid">The cells.</param>
/// <param name="faults">Takes the faults.</param>
internal sealed class RevManTable(TableGrid grid, List<FileFault> faults)
{
    public TableGrid Grid => grid;

    /// <summary>Faults for the columns that are missing, the first of the names of each being the usual one.</summary>
    public void Require(params IEnumerable<(string Heading, string Name)> columns)
    {
        var missing = columns.Where(column => grid.Column("", column.Name) < 0).Select(column => column.Heading).ToList();
        if (missing.Count > 0)
        {
            faults.Add(new(grid.Header[0].Position, $"the header lacks {string.Join(", ", missing)}; the file has {grid.Listing}"));
        }
    }

    /// <summary>A cell's text, from the first of the columns that is there and filled; "" where none is.</summary>
    public string Text(IReadOnlyList<CsvField> row, params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (grid.Column("", name) is >= 0 and var column && row[column].Text.Length > 0 && !TableNumber.IsMissing(row[column].Text))
            {
                return row[column].Text;
            }
        }

        return "";
    }

    /// <summary>A cell's text; null where it is empty.</summary>
    public string? Filled(IReadOnlyList<CsvField> row, params IEnumerable<string> names) => Text(row, names) is { Length: > 0 } text ? text : null;

    /// <summary>A cell's number; null where there is none.</summary>
    public double? Number(IReadOnlyList<CsvField> row, string name, NumberKind kind = NumberKind.Real)
    {
        if (grid.Column("", name) is not (>= 0 and var column))
        {
            return null;
        }

        var value = TableNumber.Read(row[column], $"column {grid.Header[column].Text}", kind, '.', faults);
        return double.IsNaN(value) ? null : value;
    }

    /// <summary>The stored numbers of a row; none where RevMan has not calculated them.</summary>
    public ValueList<RevManNumber> Stored(IReadOnlyList<CsvField> row, IEnumerable<(string Column, RevManQuantity Quantity)> quantities) => RevManWords.Calculated(
        [.. quantities.Select(item => (item.Quantity, Value: Number(row, item.Column, Kind(item.Quantity)))).Where(item => item.Value is not null).Select(item => new RevManNumber(item.Quantity, item.Value!.Value)).DistinctBy(item => item.Quantity)]);

    /// <summary>Yes or no, in any of the words in use.</summary>
    public bool? Flag(IReadOnlyList<CsvField> row, params IEnumerable<string> names) => Text(row, names).ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => null,
    };

    /// <summary>A level that is written as "95%"; 0.95 where the cell is empty.</summary>
    public double Level(IReadOnlyList<CsvField> row, params IReadOnlyList<string> names)
    {
        var text = Text(row, names).TrimEnd('%', ' ');
        if (text.Length == 0)
        {
            return 0.95;
        }

        if (NumberText.Value(text) is > 0 and < 100 and var percent)
        {
            return (double)((decimal)percent / (percent < 1 ? 1 : 100));
        }

        var column = names.Select(name => grid.Column("", name)).First(index => index >= 0);
        faults.Add(new(row[column].Position, $"'{NumberText.Shorten(text)}' is no level, expected a percentage such as 95%"));
        return 0.95;
    }

    private static NumberKind Kind(RevManQuantity quantity) =>
        quantity is RevManQuantity.Events1 or RevManQuantity.Events2 or RevManQuantity.Total1 or RevManQuantity.Total2 ? NumberKind.Count : NumberKind.Real;
}
