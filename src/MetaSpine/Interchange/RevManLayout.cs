using System.Globalization;

namespace MetaSpine;

/// <summary>
/// The data rows that RevMan Web exports (<c>...-data-rows.csv</c> of its data package): all kinds of data have their columns in
/// each row, with zeros in those that do not apply.
/// </summary>
internal static class RevManLayout
{
    private static readonly string[] Kept = ["study", "study.year", "subgroup", "weight", "footnotes"];

    private static readonly (string Input, string Column)[] Counts = [("ai", "experimental.cases"), ("n1i", "experimental.n"), ("ci", "control.cases"), ("n2i", "control.n")];

    private static readonly (string Input, string Column)[] Means =
        [("m1i", "experimental.mean"), ("sd1i", "experimental.sd"), ("n1i", "experimental.n"), ("m2i", "control.mean"), ("sd2i", "control.sd"), ("n2i", "control.n")];

    private static readonly (string Input, string Column)[] Generic = [("yi", "giv.mean"), ("sei", "giv.se")];

    /// <summary>Whether the header is RevMan's.</summary>
    public static bool Fits(TableGrid grid) => RevMan5Layout.Fits(grid) || IsWeb(grid);

    /// <summary>The table of one analysis.</summary>
    /// <exception cref="StudyFileException">The table is not RevMan's, or has several analyses.</exception>
    public static LaidTable Lay(TableGrid grid) => RevMan5Layout.Fits(grid) ? RevMan5Layout.Lay(grid) : IsWeb(grid) ? Web(grid)
        : throw new StudyFileException([new(grid.Header[0].Position,
            "the header is not one of RevMan: expected the data rows of RevMan Web (Study, Experimental cases, Experimental N ...) or the data and analyses of RevMan 5 (Name, Data Type, Events 1, Total 1 ...)")]);

    /// <summary>Refuses a table of several analyses, since their rows are not to be pooled together.</summary>
    public static void OnlyOne(TableGrid grid, IEnumerable<string> analyses, string column)
    {
        var several = analyses.Distinct(StringComparer.Ordinal).ToList();
        if (several.Count > 1)
        {
            throw new StudyFileException([new(grid.Rows[0][0].Position, FormattableString.Invariant(
                $"the file has {several.Count} analyses: {string.Join("; ", several.Take(10).Select(NumberText.Shorten))}{(several.Count > 10 ? " ..." : "")}. Choose one by the values of its columns, such as --where \"{column}\""))]);
        }
    }

    private static bool IsWeb(TableGrid grid) => new[] { "study", "experimental.cases", "experimental.n", "control.cases", "control.n" }.All(name => grid.Column(name, name) >= 0);

    private static LaidTable Web(TableGrid grid)
    {
        int group = grid.Column("", "analysis.group"), number = grid.Column("", "analysis.number"), title = grid.Column("", "analysis.name");
        if (number >= 0)
        {
            OnlyOne(grid, grid.Rows.Select(row => $"{(group < 0 ? "" : $"{row[group].Text}.")}{row[number].Text}{(title < 0 ? "" : $" {row[title].Text}")}"), "Analysis number=1");
        }

        var (rows, notes) = (grid.Rows, new List<string>());
        var applicability = grid.Column("", "applicability");
        if (applicability >= 0)
        {
            rows = [.. rows.Where(row => row[applicability].Text is "" || row[applicability].Text.Contains("OVERALL", StringComparison.OrdinalIgnoreCase))];
            if (rows.Count < grid.Rows.Count)
            {
                notes.Add(FormattableString.Invariant($"{grid.Rows.Count - rows.Count} rows are left out: RevMan does not pool them overall (see their Applicability)"));
            }
        }

        var inputs = IsUsed(grid, "experimental.sd") || IsUsed(grid, "control.sd") ? Means
            : IsUsed(grid, "giv.se") ? Generic
            : IsUsed(grid, "variance") && IsUsed(grid, "o.e") ? []
            : Counts;
        var columns = inputs.Select(item => (item.Input, Column: grid.Column(item.Input, item.Column)))
            .Concat(Kept.Select(name => (Input: name, Column: grid.Column(name, name))))
            .Where(item => item.Column >= 0)
            .Select(item => (Name: Kept.Contains(item.Input) ? item.Input == "study.year" ? "year" : grid.Header[item.Column].Text : item.Input, item.Column)).ToList();
        List<CsvField> header = [.. columns.Select(column => new CsvField(column.Name, grid.Header[column.Column].Position))];
        List<string> sources = [.. columns.Select(column => grid.Header[column.Column].Text)];
        List<IReadOnlyList<CsvField>> cells = [.. rows.Select(row => (IReadOnlyList<CsvField>)[.. columns.Select(column => row[column.Column])])];
        if (inputs == Generic)
        {
            // A standard error of 0 stands for an effect that cannot be estimated.
            var error = columns.FindIndex(column => column.Name == "sei");
            cells = [.. cells.Select(row => (IReadOnlyList<CsvField>)[.. row.Select((cell, i) => i == error && NumberText.Value(cell.Text) == 0 ? cell with { Text = "" } : cell)])];
        }

        if (inputs.Length == 0)
        {
            int difference = grid.Column("", "o.e"), variance = grid.Column("", "variance");
            header.AddRange([new("yi", grid.Header[difference].Position), new("vi", grid.Header[variance].Position)]);
            sources.AddRange(["O-E / Variance", "1 / Variance"]);
            cells = [.. rows.Select((row, i) => (IReadOnlyList<CsvField>)[.. cells[i], Quotient(row[difference], row[variance]), Quotient(new("1", default), row[variance])])];
        }

        return new(new TableGrid(grid.Name, header, cells, grid.Map.Count == 0 ? grid.Map : new Dictionary<string, int>()), TableLayout.RevMan, sources, notes);
    }

