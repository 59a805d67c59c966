using System.Globalization;

namespace MetaSpine;

/// <summary>
/// A table of judgements as the R package robvis reads it: <c>Study,D1,D2,...,Overall</c>, one row for each study, with the weights of a
/// meta-analysis in a last column <c>Weight</c> if at all (McGuinness and Higgins 2021, Res Synth Methods 12:55, doi:10.1002/jrsm.1411).
/// </summary>
public sealed record RobvisTable
{
    /// <summary>The tool, as study files write it; where none is recognised, "risk of bias".</summary>
    public required string Tool { get; init; }

    /// <summary>The studies in the order of the file, each with its assessment.</summary>
    public required IReadOnlyList<Study> Studies { get; init; }

    /// <summary>The weights by the studies' ids; empty where the file has none.</summary>
    public required IReadOnlyDictionary<string, double> Weights { get; init; }

    /// <summary>What had to be decided to read the file, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tool">The tool; recognised by the columns and words where null.</param>
    /// <exception cref="StudyFileException">The file cannot be read as such a table; every fault has its line and column.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static RobvisTable ReadCsv(string path, string? tool = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var notes = new List<string>();
        using var reader = OpenedFile.Table(path, notes);
        return RobvisReading.Read(TableReader.Read(reader, path), tool, notes);
    }

    /// <summary>Reads CSV text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="tool">The tool; recognised by the columns and words where null.</param>
    /// <exception cref="StudyFileException">The text cannot be read as such a table; every fault has its line and column.</exception>
    public static RobvisTable ReadCsv(TextReader reader, string name, string? tool = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return RobvisReading.Read(TableReader.Read(reader, name), tool, []);
    }

    /// <summary>Judgements as such a table. Where nobody judged, what the tool's rules propose is written.</summary>
    /// <param name="studies">The studies; those without a judgement are left out.</param>
    /// <param name="tool">The tool whose judgements are written; the only one where null.</param>
    /// <param name="outcome">The outcome whose judgements are written, with those about the study as a whole; all where null.</param>
    /// <param name="weights">Weights by the studies' ids for a last column; none where null.</param>
    /// <exception cref="ArgumentException">There is no judgement of the tool or outcome, there are several tools and none is named, or a judged study has no weight.</exception>
    public static string Write(IReadOnlyList<Study> studies, string? tool = null, string? outcome = null, IReadOnlyDictionary<string, double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(studies);
        var table = RiskOfBiasTable.Of(studies, tool, outcome);
        string[] header = ["Study", .. table.Columns, .. weights is null ? [] : (string[])["Weight"]];
        return CsvText.Render(new Table(
            [.. header.Select(heading => new TableColumn(heading))],
            [.. table.Rows.Select(row => (string[])
            [
                row.Label,
                .. table.Columns.Select((_, column) => PlotText.Capitalised(table.Word(row, column))),
                .. weights is null ? [] : (string[])[Readable.Exact(Weight(weights, row))],
            ])]));
    }

    private static double Weight(IReadOnlyDictionary<string, double> weights, RiskRow row) => weights.TryGetValue(row.Study, out var weight)
        ? weight
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The study '{row.Study}' has no weight: give one for each judged study, by its id."), nameof(weights));
}
