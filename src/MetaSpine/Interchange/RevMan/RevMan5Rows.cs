namespace MetaSpine;

/// <summary>What a row of RevMan 5's data and analyses is.</summary>
internal enum RevMan5Kind
{
    Comparison,
    Outcome,
    Subgroup,
    Study,
}

/// <summary>
/// The rows that RevMan 5 exports as CSV: titles, totals and studies in the same columns, told apart by what is empty and, where the
/// export has them, by the numbers of comparison, outcome and subgroup.
/// </summary>
internal static class RevMan5Rows
{
    private static readonly string[] Marks = ["name", "data.type", "events.1", "total.1", "events.2", "total.2", "df"];

    /// <summary>Whether the header is that of RevMan 5.</summary>
    public static bool Fits(TableGrid grid) => Marks.All(name => grid.Column("", name) >= 0);

    /// <summary>The rows with their kinds; those that say nothing are left out.</summary>
    public static IEnumerable<(RevMan5Kind Kind, IReadOnlyList<CsvField> Row)> Of(TableGrid grid)
    {
        int Column(string name) => grid.Column("", name);
        int type = Column("data.type"), freedom = Column("df"), total1 = Column("total.1"), total2 = Column("total.2"), title = Column("name"), number = Column("subgroup.number");
        var subgroup = "";
        foreach (var row in grid.Rows)
        {
            var own = number < 0 || row[number].Text is "0" ? "" : row[number].Text;
            if (row[type].Text.Length > 0)
            {
                subgroup = "";
                yield return (RevMan5Kind.Outcome, row);
            }
            else if (row[freedom].Text.Length > 0 || (own.Length > 0 && own != subgroup))
            {
                subgroup = own;
                yield return (RevMan5Kind.Subgroup, row);
            }
            else if (row[total1].Text.Length > 0 || row[total2].Text.Length > 0)
            {
                yield return (RevMan5Kind.Study, row);
            }
            else if (row[title].Text.Length > 0)
            {
                yield return (RevMan5Kind.Comparison, row);
            }
        }
    }
}
