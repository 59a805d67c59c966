namespace MetaSpine;

/// <summary>Reads the cells of a table from CSV text; everything that is wrong with its form is told in one go.</summary>
internal static class TableReader
{
    /// <summary>What a table of studies never needs, and a machine can hold.</summary>
    private const long MostCells = 2_000_000, MostCharacters = 100_000_000;

    private const int MostFaults = 50;

    /// <param name="reader">The text.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="mayBeEmpty">Whether a header without rows is a table, too.</param>
    public static TableGrid Read(TextReader reader, string name, bool mayBeEmpty = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        var csv = new CsvReader(reader, name);
        var header = csv.Read() ?? throw Fault(new(name, 0, 0), "the file is empty: expected a header line such as study,ai,n1i,ci,n2i and one row per study");
        var faults = new List<FileFault>();
        var rows = new List<IReadOnlyList<CsvField>>();
        long cells = 0, characters = 0;
        while (csv.Read() is { } row && faults.Count < MostFaults)
        {
            var (fields, width) = (row.Count, Math.Max(header.Count, LastFilled(row)));
            if (row.Count > header.Count)
            {
                row = [.. row.Take(width)];
            }

            if (row.Count != header.Count)
            {
                faults.Add(new(row[0].Position, FormattableString.Invariant($"the row has {fields} fields, but the header has {header.Count}: ")
                    + (LastFilled(header) == 1 ? "the header must be the first line of the file, without a title above it" : $"quote a text that holds the separator '{csv.Separator}'")));
                continue;
            }

            cells += row.Count;
            characters += row.Sum(field => (long)field.Text.Length);
            if (cells > MostCells || characters > MostCharacters)
            {
                throw Fault(row[0].Position, $"the table is too large for one of studies: more than {(cells > MostCells ? "two million cells" : "a hundred million characters")}");
            }

            rows.Add(row);
        }

        var filled = Math.Max(LastFilled(header), rows.Count == 0 ? 0 : rows.Max(LastFilled));
        if (filled < header.Count && rows.Count > 0)
        {
            header = [.. header.Take(filled)];
            rows = [.. rows.Select(row => (IReadOnlyList<CsvField>)[.. row.Take(filled)])];
        }

        faults.InsertRange(0, DuplicateHeaders(header));
        if (rows.Count == 0 && faults.Count == 0 && !mayBeEmpty)
        {
            faults.Add(new(header[0].Position, "there is a header but no row below it: expected one row per study"));
        }

        return faults.Count == 0 ? new(name, header, rows, new Dictionary<string, int>()) : throw new StudyFileException(faults);
    }

    /// <summary>How many fields a row has up to the last that is not empty: spreadsheets export empty columns behind it.</summary>
    private static int LastFilled(IReadOnlyList<CsvField> row)
    {
        var last = row.Count;
        while (last > 0 && row[last - 1].Text.Length == 0)
        {
            last--;
        }

        return last;
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
                    $"the column '{NumberText.Shorten(field.Text)}' was named before, at column {seen[field.Text].Position.Column} of the line: give each its own name")));
            }
        }

        return faults;
    }

    private static StudyFileException Fault(SourcePosition position, string message) => new([new FileFault(position, message)]);
}
