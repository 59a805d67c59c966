using System.Globalization;

namespace MetaSpine;

/// <summary>
/// A two-by-two table where a paper prints its margins and one number about the association: by <see cref="TablesFromMargins"/> the
/// table that comes closest to that number, or none where the number is that of no table.
/// </summary>
internal static class RebuiltTable
{
    /// <summary>Above any statistic that a table of countable people has, and a decimal still holds it.</summary>
    private const double Most = 1e15;

    private static readonly MeasureInput Ei = new("ei", "participants with the event in both groups together");

    private static readonly Clue[] Clues =
    [
        new(new("ori", "odds ratio"), value => value is >= 0 and < Most, "must lie between 0 and 1e15", (value, total, first, events) => TablesFromMargins.FromOddsRatio((decimal)value, total, first, events)),
        new(new("ri", "phi coefficient"), value => Math.Abs(value) <= 1, "must lie between -1 and 1", (value, total, first, events) => TablesFromMargins.FromPhi((decimal)value, total, first, events)),
        new(new("chi2i", "Pearson's chi-squared statistic, with the sign of the difference"), IsStatistic, "must lie between -1e15 and 1e15",
            (value, total, first, events) => TablesFromMargins.FromChiSquared(Unsigned(value), total, first, events, Direction(value))),
        new(new("yatesi", "chi-squared statistic with Yates's correction, with the sign of the difference"), IsStatistic, "must lie between -1e15 and 1e15",
            (value, total, first, events) => TablesFromMargins.FromChiSquared(Unsigned(value), total, first, events, Direction(value), yates: true)),
        new(new("pi", "two-sided p-value of Pearson's chi-squared test, with the sign of the difference"), value => value != 0 && Math.Abs(value) <= 1,
            "must be a two-sided p-value with the sign of the difference, not 0",
            (value, total, first, events) => TablesFromMargins.FromPValue(Unsigned(value), total, first, events, Direction(value))),
    ];

    /// <summary>The sets of columns that give a table in this way.</summary>
    public static IEnumerable<IReadOnlyList<MeasureInput>> Alternatives => Clues.Select(clue => new[] { clue.Input, TwoMeans.N1i, TwoMeans.N2i, Ei });

    /// <summary>The table; null where the row has no number that could stand in for the cells.</summary>
    public static TwoByTwo? Read(RowReader row)
    {
        if (Array.Find(Clues, clue => row.Has(clue.Input.Column)) is not { } clue)
        {
            return null;
        }

        var column = clue.Input.Column;
        if (!row.HasAll("n1i", "n2i", "ei"))
        {
            row.Missing($"{column} stands in for the cells only with the margins: n1i, n2i and ei (the events of both groups together); "
                + "without them neither the table nor a variance can be known");
            return default(TwoByTwo);
        }

        double value = row.Number(column), n1 = row.Whole("n1i"), n2 = row.Whole("n2i"), events = row.Whole("ei");
        row.Demand(events < n1 + n2, "ei", events, "must be below n1i + n2i, for there is no association without non-events");
        row.Demand(clue.IsPossible(value), column, value, clue.Rule);
        if (!row.IsSound)
        {
            return default(TwoByTwo);
        }

        try
        {
            var found = clue.Find(value, (int)(n1 + n2), (int)n1, (int)events);
            var (a, b, c, d) = found.Table;
            row.Derived(a, string.Create(CultureInfo.InvariantCulture,
                $"cells {a}, {b}, {c}, {d} from the margins and {column} = {value}{(found.IsUnique ? "" : $", the closest of {found.Tables.Count} tables that round to it")}"));
            return new TwoByTwo(a, b, c, d);
        }
        catch (ArgumentException none)
        {
            row.Demand(false, column, value, $"does not go with the margins. {none.Message}");
            return default(TwoByTwo);
        }
    }

    private static bool IsStatistic(double value) => Math.Abs(value) < Most;

    /// <summary>As a decimal, since that is written out: the digits say how exact the number is.</summary>
    private static ReportedNumber Unsigned(double value) => (decimal)Math.Abs(value);

    private static FirstGroup Direction(double value) => value < 0 ? FirstGroup.Lower : FirstGroup.Higher;

    /// <summary>A number that leaves one table, or few, when the margins are known.</summary>
    private sealed record Clue(
        MeasureInput Input, Func<double, bool> IsPossible, string Rule, Func<double, int, int, int, ConvertedTables> Find);
}
