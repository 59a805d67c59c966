namespace MetaSpine.Tests;

public sealed class CountTableTests
{
    /// <summary>All tables of 14 participants without an empty margin.</summary>
    public static IEnumerable<CountTable> SmallTables()
    {
        const int n = 14;
        for (var a = 0; a <= n; a++)
        {
            for (var b = 0; a + b <= n; b++)
            {
                for (var c = 0; a + b + c <= n; c++)
                {
                    var t = new CountTable(a, b, c, n - a - b - c);
                    if (t.A + t.B > 0 && t.C + t.D > 0 && t.A + t.C > 0 && t.B + t.D > 0)
                    {
                        yield return t;
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_table_comes_back_from_its_margins_and_its_association()
    {
        foreach (var t in SmallTables())
        {
            int total = (int)t.Total, first = t.A + t.B, events = t.A + t.C;
            var direction = t.Phi < 0 ? FirstGroup.Lower : FirstGroup.Higher;
            if (double.IsFinite(t.OddsRatio))
            {
                // Where one odds ratio is that of several tables, as 0 is, all of them are there.
                TablesFromMargins.FromOddsRatio(t.OddsRatio, total, first, events).Tables.ShouldContain(t);
            }

            TablesFromMargins.FromPhi(t.Phi, total, first, events).Table.ShouldBe(t);
            TablesFromMargins.FromChiSquared(t.ChiSquared, total, first, events, direction).Table.ShouldBe(t);
            TablesFromMargins.FromChiSquared(t.ChiSquared, total, first, events).Tables.ShouldContain(t);
            TablesFromMargins.FromChiSquared(t.YatesChiSquared, total, first, events, direction, yates: true).Tables.ShouldContain(t);
            TablesFromMargins.FromPValue(ChiSquared.Upper(t.ChiSquared, 1), total, first, events, direction).Tables.ShouldContain(t);
        }
    }

    [EveryCultureFact]
    public void A_number_is_as_exact_as_it_is_written()
    {
        // 12 of 50 against 5 of 48: 2.7158.
        var coarse = TablesFromMargins.FromOddsRatio(2.7m, 98, 50, 17);
        coarse.IsUnique.ShouldBeTrue();
        coarse.Table.ShouldBe(new CountTable(12, 38, 5, 43));
        coarse.Warnings.ShouldBeEmpty();

        var coarser = TablesFromMargins.FromOddsRatio(3, 980, 500, 170);
        coarser.Tables.Count.ShouldBeGreaterThan(1);
        coarser.Tables.ShouldAllBe(t => t.OddsRatio >= 2.5 && t.OddsRatio <= 3.5);
        Math.Abs(coarser.Table.OddsRatio - 3).ShouldBe(coarser.Tables.Min(t => Math.Abs(t.OddsRatio - 3)));
        coarser.Warnings.Single().ShouldContain($"{coarser.Tables.Count} tables");

        Should.Throw<ArgumentException>(() => TablesFromMargins.FromOddsRatio(2.70m, 98, 50, 17)).Message
            .ShouldContain("No table with 50 of 98 in the first group and 17 events has an odds ratio of 2.70; the nearest, 12, 38, 5, 43, has 2.7158");
    }

    [EveryCultureFact]
    public void A_p_value_is_as_exact_as_it_is_written()
    {
        // R: chisq.test(matrix(c(12, 5, 38, 43), 2), correct = FALSE) has p = 0.07586.
        var tables = TablesFromMargins.FromPValue(.1m, 98, 50, 17, FirstGroup.Higher);
        tables.Tables.ShouldAllBe(t => ChiSquared.Upper(t.ChiSquared, 1) >= .05 && ChiSquared.Upper(t.ChiSquared, 1) <= .15 && t.Phi > 0);
        tables.Tables.ShouldContain(new CountTable(12, 38, 5, 43));
        TablesFromMargins.FromPValue(.05m, 98, 50, 17).Table.ShouldBe(new CountTable(5, 45, 12, 36));
        Should.Throw<ArgumentException>(() => TablesFromMargins.FromPValue(.0700m, 98, 50, 17, FirstGroup.Higher)).Message
            .ShouldContain("has a p-value of the chi-squared test of 0.0700; the nearest, 12, 38, 5, 43, has 0.0759");
        Fault(() => TablesFromMargins.FromPValue(0, 10, 5, 5)).ShouldContain("above 0");
    }

    [EveryCultureFact]
    public void Without_a_direction_a_chi_squared_has_two_tables()
    {
        var both = TablesFromMargins.FromChiSquared(1.9m, 40, 20, 12);
        both.Tables.Count.ShouldBe(TablesFromMargins.FromChiSquared(1.9m, 40, 20, 12, FirstGroup.Lower).Tables.Count
            + TablesFromMargins.FromChiSquared(1.9m, 40, 20, 12, FirstGroup.Higher).Tables.Count);
        both.Tables.ShouldContain(t => t.Phi < 0);
        both.Tables.ShouldContain(t => t.Phi > 0);
    }

    [EveryCultureFact]
    public void The_statistics_are_those_of_the_textbook()
    {
        // R: chisq.test(matrix(c(12, 5, 38, 43), 2)) and correct = FALSE.
        var table = new CountTable(12, 38, 5, 43);
        table.OddsRatio.ShouldBe(12 * 43 / (38.0 * 5), 1e-14);
        table.ChiSquared.ShouldBe(98 * Math.Pow(12 * 43 - 38 * 5, 2) / (50.0 * 48 * 17 * 81), 1e-14);
        table.YatesChiSquared.ShouldBe(98 * Math.Pow(12 * 43 - 38 * 5 - 49, 2) / (50.0 * 48 * 17 * 81), 1e-14);
        table.Phi.ShouldBe(Math.Sqrt(table.ChiSquared / 98), 1e-14);
    }

    [EveryCultureFact]
    public void Impossible_margins_are_named()
    {
        Fault(() => TablesFromMargins.FromOddsRatio(2, 10, 10, 5)).ShouldContain("first group must lie between 1 and the total less 1, but is 10 of 10");
        Fault(() => TablesFromMargins.FromOddsRatio(2, 10, 5, 0)).ShouldContain("number of events");
        Fault(() => TablesFromMargins.FromOddsRatio(-1, 10, 5, 5)).ShouldContain("odds ratio must be at least 0");
        Fault(() => TablesFromMargins.FromOddsRatio(new ReportedNumber("nr"), 10, 5, 5)).ShouldContain("'nr'");
        Fault(() => TablesFromMargins.FromPhi(1.2, 10, 5, 5)).ShouldContain("between -1 and 1");
        Fault(() => TablesFromMargins.FromChiSquared(-1, 10, 5, 5)).ShouldContain("at least 0");
        Fault(() => TablesFromMargins.FromOddsRatio(1, 2_000_000_000, 1_000_000_000, 1_000_000_000)).ShouldContain("more digits");
    }

    [Fact]
    public void Every_table_comes_back_from_its_accuracy()
    {
        foreach (var t in SmallTables())
        {
            ReportedNumber? se = Share(t.A, t.B), sp = Share(t.D, t.C), ppv = Share(t.A, t.C), npv = Share(t.D, t.B);
            TablesFromAccuracy.Find(14, se, sp, ppv, npv).Tables.ShouldContain(t);
            TablesFromAccuracy.Find(14, se, sp, ppv).Tables.ShouldContain(t);
            TablesFromAccuracy.Find(14, se, null, ppv, npv).Tables.ShouldContain(t);
            TablesFromAccuracy.Find(14, null, sp, ppv, npv).Tables.ShouldContain(t);
            TablesFromAccuracy.Find(14, se, sp, diseased: t.A + t.B).Tables.ShouldBe([t]);
            TablesFromAccuracy.Find(14, null, null, ppv, npv, t.A + t.B).Tables.ShouldContain(t);
        }
    }

    [EveryCultureFact]
    public void Accuracy_to_two_digits_leaves_the_tables_that_it_leaves()
    {
        // 90 diseased, 77 found; 410 healthy, 369 cleared: 0.856, 0.9, 0.653, 0.966.
        var found = TablesFromAccuracy.Find(500, 0.86m, 0.90m, 0.65m, 0.97m);
        found.Tables.ShouldContain(new CountTable(77, 13, 41, 369));
        found.Tables.ShouldAllBe(t => Math.Round((double)t.A / (t.A + t.B), 2) == 0.86 && t.Total == 500);
        TablesFromAccuracy.Find(500, 0.86m, 0.90m, 0.65m, 0.97m, diseased: 90).Tables.Count.ShouldBeLessThan(found.Tables.Count);
        TablesFromAccuracy.Find(500, 0.8556m, 0.9000m, 0.6525m, 0.9660m).Tables.ShouldBe([new CountTable(77, 13, 41, 369)]);
    }

    [EveryCultureFact]
    public void Accuracy_that_cannot_be_is_an_error_with_the_nearest_table()
    {
        Should.Throw<ArgumentException>(() => TablesFromAccuracy.Find(100, 0.800m, 0.900m, 0.760m)).Message.ShouldContain("a near one, TP");
        Should.Throw<ArgumentException>(() => TablesFromAccuracy.Find(50_000, 0.9000m, 0.9000m, 0.1000m, 0.1000m)).Message.ShouldContain("comes near");
        Should.Throw<ArgumentException>(() => TablesFromAccuracy.Find(50_000, 0.9m, 0.9m, 0.5m)).Message.ShouldContain("More than 1000 tables");
        Should.Throw<ArgumentException>(() => TablesFromAccuracy.Find(100, 0.85m, 0.9m)).Message.ShouldContain("at least three");
        Fault(() => TablesFromAccuracy.Find(100, 85, 90, 70)).ShouldContain("write 85% as 0.85");
        Fault(() => TablesFromAccuracy.Find(1, 0.8, 0.9, 0.7)).ShouldContain("The total must lie");
        Fault(() => TablesFromAccuracy.Find(100, 0.8, 0.9, diseased: 100)).ShouldContain("100 of 100");
    }

    private static ReportedNumber? Share(int part, int rest) => part + rest == 0 ? null
        : part == 0 ? 0.0000m : rest == 0 ? 1.0000m : (double)part / (part + rest);

    private static string Fault(Action action) => Should.Throw<ArgumentException>(action).Message;
}