    private static CsvField Quotient(CsvField above, CsvField below) => below with
    {
        Text = NumberText.Value(above.Text) is { } a && NumberText.Value(below.Text) is { } b && b > 0 ? (a / b).ToString("R", CultureInfo.InvariantCulture) : "",
    };

    private static bool IsUsed(TableGrid grid, string name) =>
        grid.Column("", name) is >= 0 and var column && grid.Rows.Any(row => NumberText.Value(row[column].Text) is { } value && value != 0);
}

/// <summary>The data and analyses of RevMan 5, of which one analysis becomes a table.</summary>
internal static class RevMan5Layout
{
    public static bool Fits(TableGrid grid) => RevMan5Rows.Fits(grid);

    public static LaidTable Lay(TableGrid grid)
    {
        string Cell(IReadOnlyList<CsvField> row, string name) => grid.Column("", name) is >= 0 and var column ? row[column].Text : "";
        var (rows, outcomes, type, outcome, subgroup) = (new List<IReadOnlyList<CsvField>>(), new List<string>(), "", "", "");
        foreach (var (kind, row) in RevMan5Rows.Of(grid))
        {
            if (kind == RevMan5Kind.Outcome)
            {
                (outcome, subgroup) = ($"{Cell(row, "comparison.number")}.{Cell(row, "outcome.number")} {Cell(row, "name")}".TrimStart('.', ' '), "");
                outcomes.Add(outcome);
                type = Cell(row, "data.type");
            }
            else if (kind == RevMan5Kind.Subgroup)
            {
                subgroup = Cell(row, "name");
            }
            else if (kind == RevMan5Kind.Study)
            {
                rows.Add([.. row, new CsvField(subgroup, row[0].Position)]);
            }
        }

        RevManLayout.OnlyOne(grid, outcomes, "Outcome Number=1");
        if (rows.Count == 0)
        {
            throw new StudyFileException([new(grid.Header[0].Position, "there is no row of a study, with its totals, in these data and analyses of RevMan")]);
        }

        (string, string)[] inputs = type.ToUpperInvariant() switch
        {
            "DIC" => [("ai", "events.1"), ("n1i", "total.1"), ("ci", "events.2"), ("n2i", "total.2")],
            "CON" => [("m1i", "mean.1"), ("sd1i", "sd.1"), ("n1i", "total.1"), ("m2i", "mean.2"), ("sd2i", "sd.2"), ("n2i", "total.2")],
            _ => throw new StudyFileException([new(rows[0][0].Position, $"the data of {outcome} are of the type '{type}', which is not read from RevMan 5; expected DIC or CON")]),
        };
        var columns = inputs.Append(("study", "name")).Append(("year", "year.of.study"))
            .Select(item => (Name: item.Item1, Column: grid.Column("", item.Item2))).Where(item => item.Column >= 0).ToList();
        var cells = rows.Select(row => (IReadOnlyList<CsvField>)[.. columns.Select(column => row[column.Column]), row[^1]]);
        return new(
            new TableGrid(grid.Name, [.. columns.Select(column => new CsvField(column.Name, grid.Header[column.Column].Position)), new("subgroup", grid.Header[0].Position)], [.. cells], new Dictionary<string, int>()),
            TableLayout.RevMan,
            [.. columns.Select(column => grid.Header[column.Column].Text), "subgroup"],
            []);
    }
}
