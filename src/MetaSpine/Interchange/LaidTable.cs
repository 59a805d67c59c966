namespace MetaSpine;

/// <summary>A table with one row per study, whatever the layout of the file.</summary>
/// <param name="Grid">The cells.</param>
/// <param name="Layout">The layout of the file.</param>
/// <param name="Sources">For each column, what it is in the file.</param>
/// <param name="Notes">What had to be decided.</param>
internal sealed record LaidTable(TableGrid Grid, TableLayout Layout, IReadOnlyList<string> Sources, IReadOnlyList<string> Notes)
{
    /// <summary>A file that has one row per study itself.</summary>
    public static LaidTable AsItStands(TableGrid grid, TableLayout layout) => new(grid, layout, grid.Names, []);
}
