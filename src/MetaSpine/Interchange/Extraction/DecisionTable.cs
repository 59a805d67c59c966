namespace MetaSpine;

/// <summary>Decisions on the differences of two extractions, from the table that the comparison writes: its columns <c>kept</c> and <c>reason</c> filled in.</summary>
public static class DecisionTable
{
    /// <summary>Reads a table of decisions.</summary>
    /// <param name="path">The file: CSV, with commas, semicolons or tabs.</param>
    /// <exception cref="StudyFileException">The table lacks a column, or cannot be read.</exception>
    /// <example><code>
    /// ExtractionComparison.Load("a.yaml", "b.yaml").Reconcile(DecisionTable.Load("decisions.csv"), by: "EF")
    /// </code></example>
    public static IReadOnlyList<ExtractionDecision> Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var reader = OpenedFile.Table(path, []);
        return Read(reader, path);
    }

    /// <summary>Reads a table of decisions from its text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">The name that faults give as the file.</param>
    /// <exception cref="StudyFileException">The table lacks a column, or cannot be read.</exception>
    public static IReadOnlyList<ExtractionDecision> Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var grid = TableReader.Read(reader, name);
        int Column(string column) => grid.Column(column, column);
        var (study, path, kept, reason, a, b) = (Column("study"), Column("path"), Column("kept"), Column("reason"), Column("a"), Column("b"));
        if (path < 0 || kept < 0 || reason < 0)
        {
            throw new StudyFileException([new(grid.Header[0].Position,
                $"expected the columns path, kept and reason, found {grid.Listing}: write the list with metaspine compare A B -o decisions.csv and fill in kept and reason")]);
        }

        return [.. grid.Rows.Select(row => new ExtractionDecision(study < 0 ? "" : row[study].Text, row[path].Text, row[kept].Text, row[reason].Text)
        {
            A = a < 0 ? null : row[a].Text, B = b < 0 ? null : row[b].Text, Position = row[kept].Position,
        })];
    }
}
